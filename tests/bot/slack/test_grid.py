"""Enterprise Grid: a person is known by organisation and user, in the workspace of the installation; nobody else is."""

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.slack import render
from bot.slack.app import SlackDoor, Workspace
from bot.slack.grid import Installed
from handlers.conversation import Who
from handlers.desk.desk import Desk
from tests.bot.slack.conftest import SECRET, Caller, TestDesk
from tests.bot.slack.payloads import EVENT, REPORT, SHORTCUT, press, searching, submission, typed
from tests.examples import FORMS
from tests.handlers.conftest import here, small_school, small_url, units
from tests.handlers.school import Here

HOME, SISTER, ELSEWHERE = "T0KINGFISH", "T0SISTER01", "T0ELSEWHERE"
ORG, OTHER_ORG = "E0FERNSHIRE", "E0OTHERORG"
__all__ = ["here", "small_school", "small_url", "units"]
GWEN = Who(platform="slack", tenant=HOME, user="W0GWEN0001")
VIEW = render.form_view(FORMS["concern_2_child"])


def of_grid(body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """An interaction in the school's workspace by somebody whose own is a sister's, as Slack sends it."""
    return {
        **body,
        "user": {"id": GWEN.user, "username": "gwen", "name": "gwen", "team_id": SISTER},
        "team": {"id": HOME, "domain": "kingfisher", "enterprise_id": ORG, "enterprise_name": "Fernshire"},
        "enterprise": {"id": ORG, "name": "Fernshire"},
        "is_enterprise_install": False,
        **more,
    }


def of_all(body: dict[str, Any], **more: Any) -> dict[str, Any]:
    """The same with the app installed for the whole organisation."""
    return of_grid(body, **{"team": None, "is_enterprise_install": True, **more})


KINDS = {
    "shortcut": SHORTCUT, "report": REPORT, "press": press("accept"), "search": searching("pupils", "mi"),
    "form": submission(VIEW, {"facts": typed("x")}),
}  # fmt: skip


async def standing_there(desk: Any, client: Any, clock: Any, installed: Installed) -> AsyncIterator[Caller]:
    workspace = Workspace(client=client, secrets=[SECRET], installed=installed)
    door = SlackDoor(desk=desk, workspaces=[workspace], now=clock)
    app = FastAPI()
    app.include_router(door.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://heard.test") as http:
        yield Caller(http)


@pytest.fixture(params=["", ORG], ids=["organisation not given", "organisation given"])
async def grid(request: Any, desk: TestDesk, client: Any, clock: Any) -> AsyncIterator[Caller]:
    async for caller in standing_there(desk, client, clock, Installed(team=HOME, organisation=request.param)):
        yield caller


@pytest.fixture
async def org_wide(desk: TestDesk, client: Any, clock: Any) -> AsyncIterator[Caller]:
    async for caller in standing_there(desk, client, clock, Installed(team=HOME, organisation=ORG)):
        yield caller


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("made", [of_grid, of_all])
async def test_whoever_belongs_to_a_sister_workspace_is_the_same_person_in_every_kind_of_request(
    grid: Caller, desk: TestDesk, kind: str, made: Any
):
    assert (await grid.interact(made(KINDS[kind]))).status_code == 200
    assert [inbound.who for inbound in desk.heard] == [GWEN]


async def test_a_command_and_the_home_tab_know_the_same_person(grid: Caller, desk: TestDesk):
    await grid.command(user_id=GWEN.user, team_id=HOME, enterprise_id=ORG, is_enterprise_install="false")
    event = {"user": GWEN.user, "type": "app_home_opened", "channel": "D1", "tab": "home"}
    given = {"enterprise_id": ORG, "team_id": HOME, "user_id": "UBOT", "is_enterprise_install": False}
    await grid.event({**EVENT, "event": event, "authorizations": [given]})
    assert [inbound.who for inbound in desk.heard] == [GWEN, GWEN]


async def test_a_modal_that_was_opened_elsewhere_is_the_installations(grid: Caller, desk: TestDesk):
    sent = of_grid(KINDS["form"], team={"id": SISTER, "enterprise_id": ORG})
    sent["view"] = {**sent["view"], "app_installed_team_id": HOME}
    await grid.interact(sent)
    assert desk.heard[0].who == GWEN


async def test_typed_in_a_sister_workspace_it_is_the_schools_where_the_organisation_is_given(
    org_wide: Caller, desk: TestDesk
):
    await org_wide.command(user_id=GWEN.user, team_id=SISTER, enterprise_id=ORG, is_enterprise_install="true")
    await org_wide.interact(of_grid(KINDS["press"], team={"id": SISTER, "enterprise_id": ORG}))
    assert [inbound.who for inbound in desk.heard] == [GWEN, GWEN]


@pytest.mark.parametrize("kind", KINDS)
async def test_a_guest_through_slack_connect_is_of_their_own_workspace(grid: Caller, desk: TestDesk, kind: str):
    user = {"id": GWEN.user, "username": "gwen", "team_id": ELSEWHERE}
    await grid.interact(of_grid(KINDS[kind], user=user, enterprise=None, team={"id": HOME}))
    assert [inbound.who.tenant for inbound in desk.heard] == [ELSEWHERE]


@pytest.mark.parametrize(
    "more",
    [{"enterprise": None, "team": {"id": ELSEWHERE}},
     {"enterprise": {"id": OTHER_ORG}, "team": {"id": ELSEWHERE, "enterprise_id": OTHER_ORG}}],
    ids=["another workspace", "another organisation"],
)
@pytest.mark.parametrize("kind", KINDS)
async def test_what_is_used_elsewhere_is_turned_away_and_kept(grid: Caller, desk: TestDesk, kind: str, more: Any):
    user = {"id": GWEN.user, "username": "gwen", "team_id": ELSEWHERE}
    assert (await grid.interact(of_grid(KINDS[kind], user=user, **more))).status_code == 403
    assert desk.heard == []
    assert desk.away == ["slack_unknown_workspace"]


async def test_another_organisations_command_is_turned_away_in_words(grid: Caller, desk: TestDesk):
    told = await grid.command(user_id=GWEN.user, team_id=ELSEWHERE, enterprise_id=OTHER_ORG)
    assert "Heard is not set up for this school" in told.json()["text"]
    assert desk.heard == []


async def test_somebody_of_the_organisation_who_is_not_on_the_list_is_refused(client: Any, clock: Any, here: Here):
    """With the real desk, whose school is the workspace T0SCHOOL."""
    school, home = Desk(units=here.units, now=here.desk.now, wake=lambda: None, mishap=here.desk.mishap), "T0SCHOOL"
    team = {"id": home, "enterprise_id": ORG}
    listed = {"id": "U6", "username": "tess", "team_id": SISTER}
    async for caller in standing_there(school, client, clock, Installed(team=home)):
        told = (await caller.interact(of_grid(KINDS["form"], team=team))).text
        assert "staff list" in told
        taken = (await caller.interact(of_grid(KINDS["form"], team=team, user=listed))).text
        assert "staff list" not in taken and "not set up" not in taken


@pytest.mark.parametrize("odd", [{"enterprise": "x"}, {"team": "T1"}, {"authorizations": "x"}, {"authorizations": [7]}])
async def test_an_odd_shape_is_a_400(grid: Caller, odd: dict[str, Any]):
    assert (await grid.interact(of_grid(KINDS["press"], **odd))).status_code == 400
