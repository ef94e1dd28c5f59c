"""The stage on which the journeys play: the program and the local platforms over real HTTP, on a Tuesday in term."""

from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser

from bot import logs
from bot.clock import Clock
from bot.demo import Stage, free_address, on_stage
from tests.chromium import chromium
from tests.journeys.visitor import Visitor
from tests.lots import drawing

TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/London"))
CANARY = "CANARY"
"""Every word that a person types in a journey carries it: it may be nowhere but in windows and in sealed fields."""


@pytest.fixture
async def stage(tmp_path: Path, sqlite_url: str, quiet_again: None) -> AsyncIterator[Stage]:
    log = tmp_path / "heard.log"
    logs.set_up(to=log)
    clock, lot = Clock.started_at(TUESDAY), drawing()
    async with on_stage(tmp_path, address=free_address(0), clock=clock, lot=lot) as stage:
        yield stage
        refused = [*stage.slack.refusals, *stage.teams.refusals]
        leaked = [*_in_chat(stage), *_in_files(tmp_path)]
    assert refused == []
    assert leaked == []
    assert '"event": "mishap"' not in log.read_text("utf-8")


def _in_chat(stage: Stage) -> list[str]:
    """Messages at rest, on either platform, that hold what somebody typed."""
    every = [stage.slack.thumbs(p.key) for p in stage.cast.people if p.slack_user and p.kind != "deleted"]
    every += [stage.teams.thumbs(p.key) for p in stage.cast.people if p.teams_user]
    homes = [f"slack: a Home tab of {user}" for user, page in stage.slack.homes.items() if CANARY in str(page.view)]
    return homes + [
        f"{person.platform}: a message in {place}"
        for person in every
        for place in ("leads", "bot")
        for seen in person.chat(place)
        if CANARY in str(seen.raw) or CANARY in seen.preview
    ]


def _in_files(folder: Path) -> list[str]:
    return [file.name for file in folder.rglob("*") if file.is_file() and CANARY.encode() in file.read_bytes()]




@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with chromium() as opened:
        yield opened


@pytest.fixture
async def visitor(browser: Browser, stage: Stage) -> AsyncIterator[Visitor]:
    page = await browser.new_page(viewport={"width": 1280, "height": 850})
    visitor = Visitor(page)
    await page.goto(stage.address)
    yield visitor
    assert visitor.faults == []
