"""The deed and the time of an entry in columns: the database works them out of the body, and they are held to it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError

from handlers.rules.chronology import Deed
from store.opening import open_units
from store.trail_tables import entries
from store.unit_of_work import Units
from store.verifying import Log, walk
from tests.store.chained import NO_COLUMNS
from tests.store.conftest import Tamper
from tests.store.forging import past_the_triggers
from tests.store.sample import AT, ROOT, Sample

_PLAIN = {
    "sqlite": (
        "DROP INDEX ix_entries_school_deed_at",
        "ALTER TABLE entries RENAME COLUMN {name} TO was_{name}",
        "ALTER TABLE entries ADD COLUMN {name} VARCHAR(64)",
        "UPDATE entries SET {name} = was_{name}",
    ),
    "postgresql": ("ALTER TABLE entries ALTER COLUMN {name} DROP EXPRESSION",),
}
"""Whoever may change the schema makes a column of it that can be written."""


async def _written(units: Units, school: Sample) -> None:
    async with units(school.id) as uow:
        for day, deed in enumerate((Deed.RAISED, Deed.READ, Deed.RAISED, Deed.CLOSED)):
            await uow.trail.append(school.entry(uuid4(), deed, at=AT + timedelta(days=day)))


@pytest.mark.parametrize("name", ["at", "deed"])
async def test_nobody_writes_what_a_body_says(units: Units, school: Sample, tamper: Tamper, name: str) -> None:
    await _written(units, school)
    with pytest.raises(DBAPIError, match=r"(?i)generated|only be updated to DEFAULT"):
        await tamper(f"UPDATE entries SET {name} = 'x'", triggers=False)  # noqa: S608 (two names of ours)


@pytest.mark.parametrize(
    "change", ["deed = 'concern.read'", "deed = NULL", "at = '2026-01-01T00:00:00.000000+00:00'", "at = NULL"]
)
async def test_an_entry_whose_column_says_something_else_than_its_body_is_named(
    database_url: str, units: Units, school: Sample, change: str
) -> None:
    await _written(units, school)
    name, engine = change.partition(" ")[0], database_url.partition("+")[0]
    plain = [statement.format(name=name) for statement in _PLAIN[engine]]
    await past_the_triggers(database_url, *plain)
    async with units.reading() as connection:
        assert (await walk(connection, Log(school.id))).fault is None
    await past_the_triggers(database_url, f"UPDATE entries SET {change} WHERE sequence = 3")  # noqa: S608 (ours)
    async with units.reading() as connection:
        fault = (await walk(connection, Log(school.id))).fault
    assert fault is not None
    assert (fault.sequence, "the column of its time or of its deed" in fault.what) == (3, True)


async def test_what_stood_there_before_the_columns_is_found_and_what_cannot_be_read_stops_nobody(
    database_url: str, school: Sample, tamper: Tamper
) -> None:
    units = await open_units(database_url, root_key=ROOT, schools=[school.roll])
    await _written(units, school)
    await units.close()
    await tamper("UPDATE entries SET body = leaf WHERE sequence = 1", triggers=False)
    await past_the_triggers(database_url, *NO_COLUMNS, "UPDATE alembic_version SET version_num = '0010'")
    units = await open_units(database_url, root_key=ROOT, schools=[school.roll])
    async with units(school.id) as uow:
        found = await uow.trail.done(Deed.RAISED, AT, AT + timedelta(days=9))
    assert [entry.at for entry in found] == [AT + timedelta(days=2)]
    await units.close()


@pytest.mark.parametrize("name", ["at", "deed"])
async def test_a_body_in_which_that_is_no_text_any_more_is_named(
    database_url: str, units: Units, school: Sample, name: str
) -> None:
    await _written(units, school)
    async with units.reading() as connection:
        body = (await connection.execute(select(entries.c.body).where(entries.c.sequence == 3))).scalar_one()
    begins = body.index(f'"{name}":"'.encode()) + len(name) + 4
    torn = body[:begins] + b"\xff\xfe\\" + body[begins + 3 :]
    cell = f"x'{torn.hex()}'" if database_url.startswith("sqlite") else f"'\\x{torn.hex()}'"
    await past_the_triggers(database_url, f"UPDATE entries SET body = {cell} WHERE sequence = 3")  # noqa: S608 (ours)
    async with units.reading() as connection:
        fault = (await walk(connection, Log(school.id))).fault
    assert fault is not None
    assert (fault.sequence, fault.what) == (3, "was changed after it was written")
    async with units(school.id) as uow:
        assert await uow.trail.done(Deed.CLOSED, AT, AT + timedelta(days=9))
