"""Each fail-point, killed or failing, under each deed: nothing told is lost, nothing is done twice, the trail holds."""

import os
from collections import Counter
from contextlib import suppress
from itertools import product

import pytest

from handlers.rules.chronology import Deed
from tests.faults import ledger
from tests.faults.crowd import Heard
from tests.faults.deeds import DEEDS, until_done
from tests.faults.outside import PATIENT, Outside, Running
from tests.faults.points import FAULTS, NAMED, POINTS
from tests.journeys.gestures import until

EVERY = tuple(product(POINTS, FAULTS, DEEDS, ("on_sqlite", "on_postgresql"), (0, 1)))
"""The last: how often the point is passed before it strikes."""
SHORT = (
    ("before_commit", "kill", "raise on Slack", "on_sqlite", 0),
    ("before_commit", "raise", "decide on Teams", "on_postgresql", 0),
    ("after_commit", "kill", "raise on Teams", "on_postgresql", 0),
    ("after_commit", "raise", "accept on Slack", "on_sqlite", 0),
    ("before_ack", "kill", "decide on Slack", "on_sqlite", 0),
    ("before_ack", "raise", "add on Teams", "on_postgresql", 0),
    ("before_send", "kill", "accept on Teams", "on_postgresql", 0),
    ("before_send", "raise", "raise on Teams", "on_sqlite", 0),
    ("after_send", "kill", "add on Slack", "on_sqlite", 0),
    ("after_send", "raise", "accept on Teams", "on_postgresql", 0),
)
"""Each point, each fault, each deed and each engine once at least; `make soak` crosses them all."""
CASES = EVERY if os.environ.get("HEARD_EVERY_POINT") else SHORT
IN_HAND = 16.0
"""Seconds: a little more than a delivery may take (`handlers.post.deliveries.PATIENCE`)."""
PASSED = 5.0
"""Seconds after which a point that is asked to be passed more than once is not waited for."""


@pytest.fixture
def there(request: pytest.FixtureRequest, engine: str) -> Outside:
    """On the engine of the case."""
    return request.getfixturevalue(engine)


@pytest.mark.parametrize(("point", "fault", "deed", "engine", "passes"), CASES)
async def test_whatever_strikes_what_people_were_told_is_so_and_done_once(
    there: Outside, point: str, fault: str, deed: str, passes: int
):
    here, armed, heard = there, there.folder / "armed", Heard()
    running = await here.start("serve", **{NAMED: f"{point} {fault} {armed}"})
    await here.ready(running)
    await here.teams.install()
    ready = await DEEDS[deed](here, heard)
    await here.quiet()
    armed.write_text(str(passes))
    await ready.press()
    hit = await struck(here, ready_in=PATIENT if passes == 0 else PASSED)
    if running.code is not None or (fault == "kill" and hit):
        running = await again(here, running)
    await until_done(ready)
    await comes_to_rest(here)
    await nothing_is_lost_or_doubled(here, heard, ready.leaves, may_be_twice=point == "after_send")
    assert await here.end(running) == 0
    assert await (await here.start("verify")).ended(within=PATIENT) == 0


def test_the_short_form_has_each_of_them():
    assert set(SHORT) <= set(EVERY)
    for kind in range(4):
        assert {case[kind] for case in SHORT} == {case[kind] for case in EVERY}


async def struck(here: Outside, *, ready_in: float) -> bool:
    """Whether it did. Where it did not in that time it cannot any more: one of the two has taken the file away."""
    armed = here.folder / "armed"
    with suppress(AssertionError):
        await until(lambda: not armed.exists(), "the point to be passed", within=ready_in)
    try:
        armed.unlink()
    except FileNotFoundError:
        return True
    assert ready_in < PATIENT, "the point was never passed"
    return False


async def comes_to_rest(here: Outside) -> None:
    """What it has in hand is carried first: a lease that ran out under whoever is alive would be the test's own doing.
    What is left then is what it has let go of, and waits for its lease."""
    try:
        await here.quiet(within=IN_HAND)
    except AssertionError:
        await here.half_a_minute_passes()
        await here.quiet()


async def again(here: Outside, running: Running) -> Running:
    """It has died and is started once more, without a fault."""
    if running.code is None:
        await running.ended(within=PATIENT)
    await here.half_a_minute_passes()
    return await here.serve()


async def nothing_is_lost_or_doubled(
    here: Outside, heard: Heard, leaves: Deed | None, *, may_be_twice: bool
) -> None:
    async with ledger.store(here) as units:
        every = await ledger.kept(units, here.file.school)
        assert heard.safe.items() <= {one.facts: one.concern.reference for one in every}.items(), "told safe, not kept"
        assert Counter(one.facts for one in every) == Counter([*heard.safe, *heard.kept]), "doubled, or lost"
        ledger.told_accepted_is_kept(here, heard, every)
        if leaves:
            assert [deeds[leaves] for deeds in await ledger.deeds(units, here.file.school)] == [1]
        doubled = ledger.twins(here, every)
        assert may_be_twice or not doubled
        await ledger.adopted_at_their_first_press(here, doubled)
        await here.quiet()
        ledger.every_card_shows_its_state(here, await ledger.kept(units, here.file.school))
