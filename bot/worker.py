"""Works the outbox and the timetable. APScheduler only ticks, in memory: who acts is decided in the store."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic, time
from uuid import uuid4

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot import logs
from bot.clock import Clock
from bot.meters import Meters
from handlers.notice import NoticeKind
from handlers.post.deliveries import Couriers, deliver_due
from handlers.rules.school import SchoolId
from handlers.ticking import broken_in
from schedules.timetable import TIMETABLE, Job, Uses
from store.cause import caused_by

LANES = 3
"""Deliveries that go on side by side: a platform that is slow to answer holds up one of them, not the rest. One that
has nothing to carry watches the outbox, the others wait for its place: so one waking is one look."""
GRACE = 25.0
"""Seconds that a job may be late before that is told: a minute is not over then, whatever else it takes."""
AGAIN = 8.0
"""Seconds after which a job that failed is tried again, once: what passes by itself is not told."""
HUNG = 60.0
"""Seconds in which one of the lanes comes round, however slow a platform is and however long the database is away."""
WAY = 0.5
"""Seconds for which the outbox makes way for people who are being answered: they wait, and a card may. No longer, so
that a school that is never quiet still has its cards."""
IDLE = 1.0
"""Seconds between looks into the outbox when nobody wakes the worker: another process may have put something in."""


def firsts(jobs: Sequence[Job]) -> Sequence[float]:
    """How many seconds after the start each is first done: never all at once, for whoever presses then would wait for
    all of them. In the second half of its time, so that none is late and none runs into the start.
    """
    return [job.every * (0.5 + (place + 1) / len(jobs) / 2) for place, job in enumerate(jobs)]


class Worker:
    """One for each process that works. `start` it inside a running loop; `close` lets it finish what it has in hand."""

    def __init__(
        self, uses: Uses, couriers: Couriers, clock: Clock, *, meters: Meters, also: Sequence[Job] = ()
    ) -> None:
        """`also`: what the program itself does beside the timetable of the school."""
        self._uses = uses
        self._jobs = (*TIMETABLE, *also)
        self._couriers = couriers
        self._clock = clock
        self._meters = meters
        self._woken = asyncio.Event()
        self._watch = asyncio.Lock()
        self._stopping = False
        self._carrying: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC")
        self._beat = 0.0
        """When one of the lanes last came round."""
        self._done: dict[str, float] = {}
        """When each job was last done well, as `time.monotonic` counts: nobody can set that clock."""
        self._done_in: dict[tuple[str, SchoolId], float] = {}
        self._began = monotonic()

    @property
    def began(self) -> bool:
        """Whether this process was told to work."""
        return self._carrying is not None

    @property
    def alive(self) -> bool:
        """Whether the outbox is being worked; true as well where this process was told not to work."""
        return self._carrying is None or (not self._carrying.done() and monotonic() - self._beat < HUNG)

    def late(self) -> str:
        """A job that was not done in its time, the longest first; empty where all were, or nobody works here."""
        now = monotonic()
        over = {job.name: now - self._done.get(job.name, now) - job.every - GRACE for job in self._jobs}
        name = max(over, key=lambda name: over[name])
        return name if self._carrying and over[name] > 0 else ""

    def ages(self) -> Mapping[str, float]:
        """How long ago each job was last done, in seconds; nothing where nobody works here."""
        now = monotonic()
        return {name: now - done for name, done in self._done.items()}

    def start(self) -> None:
        self._beat = self._began = monotonic()
        self._done = {job.name: monotonic() for job in self._jobs}
        began = time()
        for job, first in zip(self._jobs, firsts(self._jobs), strict=True):
            self._scheduler.add_job(  # pyright: ignore[reportUnknownMemberType] (APScheduler is partly typed)
                self._tick, "interval", args=(job,), seconds=job.every, coalesce=True, max_instances=1,
                misfire_grace_time=None, next_run_time=datetime.fromtimestamp(began + first, UTC),
            )
        self._scheduler.start()
        self.wake()
        self._carrying = asyncio.create_task(self._carry(), name="outbox")

    def wake(self) -> None:
        """Something has been put into the outbox."""
        self._woken.set()

    async def catch_up(self) -> None:
        """Do now all that is due now: for the playground, after its clock was moved."""
        for job in self._jobs:
            await self._run(job)
        self.wake()

    async def close(self) -> None:
        """Stop ticking, finish what is in hand within ten seconds."""
        self._stopping = True
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)
        self._woken.set()
        if self._carrying is not None:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._carrying, 10)

    async def _tick(self, job: Job) -> None:
        if not await self._run(job):
            await asyncio.sleep(min(AGAIN, job.every))
            await self._run(job)
        self.wake()

    async def _run(self, job: Job) -> bool:
        """Whether it was done."""
        with caused_by("job", f"{job.name}-{uuid4().hex[:12]}"):
            return bool(await _kept(job.name, lambda: self._do(job)))

    async def _do(self, job: Job) -> bool:
        with broken_in() as broken:
            try:
                await job.run(self._uses, self._clock())
            except ExceptionGroup:
                if broken:
                    self._ticked(job.name, but=broken)
                raise
        self._ticked(job.name)
        self._done[job.name] = monotonic()
        return True

    def _ticked(self, job: str, *, but: Collection[SchoolId] = ()) -> None:
        """It was done in each school but those."""
        now = monotonic()
        for school in self._uses.units.schools():
            if school not in but:
                self._meters.done(job, school, after=now - self._done_in.get((job, school), self._began))
                self._done_in[job, school] = now

    async def _carry(self) -> None:
        async with asyncio.TaskGroup() as lanes:
            for _ in range(LANES):
                lanes.create_task(self._carry_on())

    async def _carry_on(self) -> None:
        while not self._stopping:
            async with self._watch:
                await self._until_woken()
            self._beat = monotonic()
            await self._make_way()
            while not self._stopping and await _kept("outbox", self._deliver):
                self._beat = monotonic()
                await self._make_way()

    async def _make_way(self) -> None:
        """Cards take as much of the processor as answers do, and one process has one: whoever waits goes first."""
        if not self._stopping:
            await self._meters.quiet(most=WAY)

    async def _until_woken(self) -> None:
        with suppress(TimeoutError):
            await asyncio.wait_for(self._woken.wait(), IDLE)
        if not self._stopping:
            self._woken.clear()

    async def carry_alarms(self) -> None:
        """Those that are due, whether this process was told to work or not: for where nobody else does."""
        units, couriers, alarms = self._uses.units, self._couriers, NoticeKind.ALARM
        while await deliver_due(units, couriers, at=self._clock(), mishap=logs.mishap, only=alarms):
            pass

    async def _deliver(self) -> int:
        with caused_by("outbox", uuid4().hex):
            units, couriers = self._uses.units, self._couriers
            return await deliver_due(
                units, couriers, at=self._clock(), mishap=logs.mishap, freed=self.wake, ages=self._meters
            )


async def _kept(what: str, work: Callable[[], Awaitable[object]]) -> object:
    """Do it; a bug is kept under a reference and the next tick tries again, so that one job never stops the others."""
    try:
        return await work()
    except Exception as error:  # noqa: BLE001 (the last door of a job: whatever it is, the clock goes on)
        logs.mishap(f"{what}-{uuid4().hex[:8]}", error)
        return None
