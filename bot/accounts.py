"""Whether an account may still press anything, as its platform says, and what people there are called.

A listed person's account may have been switched off, or be a guest's. The platform is asked at every press, for at
most `PATIENCE`: an answer that comes later is kept for the next one. Where none comes, whoever was last known to be
good goes on, for as long as `GOOD_FOR`; anybody else is asked to try again. Where the platform cannot say it at all
(Graph is not set up, a permission is missing), the staff list alone decides.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bot import logs
from bot.intake import Quiet
from handlers.platform_ports import Addresses, Directory, Standing, Undelivered
from handlers.ports import UnitsOfWork
from handlers.rules.people import Login
from handlers.rules.school import SchoolId

PATIENCE = 0.6
"""Seconds that a press waits for the platform's word: it is to be answered within one."""
FIRST_TIME = 1.5
"""Seconds for somebody of whom nothing is known yet: refusing them is worse than that they wait."""
FOR_NAMES = 1.0
"""Seconds that names are waited for, behind an open window."""
CLOSING = 5.0
"""Seconds that what is being written down has when the program stops."""
LATELY = 30.0
"""Seconds for which an answer serves a typeahead, which asks with every letter."""
PAUSE, BRIEFLY = 15.0, 0.2
"""Seconds after a silence in which whoever is known to be good waits only this long."""
GOOD_FOR = 7 * 86_400.0
"""Seconds for which somebody once known to be good stays so without the platform's word."""
MOST_KNOWN = 10_000

_GONE = frozenset({"user_not_found", "user_not_visible", "users_not_found", "user_disabled", "graph_404"})
"""The platform says that there is no such account (any more)."""
_DAY = 86_400.0

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Known:
    standing: Standing
    at: float
    name: str = ""


class Accounts:
    """`handlers.platform_ports.Accounts` over the directories of the platforms. `now` in seconds since 1970."""

    def __init__(
        self, directories: Mapping[str, Directory], addresses: Callable[[str, str], Addresses], now: Callable[[], float]
    ) -> None:
        self._directories = directories
        self._addresses = addresses
        self._now = now
        self._known: dict[Login, _Known] = {}
        self._asking: dict[Login, asyncio.Task[Standing | None]] = {}
        self._silent: dict[str, float] = {}
        self._writing: set[asyncio.Task[None]] = set()
        self._quiet = Quiet(now)

    async def standing(self, who: Login, *, lately: bool = False) -> Standing:
        """How that account stands. `lately`: a recent answer will do."""
        known = self._known.get(who)
        if known is not None and lately and self._now() - known.at < LATELY:
            return known.standing
        answer = self._ask(who)
        trusted = known is not None and known.standing is Standing.GOOD
        pausing = self._now() - self._silent.get(who.platform, float("-inf")) < PAUSE
        patience = (BRIEFLY if pausing else PATIENCE) if trusted else FIRST_TIME
        return await _within(answer, patience) or await self._without_an_answer(who)

    async def name(self, who: Login) -> str:
        """What the platform calls them; empty where that cannot be had."""
        known = self._known.get(who)
        if known is None or not known.name:
            await self._ask(who)
            known = self._known.get(who)
        return known.name if known else ""

    async def close(self) -> None:
        """Ask nothing more, and let what is being written down be written: it is cut off only where that takes long."""
        asking = list(self._asking.values())
        for task in asking:
            task.cancel()
        await asyncio.gather(*asking, return_exceptions=True)
        if self._writing:
            _, late = await asyncio.wait(self._writing, timeout=CLOSING)
            for task in late:
                task.cancel()

    def _ask(self, who: Login) -> asyncio.Task[Standing | None]:
        """The question that is on its way, or a new one: several presses at once ask once."""
        if who not in self._asking:
            asking = self._asking[who] = asyncio.create_task(self._asked(who))
            asking.add_done_callback(lambda _: self._asking.pop(who, None))
        return self._asking[who]

    async def _asked(self, who: Login) -> Standing | None:
        """The platform's word, kept; None where it gives none."""
        directory = self._directories.get(who.platform)
        if directory is None:
            return Standing.GOOD
        try:
            profile = await directory.profile(who.tenant, who.user)
        except Undelivered as failure:
            return await self._without_a_profile(who, failure)
        except Exception as error:  # noqa: BLE001 (whatever a platform's SDK trips over, somebody waits for an answer)
            logs.mishap("accounts", error)
            return None
        standing = Standing.INACTIVE if not profile.active else Standing.GUEST if profile.guest else Standing.GOOD
        self._keep(who, standing, profile.name)
        self._silent.pop(who.platform, None)
        return standing

    async def _without_a_profile(self, who: Login, failure: Undelivered) -> Standing | None:
        if failure.reason in _GONE:
            self._keep(who, Standing.INACTIVE, "")
            return Standing.INACTIVE
        if self._quiet.worth_telling(f"{who.platform} {failure.reason}"):
            logs.event("account_not_asked", platform=who.platform, why=failure.reason)
        if failure.final:  # it will not say it later either: nothing is set up for the question
            known = self._known.get(who)
            return known.standing if known else Standing.GOOD
        self._silent[who.platform] = self._now()
        return None

    async def _without_an_answer(self, who: Login) -> Standing:
        """What was known before, in this process or in one before it."""
        if (known := self._known.get(who)) is not None:
            stale = known.standing is Standing.GOOD and self._now() - known.at > GOOD_FOR
            return Standing.UNKNOWN if stale else known.standing
        self._silent[who.platform] = self._now()
        since = await self._recalled(who)
        if self._now() - since > GOOD_FOR:
            return Standing.UNKNOWN
        self._known[who] = _Known(standing=Standing.GOOD, at=since)
        return Standing.GOOD

    def _keep(self, who: Login, standing: Standing, name: str) -> None:
        """In memory at once; that somebody is good also beyond this process, once a day, while nobody waits for it."""
        before = self._known.get(who)
        if len(self._known) >= MOST_KNOWN:
            self._known.clear()
        self._known[who] = _Known(standing=standing, at=self._now(), name=name)
        if before is None or before.standing is not standing or before.at // _DAY != self._now() // _DAY:
            writing = asyncio.create_task(self._write(who, standing))
            self._writing.add(writing)
            writing.add_done_callback(self._writing.discard)

    async def _write(self, who: Login, standing: Standing) -> None:
        since = str(int(self._now())) if standing is Standing.GOOD else "0"
        try:
            await self._addresses(who.platform, who.tenant).remember(_key(who), since)
        except Exception as error:  # noqa: BLE001 (whatever the store says: the answer goes on without it)
            logs.mishap("account_standing", error)

    async def _recalled(self, who: Login) -> float:
        """When somebody was last known to be good, in seconds since 1970; 0 for never."""
        try:
            since = await self._addresses(who.platform, who.tenant).recall(_key(who))
        except Exception as error:  # noqa: BLE001 (as above)
            logs.mishap("account_standing", error)
            return 0.0
        return float(since) if since and since.isascii() and since.isdigit() else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the people of one workspace are called: as the staff list has it, else as the platform does."""

    accounts: Accounts
    units: UnitsOfWork
    school: SchoolId
    platform: str
    tenant: str

    async def __call__(self, users: Collection[str]) -> Mapping[str, str]:
        """By user id, as far as they can be had at once."""
        logins = [Login(platform=self.platform, tenant=self.tenant, user=user) for user in sorted(users)]
        listed = await self._listed(logins)
        others = [login for login in logins if login.user not in listed]
        asked = [asyncio.ensure_future(self.accounts.name(login)) for login in others]
        if asked:
            await asyncio.wait(asked, timeout=FOR_NAMES)
        told = {login.user: one.result() for login, one in zip(others, asked, strict=True) if one.done()}
        for one in asked:
            one.cancel()
        return {**{user: name for user, name in told.items() if name}, **listed}

    async def _listed(self, logins: Collection[Login]) -> Mapping[str, str]:
        found: dict[str, str] = {}
        try:
            async with self.units.looking(self.school) as uow:
                for login in logins:
                    if person := await uow.people.identify(login):
                        found[login.user] = person.name
        except Exception as error:  # noqa: BLE001 (names are a help: without them the message is read all the same)
            logs.mishap("names", error)
        return found


def _key(who: Login) -> str:
    return f"good:{who.user}"


async def _within(asking: asyncio.Task[T], seconds: float) -> T | None:
    """What comes of it in that time; it goes on behind when that is nothing."""
    done, _ = await asyncio.wait({asking}, timeout=seconds)
    return asking.result() if done else None
