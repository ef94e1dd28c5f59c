"""The line that a request comes in on: HTTP as uvicorn reads it, with a clock and without surprises.

uvicorn waits for ever for the rest of a request; here a line that is slow is cut. What is not HTTP is answered once,
and nothing that the program says afterwards trips over it.
"""

import asyncio
from typing import cast

import h11
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

MOST_LINES = 1000
"""Lines that are open at once; more are answered 503. Slack and the Bot Connector keep a few dozen."""

SAFE = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}
"""On every answer: it is kept nowhere, shown as nothing but what it says it is, and framed by nobody."""


class Line(H11Protocol):
    """One connection. A request that has not come whole after `arrives` seconds is cut off."""

    arrives = 10.0
    """Seconds from the first byte (of the first request: from the connection) to the last. Both platforms send at
    once; a phone is never at the other end."""

    _clock: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:
        super().connection_made(transport)
        self._start()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        if self.transport.is_closing() or self._has_come():
            self._stop()
        else:
            self._start()

    def send_400_response(self, msg: str) -> None:
        """What came is not HTTP. Where an answer has begun already the line is closed and no more is said."""
        self._cut(400, msg)

    def _has_come(self) -> bool:
        """Whether nothing of a request is outstanding: it is here whole, or none has begun."""
        if self.conn.their_state is h11.IDLE:
            return not self.conn.trailing_data[0]
        return self.conn.their_state is not h11.SEND_BODY

    def _start(self) -> None:
        if self._clock is None:
            self._clock = self.loop.call_later(self.arrives, self._cut, 408, "Too slow.")

    def _stop(self) -> None:
        if self._clock is not None:
            self._clock.cancel()
            self._clock = None

    def _cut(self, status: int, words: str) -> None:
        self._stop()
        self._nobody_listens()
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            self._say(status, words)
        self.transport.close()

    def _nobody_listens(self) -> None:
        """What the application has to say to this request goes nowhere from here on."""
        cycle = cast(RequestResponseCycle | None, self.cycle)  # before the first request there is none
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()

    def _say(self, status: int, words: str) -> None:
        headers = {**SAFE, "content-type": "text/plain; charset=utf-8", "content-length": f"{len(words)}",
                   "connection": "close"}  # fmt: skip
        raw = [(name.encode(), value.encode()) for name, value in headers.items()]
        for event in (h11.Response(status_code=status, headers=raw), h11.Data(data=words.encode()), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")


class Careful:
    """Around the application: refuses what says its length in two ways, and marks every answer as safe.

    Two lengths are how one request is smuggled inside another past a proxy (RFC 9112, section 6.3).
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SAFE.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if "content-length" in headers and "transfer-encoding" in headers:
            await _refuse(safely)
        else:
            await self._app(scope, receive, safely)


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 400, "headers": headers})
    await send({"type": "http.response.body", "body": b"refused\n"})
