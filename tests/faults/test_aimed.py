"""The program is killed where it hurts most, around a delivery: nothing is lost, and no card stands twice for long.

One concern a kill; a lead on Teams has the leads' channel open all the while, as somebody does. `HEARD_AIMED=300` (in
`make soak`): so many on each engine, with what lets a card be looked up on either platform and without it; the gate has
a few. What stood twice is counted by platform, with the longest time.
"""

import asyncio
import os
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bot.playground.thumbs import Thumbs
from tests.commands import Nursery
from tests.faults import crowd, ledger
from tests.faults.crowd import Heard
from tests.faults.outside import PATIENT, Outside, Running, outside
from tests.faults.points import NAMED
from tests.journeys.gestures import until

AIMED = int(os.environ.get("HEARD_AIMED", "0"))
MOMENTS = (
    ("taken", 0), ("after_send", 0), ("before_send", 1), ("taken", 0), ("after_send", 1), ("after_commit", 1),
    ("before_commit", 2), ("before_send", 0), ("after_commit", 2), ("before_commit", 1),
)  # fmt: skip
"""Where it dies, and how many such moments it survives first. `taken`: a platform has taken a card and has not said so
yet. The commits after the submission's own are that of the claim, and that of what came of it."""
EVERY = tuple((engine, look_up) for engine in ("sqlite_url", "lasting_url") for look_up in (True, False))
CASES = EVERY if AIMED else (("sqlite_url", False), ("lasting_url", True))
STRUCK = 4.0
"""Seconds after which it is killed without having come to its moment."""
MINUTE = 60.0
"""Seconds for which a card may stand twice on Teams, where a lead has the channel open."""
GLANCE = 0.5
"""Seconds after which their client looks at the channel again."""


@dataclass(slots=True, kw_only=True)
class Twice:
    """How long cards stood twice, in seconds, by platform: each second one as it was last seen."""

    here: Outside
    seen: dict[tuple[str, str], float] = field(default_factory=dict[tuple[str, str], float])

    def look(self) -> None:
        for platform in ledger.READERS:
            for standing in ledger.cards(self.here, platform).values():
                for second in standing[1:]:
                    self.seen[platform, second.id] = time.time() - ledger.arrived(second)

    def longest(self, platform: str) -> float:
        return max((seconds for (where, _), seconds in self.seen.items() if where == platform), default=0.0)

    def told(self) -> str:
        many = Counter(platform for platform, _ in self.seen)
        return ", ".join(f"{name} {many[name]} (longest {self.longest(name):.0f} s)" for name in ledger.READERS)


@pytest.fixture
def address(request: pytest.FixtureRequest, engine: str) -> str:
    """Of a database on that engine."""
    return request.getfixturevalue(engine)


@pytest.fixture
async def there(tmp_path: Path, address: str, nursery: Nursery, look_up: bool) -> AsyncIterator[Outside]:
    """`look_up`: the workspace has granted what a card can be looked up by."""
    async with outside(tmp_path, address, nursery, look_up=look_up) as stage:
        yield stage


@pytest.mark.parametrize(("engine", "look_up"), CASES)
async def test_killed_around_a_delivery_it_loses_nothing_and_no_card_stands_twice_for_long(
    there: Outside, look_up: bool
):
    here, heard, twice, began = there, Heard(), Twice(here=there), time.monotonic()
    watching = asyncio.create_task(has_the_channel_open(here))
    here.slack.switchboard.throttled = here.teams.weather.connector.throttled = False
    at_their_moment, sent = Counter[str](), None
    for number in range(AIMED or len(MOMENTS)):
        (moment, passes), key = MOMENTS[number % len(MOMENTS)], crowd.TEACHERS[number % len(crowd.TEACHERS)]
        running = await serves(here, moment)
        twice.look()
        sent = await is_ended_and_another_filled(here, heard, sent, here.person(key))
        at_their_moment[moment] += await dies_as_it_is_sent(here, running, sent[0], moment, passes)
    running = await serves(here, "taken")
    await crowd.ends(*(sent or ()), heard)
    await here.quiet()
    async with ledger.store(here) as units:
        every = await ledger.kept(units, here.file.school)
        twice.look()
        watching.cancel()
        print(
            f"\n{here.kills} kills, at their moment {dict(at_their_moment)}; {len(every)} stored; "
            f"cards twice: {twice.told()}; {time.monotonic() - began:.0f} s"
        )
        ledger.told_safe_is_stored(heard, every, all_told=True)
        assert not look_up or twice.longest("slack") == 0, "it could be looked up"
        assert twice.longest("teams") < MINUTE, "somebody had it before them"
        await ledger.adopted_at_their_first_press(here, ledger.twins(here, every))
        await here.quiet()
        ledger.every_card_shows_its_state(here, await ledger.kept(units, here.file.school))
    assert await here.end(running) == 0
    assert await (await here.start("verify")).ended(within=PATIENT) == 0


async def has_the_channel_open(here: Outside) -> None:
    """Whatever comes of it: where the program is dead their client shows what it has."""
    while True:
        await crowd.tries(here.person(ledger.READERS["teams"]).look("leads"))
        await asyncio.sleep(GLANCE)


async def serves(here: Outside, moment: str) -> Running:
    """Started, to die at that moment once `armed` is there; on the first start Teams tells it where it is."""
    named = {} if moment == "taken" else {NAMED: f"{moment} kill {here.folder / 'armed'}"}
    running = await here.start("serve", **named)
    await here.ready(running)
    if not here.kills:
        await here.teams.install()
    return running


async def is_ended_and_another_filled(
    here: Outside, heard: Heard, sent: tuple[Thumbs, str] | None, person: Thumbs
) -> tuple[Thumbs, str]:
    """Who saw it die presses Send again, and somebody has the next concern ready to be sent."""
    if sent:
        await crowd.ends(*sent, heard)
    facts = heard.facts(person)
    await crowd.fills(person, facts)
    await here.quiet()
    return person, facts


async def dies_as_it_is_sent(here: Outside, running: Running, person: Thumbs, moment: str, passes: int) -> bool:
    """Send is pressed, and it dies; whether at that very moment."""
    armed = here.folder / "armed"

    async def taken() -> None:
        await here.kill(running)

    if moment == "taken":
        here.after_a_post = taken
    else:
        armed.write_text(str(passes))
    pressed = asyncio.create_task(crowd.tries(person.press("Send")))
    with suppress(AssertionError):
        await until(lambda: running.code is not None, "it to die", within=STRUCK)
    came, here.after_a_post = running.code is not None, None
    armed.unlink(missing_ok=True)
    if not came:
        await here.kill(running)
    elif moment != "taken":
        here.kills += 1
    await pressed
    await here.half_a_minute_passes()
    return came
