"""A unit of work that only looks: it sees one moment, waits for nobody, holds nobody up, and changes nothing."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy.exc import SQLAlchemyError

from handlers.errors import MustWrite
from handlers.ports import Draft, UnitOfWork
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from store.opening import open_units
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.bench import filling
from tests.statements import heard
from tests.store.conftest import Tamper
from tests.store.sample import AT, ROOT, WORDS, Sample, notice

Does = Callable[[UnitOfWork, Sample, Concern], Awaitable[object]]

WRITES: dict[str, Does] = {
    "a reference is taken": lambda uow, _, __: uow.concerns.free_reference(at=AT),
    "a concern is saved": lambda uow, school, one: uow.concerns.save(one, because=school.raised(one)),
    "an action is saved": lambda uow, school, one: uow.actions.save(
        school.action(one), because=school.entry(one.id, Deed.ASSIGNED)
    ),
    "an entry is added": lambda uow, school, one: uow.trail.append(school.entry(one.id, Deed.READ)),
    "a draft is kept": lambda uow, _, one: uow.drafts.put(Draft(key=one.id, owner=one.reporter, answers=WORDS, at=AT)),
    "a draft is thrown away": lambda uow, _, one: uow.drafts.delete(one.id),
    "a notice is put out": lambda uow, _, one: uow.outbox.put(notice(subject=one.id)),
    "notices are claimed": lambda uow, _, __: uow.outbox.claim(most=1),
    "a post is kept": lambda uow, _, one: uow.posts.put(notice(subject=one.id), "m1"),
    "a post is forgotten": lambda uow, _, one: uow.posts.forget(notice(subject=one.id), "m1"),
    "a step is taken": lambda uow, _, one: uow.steps.take(one.id, "x", at=AT),
}


async def _raise(units: Units, school: Sample) -> Concern:
    async with units(school.id) as uow:
        concern = school.concern(await uow.concerns.free_reference(at=AT))
        await uow.concerns.save(concern, because=school.raised(concern))
    return concern


async def _look(units: Units, school: Sample, concern: Concern, *, then: Does) -> None:
    async with units.looking(school.id) as uow:
        await uow.trail.looked(school.entry(concern.id, Deed.READ))
        await then(uow, school, concern)


async def _deeds(units: Units, school: Sample, concern: Concern) -> list[Deed]:
    async with units.looking(school.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(concern.id)]


@pytest.mark.parametrize("what", WRITES)
async def test_who_looks_changes_nothing(units: Units, school: Sample, what: str) -> None:
    concern = await _raise(units, school)
    with pytest.raises(MustWrite):
        await _look(units, school, concern, then=WRITES[what])
    assert await _deeds(units, school, concern) == [Deed.RAISED]
    async with units(school.id) as uow:
        assert not await uow.outbox.claim(most=5)


async def test_that_somebody_looked_is_kept_when_they_have(units: Units, school: Sample) -> None:
    concern = await _raise(units, school)
    async with units.looking(school.id) as uow:
        await uow.trail.looked(school.entry(concern.id, Deed.FOUND))
        await uow.trail.looked(school.entry(concern.id, Deed.READ))
        assert [line.entry.deed for line in await uow.trail.of(concern.id)] == [Deed.RAISED]
    assert await _deeds(units, school, concern) == [Deed.RAISED, Deed.FOUND, Deed.READ]
    assert await verify_chain(units, school.id) is None


async def test_in_a_unit_of_work_that_may_write_it_is_kept_at_once(units: Units, school: Sample) -> None:
    concern = await _raise(units, school)
    async with units(school.id) as uow:
        await uow.trail.looked(school.entry(concern.id, Deed.READ))
        assert [line.entry.deed for line in await uow.trail.of(concern.id)] == [Deed.RAISED, Deed.READ]


async def test_a_look_that_fails_leaves_no_entry(units: Units, school: Sample) -> None:
    async def fails(*_: object) -> None:
        raise ZeroDivisionError

    concern = await _raise(units, school)
    with pytest.raises(ZeroDivisionError):
        await _look(units, school, concern, then=fails)
    assert await _deeds(units, school, concern) == [Deed.RAISED]


async def test_a_look_that_cannot_be_kept_has_failed(units: Units, school: Sample, tamper: Tamper) -> None:
    """Whoever asked is told so before anything of it is shown: the block has not ended well."""

    async def the_next_number_is_taken(*_: object) -> None:
        await tamper("INSERT INTO entries SELECT school, sequence + 1, thing, body, leaf, words FROM entries")

    concern = await _raise(units, school)
    with pytest.raises(SQLAlchemyError):
        await _look(units, school, concern, then=the_next_number_is_taken)


async def test_a_look_is_of_one_moment(units: Units, school: Sample) -> None:
    async with units.looking(school.id) as uow:
        assert await uow.concerns.open() == []
        concern = await asyncio.create_task(_raise(units, school))
        assert await uow.concerns.open() == []
        assert await uow.concerns.get(concern.id) is None
    async with units.looking(school.id) as uow:
        assert [one.id for one in await uow.concerns.open()] == [concern.id]


async def test_who_looks_does_not_wait_for_who_writes(units: Units, school: Sample) -> None:
    async with units(school.id) as writing:
        await writing.outbox.put(notice())
        async with asyncio.timeout(1), units.looking(school.id) as uow:
            assert await uow.people.all()


async def test_many_look_at_once_and_none_fails(units: Units, school: Sample) -> None:
    async def look() -> int:
        async with units.looking(school.id) as uow:
            found = len(await uow.people.all())
            await asyncio.sleep(0.02)
            return found

    counted = await asyncio.gather(*(look() for _ in range(30)))
    assert len(set(counted)) == 1


async def test_what_is_asked_of_many_is_what_is_asked_of_each(units: Units, school: Sample) -> None:
    known = [await _raise(units, school) for _ in range(3)]
    ids = [concern.id for concern in known]
    async with units(school.id) as uow:
        await uow.steps.take(ids[0], "one", at=AT)
        await uow.steps.take(ids[0], "two", at=AT)
        await uow.steps.take(ids[2], "one", at=AT)
    stranger = school.concern().id
    async with units.looking(school.id) as uow:
        assert await uow.trail.answers_of([*ids, stranger]) == {id: await uow.trail.answers(id) for id in ids}
        assert await uow.concerns.among([*ids, stranger]) == {id: await uow.concerns.get(id) for id in ids}
        taken = await uow.steps.taken_of([*ids, stranger])
        assert taken == {id: await uow.steps.taken(id) for id in [*ids, stranger]}
        assert taken[ids[0]].keys() == {"one", "two"}
        every = await uow.trail.entries_of([*ids, stranger], opened={Deed.RAISED})
        assert every == {id: await uow.trail.of(id, words=True) for id in [*ids, stranger]}
        closed = await uow.trail.entries_of(ids)
        assert closed == {id: await uow.trail.of(id) for id in ids}
        assert await uow.trail.entries_of([]) == {}
        assert await uow.concerns.among([]) == await uow.trail.answers_of([]) == await uow.steps.taken_of([]) == {}


async def test_the_account_of_many_is_the_first_that_was_raised_and_opens_or_fails_as_that_of_one(
    units: Units, school: Sample
) -> None:
    concern = await _raise(units, school)
    async with units(school.id) as uow:
        await uow.trail.append(school.entry(concern.id, Deed.ADDED, words={"facts": "Later."}))
    async with units.looking(school.id) as uow:
        assert (await uow.trail.answers_of([concern.id]))[concern.id] == WORDS


async def test_drafts_are_opened_in_as_many_statements_as_one_and_one_that_is_broken_hides_no_other(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    reporter = school.concern().reporter
    drafts = [Draft(key=uuid4(), owner=reporter, answers=WORDS, at=AT) for _ in range(5)]
    counted: list[int] = []
    for draft in drafts:
        async with units(school.id) as uow:
            await uow.drafts.put(draft)
        with heard(units) as statements:
            async with units.looking(school.id) as uow:
                assert len(await uow.drafts.of(reporter)) == len(counted) + 1
        counted.append(len(statements))
    assert len(set(counted)) == 1
    await tamper(
        "UPDATE case_keys SET key = (SELECT max(key) FROM case_keys) WHERE key = (SELECT min(key) FROM case_keys)"
    )
    async with units.looking(school.id) as uow:
        assert len(await uow.drafts.of(reporter)) == 4


async def test_whoever_reads_a_term_lets_others_go_on(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its rows are made, and its concerns, a few at a time: nobody waits until all of them are."""
    monkeypatch.setattr("store.work._SLICE", 0.0)
    units = await open_units(database_url, root_key=ROOT, schools=(filling.roll(),))
    await filling.fill(units, database_url, 600)
    went_on = 0

    async def others() -> None:
        nonlocal went_on
        while True:
            await asyncio.sleep(0)
            went_on += 1

    beside = asyncio.create_task(others())
    async with units.looking(filling.SCHOOL.id) as uow:
        found = await uow.concerns.since(filling.AT - timedelta(days=400), filling.AT)
    beside.cancel()
    await units.close()
    assert len(found) == 600
    assert went_on > 600 + 600 / 50
