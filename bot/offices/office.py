"""What an office of either platform is, and what it is made of."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Protocol

from fastapi import APIRouter

from bot.accounts import Accounts
from bot.dates import Dates
from bot.front import FrontDesk, Noted
from bot.school_file import SchoolFile
from bot.settings import Settings
from handlers.errors import Away, Busy
from handlers.platform_ports import Addresses, Courier, Directory
from handlers.rules.people import LEADS
from handlers.rules.school import Place
from store.unit_of_work import Units

PATIENCE = 5.0
"""Seconds that a platform has to answer a call of ours (PLATFORMS, outbound)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Who may read in a leads' place: the leads and deputies of the staff list, by their ids on that platform."""

    units: Units
    file: SchoolFile

    async def __call__(self, place: Place) -> frozenset[str]:
        try:
            async with self.units.looking(self.file.school.id) as uow:
                leads = await uow.people.with_roles(LEADS)
                held = [account for lead in leads for account in await uow.people.accounts(lead.id)]
        except (Away, Busy):  # what the file said at the start: that there is an outage can still be told
            held = [account for person, accounts in self.file.people if person.among(LEADS) for account in accounts]
        there = (place.platform, place.tenant)
        return frozenset(account.user for account in held if (account.platform, account.tenant) == there)


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """What an office is made of beside itself."""

    settings: Settings
    desk: FrontDesk
    units: Units
    accounts: Accounts
    noted: Noted
    dates: Dates

    def addresses(self, tenant: str) -> Addresses:
        return self.units.addresses("teams", tenant)


class Office(Protocol):
    """Where one school is met on one platform: its Slack workspace, its Teams tenant."""

    @property
    def tenant(self) -> str: ...
    @property
    def allowed(self) -> Callable[[Place], Awaitable[frozenset[str]]]: ...
    @property
    def courier(self) -> Courier: ...
    @property
    def directory(self) -> Directory: ...
    async def remember_service(self) -> None:
        """Keep the platform's address that the school file gives, where each tenant has its own."""
        ...

    async def start(self) -> None:
        """Warm what takes a while."""
        ...

    async def strayed(self) -> str:
        """The workspace that the token is of, where that is another than the school's. Raises `Undelivered`."""
        ...

    async def after_a_stop(self, place: Place) -> str:
        """What becomes of a card of that channel after a sudden stop, by what the school has granted: a sentence for
        the technician, neither is wrong; empty where there is no choice. Raises `Undelivered`."""
        ...

    async def close(self) -> None: ...


class Door(Protocol):
    """Where a platform's requests come in, for all of its offices."""

    @property
    def router(self) -> APIRouter: ...
    async def start(self) -> None: ...
    async def close(self) -> None: ...
