"""Makes the engine: SQLite for one process, PostgreSQL for several. What each must be told stands here alone.

The deadline holds for the database, not for the queue before it: `store.unit_of_work` lets units take turns.
"""

import os
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from sqlite3 import SQLITE_BUSY, SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY
from typing import Any

from sqlalchemy import URL, CursorResult, event, make_url
from sqlalchemy.engine.interfaces import AdaptedConnection, DBAPIConnection, ExceptionContext
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, ConnectionPoolEntry
from sqlalchemy.sql.base import Executable

from store import sqlite

DEADLINE = 1.5
"""Seconds until the database counts as not there (ASSURANCE, never lost, 2)."""
_CONNECTING = 10.0
"""Seconds that a connection may take to be made, however long statements may take on it."""
_LOCK = 0.4
"""Of the deadline: after so long PostgreSQL says that a lock is not to be had, and waiting is never taken for silence.
A row is waited for twice, for one's place in its queue and for whoever has it: together less than the deadline."""
AT_ONCE = {"sqlite": 1, "postgresql": 8}
"""Units of work that run at the same time in one process; the others wait for their turn."""
LOOKING = 4
"""Units of work that only look at the same time in one process; the others wait for their turn."""
_BESIDE = 2
"""Connections for who asks whether the database answers, and for addresses."""
_IDLE = 5.0
"""Seconds that PostgreSQL waits for a process in a transaction; with a longer deadline, as long as that."""
_LONGEST = 60.0
"""Seconds that a transaction may take with PostgreSQL, longer than anybody waits inside one (from version 17 on)."""
_KNOWS_IT = 17
_WAITED = frozenset({"55P03", "57014"})
"""PostgreSQL: lock_not_available, query_canceled."""
_GONE = frozenset({"08", "53", "57", "58"})
"""PostgreSQL's classes of what is no fault of a statement: the line, room, an operator, the system."""
_NOT_THERE = frozenset({SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOERR, SQLITE_READONLY})
_READS = {
    "sqlite": {sqlite.READS: True},
    "postgresql": {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True},
}


def make_engine(
    url: str, *, deadline: float | None = None, migrating: bool = False, read_only: bool = False
) -> AsyncEngine:
    """An engine for that address; ValueError for a database that is neither SQLite nor PostgreSQL.

    No parameter is ever put into an exception's text. `deadline`: seconds, where it is another than the program's.
    `migrating`: SQLite makes tables anew with foreign keys off. `read_only`: nothing is made where nothing is
    (FileNotFoundError), and no connection can write.
    """
    address, deadline = address_of(url), DEADLINE if deadline is None else deadline
    if address.get_backend_name() == "sqlite":
        return _sqlite_as_it_is(address, deadline) if read_only else _sqlite(address, deadline, migrating=migrating)
    if address.get_backend_name() == "postgresql":
        return _postgresql(address, deadline)
    raise ValueError("DATABASE_URL must begin with sqlite+aiosqlite:// or postgresql+asyncpg://")


@asynccontextmanager
async def reading(engine: AsyncEngine) -> AsyncGenerator[AsyncConnection]:
    """A connection that sees the database as it is at one moment, changes nothing and waits for nobody. Behind walls
    it sees nothing of a school before it says of which (`store.walls`)."""
    async with engine.connect() as connection:
        await connection.execution_options(**_READS[engine.dialect.name])
        async with connection.begin():
            yield connection


def address_of(url: str) -> URL:
    """That address taken apart; ValueError where it is none, with nothing of it: it may hold a password."""
    try:
        return make_url(url)
    except (ArgumentError, ValueError):
        raise ValueError(
            "DATABASE_URL is no address of a database. It looks like sqlite+aiosqlite:///heard.db or "
            "postgresql+asyncpg://user:password@host/name, and its port is a number"
        ) from None


def file_of(url: str) -> Path | None:
    """The file of the database, where it is one."""
    address = address_of(url)
    return Path(address.database or "").absolute() if address.get_backend_name() == "sqlite" else None


Values = Sequence[dict[str, object]] | dict[str, object] | None
"""What a statement's names stand for; many where it is done once for each."""


async def execute(connection: AsyncConnection, statement: Executable, rows: Values = None) -> CursorResult[Any]:
    """As the connection itself does, and on SQLite without a greenlet for each statement: there is nothing to wait for.

    A query that reads at length waits for its thread.
    """
    waits = connection.dialect.name != "sqlite" or is_long(statement)
    if waits or connection.sync_connection is None:
        return await connection.execute(statement, rows)
    return connection.sync_connection.execute(statement, rows)


def is_long(statement: Executable) -> bool:
    """Whether it says that it may read thousands of rows."""
    return bool(statement.get_execution_options().get(sqlite.AT_LENGTH))


def _sqlite(address: URL, deadline: float, *, migrating: bool) -> AsyncEngine:
    _close_to_others(Path(address.database or ""))
    engine = _on_sqlite(address, deadline)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    if migrating:
        event.listen(engine.sync_engine, "connect", _without_foreign_keys)
    return engine


def _sqlite_as_it_is(address: URL, deadline: float) -> AsyncEngine:
    """SQLite itself refuses to write, even to say how it should write."""
    file = Path(address.database or "")
    if not file.is_file():
        raise FileNotFoundError(file)
    query = {"mode": "ro", "uri": "true"}
    return _on_sqlite(address.set(database=file.absolute().as_uri(), query=query), deadline)


def _on_sqlite(address: URL, deadline: float) -> AsyncEngine:
    return create_async_engine(
        address.set(drivername=sqlite.DRIVER),
        connect_args={"timeout": deadline},
        poolclass=AsyncAdaptedQueuePool,
        hide_parameters=True,
        pool_size=AT_ONCE["sqlite"] + LOOKING + _BESIDE,
        max_overflow=0,
    )


def _close_to_others(file: Path) -> None:
    """A new file is its owner's alone; its WAL takes the same mode."""
    if not file.exists():
        os.close(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600))


def _prepare_sqlite(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    del record
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA secure_delete=ON")  # what is taken away is written over, not only let go
    cursor.execute("PRAGMA recursive_triggers=ON")  # else what REPLACE takes away fires no trigger
    cursor.close()


def _without_foreign_keys(connection: DBAPIConnection, record: ConnectionPoolEntry) -> None:
    """It cannot be said inside a transaction, and a table cannot be made anew while others point to it."""
    del record
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _postgresql(address: URL, deadline: float) -> AsyncEngine:
    engine = create_async_engine(
        address.set(drivername="postgresql+asyncpg"),
        connect_args={
            "timeout": min(deadline, _CONNECTING),
            "command_timeout": deadline,
            "server_settings": {
                "application_name": "heard",
                # One that is seldom taken must not be forgotten by what stands between (some do after four minutes).
                "tcp_keepalives_idle": "60",
                "lock_timeout": f"{deadline * _LOCK * 1000:.0f}ms",
                # A process that is frozen in a transaction must not hold its school's turn for ever.
                "idle_in_transaction_session_timeout": f"{max(_IDLE, deadline):.0f}s",
            },
        },
        hide_parameters=True,
        pool_size=AT_ONCE["postgresql"] + LOOKING + _BESIDE,
        max_overflow=0,
        pool_timeout=deadline,
        pool_pre_ping=False,
        pool_use_lifo=True,  # the connection that was used last has the statements ready, and the server is warm there
    )
    event.listen(engine.sync_engine, "handle_error", _hang_up)
    event.listen(engine.sync_engine, "connect", _bound_by(max(_LONGEST, 2 * deadline)))
    return engine


def _bound_by(seconds: float) -> Callable[[AdaptedConnection, ConnectionPoolEntry], None]:
    """A process may be frozen between the two parts of a statement: that is not called idle, and no other limit ends
    it. Where the server knows none for it, such a process holds its school's turn until it is ended."""

    async def told(driver: Any) -> None:
        if driver.get_server_version().major >= _KNOWS_IT:
            await driver.execute(f"SET transaction_timeout = '{seconds:.0f}s'")

    def bound(connection: AdaptedConnection, record: ConnectionPoolEntry) -> None:
        del record
        connection.run_async(told)  # beside SQLAlchemy's own transaction, with which it would be rolled back

    return bound


def is_a_wait(error: SQLAlchemyError) -> bool:
    """Whether somebody else had what was asked for: PostgreSQL's lock and statement timeouts, a locked file."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return getattr(cause, "sqlstate", None) in _WAITED or getattr(cause, "sqlite_errorcode", None) == SQLITE_BUSY


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the database is not there, or cannot keep anything: shut down, out of room, its file gone or closed."""
    if isinstance(error, PoolTimeout) or (isinstance(error, DBAPIError) and error.connection_invalidated):
        return True
    cause = error.orig if isinstance(error, DBAPIError) else None
    if isinstance(code := getattr(cause, "sqlite_errorcode", None), int):
        return code & 0xFF in _NOT_THERE
    state = getattr(cause, "sqlstate", None)
    return isinstance(error, InterfaceError) or (isinstance(state, str) and state[:2] in _GONE)


def _hang_up(context: ExceptionContext) -> None:
    """After a deadline is missed, let go at once: asking a frozen server to roll back takes as long again."""
    if isinstance(context.original_exception, TimeoutError) and context.connection is not None:
        driver = context.connection.connection.driver_connection
        if driver is not None:
            driver.terminate()
        context.is_disconnect = True
        context.invalidate_pool_on_disconnect = False
