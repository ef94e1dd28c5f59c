"""PostgreSQL dies or freezes under the program: what is sent is kept and brought in once, and it recovers."""

import asyncio
import stat
import time

import pytest

from bot.playground.thumbs import Seen, Thumbs
from tests.faults import crowd, ledger
from tests.faults.crowd import NOT_SAVED, SAFE, Heard
from tests.faults.lasting import Lasting
from tests.faults.outside import PATIENT, Outside
from tests.journeys.gestures import reference_in, sees, until

pytestmark = pytest.mark.usefixtures("in_earnest")


@pytest.fixture
async def ready(on_postgresql: Outside) -> Outside:
    """Serving, with Teams' addresses known and one card in the leads' places."""
    here = on_postgresql
    await here.serve()
    await here.teams.install()
    for key in ("tess", "tom"):
        await crowd.reports(here.person(key), f"Before, by {key}.")
    await here.quiet()
    return here


async def test_what_is_sent_while_it_is_gone_is_kept_and_afterwards_it_is_there_once(
    ready: Outside, lasting: Lasting
):
    here, heard = ready, Heard()
    running = [running for running in here._running if running.code is None]
    people = {key: heard.facts(here.person(key)) for key in ("tess", "tom")}
    for key, facts in people.items():
        await crowd.fills(here.person(key), facts)
    caught = await a_card_arrives_as_it_dies(here, lasting)
    for key in people:
        await crowd.is_told_that_it_is_kept(here.person(key))
    assert not await here.is_ready()
    for key in ledger.READERS.values():
        await sees(here.person(key), crowd.OUTAGE)
    told = [seen for seen in here.person("dana").chat("leads") if crowd.OUTAGE in seen.words]
    assert len(told) == 1
    assert "CANARY" not in " ".join(seen.words for seen in here.person("dana").chat("leads"))
    assert_sealed(here)

    await asyncio.to_thread(lasting.rise)
    await here.ready()
    for key, facts in people.items():
        heard.safe[facts] = await receipt_in_chat(here.person(key), besides=1)
    await here.quiet()
    assert await is_empty(here)
    assert [one.code for one in running] == [None]
    async with ledger.store(here) as units:
        every = [one for one in await ledger.kept(units, here.file.school) if not one.facts.startswith("Before")]
    ledger.told_safe_is_stored(heard, [one for one in every if one.facts != caught], all_told=True)
    assert ledger.twins(here, every) == []


async def test_while_it_is_frozen_people_are_answered_in_time_and_what_they_sent_is_kept(
    ready: Outside, lasting: Lasting
):
    here, heard = ready, Heard()
    people = {key: heard.facts(here.person(key)) for key in ("tess", "tom")}
    for key, facts in people.items():
        await crowd.fills(here.person(key), facts)
    in_time = crowd.in_time(here)
    with lasting.frozen():
        for key in people:
            began = time.monotonic()
            await crowd.is_told_that_it_is_kept(here.person(key))
            assert time.monotonic() - began < in_time
        began = time.monotonic()
        await crowd.tries(here.person("lee").press("Accept"))
        assert time.monotonic() - began < in_time
        await sees(here.person("lee"), "nothing has been changed")
        figures = await here.figures()
        assert figures["heard_database_answers"] == 0
        assert "heard_concerns_unaccepted" not in figures
    await here.ready()
    assert (await here.figures())["heard_database_answers"] == 1
    for key, facts in people.items():
        heard.safe[facts] = await receipt_in_chat(here.person(key), besides=1)
    async with ledger.store(here) as units:
        every = [one for one in await ledger.kept(units, here.file.school) if not one.facts.startswith("Before")]
    ledger.told_safe_is_stored(heard, every, all_told=True)


async def a_card_arrives_as_it_dies(here: Outside, server: Lasting) -> str:
    """The facts of a concern whose card the platform takes while nothing can be written down any more."""
    died = asyncio.Event()

    async def now() -> None:
        await asyncio.to_thread(server.die)
        died.set()

    here.after_a_post = now
    facts = "What ravi saw as it went down."
    await crowd.fills(here.person("ravi"), facts)
    await crowd.tries(here.person("ravi").press("Send"))
    await asyncio.wait_for(died.wait(), PATIENT)
    await here.person("ravi").close()
    return facts


async def receipt_in_chat(person: Thumbs, *, besides: int) -> str:
    """The reference on the newest receipt in their own chat, once there is one more than `besides`."""

    def newest() -> Seen | None:
        found = [seen for seen in person.chat("bot") if crowd.SAFE in seen.words]
        return found[-1] if len(found) > besides else None

    return reference_in((await until(newest, "a receipt")).words)


def assert_sealed(here: Outside) -> None:
    """What waits says nothing to whoever reads the folder, and is its owner's alone."""
    waiting = here.kept_meanwhile()
    assert len(waiting) == 2
    for file in waiting:
        assert b"CANARY" not in file.read_bytes()
        assert b"saw" not in file.read_bytes()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


async def is_empty(here: Outside) -> bool:
    def empty() -> bool | None:
        return not here.kept_meanwhile() or None

    return await until(empty, "an empty spool")


async def is_told_not_saved(person: Thumbs) -> None:
    """One press of Send; the form is still there, with what was typed."""
    assert await crowd.tries(person.press("Send"))
    shown = crowd.window(person)
    complaints = " ".join(field.complaint for field in shown.fields)
    assert NOT_SAVED in shown.words + complaints
    assert SAFE not in shown.words
    assert "Send" in shown.buttons
