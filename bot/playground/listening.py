"""An application served on loopback inside this process, beside others.

No signal is taken: whoever starts it stops it.
"""

import asyncio
import socket
import ssl
from collections.abc import AsyncGenerator, Generator, Sequence
from contextlib import asynccontextmanager, contextmanager, suppress

import httpx
import uvicorn
from starlette.types import ASGIApp

_taken_in_turn: list[int] = []
_A_MOMENT = 0.002
"""Seconds between two looks whether all lines are cut."""


def loopback_client(*, timeout: float = 5.0) -> httpx.AsyncClient:
    """A client for this machine alone, without proxy and redirects. It trusts no certificate: reading those that the
    system trusts takes 30 ms, and nothing here speaks TLS."""
    nobody = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return httpx.AsyncClient(follow_redirects=False, trust_env=False, timeout=timeout, verify=nobody)


def take_ports_from(ports: Sequence[int]) -> None:
    """Take free ports from these, in turn. Between finding a port and listening on it another process may take it:
    processes that start many programs beside each other, as the tests' do, each take from ports of their own."""
    _taken_in_turn[:] = ports


def free_port(port: int = 0) -> int:
    """That port, or with 0 any that is free now. Raises OSError when it is taken on any of this machine's addresses."""
    if port or not _taken_in_turn:
        return _free(port)
    for _ in _taken_in_turn:
        _taken_in_turn.append(_taken_in_turn.pop(0))
        try:
            return _free(_taken_in_turn[-1])
        except OSError:
            continue
    raise OSError("every port that free ports are taken from is in use")


def _free(port: int) -> int:
    with socket.socket(socket.AF_INET6 if socket.has_dualstack_ipv6() else socket.AF_INET) as probe:
        if probe.family is socket.AF_INET6:
            probe.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 0)
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("", port))
        return probe.getsockname()[1]


@asynccontextmanager
async def listening(
    app: ASGIApp, port: int, *, door: socket.socket | None = None, dated: bool = True
) -> AsyncGenerator[str, None]:
    """Serve while the block runs, on that port or on a socket that is bound already; the address is given. `dated`:
    each answer says when it was made; where not, the application says so itself."""
    server = _Server(
        uvicorn.Config(
            app, host="127.0.0.1", port=port, access_log=False, log_config=None, timeout_graceful_shutdown=1,
            date_header=dated,
        )
    )
    serving = asyncio.create_task(server.serve(sockets=[door] if door else None))
    await server.ready.wait()
    try:
        yield f"http://127.0.0.1:{door.getsockname()[1] if door else port}"
    finally:
        server.leave()
        await serving


class _Server(uvicorn.Server):
    """It says when it listens, and leaves as soon as it is told: uvicorn by itself looks ten times a second."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = asyncio.Event()
        self._told = asyncio.Event()

    def leave(self) -> None:
        self.should_exit = True
        self._told.set()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.ready.set()

    async def main_loop(self) -> None:
        tenths = 0
        while not await self.on_tick(tenths):
            tenths += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(self._told.wait(), 0.1)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Whoever is being answered has a second; an idle line is cut at once."""
        for listener in (*self.servers, *(sockets or ())):
            listener.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.config.timeout_graceful_shutdown):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 (uvicorn tells nobody)
                    await asyncio.sleep(_A_MOMENT)
        for task in self.server_state.tasks:
            task.cancel()
        await self.lifespan.shutdown()
