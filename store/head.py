"""The head of a school: how far its trail and its numbers have come. Whoever holds it is the school's only writer."""

from dataclasses import dataclass, field

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.errors import MustWrite
from handlers.rules.chronology import Entry
from handlers.rules.school import SchoolId
from store import engine
from store.tables import heads

NO_LEAF = bytes(32)
"""What the first entry of a trail is chained to."""


@dataclass(slots=True)
class Head:
    connection: AsyncConnection
    school: SchoolId
    sequence: int = 0
    leaf: bytes = NO_LEAF
    serial: int = 0
    """Numbers rows in the order in which they came; never given twice."""
    roll: int = 0
    """Counts the changes of the school's list of pupils."""
    _stored: tuple[int, bytes, int, int] | None = None

    async def take(self) -> None:
        """Wait for the school's turn, and keep it until the transaction ends (SQLite: it is held already)."""
        if self._stored is not None:
            return
        query = select(heads).where(heads.c.school == self.school).with_for_update()
        row = (await engine.execute(self.connection, query)).mappings().one()
        self.sequence, self.leaf = row["sequence"], row["leaf"]
        self.serial, self.roll = row["serial"], row["roll"]
        self._stored = self._now()

    def next_serial(self) -> int:
        """Only after `take`."""
        self.serial += 1
        return self.serial

    async def keep(self) -> None:
        """Write it back when it has moved, as the last statement of the transaction."""
        if self._stored is not None and self._stored != self._now():
            values = {"sequence": self.sequence, "leaf": self.leaf, "serial": self.serial, "roll": self.roll}
            await engine.execute(self.connection, update(heads).where(heads.c.school == self.school).values(values))

    def _now(self) -> tuple[int, bytes, int, int]:
        return self.sequence, self.leaf, self.serial, self.roll


@dataclass(slots=True)
class NoTurn(Head):
    """In place of a head where a unit of work only looks."""

    looked: list[Entry] = field(default_factory=list[Entry])
    """What is added once the look is over."""

    async def take(self) -> None:
        raise MustWrite
