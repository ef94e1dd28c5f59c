"""The page's stage for its tests: two toy bots, a cast of five, a clock, and all of it behind one loopback address."""

import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
from fastapi import FastAPI

from bot.playground.cast import Cast, Persona, SlackHome, TeamsHome
from bot.playground.listening import listening
from bot.playground.server import playground_app
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.state import Presence
from bot.playground.teams.world import TeamsWorld
from tests.bot.playground.toy_bots import slack_bot, slack_card, teams_bot

LEADS = "19:leads@thread.tacv2"
BOT = "0b9c1f7e-5a53-4c1c-9f57-000000000001"


def _teams_id(number: int) -> str:
    return f"a1f0c9d2-0001-4c5e-9b1a-{number:012d}"


PEOPLE = (
    Persona(key="tess", name="Tess Hallam", role="Teacher", email="tess@toy.example", slack_user="U0TESS"),
    Persona(key="tom", name="Tom Whitlow", role="Teacher", email="tom@toy.example", teams_user=_teams_id(1)),
    Persona(key="lee", name="Lee Abara", role="Safeguarding lead", email="lee@toy.example",
            slack_user="U0LEE", lead=True),
    Persona(key="dana", name="Dana Okello", role="Deputy safeguarding lead", email="dana@toy.example",
            slack_user="U0DANA", teams_user=_teams_id(2), lead=True),
    Persona(key="helen", name="Helen Marsh", role="Head", email="helen@toy.example", teams_user=_teams_id(3)),
)
CAST = Cast(
    school="Kingfisher Academy",
    people=PEOPLE,
    slack=SlackHome(team="T0TOY", domain="toy", leads_channel="C0LEADS", bot_user="U0TOYBOT", app="A0TOY"),
    teams=TeamsHome(tenant=_teams_id(9), bot=BOT, team="19:team@thread.tacv2", leads_channel=LEADS),
)
SLACK_MANIFEST = {
    "display_information": {"name": "Heard"},
    "features": {
        "bot_user": {"display_name": "Heard"},
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/concern", "description": "Raise a safeguarding concern"}],
        "shortcuts": [
            {"name": "Raise a concern", "type": "global", "callback_id": "start"},
            {"name": "Report as a concern", "type": "message", "callback_id": "report"},
        ],
    },
    "settings": {"interactivity": {"is_enabled": True, "message_menu_options_url": "http://slack.toy/slack/events"}},
}
ACTION = {"type": "action", "fetchTask": True}
TEAMS_MANIFEST = {
    "name": {"short": "Heard"},
    "composeExtensions": [
        {"commands": [
            {"id": "start", "title": "Raise a concern", "context": ["compose"], **ACTION},
            {"id": "report", "title": "Report as a concern", "context": ["message"], **ACTION},
        ]}
    ],
}


@dataclass(slots=True)
class ToyClock:
    """A clock that stands still; what is due when it moves is one reminder."""

    slack: SlackWorld
    teams: TeamsWorld
    at: datetime = field(default_factory=lambda: datetime(2026, 11, 24, 10, 15, tzinfo=UTC))

    def now(self) -> datetime:
        return self.at

    def seconds(self) -> float:
        return self.at.timestamp()

    async def move(self, by: timedelta) -> None:
        self.at += by
        self.slack.post(self.slack.leads, "A reminder", slack_card("Concern 26-48213 has not been accepted"))

    async def away(self, key: str, away: bool) -> None:
        person = CAST.persona(key)
        if person.teams_user:
            self.teams.set_presence(key, Presence(out_of_office="Away." if away else None))
        if person.slack_user:
            self.slack.set_status(key, ":palm_tree:" if away else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLab:
    address: str
    app: FastAPI
    slack: SlackWorld
    teams: TeamsWorld
    clock: ToyClock


@asynccontextmanager
async def page_lab(port: int = 0) -> AsyncIterator[PageLab]:
    """Everything, listening."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        to_slack, to_teams = FastAPI(), FastAPI()
        slack = SlackWorld(CAST, signing_secret="s", bot_token="xoxb-toy", events_url="http://slack.toy/slack/events",
                           manifest=SLACK_MANIFEST, http=_line_to(to_slack))
        teams = TeamsWorld(CAST, client_id=BOT, client_secret="s", messages_url="http://teams.toy/api/messages",
                           manifest=TEAMS_MANIFEST, http=_line_to(to_teams))
        to_slack.mount("/", slack_bot(slack))
        to_teams.mount("/", teams_bot(teams))
        clock = ToyClock(slack, teams)
        slack.now = teams.now = clock.seconds
        app = playground_app(cast=CAST, slack=slack, teams=teams, clock=clock)
        async with listening(app, port, door=door) as address:
            yield PageLab(address=address, app=app, slack=slack, teams=teams, clock=clock)
        await slack.aclose()
        await teams.aclose()


def _line_to(app: FastAPI) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app))
