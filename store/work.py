"""What the repositories of one unit of work share: its connection, its school, its key and its head.

Every write goes through `write`, which takes the school's turn first. So writers of one school follow one another,
no two can wait for each other, and the trail has no gaps; readers never wait.
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from time import monotonic
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, CursorResult, RowMapping, Uuid, bindparam
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable

from handlers.rules.school import SchoolId
from store import engine
from store.head import Head
from store.sealing import Key

SCHOOL: BindParameter[UUID] = bindparam("school", type_=Uuid())
"""In a query that is built once, when its module is read: to build one costs more than to ask it."""
_SLICE = 0.005
"""Seconds that a unit of work goes on before it lets others have their turn."""


@dataclass(slots=True, kw_only=True)
class Work:
    connection: AsyncConnection
    school: SchoolId
    key: Key
    head: Head
    _gave_way: float = field(default_factory=monotonic)

    async def rows(self, query: Executable, **values: object) -> Sequence[RowMapping]:
        """What the query finds; `values` are what the names in it stand for."""
        return (await self.execute(query, {"school": self.school, **values})).mappings().all()

    async def first(self, query: Executable, **values: object) -> RowMapping | None:
        return (await self.execute(query, {"school": self.school, **values})).mappings().first()

    async def write(self, statement: Executable, rows: engine.Values = None) -> int:
        """Do it in the school's turn; returns how many rows it touched."""
        await self.head.take()
        return (await self.execute(statement, rows)).rowcount

    async def execute(self, statement: Executable, rows: engine.Values = None) -> CursorResult[Any]:
        await self.give_way()
        return await engine.execute(self.connection, statement, rows)

    async def give_way(self) -> None:
        """Let others have their turn, now and then: what is done where it stands stops nowhere by itself."""
        if monotonic() - self._gave_way > _SLICE:
            await asyncio.sleep(0)
            self._gave_way = monotonic()
