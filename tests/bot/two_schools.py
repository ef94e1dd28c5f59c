"""Two schools in one program, each with a workspace and a tenant of its own: the sample school, and one like it.

The second has the first's people and children, under the same keys and the same ids on either platform, so that only
the tenant tells them apart. Slack and Graph have one address for all: there the token says whose workspace is meant.
"""

import asyncio
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import jwt
from fastapi import FastAPI
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.clock import Clock
from bot.demo import CLIENT_ID, SAMPLE, cast_of, free_address
from bot.playground.graph import graph_app
from bot.playground.listening import listening
from bot.playground.slack.api import slack_app
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.connector import teams_app
from bot.playground.teams.world import TeamsWorld
from bot.playground.thumbs import Thumbs
from bot.school_file import SchoolFile, read_school_file
from bot.serving import Schools, start
from bot.settings import Settings, read_settings
from bot.wiring import Program
from manifest import slack as slack_manifest
from manifest import teams as teams_manifest
from store.keys import make_key_file
from tests.bot.teams.conftest import KEYS

HERE, THERE = "kingfisher", "heron"
_OTHER = {
    'key = "kingfisher"': 'key = "heron"', "Kingfisher Academy": "Heron Primary", "T0KINGFISH": "T0HERON",
    "7d9a1c52-3b7e-4e0f-8a55-0f6f6b1d2c01": "5f0e7c1a-6d2b-4a3e-8c11-0f6f6b1d2c99",
}  # fmt: skip
BOTS = {HERE: CLIENT_ID, THERE: "1c8d2f6a-4b42-4f3d-8e46-2e2c1b5a6d02"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One school with its platforms."""

    path: Path
    file: SchoolFile
    slack: SlackWorld
    teams: TeamsWorld

    def person(self, platform: str, key: str) -> Thumbs:
        return (self.slack if platform == "slack" else self.teams).thumbs(key)

    def everything(self) -> str:
        """All that its workspace was ever asked to show, and what stands in its tenant."""
        calls = [call.text for call in self.slack.calls]
        posts = [str(p.activity) for one in self.teams.conversations.values() for p in one.messages]
        return " ".join([*calls, *posts])

    def count(self) -> int:
        return sum(len(one.messages) for one in (*self.slack.channels.values(), *self.teams.conversations.values()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Both:
    program: Program
    settings: Settings
    places: Mapping[str, Place]
    clock: Clock

    def __getitem__(self, key: str) -> Place:
        return self.places[key]


class _ByToken:
    """One address for the apps of both schools: the token says whose is meant, as Slack's and Entra's do."""

    def __init__(self, apps: Mapping[str, ASGIApp]) -> None:
        self._apps = apps

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        given = dict(scope["headers"]).get(b"authorization", b"").decode().removeprefix("Bearer ")
        found = self._apps.get(_whose(given), PlainTextResponse("", 401))
        await found(scope, receive, send)


def _whose(token: str) -> str:
    if token.startswith("xoxb-"):
        return token.removeprefix("xoxb-")
    app = jwt.decode(token, options={"verify_signature": False})["appid"]
    return next(key for key, bot in BOTS.items() if bot == app)


def write_schools(folder: Path) -> dict[str, Path]:
    """The two school files; returns their paths."""
    paths: dict[str, Path] = {}
    for key in (HERE, THERE):
        paths[key] = folder / key / "school.toml"
        paths[key].parent.mkdir(exist_ok=True)
        shutil.copy(SAMPLE.parent / "pupils.csv", paths[key].parent)
        text = SAMPLE.read_text("utf-8")
        for old, new in _OTHER.items() if key == THERE else ():
            assert old in text
            text = text.replace(old, new)
        paths[key].write_text(text, "utf-8")
    return paths


def write_tenants(folder: Path, files: Mapping[str, SchoolFile], address: str) -> Path:
    """The technician's file with the secrets beside it; each school has an app and a bot of its own."""
    lines: list[str] = []
    for key, file in files.items():
        tenants = dict(file.school.tenants)
        for name, secret in (("token", f"xoxb-{key}"), ("signing", f"sign-{key}"), ("bot", f"secret-{key}")):
            keep(folder / f"{key}.{name}", secret)
        lines += [
            "[[slack]]", f'team = "{tenants["slack"]}"', f'bot_token_file = "{key}.token"',
            f'signing_secret_file = "{key}.signing"',
            "[[teams]]", f'tenant = "{tenants["teams"]}"', f'client_id = "{BOTS[key]}"',
            f'client_secret_file = "{key}.bot"',
            f'token_url = "{address}/{key}/teams/{tenants["teams"]}/oauth2/v2.0/token"',
        ]  # fmt: skip
    return keep(folder / "tenants.toml", "\n".join(lines))


def keep(path: Path, text: str) -> Path:
    """Write it for its owner alone."""
    path.write_text(text + "\n", "utf-8")
    path.chmod(0o600)
    return path


def _worlds(key: str, file: SchoolFile, *, door: str, address: str, clock: Clock) -> tuple[SlackWorld, TeamsWorld]:
    cast = cast_of(file)
    slack = SlackWorld(
        cast, signing_secret=f"sign-{key}", bot_token=f"xoxb-{key}", events_url=f"{door}/slack/events",
        service_url=f"{address}/slack", manifest=slack_manifest.manifest(door), now=lambda: clock().timestamp(),
    )  # fmt: skip
    teams = TeamsWorld(
        cast, client_id=BOTS[key], client_secret=f"secret-{key}", messages_url=f"{door}/api/messages",
        service_url=f"{address}/{key}/teams", now=lambda: clock().timestamp(),
        manifest=teams_manifest.manifest(client_id=BOTS[key], domain="heard.example.school"),
    )  # fmt: skip
    teams.keys = KEYS  # the Bot Connector is Microsoft's, and signs for every tenant with the same keys
    return slack, teams


def _platforms(places: Mapping[str, Place]) -> FastAPI:
    app = FastAPI()
    app.mount("/slack", _ByToken({key: slack_app(one.slack) for key, one in places.items()}))
    app.mount("/graph", _ByToken({key: graph_app(one.teams) for key, one in places.items()}))
    for key, one in places.items():
        app.mount(f"/{key}/teams", teams_app(one.teams))
    return app


@asynccontextmanager
async def both_schools(folder: Path, database: str, clock: Clock, **given: object) -> AsyncIterator[Both]:
    """The program with both schools, as `serve` starts it, on that database."""
    address, door = free_address(0), free_address(0)
    if not (folder / "heard.key").exists():  # a second start finds what the first left
        make_key_file(folder / "heard.key")
    paths = write_schools(folder)
    files = {key: read_school_file(path) for key, path in paths.items()}
    settings = read_settings(
        environment="development", database_url=database, key_file=folder / "heard.key",
        tenants_file=write_tenants(folder, files, address), slack_api_url=f"{address}/slack/api/",
        graph_url=f"{address}/graph/v1.0",
        teams_openid_metadata_url=f"{address}/{HERE}/teams/v1/.well-known/openidconfiguration",
        teams_service_url_hosts="127.0.0.1", **given,
    )  # fmt: skip
    program = await start(settings, Schools(paths=list(paths.values())), clock=clock)
    places: dict[str, Place] = {}
    for key, file in files.items():
        slack, teams = _worlds(key, file, door=door, address=address, clock=clock)
        places[key] = Place(path=paths[key], file=file, slack=slack, teams=teams)
    async with AsyncExitStack() as closing:
        closing.push_async_callback(program.close)
        for one in places.values():
            closing.push_async_callback(one.slack.aclose)
            closing.push_async_callback(one.teams.aclose)
        await closing.enter_async_context(listening(_platforms(places), int(address.rsplit(":", 1)[1])))
        await closing.enter_async_context(listening(program.app, int(door.rsplit(":", 1)[1])))
        await program.start()
        program.worker.start()
        await asyncio.gather(*(one.teams.install() for one in places.values()))
        yield Both(program=program, settings=settings, places=places, clock=clock)
