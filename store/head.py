"""The head of a school: how far its trail and its numbers have come. Whoever holds it is the school's only writer."""

from dataclasses import dataclass, field
from time import monotonic

from sqlalchemy import RowMapping, bindparam, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.errors import Busy, MustWrite
from handlers.rules.chronology import Entry
from handlers.rules.school import SchoolId
from store import engine
from store.tables import heads

NO_LEAF = bytes(32)
"""What the first entry of a trail is chained to."""

_ITS = heads.c.school == bindparam("its_school")
_FREE, _TAKEN = select(heads).where(_ITS).with_for_update(skip_locked=True), select(heads).where(_ITS).with_for_update()
_MOVE = update(heads).where(_ITS)


@dataclass(slots=True)
class Head:
    connection: AsyncConnection
    school: SchoolId
    sequence: int = 0
    leaf: bytes = NO_LEAF
    serial: int = 0
    """Numbers rows in the order in which they came; never given twice."""
    roll: int = 0
    """Counts the changes of the school's people and pupils."""
    patient_until: float = float("inf")
    """As `time.monotonic` counts: until then another process is waited for that has the school's turn."""
    _stored: tuple[int, bytes, int, int] | None = None

    async def take(self) -> None:
        """Wait for the school's turn, and keep it until the transaction ends (SQLite: it is held already).

        Raises `Busy` where another has it for too long.
        """
        if self._stored is not None:
            return
        row = (await engine.execute(self.connection, _FREE, self._school())).mappings().first()
        while row is None:
            row = await self._let_go()
        self.sequence, self.leaf = row["sequence"], row["leaf"]
        self.serial, self.roll = row["serial"], row["roll"]
        self._stored = self._now()

    async def _let_go(self) -> RowMapping | None:
        """Once another lets it go; None where it has not yet. The savepoint keeps the transaction from ending there."""
        try:
            async with self.connection.begin_nested():
                return (await engine.execute(self.connection, _TAKEN, self._school())).mappings().one()
        except DBAPIError as error:
            if not engine.is_a_wait(error):
                raise
            if monotonic() > self.patient_until:
                raise Busy from error
            return None

    @property
    def is_held(self) -> bool:
        return self._stored is not None

    def _school(self) -> dict[str, object]:
        return {"its_school": self.school}

    def next_serial(self) -> int:
        """Only after `take`."""
        self.serial += 1
        return self.serial

    async def keep(self) -> None:
        """Write it back when it has moved, as the last statement of the transaction."""
        if self._stored is not None and self._stored != self._now():
            values = {"sequence": self.sequence, "leaf": self.leaf, "serial": self.serial, "roll": self.roll}
            await engine.execute(self.connection, _MOVE, {**self._school(), **values})

    def _now(self) -> tuple[int, bytes, int, int]:
        return self.sequence, self.leaf, self.serial, self.roll


@dataclass(slots=True)
class NoTurn(Head):
    """In place of a head where a unit of work only looks."""

    looked: list[Entry] = field(default_factory=list[Entry])
    """What is added once the look is over."""

    async def take(self) -> None:
        raise MustWrite
