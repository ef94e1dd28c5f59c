"""The Home tab: asked for by opening it, drawn anew by the courier, its buttons opening windows of their own."""

import pytest

from bot.slack.courier import SlackCourier
from handlers.conversation import ButtonPressed, HomeOpened, OpenForm, Tell, Who
from handlers.platform_ports import Place, PlaceKind, Undelivered
from handlers.ui.card import Press
from tests.bot.slack.limits import faults
from tests.bot.slack.payloads import EVENT, KEY, press
from tests.examples import CARDS, FORMS

BOARD = CARDS["board"]
TESS = Who(platform="slack", tenant="T0KINGFISH", user="U0TESS0001")
HOME = Place(platform="slack", tenant="T0KINGFISH", kind=PlaceKind.HOME, id="U0TESS0001")


def opened(**event: object) -> dict:
    return {**EVENT, "event": {**EVENT["event"], **event}}


def pressed(action: str) -> dict:
    """A button on the Home tab: there is a view, and no message and no channel."""
    payload = press(action)
    for name in ("channel", "message"):
        del payload[name]
    view = {"id": "V9", "type": "home", "hash": "h9", "blocks": [], "state": {"values": {}}}
    return {**payload, "container": {"type": "view", "view_id": "V9"}, "view": view}


async def test_whoever_opens_their_home_tab_sees_what_the_desk_says(slack, desk, api):
    desk.reply = Tell(BOARD)
    assert (await slack.event(EVENT)).status_code == 200
    assert desk.heard == [HomeOpened(who=TESS)]
    [published] = api.of("views.publish")
    assert published["user_id"] == "U0TESS0001"
    assert published["view"]["type"] == "home"
    assert faults(published["view"]) == []
    assert "hash" not in published


async def test_a_page_that_has_been_drawn_since_is_newer_and_stays(slack, desk, api):
    desk.reply = Tell(BOARD)
    api.will("views.publish", error="hash_conflict")
    assert (await slack.event(opened(view={"type": "home", "hash": "h1"}))).status_code == 200
    assert api.of("views.publish")[0]["hash"] == "h1"


async def test_a_page_that_could_not_be_drawn_is_asked_for_again_by_slack(slack, desk, api):
    desk.reply = Tell(BOARD)
    api.will("views.publish", error="internal_error")
    assert (await slack.event(EVENT)).status_code == 503


@pytest.mark.parametrize("event", [{"tab": "messages"}, {"type": "message"}])
async def test_no_other_event_reaches_the_desk(slack, desk, api, event):
    assert (await slack.event(opened(**event))).status_code == 200
    assert desk.heard == []
    assert api.methods == []


async def test_refresh_draws_the_page_where_it_stands(slack, desk, api):
    desk.reply = Tell(BOARD)
    assert (await slack.interact(pressed("board"))).status_code == 200
    assert [inbound.press for inbound in desk.heard] == [Press.BOARD]
    assert api.methods == ["views.publish"]
    assert api.of("views.publish")[0]["hash"] == "h9"


@pytest.mark.parametrize("action", ["open", "raise", "accept"])
async def test_every_other_button_of_the_page_opens_a_window_and_leaves_the_page_alone(slack, desk, api, action):
    desk.reply = OpenForm(FORMS["account"])
    assert (await slack.interact(pressed(action))).status_code == 200
    assert isinstance(desk.heard[0], ButtonPressed)
    assert str(desk.heard[0].subject) == KEY
    assert desk.heard[0].standing is None
    assert api.methods == ["views.open", "views.update"]
    assert api.of("views.update")[0]["view_id"] == "V1", "the window that was opened, not the page"


async def test_refresh_in_a_window_is_drawn_in_that_window(slack, desk, api):
    desk.reply = Tell(BOARD)
    payload = pressed("board")
    payload["view"]["type"] = "modal"
    assert (await slack.interact(payload)).status_code == 200
    assert api.methods == ["views.update"]


@pytest.fixture
def courier(client) -> SlackCourier:
    async def nobody(place: Place) -> frozenset[str]:
        return frozenset()

    return SlackCourier(client, allowed=nobody)


async def test_the_courier_publishes_a_page_and_needs_no_channel_for_it(courier, api):
    assert await courier.post(HOME, BOARD) == "home"
    await courier.update(HOME, "home", BOARD)
    assert api.methods == ["views.publish"] * 2
    assert api.of("views.publish")[1]["user_id"] == "U0TESS0001"


async def test_of_a_page_that_is_taken_away_nothing_is_left(courier, api):
    await courier.withdraw(HOME, "home")
    [published] = api.of("views.publish")
    assert "nothing here" in str(published["view"]["blocks"])


async def test_a_page_that_slack_does_not_take_is_no_delivery(courier, api):
    api.will("views.publish", error="not_enabled")
    with pytest.raises(Undelivered) as caught:
        await courier.update(HOME, "home", BOARD)
    assert caught.value.reason == "not_enabled"
