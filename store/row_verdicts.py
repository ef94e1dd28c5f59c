"""Holds the rows of a school against its trail, and names each that is not as the last entry that tells of it says.

Only after the trail itself was followed (`store.verifying`): what its entries tell is believed here. No key is needed.
"""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.school import SchoolId
from store.damage import Torn, named
from store.examining import asked
from store.memory import Row
from store.tables import case_keys, concerns
from store.trail_tables import entries
from store.wrote import CARRIED, LINKED, Told, told, unpack

_PAGE = 2_000
_NAMES = {name: table.name for name, table, _ in LINKED}
"""A row of a concern holds its links too; they are named by the table in which they are."""


@dataclass(frozen=True, slots=True, order=True)
class RowFault:
    table: str
    id: str
    what: str
    """What is wrong with it, as the end of a sentence that names it: columns, never what stands in them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowVerdict:
    rows: int
    """How many are as the trail says."""
    unknown: Sequence[tuple[str, str]]
    """Table and id of those that a program wrote last which told of no rows: how they should be is not known."""
    faults: Sequence[RowFault]


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """The last entry that tells of a row, and how it says that the row stands."""

    sequence: int
    row: Told


@dataclass(slots=True)
class _Holding:
    last: dict[tuple[str, UUID], Last]
    untold: Mapping[UUID, int]
    """Of each thing, the last entry that told of no rows because no program did."""
    rows: int = 0
    unknown: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    faults: list[RowFault] = field(default_factory=list[RowFault])

    def hold(self, table: str, id: UUID, shown: str, row: Told) -> None:
        last = self.last.pop((table, id), None)
        if last and last.row == row:
            self.rows += 1
        elif self._is_unknown(id, row, last):
            self.unknown.append((table, shown))
        elif last is None and table == case_keys.name:
            return  # of what somebody has begun to write, and of whatever has no words in the trail
        elif last:
            changed = ", ".join(sorted(_NAMES.get(name, name) for name in _differing(last.row, row)))
            self.faults.append(RowFault(table, shown, f"is not as entry {last.sequence} wrote it: {changed}"))
        else:
            self.faults.append(RowFault(table, shown, "was put there: no entry tells of it"))

    def end(self) -> None:
        """What was told of, and is not there."""
        for (table, id), last in self.last.items():
            if self._is_unknown(id, last.row, last):
                self.unknown.append((table, str(id)))
            else:
                self.faults.append(RowFault(table, str(id), f"is missing: entry {last.sequence} wrote it"))

    def _is_unknown(self, id: UUID, row: Told, last: Last | None) -> bool:
        """Whether an entry came later that was about it, or its concern, and told of no rows."""
        concern = row.get("concern")
        about = (id, UUID(concern)) if isinstance(concern, str) else (id,)
        return max(self.untold.get(one, 0) for one in about) > (last.sequence if last else 0)


def _differing(one: Told, other: Told) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}


async def judge_rows(connection: AsyncConnection, school: SchoolId) -> RowVerdict:
    holding = _Holding(last=await _last(connection, school), untold=await untold(connection, school))
    for name, table in CARRIED.items():
        async for row in standing(connection, school, name):
            shown = named(table, row).id
            id = row.get("id")
            holding.hold(name, id if isinstance(id, UUID) else UUID(int=0), shown, told(row))
    holding.end()
    return RowVerdict(rows=holding.rows, unknown=sorted(holding.unknown), faults=sorted(holding.faults))


async def standing(connection: AsyncConnection, school: SchoolId, name: str) -> AsyncIterator[Row]:
    """The rows of that table, a concern's with its links: of one that is torn, what can be read of it."""
    table = CARRIED[name]
    links = await _links(connection, school) if table is concerns else dict[object, Mapping[str, set[UUID]]]()
    for row in await asked(connection, select(table).where(table.c.school == school)):
        whole = row.row if isinstance(row, Torn) else row
        yield {**whole, "id": whole.get("id", whole.get("case")), **links.get(whole.get("id"), {})}


async def _links(connection: AsyncConnection, school: SchoolId) -> Mapping[object, Mapping[str, set[UUID]]]:
    """By concern."""
    found: dict[object, dict[str, set[UUID]]] = {}
    for name, table, other in LINKED:
        for row in await asked(connection, select(table).where(table.c.school == school)):
            whole = row.row if isinstance(row, Torn) else row
            found.setdefault(whole.get("concern"), {}).setdefault(name, set()).add(cast("UUID", whole.get(other)))
    return found


async def untold(connection: AsyncConnection, school: SchoolId, *, after: int = 0) -> Mapping[UUID, int]:
    """The things of which later entries than that told of no rows, because no program did: and the last of each."""
    before = (entries.c.school == school, entries.c.wrote.is_(None), entries.c.sequence > after)
    query = select(entries.c.thing, func.max(entries.c.sequence)).where(*before, entries.c.thing.is_not(None))
    rows = await connection.execute(query.group_by(entries.c.thing))
    return dict(cast("Sequence[tuple[UUID, int]]", rows.all()))


async def _last(connection: AsyncConnection, school: SchoolId) -> dict[tuple[str, UUID], Last]:
    found: dict[tuple[str, UUID], Last] = {}
    async for sequence, wrote in _telling(connection, school):
        found |= {key: Last(sequence=sequence, row=row) for key, row in unpack(wrote).items()}
    return found


async def _telling(connection: AsyncConnection, school: SchoolId) -> AsyncIterator[tuple[int, bytes]]:
    telling = (entries.c.school == school, func.length(entries.c.wrote) > 0)
    query = select(entries.c.sequence, entries.c.wrote).where(*telling).order_by(entries.c.sequence)
    after = 0
    while rows := (await connection.execute(query.where(entries.c.sequence > after).limit(_PAGE))).all():
        for row in rows:
            yield row[0], row[1]
        after = rows[-1][0]
