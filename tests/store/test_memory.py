"""What a unit of work has read it keeps, and never longer than it is so."""

import asyncio
import pkgutil
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import CompoundSelect, Select
from sqlalchemy.dialects import sqlite

import store
from handlers.errors import MovedOn
from handlers.ports import Damage, Draft, UnitOfWork
from handlers.rules.chronology import Deed
from handlers.rules.people import PersonId
from handlers.rules.referral import Method, Referral, ReferralId
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from store import statements
from store.memory import reads
from store.tables import drafts
from store.unit_of_work import Units
from tests.statements import heard
from tests.store.conftest import Tamper
from tests.store.sample import AT, WORDS, Sample, notice, sample

LONDON = AT.astimezone(ZoneInfo("Europe/London"))
SOON = LONDON + timedelta(days=2)
IDS = [UUID(int=number) for number in range(1, 9)]
CONCERN = sample().concern(
    id=IDS[0],
    submitted_at=LONDON,
    named=frozenset({sample().person("chair").id}),
    children=frozenset({sample().roll.pupils[0].id}),
)
LEAD, TEACHER = sample().person("lead").id, sample().person("teacher").id


def _action(school: Sample):
    return replace(school.action(CONCERN), id=IDS[1], assigned_at=LONDON, due_at=SOON)


def _referral():
    return Referral(
        id=ReferralId(IDS[2]), concern=CONCERN.id, number=1, agency="police", method=Method.TELEPHONE, sent_at=LONDON,
        sent_by=LEAD, answer_by=SOON, confirm_by=SOON,
    )  # fmt: skip


async def _sealed_then_opened(uow: UnitOfWork, school: Sample) -> None:
    """Who is linked with it changes: some go, some come."""
    one = await uow.concerns.get(CONCERN.id)
    assert one is not None
    two = frozenset(pupil.id for pupil in school.roll.pupils)
    changed = replace(one.see(at=SOON), named=frozenset(), sealed_to=frozenset({LEAD}), children=two)
    await uow.concerns.save(changed, because=school.entry(CONCERN.id, Deed.SEEN))


WRITES: dict[str, Callable[[UnitOfWork, Sample], Awaitable[object]]] = {
    "a concern changes with whom it is linked with": _sealed_then_opened,
    "an action is given": lambda uow, school: uow.actions.save(
        _action(school), because=school.entry(CONCERN.id, Deed.ASSIGNED)
    ),
    "a referral is made": lambda uow, school: uow.referrals.save(
        _referral(), because=school.entry(CONCERN.id, Deed.REFERRED)
    ),
    "it is shared": lambda uow, school: uow.shares.save(
        Share(id=ShareId(IDS[3]), concern=CONCERN.id, to=TEACHER, by=LEAD, at=LONDON, until=SOON),
        because=school.entry(CONCERN.id, Deed.SHARED),
    ),
    "the glass is asked for": lambda uow, school: uow.break_glass.save(
        BreakGlass(id=BreakGlassId(IDS[4]), concern=CONCERN.id, asked_by=LEAD, asked_at=LONDON),
        because=school.entry(CONCERN.id, Deed.READ),
    ),
    "a draft is kept": lambda uow, _: uow.drafts.put(
        Draft(key=IDS[5], owner=TEACHER, answers=WORDS, at=LONDON, begun=LONDON)
    ),
    "a draft is thrown away": lambda uow, _: uow.drafts.delete(IDS[6]),
    "drafts that were sent are cleared": lambda uow, _: uow.drafts.clear_sent(before=SOON),
    "a step is taken": lambda uow, _: uow.steps.take(CONCERN.id, "one", at=LONDON),
    "a card stands": lambda uow, _: uow.posts.put(notice(subject=CONCERN.id), "m2"),
    "a card is gone": lambda uow, _: uow.posts.forget(notice(subject=CONCERN.id), "m1"),
    "an entry is added": lambda uow, school: uow.trail.append(
        school.entry(CONCERN.id, Deed.ADDED, at=LONDON, words={"facts": "Later."})
    ),
    "a notice is put out": lambda uow, _: uow.outbox.put(notice(subject=CONCERN.id)),
}


async def _everything(uow: UnitOfWork, school: Sample) -> dict[str, object]:
    """Every question that there is, of what the writes above touch."""
    id, until = CONCERN.id, AT + timedelta(days=90)
    return {
        "concern": await uow.concerns.get(id),
        "among": await uow.concerns.among([id]),
        "unaccepted": await uow.concerns.unaccepted(),
        "open": await uow.concerns.open(),
        "waiting": await uow.concerns.waiting_for(LEAD),
        "reported": await uow.concerns.reported_by(TEACHER),
        "found": await uow.concerns.find(CONCERN.reference),
        "of pupil": [await uow.concerns.of_pupil(pupil.id) for pupil in school.roll.pupils],
        "naming": await uow.concerns.naming(school.person("chair").id),
        "about adults": await uow.concerns.about_adults(),
        "since": await uow.concerns.since(AT - timedelta(days=1), until),
        "actions": (await uow.actions.of(id), await uow.actions.open(), await uow.actions.owed_by(TEACHER)),
        "referrals": (await uow.referrals.of(id), await uow.referrals.live()),
        "shares": (await uow.shares.of(id), await uow.shares.get(ShareId(IDS[3])), await uow.shares.given_to(TEACHER)),
        "glass": (await uow.break_glass.of(id), await uow.break_glass.asked_by(LEAD)),
        "by id": (await uow.break_glass.get(BreakGlassId(IDS[4])), await uow.referrals.get(ReferralId(IDS[2]))),
        "drafts": (await uow.drafts.of(TEACHER), await uow.drafts.untouched(since=until)),
        "each draft": [await uow.drafts.get(key) for key in (*IDS, id)],
        "steps": await uow.steps.taken(id),
        "posts": (await uow.posts.find(notice(subject=id)), await uow.posts.standing(id)),
        "there": await uow.posts.at(notice().place, "m1"),
        "trail": await uow.trail.of(id, words=True),
        "due": await uow.outbox.is_due(),
    }


@pytest.mark.parametrize("what", WRITES)
async def test_what_a_unit_has_written_it_reads_as_everybody_will(units: Units, school: Sample, what: str) -> None:
    """To the last field and the clock that a moment is told by, whatever was read before."""
    async with units(school.id) as uow:
        await uow.concerns.save(CONCERN, because=school.raised(CONCERN))
        await uow.posts.put(notice(subject=CONCERN.id), "m1")
        for key in (IDS[6], CONCERN.id):
            await uow.drafts.put(Draft(key=key, owner=TEACHER, answers=WORDS, at=LONDON - timedelta(hours=1)))
    async with units(school.id) as uow:
        before = await _everything(uow, school)
        await WRITES[what](uow, school)
        own = await _everything(uow, school)
    async with units.looking(school.id) as uow:
        after = await _everything(uow, school)
    assert own == after
    assert {name: repr(one) for name, one in own.items()} == {name: repr(one) for name, one in after.items()}
    assert before != after


async def test_what_was_read_is_not_asked_again(units: Units, school: Sample) -> None:
    async with units.looking(school.id) as uow:
        await _everything(uow, school)
        with heard(units) as statements:
            await _everything(uow, school)
    # What is due is asked of the database's own clock.
    assert [one for one in statements if "outbox" not in one] == []


async def test_it_lasts_no_longer_than_its_unit_of_work(units: Units, school: Sample, tamper: Tamper) -> None:
    async with units(school.id) as uow:
        await uow.concerns.save(CONCERN, because=school.raised(CONCERN))
    async with units.looking(school.id) as uow:
        assert await uow.concerns.find(CONCERN.reference)
    await tamper("UPDATE concerns SET reference = '26-39518'")
    async with units.looking(school.id) as uow:
        assert not await uow.concerns.find(CONCERN.reference)


async def test_who_may_write_has_the_turn_before_the_first_word_is_read(units: Units, school: Sample) -> None:
    """So nobody can change between the reading and the writing what has been read."""
    order: list[str] = []

    async def changes(name: str) -> None:
        async with units(school.id) as uow:
            order.append(f"{name} reads")
            assert await uow.concerns.find("26-48213") is None
            order.append(f"{name} is done")

    await asyncio.gather(changes("one"), changes("two"), changes("three"))
    assert [word.split()[0] for word in order[::2]] == [word.split()[0] for word in order[1::2]]


async def test_a_change_to_what_was_changed_in_the_same_unit_counts_on(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        await uow.concerns.save(CONCERN, because=school.raised(CONCERN))
        one = await uow.concerns.get(CONCERN.id)
        assert one is not None
        await uow.concerns.save(one.see(at=AT), because=school.entry(CONCERN.id, Deed.SEEN))
        two = await uow.concerns.get(CONCERN.id)
        assert two is not None and two.version == one.version + 1
        with pytest.raises(MovedOn):
            await uow.concerns.save(one.see(at=AT), because=school.entry(CONCERN.id, Deed.SEEN))


async def test_who_a_person_is_is_asked_of_the_database_once_a_file(units: Units, school: Sample) -> None:
    async def meet() -> None:
        async with units.looking(school.id) as uow:
            for key in ("teacher", "lead", "pupil"):
                assert await uow.people.identify(school.who(key)) == school.person(key)
            assert await uow.people.get(PersonId(uuid4())) is None
            assert len(await uow.people.ever()) == len(school.roll.people) - 1
            assert await uow.people.accounts(LEAD)

    await meet()
    with heard(units) as statements:
        await meet()
    assert [re.findall(r"FROM (\w+)", one) for one in statements] == [["heads"]]


async def test_one_whose_particulars_do_not_open_keeps_out_nobody_else(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    await tamper(
        "UPDATE people SET particulars = (SELECT particulars FROM people WHERE roles = 'head') WHERE roles = 'chair'",
        "UPDATE heads SET roll = roll + 1",
    )
    for _ in range(2):
        async with units.looking(school.id) as uow:
            assert await uow.people.identify(school.who("lead")) == school.person("lead")
            assert await uow.people.get(school.person("chair").id) == school.person("chair"), "as it was before"
            assert school.person("chair") in await uow.people.all()
    assert units.damaged(school.id) == {Damage(table="people", id=str(school.person("chair").id))}


def queries() -> dict[str, Select | CompoundSelect]:
    modules = [import_module(f"store.{found.name}") for found in pkgutil.iter_modules(store.__path__)]
    return {
        f"{module.__name__}.{name}": value
        for module in modules
        for name, value in vars(module).items()
        if isinstance(value, Select | CompoundSelect)
    }


@pytest.mark.parametrize("name", queries())
def test_every_table_that_a_query_reads_is_known(name: str) -> None:
    """What stands behind FROM and JOIN in its words, in whatever part of it."""
    query = queries()[name]
    words = str(query.compile(dialect=sqlite.dialect()))
    own = set(re.findall(r"(\w+)(?:\(\w+\))? AS \n\(", words))  # what the query makes itself, with WITH
    named = set(re.findall(r"(?:FROM|JOIN) (\w+)", words)) - own
    assert named and named <= {table.name for table in reads(query)}


async def test_what_is_written_all_day_is_said_in_words_that_were_built_once(units: Units, school: Sample) -> None:
    async with units.looking(school.id) as uow:
        connection = uow.outbox.work.connection
        for build in (statements.insert, statements.fresh, statements.upsert):
            assert build(connection, drafts) is build(connection, drafts)
