"""Opens the store: brings the database up to date, takes over what the schools' files say, and says which schools
cannot be opened."""

import secrets
from collections.abc import Collection, Sequence

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.rules.reference import Lot
from handlers.rules.school import SchoolId
from store import engine as engines
from store import unopened, walls
from store.mending import mend_nobodys
from store.migrations.running import is_newest, upgrade
from store.roles import may_make_tables
from store.rolls import Roll, check_root_key, load
from store.sealing import Key
from store.unit import Home
from store.unit_of_work import Units
from store.unopened import Unopened, must_be_ours

OPENING = 60.0
"""Seconds that a migration or the load of a large school may take."""


async def open_units(
    url: str, *, root_key: bytes, schools: Sequence[Roll], lot: Lot = secrets.randbelow
) -> Units:
    """Bring the schema to its newest form and load the schools' files, each in a transaction of its own.

    Raises `KeyFaulty` before anything is written when the root key is not this database's, `Unopened` where the
    database cannot be used, and ValueError for a list of pupils that cannot be read where there is none of before, or
    for a schema that is its owner's to bring up to date.
    """
    try:
        return await _opened(url, root_key, schools, lot)
    except Exception as error:
        if words := unopened.why(error):
            raise Unopened(words) from error
        raise


async def _opened(url: str, root_key: bytes, schools: Sequence[Roll], lot: Lot) -> Units:
    root = Key(root_key)
    shut = await _brought_up_to_date(url, root, {roll.school.id for roll in schools})
    patient = engines.make_engine(url, deadline=OPENING)
    try:
        async with patient.begin() as connection:
            nobodys = await mend_nobodys(connection)
        open_ = [roll for roll in schools if roll.school.id not in shut]
        homes = {roll.school.id: await _home(patient, root, roll, lot) for roll in open_}
        for school, home in homes.items():
            home.damaged.update(nobodys)
            async with Units(patient, homes)(school) as uow:
                await uow.pupils.get(())  # opens every name now, so that the first search does not wait for it
                await uow.people.all()  # and who they are, should a row be damaged later
    finally:
        await patient.dispose()
    closed = {roll.school.id: roll.school for roll in schools if roll.school.id in shut}
    return Units(engines.make_engine(url), homes, closed)


async def _home(engine: AsyncEngine, root: Key, roll: Roll, lot: Lot) -> Home:
    async with engine.begin() as connection:
        await walls.say(connection, (roll.school.id,))
        loaded = await load(connection, root, roll)
        return Home(school=roll.school, key=loaded.key, held=loaded.held, lot=lot, damaged=loaded.damaged)


async def _brought_up_to_date(url: str, root: Key, wanted: Collection[SchoolId]) -> Collection[SchoolId]:
    """Those of the schools that the root key does not open. Raises `KeyFaulty` where it opens none of the wanted."""
    engine = engines.make_engine(url, deadline=OPENING, migrating=True)
    try:
        shut = await _check(engine, root, wanted)
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()
    return shut


def _upgrade(connection: Connection) -> None:
    """ValueError where it is due and the owner's to do."""
    if not is_newest(connection) and not may_make_tables(connection):
        raise ValueError(
            "The tables in the database are of an older version of Heard, and the program's role may not change them. "
            "Bring them up to date as their owner: python -m bot database grant"
        )
    upgrade(connection)


async def _check(engine: AsyncEngine, root: Key, wanted: Collection[SchoolId]) -> Collection[SchoolId]:
    async with engines.reading(engine) as connection:
        await connection.run_sync(must_be_ours)
        if await connection.run_sync(lambda sync: engine.dialect.has_table(sync, "schools")):
            return await check_root_key(connection, root, wanted)
    return ()
