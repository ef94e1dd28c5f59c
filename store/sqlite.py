"""SQLite under asyncio, without a thread for each statement: a SQLAlchemy dialect over the standard library's driver.

A statement that finds its rows by a key takes some ten microseconds, and a step to another thread and back several
hundred. So statements are done where they stand. Three things may take long, and are done apart, in a thread, while
the program answers others: waiting until another process lets the file go (BEGIN IMMEDIATE), writing to the disk for
good (COMMIT, where something was written), and a query that says that it reads much (`AT_LENGTH`).
"""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from sqlalchemy import Boolean
from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.engine.characteristics import ConnectionCharacteristic
from sqlalchemy.engine.cursor import FullyBufferedCursorFetchStrategy
from sqlalchemy.util import await_, immutabledict
from sqlalchemy.util.concurrency import in_greenlet

DRIVER = "sqlite+heard"
READS = "reads"
"""An execution option of a connection: its transactions see one moment, change nothing and wait for nobody."""
AT_LENGTH = "at_length"
"""An execution option of a query that may read thousands of rows."""
_THREADS = ThreadPoolExecutor(max_workers=10, thread_name_prefix="sqlite")
"""More than the connections of one process (`store.engine`): nobody waits for one of these."""

_T = TypeVar("_T")


class _Cursor(sqlite3.Cursor):
    async def _async_soft_close(self) -> None:
        """SQLAlchemy asks this of a cursor under asyncio once it has the result; its rows are still to be fetched."""


class _Connection(sqlite3.Connection):
    reads = False
    changes_before = 0
    """How many rows this connection had changed when its transaction began."""

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)


class _Reads(ConnectionCharacteristic):
    transactional = True

    def set_characteristic(self, dialect: Any, dbapi_conn: Any, value: bool) -> None:  # noqa: FBT001 (SQLAlchemy's)
        del dialect
        dbapi_conn.reads = value
        dbapi_conn.execute(f"PRAGMA query_only={value:d}")

    def get_characteristic(self, dialect: Any, dbapi_conn: Any) -> bool:
        del dialect
        return dbapi_conn.reads

    def reset_characteristic(self, dialect: Any, dbapi_conn: Any) -> None:
        self.set_characteristic(dialect, dbapi_conn, False)  # noqa: FBT003


class _YesNo(Boolean):
    """SQLite keeps whatever is put there, and SQLAlchemy's own would read all of it as yes."""

    def result_processor(self, dialect: Any, coltype: object) -> Any:
        del dialect, coltype
        return _yes_no


def _yes_no(value: object) -> bool | None:
    if value is None or value in (0, 1):
        return None if value is None else value == 1
    raise ValueError("neither yes nor no was stored here")


class Dialect(SQLiteDialect_pysqlite):
    """As SQLAlchemy's own for `sqlite3`, but for an `AsyncEngine`."""

    driver = "heard"
    is_async = True
    supports_statement_cache = True
    colspecs: Any = immutabledict({**SQLiteDialect_pysqlite.colspecs, Boolean: _YesNo})
    connection_characteristics: Any = immutabledict(
        {**SQLiteDialect_pysqlite.connection_characteristics, READS: _Reads()}
    )

    def connect(self, *where: Any, **how: Any) -> Any:
        """One thread at a time has it, but not always the same."""
        own: dict[str, Any] = {"check_same_thread": False, "factory": _Connection, "isolation_level": None}
        return sqlite3.connect(*where, **(how | own))

    def do_begin(self, dbapi_connection: Any) -> None:
        """IMMEDIATE: a deferred transaction that reads and then writes fails when another has written between."""
        driver: _Connection = dbapi_connection.dbapi_connection
        driver.changes_before = driver.total_changes
        if driver.reads:
            driver.execute("BEGIN")
        elif not _begun_at_once(driver):
            _apart(lambda: driver.execute("BEGIN IMMEDIATE"))

    def do_commit(self, dbapi_connection: Any) -> None:
        driver: _Connection = dbapi_connection.dbapi_connection
        if driver.total_changes == driver.changes_before:
            driver.commit()
        else:
            _apart(driver.commit)

    def do_execute(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        if context is None or not context.execution_options.get(AT_LENGTH):
            cursor.execute(statement, parameters)
            _has_awaited()
            return
        rows = _apart(lambda: cursor.execute(statement, parameters).fetchall())
        if cursor.description:
            context.cursor_fetch_strategy = FullyBufferedCursorFetchStrategy(cursor, cursor.description, rows)

    def do_executemany(self, cursor: Any, statement: str, parameters: Any, context: Any = None) -> None:
        del context
        cursor.executemany(statement, parameters)
        _has_awaited()


registry.register("sqlite.heard", __name__, Dialect.__name__)


def _begun_at_once(driver: _Connection) -> bool:
    """Where nobody else writes; the connection's own patience is for a thread."""
    ((patience,),) = driver.execute("PRAGMA busy_timeout")
    driver.execute("PRAGMA busy_timeout=0")
    try:
        driver.execute("BEGIN IMMEDIATE")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
            raise
        return False
    finally:
        driver.execute(f"PRAGMA busy_timeout={patience:d}")
    return True


def _has_awaited() -> None:
    """SQLAlchemy holds that under asyncio something is awaited with each statement."""
    if in_greenlet():
        await_(_nothing())


async def _nothing() -> None: ...


def _apart(deed: Callable[[], _T]) -> _T:
    return await_(_to_its_end(asyncio.get_running_loop().run_in_executor(_THREADS, deed)))


async def _to_its_end(deed: "asyncio.Future[_T]") -> _T:
    """A task that is cancelled waits too: until then the connection is in the thread's hands."""
    cancelled: asyncio.CancelledError | None = None
    while not deed.done():
        try:
            await asyncio.wait([deed])
        except asyncio.CancelledError as error:
            cancelled = error
    if cancelled is None:
        return deed.result()
    deed.exception()
    raise cancelled
