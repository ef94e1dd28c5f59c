"""SQLite from asyncio, one step to its thread for each statement.

By itself aiosqlite takes four steps to its thread and back for each: make a cursor, execute, fetch, close. They were
half of what a statement cost. Here one does all. Nothing is fetched piece by piece: SQLAlchemy keeps whole results.
"""

import sqlite3
from collections.abc import Callable, Sequence
from typing import Any, Self, TypeVar

import aiosqlite

_T = TypeVar("_T")


def connect(database: str, **how: Any) -> "_Connection":
    """A connection that is open once it is awaited (`async_creator_fn` of SQLAlchemy's dialect)."""
    connection = _Connection(lambda: sqlite3.connect(database, **how), iter_chunk_size=64)
    connection.let_go_at_exit()
    return connection


class _Connection(aiosqlite.Connection):
    def let_go_at_exit(self) -> None:
        """A thread that still waits for work does not keep the program from ending."""
        self._thread.daemon = True

    def cursor(self) -> "_Cursor":  # pyright: ignore[reportIncompatibleMethodOverride] (what SQLAlchemy asks of it is there)
        return _Cursor(self)

    async def on_its_thread(self, deed: Callable[[sqlite3.Connection], _T]) -> _T:
        return await self._execute(lambda: deed(self._conn))  # pyright: ignore[reportUnknownMemberType] (no types there)


class _Cursor:
    """What SQLAlchemy asks of an asynchronous cursor."""

    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._rows: list[Any] = []
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    async def __aenter__(self) -> Self:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> Self:
        return await self._at_once(lambda cursor: cursor.execute(operation, parameters))

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> Self:
        return await self._at_once(lambda cursor: cursor.executemany(operation, parameters))

    async def fetchall(self) -> list[Any]:
        return self._rows

    async def close(self) -> None:
        self._rows = []

    async def _at_once(self, deed: Callable[[sqlite3.Cursor], object]) -> Self:
        await self._connection.on_its_thread(lambda connection: self._do(connection.cursor(), deed))
        return self

    def _do(self, cursor: sqlite3.Cursor, deed: Callable[[sqlite3.Cursor], object]) -> None:
        try:
            deed(cursor)
            self.description, self.lastrowid = cursor.description, cursor.lastrowid
            self._rows = cursor.fetchall() if cursor.description else []
            self.rowcount = cursor.rowcount
        finally:
            cursor.close()
