"""What whoever keeps the program is told: what is noticed as it happens, the signs that are looked for, readiness."""

from dataclasses import dataclass
from pathlib import Path

from bot.clock import Clock
from bot.dates import Dates
from bot.meters import Meters
from bot.settings import Settings
from bot.signs import ChaseSign, ClockSign, OutboxSign, RoomSign, SpoolSign
from bot.storms import Storms
from bot.tenancies import Tenancies
from bot.watch import Watch
from bot.worker import Worker
from store.engine import file_of
from store.spool import Spool
from store.unit_of_work import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """As it happens: at the doors, in the platforms' answers, by the worker."""

    meters: Meters
    dates: Dates
    storms: Storms


def noticing(tenancies: Tenancies) -> Noticed:
    meters = Meters()
    platforms = {platform for platform, _ in tenancies.names()}
    return Noticed(meters=meters, dates=Dates(), storms=Storms(platforms, also=meters.turned_away))


@dataclass(frozen=True, slots=True, kw_only=True)
class Ready:
    """What must work. Of a process that was told not to work, worker and timetable are as they should be."""

    units: Units
    worker: Worker
    outbox: OutboxSign

    async def __call__(self) -> dict[str, bool]:
        return {
            "database": await self.units.ready(), "worker": self.worker.alive, "timetable": not self.worker.late(),
            "outbox": not self.outbox.late,
        }  # fmt: skip


def watching(
    settings: Settings, units: Units, worker: Worker, *, spool: Spool, noticed: Noticed, clock: Clock
) -> tuple[Watch, Ready]:
    outbox = OutboxSign(units=units)
    signs = (
        ClockSign(database=units.time, platforms=noticed.dates.apart), RoomSign(_kept_in(settings)),
        SpoolSign(spool), ChaseSign(worker.late), outbox,
    )  # fmt: skip
    watch = Watch(units=units, signs=signs, of_platforms=noticed.storms, carry=worker.carry_alarms, clock=clock)
    return watch, Ready(units=units, worker=worker, outbox=outbox)


def _kept_in(settings: Settings) -> tuple[Path, ...]:
    """The folders in which something is kept on this machine."""
    own = file_of(settings.database_url)
    return (settings.spool, *((own.parent,) if own else ()))
