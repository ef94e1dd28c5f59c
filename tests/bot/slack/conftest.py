"""A door with a desk of our own behind it, a Web API on loopback, and requests signed as Slack signs them."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any
from urllib.parse import urlencode

import aiohttp
import httpx
import pytest
from fastapi import FastAPI

from bot.slack.app import SlackDoor, Workspace, web_client
from handlers.conversation import Inbound, Reply, Tell, Who
from handlers.ui import plain
from tests.bot.slack import api as web_api
from tests.bot.slack.api import Api

SECRET, OLD_SECRET = "8f742231b10e8888abcd99yyyzzz85a5", "11112222333344445555666677778888"
NOW = 1_780_000_000.0
FORM = "application/x-www-form-urlencoded"


class TestDesk:
    """Keeps what it hears and answers what a test wants."""

    __test__ = False

    def __init__(self) -> None:
        self.heard: list[Inbound] = []
        self.guests = 0
        self.away: list[str] = []
        self.reply: Reply | Callable[[Inbound], Reply] = Tell(plain.say("Heard."))
        self.broken = False

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        self.guests += guest
        self.heard.append(inbound)
        if self.broken:
            raise RuntimeError("CANARY-BUG " + repr(inbound))
        return self.reply(inbound) if callable(self.reply) else self.reply

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        self.away.append(why)


class Clock:
    def __init__(self) -> None:
        self.seconds = NOW

    def __call__(self) -> float:
        return self.seconds


def sign(raw: bytes, *, at: float = NOW, secret: str = SECRET) -> dict[str, str]:
    """The two headers, computed here and not with any SDK."""
    stamp = str(int(at))
    base = b"v0:" + stamp.encode() + b":" + raw
    digest = hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


class Caller:
    """Slack's side of the endpoint."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def raw(self, body: bytes, headers: Mapping[str, str] | None = None, kind: str = FORM) -> httpx.Response:
        sent = {"content-type": kind, **(sign(body) if headers is None else headers)}
        return await self.http.post("/slack/events", content=body, headers=sent)

    async def command(self, text: str = "", **more: str) -> httpx.Response:
        fields = {"command": "/concern", "text": text, "team_id": "T0KINGFISH", "user_id": "U0TESS0001",
                  "trigger_id": "1.2.abc", "channel_id": "C0STAFF001", **more}
        return await self.raw(urlencode(fields).encode())

    async def interact(self, payload: Mapping[str, Any]) -> httpx.Response:
        return await self.raw(urlencode({"payload": json.dumps(payload)}).encode())

    async def event(self, body: Mapping[str, Any]) -> httpx.Response:
        return await self.raw(json.dumps(body).encode(), kind="application/json")


@pytest.fixture
def desk() -> TestDesk:
    return TestDesk()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def api() -> AsyncIterator[Api]:
    async with web_api.running() as running:
        yield running


@pytest.fixture
async def client(api: Api):
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as session:
        yield web_client("xoxb-test", api.base_url, session)


@pytest.fixture
async def slack(desk: TestDesk, clock: Clock, client) -> AsyncIterator[Caller]:
    door = SlackDoor(desk=desk, workspaces=[Workspace(client=client, secrets=[SECRET, OLD_SECRET])], now=clock)
    app = FastAPI()
    app.include_router(door.router)
    transport = httpx.ASGITransport(app=app)
    async with httpx.AsyncClient(transport=transport, base_url="http://heard.test") as http:
        yield Caller(http)
    await door.close()
