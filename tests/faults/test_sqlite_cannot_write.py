"""SQLite is locked by another process, or its files cannot grow: nobody is told a success, and it goes on after."""

import asyncio
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import crowd, ledger
from tests.faults.crowd import Heard
from tests.faults.outside import PATIENT, SOAK, Outside
from tests.faults.test_postgresql_goes import is_told_not_saved, receipt_in_chat

LOCKED = 10.0 if SOAK else 4.0
"""Seconds; longer than two deadlines of the database either way."""
HOLD = """
import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=30)
held.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.read()
"""

pytestmark = pytest.mark.usefixtures("in_earnest")


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Another process writes, and does not end."""
    arguments = [sys.executable, "-c", HOLD, str(file)]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"held\n"
        try:
            yield
        finally:
            other.stdin.close()


async def test_what_is_sent_while_it_is_locked_is_kept_in_time_and_no_card_comes_twice(on_sqlite: Outside):
    here, heard = on_sqlite, Heard()
    await here.serve()
    await here.teams.install()
    people = {key: heard.facts(here.person(key)) for key in ("tess", "tom")}
    for key, facts in people.items():
        await crowd.fills(here.person(key), facts)
    taken, free = asyncio.Event(), asyncio.Event()

    async def now() -> None:
        taken.set()
        await asyncio.wait_for(free.wait(), PATIENT)

    here.after_a_post = now
    await crowd.reports(here.person("ravi"), "Before, by ravi.")
    await taken.wait()
    in_time = crowd.in_time(here)
    with locked(here.folder / "heard.db"):
        began = time.monotonic()
        free.set()
        for key in people:
            pressed = time.monotonic()
            await crowd.is_told_that_it_is_kept(here.person(key))
            assert time.monotonic() - pressed < in_time
        await asyncio.sleep(LOCKED - (time.monotonic() - began))
    for key, facts in people.items():
        heard.safe[facts] = await receipt_in_chat(here.person(key), besides=0)
    await here.quiet()
    await is_kept_and_shown_once(here, heard)


async def test_when_its_files_cannot_grow_people_are_told_not_saved_until_there_is_room(on_sqlite: Outside):
    """The limit on a file's size stands for a full disk: each write fails at once, in the spool as well (in a school it
    is on another disk). Lifted, all goes on."""
    if not hasattr(resource, "prlimit"):
        pytest.skip("this system cannot limit the files of a process that runs")
    here, heard = on_sqlite, Heard()
    running = await here.serve()
    await here.teams.install()
    people = {key: heard.facts(here.person(key)) for key in ("tess", "tom")}
    for key, facts in people.items():
        await crowd.fills(here.person(key), facts)
    await here.quiet()
    unlimited = resource.prlimit(running.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, (0, unlimited[1]))
    for key in people:
        await is_told_not_saved(here.person(key))
    resource.prlimit(running.pid, resource.RLIMIT_FSIZE, unlimited)
    for key, facts in people.items():
        heard.safe[facts] = await crowd.sends(here.person(key))
    await here.quiet()
    await is_kept_and_shown_once(here, heard)


async def is_kept_and_shown_once(here: Outside, heard: Heard) -> None:
    async with ledger.store(here) as units:
        every = await ledger.kept(units, here.file.school)
    mine = [one for one in every if not one.facts.startswith("Before")]
    ledger.told_safe_is_stored(heard, mine, all_told=True)
    assert ledger.twins(here, every) == []
