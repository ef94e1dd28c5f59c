"""Keeps what is sent while the database cannot be reached, tells the leads of the outage, and brings it in afterwards.

The sealed folder is `store.spool`; what is kept and what becomes of it is decided in `handlers.desk.kept`.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import uuid4

from bot import logs
from handlers.desk import kept
from handlers.desk.desk import Desk
from handlers.errors import Away, Busy, Shut
from handlers.platform_ports import Courier, Undelivered
from handlers.rules.school import School, SchoolId
from store.cause import caused_by
from store.spool import Spool, Waiting

IN_TIME = 0.8
"""Seconds that keeping may take: together with the database's deadline less than a platform waits."""
EVERY = 2.0
"""Seconds between looks for something to bring in."""
OLD = 120.0
"""Seconds after which what waits is an alarm (ASSURANCE, "Never lost", 3)."""


@dataclass(slots=True, kw_only=True)
class Keeper:
    """`handlers.desk.kept.Keeper`: a folder, and the outage told once to each leads' place, which needs no database."""

    spool: Spool
    schools: Mapping[SchoolId, School]
    couriers: Mapping[str, Courier]
    _told: set[SchoolId] = field(default_factory=set[SchoolId])
    _telling: set[asyncio.Task[None]] = field(default_factory=set[asyncio.Task[None]])

    async def keep(self, school: SchoolId, words: bytes, *, once: str) -> kept.Numbers:
        try:
            await asyncio.wait_for(asyncio.to_thread(self.spool.keep, words, once=once), IN_TIME)
        except TimeoutError as error:
            raise OSError("the spool does not answer") from error
        logs.warning("spool_kept", waiting=len(self.spool.waiting()))
        if school not in self._told:
            self._told.add(school)
            task = asyncio.create_task(self._tell(self.schools[school]))
            self._telling.add(task)
            task.add_done_callback(self._telling.discard)
        outside = self.schools[school].outside
        return ((outside.name, outside.telephone),)

    def over(self) -> None:
        """The database is there again: the next outage is told anew."""
        self._told.clear()

    async def close(self) -> None:
        for task in self._telling:
            task.cancel()
        await asyncio.gather(*self._telling, return_exceptions=True)

    async def _tell(self, school: School) -> None:
        for place in school.leads_places:
            if courier := self.couriers.get(place.platform):
                try:
                    await courier.post(place, kept.away())
                except Undelivered as failure:
                    logs.warning("outage_not_told", platform=place.platform, why=failure.reason)
                except (Away, Busy):  # where that place is reached was never known to this process
                    logs.warning("outage_not_told", platform=place.platform, why="no_address")
                except Exception as error:  # noqa: BLE001 (nobody waits for this; the rest are told all the same)
                    logs.mishap(f"outage-{uuid4().hex[:8]}", error)


@dataclass(slots=True, kw_only=True)
class Drainer:
    """Brings in what waits, in order, as soon as the database answers. Every process that serves has one."""

    spool: Spool
    desk: Desk
    keeper: Keeper
    ready: Callable[[], Awaitable[bool]]
    _task: asyncio.Task[None] | None = None
    _alarmed: bool = False

    def start(self) -> None:
        self._task = asyncio.create_task(self._go_on(), name="spool")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, self.keeper.close(), return_exceptions=True)

    async def drain(self) -> int:
        """Bring in what waits now; how many were. Ends early when the database is away again."""
        waiting = self.spool.waiting()
        if not waiting:
            return 0
        if not await self.ready():
            self._alarm(waiting)
            return 0
        brought, shut = 0, False
        for item in waiting:
            try:
                brought += await self._bring_in(item.name)
            except Shut:  # it waits until that school can be opened, and holds up no other
                shut = True
            except (Away, Busy):
                return brought
        if not shut:
            self.keeper.over()
            self._alarmed = False
        if brought:
            logs.event("spool_brought_in", count=brought)
        return brought

    async def _bring_in(self, name: str) -> bool:
        """Whether it is in the record now. What cannot be is set aside; what has to go on waiting stays."""
        try:
            with caused_by("spool", uuid4().hex):
                done = await self.desk.bring_in(kept.unpacked(self.spool.read(name)))
        except (Away, Busy):
            raise
        except Exception as error:  # noqa: BLE001 (damaged, or a bug: it holds up nobody, and is kept as it is)
            logs.mishap(f"spool-{name[:8]}", error)
            done = False
        if done:
            self.spool.done(name)
        elif done is False:
            self.spool.put_aside(name)
            logs.error("spool_set_aside", file=name[:8])
        return bool(done)

    def _alarm(self, waiting: Sequence[Waiting]) -> None:
        """Once an outage: what waits has waited too long."""
        if not self._alarmed and time.time() - waiting[0].since > OLD:
            self._alarmed = True
            logs.error("spool_waits", waiting=len(waiting))

    async def _go_on(self) -> None:
        while True:
            try:
                await self.drain()
            except Exception as error:  # noqa: BLE001 (whatever it is, what waits is tried again)
                logs.mishap(f"spool-{uuid4().hex[:8]}", error)
            await asyncio.sleep(EVERY)
