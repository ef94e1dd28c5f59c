"""The one place where objects meet: settings and a school file in, a program that runs out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import aiohttp
import httpx
from fastapi import APIRouter, FastAPI

from bot import holding, logs
from bot.accounts import Accounts, Names
from bot.clock import Clock
from bot.front import FrontDesk
from bot.pacing import Paced
from bot.school_file import SchoolFile
from bot.settings import Incomplete, Settings
from bot.slack.app import SlackDoor, web_client
from bot.slack.courier import SlackCourier
from bot.slack.directory import SlackDirectory
from bot.slack.grid import Installed
from bot.teams.app import TeamsDoor
from bot.teams.connector import Connector
from bot.teams.courier import SERVICE, TeamsCourier
from bot.teams.directory import GraphDirectory
from bot.teams.hosts import ServiceHosts
from bot.teams.tokens import Tokens
from bot.tenants import Couriers, Directories
from bot.web import web_app
from bot.worker import Worker
from handlers.assurance import plan
from handlers.assurance import roll as roll_alarm
from handlers.desk.desk import Desk
from handlers.platform_ports import Addresses, Courier, Directory
from handlers.rules.people import LEADS
from handlers.rules.roll import Held
from handlers.rules.school import Place, SchoolId
from schedules.timetable import Uses
from store.keys import KeyFaulty, read_key_file
from store.unit_of_work import Roll, Units, open_units

PATIENCE = 5.0
"""Seconds that a platform has to answer a call of ours (PLATFORMS, outbound)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Who may read in a leads' place: the leads and deputies of the staff list, by their ids on that platform."""

    units: Units
    school: SchoolId

    async def __call__(self, place: Place) -> frozenset[str]:
        async with self.units.looking(self.school) as uow:
            leads = await uow.people.with_roles(LEADS)
            held = [account for lead in leads for account in await uow.people.accounts(lead.id)]
        there = (place.platform, place.tenant)
        return frozenset(account.user for account in held if (account.platform, account.tenant) == there)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Parts:
    """What a platform is made of beside itself."""

    settings: Settings
    file: SchoolFile
    desk: FrontDesk
    units: Units
    allowed: Allowed
    accounts: Accounts

    def tenant(self, platform: str) -> str:
        """The school's own workspace or tenant there; empty where the school file names none."""
        return next((tenant for name, tenant in self.file.school.tenants if name == platform), "")

    def addresses(self, tenant: str) -> Addresses:
        return self.units.addresses("teams", tenant)

    async def remember_service(self) -> None:
        """Keep the service address that the school file gives; without one it is learnt from the first activity."""
        if self.file.service_url:
            await self.addresses(self.settings.teams_tenant_id.lower()).remember(SERVICE, self.file.service_url)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slack:
    tenant: str
    door: SlackDoor
    courier: SlackCourier
    directory: SlackDirectory
    session: aiohttp.ClientSession

    async def start(self) -> None:
        """Nothing has to be warmed."""

    async def close(self) -> None:
        await self.door.close()
        await self.session.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class Teams:
    tenant: str
    door: TeamsDoor
    courier: TeamsCourier
    directory: GraphDirectory
    http: httpx.AsyncClient

    async def start(self) -> None:
        await self.door.start()
        await self.directory.start()

    async def close(self) -> None:
        await self.door.close()
        await self.directory.close()
        await self.http.aclose()


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A program put together. `start` warms what would keep the first person waiting; `close` lets go of all."""

    app: FastAPI
    desk: Desk
    units: Units
    worker: Worker
    allowed: Allowed
    platforms: Mapping[str, Slack | Teams]
    accounts: Accounts
    clock: Clock
    file: SchoolFile

    @property
    def held(self) -> Held | None:
        """The list of pupils that was not taken over; None where it was."""
        return self.units.held(self.file.school.id)

    @property
    def directories(self) -> Mapping[str, Directory]:
        return {name: platform.directory for name, platform in self.platforms.items()}

    async def start(self) -> None:
        await self.say_what_stands()
        for platform in self.platforms.values():
            await platform.start()

    async def say_what_stands(self) -> None:
        """Say loudly that an older list of pupils stands, or that the terms run out: in the log, and of the list to the
        head and the technician. Of the terms a job tells them.
        """
        if held := self.held:
            logs.warning("roll_held", why=held.why, say=holding.lines(held, self.file.roll_faults))
        if first := plan.runs_out(self.file.school.calendar, at=self.clock()):
            logs.warning("terms_run_out", first=first.isoformat())
        async with self.units(self.file.school.id) as uow:
            await roll_alarm.note(uow, held, at=self.clock())

    async def close(self) -> None:
        await self.worker.close()
        await self.accounts.close()
        for platform in self.platforms.values():
            await platform.close()
        await self.units.close()


@dataclass(slots=True)
class _Bell:
    """Desk and worker need one another: the desk is given this, and this is given the worker."""

    workers: list[Worker] = field(default_factory=list[Worker])

    def __call__(self) -> None:
        for worker in self.workers:
            worker.wake()


async def assemble(
    settings: Settings, file: SchoolFile, *, clock: Clock, accepted: int | None = None
) -> Program:
    """Put it together and open the store. Raises `Incomplete` with what is wrong, in words.

    `accepted`: what somebody said of a list of pupils that takes many off the roll (`--accept-shrink`).
    """
    units = await _open(settings, file, accepted)
    await units.fill(at=clock())
    allowed = Allowed(units=units, school=file.school.id)
    bell = _Bell()
    directories: dict[str, Directory] = {}
    accounts = Accounts(directories, units.addresses, time.time)
    desk = Desk(units=units, now=clock, wake=bell, mishap=logs.mishap, accounts=accounts)
    paced = Paced(desk, most=settings.commands_a_minute, now=time.monotonic)
    parts = _Parts(settings=settings, file=file, desk=paced, units=units, allowed=allowed, accounts=accounts)
    platforms = await _platforms(parts)
    couriers: dict[str, Courier] = {
        name: Couriers({platform.tenant: platform.courier}) for name, platform in platforms.items()
    }
    directories |= {
        name: Directories({platform.tenant: platform.directory}) for name, platform in platforms.items()
    }
    worker = Worker(Uses(units=units, directories=directories), couriers, clock)
    bell.workers.append(worker)
    figures = _Figures(units=units, file=file, clock=clock)
    app = _web(figures, worker, [platform.door.router for platform in platforms.values()])
    return Program(
        app=app, desk=desk, units=units, worker=worker, allowed=allowed, platforms=platforms, clock=clock, file=file,
        accounts=accounts,
    )


async def _open(settings: Settings, file: SchoolFile, accepted: int | None) -> Units:
    try:
        key = read_key_file(settings.key_file)
        roll = Roll(
            school=file.school, people=file.people, pupils=file.pupils, faults=file.roll_faults, accepted=accepted
        )
        return await open_units(settings.database_url, root_key=key, schools=(roll,))
    except (KeyFaulty, ValueError) as fault:
        raise Incomplete(str(fault)) from None


async def _platforms(parts: _Parts) -> Mapping[str, Slack | Teams]:
    platforms: dict[str, Slack | Teams] = {}
    if parts.settings.has_slack:
        platforms["slack"] = _slack(parts)
    if parts.settings.has_teams:
        platforms["teams"] = await _teams(parts)
    return platforms


def _slack(parts: _Parts) -> Slack:
    settings = parts.settings
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
    client = web_client(settings.slack_bot_token.get_secret_value(), settings.slack_api_url, session)
    held = (settings.slack_signing_secret, settings.slack_signing_secret_old)
    secrets = [secret.get_secret_value() for secret in held if secret.get_secret_value()]
    team, organisation = parts.tenant("slack"), parts.file.organisation
    names = Names(
        accounts=parts.accounts, units=parts.units, school=parts.file.school.id, platform="slack", tenant=team
    )
    installed = Installed(team=team, organisation=organisation)
    return Slack(
        tenant=team,
        door=SlackDoor(
            desk=parts.desk, client=client, secrets=secrets, now=time.time, names=names, installed=installed
        ),
        courier=SlackCourier(client, allowed=parts.allowed),
        directory=SlackDirectory(client, team=team, organisation=organisation),
        session=session,
    )


async def _teams(parts: _Parts) -> Teams:
    settings, client_id = parts.settings, parts.settings.teams_client_id
    http = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=True)
    secret = settings.teams_client_secret.get_secret_value()
    tokens = Tokens(http, url=settings.token_url, client_id=client_id, client_secret=secret, now=time.time)
    hosts = frozenset(settings.teams_service_url_hosts)
    allowed_hosts = ServiceHosts(hosts=hosts, loopback=settings.development)
    connector = Connector(http=http, tokens=tokens, hosts=allowed_hosts, client_id=client_id)
    courier = TeamsCourier(connector=connector, addresses=parts.addresses, allowed=parts.allowed)
    await parts.remember_service()
    door = TeamsDoor(
        desk=parts.desk,
        courier=courier,
        client_id=client_id,
        tenants=frozenset({settings.teams_tenant_id}),
        service_hosts=hosts,
        openid_metadata_url=settings.teams_openid_metadata_url,
        http=http,
        addresses=parts.addresses,
        now=time.time,
        loopback=settings.development,
    )
    directory = GraphDirectory(
        courier=courier, tokens=tokens, graph_url=settings.graph_url, tenant=settings.teams_tenant_id
    )
    return Teams(
        tenant=settings.teams_tenant_id.lower(), door=door, courier=courier, directory=directory, http=http
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Figures:
    """What /metrics shows: the store's figures, and what is wrong with the school's own files."""

    units: Units
    file: SchoolFile
    clock: Clock

    async def __call__(self) -> dict[str, int]:
        held = self.units.held(self.file.school.id)
        return {**await self.units.counts(), "roll_held": int(held is not None), "days_planned": self._planned()}

    def _planned(self) -> int:
        """Days until the terms run out; two years where they do not before."""
        calendar = self.file.school.calendar
        today = self.clock().astimezone(calendar.zone).date()
        first = calendar.first_unplanned(today)
        return 2 * 365 if first is None else (first - today).days


def _web(figures: _Figures, worker: Worker, routers: list[APIRouter]) -> FastAPI:
    async def ready() -> dict[str, bool]:
        return {"database": await figures.units.ready(), "worker": worker.alive}

    return web_app(routers, ready=ready, counts=figures)
