"""Case work in the store: all of it comes back, of two changes one wins, and an older database becomes a newer one."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from uuid import uuid4

import pytest
from alembic import command
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from handlers.errors import MovedOn
from handlers.rules.action import ActionId, ActionKind, ActionStatus
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, Level, Outcome, ReporterAs, Second, Status, Urgency
from handlers.rules.people import PersonId
from handlers.rules.referral import Method, Referral, ReferralId, ReferralStatus
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from store.engine import make_engine
from store.migrations.moving import config_for
from store.opening import open_units
from store.unit_of_work import Units
from tests.store.chained import NO_FRONTS, to_the_chain
from tests.store.sample import AT, ROOT, Sample

LATER = AT + timedelta(days=2)


async def _raised(units: Units, school: Sample, **more: object) -> Concern:
    async with units(school.id) as uow:
        concern = school.concern(await uow.concerns.free_reference(at=AT), **more)
        await uow.concerns.save(concern, because=school.raised(concern))
    return concern


def _decided(concern: Concern, school: Sample) -> Concern:
    lead = school.person("lead").id
    return replace(
        concern, status=Status.TRIAGED, owner=lead, accepted_at=AT, triaged_at=AT, seen_at=AT,
        outcome=Outcome.NO_FURTHER_ACTION, level=Level.HIGH, decided_by=lead, second=Second.WANTED, review_at=LATER,
        close_proposed_by=lead, close_proposed_at=LATER, offered_to=school.person("deputy").id, offered_at=AT,
        sealed_to=frozenset({lead}), drill=True, reporter_as=ReporterAs.RELATIVE,
    )  # fmt: skip


async def test_everything_that_case_work_adds_to_a_concern_comes_back(units: Units, school: Sample) -> None:
    one, other = await _raised(units, school), await _raised(units, school)
    pupils = frozenset(pupil.id for pupil in school.roll.pupils)
    changed = replace(_decided(one, school), children=pupils)
    async with units(school.id) as uow:
        await uow.concerns.save(changed, because=school.entry(one.id, Deed.DECIDED))
        merged = replace(_decided(other, school), status=Status.CLOSED, closed_at=AT, merged_into=one.id)
        await uow.concerns.save(merged, because=school.entry(other.id, Deed.MERGED))
    async with units(school.id) as uow:
        assert await uow.concerns.get(one.id) == replace(changed, version=2)
        assert await uow.concerns.get(other.id) == replace(merged, version=2)


async def test_a_concern_is_found_by_its_pupil_its_reference_and_its_time(units: Units, school: Sample) -> None:
    mia, noah = (pupil.id for pupil in school.roll.pupils)
    first = await _raised(units, school, children=frozenset({mia, noah}))
    second = await _raised(units, school, children=frozenset({noah}), submitted_at=LATER)
    async with units(school.id) as uow:
        assert [c.id for c in await uow.concerns.of_pupil(noah)] == [first.id, second.id]
        assert [c.id for c in await uow.concerns.of_pupil(mia)] == [first.id]
        found = await uow.concerns.find(second.reference)
        assert found is not None
        assert found.id == second.id
        assert await uow.concerns.find("26-9999") is None
        assert [c.id for c in await uow.concerns.since(AT, LATER)] == [first.id]
        assert [c.id for c in await uow.concerns.since(AT, LATER + timedelta(seconds=1))] == [first.id, second.id]
    async with units(school.id) as uow:
        moved = replace(first, children=frozenset({mia}))
        await uow.concerns.save(moved, because=school.entry(first.id, Deed.MISFILED))
    async with units(school.id) as uow:
        assert [c.id for c in await uow.concerns.of_pupil(noah)] == [second.id]


async def test_a_pupil_who_is_not_on_the_roll_cannot_be_linked(units: Units, school: Sample) -> None:
    with pytest.raises(Exception, match=r"(?i)foreign key"):
        await _raised(units, school, children=frozenset({uuid4()}))


async def test_an_action_comes_back_in_every_state(units: Units, school: Sample) -> None:
    concern = await _raised(units, school)
    lead = school.person("lead").id
    for number, status in enumerate(ActionStatus, start=1):
        action = replace(
            school.action(concern, number),
            status=status,
            kind=ActionKind.CALL_HOME,
            urgency=Urgency.NOW,
            extensions=number,
            waiting_until=LATER if status is ActionStatus.WAITING else None,
            done_at=AT if status in {ActionStatus.DONE, ActionStatus.VERIFIED} else None,
            verified_by=lead if status is ActionStatus.VERIFIED else None,
        )
        async with units(school.id) as uow:
            await uow.actions.save(action, because=school.entry(concern.id, Deed.ASSIGNED))
        async with units(school.id) as uow:
            assert await uow.actions.get(action.id) == action
            live = {one.id for one in await uow.actions.open()}
            assert (action.id in live) == action.live
            owed = {one.id for one in await uow.actions.owed_by(action.owner)}
            assert (action.id in owed) == action.live


def _referral(concern: Concern, school: Sample, number: int = 1) -> Referral:
    return Referral(
        id=ReferralId(uuid4()), concern=concern.id, number=number, agency="mash", method=Method.TELEPHONE,
        sent_at=AT, sent_by=school.person("lead").id, answer_by=LATER, confirm_by=LATER,
    )  # fmt: skip


async def test_a_referral_comes_back_through_its_life(units: Units, school: Sample) -> None:
    concern = await _raised(units, school)
    sent = _referral(concern, school)
    async with units(school.id) as uow:
        await uow.referrals.save(sent, because=school.entry(concern.id, Deed.REFERRED))
        assert [one.id for one in await uow.referrals.live()] == [sent.id]
    late = sent.confirm(at=AT).challenge(at=LATER + timedelta(hours=1), answer_by=LATER + timedelta(days=5), highest=4)
    async with units(school.id) as uow:
        await uow.referrals.save(late, because=school.entry(concern.id, Deed.REFERRAL_CHALLENGED))
    async with units(school.id) as uow:
        stored = await uow.referrals.get(sent.id)
        assert stored == replace(late, version=2)
        settled = stored.answered(accepted=True, at=LATER)
        await uow.referrals.save(settled, because=school.entry(concern.id, Deed.REFERRAL_ANSWERED))
        assert settled.status is ReferralStatus.RESOLVED
    async with units(school.id) as uow:
        assert list(await uow.referrals.live()) == []
        assert [one.number for one in await uow.referrals.of(concern.id)] == [1]


async def test_of_two_changes_to_one_version_one_wins(units: Units, school: Sample) -> None:
    concern = await _raised(units, school)
    sent = _referral(concern, school)
    share = Share(
        id=ShareId(uuid4()), concern=concern.id, to=school.person("teacher").id, by=school.person("lead").id,
        at=AT, until=LATER,
    )  # fmt: skip
    glass = BreakGlass(id=BreakGlassId(uuid4()), concern=concern.id, asked_by=school.person("head").id, asked_at=AT)
    async with units(school.id) as uow:
        await uow.referrals.save(sent, because=school.entry(concern.id, Deed.REFERRED))
        await uow.shares.save(share, because=school.entry(concern.id, Deed.SHARED))
        await uow.break_glass.save(glass, because=school.entry(concern.id, Deed.BREAK_GLASS_ASKED))

    async def twice(number: int) -> bool:
        try:
            async with units(school.id) as uow:
                entry = school.entry(concern.id, Deed.READ, facts={"n": str(number)})
                await uow.referrals.save(sent.withdraw(), because=entry)
                await uow.shares.save(share.revoke(at=AT), because=entry)
                by, until = PersonId(school.person("chair").id), LATER
                await uow.break_glass.save(glass.agree(by=by, at=AT, until=until), because=entry)
        except MovedOn:
            return False
        return True

    assert sorted(await asyncio.gather(*(twice(n) for n in range(5)))) == [False] * 4 + [True]
    async with units(school.id) as uow:
        stored = await uow.shares.get(share.id)
        assert stored == replace(share, revoked_at=AT, version=2)
        assert await uow.shares.given_to(share.to) == [stored]
        assert await uow.shares.given_to(share.by) == []
        assert [one.agreed_by for one in await uow.break_glass.of(concern.id)] == [school.person("chair").id]


async def test_steps_taken_are_told_with_their_time(units: Units, school: Sample) -> None:
    subject = uuid4()
    async with units(school.id) as uow:
        await uow.steps.take(subject, "due", at=AT)
        await uow.steps.take(subject, "plus_1", at=LATER)
        assert await uow.steps.taken(subject) == {"due": AT, "plus_1": LATER}
        assert await uow.steps.taken(uuid4()) == {}


async def test_a_database_of_the_first_schema_is_brought_forward_with_its_rows(
    database_url: str, school: Sample
) -> None:
    """What stands in it stays, its pupils are linked from the sealed accounts, and the trail still verifies."""
    mia = school.roll.pupils[0]
    units = await open_units(database_url, root_key=ROOT, schools=(school.roll,))
    concern = school.concern("26-48213")
    named = replace(concern, named=frozenset({school.person("head").id}))
    async with units(school.id) as uow:
        await uow.concerns.save(named, because=school.raised(named, {"child_1": str(mia.id), "facts": "x"}))
        await uow.actions.save(school.action(concern), because=school.entry(concern.id, Deed.ASSIGNED))
    await units.close()
    await _back_to_the_first(database_url)
    units = await open_units(database_url, root_key=ROOT, schools=(school.roll,))
    for _ in range(2):
        await units.fill(at=LATER)
    async with units(school.id) as uow:
        stored = await uow.concerns.get(concern.id)
        assert stored == replace(named, children=frozenset({mia.id}), version=2)
        assert [one.kind for one in await uow.actions.open()] == [ActionKind.OTHER]
        deeds = [line.entry.deed for line in await uow.trail.of(concern.id)]
        assert deeds == [Deed.RAISED, Deed.ASSIGNED, Deed.LINKED]
    await units.close()


async def _back_to_the_first(url: str) -> None:
    """The same rows in the tables of 0001: what a school that has run the first version has."""
    engine = make_engine(url, deadline=60, migrating=True)

    def rewind(connection: Connection) -> None:
        rows = {name: _rows(connection, name) for name in ("concerns", "concern_named", "actions")}
        for table in ("glasses", "shares", "referrals", "concern_sealed", "concern_children", *reversed(tuple(rows))):
            connection.execute(text(f"DROP TABLE {table}"))
        connection.execute(text("DROP TABLE troubles"))
        for statement in NO_FRONTS:
            connection.execute(text(statement))
        for column in ("due_ms", "told_at", "aside_at"):
            connection.execute(text(f"ALTER TABLE outbox DROP COLUMN {column}"))
        connection.execute(text("DELETE FROM steps"))
        connection.execute(text("DROP INDEX ix_posts_school_message"))
        connection.execute(text("ALTER TABLE people RENAME COLUMN roles TO role"))
        to_the_chain(connection)
        _tables_of_the_first(connection)
        for name, held in rows.items():
            for row in held:
                connection.execute(text(_insert(name, row)), row)
        command.stamp(config_for(connection), "0001", purge=True)

    async with engine.begin() as connection:
        await connection.run_sync(rewind)
    await engine.dispose()


_ADDED = {
    "offered_at", "level", "decided_by", "second", "review_at", "close_proposed_by", "close_proposed_at",
    "merged_into", "drill", "reporter_as", "kind", "urgency_of_action", "waiting_until", "extensions", "verified_by",
    "now_since", "safe_until", "safe_by", "disposed_at",
}  # fmt: skip


def _rows(connection: Connection, table: str) -> list[dict[str, object]]:
    found = connection.execute(text(f"SELECT * FROM {table}")).mappings().all()  # noqa: S608 (three names of ours)
    left_out = _ADDED | ({"urgency"} if table == "actions" else set())
    return [{name: value for name, value in row.items() if name not in left_out} for row in found]


def _insert(table: str, row: dict[str, object]) -> str:
    columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
    return f"INSERT INTO {table} ({columns}) VALUES ({values})"  # noqa: S608 (names of ours)


def _tables_of_the_first(connection: Connection) -> None:
    first = import_module("store.migrations.versions.0001_first_schema")
    with Operations.context(MigrationContext.configure(connection)):
        first._concerns()
        first._named()
        connection.execute(text("DROP TABLE drafts"))
        first._actions()


async def test_what_waits_for_somebody_is_what_is_nobodys_theirs_or_asks_for_another_lead(
    units: Units, school: Sample
) -> None:
    lead, deputy = school.person("lead").id, school.person("deputy").id
    owned = {"status": Status.ACCEPTED, "owner": lead, "accepted_at": AT}
    new, mine = await _raised(units, school), await _raised(units, school, **owned)
    offered = await _raised(units, school, **owned, offered_to=deputy, offered_at=AT)
    decided = {**owned, "status": Status.TRIAGED, "outcome": Outcome.MONITORING, "triaged_at": AT, "decided_by": lead}
    second = await _raised(units, school, **decided, second=Second.WANTED)
    closing = await _raised(units, school, **decided, close_proposed_by=lead, close_proposed_at=AT)
    await _raised(units, school, **{**decided, "status": Status.CLOSED, "closed_at": AT})
    async with units(school.id) as uow:
        leads = [one.id for one in await uow.concerns.waiting_for(lead)]
        deputys = [one.id for one in await uow.concerns.waiting_for(deputy)]
    assert set(leads) == {one.id for one in (new, mine, offered, second, closing)}
    assert set(deputys) == {one.id for one in (new, offered, second, closing)}


async def test_what_is_owed_in_somebodys_concerns_is_found_and_what_is_settled_or_anothers_is_not(
    units: Units, school: Sample
) -> None:
    lead, deputy = school.person("lead").id, school.person("deputy").id
    owned = {"status": Status.ACCEPTED, "owner": lead, "accepted_at": AT}
    mine, unowned = await _raised(units, school, **owned), await _raised(units, school)
    async with units(school.id) as uow:
        for concern in (mine, unowned):
            live, done = school.action(concern), replace(school.action(concern, 2), id=ActionId(uuid4())).done(at=AT)
            for action in (replace(live, id=ActionId(uuid4())), done):
                await uow.actions.save(action, because=school.entry(concern.id, Deed.ASSIGNED))
            for number, status in ((1, ReferralStatus.SENT), (2, ReferralStatus.ACCEPTED)):
                await uow.referrals.save(
                    Referral(id=ReferralId(uuid4()), concern=concern.id, number=number, agency="mash",
                             method=Method.ONLINE, sent_at=AT, sent_by=lead, answer_by=LATER, status=status),
                    because=school.entry(concern.id, Deed.REFERRED),
                )  # fmt: skip
    async with units(school.id) as uow:
        assert [(one.concern, one.number) for one in await uow.actions.in_concerns_of(lead)] == [(mine.id, 1)]
        assert [(one.concern, one.number) for one in await uow.referrals.in_concerns_of(lead)] == [(mine.id, 1)]
        assert await uow.actions.in_concerns_of(deputy) == await uow.referrals.in_concerns_of(deputy) == []
