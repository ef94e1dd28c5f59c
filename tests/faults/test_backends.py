"""PostgreSQL stays, and what serves the program in it does not: its backends are ended, or it has no room for more."""

import asyncio
import random
import time
from contextlib import AsyncExitStack, suppress

import asyncpg
import pytest

from tests.faults import crowd, ledger
from tests.faults.crowd import Heard
from tests.faults.outside import PATIENT, SOAK, Outside
from tests.journeys.gestures import sees

# ruff: noqa: S311 (moments of faults, drawn from a seed so that they come again)
EACH = 0.5
"""Seconds between two ends: two backends a second (ASSURANCE, the chaos scenarios)."""
LONG = SOAK or 6.0

pytestmark = pytest.mark.usefixtures("in_earnest")


async def test_while_two_backends_a_second_are_ended_what_was_told_safe_is_kept_once(on_postgresql: Outside):
    here, heard, over = on_postgresql, Heard(), asyncio.Event()
    running = await here.serve()
    await here.teams.install()
    async with asyncio.TaskGroup() as people:
        for number, key in enumerate(("tess", "tom", "ravi", "mina")):
            people.create_task(crowd.teacher(here, key, heard, random.Random(number), over))
        people.create_task(crowd.lead(here, "lee", heard, random.Random(9), over))
        ended = await backends_end(here, until=time.monotonic() + LONG)
        over.set()
    assert ended
    await here.half_a_minute_passes()
    await here.quiet()
    async with ledger.store(here) as units:
        every = await ledger.kept(units, here.file.school)
        ledger.told_safe_is_stored(heard, every, all_told=True)
        ledger.told_accepted_is_kept(here, heard, every)
        await ledger.adopted_at_their_first_press(here, ledger.twins(here, every))
        await here.quiet()
        ledger.every_card_shows_its_state(here, await ledger.kept(units, here.file.school))
    assert running.code is None


async def test_when_it_takes_no_more_connections_what_is_sent_is_kept_and_comes_in_when_it_does(
    on_postgresql: Outside,
):
    here, heard = on_postgresql, Heard()
    await here.serve()
    await here.teams.install()
    people = {key: heard.facts(here.person(key)) for key in ("tess", "tom")}
    for key, facts in people.items():
        await crowd.fills(here.person(key), facts)
    await here.quiet()
    in_time = crowd.in_time(here)
    async with AsyncExitStack() as held:
        await every_connection_is_taken(here, held)
        for key, facts in people.items():
            began = time.monotonic()
            await crowd.is_told_that_it_is_kept(here.person(key))
            assert time.monotonic() - began < in_time
            heard.kept.add(facts)
        for key in ledger.READERS.values():
            await sees(here.person(key), crowd.OUTAGE)
    await here.ready()
    await here.quiet()
    async with ledger.store(here) as units:
        every = await ledger.kept(units, here.file.school)
    ledger.told_safe_is_stored(heard, every, all_told=True)
    assert ledger.twins(here, every) == []


async def backends_end(here: Outside, *, until: float) -> int:
    """One of the program's, every now and then; how many were."""
    database, ended = await connected(here), 0
    while time.monotonic() < until:
        await asyncio.sleep(EACH)
        ended += await database.fetchval(
            "SELECT count(pg_terminate_backend(pid)) FROM (SELECT pid FROM pg_stat_activity WHERE datname ="
            " current_database() AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1) AS one"
        )
    await database.close()
    return ended


async def every_connection_is_taken(here: Outside, held: AsyncExitStack) -> None:
    """By others, while those of the program are ended: it cannot have them again."""
    mine: list[asyncpg.Connection] = []
    limit, left = time.monotonic() + PATIENT, 1
    while left:
        assert time.monotonic() < limit, f"{left} of its connections cannot be had"
        with suppress(asyncpg.TooManyConnectionsError):
            while True:
                mine.append(await connected(here))
                held.push_async_callback(mine[-1].close)
        left = await of_the_program(mine)


async def of_the_program(mine: list[asyncpg.Connection]) -> int:
    """End what others than we have; how many they were."""
    ours = [connection.get_server_pid() for connection in mine]
    return await mine[0].fetchval(
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database()"
        " AND pid <> ALL($1::int[])", ours,
    )  # fmt: skip


async def connected(here: Outside) -> asyncpg.Connection:
    return await asyncpg.connect(here.environment["DATABASE_URL"].replace("+asyncpg", ""))
