"""The chat platforms in this process, the program in another: one that can be killed, frozen, stopped and started.

They speak over HTTP alone. What the platforms were asked, and when, is kept: it says whether a card had arrived
before the program died.
"""

import asyncio
import os
import secrets
import signal
import subprocess
import sys
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path

import asyncpg
import httpx
from fastapi import FastAPI
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.demo import CLIENT_ID, SAMPLE, cast_of, free_address
from bot.playground.graph import graph_app
from bot.playground.listening import listening, loopback_client
from bot.playground.slack.api import slack_app
from bot.playground.slack.world import SlackWorld
from bot.playground.teams.connector import teams_app
from bot.playground.teams.world import TeamsWorld
from bot.playground.thumbs import Thumbs
from bot.school_file import SchoolFile, read_school_file
from manifest import slack as slack_manifest
from manifest import teams as teams_manifest
from store import engine
from store.keys import make_key_file
from store.outbox import LEASE_MS
from tests.bot.figures import read
from tests.commands import Nursery
from tests.faults.points import DATABASE_MAY_TAKE
from tests.journeys.gestures import PATIENT, until

ROOT = Path(__file__).parents[2]
LOOK_UP = os.environ.get("HEARD_LOOK_UP", "1") == "1"
"""Whether the workspace has granted the scope by which a card is looked up; `0`: it has not."""
SOAK = float(os.environ.get("HEARD_SOAK_SECONDS", "0"))
"""Seconds for which the program is killed on each engine; 0: a few times only, for the everyday run."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One request to a platform."""

    at: float
    method: str
    path: str
    status: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """A process of the program."""

    pid: int
    _code: Callable[[], int | None]

    @property
    def code(self) -> int | None:
        """What it ended with (negative: the signal); None while it runs."""
        return self._code()

    def signal(self, number: signal.Signals) -> None:
        """Nothing where it has just ended by itself."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    async def ended(self, *, within: float) -> int:
        await until(lambda: self.code is not None, "the process to end", within=within)
        return self.code or 0


@dataclass(slots=True, kw_only=True)
class Outside:
    """Everything on this side of the line, and the program on the other."""

    folder: Path
    door: str
    file: SchoolFile
    slack: SlackWorld
    teams: TeamsWorld
    environment: dict[str, str]
    nursery: Nursery
    asked: list[Asked] = field(default_factory=list[Asked])
    kills: int = 0
    """How often the program died without a word."""
    after_a_post: Callable[[], Awaitable[None]] | None = None
    """Called once, when a platform has taken a new message and has not said so yet."""
    ahead: float = 0.0
    """Seconds by which the platforms' clocks are ahead of this machine's, as their answers say."""
    _running: list[Running] = field(default_factory=list[Running])
    _http: httpx.AsyncClient = field(default_factory=lambda: loopback_client(timeout=PATIENT))

    @property
    def log(self) -> Path:
        """What the program says."""
        return self.folder / "program.log"

    def person(self, key: str) -> Thumbs:
        """On the platform that they use."""
        persona = next(one for one in self.slack.cast.people if one.key == key)
        return self.slack.thumbs(key) if persona.slack_user else self.teams.thumbs(key)

    async def start(self, *arguments: str, log: Path | None = None, **environment: str) -> Running:
        """The program under those arguments, from the nursery; `environment` differs from what is usual."""
        given = {**self.environment, **environment}
        pid = await self.nursery.start([*arguments, "--school", str(SAMPLE)], given, log=log or self.log)
        return self._kept(Running(pid=pid, _code=lambda: self.nursery.code(pid)))

    async def start_afresh(self, *arguments: str) -> Running:
        """The program as anybody starts it: `python -m bot`."""
        with self.log.open("ab") as log:
            process = subprocess.Popen(  # noqa: ASYNC220 (it only begins here; nothing waits for it)
                [sys.executable, "-m", "bot", *arguments, "--school", str(SAMPLE)],
                cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )
        return self._kept(Running(pid=process.pid, _code=process.poll))

    async def serve(self) -> Running:
        """Serving, and ready for everybody."""
        running = await self.start("serve")
        await self.ready(running)
        return running

    async def ready(self, running: Running | None = None, *, within: float = PATIENT) -> None:
        limit = time.monotonic() + within
        while not await self.is_ready():
            assert running is None or running.code is None, f"it ended with {running.code}: {self.log.read_text()}"
            assert time.monotonic() < limit, f"not ready within {within} s"
            await asyncio.sleep(0.02)

    async def is_ready(self) -> bool:
        try:
            return (await self._http.get(f"{self.door}/readyz")).status_code == 200
        except httpx.HTTPError:
            return False

    async def kill(self, running: Running) -> None:
        """End it as a power cut would."""
        running.signal(signal.SIGKILL)
        await running.ended(within=PATIENT)
        self.kills += 1

    async def end(self, running: Running) -> int:
        """Ask it to end, as whoever keeps it running would; its code."""
        running.signal(signal.SIGTERM)
        return await running.ended(within=PATIENT)

    async def waiting(self) -> int:
        """How many notices are still to be delivered; that none is set aside is taken for granted."""
        figures = await self.figures()
        assert figures["heard_outbox_stuck"] == 0, "a notice was set aside"
        return int(figures["heard_outbox_waiting"])

    async def figures(self) -> dict[str, float]:
        """Each by its name; there is one school, so whose it is need not be said."""
        answer = await self.asks("/metrics", Authorization=f"Bearer {self.environment['METRICS_TOKEN']}")
        assert answer.status_code == 200, answer.text
        school = f'{{school="{self.file.school.id}"}}'
        return read(answer.text.replace(school, ""))

    async def sends(self, path: str, body: bytes) -> int:
        """What a stranger sends to a door; the status that they get."""
        return (await self._http.post(f"{self.door}{path}", content=body)).status_code

    async def asks(self, path: str, **headers: str) -> httpx.Response:
        """What whoever keeps the program asks of it over HTTP."""
        return await self._http.get(f"{self.door}{path}", headers=headers)

    def kept_meanwhile(self) -> list[Path]:
        """What waits in the spool."""
        spool = self.folder / "heard.spool"
        return list(spool.iterdir()) if spool.is_dir() else []

    async def quiet(self, *, within: float = PATIENT) -> None:
        """Until everything that was kept meanwhile is in the record, and everything that was to be sent has been."""
        limit = time.monotonic() + within
        while kept := self.kept_meanwhile():
            assert time.monotonic() < limit, f"{len(kept)} still wait in the spool after {within} s"
            await asyncio.sleep(0.05)
        while left := await self.waiting():
            assert time.monotonic() < limit, f"{left} notices are still in the outbox after {within} s"
            await asyncio.sleep(0.05)

    async def half_a_minute_passes(self) -> None:
        """Whatever a process had in hand on PostgreSQL is due again: as much time as a lease takes."""
        url = self.environment["DATABASE_URL"]
        if url.startswith("postgresql"):
            database = await asyncpg.connect(url.replace("+asyncpg", ""))
            later = "UPDATE outbox SET leased_until_ms = leased_until_ms - $1 WHERE state = 'taken'"
            for _ in range(10):
                # It has several rows at once, in no order: PostgreSQL may end it in favour of the program.
                with suppress(asyncpg.DeadlockDetectedError):
                    await database.execute(later, LEASE_MS)
                    break
            await database.close()

    async def close(self) -> None:
        for running in self._running:
            if running.code is None:
                running.signal(signal.SIGKILL)
                await running.ended(within=PATIENT)
        await self._http.aclose()
        await self.slack.aclose()
        await self.teams.aclose()

    def _kept(self, running: Running) -> Running:
        self._running.append(running)
        return running


@asynccontextmanager
async def outside(
    folder: Path, database: str, nursery: Nursery, *, look_up: bool = LOOK_UP
) -> AsyncGenerator[Outside]:
    """The platforms, listening. The program is not started yet; `install` tells it of its installation."""
    make_key_file(folder / "heard.key")
    address, door = free_address(0), free_address(0)
    file = read_school_file(SAMPLE)
    environment = _environment(folder, file, database, address=address, door=door)
    slack, teams = _worlds(file, environment, address=address, door=door, look_up=look_up)
    here = Outside(
        folder=folder, door=door, file=file, slack=slack, teams=teams, environment=environment, nursery=nursery
    )
    async with listening(_platforms(here), int(address.rsplit(":", 1)[1]), dated=False):
        try:
            yield here
        finally:
            await here.close()


def _environment(folder: Path, file: SchoolFile, database: str, *, address: str, door: str) -> dict[str, str]:
    tenant = next(place.tenant for place in file.school.leads_places if place.platform == "teams")
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "HOME", "TMPDIR") if name in os.environ}
    return kept | {
        "ENVIRONMENT": "development",
        DATABASE_MAY_TAKE: str(engine.DEADLINE),  # as here: the program's own where a test asks for `in_earnest`
        "COMMANDS_A_MINUTE": "0",  # a few people do the work of a crowd
        "PORT": door.rsplit(":", 1)[1],
        "DATABASE_URL": database,
        "KEY_FILE": str(folder / "heard.key"),
        "METRICS_TOKEN": secrets.token_hex(16),
        "SLACK_SIGNING_SECRET": secrets.token_hex(16),
        "SLACK_BOT_TOKEN": f"xoxb-{secrets.token_hex(16)}",
        "SLACK_API_URL": f"{address}/slack/api/",
        "TEAMS_CLIENT_ID": CLIENT_ID,
        "TEAMS_CLIENT_SECRET": secrets.token_hex(16),
        "TEAMS_TENANT_ID": tenant,
        "TEAMS_OPENID_METADATA_URL": f"{address}/teams/v1/.well-known/openidconfiguration",
        "TEAMS_TOKEN_URL": f"{address}/teams/{tenant}/oauth2/v2.0/token",
        "TEAMS_SERVICE_URL_HOSTS": "127.0.0.1",
        "GRAPH_URL": f"{address}/graph/v1.0",
    }


def _worlds(
    file: SchoolFile, environment: Mapping[str, str], *, address: str, door: str, look_up: bool
) -> tuple[SlackWorld, TeamsWorld]:
    slack = SlackWorld(
        cast_of(file),
        signing_secret=environment["SLACK_SIGNING_SECRET"],
        bot_token=environment["SLACK_BOT_TOKEN"],
        events_url=f"{door}/slack/events",
        service_url=f"{address}/slack",
        manifest=slack_manifest.manifest(door, look_up=look_up),
    )
    teams = TeamsWorld(
        slack.cast,
        client_id=CLIENT_ID,
        client_secret=environment["TEAMS_CLIENT_SECRET"],
        messages_url=f"{door}/api/messages",
        service_url=f"{address}/teams",
        manifest=teams_manifest.manifest(client_id=CLIENT_ID, domain="heard.example.school", look_up=look_up),
    )
    return slack, teams


def _platforms(here: Outside) -> FastAPI:
    app = FastAPI()
    app.add_middleware(_Noted, here=here)
    app.mount("/slack", slack_app(here.slack))
    app.mount("/teams", teams_app(here.teams))
    app.mount("/graph", graph_app(here.teams))
    return app


class _Noted:
    """Notes each request with its answer; after a post, what was ordered happens before the answer leaves."""

    def __init__(self, app: ASGIApp, here: Outside) -> None:
        self._app = app
        self._here = here

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        began = time.monotonic()

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                here, method, path = self._here, scope["method"], scope["path"]
                here.asked.append(Asked(at=began, method=method, path=path, status=message["status"]))
                message["headers"].append((b"date", formatdate(time.time() + here.ahead, usegmt=True).encode()))
                posted = path.endswith("/chat.postMessage") or (method == "POST" and path.endswith("/activities"))
                if posted and message["status"] < 300 and here.after_a_post is not None:
                    then, here.after_a_post = here.after_a_post, None
                    await then()
            await send(message)

        try:
            await self._app(scope, receive, answer)
        except ClientDisconnect:
            return  # it died as it was asking
