"""Brings a database up to date before it is served, and says which schools of it cannot be opened. Never serves one."""

from collections.abc import Collection

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.rules.school import SchoolId
from store import engine as engines
from store.migrations.running import is_newest, upgrade
from store.roles import may_make_tables
from store.rolls import check_root_key
from store.sealing import Key
from store.unopened import must_be_ours

OPENING = 60.0
"""Seconds that a migration or the load of a large school may take."""


async def brought_up_to_date(url: str, root: Key, wanted: Collection[SchoolId]) -> Collection[SchoolId]:
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
