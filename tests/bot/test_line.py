"""The line that a request comes in on, by raw bytes over a real socket: what is not HTTP is answered once."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from fastapi import APIRouter, FastAPI, Request

from bot.intake import TurnedAway, read_body
from bot.line import SAFE, Line
from bot.meters import Meters
from bot.playground.listening import free_port
from bot.web import web_app

CHUNKED = b"POST /events HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n"
TWO_LENGTHS = b"POST /events HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
WHOLE = b"POST /events HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\n{}"


class Hurried(Line):
    arrives = 0.2


async def _ready() -> dict[str, bool]:
    return {"database": True}


def _app() -> FastAPI:
    router = APIRouter()

    async def events(request: Request) -> int:
        try:
            return len(await read_body(request, door="slack"))
        except TurnedAway as refusal:
            return -refusal.status

    async def falls() -> None:
        raise RuntimeError("what a child said")

    router.add_api_route("/events", events, methods=["POST"])
    router.add_api_route("/falls", falls)
    return web_app([router], ready=_ready, meters=Meters())


@asynccontextmanager
async def served(protocol: type[Line] = Line) -> AsyncGenerator[int, None]:
    port = free_port()
    config = uvicorn.Config(_app(), host="127.0.0.1", port=port, http=protocol, lifespan="off", log_config=None)
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 (uvicorn has no event to wait for)
        await asyncio.sleep(0.01)
    yield port
    server.should_exit = True
    await serving


async def said(port: int, *sent: bytes) -> bytes:
    """What comes back until the other end closes; the line is never closed from here."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for some in sent:
        writer.write(some)
        await writer.drain()
        await asyncio.sleep(0.05)
    async with asyncio.timeout(30):
        answer = await reader.read()
    writer.close()
    return answer


SLOW = {
    "not a byte": [],
    "half a head": [b"POST /events HTTP/1.1\r\nHost: he"],
    "a head and no body": [b"POST /events HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n"],
    "a body that drips": [b"POST /events HTTP/1.1\r\nHost: here\r\nContent-Length: 9\r\n\r\n", b"{", b"}"],
    "a second request that drips": [WHOLE, b"POST /ev"],
    "a chunk that never ends": [CHUNKED, b"5\r\nab"],
}


@pytest.mark.parametrize("sent", SLOW.values(), ids=SLOW)
async def test_a_slow_line_is_cut_and_says_so(sent: list[bytes]):
    async with served(Hurried) as port:
        answer = await said(port, *sent)
    assert answer.endswith(b"Too slow.")
    assert b"HTTP/1.1 408" in answer


async def test_a_line_that_is_kept_open_between_requests_is_not_slow():
    async with served(Hurried) as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(2):
            writer.write(WHOLE)
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200")
            assert await reader.readexactly(1) == b"2"
            await asyncio.sleep(0.4)  # longer than a request may take to come
        writer.close()


BAD = {
    "a chunk of no size": b"zz\r\nhello\r\n",
    "a chunk longer than it says": b"2\r\nhello\r\n",
    "a negative chunk": b"-1\r\n\r\n",
    "bytes": b"\xff\xfe\x00\r\n",
}


@pytest.mark.parametrize("chunk", BAD.values(), ids=BAD)
async def test_malformed_chunks_are_a_400_and_no_error(chunk: bytes, caplog: pytest.LogCaptureFixture):
    async with served() as port:
        answer = await said(port, CHUNKED, chunk)
    assert answer.count(b"HTTP/1.1") == 1
    assert answer.startswith(b"HTTP/1.1 400")
    assert [one for one in caplog.records if one.levelno >= logging.ERROR] == []


async def test_a_length_said_in_two_ways_is_refused_and_the_line_closed():
    async with served() as port:
        answer = await said(port, TWO_LENGTHS + b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 400")
    assert answer.count(b"HTTP/1.1") == 1
    assert b"alive" not in answer


REQUESTS = {
    "found": b"GET /healthz HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    "not found": b"GET /nowhere HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    "not allowed": b"TRACE /events HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    "fell": b"GET /falls HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n",
    "no HTTP": b"hello\r\n\r\n",
    "two lengths": TWO_LENGTHS,
}


@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
async def test_every_answer_is_marked_safe(request_: bytes):
    async with served() as port:
        head = (await said(port, request_)).partition(b"\r\n\r\n")[0].decode("ascii").lower()
    for name, value in SAFE.items():
        assert head.count(f"{name}: {value}".lower()) == 1
