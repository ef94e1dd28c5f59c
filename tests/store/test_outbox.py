"""The outbox: in order within a place, once while it waits, leased, fenced, and never dropped."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from alembic import command
from sqlalchemy import Connection

from handlers.notice import Notice, NoticeKind
from handlers.ports import Claimed
from store.engine import make_engine
from store.migrations.moving import config_for
from store.migrations.running import upgrade
from store.notices import columns_of, same_card, stream_of
from store.outbox import LONGEST_MS
from store.unit_of_work import Units
from tests.store.chained import NO_ROWS
from tests.store.conftest import Tamper
from tests.store.sample import AT, Sample, channel, notice

PASSED = "UPDATE outbox SET due_ms = due_ms - 300000"
"""As if the longest of its waits had gone by."""
NEW = ("due_ms", "told_at", "aside_at")
"""What revision 0008 added to the outbox."""
HOUR_MS = 3_600_000
RUN_OUT = "UPDATE outbox SET leased_until_ms = leased_until_ms - 61000 WHERE state = 'taken'"


async def _put(units: Units, school: Sample, *notices: Notice) -> None:
    async with units(school.id) as uow:
        for one in notices:
            await uow.outbox.put(one)


async def _claim(units: Units, school: Sample, most: int = 20) -> list[Claimed]:
    async with units(school.id) as uow:
        return list(await uow.outbox.claim(most=most))


async def _settle(units: Units, school: Sample, item: Claimed) -> None:
    async with units(school.id) as uow:
        await uow.outbox.settle(item)


async def _postpone(units: Units, school: Sample, item: Claimed, reason: str = "ratelimited") -> None:
    async with units(school.id) as uow:
        await uow.outbox.postpone(item, wait=300, reason=reason)


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


async def test_those_of_one_kind_are_taken_alone_and_keep_their_order_in_a_place(
    units: Units, school: Sample
) -> None:
    card, alarm, behind = notice("A"), notice("B", kind=NoticeKind.ALARM), notice("A", kind=NoticeKind.ALARM)
    await _put(units, school, card, alarm, behind)
    async with units(school.id) as uow:
        assert await uow.outbox.first_due() is not None
        (item,) = await uow.outbox.claim(most=20, only=NoticeKind.ALARM)
    assert item.notice == alarm, "the other waits for what is before it in its place"
    (left,) = await _claim(units, school)
    assert left.notice == card
    async with units(school.id) as uow:
        assert await uow.outbox.first_due() is None


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
    assert (await units.counts())[school.id]["outbox_waiting"] == 2


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


async def test_one_in_flight_that_is_postponed_takes_its_twin_with_it(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    card = notice()
    await _put(units, school, card)
    (flying,) = await _claim(units, school)
    await _put(units, school, card)
    await _postpone(units, school, flying)
    await tamper(PASSED)
    (again,) = await _claim(units, school)
    assert (again.id, again.attempts) == (flying.id, 2)
    await _settle(units, school, again)
    assert await _claim(units, school) == []


async def test_a_postponed_one_waits_and_holds_its_place_in_the_order(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    a1, a2, b1 = notice("A"), notice("A"), notice("B")
    await _put(units, school, a1, a2)
    (first,) = await _claim(units, school)
    await _postpone(units, school, first)
    await _put(units, school, b1)
    assert [item.notice for item in await _claim(units, school)] == [b1]
    await tamper(PASSED)
    assert [item.notice for item in await _claim(units, school)] == [a1]


async def test_a_lease_that_ran_out_is_taken_again_with_a_higher_fence_and_is_ambiguous(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _put(units, school, notice())
    (lost,) = await _claim(units, school)
    assert await _claim(units, school) == []
    await tamper(RUN_OUT)
    (again,) = await _claim(units, school)
    assert again.fence > lost.fence
    assert (again.id, again.attempts, again.ambiguous) == (lost.id, 2, True)


@pytest.mark.parametrize("late", ["settle", "postpone"])
async def test_who_lost_the_lease_changes_nothing(units: Units, school: Sample, tamper: Tamper, late: str) -> None:
    await _put(units, school, notice())
    (lost,) = await _claim(units, school)
    await tamper(RUN_OUT)
    (held,) = await _claim(units, school)
    async with units(school.id) as uow:
        match late:
            case "settle":
                await uow.outbox.settle(lost)
            case _:
                await uow.outbox.postpone(lost, wait=1, reason="x", told=AT, aside=AT)
    assert await tamper("SELECT state, fence FROM outbox") == [("taken", held.fence)]


@pytest.mark.parametrize(("reason", "ambiguous"), [("sent:timeout", True), ("timeout", False)])
async def test_a_lost_answer_makes_the_next_attempt_ambiguous_for_good(
    units: Units, school: Sample, tamper: Tamper, reason: str, ambiguous: bool
) -> None:
    await _put(units, school, notice())
    for why in (reason, "ratelimited"):
        (item,) = await _claim(units, school)
        await _postpone(units, school, item, why)
        await tamper(PASSED)
    (item,) = await _claim(units, school)
    assert (item.ambiguous, item.attempts) == (ambiguous, 3)


async def test_what_is_set_aside_is_kept_and_counted_lets_the_next_one_by_and_is_tried_again(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    first, second = notice(), notice()
    await _put(units, school, first, second)
    (item,) = await _claim(units, school)
    async with units(school.id) as uow:
        await uow.outbox.postpone(item, wait=300, reason="invalid_blocks", aside=AT)
        assert await uow.outbox.stuck() == 1
    (other,) = await _claim(units, school)
    assert (other.notice, other.aside) == (second, False)
    await tamper(PASSED)
    (again,) = await _claim(units, school)
    assert (again.notice, again.aside, again.attempts) == (first, True, 2)
    await _put(units, school, notice())
    await _settle(units, school, other)
    assert len(await _claim(units, school)) == 1, "one that is set aside and in flight holds up no other"


async def test_what_was_told_in_another_way_says_so(units: Units, school: Sample, tamper: Tamper) -> None:
    await _put(units, school, notice())
    (item,) = await _claim(units, school)
    async with units(school.id) as uow:
        await uow.outbox.postpone(item, wait=20, reason="is_archived", told=AT)
    await tamper(PASSED)
    (again,) = await _claim(units, school)
    assert (item.told, again.told) == (False, True)


@pytest.mark.parametrize("hours", [1, -1, 24, -24])
async def test_a_clock_that_is_set_by_hours_or_a_day_stops_no_place(
    units: Units, school: Sample, tamper: Tamper, hours: int
) -> None:
    """What was given before the step lies so far ahead or behind after it: no such wait can be, so it is over."""
    by = hours * HOUR_MS
    await _put(units, school, notice("A"), notice("B"))
    waits, _ = await _claim(units, school)
    await _postpone(units, school, waits)
    await tamper("UPDATE outbox SET due_ms = due_ms + :by, leased_until_ms = leased_until_ms + :by", by=by)
    assert {item.notice.place.id for item in await _claim(units, school)} == {"A", "B"}


async def test_no_wait_is_longer_than_a_quarter_of_an_hour(units: Units, school: Sample, tamper: Tamper) -> None:
    await _put(units, school, notice())
    (item,) = await _claim(units, school)
    async with units(school.id) as uow:
        await uow.outbox.postpone(item, wait=86_400, reason="ratelimited")
    assert await _claim(units, school) == []
    await tamper("UPDATE outbox SET due_ms = due_ms - :longest", longest=LONGEST_MS)
    assert len(await _claim(units, school)) == 1


async def test_a_platform_is_held_and_let_go_as_a_whole_and_alone(units: Units, school: Sample) -> None:
    here, also = notice("A"), notice("B")
    there = replace(notice("T"), place=replace(channel("T"), platform="teams"))
    await _put(units, school, here, also, there)
    async with units(school.id) as uow:
        await uow.outbox.hold(here.place, wait=300)
    assert [item.notice for item in await _claim(units, school)] == [there]
    async with units(school.id) as uow:
        await uow.outbox.let_go(here.place)
    assert [item.notice for item in await _claim(units, school)] == [here, also]


@pytest.mark.parametrize(("of_its_subject", "expected"), [(True, [True, False, False]), (False, [True, True, False])])
async def test_a_later_card_of_that_kind_in_the_same_chat_is_found(
    units: Units, school: Sample, of_its_subject: bool, expected: list[bool]
) -> None:
    subject, found = uuid4(), []
    await _put(units, school, *(notice("A", subject, step=step) for step in ("5", "15")), notice("A"), notice("B"))
    for _ in range(3):
        item = next(item for item in await _claim(units, school) if item.notice.place.id == "A")
        async with units(school.id) as uow:
            found.append(bool(await uow.outbox.behind(item, of_its_subject=of_its_subject)))
            await uow.outbox.settle(item)
    assert found == expected


async def test_what_was_given_up_before_there_was_no_giving_up_waits_again_once_in_its_place(
    database_url: str, school: Sample, tamper: Tamper
) -> None:
    """A database of before, with rows that its program had given up; migrated, each card is due once."""
    later = ("DROP TABLE troubles", "ALTER TABLE concerns DROP COLUMN disposed_at", *NO_ROWS)
    await tamper(*later, *(f"ALTER TABLE outbox DROP COLUMN {name}" for name in NEW))
    await _migrate(database_url, lambda connection: command.stamp(config_for(connection), "0007", purge=True))
    first, second, third = notice(), notice(), notice()
    await tamper("INSERT INTO schools VALUES (:school, :key)", school=_id(database_url, school.id), key=b"k")
    rows = [(1, first, "dead"), (2, second, "dead"), (3, first, "dead"), (4, third, "dead"), (5, third, "waiting")]
    for number, one, state in rows:
        row = {**columns_of(one), "same": same_card(one), "stream": stream_of(one.place), "state": state}
        row |= {"school": _id(database_url, school.id), "subject": _id(database_url, one.subject), "id": number}
        row |= {"attempts": 10, "fence": 10, "ambiguous": False, "reason": "no_connection"}
        names = ", ".join(f'"{name}"' for name in row)
        values = ", ".join(f":{name}" for name in row)
        await tamper(f"INSERT INTO outbox ({names}) VALUES ({values})", **row)  # noqa: S608 (names of ours)
    await _migrate(database_url, upgrade)
    assert await tamper("SELECT id, state, attempts FROM outbox ORDER BY id") == [
        (1, "waiting", 0), (2, "waiting", 0), (5, "waiting", 10)
    ]  # fmt: skip


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


async def _migrate(url: str, move: Callable[[Connection], None]) -> None:
    engine = make_engine(url, deadline=60, migrating=True)
    async with engine.begin() as connection:
        await connection.run_sync(move)
    await engine.dispose()


def _id(url: str, id: UUID) -> object:
    """As the engine keeps it where SQL is written by hand."""
    return id.hex if url.startswith("sqlite") else id


async def test_a_card_says_how_long_it_has_waited_whoever_takes_it(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await _put(units, school, notice("A"))
    await tamper("UPDATE outbox SET put_ms = put_ms - :hour", hour=HOUR_MS)
    (item,) = await _claim(units, school)
    assert item.waited is not None
    assert 3600 <= item.waited < 3660
    await _postpone(units, school, item)
    await tamper(PASSED)
    (item,) = await _claim(units, school)
    assert item.waited is not None
    assert 3600 <= item.waited < 3660


@pytest.mark.parametrize("put_ms", ["NULL", f"put_ms + {HOUR_MS}"])
async def test_one_that_an_older_program_put_out_or_a_clock_that_was_set_back_has_no_age(
    units: Units, school: Sample, tamper: Tamper, put_ms: str
) -> None:
    await _put(units, school, notice("A"))
    await tamper(f"UPDATE outbox SET put_ms = {put_ms}")  # noqa: S608 (two of ours)
    (item,) = await _claim(units, school)
    assert item.waited is None
