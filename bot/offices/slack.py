"""A school's Slack workspace."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import aiohttp

from bot.accounts import Names
from bot.dates import Dates
from bot.offices.office import PATIENCE, Allowed, Parts
from bot.school_file import SchoolFile
from bot.slack.app import SlackDoor, Workspace, web_client
from bot.slack.courier import SlackCourier
from bot.slack.directory import SlackDirectory
from bot.slack.grid import Installed
from bot.tenancies import SlackTenancy
from handlers.platform_ports import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackOffice:
    tenant: str
    allowed: Allowed
    workspace: Workspace
    courier: SlackCourier
    directory: SlackDirectory
    session: aiohttp.ClientSession

    async def remember_service(self) -> None:
        """All of Slack has one."""

    async def start(self) -> None:
        """Nothing has to be warmed."""

    async def strayed(self) -> str:
        """The workspace that the token is of, where that is another than the school's. Raises `Undelivered`."""
        home = await self.directory.home()
        return home if home != self.tenant else ""

    async def after_a_stop(self, place: Place) -> str:
        del place  # the scope is for every channel that the app is in
        return _LOOKED_UP if await self.courier.finds_again() else _MAY_COME_TWICE

    async def close(self) -> None:
        await self.session.close()


_LOOKED_UP = (
    "after a sudden stop a card is looked up in the leads' channel before it is sent again (groups:history is "
    "granted). Let the app be in no other private channel."
)
_MAY_COME_TWICE = (
    "after a sudden stop a card may come twice in the leads' channel, until a button on one of the two is pressed: "
    "the app has no groups:history, and need not have it (the technician's guide, Slack, says what it is for)."
)


def open_office(parts: Parts, tenancy: SlackTenancy, file: SchoolFile) -> SlackOffice:
    timeout, heard = aiohttp.ClientTimeout(total=PATIENCE), _tells(parts.dates)
    session = aiohttp.ClientSession(timeout=timeout, trace_configs=[heard])
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


def _tells(dates: Dates) -> aiohttp.TraceConfig:
    """Tells of every answer when Slack made it."""

    async def answered(_: aiohttp.ClientSession, __: object, done: aiohttp.TraceRequestEndParams) -> None:
        dates.heard("slack", done.response.headers)

    tells = aiohttp.TraceConfig()
    tells.on_request_end.append(answered)
    return tells


def door(parts: Parts, offices: Sequence[SlackOffice], *, now: Callable[[], float] = time.time) -> SlackDoor:
    return SlackDoor(
        desk=parts.desk, workspaces=[office.workspace for office in offices], now=now, noted=parts.noted
    )
