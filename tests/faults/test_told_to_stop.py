"""SIGTERM while people submit: each is answered or was not accepted, and the outbox goes on after the next start."""

import asyncio
import signal

from bot.playground.slack import sender as slack
from bot.playground.teams import sender as teams
from tests.faults import crowd, ledger
from tests.faults.crowd import SAFE, Heard
from tests.faults.outside import PATIENT, Outside
from tests.journeys.gestures import until


async def test_a_submission_is_answered_or_not_accepted_and_what_waits_leaves_after_the_next_start(
    on_sqlite: Outside,
):
    here, heard = on_sqlite, Heard()
    running = await here.start_afresh("serve")
    await here.ready(running)
    await here.teams.install()
    people = [here.person(key) for key in crowd.TEACHERS]
    facts = [heard.facts(person) for person in people]
    await asyncio.gather(*(crowd.fills(person, words) for person, words in zip(people, facts, strict=True)))
    here.slack.switchboard.next(1, "delay", seconds=1, only="chat.postMessage")

    async with asyncio.TaskGroup() as group:
        for person in people:
            group.create_task(crowd.tries(person.press("Send")))
        await until(lambda: any(crowd.shows(person, SAFE) for person in people), "the first receipt")
        running.signal(signal.SIGTERM)
        assert await running.ended(within=PATIENT) == 0

    kept = {words for person, words in zip(people, facts, strict=True) if crowd.shows(person, crowd.KEPT)}
    told = {words for person, words in zip(people, facts, strict=True) if crowd.shows(person, SAFE)}
    async with ledger.store(here) as units:
        stored = {one.facts for one in await ledger.kept(units, here.file.school)}
        assert told <= stored
        assert len(stored - told - kept) <= gave_up(here), "it was stored, its sender waited, and was not told"
        await here.serve()
        for person, words in zip(people, facts, strict=True):
            await crowd.ends(person, words, heard)
        assert heard.kept >= kept
        assert heard.safe.keys() >= told
        await here.quiet()
        every = await ledger.kept(units, here.file.school)
    ledger.told_safe_is_stored(heard, every, all_told=True)
    assert ledger.twins(here, every) == []


def gave_up(here: Outside) -> int:
    """How often a platform had waited for as long as it waits, and showed its person that nothing came."""
    return sum(
        one.status is None and one.seconds >= wait
        for world, wait in ((here.slack, slack.SECONDS), (here.teams, teams.INVOKE_SECONDS))
        for one in world.deliveries
    )
