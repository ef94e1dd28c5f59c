"""The signs that something is wrong which `bot.watch` looks for. Each says what, with a code of why, or nothing."""

import shutil
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from handlers.errors import Away, Busy
from handlers.ports import UnitsOfWork
from handlers.rules.school import SchoolId
from handlers.rules.trouble import Trouble
from store.spool import Spool

Found = Mapping[Trouble, str]
NOTHING: Found = {}
OFF = 60.0
"""Seconds that two clocks may differ."""
STEPPED = 600.0
"""Seconds for which it is told that the clock was set: then it is taken for right, where the database's agrees."""
LITTLE = 50_000_000
"""Bytes: with fewer there is hardly any room."""
LONG = 45.0
"""Seconds after which what waits in the spool is told of."""

UNTAKEN = 30.0
"""Seconds after which what is due should have been taken in hand. With the look before and the one after it is told
within a minute; a lane is at one batch for a quarter of one."""


@dataclass(slots=True, kw_only=True)
class ClockSign:
    """The machine's clock held against the database's, the platforms', and one that nobody can set."""

    database: Callable[[], Awaitable[float]]
    platforms: Callable[[], float] = lambda: 0.0
    """Seconds by which the platforms are ahead."""
    wall: Callable[[], float] = time.time
    steady: Callable[[], float] = time.monotonic
    _began: float | None = None
    """What the wall's clock showed when the steady one began."""
    _stepped: tuple[float, str] = field(default=(float("-inf"), ""))

    async def __call__(self) -> Found:
        now, steady = self.wall(), self.steady()
        began = now - steady
        if self._began is not None and abs(began - self._began) > OFF:
            self._stepped = (steady, "set_back" if began < self._began else "set_on")
        self._began = began
        try:
            apart = await self.database() - self.wall()
        except (Away, Busy):
            apart = 0.0
        if abs(apart) > OFF:
            return {Trouble.CLOCK_OFF: "behind_the_database" if apart > 0 else "ahead_of_the_database"}
        if abs(there := self.platforms()) > OFF:
            return {Trouble.CLOCK_OFF: "behind_the_platforms" if there > 0 else "ahead_of_the_platforms"}
        return {Trouble.CLOCK_OFF: self._stepped[1]} if steady - self._stepped[0] < STEPPED else NOTHING


@dataclass(frozen=True, slots=True)
class RoomSign:
    """Whether there is room where something is kept."""

    folders: tuple[Path, ...]
    little: int = LITTLE

    async def __call__(self) -> Found:
        for folder in self.folders:
            try:
                free = shutil.disk_usage(folder).free
            except OSError:
                return {Trouble.DISK_FULL: "cannot_be_read"}
            if free < self.little:
                return {Trouble.DISK_FULL: "little_room"}
        return NOTHING


@dataclass(frozen=True, slots=True)
class SpoolSign:
    """Whether something waits in the spool that should have been brought in."""

    spool: Spool
    now: Callable[[], float] = time.time

    async def __call__(self) -> Found:
        if self.spool.set_aside():
            return {Trouble.SPOOL_LATE: "set_aside"}
        waiting = self.spool.waiting()
        return {Trouble.SPOOL_LATE: "waits"} if waiting and self.now() - waiting[0].since > LONG else NOTHING


@dataclass(slots=True, kw_only=True)
class OutboxSign:
    """Whether what is due is taken in hand, by whichever process: the same row, taken no more often, is one that is
    not."""

    units: UnitsOfWork
    steady: Callable[[], float] = time.monotonic
    _first: dict[SchoolId, tuple[tuple[int, int], float]] = field(
        default_factory=dict[SchoolId, tuple[tuple[int, int], float]]
    )
    """Of each school what was first of what is due, and since when it has been that."""

    @property
    def late(self) -> bool:
        return any(self.steady() - since > UNTAKEN for _, since in self._first.values())

    async def __call__(self) -> Found:
        for school in self.units.schools():
            first = await self._first_due(school)
            if first is None:
                self._first.pop(school, None)
            elif self._first.get(school, (None,))[0] != first:
                self._first[school] = (first, self.steady())
        return {Trouble.OUTBOX_LATE: "not_taken"} if self.late else NOTHING

    async def _first_due(self, school: SchoolId) -> tuple[int, int] | None:
        """None too where the database cannot say it."""
        with suppress(Away, Busy):
            async with self.units.looking(school) as uow:
                return await uow.outbox.first_due()
        return None


@dataclass(frozen=True, slots=True)
class ChaseSign:
    """Whether every job of the timetable is done in its time."""

    late: Callable[[], str]

    async def __call__(self) -> Found:
        return {Trouble.CHASE_LATE: late} if (late := self.late()) else NOTHING
