"""What goes out to Slack: where, how it is said when it does not arrive, and a channel's fitness beforehand."""

import pytest

from bot.slack.courier import SlackCourier
from handlers.platform_ports import Gone, Place, PlaceKind, Undelivered
from tests.bot.slack.limits import faults
from tests.examples import CARDS

LEADS = Place(platform="slack", tenant="T0KINGFISH", kind=PlaceKind.CHANNEL, id="C0LEADS001")
TESS = Place(platform="slack", tenant="T0KINGFISH", kind=PlaceKind.PERSON, id="U0TESS0001")
CARD = CARDS["triage_submitted"]
PRIVATE = {"channel": {"id": "C0LEADS001", "is_private": True, "is_shared": False, "is_ext_shared": False}}


class Monotonic:
    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def time() -> Monotonic:
    return Monotonic()


@pytest.fixture
def leads() -> set[str]:
    return {"ULEE", "UPRIYA"}


@pytest.fixture
def courier(client, time, leads) -> SlackCourier:
    async def allowed(place: Place) -> frozenset[str]:
        return frozenset(leads)

    return SlackCourier(client, allowed=allowed, clock=time)


@pytest.fixture
def channel(api):
    """A private channel with the two leads and the bot in it."""
    api.will("conversations.info", body=PRIVATE)
    api.will("conversations.members", body=there("ULEE", "UPRIYA", "UBOT"))
    return api


def there(*ids: str, more: str = "") -> dict:
    return {"members": list(ids), "response_metadata": {"next_cursor": more}}


async def refusal(courier, place=LEADS) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        await courier.post(place, CARD)
    return caught.value


async def test_a_card_is_posted_to_a_private_channel_and_its_id_comes_back(courier, channel):
    assert await courier.post(LEADS, CARD) == "1700000000.000100"
    [sent] = channel.of("chat.postMessage")
    assert sent["channel"] == "C0LEADS001"
    assert sent["text"] == CARD.summary
    assert faults({"text": sent["text"], "blocks": sent["blocks"]}) == []
    assert str(sent["unfurl_links"]).lower() == str(sent["unfurl_media"]).lower() in ("false", "0")
    assert sent["metadata"] == {
        "event_type": "heard_card", "event_payload": {"id": "5a1d7c1e-0000-4000-8000-000000000001"}
    }


async def test_a_person_is_written_to_in_their_own_chat_which_is_asked_for_once(courier, api):
    assert await courier.post(TESS, CARD)
    await courier.update(TESS, "1.2", CARD)
    assert [call["users"] for call in api.of("conversations.open")] == ["U0TESS0001"]
    assert api.of("chat.postMessage")[0]["channel"] == "D1"
    assert (api.of("chat.update")[0]["channel"], api.of("chat.update")[0]["ts"]) == ("D1", "1.2")


async def test_a_card_is_drawn_afresh_where_it_stands(courier, channel):
    await courier.update(LEADS, "1700000000.000100", CARD)
    [sent] = channel.of("chat.update")
    assert (sent["channel"], sent["ts"], sent["text"]) == ("C0LEADS001", "1700000000.000100", CARD.summary)


@pytest.mark.parametrize("script", [{"body": {}}, {"body": {"ts": ""}}, {"body": {"ts": 5}}])
async def test_an_answer_without_an_id_is_no_delivery(courier, api, script):
    api.will("chat.postMessage", **script)
    failure = await refusal(courier, TESS)
    assert (failure.reason, failure.sent, failure.final) == ("no_id", True, False)


async def test_being_limited_says_for_how_long(courier, api):
    api.will("chat.postMessage", error="ratelimited", status=429, headers={"Retry-After": "17"})
    failure = await refusal(courier, TESS)
    assert (failure.reason, failure.after, failure.final, failure.sent) == ("ratelimited", 17.0, False, False)


@pytest.mark.parametrize(
    "script",
    [{"status": 500}, {"status": 503, "raw": "busy"}, {"drop": True}, {"error": "internal_error"},
     {"error": "fatal_error"}, {"status": 200, "raw": "not json"}],
)
async def test_a_lost_answer_is_told_as_perhaps_delivered_and_not_repeated(courier, api, script):
    api.will("chat.postMessage", **script)
    failure = await refusal(courier, TESS)
    assert (failure.sent, failure.final) == (True, False)
    assert len(api.of("chat.postMessage")) == 1


async def test_a_slow_answer_is_perhaps_delivered_too(api):
    import aiohttp

    from bot.slack.app import web_client

    api.will("chat.postMessage", wait=3.0)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=1.0)) as session:
        courier = SlackCourier(web_client("x", api.base_url, session), allowed=nobody)
        assert (await refusal(courier, TESS)).sent


async def test_nothing_was_sent_where_nobody_listens():
    import aiohttp

    from bot.slack.app import web_client

    async with aiohttp.ClientSession() as session:
        courier = SlackCourier(web_client("x", "http://127.0.0.1:1/api/", session), allowed=nobody)
        failure = await refusal(courier, TESS)
    assert (failure.reason, failure.sent, failure.final) == ("no_connection", False, False)


async def nobody(_: Place) -> frozenset[str]:
    return frozenset()


@pytest.mark.parametrize(
    "error",
    ["channel_not_found", "is_archived", "not_in_channel", "account_inactive", "invalid_auth", "token_revoked",
     "missing_scope", "user_disabled", "invalid_blocks"],
)
async def test_what_no_repeat_puts_right_is_final(courier, api, error):
    api.will("chat.postMessage", error=error)
    failure = await refusal(courier, TESS)
    assert (failure.reason, failure.final) == (error, True)


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message", "edit_window_closed"])
async def test_a_message_that_is_not_there_any_more_is_gone(courier, channel, error):
    channel.will("chat.update", error=error)
    with pytest.raises(Gone):
        await courier.update(LEADS, "1.2", CARD)


async def test_an_archived_channel_is_no_gone_message(courier, channel):
    channel.will("chat.update", error="is_archived")
    with pytest.raises(Undelivered) as caught:
        await courier.update(LEADS, "1.2", CARD)
    assert caught.value.final
    assert not isinstance(caught.value, Gone)


@pytest.mark.parametrize(
    "told",
    [{"is_private": False}, {"is_ext_shared": True}, {"is_shared": True}, {"is_org_shared": True},
     {"is_pending_ext_shared": True}, {"is_private": None}],
)
async def test_a_channel_that_is_open_or_shared_gets_no_card(courier, api, told):
    api.will("conversations.info", body={"channel": {**PRIVATE["channel"], **told}})
    failure = await refusal(courier)
    assert (failure.reason, failure.final) == ("channel_not_private", True)
    assert api.of("chat.postMessage") == []


async def test_a_stranger_on_the_second_page_of_members_stops_the_card(courier, api):
    api.will("conversations.info", body=PRIVATE)
    api.will("conversations.members", body=there("ULEE", "UBOT", more="next"))
    api.will("conversations.members", body=there("UTOM"))
    failure = await refusal(courier)
    assert (failure.reason, failure.final) == ("strangers_in_channel", True)
    assert [call.get("cursor") for call in api.of("conversations.members")] == [None, "next"]
    assert api.of("chat.postMessage") == []


async def test_another_app_in_the_channel_is_a_stranger(courier, api):
    api.will("conversations.info", body=PRIVATE)
    api.will("conversations.members", body=there("ULEE", "UBOT", "UOTHERBOT"))
    assert (await refusal(courier)).reason == "strangers_in_channel"


async def test_a_channel_that_is_made_public_is_not_even_drawn_in_again(courier, api, time):
    api.will("conversations.info", body=PRIVATE)
    api.will("conversations.members", body=there("ULEE", "UBOT"))
    api.will("conversations.info", body={"channel": {**PRIVATE["channel"], "is_private": False}})
    message = await courier.post(LEADS, CARD)
    time.seconds += 1
    with pytest.raises(Undelivered, match="channel_not_private"):
        await courier.update(LEADS, message, CARD)
    assert api.of("chat.update") == []


async def test_in_a_channel_that_is_open_by_now_a_message_can_still_be_emptied(courier, api):
    api.will("conversations.info", body={"channel": {"id": "C0LEADS001", "is_private": False}})
    with pytest.raises(Undelivered, match="channel_not_private"):
        await courier.update(LEADS, "1700000000.000100", CARD)
    await courier.empty(LEADS, "1700000000.000100")
    [drawn] = api.of("chat.update")
    assert CARD.summary not in str(drawn)
    assert "nothing here" in drawn["text"]


async def test_a_finding_is_shared_by_the_cards_of_one_second_and_no_longer(courier, channel, time):
    await courier.post(LEADS, CARD)
    time.seconds += 0.9
    await courier.post(LEADS, CARD)
    assert len(channel.of("conversations.members")) == 1
    time.seconds += 1
    await courier.post(LEADS, CARD)
    assert len(channel.of("conversations.members")) == 2
    assert len(channel.of("auth.test")) == 1


async def test_a_lead_who_is_one_no_more_stops_the_card_at_once(courier, channel, leads, time):
    await courier.post(LEADS, CARD)
    time.seconds += 1
    leads.remove("UPRIYA")
    assert (await refusal(courier)).reason == "strangers_in_channel"


async def test_a_channel_put_right_is_used_again_soon(courier, api, time):
    api.will("conversations.info", body=PRIVATE)
    api.will("conversations.members", body=there("ULEE", "UTOM", "UBOT"))
    api.will("conversations.members", body=there("ULEE", "UBOT"))
    await refusal(courier)
    time.seconds += 0.9
    assert (await refusal(courier)).reason == "strangers_in_channel"
    time.seconds += 1
    assert await courier.post(LEADS, CARD)


async def test_a_channel_that_cannot_be_looked_at_gets_no_card(courier, api):
    api.will("conversations.info", error="channel_not_found")
    assert (await refusal(courier)).final
    api.scripts["conversations.info"] = []
    api.will("conversations.info", status=500)
    failure = await refusal(courier)
    assert (failure.final, failure.sent) == (False, False)
    assert api.of("chat.postMessage") == []


async def test_an_archived_channel_gets_no_card(courier, api):
    api.will("conversations.info", body={"channel": {**PRIVATE["channel"], "is_archived": True}})
    assert (await refusal(courier)).reason == "is_archived"


async def test_an_error_that_is_no_code_is_not_repeated(courier, api):
    api.will("chat.postMessage", error="CANARY a sentence with <words>")
    failure = await refusal(courier, TESS)
    assert "CANARY" not in f"{failure}{failure.reason}{failure.__cause__}"
    assert failure.__suppress_context__


async def test_a_message_of_ours_is_taken_away_where_it_stands(courier, api):
    await courier.withdraw(LEADS, "1700000000.000100")
    await courier.withdraw(TESS, "1.2")
    assert [(sent["channel"], sent["ts"]) for sent in api.of("chat.delete")] == [
        ("C0LEADS001", "1700000000.000100"), ("D1", "1.2")
    ]  # fmt: skip


async def test_one_that_is_not_there_any_more_is_gone(courier, api):
    api.will("chat.delete", error="message_not_found")
    with pytest.raises(Gone):
        await courier.withdraw(LEADS, "1.2")


@pytest.mark.parametrize("error", ["cant_delete_message", "compliance_exports_prevent_deletion", "channel_not_found"])
async def test_what_slack_will_not_delete_is_final(courier, api, error):
    api.will("chat.delete", error=error)
    with pytest.raises(Undelivered) as caught:
        await courier.withdraw(LEADS, "1.2")
    assert (caught.value.reason, caught.value.final) == (error, True)


@pytest.mark.parametrize("script", [{"status": 500}, {"error": "fatal_error"}, {"drop": True}])
async def test_a_deletion_that_is_not_answered_is_tried_again(courier, api, script):
    api.will("chat.delete", **script)
    with pytest.raises(Undelivered) as caught:
        await courier.withdraw(LEADS, "1.2")
    assert not caught.value.final
