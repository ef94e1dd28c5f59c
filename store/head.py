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
from store.tree import HASH_BYTES, Peaks

NO_LEAF = bytes(HASH_BYTES)
"""After what the first entry of a log comes."""

_ITS = heads.c.school == bindparam("its_school")
_FREE, _TAKEN = select(heads).where(_ITS).with_for_update(skip_locked=True), select(heads).where(_ITS).with_for_update()
_MOVE = update(heads).where(_ITS)


@dataclass(slots=True)
class Head:
    connection: AsyncConnection
    school: SchoolId
    newest: bytes = NO_LEAF
    """The leaf of the newest entry of the trail."""
    peaks: Peaks = field(default_factory=Peaks)
    """Of the trail's tree: an entry is added without reading those before it."""
    serial: int = 0
    """Numbers rows in the order in which they came; never given twice."""
    roll: int = 0
    """Counts the changes of the school's people and pupils."""
    patient_until: float = float("inf")
    """As `time.monotonic` counts: until then another process is waited for that has the school's turn."""
    _stored: dict[str, object] | None = None

    @property
    def sequence(self) -> int:
        """Of the newest entry."""
        return self.peaks.size

    async def take(self) -> None:
        """Wait for the school's turn, and keep it until the transaction ends (SQLite: it is held already).

        Raises `Busy` where another has it for too long.
        """
        if self._stored is not None:
            return
        row = (await engine.execute(self.connection, _FREE, self._school())).mappings().first()
        while row is None:
            row = await self._let_go()
        self.newest, self.peaks = row["newest"], Peaks.unpacked(row["sequence"], row["peaks"])
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

    def add(self, leaf: bytes) -> None:
        """An entry was added to the trail."""
        self.peaks.add(leaf)
        self.newest = leaf

    def mark(self) -> object:
        """Another wherever it has moved; only after `take`."""
        return tuple(self._now().values())

    async def keep(self) -> None:
        """Write it back when it has moved, as the last statement of the transaction."""
        if self._stored is not None and self._stored != (now := self._now()):
            await engine.execute(self.connection, _MOVE, {**self._school(), **now})

    def _now(self) -> dict[str, object]:
        tree = {"sequence": self.sequence, "newest": self.newest, "peaks": self.peaks.packed()}
        return {**tree, "serial": self.serial, "roll": self.roll}


@dataclass(slots=True)
class NoTurn(Head):
    """In place of a head where a unit of work only looks."""

    looked: list[Entry] = field(default_factory=list[Entry])
    """What is added once the look is over."""

    async def take(self) -> None:
        raise MustWrite

    def mark(self) -> object:
        """Whoever looks does not know what others write."""
        return object()
