"""`check` says what is missing, in words, before a school is served: over the real adapters and the local platforms."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot import checking
from bot.checking import check_school
from bot.checks.paper import pack_lines, plan_lines
from bot.clock import Clock
from bot.demo import SAMPLE, Stage, free_address, on_stage
from bot.school_file import read_school_file
from handlers.rules import letters
from handlers.rules.letters import LETTERS
from handlers.rules.pack import ENGLAND
from manifest import slack, teams
from store.roles import part
from tests.bot.figures import TOKEN, told
from tests.bot.moments import IN_TERM
from tests.bot.two_schools import both_schools
from tests.postgres import as_the_program, drafts_locked


@pytest.fixture
async def stage(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Stage]:
    async with on_stage(tmp_path, address=free_address(0), clock=Clock(), metrics_token=TOKEN) as stage:
        yield stage


async def wrong(stage: Stage) -> list[str]:
    return [finding.text for finding in await check_school(stage.settings, SAMPLE, at=IN_TERM) if finding.wrong]


async def test_a_school_that_is_in_order_has_nothing_wrong(stage):
    findings = await check_school(stage.settings, SAMPLE, at=IN_TERM)
    assert [finding.text for finding in findings if finding.wrong] == []
    assert findings[0].text.startswith("Guidance pack: England 1, from 1 September 2026: ")
    assert findings[0].text.endswith(
        "2 personal duties, 1 of them not yet in force; 9 agencies, 10 letters to them."
    )
    assert any(line.text.startswith("Guidance pack: England 1 expires on 31 August 2027.") for line in findings)
    assert any("slack: the leads' channel is in order, with 2 people" in finding.text for finding in findings)


@pytest.mark.parametrize(
    ("look_up", "said"),
    [
        (True, ("groups:history is granted", "Graph lets the app read the channels of that team")),
        (False, ("has no groups:history", "has no ChannelMessage.Read.Group")),
    ],
)
async def test_it_says_whether_a_card_can_be_looked_up_and_neither_is_wrong(stage, look_up, said):
    stage.slack.manifest = slack.manifest("https://heard.example.school", look_up=look_up)
    client_id = stage.settings.teams_client_id
    stage.teams.manifest = teams.manifest(client_id=client_id, domain="heard.example.school", look_up=look_up)
    await stage.teams.install()
    findings = await check_school(stage.settings, SAMPLE, at=IN_TERM)
    assert [finding.text for finding in findings if finding.wrong] == []
    assert [sum(words in finding.text for finding in findings) for words in said] == [1, 1]


async def test_where_the_database_lets_it_wait_it_says_so_after_what_it_has_found(
    tmp_path: Path, postgres_url: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("store.engine.DEADLINE", 5.0)
    async with both_schools(tmp_path, postgres_url, Clock()) as both:
        settings, paths = both.settings, [one.path for one in both.places.values()]
    async with drafts_locked(postgres_url):
        said = [line.text for line in await check_school(settings, *paths, at=IN_TERM)]
    assert said[-1].startswith("Something else holds the database and does not let go of it.")
    assert "Database and key: in order." in said


def test_the_pack_says_how_many_of_its_statements_are_ours_and_how_many_nobody_has_read():
    both = (*ENGLAND.statements, *letters.statements(LETTERS))
    said = [line.text for line in pack_lines(ENGLAND, date(2026, 11, 30))]
    days = sorted(one.source.read_on for one in both if one.source.read_on)
    assert days[0] == days[-1] == date(2026, 11, 30)
    ours, unread = sum(one.source.rests_on == "default" for one in both), sum(not one.source.read_on for one in both)
    assert said[1] == (
        f"Guidance pack: {len(both)} statements, read on 30 November 2026; {ours} of them are defaults of ours."
    )
    assert said[2].startswith(f"Guidance pack: {unread} statements are yet to be read by somebody who knows the law.")
    assert ours > 0 < unread


def test_a_pack_that_was_read_whole_says_nothing_of_reading_and_one_read_over_days_says_both():
    read = [one for one in ENGLAND.statements if one.source.read_on][:2]
    later = replace(read[1], source=replace(read[1].source, read_on=date(2026, 12, 2)))
    said = [line.text for line in pack_lines(replace(ENGLAND, statements=(read[0], later)), date(2026, 12, 3))]
    assert "read between 30 November 2026 and 2 December 2026" in said[1]


@pytest.mark.parametrize(
    ("today", "said", "wrong"),
    [
        (date(2026, 11, 30), "England 1 expires on 31 August 2027.", False),
        (date(2027, 7, 19), "England 1 expires on 31 August 2027.", False),
        (date(2027, 7, 20), "expires on 31 August 2027. Bring Heard up to date", False),
        (date(2027, 8, 31), "expires on 31 August 2027. Bring Heard up to date", False),
        (date(2027, 9, 1), "England 1 expired on 31 August 2027. Bring Heard up to date", True),
    ],
)
def test_when_the_pack_expires_is_always_said_and_wrong_from_the_day_after(today, said, wrong):
    last = pack_lines(ENGLAND, today)[-1]
    assert said in last.text
    assert ("Bring" in last.text) == ("Bring" in said)
    assert last.wrong is wrong


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
    said = [finding.text for finding in await check_school(settings, SAMPLE, at=IN_TERM) if finding.wrong]
    assert said == ["teams: the school file names a leads' channel, but Teams is not set up."]


@pytest.mark.parametrize(
    ("today", "found"),
    [
        (date(2027, 6, 9), None),
        (date(2027, 6, 10), ("nothing is said of Thursday 22 July 2027 and the days after", False)),
        (date(2027, 7, 21), ("Thursday 22 July 2027", False)),
        (date(2027, 7, 22), ("Thursday 22 July 2027", True)),
        (date(2027, 7, 24), ("Monday 26 July 2027", True)),
    ],
)
def test_terms_that_run_out_are_said_from_six_weeks_before_and_wrong_once_they_have(today, found):
    lines = plan_lines(read_school_file(SAMPLE).school.calendar, today)
    assert [line.wrong for line in lines] == ([] if found is None else [found[1]])
    assert found is None or found[0] in lines[0].text


async def test_the_figures_say_how_many_days_are_planned(stage):
    figures = await told(stage.program.app)
    assert 0 <= figures[f'heard_days_planned{{school="{stage.program.files[0].school.id}"}}'] <= 730


@pytest.mark.parametrize(("token", "said"), [(TOKEN, "is answered to whoever has the token"), ("", "is not there")])
async def test_it_says_whether_the_figures_can_be_asked_for(stage, token, said):
    settings = stage.settings.model_copy(update={"metrics_token": SecretStr(token)})
    findings = await check_school(settings, SAMPLE, at=IN_TERM)
    (line,) = [finding for finding in findings if "/metrics" in finding.text]
    assert said in line.text
    assert not line.wrong
    assert TOKEN not in line.text


@pytest.mark.parametrize(("folder", "said"), [("a file", 1), ("new/folder", 0)])
async def test_a_folder_that_takes_no_copies_of_the_checkpoints_is_said(stage, tmp_path, folder, said):
    (tmp_path / "a file").write_bytes(b"")
    settings = stage.settings.model_copy(update={"checkpoint_folder": tmp_path / folder})
    findings = await check_school(settings, SAMPLE, at=IN_TERM)
    faults = [finding.text for finding in findings if finding.wrong]
    begins = f"CHECKPOINT_FOLDER: {tmp_path / folder} is no folder that Heard may write in"
    assert [text.startswith(begins) for text in faults] == [True] * said


async def test_a_program_that_could_change_its_own_trail_is_told_so(tmp_path, postgres_url):
    async with on_stage(tmp_path, address=free_address(0), clock=Clock()) as stage:
        owner = stage.settings.model_copy(update={"database_url": postgres_url})
        (said,) = [line.text for line in await check_school(owner, SAMPLE, at=IN_TERM) if line.wrong]
        assert said.startswith("PostgreSQL: the role in DATABASE_URL may do more than its work: it is a superuser, it ")
        assert said.endswith("python -m bot database grant")
        await part(postgres_url, as_the_program(postgres_url))
        apart = stage.settings.model_copy(update={"database_url": as_the_program(postgres_url)})
        assert [line.text for line in await check_school(apart, SAMPLE, at=IN_TERM) if line.wrong] == []


async def test_walls_that_do_not_hold_who_is_connected_are_told_of(tmp_path, postgres_url):
    """Of several schools in one database behind walls: as its owner, and as it should be."""

    async def said(url: str) -> list[str]:
        async with both_schools(tmp_path, url, Clock()) as both:
            return [line.text for line in await checking._check_role(both.program)]

    await part(postgres_url, as_the_program(postgres_url), walled=True)
    owners = await said(postgres_url)
    assert [("may do more than its work" in text, "hold nobody back who owns it" in text) for text in owners] == [
        (True, False), (False, True),
    ]  # fmt: skip
    assert await said(as_the_program(postgres_url)) == []
