"""Two schools in one program, on both platforms and both databases: no card, search, count or profile crosses."""

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from bot.checking import check_school
from bot.clock import Clock
from bot.playground.listening import loopback_client
from bot.playground.thumbs import Thumbs
from handlers.conversation import ButtonPressed, SearchTyped, Suggestions, Tell
from handlers.errors import NoSuchConcern, UnknownSchool
from handlers.platform_ports import AnotherTenant
from handlers.rules.people import Login
from handlers.ui.card import Press
from handlers.ui.form import Source
from store.tables import concerns
from store.trail_tables import turned_away
from tests.bot.moments import IN_TERM
from tests.bot.teams.conftest import KEYS
from tests.bot.two_schools import BOTS, HERE, THERE, Both, both_schools
from tests.journeys.gestures import open_window, reports, sees, until

TUESDAY = datetime(2026, 11, 24, 10, 15, tzinfo=ZoneInfo("Europe/London"))
PLATFORMS = ("slack", "teams")


@pytest.fixture
async def both(tmp_path: Path, database_url: str) -> AsyncIterator[Both]:
    async with both_schools(tmp_path, database_url, Clock.started_at(TUESDAY)) as both:
        yield both


def login(both: Both, school: str, key: str, platform: str = "slack") -> Login:
    """The same person of either school: only the tenant differs."""
    people = both[school].file.people
    held = next(accounts for person, accounts in people if person.name.casefold().startswith(key))
    return next(one for one in held if one.platform == platform)


@pytest.mark.parametrize("platform", PLATFORMS)
async def test_nothing_of_a_concern_crosses_to_the_other_school(both: Both, platform: str):
    before = both[THERE].count()
    reporter = "tess" if platform == "slack" else "mina"
    reference = await reports(both[HERE].person(platform, reporter))
    await sees(both[HERE].person("slack", "lee"), reference)
    await sees(both[HERE].person("teams", "priya"), reference)
    assert both[THERE].count() == before
    assert await _counted(both, HERE) == 1
    assert await _counted(both, THERE) == 0
    subject = str(await _only_concern(both))
    told = both[HERE].count()
    both.clock.move(timedelta(hours=3))
    await both.program.worker.catch_up()
    await until(lambda: both[HERE].count() > told, "the chase to be told here")
    assert subject in both[HERE].everything()
    assert subject not in both[THERE].everything()
    refused = [*both[HERE].slack.refusals, *both[HERE].teams.refusals, *both[THERE].slack.refusals]
    assert refused == []


async def _counted(both: Both, school: str) -> int:
    async with both.program.units(both[school].file.school.id) as uow:
        return len(await uow.concerns.open())


async def test_a_lead_of_the_other_school_neither_opens_finds_nor_counts_it(both: Both):
    reference = await reports(both[HERE].person("slack", "tess"))
    await sees(both[HERE].person("slack", "lee"), reference)
    subject = await _only_concern(both)
    for platform in PLATFORMS:
        lead = "lee" if platform == "slack" else "priya"
        opened = ButtonPressed(who=login(both, THERE, lead, platform), press=Press.OPEN, subject=subject, version=1)
        reply = await both.program.desk.answer(opened)
        assert isinstance(reply, Tell) and str(NoSuchConcern()) in str(reply.card)
        await both[THERE].person(platform, lead).say("/concern board")
    assert reference not in both[THERE].everything()
    assert "Mia Patel" not in await _found(both[THERE].person("slack", "lee"), reference)
    assert "Mia Patel" in await _found(both[HERE].person("slack", "lee"), reference)


async def _only_concern(both: Both) -> UUID:
    async with both.program.units.reading() as connection:
        (subject,) = (await connection.execute(select(concerns.c.id))).scalars()
    return subject


async def _found(lead: Thumbs, reference: str) -> str:
    """What a search by the reference shows."""
    await lead.close() if lead.window() else None
    await lead.say("/concern find")
    await lead.fill({"Reference": reference})
    await lead.press("Find")
    return open_window(lead).words


async def test_each_searches_its_own_children_and_staff(both: Both):
    """They have the same names; the ids that are chosen are each school's own."""
    for source, typed in ((Source.PUPILS, "mia"), (Source.STAFF, "lee")):
        found: dict[str, set[str]] = {}
        for school in (HERE, THERE):
            reply = await both.program.desk.answer(
                SearchTyped(who=login(both, school, "tess"), source=source, query=typed)
            )
            assert isinstance(reply, Suggestions)
            found[school] = {one.key for one in reply.options}
        assert found[HERE] and found[THERE]
        assert not found[HERE] & found[THERE]


async def test_a_person_is_asked_about_in_their_own_tenant_alone(both: Both):
    both[HERE].slack.set_status("lee", ":palm_tree:")
    directories = both.program.offices
    for school, away in ((HERE, {"U0LEE00001"}), (THERE, set())):
        tenants = dict(both[school].file.school.tenants)
        office = directories["slack", tenants["slack"]]
        assert await office.directory.away(tenants["slack"], ["U0LEE00001"]) == away
        told = await directories["teams", tenants["teams"]].directory.profile(
            tenants["teams"], login(both, school, "mina", "teams").user
        )
        assert told.active
        other = dict(both[THERE if school == HERE else HERE].file.school.tenants)["slack"]
        with pytest.raises(AnotherTenant):
            await office.directory.profile(other, "U0LEE00001")


async def test_check_says_each_school_and_a_token_that_is_of_another(both: Both, tmp_path: Path):
    paths = [both[key].path for key in (HERE, THERE)]
    findings = await check_school(both.settings, *paths, at=IN_TERM)
    wrong = [line.text for line in findings if line.wrong]
    as_its_owner = ("PostgreSQL: the role in DATABASE_URL", "PostgreSQL: the walls between the schools")
    assert [text for text in wrong if not text.startswith(as_its_owner)] == []
    for key in (HERE, THERE):
        assert any(line.text.startswith(f"{key}: slack: the leads' channel is in order") for line in findings)
        assert any(line.text.startswith(f"{key}: teams: ") for line in findings)
    (tmp_path / "heron.token").write_text("xoxb-kingfisher\n", "ascii")
    wrong = [line.text for line in await check_school(both.settings, *paths, at=IN_TERM) if line.wrong]
    assert "heron: slack: the token for T0HERON is of another workspace, T0KINGFISH." in wrong


def signed(body: str, secret: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    mac = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    kind = "application/x-www-form-urlencoded"
    return {"x-slack-request-timestamp": stamp, "x-slack-signature": f"v0={mac}", "content-type": kind}


def command(team: str) -> str:
    return urlencode({"command": "/concern", "text": "", "team_id": team, "user_id": "U0LEE00001", "trigger_id": "1.2"})


def press(team: str, theirs: str) -> str:
    told = {
        "type": "block_actions", "user": {"id": "U0LEE00001", "team_id": theirs}, "team": {"id": team},
        "trigger_id": "1.2.abc", "container": {"type": "message", "message_ts": "1.2", "channel_id": "C0LEADS001"},
        "actions": [{"type": "button", "action_id": "board", "value": f"{'0' * 8}-0000-4000-8000-{'0' * 12}:1"}],
    }  # fmt: skip
    return urlencode({"payload": json.dumps(told)})


FORGED = {
    "another school's command": (command("T0HERON"), "sign-kingfisher"),
    "a command of nobody's": (command("T0NOBODYS"), "sign-kingfisher"),
    "another school's press": (press("T0HERON", "T0HERON"), "sign-kingfisher"),
    "a press here by somebody of the other": (press("T0KINGFISH", "T0HERON"), "sign-kingfisher"),
    "and the other way round": (press("T0HERON", "T0KINGFISH"), "sign-heron"),
}


async def test_what_one_school_s_app_has_signed_says_nothing_of_the_other(both: Both):
    for body, secret in FORGED.values():
        await _is_turned_away(both, body, secret)


async def _is_turned_away(both: Both, body: str, secret: str) -> None:
    calls = {key: len(both[key].slack.calls) for key in (HERE, THERE)}
    async with loopback_client() as http:
        answer = await http.post(both[HERE].slack.events_url, content=body, headers=signed(body, secret))
    if body.startswith("command"):
        assert answer.json()["text"] == str(UnknownSchool())
    else:
        assert answer.status_code == 403
    assert "slack_unknown_workspace" in await _turned_away(both)
    assert {key: len(both[key].slack.calls) for key in (HERE, THERE)} == calls


async def _turned_away(both: Both) -> str:
    """The newest entry of nobody's school."""
    async with both.program.units.reading() as connection:
        newest = select(turned_away.c.body).order_by(turned_away.c.id.desc()).limit(1)
        return (await connection.execute(newest)).scalar_one().decode()


async def test_a_token_for_one_school_s_bot_says_nothing_of_the_other_s_tenant(both: Both):
    from bot.playground.teams import activities

    world = both[THERE].teams
    base = activities.envelope(world, world.cast.persona("priya"), world.personal_chat(_aad(world)))
    activity = activities.message(base, "/concern board")
    before = both[THERE].count()
    token = KEYS.connector_token(BOTS[HERE], world.service_url)
    async with loopback_client() as http:
        answer = await http.post(world.messages_url, json=activity, headers={"authorization": f"Bearer {token}"})
    assert answer.status_code == 403
    assert both[THERE].count() == before
    assert "teams_unknown_tenant" in await _turned_away(both)


def _aad(world: object) -> str:
    return world.cast.persona("priya").teams_user  # type: ignore[attr-defined]


async def test_each_school_s_own_people_have_its_own_board(both: Both):
    """The other way round: what the second school raises is its own, in its own channels."""
    reference = await reports(both[THERE].person("teams", "mina"))
    await sees(both[THERE].person("slack", "lee"), reference)
    await sees(both[THERE].person("teams", "priya"), reference)
    assert reference not in both[HERE].everything()
