"""conversations.history as Slack's page of it says: scopes, order, pages, metadata, and who may ask."""

import pytest

from tests.bot.playground.slack_stage import Lab

MARKED = {"event_type": "toy", "event_payload": {"card": "m1"}}


@pytest.fixture
def granted(lab: Lab) -> Lab:
    assert lab.world.manifest is not None
    scopes = {"bot": ["chat:write", "im:write", "groups:read", "groups:history"], "bot_optional": []}
    lab.world.manifest = {**lab.world.manifest, "oauth_config": {"scopes": scopes}}
    return lab


async def asks(lab: Lab, **arguments: object) -> dict:
    return (await lab.raw("conversations.history", {"channel": "C0LEADS", **arguments})).json()


async def posts(lab: Lab, *texts: str) -> list[str]:
    return [
        (await lab.raw("chat.postMessage", {"channel": "C0LEADS", "text": text, "metadata": MARKED})).json()["ts"]
        for text in texts
    ]


async def test_without_the_scope_it_says_which_one_is_missing(lab):
    answer = await asks(lab)
    assert (answer["ok"], answer["error"]) == (False, "missing_scope")
    assert "groups:history" in answer["needed"]


async def test_the_scope_of_another_kind_of_channel_opens_no_private_one(granted):
    scopes = {"bot": ["chat:write", "channels:history"], "bot_optional": []}
    granted.world.manifest = {**granted.world.manifest, "oauth_config": {"scopes": scopes}}
    answer = await asks(granted)
    assert (answer["error"], answer["needed"]) == ("missing_scope", "groups:history")


async def test_the_newest_comes_first_and_metadata_only_when_it_is_asked_for(granted):
    first, second = await posts(granted, "one", "two")
    plain, marked = await asks(granted), await asks(granted, include_all_metadata="true")
    assert [one["ts"] for one in plain["messages"]] == [second, first]
    assert all("metadata" not in one for one in plain["messages"])
    assert [one["metadata"] for one in marked["messages"]] == [MARKED, MARKED]


async def test_it_comes_in_pages(granted):
    sent = await posts(granted, "one", "two", "three")
    page = await asks(granted, limit=2)
    rest = await asks(granted, limit=2, cursor=page["response_metadata"]["next_cursor"])
    assert [one["ts"] for one in [*page["messages"], *rest["messages"]]] == sent[::-1]
    assert (page["has_more"], rest["has_more"], rest["response_metadata"]["next_cursor"]) == (True, False, "")
    assert (await asks(granted, limit=1000))["error"] == "invalid_limit"


async def test_the_ends_of_a_time_are_left_out_unless_they_are_asked_for(granted):
    first, second, third = await posts(granted, "one", "two", "three")
    inside = await asks(granted, oldest=first, latest=third)
    whole = await asks(granted, oldest=first, latest=third, inclusive="true")
    assert [one["ts"] for one in inside["messages"]] == [second]
    assert len(whole["messages"]) == 3


async def test_whispers_and_what_was_deleted_are_not_in_it(granted):
    first, second = await posts(granted, "one", "two")
    await granted.raw("chat.postEphemeral", {"channel": "C0LEADS", "user": "U0ANN", "text": "psst"})
    await granted.raw("chat.delete", {"channel": "C0LEADS", "ts": first})
    assert [one["ts"] for one in (await asks(granted))["messages"]] == [second]


async def test_a_channel_that_the_app_is_not_in_is_not_found(granted):
    granted.world.channels["C0LEADS"].with_bot = False
    assert (await asks(granted))["error"] == "channel_not_found"
