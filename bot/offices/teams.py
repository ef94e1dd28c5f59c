"""A school's Teams tenant."""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

import httpx

from bot.dates import Dates
from bot.offices.office import PATIENCE, Allowed, Parts
from bot.school_file import SchoolFile
from bot.teams.app import Bot, TeamsDoor
from bot.teams.connector import Connector, trusted
from bot.teams.courier import SERVICE, TeamsCourier
from bot.teams.directory import GraphDirectory
from bot.teams.hosts import ServiceHosts
from bot.teams.standing import ChannelMessages
from bot.teams.tokens import Tokens
from bot.tenancies import TeamsTenancy
from handlers.platform_ports import Addresses, Place


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamsOffice:
    tenant: str
    allowed: Allowed
    bot: Bot
    courier: TeamsCourier
    directory: GraphDirectory
    http: httpx.AsyncClient
    looks: bool
    """Whether Graph is set up."""
    service_url: str
    """Where the tenant's service is, as the school file says; without one it is learnt from the first activity."""
    addresses: Addresses

    async def start(self) -> None:
        await self.directory.start()

    async def strayed(self) -> str:
        """Never: Entra gives out no token of another tenant."""
        return ""

    async def after_a_stop(self, place: Place) -> str:
        """No choice where Graph is not set up: Teams itself tells a bot of no message that it sent."""
        if not self.looks:
            return ""
        return _LOOKED_UP if await self.courier.finds_again(place) else _MAY_COME_TWICE

    async def close(self) -> None:
        await self.directory.close()
        await self.http.aclose()

    async def remember_service(self) -> None:
        if self.service_url:
            await self.addresses.remember(SERVICE, self.service_url)


_LOOKED_UP = (
    "after a sudden stop a card is looked up in the leads' channel before it is sent again (Graph lets the app "
    "read the channels of that team). Let the app be in no other team."
)
_MAY_COME_TWICE = (
    "after a sudden stop a card may come twice in the leads' channel, until somebody looks at it there: the app "
    "has no ChannelMessage.Read.Group, and need not have it (the technician's guide, Teams, says what it is for)."
)


def open_office(parts: Parts, tenancy: TeamsTenancy, file: SchoolFile) -> TeamsOffice:
    settings, client_id, tenant = parts.settings, tenancy.client_id, tenancy.tenant
    http = httpx.AsyncClient(
        timeout=PATIENCE, follow_redirects=False, trust_env=True, verify=trusted(),
        event_hooks={"response": [_tells(parts.dates)]},
    )  # fmt: skip
    secret = tenancy.client_secret.get_secret_value()
    tokens = Tokens(http, url=tenancy.token_url, client_id=client_id, client_secret=secret, now=time.time)
    hosts = ServiceHosts(hosts=frozenset(settings.teams_service_url_hosts), loopback=settings.development)
    connector = Connector(http=http, tokens=tokens, hosts=hosts, client_id=client_id)
    allowed = Allowed(units=parts.units, file=file)
    messages = ChannelMessages(http=http, tokens=tokens, graph_url=settings.graph_url.rstrip("/"), client_id=client_id)
    courier = TeamsCourier(connector=connector, addresses=parts.addresses, allowed=allowed, messages=messages)
    return TeamsOffice(
        tenant=tenant,
        allowed=allowed,
        bot=Bot(client_id=client_id, tenants=frozenset({tenant}), courier=courier),
        courier=courier,
        directory=GraphDirectory(courier=courier, tokens=tokens, graph_url=settings.graph_url, tenant=tenant),
        http=http,
        looks=bool(settings.graph_url),
        service_url=file.service_url,
        addresses=parts.addresses(tenant),
    )


def _tells(dates: Dates) -> Callable[[httpx.Response], Awaitable[None]]:
    """Tells of every answer when the Bot Framework, or the login, made it."""

    async def answered(answer: httpx.Response) -> None:
        dates.heard("teams", answer.headers)

    return answered


def door(parts: Parts, offices: Sequence[TeamsOffice], *, now: Callable[[], float] = time.time) -> TeamsDoor:
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
        noted=parts.noted,
    )
