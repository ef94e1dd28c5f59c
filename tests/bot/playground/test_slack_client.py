"""A person's client: commands, messages, shortcuts, places, and how words read."""

import asyncio
import copy

import pytest
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from bot.playground.slack import sender
from bot.playground.thumbs import PlatformRefused, Thumbs
from tests.bot.playground.slack_stage import (
    MANIFEST,
    Json,
    Lab,
    button,
    modal,
    mrkdwn,
    plain,
    section,
)


def test_a_slack_person_is_one_of_the_persons_that_journeys_are_told_with(lab):
    person: Thumbs = lab.world.thumbs("bob")
    assert person.platform == "slack"
    assert lab.world.thumbs("bob") is person
    with pytest.raises(KeyError):
        lab.world.thumbs("nobody")


async def test_a_command_arrives_signed_with_all_its_fields(lab):
    await lab.world.thumbs("bob").say("/toy with a & b", place="general")
    form = lab.toy.last("command")
    assert form.keys() == {
        "token", "team_id", "team_domain", "channel_id", "channel_name", "user_id", "user_name", "command",
        "text", "api_app_id", "is_enterprise_install", "response_url", "trigger_id",
    }  # fmt: skip
    assert (form["command"], form["text"], form["channel_name"]) == ("/toy", "with a &amp; b", "general")
    assert (form["user_id"], form["team_id"], form["api_app_id"]) == ("U0BOB", "T0TOY", "A0TOY")


@pytest.mark.parametrize(("place", "name"), [("bot", "directmessage"), ("leads", "privategroup")])
async def test_private_places_have_no_name_in_a_command(lab, place, name):
    await lab.world.thumbs("ann").say("/toy", place=place)
    assert lab.toy.last("command")["channel_name"] == name


async def test_a_command_that_the_manifest_does_not_declare_reaches_no_app(lab):
    bob = lab.world.thumbs("bob")
    await bob.say("/other")
    assert lab.toy.heard == []
    (seen,) = bob.chat()
    assert (seen.words, seen.only_me) == ("/other is not a valid command.", True)


async def test_the_answer_to_a_command_is_seen_by_that_person_alone(lab):
    lab.toy.on("command", {"text": "A &lt;b&gt; *c*", "blocks": [section("Hi")]})
    await lab.world.thumbs("bob").say("/toy", place="general")
    (seen,) = lab.world.thumbs("bob").chat("general")
    assert (seen.words, seen.preview, seen.only_me) == ("Hi", "A <b> c", True)
    assert lab.world.thumbs("ann").chat("general") == ()


async def test_the_answer_may_be_plain_text_and_may_be_meant_for_all(lab):
    bob = lab.world.thumbs("bob")

    async def text(_: Json) -> Response:
        return PlainTextResponse("Just words")

    lab.toy.answers["command"] = text
    await bob.say("/toy")
    assert bob.chat()[-1].words == "Just words"
    lab.toy.on("command", {"text": "All of you", "response_type": "in_channel"})
    await bob.say("/toy", place="general")
    assert lab.world.thumbs("ann").chat("general")[-1].words == "All of you"


@pytest.mark.parametrize(
    ("status", "word"), [(500, "http_service_error"), (404, "http_client_error")]
)
async def test_a_command_that_fails_is_told_with_slacks_own_word(lab, status, word):
    lab.toy.on("command", status=status)
    await lab.world.thumbs("bob").say("/toy")
    assert lab.world.thumbs("bob").chat()[-1].words == f'/toy failed with the error "{word}"'


async def test_a_command_answered_after_its_time_has_failed(lab, monkeypatch):
    async def slow(_: Json) -> Response:
        await asyncio.sleep(5)
        return Response()

    monkeypatch.setattr(sender, "SECONDS", 0.05)
    lab.toy.answers["command"] = slow
    await lab.world.thumbs("bob").say("/toy")
    assert "operation_timeout" in lab.world.thumbs("bob").chat()[-1].words
    assert lab.world.deliveries[-1].status is None


def test_the_app_has_three_seconds():
    assert sender.SECONDS == 3.0


async def test_an_answer_with_bad_blocks_is_no_answer(lab):
    lab.toy.on("command", {"text": "x", "blocks": [{"type": "marquee"}]})
    await lab.world.thumbs("bob").say("/toy")
    assert "invalid_service_response" in lab.world.thumbs("bob").chat()[-1].words
    assert lab.world.refusals


async def test_words_to_the_bot_come_as_an_event_where_the_app_asked_for_them(lab):
    await lab.world.thumbs("bob").say("a < b")
    event = lab.toy.last("event_callback")["event"]
    assert (event["type"], event["text"], event["channel_type"]) == ("message", "a &lt; b", "im")
    assert lab.world.thumbs("bob").chat()[-1].words == "a < b"
    await lab.world.thumbs("bob").say("to all", place="general")
    assert lab.toy.count("event_callback") == 1


async def test_an_event_that_fails_is_retried_at_once(lab):
    lab.toy.on("event_callback", status=500)
    await lab.world.thumbs("bob").say("hello")
    assert lab.toy.count("event_callback") == 2
    assert lab.toy.headers[-1]["x-slack-retry-num"] == "1"
    assert lab.toy.headers[-1]["x-slack-retry-reason"] == "http_error"


async def test_a_messages_tab_that_is_read_only_takes_no_words():
    shut = copy.deepcopy(MANIFEST)
    shut["features"]["app_home"]["messages_tab_read_only_enabled"] = True
    lab = Lab(manifest=shut)
    with pytest.raises(PlatformRefused):
        await lab.world.thumbs("bob").say("hello")
    assert lab.toy.heard == []
    await lab.aclose()


async def test_a_button_of_a_message_says_where_it_stood(lab):
    blocks = [section("Card"), {"type": "actions", "block_id": "row", "elements": [button("Open", value="c1")]}]
    ts = await lab.post("Card", blocks=blocks)
    ann = lab.world.thumbs("ann")
    (card,) = ann.chat("leads")
    assert card.buttons == ("Open",)
    await ann.press("Open", on=card)
    told = lab.toy.last("block_actions")
    assert told["container"] == {"type": "message", "message_ts": ts, "channel_id": "C0LEADS", "is_ephemeral": False}
    assert (told["message"]["ts"], told["channel"]["id"], told["user"]["id"]) == (ts, "C0LEADS", "U0ANN")
    assert told["actions"][0]["value"] == "c1"
    with pytest.raises(KeyError):
        await ann.press("Nothing", on=card)
    lab.toy.on("block_actions", status=500)
    with pytest.raises(PlatformRefused):
        await ann.press("Open", on=card)


async def test_a_response_url_answers_that_person_five_times(lab):
    ann = lab.world.thumbs("ann")
    await lab.post("Card", blocks=[{"type": "actions", "elements": [button("Open")]}])
    await ann.press("Open")
    url = lab.toy.last("block_actions")["response_url"]
    answers = [await lab.http.post(url, json={"text": f"Told {number}"}) for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert answers[5].json()["error"] == "used_url"
    assert [seen.words for seen in ann.chat("leads") if seen.only_me] == [f"Told {number}" for number in range(5)]


async def test_a_response_url_can_replace_the_message_and_take_it_away(lab):
    ann = lab.world.thumbs("ann")
    await lab.post("Card", blocks=[{"type": "actions", "elements": [button("Open")]}])
    await ann.press("Open")
    url = lab.toy.last("block_actions")["response_url"]
    await lab.http.post(url, json={"text": "New", "replace_original": True})
    assert [seen.words for seen in ann.chat("leads")] == ["New"]
    await lab.http.post(url, json={"delete_original": True})
    assert ann.chat("leads") == ()


async def test_the_shortcuts_are_the_manifests(lab):
    lab.opens(modal(section("Opened")))
    bob = lab.world.thumbs("bob")
    await bob.start_from_menu()
    assert lab.toy.last("shortcut")["callback_id"] == "open_toy"
    assert bob.window().words == "Opened"
    await bob.report_message("a <b> & c", by="Cyd Other")
    told = lab.toy.last("message_action")
    assert (told["callback_id"], told["message"]["text"]) == ("report_toy", "a &lt;b&gt; &amp; c")
    assert told["channel"]["name"] == "general" and told["response_url"]
    assert bob.chat("general")[-1].words == "a <b> & c"


async def test_a_message_with_a_picture_tells_of_it_and_a_command_takes_none(lab):
    bob = lab.world.thumbs("bob")
    await bob.report_message("look", file="arm.jpg")
    (file,) = lab.toy.last("message_action")["message"]["files"]
    assert (file["name"], file["mimetype"]) == ("arm.jpg", "image/jpeg")
    assert file["url_private"].startswith("https://files.slack.com/")
    await bob.report_message("look")
    assert "files" not in lab.toy.last("message_action")["message"]
    with pytest.raises(PlatformRefused, match="takes no file"):
        await bob.say("/toy", file="arm.jpg")


async def test_a_manifest_without_shortcuts_offers_none():
    bare = copy.deepcopy(MANIFEST)
    del bare["features"]["shortcuts"]
    lab = Lab(manifest=bare)
    with pytest.raises(PlatformRefused):
        await lab.world.thumbs("bob").start_from_menu()
    await lab.aclose()


async def test_places_are_seen_by_their_members_alone(lab):
    await lab.post("Secret")
    await lab.post("Open", channel="C0GENERAL01")
    bob = lab.world.thumbs("bob")
    assert bob.chat("leads") == ()
    assert [seen.words for seen in bob.chat("general")] == ["Open"]
    assert lab.world.thumbs("gus").chat("general") == ()
    with pytest.raises(PlatformRefused):
        await bob.say("hello", place="leads")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("*bold* _slanted_ ~gone~ `code`", "bold slanted gone code"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("a &amp; b &lt;c&gt; &amp;lt;", "a & b <c> &lt;"),
        ("<https://x.example|the page> <https://y.example>", "the page https://y.example"),
        ("<@U0ANN> <!here> <!date^1^{date}|1 January>", "@Ann Lead @here 1 January"),
        ("they wait for me <by> the gate", "they wait for me by the gate"),
        ("&gt; quoted", "quoted"),
    ],
)
async def test_mrkdwn_reads_as_a_person_sees_it(lab, written, read):
    await lab.post("x", blocks=[section(written)])
    assert lab.world.thumbs("ann").chat("leads")[-1].words == read


async def test_words_come_in_order_one_paragraph_a_line(lab):
    said = {"type": "rich_text_section", "elements": [{"type": "text", "text": "they *wait* & <by>"}]}
    listed = {"type": "rich_text_list", "style": "bullet", "elements": [said, said]}
    blocks = [
        {"type": "header", "text": plain("A *head*")},
        section("Text", fields=[mrkdwn("*F1*"), plain("F2 &amp;")]),
        {"type": "context", "elements": [mrkdwn("_small_")]},
        {"type": "rich_text", "elements": [said, listed]},
        {"type": "divider"},
    ]
    await lab.post("Preview", blocks=blocks)
    seen = lab.world.thumbs("ann").chat("leads")[-1]
    assert seen.words.split("\n") == [
        "A *head*",
        "Text",
        "F1",
        "F2 &amp;",
        "small",
        "they *wait* & <by>",
        "• they *wait* & <by>",
        "• they *wait* & <by>",
    ]
    assert seen.preview == "Preview"


async def test_a_message_without_text_previews_what_its_blocks_say(lab):
    await lab.call("chat.postMessage", channel="C0LEADS", blocks=[section("CANARY")])
    assert lab.world.thumbs("ann").chat("leads")[-1].preview == "CANARY"


async def test_one_person_pressing_twice_at_once_sends_two_presses(lab):
    async def slow(_: Json) -> Response:
        await asyncio.sleep(0.01)
        return JSONResponse({})

    await lab.post("Card", blocks=[{"type": "actions", "elements": [button("Open")]}])
    lab.toy.answers["block_actions"] = slow
    ann = lab.world.thumbs("ann")
    await asyncio.gather(ann.press("Open"), ann.press("Open"))
    assert lab.toy.count("block_actions") == 2
