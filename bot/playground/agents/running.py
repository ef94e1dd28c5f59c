"""Proxy, program and Playgrounds started in the right order and stopped in the reverse one.

A test hands in a program of its own; otherwise it is `python -m bot serve`, told everything by its environment.
"""

import asyncio
import base64
import os
import secrets
import signal
import sys
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from bot.playground.agents import node
from bot.playground.agents.casting import CONFIG_FILE, Home, adapted_school, playground_config, read_home
from bot.playground.agents.connector import Client, Connector
from bot.playground.agents.proxy import Proxy, proxy_app
from bot.playground.listening import free_port, listening

CLI = node.MODULES / "@microsoft" / "m365agentsplayground" / "cli.js"
CLIENT_ID = "0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01"
READY_SECONDS = 60.0
STOP_SECONDS = 12.0
"""The program finishes what it is answering within ten."""
QUIET = {"APPLICATION_INSIGHTS_NO_STATSBEAT": "1", "TEAMSAPPTESTER_BROWSER": "none"}
"""Nothing is looked up outside this machine, and no browser is opened."""


class NotStarted(Exception):
    """Something did not start; the text says what, for whoever started it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wiring:
    """All that a program needs to know in order to be driven by the Playground."""

    folder: Path
    school: Path
    port: int
    home: Home
    proxy: Proxy

    def environment(self) -> Mapping[str, str]:
        """The settings of the program (manifest/guide/technician.md)."""
        return {
            "ENVIRONMENT": "development",
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
            "DATABASE_URL": f"sqlite+aiosqlite:///{self.folder / 'heard.db'}",
            "KEY_FILE": str(self.folder / "heard.key"),
            "TEAMS_CLIENT_ID": self.proxy.client_id,
            "TEAMS_CLIENT_SECRET": self.proxy.client_secret,
            "TEAMS_TENANT_ID": self.proxy.tenant,
            "TEAMS_OPENID_METADATA_URL": self.proxy.metadata_url,
            "TEAMS_TOKEN_URL": self.proxy.token_url,
            "TEAMS_SERVICE_URL_HOSTS": "127.0.0.1",
        }


Program = Callable[[Wiring], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def playgrounds(
    folder: Path, school: Path, *, people: Sequence[str], ports: Sequence[int] = (), program: Program | None = None
) -> AsyncGenerator[tuple[Wiring, Sequence[Client]], None]:
    """Everything running: one Playground for each of the people (keys of the school file), on those ports if given.

    Raises `NotStarted`, `casting.NotThere`, or `node.NotInstalled`.
    """
    await asyncio.to_thread(node.install)
    home = read_home(school)
    taken = [_free(port) for port in ports or [0] * len(people)]
    seats = zip(people, taken, strict=True)
    clients = [Client(person=home.person(key), address=f"http://127.0.0.1:{port}") for key, port in seats]
    async with AsyncExitStack() as stack:
        http = await stack.enter_async_context(httpx.AsyncClient(timeout=15.0, trust_env=False))
        wiring = _wired(folder, school, home, Connector(home=home, clients=clients, http=http))
        await stack.enter_async_context(listening(proxy_app(wiring.proxy), _port(wiring.proxy.address)))
        await stack.enter_async_context((program or heard)(wiring))
        for client in clients:
            await stack.enter_async_context(_playground(wiring, client))
        yield wiring, clients


def _wired(folder: Path, school: Path, home: Home, connector: Connector) -> Wiring:
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    proxy = Proxy(
        address=f"http://127.0.0.1:{free_port()}",
        messages_url=f"http://127.0.0.1:{port}/api/messages",
        tenant=home.tenant,
        client_id=CLIENT_ID,
        connector=connector,
    )
    adapted = folder / school.name
    adapted.write_text(adapted_school(school.read_text("utf-8"), service_url=proxy.service_url), "utf-8")
    for pupils in school.parent.glob("*.csv"):
        (folder / pupils.name).write_bytes(pupils.read_bytes())
    return Wiring(folder=folder.resolve(), school=adapted.resolve(), port=port, home=home, proxy=proxy)


@asynccontextmanager
async def heard(wiring: Wiring) -> AsyncGenerator[None, None]:
    """The program itself, as `python -m bot serve` starts it."""
    key = wiring.folder / "heard.key"
    if not key.exists():
        key.touch(mode=0o600)
        key.write_bytes(base64.b64encode(secrets.token_bytes(32)) + b"\n")
    command = [sys.executable, "-m", "bot", "serve", "--school", str(wiring.school)]
    log = wiring.folder / "heard.log"
    async with _process(command, folder=node.ROOT, log=log, told=wiring.environment()) as child:
        await _answers(child, f"http://127.0.0.1:{wiring.port}/healthz", what="The program", log=log)
        yield


@asynccontextmanager
async def _playground(wiring: Wiring, client: Client) -> AsyncGenerator[None, None]:
    """One Playground. It takes another port in silence when its own is taken, so that was looked at before."""
    folder = wiring.folder / client.key
    folder.mkdir(exist_ok=True)
    config = playground_config(wiring.home, client.person, bot_id=f"28:{wiring.proxy.client_id}")
    (folder / CONFIG_FILE).write_text(config, "utf-8")
    door = f"{wiring.proxy.address}/from/{client.key}/api/messages"
    options = ["-e", door, "-c", "msteams", "-p", str(_port(client.address)), "--disable-telemetry"]
    log = folder / "playground.log"
    told = QUIET | {"M365_AGENTS_PLAYGROUND_LOGFILE": str(log)}
    command = [str(node.node()), str(CLI), "start", *options]
    async with _process(command, folder=folder, log=folder / "node.log", told=told) as child:
        await _answers(child, f"{client.address}/_debug/ping", what="The Playground", log=log)
        yield


@asynccontextmanager
async def _process(
    command: Sequence[str], *, folder: Path, log: Path, told: Mapping[str, str]
) -> AsyncGenerator[asyncio.subprocess.Process, None]:
    """A child that lives as long as the block. In a session of its own: Ctrl-C reaches us, and we stop it in order."""
    with log.open("wb") as out:
        child = await asyncio.create_subprocess_exec(
            *command,
            cwd=folder,
            env={**os.environ, **told},  # noqa: TID251 (a child inherits ours; nothing is read from it)
            stdin=asyncio.subprocess.DEVNULL,
            stdout=out,
            stderr=asyncio.subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        yield child
    finally:
        await _stop(child)


async def _stop(child: asyncio.subprocess.Process) -> None:
    if child.returncode is not None:
        return
    child.send_signal(signal.SIGTERM)
    try:
        async with asyncio.timeout(STOP_SECONDS):
            await child.wait()
    except TimeoutError:
        child.kill()
        await child.wait()


async def _answers(child: asyncio.subprocess.Process, url: str, *, what: str, log: Path) -> None:
    """Wait until it answers. Raises `NotStarted` when it has ended or takes too long; the log says why."""
    async with httpx.AsyncClient(timeout=2.0, trust_env=False) as http:
        for _ in range(int(READY_SECONDS / 0.1)):
            if child.returncode is not None:
                raise NotStarted(f"{what} ended at once; {log} says why.")
            try:
                if (await http.get(url)).status_code == 200:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.1)
    raise NotStarted(f"{what} did not answer within {READY_SECONDS:.0f} seconds; {log} says why.")


def _free(port: int) -> int:
    try:
        return free_port(port)
    except OSError:
        raise NotStarted(f"Port {port} is in use. Stop what uses it, or give another with --port.") from None


def _port(address: str) -> int:
    return int(address.rsplit(":", 1)[1])
