"""The page's view of a person's screen, and the page's gestures."""

import asyncio
import json

import pytest

from bot.playground.thumbs import PlatformRefused
from tests.bot.playground.slack_stage import (
    Lab,
    button,
    entry,
    modal,
    option,
    radio,
    section,
    text_input,
)
from tests.journeys.gestures import PATIENT

ROW = {"type": "actions", "block_id": "row", "elements": [button("Back", "back")]}
VIEW = modal(
    entry("Name", text_input(), "name"),
    entry("Colour", radio("Red", "Blue"), "colour", optional=True),
    entry("Child", {"type": "external_select", "min_query_length": 2}, "child", optional=True),
    ROW,
)


async def opened(lab: Lab):
    lab.opens(VIEW)
    bob = lab.world.thumbs("bob")
    await bob.say("/toy")
    lab.toy.on("block_actions")
    return bob


async def test_a_snapshot_has_the_shape_that_the_page_expects(lab):
    ts = await lab.post("Preview", blocks=[section("Card")])
    shot = lab.world.thumbs("ann").snapshot()
    assert shot["platform"] == "slack" and shot["bot"] == "Toy" and shot["view"] is None
    assert shot["version"] == lab.world.version
    assert shot["person"] == {"key": "ann", "name": "Ann Lead", "role": "Lead"}
    assert [(chat["place"], chat["kind"], chat["private"]) for chat in shot["chats"]] == [
        ("bot", "im", False),
        ("leads", "channel", True),
        ("general", "channel", False),
    ]
    (message,) = shot["chats"][1]["messages"]
    assert message.keys() == {"id", "at", "from", "text", "blocks", "edited", "only_me"}
    assert (message["id"], message["from"]) == (ts, {"name": "Toy", "bot": True, "me": False})
    assert shot["commands"] == [{"name": "/toy", "description": "Opens the toy"}]
    assert shot["shortcuts"][0] == {"callback_id": "open_toy", "name": "Open the toy", "type": "global"}
    json.dumps(shot)


async def test_an_open_modal_is_in_the_snapshot_with_errors_trouble_and_values(lab):
    bob = await opened(lab)
    await bob.set_state("name", "value", "typed")
    lab.toy.on("view_submission", {"response_action": "errors", "errors": {"name": "No."}})
    await bob.submit({})
    view = bob.snapshot()["view"]
    assert view.keys() == {"id", "view", "errors", "trouble", "values", "depth"}
    assert (view["errors"], view["trouble"], view["depth"]) == ({"name": "No."}, "", 1)
    assert view["values"]["name"]["value"] == {"type": "plain_text_input", "value": "typed"}
    assert view["view"]["title"]["text"] == "A toy"
    lab.toy.on("view_submission", status=500)
    await bob.submit({})
    assert bob.snapshot()["view"]["trouble"] == "We had some trouble connecting. Try again?"


async def test_the_page_submits_values_by_ids(lab):
    bob = await opened(lab)
    await bob.submit({"name": {"value": "n"}, "colour": {"value": "blue"}})
    values = lab.toy.last("view_submission")["view"]["state"]["values"]
    assert values["colour"]["value"]["selected_option"] == option("Blue")
    assert bob.snapshot()["view"] is None


async def test_the_page_searches_and_takes_what_was_offered_only(lab):
    bob = await opened(lab)
    lab.toy.on("block_suggestion", {"options": [option("Mia", "id-1")]})
    assert await bob.search("child", "value", "M") == []
    assert await bob.search("child", "value", "Mi") == [{"value": "id-1", "title": "Mia"}]
    with pytest.raises(PlatformRefused):
        await bob.set_state("child", "value", "id-2")
    await bob.set_state("child", "value", "id-1")
    assert bob.window().field("Child").value == "Mia"


async def test_the_page_presses_inside_a_modal_with_what_was_typed(lab):
    bob = await opened(lab)
    await bob.press_in_view("row", "back", {"name": {"value": "typed"}})
    told = lab.toy.last("block_actions")
    assert told["view"]["state"]["values"]["name"]["value"]["value"] == "typed"
    with pytest.raises(PlatformRefused):
        await bob.press_in_view("row", "gone", {})


async def test_the_page_presses_in_a_message_on_the_screen_and_in_no_other(lab):
    ts = await lab.post("Card", blocks=[ROW])
    await lab.world.thumbs("ann").press_raw(ts, "row", "back")
    assert lab.toy.last("block_actions")["container"]["message_ts"] == ts
    with pytest.raises(PlatformRefused):
        await lab.world.thumbs("bob").press_raw(ts, "row", "back")


async def test_the_page_uses_a_shortcut_on_a_message(lab):
    ts = await lab.post("Card", channel="C0GENERAL01")
    await lab.world.thumbs("bob").use_shortcut("report_toy", ts)
    assert lab.toy.last("message_action")["message_ts"] == ts


async def test_whoever_waits_for_news_is_woken_by_what_somebody_can_see(lab):
    version = lab.world.version
    waiting = asyncio.create_task(lab.world.changed_since(version))
    await asyncio.sleep(0)
    assert not waiting.done()
    await lab.post("News")
    assert await asyncio.wait_for(waiting, PATIENT) > version
