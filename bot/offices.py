"""Where a school is met: its Slack workspace, its Teams tenant. One office for each, with that one's token alone."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import aiohttp
import httpx
from fastapi import APIRouter

from bot.accounts import Accounts, Names
from bot.front import FrontDesk
from bot.school_file import SchoolFile
from bot.settings import Settings
from bot.slack.app import SlackDoor, Workspace, web_client
from bot.slack.courier import SlackCourier
from bot.slack.directory import SlackDirectory
from bot.slack.grid import Installed
from bot.teams.app import Bot, TeamsDoor
from bot.teams.connector import Connector, trusted
from bot.teams.courier import SERVICE, TeamsCourier
from bot.teams.directory import GraphDirectory
from bot.teams.hosts import ServiceHosts
from bot.teams.tokens import Tokens
from bot.tenancies import SlackTenancy, TeamsTenancy, Tenancies
from handlers.errors import Away, Busy
from handlers.platform_ports import Addresses
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

    def addresses(self, tenant: str) -> Addresses:
        return self.units.addresses("teams", tenant)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackOffice:
    tenant: str
    allowed: Allowed
    workspace: Workspace
    courier: SlackCourier
    directory: SlackDirectory
    session: aiohttp.ClientSession

    async def start(self) -> None:
        """Nothing has to be warmed."""

    async def strayed(self) -> str:
        """The workspace that the token is of, where that is another than the school's. Raises `Undelivered`."""
        home = await self.directory.home()
        return home if home != self.tenant else ""

    async def close(self) -> None:
        await self.session.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsOffice:
    tenant: str
    allowed: Allowed
    bot: Bot
    courier: TeamsCourier
    directory: GraphDirectory
    http: httpx.AsyncClient
    service_url: str
    """Where the tenant's service is, as the school file says; without one it is learnt from the first activity."""
    addresses: Addresses

    async def start(self) -> None:
        await self.directory.start()

    async def strayed(self) -> str:
        """Never: Entra gives out no token of another tenant."""
        return ""

    async def close(self) -> None:
        await self.directory.close()
        await self.http.aclose()

    async def remember_service(self) -> None:
        if self.service_url:
            await self.addresses.remember(SERVICE, self.service_url)


Office = SlackOffice | TeamsOffice
Offices = Mapping[tuple[str, str], Office]
"""By platform and tenant."""


def open_offices(parts: Parts, tenancies: Tenancies, files: Collection[SchoolFile]) -> Offices:
    """An office in each tenant of a school that something is set up for."""
    home = {tenant: file for file in files for tenant in file.school.tenants}
    slack = [_slack(parts, one, home["slack", one.team]) for one in tenancies.slack if ("slack", one.team) in home]
    teams = [_teams(parts, one, home["teams", one.tenant]) for one in tenancies.teams if ("teams", one.tenant) in home]
    return {**{("slack", one.tenant): one for one in slack}, **{("teams", one.tenant): one for one in teams}}


async def remember_services(offices: Offices) -> None:
    """Keep the service addresses that school files give."""
    for office in offices.values():
        if isinstance(office, TeamsOffice):
            await office.remember_service()


def _slack(parts: Parts, tenancy: SlackTenancy, file: SchoolFile) -> SlackOffice:
    session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE))
    client = web_client(tenancy.token.get_secret_value(), parts.settings.slack_api_url, session)
    school, team = file.school.id, tenancy.team
    allowed = Allowed(units=parts.units, file=file)
    names = Names(accounts=parts.accounts, units=parts.units, school=school, platform="slack", tenant=team)
    return SlackOffice(
        tenant=team,
        allowed=allowed,
        workspace=Workspace(
            client=client,
            secrets=[secret.get_secret_value() for secret in tenancy.secrets],
            names=names,
            installed=Installed(team=team, organisation=file.organisation),
        ),
        courier=SlackCourier(client, allowed=allowed),
        directory=SlackDirectory(client, team=team, organisation=file.organisation),
        session=session,
    )


def _teams(parts: Parts, tenancy: TeamsTenancy, file: SchoolFile) -> TeamsOffice:
    settings, client_id, tenant = parts.settings, tenancy.client_id, tenancy.tenant
    http = httpx.AsyncClient(timeout=PATIENCE, follow_redirects=False, trust_env=True, verify=trusted())
    secret = tenancy.client_secret.get_secret_value()
    tokens = Tokens(http, url=tenancy.token_url, client_id=client_id, client_secret=secret, now=time.time)
    hosts = ServiceHosts(hosts=frozenset(settings.teams_service_url_hosts), loopback=settings.development)
    connector = Connector(http=http, tokens=tokens, hosts=hosts, client_id=client_id)
    allowed = Allowed(units=parts.units, file=file)
    courier = TeamsCourier(connector=connector, addresses=parts.addresses, allowed=allowed)
    return TeamsOffice(
        tenant=tenant,
        allowed=allowed,
        bot=Bot(client_id=client_id, tenants=frozenset({tenant}), courier=courier),
        courier=courier,
        directory=GraphDirectory(courier=courier, tokens=tokens, graph_url=settings.graph_url, tenant=tenant),
        http=http,
        service_url=file.service_url,
        addresses=parts.addresses(tenant),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Doors:
    """One for each platform, however many offices are behind it."""

    slack: SlackDoor | None
    teams: TeamsDoor | None

    def routers(self) -> Sequence[APIRouter]:
        return [door.router for door in (self.slack, self.teams) if door]

    async def start(self) -> None:
        if self.teams:
            await self.teams.start()

    async def close(self) -> None:
        for door in (self.slack, self.teams):
            if door:
                await door.close()


def open_doors(parts: Parts, offices: Offices, *, now: Callable[[], float] = time.time) -> Doors:
    every = offices.values()
    workspaces = [office.workspace for office in every if isinstance(office, SlackOffice)]
    bots = [office for office in every if isinstance(office, TeamsOffice)]
    return Doors(
        slack=SlackDoor(desk=parts.desk, workspaces=workspaces, now=now) if workspaces else None,
        teams=_teams_door(parts, bots, now) if bots else None,
    )


def _teams_door(parts: Parts, offices: Sequence[TeamsOffice], now: Callable[[], float]) -> TeamsDoor:
    settings = parts.settings
    return TeamsDoor(
        desk=parts.desk,
        bots=[office.bot for office in offices],
        service_hosts=frozenset(settings.teams_service_url_hosts),
        openid_metadata_url=settings.teams_openid_metadata_url,
        http=offices[0].http,
        addresses=parts.addresses,
        now=now,
        loopback=settings.development,
    )
