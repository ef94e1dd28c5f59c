"""The program is killed, again and again, under people who go on: nothing they were told is safe is ever lost."""

# ruff: noqa: S311 (moments of faults, drawn from a seed so that they come again)

import asyncio
import os
import random
import signal
import time
from collections.abc import Sequence
from contextlib import suppress

from store.outbox import LEASE_MS
from store.unit_of_work import Units
from tests.faults import crowd, ledger
from tests.faults.crowd import Heard
from tests.faults.ledger import Twin
from tests.faults.outside import LOOK_UP, PATIENT, SOAK, Outside, Running

KILLS = 8
Unwritten = set[tuple[str, str]]
LONGEST = 2.0
"""Seconds that a life lasts when what was to end it does not come."""


async def test_what_was_told_safe_is_kept_once_and_shown_once_however_often_the_program_dies(here: Outside):
    here.slack.switchboard.throttled = here.teams.weather.connector.throttled = False
    heard, began, unwritten = Heard(), time.monotonic(), Unwritten()
    await here.serve()
    await here.teams.install()
    async with ledger.store(here) as units:
        running = await goes_on_while_it_dies(here, units, heard, unwritten)
        await here.quiet()
        every = await ledger.kept(units, here.file.school)
        ledger.told_safe_is_stored(heard, every, all_told=True)
        ledger.told_accepted_is_kept(here, heard, every)
        doubled = ledger.twins(here, every)
        assert [twin for twin in doubled if not may_be_twice(twin, unwritten)] == [], "a card came twice, unkilled"
        assert not LOOK_UP or [twin for twin in doubled if twin.platform == "slack"] == [], "it could be looked up"
        await ledger.adopted_at_their_first_press(here, doubled)
        await here.quiet()
        ledger.every_card_shows_its_state(here, await ledger.kept(units, here.file.school))
    assert await here.end(running) == 0
    assert await (await here.start("verify")).ended(within=PATIENT) == 0
    print(
        f"\n{here.kills} kills, {len(heard.safe)} told safe ({heard.seen_to_fail} seen to fail first), "
        f"{len(heard.given_up)} given up, {len(heard.kept)} kept meanwhile, {len(every)} stored, "
        f"{len(heard.accepted)} accepted; 0 lost, "
        f"twins on {told_of(doubled)} of {sum(len(one.posts) for one in every)} cards; {time.monotonic() - began:.0f} s"
    )


def told_of(doubled: Sequence[Twin]) -> str:
    return ", ".join(f"{name} {sum(twin.platform == name for twin in doubled)}" for name in ("slack", "teams"))


async def goes_on_while_it_dies(here: Outside, units: Units, heard: Heard, unwritten: Unwritten) -> Running:
    """Everybody at work, and one kill after the other; after each, what was told by then is there."""
    seed, over, began = int(os.environ.get("HEARD_SEED", "20261125")), asyncio.Event(), time.monotonic()
    chance, running = random.Random(seed), here._running[-1]
    async with asyncio.TaskGroup() as people:
        for number, key in enumerate(crowd.TEACHERS, start=1):
            people.create_task(crowd.teacher(here, key, heard, random.Random(seed + number), over))
        for number, key in enumerate(crowd.LEADS, start=1):
            people.create_task(crowd.lead(here, key, heard, random.Random(seed - number), over))
        checked: set[str] = set()
        while (time.monotonic() - began < SOAK) if SOAK else (here.kills < KILLS):
            await dies(here, running, heard, chance)
            unwritten |= await ledger.not_written_down(here, units)
            await here.half_a_minute_passes()
            running = await here.serve()
            told = {facts: ref for facts, ref in heard.safe.items() if facts not in checked}
            every = await ledger.kept(units, here.file.school, only=set(told.values()))
            ledger.told_safe_is_stored(Heard(safe=told), every, all_told=False)
            checked |= told.keys()
        over.set()
    return running


async def dies(here: Outside, running: Running, heard: Heard, chance: random.Random) -> None:
    """Killed at a moment that nobody chose, or just as a platform takes a card or somebody is told."""
    moment, wait = chance.choice(("any", "any", "post", "receipt")), chance.uniform(0.05, 1.2)
    sign = asyncio.Event()

    async def taken() -> None:
        await here.kill(running)
        sign.set()

    here.after_a_post = taken if moment == "post" else None
    heard.receipt = sign if moment == "receipt" else asyncio.Event()
    with suppress(TimeoutError):
        await asyncio.wait_for(sign.wait(), wait if moment == "any" else LONGEST)
    here.after_a_post = None
    if running.code is None:
        await here.kill(running)


def may_be_twice(twin: Twin, unwritten: Unwritten) -> bool:
    """The program died before it had written down the first of the two."""
    return (twin.platform, twin.before.id) in unwritten


async def test_on_sqlite_what_a_dead_process_had_in_hand_does_not_wait_for_its_lease(on_sqlite: Outside):
    here = on_sqlite
    running = await here.serve()
    await here.teams.install()
    here.after_a_post = lambda: here.kill(running)
    await crowd.fills(here.person("tess"), "as it died")
    async with ledger.store(here) as units:
        await crowd.tries(here.person("tess").press("Send"))
        assert await running.ended(within=PATIENT) == -signal.SIGKILL
        unwritten = await ledger.not_written_down(here, units)
        await here.serve()
        await here.quiet(within=LEASE_MS / 1000 / 2)
        await crowd.sends(here.person("tess"))
        await here.quiet()
        (one,) = await ledger.kept(units, here.file.school)
    for twin in ledger.twins(here, [one]):
        assert may_be_twice(twin, unwritten)
