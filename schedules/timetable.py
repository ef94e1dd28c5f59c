"""When things happen. One page of times that call use cases: no state, no rule, no query here.

Every process may tick, as often as it likes: what was done at which step is a row with a unique key (`ports.Steps`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from handlers import chasing, digests
from handlers.chasing import Directories
from handlers.ports import UnitsOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What the jobs work with."""

    units: UnitsOfWork
    directories: Directories


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    name: str
    every: float
    """Seconds between ticks: how late a step may be, not how often it happens."""
    run: Callable[[Uses, datetime], Awaitable[object]]


async def _chase_unaccepted(uses: Uses, at: datetime) -> None:
    await chasing.chase_unaccepted(uses.units, uses.directories, at=at)


async def _chase_actions(uses: Uses, at: datetime) -> None:
    await chasing.chase_actions(uses.units, at=at)


async def _send_digests(uses: Uses, at: datetime) -> None:
    for school in uses.units.schools():
        async with uses.units(school) as uow:
            await digests.send_digest(uow, at=at)


TIMETABLE: tuple[Job, ...] = (
    Job(name="chase_unaccepted", every=15, run=_chase_unaccepted),
    Job(name="chase_actions", every=60, run=_chase_actions),
    Job(name="morning_digest", every=60, run=_send_digests),
)
