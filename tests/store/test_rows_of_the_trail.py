"""The rows of each table of cases are held against the trail: whatever somebody changes there is named, by its column.

What is tampered with is taken from the schema itself, so that a new column, and a new table, fall in by themselves.
"""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Boolean, Column, DateTime, Integer, Table, Uuid, delete, insert, select, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Draft
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from handlers.rules.pack import ENGLAND
from handlers.rules.referral import Method, Referral, ReferralId
from handlers.rules.share import BreakGlass, BreakGlassId, Share, ShareId
from store.columns import UtcTime
from store.engine import make_engine
from store.opening import open_units
from store.row_verdicts import RowVerdict, judge_rows
from store.schema import metadata
from store.tables import case_keys, concerns
from store.unit_of_work import Units
from store.verifying import verify_chain
from store.wrote import CARRIED, LINKED, NOT_CARRIED
from tests.store.chained import NO_ROWS
from tests.store.conftest import Tamper
from tests.store.forging import as_before_rows, past_the_triggers, rewritten
from tests.store.sample import AT, ROOT, WORDS, Sample, sample

LINKS = {table: name for name, table, _ in LINKED}
WALKED = [
    (table, column)
    for table in CARRIED.values()
    for column in table.columns
    if column.name not in {"school", "id", "case"}
]
WITH_IDS = [table for table in CARRIED.values() if table is not case_keys]


def test_every_table_is_carried_or_says_why_it_is_not() -> None:
    assert CARRIED.keys() | {table.name for table in LINKS} | NOT_CARRIED.keys() == metadata.tables.keys()
    assert not NOT_CARRIED.keys() & (CARRIED.keys() | {table.name for table in LINKS})


async def filled(units: Units, school: Sample) -> tuple[Concern, Concern]:
    """Two concerns, each with a row in every table that the trail carries."""
    return await _case(units, school, "26-48213"), await _case(units, school, "26-11111")


async def _case(units: Units, school: Sample, reference: str) -> Concern:
    lead, deputy, teacher = (school.person(key).id for key in ("lead", "deputy", "teacher"))
    concern, day = school.concern(reference), timedelta(days=1)
    children = frozenset({school.roll.pupils[0].id})
    because = school.entry(concern.id, Deed.LINKED)
    referral = Referral(
        id=ReferralId(uuid4()), concern=concern.id, number=1, agency=ENGLAND.agencies[0].key, method=Method.TELEPHONE,
        sent_at=AT, sent_by=lead, answer_by=AT + day,
    )  # fmt: skip
    glass = BreakGlass(id=BreakGlassId(uuid4()), concern=concern.id, asked_by=deputy, asked_at=AT)
    async with units(school.id) as uow:
        await uow.concerns.save(concern, because=school.raised(concern))
        linked = replace(concern, named=frozenset({deputy}), sealed_to=frozenset({lead}), children=children)
        await uow.concerns.save(linked, because=because)
        await uow.actions.save(school.action(concern), because=because)
        await uow.referrals.save(referral, because=because)
        share = Share(id=ShareId(uuid4()), concern=concern.id, to=teacher, by=lead, at=AT, until=AT + day)
        await uow.shares.save(share, because=because)
        await uow.break_glass.save(glass, because=because)
    return concern


async def judged(units: Units, school: Sample) -> RowVerdict:
    assert await verify_chain(units, school.id) is None
    async with units.reading() as connection:
        return await judge_rows(connection, school.id)


def named(found: RowVerdict) -> list[tuple[str, str, str]]:
    return [(one.table, one.id, one.what) for one in found.faults]


@pytest.fixture
async def holder(database_url: str) -> AsyncIterator[AsyncConnection]:
    """Somebody who holds the database, with every rule of it out of the way."""
    engine = make_engine(database_url, migrating=True)
    async with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            await connection.execute(text("PRAGMA ignore_check_constraints=ON"))
        else:
            await connection.execute(text("SET session_replication_role = replica"))
            for name, table in (await connection.execute(text(_CHECKS))).all():
                await connection.execute(text(f'ALTER TABLE {table} DROP CONSTRAINT "{name}"'))
        await connection.commit()
        yield connection
    await engine.dispose()


_CHECKS = "SELECT conname, conrelid::regclass::text FROM pg_constraint WHERE contype = 'c' AND conrelid <> 0"


async def test_what_nobody_touched_is_as_the_trail_says(units: Units, school: Sample) -> None:
    await filled(units, school)
    found = await judged(units, school)
    assert (found.rows, found.unknown, found.faults) == (2 * len(CARRIED), [], [])


async def test_each_column_that_is_changed_is_named(
    units: Units, school: Sample, holder: AsyncConnection
) -> None:
    """One at a time, in the row of one concern, and put back."""
    concern, _ = await filled(units, school)
    for table, column in WALKED:
        row = await _row(holder, table, concern)
        its = [one == row[one.name] for one in table.primary_key.columns]
        id = row[list(table.primary_key.columns)[-1].name]
        await holder.execute(update(table).where(*its).values({column.name: _other(column, row[column.name])}))
        await holder.commit()
        ((name, shown, what),) = named(await judged(units, school))
        assert (name, shown) == (table.name, str(id))
        assert what.endswith(f" wrote it: {column.name}"), (column, what)
        await holder.execute(update(table).where(*its).values({column.name: row[column.name]}))
        await holder.commit()
    assert named(await judged(units, school)) == []


async def _row(holder: AsyncConnection, table: Table, concern: Concern) -> Any:
    mine = next(column for column in _OF_CONCERN if column.table is table) == concern.id
    return (await holder.execute(select(table).where(mine))).mappings().one()


_OF_CONCERN = [
    concerns.c.id, case_keys.c.case, *(table.c.concern for table in CARRIED.values() if "concern" in table.c)
]  # fmt: skip


def _other(column: Column[Any], before: object) -> object:
    """Another value of its kind."""
    if isinstance(before, bytes):
        return before[::-1]
    if isinstance(before, bool) or isinstance(column.type, Boolean):
        return not before
    if isinstance(column.type, Integer):
        return (before if isinstance(before, int) else 0) + 1
    if isinstance(column.type, UtcTime | DateTime):
        return (before if isinstance(before, datetime) else AT) + timedelta(microseconds=1)
    return uuid4() if isinstance(column.type, Uuid) else "closed" if before != "closed" else "open"


@pytest.mark.parametrize("table", WITH_IDS, ids=str)
async def test_a_row_that_was_taken_away_put_there_or_given_another_s_place_is_named(
    units: Units, school: Sample, holder: AsyncConnection, table: Table
) -> None:
    one, other = [dict(await _row(holder, table, concern)) for concern in await filled(units, school)]
    await holder.execute(delete(table).where(table.c.id == one["id"]))
    await holder.commit()
    (fault,) = named(await judged(units, school))
    assert fault[:2] == (table.name, str(one["id"])) and "is missing: entry" in fault[2]
    invented = uuid4()
    more = {"number": 7, "reference": "26-99999"}
    row = {**one, "id": invented, **{name: value for name, value in more.items() if name in table.c}}
    await holder.execute(insert(table), row)
    await holder.execute(insert(table), one)
    await holder.commit()
    assert named(await judged(units, school)) == [(table.name, str(invented), "was put there: no entry tells of it")]
    await holder.execute(delete(table).where(table.c.id.in_((invented, one["id"], other["id"]))))
    await holder.execute(insert(table), [{**one, "id": other["id"]}, {**other, "id": one["id"]}])
    await holder.commit()
    assert {fault[:2] for fault in named(await judged(units, school))} == {
        (table.name, str(row["id"])) for row in (one, other)
    }


async def test_a_key_that_was_taken_away_emptied_or_given_to_another_case_is_named(
    units: Units, school: Sample, holder: AsyncConnection
) -> None:
    """Without it the words are gone: that takes two people, and an entry."""
    one, other = [dict(await _row(holder, case_keys, concern)) for concern in await filled(units, school)]
    its = case_keys.c.case == one["case"]
    for forged in (b"", other["key"]):
        await holder.execute(update(case_keys).where(its).values(key=forged))
        await holder.commit()
        assert named(await judged(units, school)) == [
            ("case_keys", str(one["case"]), "is not as entry 1 wrote it: key")
        ]
    await holder.execute(delete(case_keys).where(its))
    await holder.commit()
    assert named(await judged(units, school)) == [("case_keys", str(one["case"]), "is missing: entry 1 wrote it")]


async def test_a_key_that_two_people_destroyed_and_one_of_what_is_not_sent_yet_are_as_they_should_be(
    units: Units, school: Sample
) -> None:
    concern, _ = await filled(units, school)
    async with units(school.id) as uow:
        await uow.drafts.put(Draft(key=uuid4(), owner=concern.reporter, answers=WORDS, at=AT))
        stored = await uow.concerns.get(concern.id)
        assert stored
        gone = replace(stored, disposed_at=AT)
        await uow.concerns.dispose(gone, (uuid4(),), because=school.entry(concern.id, Deed.DISPOSED))
    found = await judged(units, school)
    assert (found.rows, found.faults, found.unknown) == (2 * len(CARRIED), [], [])


@pytest.mark.parametrize("table", LINKS, ids=str)
async def test_a_link_that_was_taken_away_or_put_there_is_named_by_its_table_and_concern(
    units: Units, school: Sample, holder: AsyncConnection, table: Table
) -> None:
    concern, _ = await filled(units, school)
    row = (await holder.execute(select(table).where(table.c.concern == concern.id))).mappings().one()
    other = next(column for column in table.primary_key.columns if column.name not in {"school", "concern"})
    expected = [("concerns", str(concern.id), f"is not as entry 2 wrote it: {table.name}")]
    await holder.execute(delete(table).where(table.c.concern == concern.id))
    await holder.commit()
    assert named(await judged(units, school)) == expected
    ids = (school.person("head").id, school.roll.pupils[1].id)
    stranger = ids[other.name == "pupil"]
    await holder.execute(insert(table), [dict(row), {**row, other.name: stranger}])
    await holder.commit()
    assert named(await judged(units, school)) == expected


@pytest.mark.parametrize("forged", ["NULL", "''"])
async def test_rows_that_are_taken_from_an_entry_are_missed_by_the_trail(
    units: Units, school: Sample, tamper: Tamper, forged: str
) -> None:
    await filled(units, school)
    empty = forged if forged == "NULL" else "X''" if "sqlite" in str(units._engine.url) else "''::bytea"
    await tamper(f"UPDATE entries SET wrote = {empty} WHERE sequence = 3", triggers=False)  # noqa: S608 (ours)
    assert await verify_chain(units, school.id) == 3


async def test_the_rows_of_an_entry_tell_a_stranger_nothing_of_whom_they_name(
    units: Units, school: Sample, tamper: Tamper
) -> None:
    """The same row twice has two digests: nobody who has the body alone can try who it is."""
    concern, _ = await filled(units, school)
    bodies = [bytes(body) for (body,) in await tamper("SELECT body FROM entries ORDER BY sequence")]
    deputy = str(school.person("deputy").id).encode()
    assert all(deputy not in body for body in bodies)
    saved = [bytes(wrote) for (wrote,) in await tamper("SELECT wrote FROM entries WHERE sequence = 2")]
    assert deputy in saved[0] and b'"salt":"' in saved[0]
    async with units(school.id) as uow:
        now = await uow.concerns.get(concern.id)
        assert now
        for _ in range(2):
            await uow.concerns.save(now, because=school.entry(concern.id, Deed.LINKED))
            now = replace(now, version=now.version + 1)
    two = await tamper("SELECT wrote FROM entries ORDER BY sequence DESC LIMIT 2")
    assert len({bytes(wrote)[-40:] for (wrote,) in two}) == 2


async def test_a_row_that_is_written_without_an_entry_is_not_kept(units: Units, school: Sample) -> None:
    concern = school.concern()
    with pytest.raises(AssertionError, match="without an entry"):
        async with units(school.id) as uow:
            uow.concerns.work.tell(concerns, {"id": concern.id})  # type: ignore[attr-defined]


async def before_rows(url: str, school: Sample) -> Units:
    """A database of the version before, with two cases in it, opened by this one."""
    units = await open_units(url, root_key=ROOT, schools=[school.roll])
    await filled(units, school)
    await units.close()
    await rewritten(url, school.id, as_before_rows)
    await past_the_triggers(url, *NO_ROWS, "UPDATE alembic_version SET version_num = '0009'")
    return await open_units(url, root_key=ROOT, schools=[school.roll])


async def test_what_a_version_before_wrote_is_brought_under_the_trail_once_and_said_so(
    database_url: str, school: Sample, tamper: Tamper
) -> None:
    units = await before_rows(database_url, school)
    found = await judged(units, school)
    assert (found.rows, len(found.unknown), found.faults) == (0, 12, [])
    for _ in range(2):
        await units.fill(at=AT)
    found = await judged(units, school)
    assert (found.rows, found.unknown, found.faults) == (12, [], [])
    async with units(school.id) as uow:
        told = [line.entry for line in await uow.trail.of(school.id) if line.entry.deed is Deed.BROUGHT_UNDER]
    assert [entry.facts for entry in told] == [{"rows": "12", "entries": "12"}]
    await tamper("UPDATE actions SET extensions = 5")
    assert {fault[0] for fault in named(await judged(units, school))} == {"actions"}
    await units.close()


async def test_a_row_that_no_entry_was_about_is_not_brought_under(
    database_url: str, school: Sample, tamper: Tamper
) -> None:
    units = await before_rows(database_url, school)
    concern = sample("two").concern("26-00001")
    columns = ", ".join(column.name for column in concerns.columns if column.name not in {"id", "reference"})
    put = f"INSERT INTO concerns (id, reference, {columns}) SELECT :id, '26-00001', {columns} FROM concerns LIMIT 1"  # noqa: S608
    await tamper(put, id=concern.id.hex if "sqlite" in database_url else concern.id)
    await units.fill(at=AT)
    assert named(await judged(units, school)) == [
        ("concerns", str(concern.id), "was put there: no entry tells of it")
    ]
    await units.close()


async def test_what_the_version_before_writes_beside_this_one_is_no_tampering(
    database_url: str, school: Sample, tamper: Tamper
) -> None:
    """Both serve one database for a while. How it should be that that one wrote last is not known; what it did not
    touch is held to the trail as ever, and the next start brings all of it under."""
    units = await open_units(database_url, root_key=ROOT, schools=[school.roll])
    concern, other = await filled(units, school)
    await _by_the_version_before(database_url, school, concern)
    found = await judged(units, school)
    assert (found.unknown, found.faults) == ([("concerns", str(concern.id))], [])
    rung = "UPDATE concerns SET rung = rung + 1 WHERE id = :id"
    its = other.id.hex if "sqlite" in database_url else other.id
    await tamper(rung, id=its)
    assert [fault[:2] for fault in named(await judged(units, school))] == [("concerns", str(other.id))]
    await tamper("UPDATE concerns SET rung = rung - 1 WHERE id = :id", id=its)
    await units.fill(at=AT)
    found = await judged(units, school)
    assert (found.rows, found.unknown, found.faults) == (12, [], [])
    await units.close()


async def _by_the_version_before(url: str, school: Sample, concern: Concern) -> None:
    """A change of a concern as that version writes it: the row, and an entry that tells of no rows."""
    engine = make_engine(url)
    async with engine.begin() as connection:
        moved = {"rung": 2, "version": 3}
        await connection.execute(update(concerns).where(concerns.c.id == concern.id).values(moved))
    await engine.dispose()
    await rewritten(url, school.id, lambda lines: [*lines, *as_before_rows(lines[1:2])])
