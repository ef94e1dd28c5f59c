"""What is wrong with the program itself and with what it stands on: looked for every few seconds, told once, and once
when it is over: in the log, in /metrics, and by a card to whoever keeps the program.
"""

import asyncio
import socket
import zlib
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from uuid import uuid4

from bot import logs
from bot.clock import Clock
from handlers import notices
from handlers.assurance import troubles
from handlers.errors import Away, Busy
from handlers.ports import Damage
from handlers.rules.school import SchoolId
from handlers.rules.trouble import WATCHED, Lasting, Trouble
from store.cause import caused_by
from store.unit_of_work import Units

EVERY = 10.0
"""Seconds between looks: what is wrong is told within a minute."""
WHOLE = 6 * 3600.0
"""Seconds between looks at every row of the database; ten minutes while one is damaged."""
AGAIN = 600.0

PATIENCE = 15.0
"""Seconds that carrying an alarm may take."""

Found = Mapping[Trouble, str]
"""What is wrong, each with a code of why."""
Sign = Callable[[], Awaitable[Found]]
_Wrong = tuple[Trouble, str]
"""What is wrong and where: on this machine, or at which platform's door of it."""
_HERE = f"{zlib.crc32(socket.gethostname().encode()):08x}"
"""Which machine it is, without its name."""


async def _nothing() -> Mapping[str, Found]:
    return {}


@dataclass(slots=True, kw_only=True)
class Watch:
    """One for each process. A trouble of the machine is told under its name, so that each begins and ends its own."""

    units: Units
    signs: Sequence[Sign]
    of_platforms: Callable[[], Awaitable[Mapping[str, Found]]] = _nothing
    """What is wrong with a platform's door, by the platform."""
    carry: Callable[[], Awaitable[object]] = _nothing
    """Carries the alarms themselves, where nobody carries anything."""
    clock: Clock
    _said: set[tuple[SchoolId, Trouble, str]] = field(default_factory=set[tuple[SchoolId, Trouble, str]])
    _rows: set[tuple[SchoolId, Damage]] = field(default_factory=set[tuple[SchoolId, Damage]])
    _examined: float = float("-inf")
    _task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.create_task(self._go_on(), name="watch")

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Look once, and tell what has begun or ended since."""
        found = await self._found()
        await self._examine()
        for school in self.units.schools():
            rows = self.units.damaged(school)
            self._name(school, rows)
            mine = {**found, (Trouble.ROW_DAMAGED, _HERE): min(rows).table} if rows else found
            with caused_by("program", uuid4().hex):
                await self._tell(school, mine)
        if (Trouble.OUTBOX_LATE, _HERE) in found:
            await self._carry()

    async def _carry(self) -> None:
        """By leases, as any process does: whoever comes to it at last finds it done. What hangs is left after a while.
        """
        with suppress(TimeoutError, Away, Busy), caused_by("outbox", uuid4().hex):
            async with asyncio.timeout(PATIENCE):
                await self.carry()

    async def _found(self) -> dict[_Wrong, str]:
        found: dict[_Wrong, str] = {}
        for sign in self.signs:
            found |= {(trouble, _HERE): why for trouble, why in (await sign()).items()}
        for platform, wrong in (await self.of_platforms()).items():
            found |= {(trouble, f"{platform}:{_HERE}"): why for trouble, why in wrong.items()}
        return found

    async def _tell(self, school: SchoolId, found: Mapping[_Wrong, str]) -> None:
        try:
            async with self.units.looking(school) as uow:
                lasting = await uow.troubles.lasting()
            own = {(one.trouble, one.where): one for one in lasting if _is_ours(one)}
            if own.keys() != found.keys():
                lasting = await self._written(school, found, own)
        except (Away, Busy):  # a card needs the database; the log does not
            at = self.clock()
            lasting = [Lasting(trouble=one, where=here, reason=why, since=at) for (one, here), why in found.items()]
        self._log(school, lasting)

    async def _written(
        self, school: SchoolId, found: Mapping[_Wrong, str], own: Mapping[_Wrong, Lasting]
    ) -> Sequence[Lasting]:
        async with self.units(school) as uow:
            for wrong in found.keys() - own.keys():
                also = await notices.leads(uow) if wrong[0] is Trouble.ROW_DAMAGED else ()
                await troubles.begin(uow, *wrong, reason=found[wrong], at=self.clock(), also=also)
            for wrong in own.keys() - found.keys():
                await troubles.end(uow, own[wrong], at=self.clock())
            return await uow.troubles.lasting()

    def _log(self, school: SchoolId, lasting: Sequence[Lasting]) -> None:
        """Each once when it begins, whoever found it, and once when it is over."""
        now = {(school, one.trouble, one.where): one for one in lasting}
        for key in now.keys() - self._said:
            logs.error(key[1].value, school=school, where=key[2], reason=now[key].reason)
        over = {key for key in self._said if key[0] == school} - now.keys()
        for key in over:
            logs.event(f"{key[1].value}_over", school=school, where=key[2])
        self._said = (self._said - over) | now.keys()

    def _name(self, school: SchoolId, rows: frozenset[Damage]) -> None:
        for row in sorted(rows):
            if (school, row) not in self._rows:
                self._rows.add((school, row))
                logs.error("row_set_aside", school=school, table=row.table, id=row.id)

    def _name_newer(self, school: SchoolId, rows: frozenset[Damage]) -> None:
        for row in sorted(row for row in rows if (school, row) not in self._rows):
            self._rows.add((school, row))
            logs.event("row_of_a_newer_version", school=school, table=row.table, id=row.id)

    async def _examine(self) -> None:
        """Every row: at the start, now and then, and sooner while one is damaged, to see whether it is put right."""
        hurt = any(self.units.damaged(school) for school in self.units.schools())
        now = asyncio.get_running_loop().time()
        if now - self._examined < (AGAIN if hurt else WHOLE):
            return
        self._examined = now
        for school in self.units.schools():
            with suppress(Away, Busy):
                self._name(school, self.units.damaged(school))
                await self.units.examine(school)
                self._name_newer(school, self.units.newer(school))

    async def _go_on(self) -> None:
        while True:
            await asyncio.sleep(EVERY)
            try:
                await self.look()
            except Exception as error:  # noqa: BLE001 (whatever it is, it is looked again)
                logs.mishap(f"watch-{uuid4().hex[:8]}", error)


def _is_ours(lasting: Lasting) -> bool:
    return lasting.trouble in WATCHED and lasting.where.rpartition(":")[2] == _HERE
