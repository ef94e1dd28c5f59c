"""Opens a database to read it alone: nothing is made, migrated or written, and no key is asked for.

For whoever looks at a trail that is not theirs to change: an address that is wrong finds nothing, and makes nothing.
"""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from store import engine as engines
from store import walls
from store.migrations.running import is_newest
from store.tables import heads

_AT_LENGTH = 600.0
"""Seconds that a statement may take which reads a whole trail."""


class Unverifiable(Exception):
    """There is nothing here that could be verified; the text is a sentence for the technician."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A database of Heard's that was found (`store.audit.Readable`)."""

    engine: AsyncEngine

    @asynccontextmanager
    async def reading(self) -> AsyncGenerator[AsyncConnection]:
        """A connection that sees one moment of the database, every school of it, and changes nothing."""
        async with engines.reading(self.engine) as connection:
            await walls.say_all(connection)
            yield connection


@asynccontextmanager
async def open_to_read(url: str) -> AsyncGenerator[Opened]:
    """Raises `Unverifiable` for an address where no database of Heard's is, for one of another version, and for one
    that cannot be read to its end."""
    try:
        engine = engines.make_engine(url, deadline=_AT_LENGTH, read_only=True)
    except (ValueError, SQLAlchemyError) as wrong:
        raise Unverifiable(f"DATABASE_URL is no address of a database: {wrong}.") from None
    except FileNotFoundError:
        raise Unverifiable("There is no database at the address in DATABASE_URL. Nothing was verified.") from None
    try:
        opened = Opened(engine)
        async with engines.reading(engine) as connection:
            await connection.run_sync(_must_be_ours)
        yield opened
    except (SQLAlchemyError, OSError, TimeoutError):
        raise Unverifiable(
            "The database cannot be read: it cannot be reached, it is damaged, or it is no database of Heard's. "
            "Nothing was verified."
        ) from None
    finally:
        await engine.dispose()


def _must_be_ours(connection: Connection) -> None:
    if not inspect(connection).has_table(heads.name):
        raise Unverifiable("The database at that address is not one of Heard's: it has no trail. Nothing was verified.")
    if not is_newest(connection):
        raise Unverifiable(
            "The database was written by another version of Heard. Start this version on it once, or verify it with "
            "the version that wrote it. Nothing was verified."
        )
