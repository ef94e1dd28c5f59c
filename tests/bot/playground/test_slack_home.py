"""The Home tab of the stand-in: the event, views.publish and its hash, presses that come from a view and no modal."""

import copy

import pytest

from bot.playground.thumbs import PlatformRefused
from tests.bot.playground.slack_stage import (
    MANIFEST,
    Json,
    Lab,
    button,
    entry,
    modal,
    plain,
    section,
    text_input,
)

WITH_HOME = copy.deepcopy(MANIFEST)
WITH_HOME["features"]["app_home"]["home_tab_enabled"] = True
WITH_HOME["settings"]["event_subscriptions"]["bot_events"] = ["app_home_opened"]


@pytest.fixture
async def lab():
    made = Lab(manifest=WITH_HOME)
    yield made
    await made.aclose()


def home(*blocks: Json, **more: object) -> Json:
    return {"type": "home", "blocks": list(blocks), **more}


PAGE = home(
    section("First", block_id="first", accessory=button("Open", "open", value="1")),
    section("Second", block_id="second", accessory=button("Open", "open", value="2")),
)


async def publish(lab: Lab, view: Json = PAGE, user: str = "U0BOB", **more: object) -> Json:
    return await lab.call("views.publish", user_id=user, view=view, **more)


async def test_looking_at_the_tab_tells_the_app_who_looks_and_what_stands_there(lab):
    bob = lab.world.thumbs("bob")
    await bob.open_home()
    event = lab.toy.last("event_callback")
    assert event["event"] | {"event_ts": ""} == {
        "type": "app_home_opened", "user": "U0BOB", "channel": lab.world.im("U0BOB").id, "tab": "home", "event_ts": "",
    }  # fmt: skip
    published = (await publish(lab))["view"]
    await bob.open_home()
    shown = lab.toy.last("event_callback")["event"]["view"]
    assert (shown["id"], shown["hash"], shown["type"]) == (published["id"], published["hash"], "home")


async def test_an_app_that_did_not_ask_for_the_event_hears_nothing():
    asked = copy.deepcopy(WITH_HOME)
    asked["settings"]["event_subscriptions"]["bot_events"] = []
    lab = Lab(manifest=asked)
    await lab.world.thumbs("bob").open_home()
    assert lab.toy.count("event_callback") == 0
    await lab.aclose()


async def test_without_the_tab_in_the_manifest_there_is_nothing_to_open_or_publish():
    lab = Lab()
    with pytest.raises(PlatformRefused, match="home_tab_enabled"):
        await lab.world.thumbs("bob").open_home()
    assert (await publish(lab))["error"] == "not_enabled"
    assert lab.world.thumbs("bob").snapshot()["home"] is None
    await lab.aclose()


async def test_what_is_published_is_that_persons_alone_and_publishing_again_takes_its_place(lab):
    first = (await publish(lab))["view"]
    assert "First" in lab.world.thumbs("bob").home().words
    with pytest.raises(PlatformRefused, match="nothing has been published"):
        lab.world.thumbs("ann").home()
    second = (await publish(lab, home(section("Third"))))["view"]
    assert second["id"] == first["id"]
    assert second["hash"] != first["hash"]
    assert lab.world.thumbs("bob").home().words == "Third"


async def test_a_hash_of_a_page_that_is_not_there_any_more_is_refused(lab):
    old = (await publish(lab))["view"]["hash"]
    new = (await publish(lab))["view"]["hash"]
    assert (await publish(lab, hash=old))["error"] == "hash_conflict"
    assert (await publish(lab, hash=new))["ok"]


@pytest.mark.parametrize(
    "view",
    [
        modal(section("x")),
        home(),
        home(*(section("x") for _ in range(101))),
        home(section("x"), title=plain("Home")),
        home(section("x", accessory=button("Open", "a" * 256))),
        home(section("x", block_id="b"), section("y", block_id="b")),
        home({"type": "alert", "text": plain("x")}),
    ],
)
async def test_what_slack_would_not_take_as_a_page_is_refused(lab, view):
    answer = await publish(lab, view)
    assert answer["error"] == "invalid_arguments"
    assert lab.world.refusals


async def test_a_page_may_hold_a_hundred_blocks_and_inputs(lab):
    assert (await publish(lab, home(*(section("x") for _ in range(100)))))["ok"]
    assert (await publish(lab, home(entry("Name", text_input(), "name"))))["ok"]


async def test_nobody_else_is_published_to(lab):
    assert (await publish(lab, user="U0NOBODY"))["error"] == "invalid_arguments"
    assert (await publish(lab, user="U0DEE"))["error"] == "invalid_arguments", "an account that is gone"


async def test_a_press_on_the_page_comes_from_a_view_with_no_message_and_its_modal_is_a_root(lab):
    await publish(lab)
    lab.opens(modal(section("Opened"), submit=None))
    bob = lab.world.thumbs("bob")
    await bob.press_home("Open", beside="Second")
    pressed = lab.toy.last("block_actions")
    assert pressed["view"]["type"] == "home"
    assert pressed["container"] == {"type": "view", "view_id": pressed["view"]["id"]}
    assert pressed["actions"][0]["value"] == "2"
    assert not {"channel", "message", "response_url"} & pressed.keys()
    window = bob.window()
    assert window is not None and window.words == "Opened"
    await bob.close()
    assert bob.window() is None, "closing it goes back to the page, which is no modal"
    assert "First" in bob.home().words


async def test_a_button_that_is_not_on_the_page_is_not_found(lab):
    await publish(lab)
    bob = lab.world.thumbs("bob")
    with pytest.raises(KeyError):
        await bob.press_home("Open", beside="Third")
    with pytest.raises(PlatformRefused):
        await bob.press_home_raw("first", "close")


async def test_an_app_that_breaks_on_a_press_leaves_the_page_as_it_is(lab):
    await publish(lab)
    lab.toy.on("block_actions", status=500)
    bob = lab.world.thumbs("bob")
    with pytest.raises(PlatformRefused, match="http_service_error"):
        await bob.press_home("Open")
    assert "First" in bob.home().words


async def test_the_screen_tells_what_stands_there_as_the_app_sent_it(lab):
    assert lab.world.thumbs("bob").snapshot()["home"] == {"blocks": None}
    await publish(lab)
    blocks = lab.world.thumbs("bob").snapshot()["home"]["blocks"]
    assert [block["block_id"] for block in blocks] == ["first", "second"]
