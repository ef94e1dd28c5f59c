"""Serves a school until it is told to stop: opens the store, starts doors and worker, closes them in order."""

import asyncio
import signal
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from bot import logs
from bot.clock import Clock
from bot.line import MOST_LINES, Line
from bot.school_file import SchoolFile, SchoolFileFaulty, read_school_file
from bot.settings import Incomplete, Settings
from bot.wiring import Program, assemble


async def serve_school(settings: Settings, path: Path, *, work: bool, accepted: int | None = None) -> None:
    """Serve until interrupted. Raises `Incomplete` with what is missing."""
    program = await start(settings, path, accepted=accepted)
    try:
        await program.start()
        if work:
            await _begin_to_work(program)
        await listen(program.app, settings)
    finally:
        await program.close()


async def work_school(settings: Settings, path: Path, *, accepted: int | None = None) -> None:
    """Work the outbox and the timetable until interrupted."""
    program = await start(settings, path, accepted=accepted)
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


async def start(
    settings: Settings, path: Path, *, clock: Clock | None = None, accepted: int | None = None
) -> Program:
    """A program that is ready to serve: settings complete, file read, store open."""
    if missing := settings.missing():
        raise Incomplete("\n".join(missing))
    return await assemble(settings, _file(path), clock=clock or Clock(), accepted=accepted)


def _file(path: Path) -> SchoolFile:
    try:
        file = read_school_file(path, roll_may_fail=True)
    except SchoolFileFaulty as fault:
        raise Incomplete(str(fault)) from None
    for number, _ in enumerate(file.warnings):
        logs.event("school_file_warning", number=number)
    return file


class _Server(uvicorn.Server):
    """Uvicorn would end the process by the signal that stopped it, before anything else could be closed."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        loop = asyncio.get_running_loop()
        for told in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(told, self.handle_exit, told, None)
        yield


async def listen(app: FastAPI, settings: Settings) -> None:
    """Answer HTTP until SIGINT or SIGTERM; what is being answered is finished first, within ten seconds."""
    server = _Server(
        uvicorn.Config(
            app,
            http=Line,
            host=settings.host,
            port=settings.port,
            access_log=False,
            log_config=None,
            server_header=False,
            limit_concurrency=MOST_LINES,
            timeout_graceful_shutdown=10,
        )
    )
    await server.serve()
