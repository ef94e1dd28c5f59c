"""The one place where objects meet: settings and a school file in, a program that runs out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

import aiohttp
import httpx
from fastapi import APIRouter, FastAPI
from store.keys import KeyFaulty, read_key_file
from store.unit_of_work import Roll, Units, open_units

from bot import logs
from bot.clock import Clock
from bot.school_file import SchoolFile
from bot.settings import Incomplete, Settings
from bot.slack.app import SlackDoor, web_client
from bot.slack.courier import SlackCourier
from bot.slack.directory import SlackDirectory
from bot.teams.app import TeamsDoor
from bot.worker import Worker
from handlers.desk import Desk
from handlers.ports import Courier, Directory
from handlers.rules.people import LEADS
from handlers.rules.school import Place, SchoolId
from schedules.timetable import Uses


@dataclass(slots=True, kw_only=True)
class Program:
    """A program that is put together. `close` lets go of everything in the reverse order."""

    app: FastAPI
    desk: Desk
    units: Units
    worker: Worker
    directories: Mapping[str, Directory]
    allowed: "Allowed"
    platforms: "tuple[Platform, ...]"

    async def close(self) -> None:
        await self.worker.close()
        for platform in self.platforms:
            await platform.close()
        await self.units.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Who may read in a leads' place: the leads and deputies of the staff list, as that platform knows them."""

    units: Units
    school: SchoolId

    async def __call__(self, place: Place) -> frozenset[str]:
        async with self.units(self.school) as uow:
            leads = await uow.people.with_roles(LEADS)
            held = [account for lead in leads for account in await uow.people.accounts(lead.id)]
        return frozenset(account.user for account in held if account.platform == place.platform)


async def assemble(settings: Settings, file: SchoolFile, *, clock: Clock) -> Program:
    """Put it together and open the store. Raises `Incomplete` with what is wrong, in words."""
    units = await _open(settings, file)
    allowed = Allowed(units=units, school=file.school.id)
    waker = _Waker()
    desk = Desk(units=units, now=clock, wake=waker, mishap=logs.mishap)
    platforms = [await make(settings, file, desk, units, allowed) for make in _platforms(settings)]
    directories = {platform.name: platform.directory for platform in platforms if platform.directory}
    couriers = {platform.name: platform.courier for platform in platforms}
    worker = Worker(Uses(units=units, directories=directories), couriers, clock)
    waker.worker = worker
    app = _web(units, worker, tuple(platforms))
    return Program(
        app=app, desk=desk, units=units, worker=worker, directories=directories, allowed=allowed,
        platforms=tuple(platforms),
    )


@dataclass(slots=True)
class _Waker:
    """Desk and worker need one another: the desk is given this, which is given the worker."""

    worker: Worker | None = None

    def __call__(self) -> None:
        if self.worker is not None:
            self.worker.wake()


async def _open(settings: Settings, file: SchoolFile) -> Units:
    try:
        key = read_key_file(settings.key_file)
        roll = Roll(school=file.school, people=file.people, pupils=file.pupils)
        return await open_units(settings.database_url, root_key=key, schools=(roll,))
    except KeyFaulty as fault:
        raise Incomplete(str(fault)) from None


@dataclass(slots=True, kw_only=True)
class Platform:
    """What one platform brings: a door for what comes in, a courier for what goes out, and what it knows of people."""

    name: str
    door: SlackDoor | TeamsDoor
    courier: Courier
    directory: Directory | None
    session: aiohttp.ClientSession | httpx.AsyncClient

    @property
    def router(self) -> APIRouter:
        return self.door.router

    async def close(self) -> None:
        await self.door.close()
        await (self.session.close() if isinstance(self.session, aiohttp.ClientSession) else self.session.aclose())


def _platforms(settings: Settings):
    return [*([_slack] if settings.has_slack else []), *([_teams] if settings.has_teams else [])]


async def _slack(settings: Settings, file: SchoolFile, desk: Desk, units: Units, allowed: Allowed) -> Platform:
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5))
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
    old = settings.slack_signing_secret_old.get_secret_value()
    secrets = [settings.slack_signing_secret.get_secret_value(), *([old] if old else [])]
    return Platform(
        name="slack",
        door=SlackDoor(desk=desk, client=client, secrets=secrets, now=time.time),
        courier=SlackCourier(client, allowed=allowed),
        directory=SlackDirectory(client),
        session=session,
    )
