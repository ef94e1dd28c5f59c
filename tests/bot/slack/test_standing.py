"""A message of ours is found again by its mark, where the workspace lets us look; else nothing is asked."""

import pytest

from handlers.platform_ports import Undelivered
from handlers.ui.card import proved
from tests.bot.slack.test_courier import CARD, LEADS, TESS, channel, courier, leads, time

__all__ = ["channel", "courier", "leads", "time"]
MAY = {"x-oauth-scopes": "chat:write,groups:history,groups:read"}


def message(ts: str, *, mark: str = "m1", user: str = "UBOT") -> dict:
    metadata = {"event_type": "heard_card", "event_payload": {"id": "1", "card": mark}}
    return {"type": "message", "ts": ts, "user": user, "text": "CANARY", "metadata": metadata}


def page(*messages: dict, more: str = "") -> dict:
    return {"messages": list(messages), "response_metadata": {"next_cursor": more}}


@pytest.fixture
def may(api):
    api.will("auth.test", headers=MAY)
    return api


async def test_a_card_is_posted_with_its_mark_and_drawn_again_with_it(courier, channel):
    await courier.post(LEADS, proved(CARD, "m1"))
    await courier.update(LEADS, "1700000000.000100", proved(CARD, "m1"))
    for method in ("chat.postMessage", "chat.update"):
        [sent] = channel.of(method)
        assert sent["metadata"]["event_payload"]["card"] == "m1"


async def test_ours_with_that_mark_are_found_the_oldest_first(courier, may):
    another, stranger = message("1.5", mark="m2"), message("1.7", user="ULEE")
    may.will("conversations.history", body=page(message("3.0"), another, more="next"))
    may.will("conversations.history", body=page(stranger, {"type": "message", "ts": "1.1"}, message("1.0")))
    assert await courier.find(LEADS, "m1") == ["1.0", "3.0"]
    first, second = may.of("conversations.history")
    assert str(first["include_all_metadata"]).lower() in ("true", "1")
    assert second["cursor"] == "next"


async def test_without_the_scope_nothing_is_asked(courier, api):
    api.will("auth.test", headers={"x-oauth-scopes": "chat:write,groups:read"})
    assert await courier.find(LEADS, "m1") == []
    assert not await courier.finds_again()
    assert api.of("conversations.history") == []


async def test_a_persons_own_chat_is_never_read(courier, may):
    assert await courier.find(TESS, "m1") == ()
    assert may.methods == []


async def test_what_slack_does_not_answer_is_no_absence(courier, may):
    may.will("conversations.history", error="ratelimited")
    with pytest.raises(Undelivered):
        await courier.find(LEADS, "m1")


async def test_the_reading_ends(courier, may):
    may.will("conversations.history", body=page(message("1.0"), more="on and on"))
    assert await courier.find(LEADS, "m1") == ["1.0", "1.0", "1.0"]
