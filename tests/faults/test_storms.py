"""The platforms refuse, dawdle and swallow answers: everything arrives, in order, once, and nobody is pestered."""

import asyncio
from collections.abc import Sequence

from tests.faults import crowd, ledger
from tests.faults.crowd import Heard
from tests.faults.ledger import Kept
from tests.faults.outside import SOAK, Outside
from tests.journeys.gestures import sees

ON_POSTS = ("429", "503", "delay", *(("500", "429") if SOAK else ()))
TURNS = 5
"""How often a busy machine may be too late to press anything while a platform takes its time."""
ON_UPDATES = ("429",)
ON_TEAMS = ("429", "412", "502", "delay", *(("503", "504", "429") if SOAK else ()))


async def test_everything_arrives_once_and_in_order_and_requests_are_bounded(on_sqlite: Outside):
    here, heard = on_sqlite, Heard()
    await here.serve()
    await here.teams.install()
    for fault in ON_POSTS:
        here.slack.switchboard.next(1, fault, retry_after=1, seconds=1, only="chat.postMessage")
    for fault in ON_UPDATES:
        here.slack.switchboard.next(1, fault, retry_after=1, only="chat.update")
    for fault in ON_TEAMS:
        here.teams.weather.connector.next(1, fault, retry_after=1, seconds=1)
    await asyncio.gather(*(_reports_twice(here, key, heard) for key in ("tess", "tom", "ravi")))
    await here.quiet()
    for key in crowd.LEADS:
        lead = here.person(key)
        free = [seen for seen in lead.chat("leads") if "Accept" in seen.buttons]
        assert await crowd.tries(lead.press("Accept", on=free[0 if key == "lee" else -1]))
    await here.quiet()
    every = await _kept(here)
    ledger.told_safe_is_stored(heard, every, all_told=True)
    assert ledger.twins(here, every) == []
    ledger.every_card_shows_its_state(here, every)
    assert sum(one.concern.owner is not None for one in every) == len(crowd.LEADS)
    for platform in ("slack", "teams"):
        _came_in_order(here, platform, every)
    _asked_no_more_than_needed(here)


async def test_a_swallowed_answer_leaves_no_second_card_that_a_client_has_shown(on_sqlite: Outside):
    here, heard = on_sqlite, Heard()
    await here.serve()
    await here.teams.install()
    heard.safe["first"] = await crowd.reports(here.person("tess"), "first")
    await here.quiet()
    here.slack.switchboard.next(1, "drop", only="chat.postMessage")
    heard.safe["slack"] = await crowd.reports(here.person("tom"), "slack")
    await here.quiet()
    here.teams.weather.connector.next(1, "drop", only="send")
    heard.safe["teams"] = await crowd.reports(here.person("tess"), "teams")
    await here.quiet()
    every = await _kept(here)
    ledger.told_safe_is_stored(heard, every, all_told=True)
    doubled = ledger.twins(here, every)
    assert doubled == [], "on Slack it is looked up before it is sent again, on Teams a client that shows it says so"
    ledger.every_card_shows_its_state(here, every)


async def test_a_slow_platform_does_not_hold_up_the_other(on_sqlite: Outside):
    here = on_sqlite
    await here.serve()
    await here.teams.install()
    await crowd.reports(here.person("tom"), "first")
    await here.quiet()
    for _ in range(TURNS):
        if await _goes_past_one_who_waits(here):
            break
    else:
        raise AssertionError("nothing came to Teams before Slack had answered")
    await here.quiet()


async def _goes_past_one_who_waits(here: Outside) -> bool:
    """Whether a card came to Teams while Slack had not said yet that it has taken another."""
    await crowd.fills(here.person("mina"), "third")
    here.slack.switchboard.next(1, "delay", seconds=4, only="chat.postMessage")
    await sees(here.person("lee"), await crowd.reports(here.person("tom"), "second"))
    answered = len([one for one in here.asked if one.path.endswith("chat.postMessage")])
    await sees(here.person("priya"), await crowd.sends(here.person("mina")))
    return len([one for one in here.asked if one.path.endswith("chat.postMessage")]) == answered


async def _reports_twice(here: Outside, key: str, heard: Heard) -> None:
    for _ in range(2):
        facts = heard.facts(here.person(key))
        heard.safe[facts] = await crowd.reports(here.person(key), facts)


async def _kept(here: Outside) -> list[Kept]:
    async with ledger.store(here) as units:
        return await ledger.kept(units, here.file.school)


def _came_in_order(here: Outside, platform: str, every: Sequence[Kept]) -> None:
    """In each place the cards stand in the order in which the concerns were raised."""
    references = [one.concern.reference for one in sorted(every, key=lambda one: one.concern.submitted_at)]
    standing = ledger.cards(here, platform)
    first = {ref: ledger.arrived(standing[ref][0]) for ref in references}
    assert sorted(first, key=lambda ref: first[ref]) == references


def _asked_no_more_than_needed(here: Outside) -> None:
    """Each request was taken, or was refused because that was ordered: no hammering."""
    refused = [one for one in here.asked if one.status >= 400]
    assert len(refused) <= len(ON_POSTS) + len(ON_UPDATES) + len(ON_TEAMS)
    posts = [one for one in here.asked if one.path.endswith("chat.postMessage") and one.status == 200]
    standing = [one for place in here.slack.channels.values() for one in place.messages if not one.author]
    assert len(posts) == len([one for one in standing if one.only_for is None])
