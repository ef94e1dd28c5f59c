"""What the repositories of one unit of work share: its connection, its school, its key and its head.

Every write goes through `write`, which needs the school's turn. So writers of one school follow one another, no two
can wait for each other, and the trail has no gaps; readers never wait. What was read is kept (`store.memory`).
"""

import asyncio
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, CursorResult, MappingResult, Uuid, bindparam, select
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase

from handlers.rules.school import SchoolId
from store import engine
from store.cause import Cause, cause
from store.columns import as_stored
from store.head import Head
from store.memory import Memory, Row, Rows, reads
from store.sealing import Key
from store.tables import heads

SCHOOL: BindParameter[UUID] = bindparam("school", type_=Uuid())
"""In a query that is built once, when its module is read: to build one costs more than to ask it."""
_ROLL = select(heads.c.roll).where(heads.c.school == SCHOOL)
_SLICE = 0.005
"""Seconds that a unit of work goes on before it lets others have their turn."""
_SOME = 50
"""Rows of a long query that are made before it is asked whether others have waited so long."""


@dataclass(slots=True, kw_only=True)
class Work:
    connection: AsyncConnection
    school: SchoolId
    key: Key
    head: Head
    _memory: Memory = field(default_factory=Memory)
    _later: dict[UpdateBase, list[dict[str, object]]] = field(default_factory=dict[UpdateBase, list[dict[str, object]]])
    cause: Cause = field(default_factory=cause)
    """Whatever is done with it came from there: the door said so, around the unit of work."""
    _gave_way: float = field(default_factory=monotonic)

    async def rows(self, query: Executable, **values: object) -> Rows:
        """What the query finds; `values` are what the names in it stand for."""
        known = self._memory.recall(query, values)
        if known is None:
            found = (await self.execute(query, {"school": self.school, **values})).mappings()
            known = await self._all(found) if engine.is_long(query) else found.all()
            self._memory.keep(query, values, known)
        return known

    async def _all(self, found: MappingResult) -> Rows:
        """Of a query that reads at length: to make thousands of rows takes longer than to find them."""
        rows: list[Row] = []
        for some in found.partitions(_SOME):
            rows += some
            await self.give_way()
        return rows

    async def first(self, query: Executable, **values: object) -> Row | None:
        """Of a query that finds one row at the most."""
        return next(iter(await self.rows(query, **values)), None)

    def wrote(self, row: Row, query: Executable, **values: object) -> None:
        """That row has just been written: it is all that the query finds now."""
        self._memory.keep(query, values, (as_stored(row),))

    async def roll(self) -> int:
        """Which state of the school's file is loaded: it counts the changes of people and pupils."""
        if self.head.is_held:
            return self.head.roll
        row = await self.first(_ROLL)
        return row["roll"] if row else 0

    async def write(self, statement: Executable, rows: engine.Values = None) -> int:
        """Do it in the school's turn; returns how many rows it touched."""
        await self.head.take()
        return (await self.execute(statement, rows)).rowcount

    def later(self, statement: UpdateBase, row: dict[str, object]) -> None:
        """Write that row with others like it, in one statement: before anything else is asked or said of that table,
        and when the unit of work ends. Only in the school's turn."""
        self._memory.forget(statement.table)
        self._later.setdefault(statement, []).append(row)

    async def catch_up(self) -> None:
        """What was to be written later."""
        later, self._later = self._later, {}
        for statement, rows in later.items():
            await self.execute(statement, rows)

    async def execute(self, statement: Executable, rows: engine.Values = None) -> CursorResult[Any]:
        await self.give_way()
        if any(one.table in reads(statement) for one in self._later):
            await self.catch_up()
        if isinstance(statement, UpdateBase):
            self._memory.forget(statement.table)
        return await engine.execute(self.connection, statement, rows)

    async def give_way(self) -> None:
        """Let others have their turn, now and then: what is done where it stands stops nowhere by itself."""
        if monotonic() - self._gave_way > _SLICE:
            await asyncio.sleep(0)
            self._gave_way = monotonic()
