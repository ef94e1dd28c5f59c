"""Serves schools until it is told to stop: opens the store, starts doors and worker, closes them in order."""

import asyncio
import signal
import socket
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from errno import EACCES, EADDRNOTAVAIL
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot import logs
from bot.clock import Clock
from bot.holding import Accepted
from bot.line import MOST_LINES, Line
from bot.school_file import SchoolFile, SchoolFileFaulty, read_school_file
from bot.settings import Incomplete, Settings
from bot.tenancies import read_tenancies
from bot.wiring import Program, assemble


@dataclass(frozen=True, slots=True, kw_only=True)
class Schools:
    """Which school files are served, and what somebody said of a list of pupils that was held."""

    paths: Sequence[Path]
    accepted: int | None = None
    accepted_for: str = ""
    """The key of the school of which it was said; it may be left out where there is one."""


async def serve_schools(settings: Settings, schools: Schools, *, work: bool) -> None:
    """Serve until interrupted. Raises `Incomplete` with what is missing."""
    program = await start(settings, schools)
    try:
        await program.start()
        if work:
            await _begin_to_work(program)
        await listen(program.app, settings)
    finally:
        await program.close()


async def work_schools(settings: Settings, schools: Schools) -> None:
    """Work the outbox and the timetable until interrupted."""
    program = await start(settings, schools)
    try:
        await program.say_what_stands()
        await _begin_to_work(program)
        logs.event("working")
        await _told_to_stop()
    finally:
        await program.close()


async def _begin_to_work(program: Program) -> None:
    await program.units.take_over()
    program.worker.start()


async def _told_to_stop() -> None:
    """Wait for SIGTERM; SIGINT arrives as a cancellation."""
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    await stop.wait()


async def start(settings: Settings, schools: Schools, *, clock: Clock | None = None) -> Program:
    """A program that is ready to serve: settings complete, files read, a tenant for each school, store open."""
    if missing := settings.missing():
        raise Incomplete("\n".join(missing))
    tenancies = read_tenancies(settings)
    files = [_file(path) for path in schools.paths]
    if faults := tenancies.faults([file.school for file in files]):
        raise Incomplete("\n".join(faults))
    return await assemble(settings, *files, clock=clock or Clock(), accepted=_accepted(schools, files))


def _file(path: Path) -> SchoolFile:
    try:
        file = read_school_file(path, roll_may_fail=True)
    except SchoolFileFaulty as fault:
        raise Incomplete(str(fault)) from None
    for number, _ in enumerate(file.warnings):
        logs.event("school_file_warning", school=file.key, number=number)
    return file


def _accepted(schools: Schools, files: Sequence[SchoolFile]) -> Accepted | None:
    """A number is said of one school's list: another's that is held with the same is not taken over by it."""
    if schools.accepted is None:
        return None
    meant = [file for file in files if schools.accepted_for in ("", file.key)]
    if len(meant) != 1:
        keys = ", ".join(file.key for file in files)
        raise Incomplete(f"--accept-shrink: say of which school it is with --accept-for: {keys}.")
    return Accepted(number=schools.accepted, school=meant[0].school.id)


class _Server(uvicorn.Server):
    """Uvicorn would end the process by the signal that stopped it, before anything else could be closed."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        for told in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(told, self.handle_exit, told, None)
        yield


def _bound(settings: Settings) -> socket.socket:
    """Uvicorn would end the process by itself where it may not listen. Raises `Incomplete`."""
    line = socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET, socket.SOCK_STREAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        line.bind((settings.host, settings.port))
        line.listen(MOST_LINES)
    except OSError as error:
        line.close()
        known_not = _NO_ADDRESS if isinstance(error, socket.gaierror) else ""
        why = known_not or _NOT_HERE.get(error.errno or 0, _TAKEN)
        raise Incomplete(f"Heard cannot listen at {settings.host}, port {settings.port}: {why}") from None
    return line


_TAKEN = "something else listens there. End it, or set another PORT."
_NO_ADDRESS = "that is no address of this machine. Put HOST right."
_NOT_HERE = {
    EADDRNOTAVAIL: _NO_ADDRESS,
    EACCES: "the user that Heard runs as may not. Set a PORT above 1023.",
}


async def listen(app: FastAPI, settings: Settings) -> None:
    """Answer HTTP until SIGINT or SIGTERM; what is being answered is finished first, within ten seconds.

    Raises `Incomplete` where it cannot listen there.
    """
    line = _bound(settings)
    server = _Server(
        uvicorn.Config(
            app,
            http=Line,
            access_log=False,
            log_config=None,
            server_header=False,
            limit_concurrency=MOST_LINES,
            timeout_graceful_shutdown=10,
        )
    )
    await server.serve(sockets=[line])
