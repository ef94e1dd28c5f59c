"""`check` says what is missing, in words, before a school is served: over the real adapters and the local platforms."""

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.checking import check_school, verify_trail
from bot.clock import Clock
from bot.demo import SAMPLE, Stage, free_address, on_stage


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, address=free_address(0), clock=Clock()) as stage:
        yield stage


async def wrong(stage: Stage) -> list[str]:
    return [finding.text for finding in await check_school(stage.settings, SAMPLE) if finding.wrong]


async def test_a_school_that_is_in_order_has_nothing_wrong(stage):
    findings = await check_school(stage.settings, SAMPLE)
    assert [finding.text for finding in findings if finding.wrong] == []
    assert findings[0].text.startswith("Guidance pack: England 1, from 1 September 2026: ")
    assert findings[0].text.endswith(
        "2 personal duties, 1 of them not yet in force; 10 agencies, 11 letters to them."
    )
    assert any("slack: the leads' channel is in order, with 2 people" in finding.text for finding in findings)


async def test_a_stranger_in_a_leads_channel_is_said_on_either_platform(stage):
    stage.slack.add_member(stage.slack.leads, "ravi")
    stage.teams.add_member(stage.teams.leads, "mina")
    said = await wrong(stage)
    assert [line.partition(":")[0] for line in said] == ["slack", "teams"]
    assert all("1 of the people in the leads' channel are not leads" in line for line in said)


async def test_a_channel_that_serve_would_refuse_is_refused_here_too(stage):
    stage.slack.share(stage.slack.leads)
    (line,) = await wrong(stage)
    assert "it is not private, or it is shared with another organisation" in line


async def test_an_app_that_is_not_in_the_channel_is_said(stage):
    stage.slack.remove_bot(stage.slack.leads)
    (line,) = await wrong(stage)
    assert "the app is not in it" in line


async def test_an_account_that_is_gone_is_said_by_the_persons_name(stage):
    people = [replace(p, kind="deleted") if p.key == "sol" else p for p in stage.cast.people]
    stage.slack.cast = replace(stage.cast, people=tuple(people))
    assert await wrong(stage) == ["slack: the account of Sol Castellano is switched off."]


async def test_a_platform_of_the_file_that_the_settings_do_not_have_is_said(stage):
    settings = stage.settings.model_copy(update={"teams_client_id": "", "teams_client_secret": type(
        stage.settings.teams_client_secret)("")})
    said = [finding.text for finding in await check_school(settings, SAMPLE) if finding.wrong]
    assert said == ["teams: the school file names a leads' channel, but Teams is not set up."]


async def test_the_trail_of_a_fresh_school_holds(stage):
    words, holds = await verify_trail(stage.settings, SAMPLE)
    assert holds, words
