"""Accounts that were switched off, guests and strangers are refused at each press; a silent platform refuses nobody
whom it called good before. The real directories ask stand-ins of Slack and Graph over HTTP."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import select

from bot.accounts import GOOD_FOR, Accounts, Names
from bot.slack.directory import SlackDirectory
from bot.teams.directory import GraphDirectory
from handlers.conversation import (
    ButtonPressed,
    CommandTyped,
    Complaints,
    FormSubmitted,
    HomeOpened,
    NextPage,
    OpenForm,
    SearchTyped,
    Suggestions,
)
from handlers.desk.desk import Desk
from handlers.platform_ports import Standing
from handlers.rules.chronology import Deed
from handlers.rules.people import Login
from handlers.ui.card import Press
from handlers.ui.form import Source
from store.trail_tables import entries as table
from store.unit_of_work import Units
from tests.bot.slack.api import Api
from tests.bot.slack.conftest import api, client
from tests.bot.teams.conftest import TENANT, aad, on_stage
from tests.handlers.conftest import small_school, small_url, units
from tests.handlers.school import ANSWERS, LEE, SCHOOL, TESS, TUESDAY, account, words
from tests.journeys.gestures import PATIENT

__all__ = ["api", "client", "small_school", "small_url", "units"]
WHO = account(TESS)
GIVEN_UP = 4.5
"""Seconds: nobody has waited for the line itself, which gives up after five."""
TEAM = WHO.tenant


@dataclass
class Clock:
    seconds: float = 1_780_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass
class School:
    """The desk of the small school, whose accounts are asked of a Slack on loopback."""

    accounts: Accounts
    desk: Desk
    api: Api
    clock: Clock
    units: Units

    def says(self, **user: Any) -> None:
        self.api.scripts["users.info"].clear()
        self.api.will("users.info", body={"user": {"id": WHO.user, "team_id": TEAM, "real_name": "Tess", **user}})

    def fails(self, **script: Any) -> None:
        self.api.scripts["users.info"].clear()
        self.api.will("users.info", **script)


def restarted(units: Units, client: Any, clock: Clock) -> Accounts:
    return Accounts({"slack": SlackDirectory(client, team=TEAM)}, units.addresses, clock)


@pytest.fixture
async def school(units: Units, api: Api, client: Any) -> AsyncIterator[School]:
    clock = Clock()
    accounts = restarted(units, client, clock)
    desk = Desk(units=units, now=lambda: TUESDAY, wake=lambda: None, mishap=lambda *_: None, accounts=accounts)
    yield School(accounts=accounts, desk=desk, api=api, clock=clock, units=units)
    await accounts.close()


EVERY: dict[str, Callable[[], Any]] = {
    "command": lambda: CommandTyped(who=WHO),
    "press": lambda: ButtonPressed(who=WHO, press=Press.START, subject=uuid4(), version=0),
    "form": lambda: FormSubmitted(who=WHO, form="concern", key=str(uuid4()), page=1, values=ANSWERS),
    "home": lambda: HomeOpened(who=WHO),
}
MARKS: dict[str, tuple[dict[str, Any], str]] = {
    "deleted": ({"deleted": True}, "has been switched off"),
    "guest of several channels": ({"is_restricted": True}, "guest account or a restricted one"),
    "guest of one channel": ({"is_restricted": True, "is_ultra_restricted": True}, "guest account or a restricted one"),
    "stranger": ({"is_stranger": True}, "guest account or a restricted one"),
    "of another workspace": ({"team_id": "T0ELSEWHERE"}, "guest account or a restricted one"),
}


@pytest.mark.parametrize("kind", EVERY)
@pytest.mark.parametrize("mark", MARKS)
async def test_a_listed_person_is_refused_at_each_press_once_their_account_is_no_more(
    school: School, kind: str, mark: str
):
    school.says()
    assert "nothing has been kept" not in repr(await school.desk.answer(EVERY[kind]()))
    user, sentence = MARKS[mark]
    school.says(**user)
    told = words(await school.desk.answer(EVERY[kind]()))
    assert sentence in told
    assert "999" in told


@pytest.mark.parametrize("mark", MARKS)
async def test_a_search_of_theirs_finds_nothing(school: School, mark: str):
    school.says(**MARKS[mark][0])
    assert await school.desk.answer(SearchTyped(who=WHO, source=Source.PUPILS, query="mia")) == Suggestions(())


async def test_the_refusal_is_an_entry(school: School, units: Units):
    school.says(deleted=True)
    before = await entries(units)
    await school.desk.answer(EVERY["command"]())
    school.says(is_restricted=True)
    await school.desk.answer(EVERY["command"]())
    assert (await entries(units))[len(before) :] == ["account_switched_off", "guest_account"]


async def entries(units: Units) -> list[str]:
    """Why somebody was refused, in the order of the trail."""
    async with units(SCHOOL.id) as uow:
        rows = await uow.trail.work.rows(select(table).order_by(table.c.sequence))  # type: ignore[attr-defined]
        kept = [(await uow.trail._read(row, opened=True)).entry for row in rows]  # type: ignore[attr-defined]
    return [entry.facts["why"] for entry in kept if entry.deed is Deed.REFUSED]


async def test_what_the_request_itself_says_counts_whatever_the_platform_says(school: School):
    school.says()
    told = words(await school.desk.answer(EVERY["command"](), guest=True))
    assert "guest account" in told


SILENT: dict[str, dict[str, Any]] = {
    "no answer": {"drop": True}, "its own trouble": {"status": 503}, "limited": {"status": 429, "error": "ratelimited"},
    "too slow": {"wait": 9.0},
}  # fmt: skip


@pytest.mark.parametrize("silence", SILENT)
async def test_who_was_good_goes_on_while_the_platform_is_silent_and_is_not_kept_waiting(school: School, silence: str):
    school.says()
    assert await school.accounts.standing(WHO) is Standing.GOOD
    school.fails(**SILENT[silence])
    began = monotonic()
    assert await school.accounts.standing(WHO) is Standing.GOOD
    assert monotonic() - began < GIVEN_UP
    school.clock.seconds += GOOD_FOR + 1
    assert await school.accounts.standing(WHO) is Standing.UNKNOWN


@pytest.mark.parametrize("silence", SILENT)
async def test_a_lead_never_known_to_be_good_is_asked_to_try_again_and_keeps_the_text(school: School, silence: str):
    school.fails(**SILENT[silence])
    form, command = replace(EVERY["form"](), who=account(LEE)), replace(EVERY["command"](), who=account(LEE))
    told = await school.desk.answer(form)
    assert isinstance(told, Complaints)
    assert "could not check your account" in told.by_field[""]
    assert told.form.values == ANSWERS
    assert "could not check your account" in words(await school.desk.answer(command))


@pytest.mark.parametrize("silence", SILENT)
async def test_a_teacher_never_known_to_be_good_raises_a_concern_all_the_same(school: School, silence: str):
    school.fails(**SILENT[silence])
    assert isinstance(await school.desk.answer(EVERY["command"]()), OpenForm)
    assert isinstance(await school.desk.answer(EVERY["form"]()), NextPage)


async def test_who_was_refused_stays_refused_while_the_platform_is_silent(school: School):
    school.says(deleted=True)
    assert await school.accounts.standing(WHO) is Standing.INACTIVE
    school.fails(status=503)
    assert await school.accounts.standing(WHO) is Standing.INACTIVE


async def test_who_was_good_before_a_restart_is_known_after_it(school: School, units: Units, client: Any):
    school.says()
    await school.accounts.standing(WHO)
    await asyncio.gather(*school.accounts._writing)
    school.fails(status=503)
    fresh = restarted(units, client, school.clock)
    assert await fresh.standing(WHO) is Standing.GOOD
    school.says(deleted=True)
    assert await fresh.standing(WHO) is Standing.INACTIVE
    await fresh.close()
    school.fails(status=503)
    later = restarted(units, client, school.clock)
    assert await later.standing(WHO) is Standing.UNKNOWN
    await later.close()


@pytest.mark.parametrize("error", ["missing_scope", "not_allowed_token_type", "invalid_auth"])
async def test_where_the_platform_cannot_be_asked_at_all_the_staff_list_decides(school: School, error: str):
    school.fails(error=error)
    assert await school.accounts.standing(WHO) is Standing.GOOD


async def test_a_late_answer_serves_the_next_press(school: School, monkeypatch: pytest.MonkeyPatch):
    school.says()
    await school.accounts.standing(WHO)
    monkeypatch.setattr("bot.accounts.PATIENCE", 0.05)
    school.fails(wait=0.6, body={"user": {"id": WHO.user, "deleted": True}})
    assert await school.accounts.standing(WHO) is Standing.GOOD
    await asyncio.gather(*school.accounts._asking.values())
    school.fails(status=503)
    assert await school.accounts.standing(WHO) is Standing.INACTIVE


async def test_a_typeahead_asks_once_in_half_a_minute_and_presses_at_once_ask_once(school: School):
    school.says()
    for _ in range(5):
        await school.desk.answer(SearchTyped(who=WHO, source=Source.PUPILS, query="mi"))
    assert len(school.api.of("users.info")) == 1
    await asyncio.gather(*(school.accounts.standing(WHO) for _ in range(5)))
    assert len(school.api.of("users.info")) == 2


async def test_names_are_those_of_the_staff_list_and_else_of_slack(school: School, units: Units):
    names = Names(accounts=school.accounts, units=units, school=SCHOOL.id, platform="slack", tenant=TEAM)
    school.fails(body={"user": {"id": "U0SOL00001", "profile": {"real_name": "Sol Danjuma"}}})
    assert await names({WHO.user, "U0SOL00001"}) == {WHO.user: "Tess Hallam", "U0SOL00001": "Sol Danjuma"}
    school.fails(wait=9.0)
    began = monotonic()
    assert await names({WHO.user, "U0LATE0001"}) == {WHO.user: "Tess Hallam"}
    assert monotonic() - began < GIVEN_UP


async def test_on_teams_a_guest_and_a_deleted_account_are_refused_by_graph(units: Units):
    async with on_stage(None) as stage:
        accounts = Accounts({"teams": stage.directory}, units.addresses, stage.clock)
        found = {
            name: await settled(accounts, Login(platform="teams", tenant=TENANT, user=aad(number)))
            for name, number in (("tess", 6), ("gus", 12), ("nobody", 404))
        }
        await accounts.close()
    assert found == {"tess": Standing.GOOD, "gus": Standing.GUEST, "nobody": Standing.INACTIVE}


async def settled(accounts: Accounts, who: Login) -> Standing:
    """Once the SDK is loaded: the first question may come before."""
    async with asyncio.timeout(PATIENT):
        while (standing := await accounts.standing(who)) is Standing.UNKNOWN:  # noqa: ASYNC110 (it tells nobody)
            await asyncio.sleep(0.1)
        return standing


async def test_without_graph_the_staff_list_decides_on_teams(units: Units):
    async with on_stage(None) as stage:
        without = GraphDirectory(courier=stage.courier, tokens=stage.tokens, graph_url="", tenant=TENANT)
        accounts = Accounts({"teams": without}, units.addresses, stage.clock)
        assert await accounts.standing(Login(platform="teams", tenant=TENANT, user=aad(6))) is Standing.GOOD


async def test_the_form_opens_for_whoever_is_good(school: School):
    school.says()
    assert isinstance(await school.desk.answer(EVERY["command"]()), OpenForm)
