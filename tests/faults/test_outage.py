"""A platform is down for six hours: who can be reached is told meanwhile, and afterwards everything true arrives once.

The whole program runs, with its own worker, beside the stand-in platforms; the school's clock is moved, as on the page
of the playground. What the database measures by its own clock is let pass there, as with the leases elsewhere.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select, update

from bot.clock import Clock
from bot.demo import Stage, free_address, on_stage
from bot.playground.thumbs import Thumbs
from handlers.post import otherwise
from handlers.rules.trouble import Trouble
from store.delivery_tables import outbox
from tests.faults.outside import PATIENT
from tests.journeys.gestures import PAGES, begins, fills_and_sends, open_window, reports, sees

MORNING = datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("Europe/London"))
NOW = ({**PAGES[0], "How soon must someone act?": "Now"}, *PAGES[1:])
MANY = 5000
"""More calls than are made while it lasts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Down:
    """How a platform is down, and how it comes back."""

    platform: str
    trouble: Trouble
    begin: Callable[[Stage], object]
    end: Callable[[Stage], object]


def _token(stage: Stage, *, good: bool) -> None:
    stage.slack.bot_token = stage.settings.slack_bot_token.get_secret_value() if good else "xoxb-revoked"


WAYS = {
    "slack, 503": Down(
        platform="slack", trouble=Trouble.PLATFORM_SILENT,
        begin=lambda stage: stage.slack.switchboard.next(MANY, "503"),
        end=lambda stage: stage.slack.switchboard.clear(),
    ),
    "slack, token": Down(
        platform="slack", trouble=Trouble.TOKEN_REFUSED,
        begin=lambda stage: _token(stage, good=False), end=lambda stage: _token(stage, good=True),
    ),
    "teams, 503": Down(
        platform="teams", trouble=Trouble.PLATFORM_SILENT,
        begin=lambda stage: stage.teams.weather.connector.next(MANY, "503"),
        end=lambda stage: stage.teams.weather.connector.clear(),
    ),
}  # fmt: skip


on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)


@pytest.fixture
async def stage(tmp_path: Path, database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Stage]:
    monkeypatch.setattr(otherwise, "SOON", 2)
    clock = Clock.started_at(MORNING)
    async with on_stage(tmp_path, address=free_address(0), clock=clock, database_url=database) as stage:
        stage.slack.switchboard.throttled = stage.teams.weather.connector.throttled = False
        yield stage


def on(stage: Stage, key: str, platform: str) -> Thumbs:
    return stage.slack.thumbs(key) if platform == "slack" else stage.teams.thumbs(key)


@pytest.mark.parametrize(
    ("way", "database"),
    [("slack, 503", "sqlite"), ("slack, token", "postgresql"), ("teams, 503", "postgresql")],
    indirect=["database"],
)
async def test_six_hours_of_it(stage: Stage, way: str) -> None:
    down = WAYS[way]
    other = "teams" if down.platform == "slack" else "slack"
    reporter = on(stage, "tom", "teams") if other == "teams" else on(stage, "tess", "slack")
    lead = on(stage, "priya", "teams") if other == "teams" else on(stage, "lee", "slack")
    cut_off = on(stage, "lee", "slack") if other == "teams" else on(stage, "priya", "teams")
    before = await reports(reporter)
    await _quiet(stage)
    calls = len(stage.slack.calls)

    down.begin(stage)
    waits = await reports(reporter, NOW)
    taken = await reports(reporter, NOW)
    await _until(lambda: _lasts(stage, down), "the trouble to be known")
    await sees(lead, waits, within=PATIENT)
    await lead.press("Accept", on=await sees(lead, taken, within=PATIENT))
    if other == "teams":
        await sees(on(stage, "dana", "teams"), waits, "bot", within=PATIENT)
        await sees(on(stage, "helen", "teams"), "Heard needs attention", "bot", within=PATIENT)
    for _ in range(6):
        await stage.move(timedelta(hours=1))
    await asyncio.sleep(2)
    assert len(stage.slack.calls) - calls < 400, "a platform that is down is not hammered"

    down.end(stage)
    await _so_long_passes(stage, otherwise.ASKED_AGAIN)
    await _quiet(stage)
    assert not await _lasting(stage)
    _each_once_and_in_order(cut_off, [before, waits, taken])
    chased = [seen.words for seen in cut_off.chat("bot") if taken in seen.words]
    assert chased == [], "nobody is chased for what has been accepted meanwhile"
    about = Counter(seen.words.splitlines()[0] for seen in cut_off.chat("bot") if waits in seen.words)
    assert sum(about.values()) <= 2, about  # that it is there, and the last step of the ladder that came to them
    if other == "teams":
        await sees(on(stage, "helen", "teams"), "takes our messages again" if "503" in way else "again", "bot")


@on_sqlite
async def test_where_nobody_can_be_reached_the_receipt_names_the_contact_outside(stage: Stage) -> None:
    """Both platforms take nothing, and somebody sends a concern all the same."""
    tess = on(stage, "tess", "slack")
    before = await reports(tess)
    await _quiet(stage)
    stage.slack.switchboard.next(MANY, "503", only="chat.postMessage")
    stage.slack.switchboard.next(MANY, "503", only="chat.update")
    stage.teams.weather.connector.next(MANY, "503")
    await reports(tess, NOW)
    await _until(lambda: _how_many(stage, 2), "both troubles to be known")
    words = await _told_when_sent(tess)
    assert "nobody in school can be reached by chat" in words
    assert "01632" in words
    WAYS["slack, 503"].end(stage)
    WAYS["teams, 503"].end(stage)
    await _so_long_passes(stage, otherwise.ASKED_AGAIN)
    await _quiet(stage)
    assert before in str([seen.words for seen in tess.chat("bot")])
    assert "can be reached by chat" not in str([seen.words for seen in tess.chat("bot")])


@on_sqlite
async def test_a_channel_that_was_archived_is_used_again_in_order_and_told_of_once(stage: Stage) -> None:
    tess, lee = on(stage, "tess", "slack"), on(stage, "lee", "slack")
    first = await reports(tess)
    await _quiet(stage)
    stage.slack.leads.archived = True
    during = [await reports(tess), await reports(tess)]
    for reference in during:
        await sees(lee, reference, "bot", within=PATIENT)
    alarms = [seen for seen in lee.chat("bot") if "cannot be used" in seen.words]
    assert len(alarms) == 1
    await stage.move(timedelta(hours=3))
    stage.slack.leads.archived = False
    await _so_long_passes(stage, otherwise.ASKED_AGAIN)
    await _quiet(stage)
    _each_once_and_in_order(lee, [first, *during])
    assert len([seen for seen in lee.chat("bot") if "cannot be used" in seen.words]) == 1
    assert len([seen for seen in lee.chat("bot") if "can be used again" in seen.words]) == 1


async def _told_when_sent(person: Thumbs) -> str:
    await begins(person)
    await fills_and_sends(person, NOW)
    words = open_window(person).words
    await person.close()
    return words


def _each_once_and_in_order(reader: Thumbs, references: list[str]) -> None:
    heads = [seen.words.splitlines()[0] for seen in reader.chat("leads") if not seen.only_me]
    shown = [head for head in heads if head.startswith("Safeguarding concern")]
    assert shown == [f"Safeguarding concern {ref}" for ref in references]


async def _lasts(stage: Stage, down: Down) -> bool:
    return down.trouble in await _lasting(stage)


async def _how_many(stage: Stage, number: int) -> bool:
    return len(await _lasting(stage)) == number


async def _lasting(stage: Stage) -> list[Trouble]:
    async with stage.program.units.looking(stage.program.units.schools()[0]) as uow:
        return [one.trouble for one in await uow.troubles.lasting()]


async def _so_long_passes(stage: Stage, seconds: float) -> None:
    """By the database's clock, for whatever waits."""
    async with stage.program.units._engine.begin() as connection:
        await connection.execute(update(outbox).values(due_ms=outbox.c.due_ms - int(seconds * 1000)))


async def _quiet(stage: Stage) -> None:
    async def empty() -> bool:
        async with stage.program.units.reading() as connection:
            return (await connection.execute(select(outbox.c.id).limit(1))).first() is None

    await _until(empty, "the outbox to be empty")


async def _until(holds: Callable[[], Awaitable[bool]], what: str) -> None:
    for _ in range(int(PATIENT / 0.05)):
        if await holds():
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"waited {PATIENT} s for {what}")
