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
LONGEST = 2.0
"""Seconds that a life lasts when what was to end it does not come."""
ARRIVED = 1.0
"""Seconds within which a request that was on its way when the program died may still be served here."""
AT_WORK = 2.0
"""Seconds from the arrival of a card to its being written down, on a machine that is busy."""


async def test_what_was_told_safe_is_kept_once_and_shown_once_however_often_the_program_dies(here: Outside):
    here.slack.switchboard.throttled = here.teams.weather.connector.throttled = False
    heard, began = Heard(), time.monotonic()
    await here.serve()
    await here.teams.install()
    async with ledger.store(here) as units:
        running = await goes_on_while_it_dies(here, units, heard)
        await here.quiet()
        every = await ledger.kept(units, here.file.school)
        ledger.told_safe_is_stored(heard, every, all_told=True)
        ledger.told_accepted_is_kept(here, heard, every)
        doubled = ledger.twins(here, every)
        assert [twin for twin in doubled if not a_kill_fell_between(here, twin)] == [], "a card came twice, unkilled"
        assert not LOOK_UP or [twin for twin in doubled if twin.platform == "slack"] == [], "it could be looked up"
        await ledger.adopted_at_their_first_press(here, doubled)
        await here.quiet()
        ledger.every_card_shows_its_state(here, await ledger.kept(units, here.file.school))
    assert await here.end(running) == 0
    assert await (await here.start("verify")).ended(within=PATIENT) == 0
    print(
        f"\n{len(here.kills)} kills, {len(heard.safe)} told safe ({heard.seen_to_fail} seen to fail first), "
        f"{len(heard.given_up)} given up, {len(heard.kept)} kept meanwhile, {len(every)} stored, "
        f"{len(heard.accepted)} accepted; 0 lost, "
        f"twins on {told_of(doubled)} of {sum(len(one.posts) for one in every)} cards; {time.monotonic() - began:.0f} s"
    )


def told_of(doubled: Sequence[Twin]) -> str:
    return ", ".join(f"{name} {sum(twin.platform == name for twin in doubled)}" for name in ("slack", "teams"))


async def goes_on_while_it_dies(here: Outside, units: Units, heard: Heard) -> Running:
    """Everybody at work, and one kill after the other; after each, what was told by then is there."""
    seed, over, began = int(os.environ.get("HEARD_SEED", "20261125")), asyncio.Event(), time.monotonic()
    chance, running = random.Random(seed), here._running[-1]
    async with asyncio.TaskGroup() as people:
        for number, key in enumerate(crowd.TEACHERS, start=1):
            people.create_task(crowd.teacher(here, key, heard, random.Random(seed + number), over))
        for number, key in enumerate(crowd.LEADS, start=1):
            people.create_task(crowd.lead(here, key, heard, random.Random(seed - number), over))
        checked: set[str] = set()
        while (time.monotonic() - began < SOAK) if SOAK else (len(here.kills) < KILLS):
            running = await dies_and_rises(here, running, heard, chance)
            told = {facts: ref for facts, ref in heard.safe.items() if facts not in checked}
            every = await ledger.kept(units, here.file.school, only=set(told.values()))
            ledger.told_safe_is_stored(Heard(safe=told), every, all_told=False)
            checked |= told.keys()
        over.set()
    return running


async def dies_and_rises(here: Outside, running: Running, heard: Heard, chance: random.Random) -> Running:
    """Killed at a moment that nobody chose, or just as a platform takes a card or somebody is told; started at once."""
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
    await here.half_a_minute_passes()
    return await here.serve()


def a_kill_fell_between(here: Outside, twin: Twin) -> bool:
    """The stand-in had taken the first of the two when the program died, and took the second after that."""
    first, second = ledger.arrived(twin.before), ledger.arrived(twin.card)
    return any(
        kill.before - AT_WORK < first < kill.after + ARRIVED and second > kill.before for kill in here.kills
    )


async def test_on_sqlite_what_a_dead_process_had_in_hand_does_not_wait_for_its_lease(on_sqlite: Outside):
    here = on_sqlite
    running = await here.serve()
    await here.teams.install()
    here.after_a_post = lambda: here.kill(running)
    await crowd.fills(here.person("tess"), "as it died")
    await crowd.tries(here.person("tess").press("Send"))
    assert await running.ended(within=PATIENT) == -signal.SIGKILL
    await here.serve()
    await here.quiet(within=LEASE_MS / 1000 / 2)
    await crowd.sends(here.person("tess"))
    await here.quiet()
    async with ledger.store(here) as units:
        (one,) = await ledger.kept(units, here.file.school)
    for twin in ledger.twins(here, [one]):
        assert a_kill_fell_between(here, twin)
