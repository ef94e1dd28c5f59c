"""Two processes work one outbox and one timetable on PostgreSQL: each step is chased once, each card comes once."""

import asyncio
import signal
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import timedelta

import asyncpg

from handlers.rules.chronology import Deed
from handlers.rules.concern import ConcernId
from store.unit_of_work import Units
from tests.faults import crowd, ledger
from tests.faults.outside import PATIENT, Outside
from tests.journeys.gestures import sees

OLD = timedelta(minutes=20)
"""Every step of an urgent concern has come due by then."""
NEARLY = timedelta(minutes=4, seconds=50)
"""Its first step falls due while both are at work."""


async def test_each_step_is_chased_once_and_each_card_comes_once(on_postgresql: Outside):
    here = on_postgresql
    running = await here.serve()
    await here.teams.install()
    raised = await asyncio.gather(*(_raises_two(here, key) for key in ("tess", "tom", "ravi")))
    await here.end(running)
    async with ledger.store(here) as units:
        ids = {one.concern.reference: one.concern.id for one in await ledger.kept(units, here.file.school)}
        old, young = [ids[first] for first, _ in raised], [ids[second] for _, second in raised]
        await _are_older(here, {**dict.fromkeys(old, OLD), **dict.fromkeys(young, NEARLY)})
        await here.serve()
        await here.start("work")
        steps = await _chased(here, units, [*old, *young])
        await here.quiet()
        assert [steps[id] for id in old] == [["now_15"]] * len(old)
        assert [steps[id] for id in young] == [["now_5"]] * len(young)
        every = await ledger.kept(units, here.file.school)
    assert ledger.twins(here, every) == []
    _nobody_was_told_twice(here, list(ids))


async def test_a_worker_that_was_frozen_past_its_lease_undoes_nothing_and_both_cards_are_known(on_postgresql: Outside):
    here = on_postgresql
    serving, frozen = await here.start("serve", "--no-work"), await here.start("work")
    await here.ready(serving)
    await here.teams.install()
    stands = asyncio.Event()

    async def now() -> None:
        frozen.signal(signal.SIGSTOP)
        stands.set()

    here.after_a_post = now
    reference = await crowd.reports(here.person("tess"), "as it froze")
    await asyncio.wait_for(stands.wait(), PATIENT)
    await here.half_a_minute_passes()
    await here.start("work")
    await here.quiet()
    frozen.signal(signal.SIGCONT)
    async with ledger.store(here) as units:
        await _until_all_are_known(here, units)
        assert await crowd.tries(here.person("lee").press("Accept", on=await sees(here.person("lee"), reference)))
        await here.quiet()
        ledger.every_card_shows_its_state(here, await ledger.kept(units, here.file.school))
    assert await here.end(frozen) == 0


async def _until_all_are_known(here: Outside, units: Units) -> None:
    limit = time.monotonic() + PATIENT
    while any(twin.strangers for twin in ledger.twins(here, await ledger.kept(units, here.file.school))):
        assert time.monotonic() < limit, "the worker that woke did not say what it had posted"
        await asyncio.sleep(0.1)


async def _raises_two(here: Outside, key: str) -> tuple[str, str]:
    person = here.person(key)
    return await crowd.reports(person, f"{key}, old", "Now"), await crowd.reports(person, f"{key}, young", "Now")


async def _are_older(here: Outside, ages: Mapping[ConcernId, timedelta]) -> None:
    """While nobody is at work, so much time passes for each of them."""
    database = await asyncpg.connect(here.environment["DATABASE_URL"].replace("+asyncpg", ""))
    for id, age in ages.items():
        await database.execute("UPDATE concerns SET submitted_at = now() - $2::interval WHERE id = $1", id, age)
    await database.close()


async def _chased(here: Outside, units: Units, ids: Sequence[ConcernId]) -> dict[ConcernId, list[str]]:
    """The steps of each, once each has had one."""
    limit = time.monotonic() + PATIENT
    while True:
        steps = {id: await _steps(here, units, id) for id in ids}
        if all(steps.values()):
            return steps
        assert time.monotonic() < limit, steps
        await asyncio.sleep(0.2)


async def _steps(here: Outside, units: Units, id: ConcernId) -> list[str]:
    async with units(here.file.school.id) as uow:
        lines = await uow.trail.of(id)
    return [str(line.entry.facts["step"]) for line in lines if line.entry.deed is Deed.CHASED]


def _nobody_was_told_twice(here: Outside, references: list[str]) -> None:
    """In a person's own chat a concern stands once for each time that they were told of it: at first, and at a step."""
    for person in here.slack.cast.people:
        if person.kind != "staff":
            continue
        seen = [one for one in here.person(person.key).chat("bot") if not one.only_me]
        times = Counter(ref for ref in references for one in seen if ref in one.words)
        assert all(number <= 2 for number in times.values()), (person.key, times)
