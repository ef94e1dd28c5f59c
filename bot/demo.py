"""The demo: the program and the playground side by side in one process, with a sample school.

They speak to one another over HTTP alone, as the program and the platforms do. The journeys of the tests stand
on the same stage.
"""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot.clock import Clock
from bot.playground.cast import Cast, Persona, SlackHome, TeamsHome
from bot.playground.graph import GraphWorld, graph_app
from bot.playground.server import playground_app
from bot.playground.slack.api import slack_app
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.connector import teams_app
from bot.playground.teams.world import TeamsWorld
from bot.school_file import SchoolFile, read_school_file
from bot.settings import Environment, Settings, read_settings
from bot.wiring import Program, assemble
from handlers.rules.people import LEADS, Person, Role
from manifest import slack as slack_manifest
from manifest import teams as teams_manifest
from store.keys import make_key_file

SAMPLE = Path(__file__).parent / "playground" / "sample" / "school.toml"
CLIENT_ID = "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"
ROLES = {
    Role.STAFF: "Teacher",
    Role.LEAD: "Safeguarding lead",
    Role.DEPUTY: "Deputy safeguarding lead",
    Role.HEAD: "Head",
    Role.CHAIR: "Chair of governors",
    Role.TECHNICIAN: "School technician",
    Role.PUPIL: "Pupil",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Everything that stands: for the page, and for a test to look behind it."""

    address: str
    cast: Cast
    slack: SlackWorld
    teams: TeamsWorld
    graph: GraphWorld
    program: Program
    settings: Settings
    clock: Clock


def cast_of(file: SchoolFile) -> Cast:
    """The people of a school file as the playground knows them."""
    people = [_persona(file, person) for person, _ in file.people]
    slack = next(p for p in file.school.leads_places if p.platform == "slack")
    teams = next(p for p in file.school.leads_places if p.platform == "teams")
    return Cast(
        school=file.school.name,
        people=tuple(people),
        slack=SlackHome(team=slack.tenant, domain="kingfisher", leads_channel=slack.id),
        teams=TeamsHome(tenant=teams.tenant, bot=CLIENT_ID, team=teams.team, leads_channel=teams.id),
    )


def _persona(file: SchoolFile, person: Person) -> Persona:
    accounts = {a.platform: a.user for listed, found in file.people if listed.id == person.id for a in found}
    pupil = person.role is Role.PUPIL
    name = f"A pupil ({next(iter(accounts), 'nowhere')})" if pupil else person.name
    key = f"pupil-{next(iter(accounts), 'nowhere')}" if pupil else person.name.split()[0].casefold()
    return Persona(
        key=key,
        name=name,
        role=ROLES[person.role],
        email=person.mail or f"{key}@kingfisher.example",
        slack_user=accounts.get("slack"),
        teams_user=accounts.get("teams"),
        lead=person.role in LEADS,
        kind="pupil" if pupil else "staff",
    )


def demo_settings(folder: Path, *, address: str, **more: object) -> Settings:
    """Settings for a program whose platforms are the playground at that address."""
    return read_settings(
        environment=Environment.DEVELOPMENT,
        database_url=more.pop("database_url", f"sqlite+aiosqlite:///{folder / 'heard.db'}"),
        key_file=folder / "heard.key",
        slack_signing_secret=secrets.token_hex(16),
        slack_bot_token=f"xoxb-{secrets.token_hex(16)}",
        slack_api_url=f"{address}/slack/api/",
        teams_client_id=CLIENT_ID,
        teams_client_secret=secrets.token_hex(16),
        teams_tenant_id=more.pop("teams_tenant_id"),
        teams_openid_metadata_url=f"{address}/teams/v1/.well-known/openidconfiguration",
        teams_token_url=f"{address}/teams/token",
        teams_service_url_hosts="127.0.0.1",
        graph_url=f"{address}/graph/v1.0",
        **more,
    )
