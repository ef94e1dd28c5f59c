"""A door with a desk of our own behind it, the local Teams and Graph before it, all over real HTTP on loopback."""

import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.playground.cast import Cast, Persona, SlackHome, TeamsHome
from bot.playground.graph import graph_app
from bot.playground.listening import free_port, listening, loopback_client
from bot.playground.teams.connector import teams_app
from bot.playground.teams.keys import Keys
from bot.playground.teams.world import TeamsWorld
from bot.teams.app import Bot, TeamsDoor
from bot.teams.connector import Connector
from bot.teams.courier import TeamsCourier
from bot.teams.directory import GraphDirectory
from bot.teams.hosts import ServiceHosts
from bot.teams.tokens import Tokens
from handlers.conversation import Inbound, Reply, Tell, Who
from handlers.platform_ports import Place, PlaceKind
from handlers.ui import plain
from manifest import teams as teams_manifest

CLIENT_ID = "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"
SECRET = "an-invented-secret"  # noqa: S105 (invented)
TENANT = "7d9a1c52-3b7e-4e0f-8a55-0f6f6b1d2c01"
TEAM, LEADS = "19:heronteam01@thread.tacv2", "19:heronleads02@thread.tacv2"


def aad(number: int) -> str:
    return f"a1f0c9d2-0001-4c5e-9b1a-{number:012d}"


def _persona(key: str, number: int, **more: Any) -> Persona:
    return Persona(key=key, name=f"{key.title()} Example", role="Teacher", email=f"{key}@heron.example",
                   teams_user=aad(number), **more)


CAST = Cast(
    school="Heron Primary",
    people=(
        _persona("lee", 1, lead=True),
        _persona("priya", 2, lead=True),
        _persona("tess", 6),
        _persona("pupil", 9, kind="pupil"),
        _persona("gus", 12, kind="guest"),
        _persona("stranger", 13),
    ),
    slack=SlackHome(team="T0SCHOOL", domain="heron", leads_channel="C0LEADS"),
    teams=TeamsHome(tenant=TENANT, bot=CLIENT_ID, team=TEAM, leads_channel=LEADS),
)
LEADS_PLACE = Place(platform="teams", tenant=TENANT, kind=PlaceKind.CHANNEL, id=LEADS, team=TEAM)
TESS_PLACE = Place(platform="teams", tenant=TENANT, kind=PlaceKind.PERSON, id=aad(6))


KEYS = Keys()
"""One pair for all tests: making one takes a while."""


class TestDesk:
    """Keeps what it hears and answers what a test wants."""

    __test__ = False

    def __init__(self) -> None:
        self.heard: list[Inbound] = []
        self.guests = 0
        self.away: list[tuple[str, Who | None]] = []
        self.reply: Reply | Callable[[Inbound], Reply] = Tell(plain.say("Heard."))

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        self.guests += guest
        self.heard.append(inbound)
        return self.reply(inbound) if callable(self.reply) else self.reply

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        self.away.append((why, who))

    @property
    def reasons(self) -> list[str]:
        return [why for why, _ in self.away]


class Kept:
    """Addresses in memory."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.broken = False

    async def remember(self, key: str, value: str) -> None:
        if self.broken:
            raise RuntimeError("CANARY the store is away")
        self.values[key] = value

    async def recall(self, key: str) -> str | None:
        return self.values.get(key)


@dataclass
class Clock:
    """Real time, plus what a test moves it on by."""

    ahead: float = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@dataclass(kw_only=True)
class Stage:
    """Everything that stands."""

    world: TeamsWorld
    door: TeamsDoor
    courier: TeamsCourier
    connector: Connector
    directory: GraphDirectory
    tokens: Tokens
    http: httpx.AsyncClient
    kept: Kept
    clock: Clock
    allowed: set[str] = field(default_factory=lambda: {aad(1), aad(2)})
    fetched: list[str] = field(default_factory=list)
    """Paths asked of the platform, in order."""

    def activity(self, **more: Any) -> dict[str, Any]:
        """A typed message of Tess's, as Teams sends it."""
        from bot.playground.teams import activities

        chat = self.world.personal_chat(aad(6))
        base = activities.envelope(self.world, CAST.persona("tess"), chat)
        return {**activities.message(base, "help"), **more}

    def invoke(self, name: str, value: Any, **more: Any) -> dict[str, Any]:
        return self.activity(type="invoke", name=name, value=value, **more)

    def claims(self, **more: Any) -> dict[str, Any]:
        now = int(time.time())
        good = {"iss": "https://api.botframework.com", "aud": CLIENT_ID, "serviceurl": self.world.service_url,
                "nbf": now, "exp": now + 3600}
        return {name: value for name, value in {**good, **more}.items() if value is not None}

    async def send(self, activity: Any, token: str | None = "", **claims: Any) -> httpx.Response:
        """Hand it to the door, with a good token unless told otherwise. `token=None`: no header."""
        if token == "":
            token = self.world.keys.sign(self.claims(**claims))
        headers = {} if token is None else {"authorization": f"Bearer {token}"}
        content = activity if isinstance(activity, bytes) else json.dumps(activity).encode()
        headers["content-type"] = "application/json"
        return await self.http.post(self.world.messages_url, content=content, headers=headers)


@asynccontextmanager
async def on_stage(
    desk: Any, *, kept: Kept | None = None, tenants: frozenset[str] = frozenset({TENANT})
) -> AsyncIterator[Stage]:
    ports = free_port(), free_port()
    platform, program = (f"http://127.0.0.1:{port}" for port in ports)
    world = _world(platform, program)
    kept, clock = kept or Kept(), Clock()
    async with loopback_client() as http:
        tokens = Tokens(http, url=f"{platform}/teams/{TENANT}/oauth2/v2.0/token", client_id=CLIENT_ID,
                        client_secret=SECRET, now=clock)
        hosts = ServiceHosts(hosts=frozenset({"127.0.0.1"}), loopback=True)
        connector = Connector(http=http, tokens=tokens, hosts=hosts, client_id=CLIENT_ID)

        async def allowed(_: Place) -> frozenset[str]:
            return frozenset(stage.allowed)

        courier = TeamsCourier(connector=connector, addresses=lambda _: kept, allowed=allowed, clock=clock)
        door = TeamsDoor(
            desk=desk, bots=[Bot(client_id=CLIENT_ID, tenants=tenants, courier=courier)],
            service_hosts=frozenset({"127.0.0.1"}), http=http, addresses=lambda _: kept, now=clock, loopback=True,
            openid_metadata_url=f"{platform}/teams/v1/.well-known/openidconfiguration",
        )
        directory = GraphDirectory(courier=courier, tokens=tokens, graph_url=f"{platform}/graph/v1.0", tenant=TENANT)
        stage = Stage(world=world, door=door, courier=courier, connector=connector, directory=directory,
                      tokens=tokens, http=http, kept=kept, clock=clock)
        async with listening(_platform(stage), ports[0]), listening(_program(door), ports[1]):
            yield stage
        await directory.close()
        await door.close()
        await world.aclose()


def _world(platform: str, program: str) -> TeamsWorld:
    world = TeamsWorld(
        CAST, client_id=CLIENT_ID, client_secret=SECRET, messages_url=f"{program}/api/messages",
        service_url=f"{platform}/teams",
        manifest=teams_manifest.manifest(client_id=CLIENT_ID, domain="heard.example"),
    )
    world.keys = KEYS
    return world


def _platform(stage: Stage) -> Any:
    app = FastAPI()
    app.mount("/teams", teams_app(stage.world))
    app.mount("/graph", graph_app(stage.world))

    async def counted(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            stage.fetched.append(scope["path"])
        await app(scope, receive, send)

    return counted


def _program(door: TeamsDoor) -> FastAPI:
    app = FastAPI()
    app.include_router(door.router)
    return app


@pytest.fixture
def desk() -> TestDesk:
    return TestDesk()


@pytest.fixture
async def stage(desk: TestDesk) -> AsyncIterator[Stage]:
    async with on_stage(desk) as stage:
        yield stage
