"""What the repositories of one unit of work share: its connection, its school, its key and its head.

Every write goes through `write`, which needs the school's turn. So writers of one school follow one another, no two
can wait for each other, and the trail has no gaps; readers never wait. What was read is kept (`store.memory`).
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import (
    BindParameter,
    CursorResult,
    FromClause,
    MappingResult,
    Select,
    Table,
    Uuid,
    bindparam,
    func,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase

from handlers.errors import Damaged, OfANewerVersion, Shut
from handlers.ports import Damage
from handlers.rules.school import SchoolId
from store import damage, engine
from store.cause import Cause, cause
from store.columns import as_stored
from store.damage import Torn
from store.head import Head
from store.memory import Asked, Memory, Row, Rows, key_of, reads
from store.ring import Ring
from store.sealing import SealBroken
from store.tables import heads, schools
from store.trail_tables import entries
from store.wrote import CARRIED, Told, pack, stands_as, told, told_in

T = TypeVar("T")

SCHOOL: BindParameter[UUID] = bindparam("school", type_=Uuid())
"""In a query that is built once, when its module is read: to build one costs more than to ask it."""
_ROLL = select(heads.c.roll).where(heads.c.school == SCHOOL)
_KEYS = select(schools.c.key).where(schools.c.school == SCHOOL)
_TELLING = (
    select(entries.c.wrote)
    .where(entries.c.school == SCHOOL, entries.c.thing.in_(bindparam("things", expanding=True)))
    .where(func.length(entries.c.wrote) > 0)
    .order_by(entries.c.sequence.desc())
)
_SLICE = 0.005
"""Seconds that a unit of work goes on before it lets others have their turn."""
_SOME = 50
"""Rows of a long query that are made before it is asked whether others have waited so long."""


@dataclass(slots=True, kw_only=True)
class Work:
    connection: AsyncConnection
    school: SchoolId
    key: Ring
    head: Head
    _memory: Memory = field(default_factory=Memory)
    _later: dict[UpdateBase, list[dict[str, object]]] = field(default_factory=dict[UpdateBase, list[dict[str, object]]])
    cause: Cause = field(default_factory=cause)
    """Whatever is done with it came from there: the door said so, around the unit of work."""
    damaged: set[Damage] = field(default_factory=set[Damage])
    """The school's rows that were found to be damaged, by whichever unit of work of this process."""
    _torn: set[Asked] = field(default_factory=set[Asked])
    """Queries that have found such a row in this unit of work."""
    _doubtful: list[tuple[Table, Row]] = field(default_factory=list[tuple[Table, Row]])
    """Rows with a word that is not known here, until they are judged."""
    _untold: dict[tuple[str, UUID], Told] = field(default_factory=dict[tuple[str, UUID], Told])
    """Rows that were written, and of which no entry tells yet."""
    _gave_way: float = field(default_factory=monotonic)
    _keys_read: bool = False

    async def rows(self, query: Executable, **values: object) -> Rows:
        """What the query finds; `values` are what the names in it stand for. A row that is torn is set aside."""
        known = self._memory.recall(query, values)
        if known is None:
            known = await self._asked(query, {"school": self.school, **values})
            self._memory.keep(query, values, known)
        return known

    async def made(self, query: Executable, table: Table, make: Callable[[Row], T], **values: object) -> list[T]:
        """What is made of each row that can be read; the others are set aside."""
        made = [self.read(table, row, make) for row in await self.rows(query, **values)]
        await self.judge()
        return [one for one in made if one is not None]

    async def one(self, query: Executable, table: Table, make: Callable[[Row], T], **values: object) -> T | None:
        """What is made of the one row that the query finds. Raises `Damaged` where it cannot be read; of one that a
        newer version wrote, the kind that says so."""
        row = await self.first(query, **values)
        made = None if row is None else self.read(table, row, make)
        newer = await self.judge()
        if row is not None and made is None:
            raise OfANewerVersion if newer else Damaged
        return made

    def read(self, table: Table, row: Row, make: Callable[[Row], T]) -> T | None:
        """What is made of it; None where it cannot be read: then it is set aside, unless a newer version wrote it, as
        `judge` finds out."""
        try:
            return make(row)
        except damage.Newer:
            return None
        except damage.UNREADABLE:
            if table.name in CARRIED and damage.unknown_words(table, row):
                self._doubtful.append((table, row))
            else:
                self.set_aside(table, row)
            return None

    async def judge(self) -> bool:
        """Of rows with a word that is not known here: one that stands as the trail tells of it a newer version wrote,
        and it is left alone; any other is set aside. Whether there was any, and all of them are newer."""
        doubtful, self._doubtful = self._doubtful, []
        newer = [await self.is_as_told(table, row) for table, row in doubtful]
        for (table, row), is_newer in zip(doubtful, newer, strict=True):
            if not is_newer:
                self.set_aside(table, row)
        return bool(newer) and all(newer)

    async def is_as_told(self, table: Table, row: Row) -> bool:
        """Whether the columns of it are as the last entry that tells of it says."""
        return stands_as(row, await self.told_of(table, row["id"], row.get("concern")), table)

    async def told_of(self, table: Table, id: UUID, concern: UUID | None = None) -> Row | None:
        """The row as the last entry that tells of it says; None where none does that can be read. `concern`: the one
        that it hangs on, if any."""
        telling = await self.rows(_TELLING, things=[one for one in (id, concern, self.school) if one])
        return told_in((row["wrote"] for row in telling), table, id)

    def set_aside(self, table: FromClause, row: Row) -> None:
        """That row is damaged: whoever keeps the program is told of it."""
        if isinstance(table, Table):
            self.damaged.add(damage.named(cast("Table", table), row))

    async def _asked(self, query: Executable, values: Mapping[str, object]) -> Rows:
        try:
            found = (await self.execute(query, dict(values))).mappings()
            return await self._all(found) if engine.is_long(query) else found.all()
        except Exception as error:
            if not isinstance(query, Select) or not damage.is_torn(error):
                raise
            torn = cast("Select[Any]", query)
            return self._whole(torn, await damage.one_by_one(self.connection, torn, values), values)

    def _whole(self, query: Select[Any], found: list[Row | Torn], values: Mapping[str, object]) -> Rows:
        """The rows of which everything can be read."""
        for torn in [row for row in found if isinstance(row, Torn)]:
            self.set_aside(query.get_final_froms()[0], torn.row)
            self._torn.add(key_of(query, values))
        return [row for row in found if not isinstance(row, Torn)]

    async def _all(self, found: MappingResult) -> Rows:
        """Of a query that reads at length: to make thousands of rows takes longer than to find them."""
        rows: list[Row] = []
        for some in found.partitions(_SOME):
            rows += some
            await self.give_way()
        return rows

    async def first(self, query: Executable, **values: object) -> Row | None:
        """Of a query that finds one row at the most. Raises `Damaged` where that one is torn."""
        row = next(iter(await self.rows(query, **values)), None)
        if row is None and self._torn and key_of(query, {"school": self.school, **values}) in self._torn:
            raise Damaged
        return row

    def wrote(self, row: Row, query: Executable, **values: object) -> None:
        """That row has just been written: it is all that the query finds now."""
        self._memory.keep(query, values, (as_stored(row),))

    def tell(self, table: Table, row: Row) -> None:
        """That row is so now: the next entry says so (`store.wrote`)."""
        self._untold[table.name, row["id"]] = told(row)

    def telling(self) -> bytes:
        """What was written since the entry before, for the entry that is written now."""
        untold, self._untold = self._untold, {}
        return pack(untold)

    def must_have_told(self) -> None:
        """Before it ends. Raises AssertionError where something was written and no entry says so: a fault in a caller.
        """
        if self._untold:
            raise AssertionError("a row was written without an entry")

    async def roll(self) -> int:
        """Which state of the school's file is loaded: it counts the changes of people and pupils."""
        if self.head.is_held:
            return self.head.roll
        row = await self.first(_ROLL)
        return row["roll"] if row else 0

    async def keys_again(self) -> bool:
        """Whether the school has other keys by now than this process knew of (`store.rotating`). Read once in a unit of
        work; where they cannot be read, those that are known stand."""
        if self._keys_read:
            return False
        self._keys_read = True
        row = await self.first(_KEYS)
        try:
            return row is not None and self.key.learn(row["key"])
        except SealBroken:
            return False

    async def keys_of_now(self) -> None:
        """In the school's turn, before anything is sealed: under the newest key, which whoever changed it has counted
        on. Raises `Shut` where the root key that this process holds does not open it."""
        if self.key.roll == self.head.roll:
            return
        row = await self.first(_KEYS)
        try:
            self.key.take(row["key"] if row else b"")
        except SealBroken:
            raise Shut from None
        self.key.roll = self.head.roll

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
