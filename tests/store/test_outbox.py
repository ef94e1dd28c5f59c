"""The outbox: in order within a place, once while it waits, leased, fenced, and never dropped."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from handlers.notice import Notice, NoticeKind
from handlers.ports import Claimed
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import AT, Sample, notice

LATER = AT + timedelta(minutes=5)
RUN_OUT = "UPDATE outbox SET leased_until_ms = leased_until_ms - 61000 WHERE state = 'taken'"


async def _put(units: Units, school: Sample, *notices: Notice) -> None:
    async with units(school.id) as uow:
        for one in notices:
            await uow.outbox.put(one)


async def _claim(units: Units, school: Sample, most: int = 20, at: object = AT) -> list[Claimed]:
    async with units(school.id) as uow:
        return list(await uow.outbox.claim(at=at, most=most))  # type: ignore[arg-type]


async def _settle(units: Units, school: Sample, item: Claimed) -> None:
    async with units(school.id) as uow:
        await uow.outbox.settle(item)


async def _postpone(units: Units, school: Sample, item: Claimed, reason: str = "ratelimited") -> None:
    async with units(school.id) as uow:
        await uow.outbox.postpone(item, until=LATER, reason=reason)


async def test_every_value_of_a_notice_comes_back(units: Units, school: Sample) -> None:
    full = notice(kind=NoticeKind.CHASE, to=school.person("lead").id, step="today_30")
    await _put(units, school, full)
    (item,) = await _claim(units, school)
    assert item.notice == full
    assert (item.attempts, item.ambiguous) == (1, False)


async def test_the_oldest_comes_first_and_one_at_a_time_for_each_place(units: Units, school: Sample) -> None:
    a1, a2, b1, c1 = notice("A"), notice("A"), notice("B"), notice("C")
    await _put(units, school, a1, a2, b1, c1)
    first = await _claim(units, school, 2)
    assert [item.notice for item in first] == [a1, b1]
    assert [item.notice for item in await _claim(units, school)] == [c1]
    assert await _claim(units, school) == []
    await _settle(units, school, first[0])
    assert [item.notice for item in await _claim(units, school)] == [a2]


async def test_one_that_waits_is_enough(units: Units, school: Sample) -> None:
    once = notice()
    await _put(units, school, once, once, once)
    (item,) = await _claim(units, school)
    await _settle(units, school, item)
    assert await _claim(units, school) == []


@pytest.mark.parametrize(
    "difference", [{"step": "due"}, {"kind": NoticeKind.CHASE}, {"subject": uuid4()}, {"place": "C2"}]
)
async def test_another_step_kind_subject_or_place_is_another_card(
    units: Units, school: Sample, difference: dict[str, object]
) -> None:
    subject = uuid4()
    other = {"place": "C1", "subject": subject} | difference
    await _put(units, school, notice("C1", subject), notice(**other))  # type: ignore[arg-type]
    assert (await units.counts())["outbox_waiting"] == 2


async def test_a_change_while_the_card_is_in_flight_leads_to_one_more_delivery(units: Units, school: Sample) -> None:
    card = notice()
    await _put(units, school, card)
    (flying,) = await _claim(units, school)
    await _put(units, school, card, card)
    assert await _claim(units, school) == []
    await _settle(units, school, flying)
    (again,) = await _claim(units, school)
    assert again.notice == card
    await _settle(units, school, again)
    assert await _claim(units, school) == []


async def test_one_in_flight_that_is_postponed_takes_its_twin_with_it(units: Units, school: Sample) -> None:
    card = notice()
    await _put(units, school, card)
    (flying,) = await _claim(units, school)
    await _put(units, school, card)
    await _postpone(units, school, flying)
    (again,) = await _claim(units, school, at=LATER)
    assert (again.id, again.attempts) == (flying.id, 2)
    await _settle(units, school, again)
    assert await _claim(units, school, at=LATER) == []


async def test_a_postponed_one_waits_and_holds_its_place_in_the_order(units: Units, school: Sample) -> None:
    a1, a2, b1 = notice("A"), notice("A"), notice("B")
    await _put(units, school, a1, a2)
    (first,) = await _claim(units, school)
    await _postpone(units, school, first)
    await _put(units, school, b1)
    assert [item.notice for item in await _claim(units, school)] == [b1]
    assert [item.notice for item in await _claim(units, school, at=LATER)] == [a1]


async def test_a_lease_that_ran_out_is_taken_again_with_a_higher_fence_and_is_ambiguous(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _put(units, school, notice())
    (lost,) = await _claim(units, school)
    assert await _claim(units, school, at=AT + timedelta(days=3)) == []  # the playground's clock moves no lease
    await tamper(RUN_OUT)
    (again,) = await _claim(units, school)
    assert again.fence > lost.fence
    assert (again.id, again.attempts, again.ambiguous) == (lost.id, 2, True)


@pytest.mark.parametrize("late", ["settle", "postpone", "bury"])
async def test_who_lost_the_lease_changes_nothing(units: Units, school: Sample, tamper: Tamper, late: str) -> None:
    await _put(units, school, notice())
    (lost,) = await _claim(units, school)
    await tamper(RUN_OUT)
    (held,) = await _claim(units, school)
    async with units(school.id) as uow:
        match late:
            case "settle":
                await uow.outbox.settle(lost)
            case "postpone":
                await uow.outbox.postpone(lost, until=AT, reason="x")
            case _:
                await uow.outbox.bury(lost, reason="x")
    assert await tamper("SELECT state, fence FROM outbox") == [("taken", held.fence)]


@pytest.mark.parametrize(("reason", "ambiguous"), [("sent:timeout", True), ("timeout", False)])
async def test_a_lost_answer_makes_the_next_attempt_ambiguous_for_good(
    units: Units, school: Sample, reason: str, ambiguous: bool
) -> None:
    await _put(units, school, notice())
    for why in (reason, "ratelimited"):
        (item,) = await _claim(units, school, at=LATER)
        await _postpone(units, school, item, why)
    (item,) = await _claim(units, school, at=LATER)
    assert (item.ambiguous, item.attempts) == (ambiguous, 3)


async def test_what_is_buried_is_kept_and_counted_and_lets_the_next_one_by(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    first, second = notice(), notice()
    await _put(units, school, first, second)
    (item,) = await _claim(units, school)
    async with units(school.id) as uow:
        await uow.outbox.bury(item, reason="channel_not_found")
        assert await uow.outbox.dead() == 1
    assert [one.notice for one in await _claim(units, school)] == [second]
    assert await tamper("SELECT reason FROM outbox WHERE state = 'dead'") == [("channel_not_found",)]
    await _put(units, school, first)
    assert (await units.counts())["outbox_waiting"] == 2


@pytest.mark.parametrize(
    ("said", "kept"), [("Mia said no", "other"), ("sent:Mia said", "sent:other"), ("x" * 65, "other"), ("", "other")]
)
async def test_a_reason_that_is_no_code_is_not_kept(
    units: Units, school: Sample, tamper: Tamper, said: str, kept: str
) -> None:
    await _put(units, school, notice())
    (item,) = await _claim(units, school)
    await _postpone(units, school, item, said)
    assert await tamper("SELECT reason FROM outbox") == [(kept,)]


async def test_two_workers_at_once_never_hold_the_same_one_or_the_same_place(units: Units, school: Sample) -> None:
    await _put(units, school, *(notice(f"C{number % 10}") for number in range(30)))
    claims = await asyncio.gather(*(_claim(units, school, 4) for _ in range(8)))
    taken = [item for some in claims for item in some]
    assert len({item.id for item in taken}) == len(taken) == 10
    assert len({item.notice.place for item in taken}) == 10


async def test_a_settled_number_is_never_given_again(units: Units, school: Sample) -> None:
    await _put(units, school, notice())
    (first,) = await _claim(units, school)
    await _settle(units, school, first)
    await _put(units, school, notice())
    (second,) = await _claim(units, school)
    assert second.id > first.id
