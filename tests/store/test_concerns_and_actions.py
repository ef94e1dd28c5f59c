"""Concerns and actions: every value comes back, and of two changes to one version one wins."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from handlers.errors import MovedOn
from handlers.rules.action import ActionId
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, ConcernId, Outcome, Status, Urgency
from store.unit_of_work import Units
from tests.store.conftest import Tamper
from tests.store.sample import AT, Sample


async def _save(units: Units, school: Sample, concern: Concern, deed: Deed = Deed.RAISED) -> None:
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.entry(concern.id, deed))


async def _get(units: Units, school: Sample, id: ConcernId) -> Concern:
    async with units(school.id) as uow:
        concern = await uow.concerns.get(id)
    assert concern is not None
    return concern


async def test_every_value_of_a_concern_comes_back(units: Units, school: Sample) -> None:
    lead, deputy = school.person("lead").id, school.person("deputy").id
    full = school.concern(
        status=Status.CLOSED,
        named=frozenset({school.person("head").id, school.person("chair").id}),
        seen_at=AT.replace(hour=11),
        owner=lead,
        accepted_at=AT.replace(hour=12),
        offered_to=deputy,
        rung=2,
        escalated_at=AT.replace(hour=13),
        outcome=Outcome.REFERRAL,
        triaged_at=AT.replace(hour=14),
        closed_at=AT.replace(hour=15),
        urgency=Urgency.NOW,
        now_since=AT.replace(hour=16),
        safe_until=AT.replace(hour=17),
        safe_by=deputy,
    )
    bare = school.concern("26-30977")
    await _save(units, school, full)
    await _save(units, school, bare)
    assert await _get(units, school, full.id) == full
    assert await _get(units, school, bare.id) == bare


async def test_a_change_adds_one_to_the_version_and_replaces_who_is_named(units: Units, school: Sample) -> None:
    head, chair = school.person("head").id, school.person("chair").id
    concern = school.concern(named=frozenset({head}))
    await _save(units, school, concern)
    await _save(units, school, replace(concern.see(at=AT), named=frozenset({chair})), Deed.SEEN)
    stored = await _get(units, school, concern.id)
    assert stored == replace(concern.see(at=AT), named=frozenset({chair}), version=2)


async def test_a_change_to_an_older_version_is_refused_and_leaves_no_entry(units: Units, school: Sample) -> None:
    concern = school.concern()
    await _save(units, school, concern)
    await _save(units, school, concern.see(at=AT), Deed.SEEN)
    with pytest.raises(MovedOn):
        await _save(units, school, concern.see(at=AT), Deed.SEEN)
    async with units(school.id) as uow:
        assert len(await uow.trail.of(concern.id)) == 2


async def test_a_concern_that_was_never_saved_cannot_be_changed(units: Units, school: Sample) -> None:
    with pytest.raises(MovedOn):
        await _save(units, school, school.concern(version=3))


async def test_of_two_accepts_at_once_one_wins(units: Units, school: Sample) -> None:
    concern = school.concern()
    await _save(units, school, concern)

    async def accept(who: str) -> str:
        person = school.person(who)
        async with units(school.id) as uow:
            found = await uow.concerns.get(concern.id)
            await asyncio.sleep(0.05)  # long enough for the other one to read it too, if that were possible
            assert found is not None
            if found.owner is not None:
                raise MovedOn
            entry = school.entry(concern.id, Deed.ACCEPTED, by=person.id)
            await uow.concerns.save(found.accept(by=person.id, at=AT), because=entry)
        return who

    results = await asyncio.gather(accept("lead"), accept("deputy"), return_exceptions=True)
    winners = [who for who in results if isinstance(who, str)]
    assert [type(lost) for lost in results if not isinstance(lost, str)] == [MovedOn]
    assert (await _get(units, school, concern.id)).owner == school.person(winners[0]).id
    async with units(school.id) as uow:
        assert len(await uow.trail.of(concern.id)) == 2


async def test_of_two_submissions_of_one_form_at_once_one_is_stored(units: Units, school: Sample) -> None:
    concern = school.concern()

    async def submit() -> None:
        async with units(school.id) as uow:
            found = await uow.concerns.get(concern.id)
            await asyncio.sleep(0.05)
            if found is not None:
                raise MovedOn
            mine = replace(concern, reference=await uow.concerns.free_reference(at=AT))
            await uow.concerns.save(mine, because=school.raised(mine))

    results = await asyncio.gather(submit(), submit(), return_exceptions=True)
    assert [type(one) for one in results if one is not None] == [MovedOn]
    async with units(school.id) as uow:
        assert len(await uow.trail.of(concern.id)) == 1


async def test_lists_hold_what_they_say_oldest_first(units: Units, school: Sample) -> None:
    lead = school.person("lead").id
    late = school.concern("26-48213", submitted_at=AT.replace(hour=18))
    early = school.concern("26-30977", named=frozenset({lead}), status=Status.SEEN, seen_at=AT)
    owned = school.concern("26-75104").accept(by=lead, at=AT)
    closed = replace(
        school.concern("26-61952", reporter=lead), status=Status.CLOSED, owner=lead, accepted_at=AT,
        outcome=Outcome.MONITORING, triaged_at=AT, closed_at=AT,
    )
    for concern in (late, early, owned, closed):
        await _save(units, school, concern)
    async with units(school.id) as uow:
        assert await uow.concerns.unaccepted() == [early, late]
        assert await uow.concerns.open() == [early, owned, late]
        assert await uow.concerns.reported_by(lead) == [closed]


async def test_every_value_of_an_action_comes_back(units: Units, school: Sample) -> None:
    concern = school.concern()
    await _save(units, school, concern)
    first, second = school.action(concern), school.action(concern, 2)
    async with units(school.id) as uow:
        for action in (second, first):
            await uow.actions.save(action, because=school.entry(concern.id, Deed.ASSIGNED, words={"what": "ring"}))
    done = first.done(at=AT)
    async with units(school.id) as uow:
        assert await uow.actions.get(first.id) == first
        await uow.actions.save(done, because=school.entry(concern.id, Deed.DONE))
    async with units(school.id) as uow:
        assert await uow.actions.of(concern.id) == [replace(done, version=2), second]
        assert await uow.actions.open() == [second]
        assert await uow.actions.get(ActionId(uuid4())) is None


async def test_an_action_that_moved_or_a_number_that_is_taken_is_refused(units: Units, school: Sample) -> None:
    concern = school.concern()
    await _save(units, school, concern)
    action = school.action(concern)

    async def save(one: object) -> None:
        async with units(school.id) as uow:
            await uow.actions.save(one, because=school.entry(concern.id, Deed.ASSIGNED))  # type: ignore[arg-type]

    await save(action)
    await save(action.done(at=AT))
    for stale in (action.done(at=AT), school.action(concern)):
        with pytest.raises(MovedOn):
            await save(stale)


@pytest.mark.parametrize(
    "broken",
    [
        "status = 'accepted'",
        "status = 'closed'",
        "status = 'lost'",
        "version = 0",
        "rung = -1",
        "closed_at = submitted_at",
    ],
)
async def test_the_database_itself_refuses_a_concern_that_cannot_be(
    units: Units, school: Sample, tamper: Tamper, broken: str
) -> None:
    await _save(units, school, school.concern())
    with pytest.raises(Exception, match=r"(?i)check"):
        await tamper("UPDATE concerns SET " + broken)  # noqa: S608 (the words are those above)
