"""What Teams sends, in our words: commands however typed, messages that are reported, presses, forms, searches."""

import json
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest

from bot.teams import parse
from bot.teams.carried import by_button
from handlers.conversation import ButtonPressed, CommandTyped, FormSubmitted, LeftOut, SearchTyped, Standing, Who
from handlers.ui.card import Button, Press
from handlers.ui.form import Source

WHO = Who(platform="teams", tenant="t", user="u")
SUBJECT = "5a1d7c1e-0000-4000-8000-000000000001"
PRESSED = {"press": "accept", "subject": SUBJECT, "version": 3}
FORM = {"form": "concern", "draft": SUBJECT, "page": 2, "way": "on", "many": ["kinds"]}
FORM_BEFORE = {"form": "concern", "key": SUBJECT, "page": 2, "way": "back", "many": ["kinds"]}
"""As buttons carried it before there was one name for all of ours."""
HERE = {"conversation": {"id": "19:x@thread.tacv2;messageid=17", "tenantId": "T"}, "replyToId": "17"}


@pytest.mark.parametrize(
    ("typed", "text"),
    [("/concern", ""), ("concern", ""), ("  /Concern ", ""), ("<at>Heard</at> /concern", ""),
     ("<at id=\"0\">Heard</at>&nbsp;", "help"), ("/concern Mia was upset", "Mia was upset"),
     ("/concern\nfirst\nsecond", "first\nsecond"), ("/concern: she", ": she"),
     ("<at>Heard</at>\xa0/concern <b>not a tag</b>", "<b>not a tag</b>"), ("/concern payload=x", "payload=x"),
     ("help", "help"), ("/help", "help"), ("", "help"), ("/concern help", "help"),
     ("/concern \u202eabc\x00", "[U+202E]abc")],
)
def test_a_command_is_known_however_it_is_typed(typed: str, text: str):
    assert parse.typed({"text": typed}, WHO) == CommandTyped(who=WHO, text=text, in_chat=True)


@pytest.mark.parametrize("typed", ["HELP me", "hello", "concerned", "what is a concern?", "Mia\n<b>cried</b>", "mine"])
def test_what_is_no_command_is_kept_as_it_was_typed_and_known_to_reach_nobody(typed: str):
    said = parse.typed({"text": f"<at>Heard</at> {typed}"}, WHO)
    assert said == CommandTyped(who=WHO, text=typed, in_chat=True, stray=True)


@pytest.mark.parametrize(
    ("kind", "shared"), [("personal", False), ("channel", True), ("groupChat", True), ("", False), (7, False)]
)
@pytest.mark.parametrize("typed", ["/concern Mia was upset", "Mia was upset", "help"])
def test_whether_others_read_it_there_is_known(kind: object, shared: bool, typed: str):
    assert parse.typed({"text": typed, "conversation": {"conversationType": kind}}, WHO).shared is shared


@pytest.mark.parametrize("activity", [{}, {"text": None}, {"text": 7}, {"text": ["x"]}])
def test_a_message_without_text_gets_the_help(activity: dict[str, Any]):
    assert parse.typed(activity, WHO).text == "help"


@pytest.mark.parametrize(
    ("body", "message"),
    [({"contentType": "html", "content": "<p>She said &lt;no&gt; &amp; left</p><p>then<br>ran</p>"},
      "She said <no> & left\nthen\nran"),
     ({"contentType": "text", "content": "a <b> c"}, "a <b> c"),
     ({"contentType": "html", "content": "<div>x <emoji alt=\"🙂\"></emoji></div><![bad"}, "x 🙂"),
     ({"content": 7}, ""), ({}, "")],
)
def test_a_reported_message_comes_as_its_words(body: dict[str, Any], message: str):
    activity = {"value": {"commandId": "any", "messagePayload": {"body": body}}}
    found = parse.command(activity, WHO)
    assert found.message.startswith(message) if "bad" in str(body) else found.message == message
    assert not found.in_chat


def ours(carried: dict[str, Any], **beside: Any) -> dict[str, Any]:
    return {"heard": carried, **beside}


def test_a_press_carries_who_pressed_and_where_the_card_stands():
    assert parse.pressed(HERE, ours(PRESSED), WHO) == ButtonPressed(
        who=WHO, press=Press.ACCEPT, subject=UUID(SUBJECT), version=3,
        standing=Standing(channel="19:x@thread.tacv2", message="17"),
    )
    assert parse.pressed({}, ours(PRESSED), WHO).standing is None


def test_a_press_brings_back_the_proof_that_its_button_was_drawn_with():
    proof = "0123456789abcdef" * 2
    button = Button(press=Press.ACCEPT, label="Accept", subject=UUID(SUBJECT), version=3, proof=proof)
    pressed = parse.pressed(HERE, by_button(button), WHO)
    assert pressed.standing == Standing(channel="19:x@thread.tacv2", message="17", proof=proof)
    for made_up in ("of one's own making", proof.upper(), 7, None, "é" * 32):
        assert parse.pressed(HERE, ours({**PRESSED, "proof": made_up}), WHO).standing.proof == ""


def test_a_user_id_in_a_card_is_ignored():
    """30."""
    forged = {"who": "x", "user": "x", "from": {"aadObjectId": "x"}, "tenant": "x", "aadObjectId": "x"}
    pressed = parse.pressed(HERE, ours(PRESSED), WHO)
    assert parse.pressed(HERE, ours({**PRESSED, **forged}), WHO) == pressed
    assert parse.pressed(HERE, ours(PRESSED, **forged), WHO) == pressed
    assert parse.pressed(HERE, ours(FORM, facts="x"), WHO).who == WHO


@pytest.mark.parametrize(
    "carried",
    [{}, {**PRESSED, "press": "explode"}, {**PRESSED, "press": 7}, {**PRESSED, "subject": "x"},
     {**PRESSED, "subject": None},
     {**PRESSED, "version": "3"}, {**PRESSED, "version": True}, {**PRESSED, "version": -1}, {**PRESSED, "version": 1e9},
     {**FORM, "form": "X y"}, {**FORM, "form": 1}, {**FORM, "draft": "a b"}, {**FORM, "draft": ""},
     {**FORM, "page": "2"}, {**FORM, "page": 0}, {**FORM, "page": True}, {**FORM, "page": 10**9}],
)
def test_what_is_not_ours_is_nothing(carried: dict[str, Any]):
    assert parse.pressed(HERE, ours(carried), WHO) is None


@pytest.mark.parametrize("carried", [None, 7, "x", [PRESSED], {}])
def test_where_our_name_stands_nothing_beside_it_is_read_as_ours(carried: object):
    assert parse.pressed(HERE, {**PRESSED, "heard": carried}, WHO) is None
    assert parse.pressed(HERE, {**FORM_BEFORE, "heard": carried}, WHO) is None


def test_a_button_that_stands_since_before_our_name_still_works():
    assert parse.pressed(HERE, PRESSED, WHO) == parse.pressed(HERE, ours(PRESSED), WHO)
    now = ours({**FORM, "way": "back"}, kinds="a,b", facts="c")
    assert parse.pressed(HERE, {**FORM_BEFORE, "kinds": "a,b", "facts": "c"}, WHO) == parse.pressed(HERE, now, WHO)


def test_a_page_comes_with_its_answers_and_nothing_else():
    typed = {"kinds": "bullying,not_sure", "facts": "a,b\n  c "}
    data = ours({**FORM, "way": "back"}, **typed, n=7, x=["y"], msteams={"type": "z"}, type="task/submit", key="k")
    values = {"kinds": ("bullying", "not_sure"), "facts": "a,b\n  c "}
    assert parse.pressed(HERE, data, WHO) == FormSubmitted(
        who=WHO, form="concern", key=SUBJECT, page=2, values=values, back=True
    )
    odd = ours({**FORM, "many": 7, "way": 7}, kinds="a,b")
    assert parse.pressed(HERE, odd, WHO).values == {"kinds": "a,b"}


def test_a_search_asks_for_one_of_our_lists():
    found = parse.search({"value": {"queryText": "mi", "dataset": "pupils"}}, WHO)
    assert found == SearchTyped(who=WHO, source=Source.PUPILS, query="mi")
    for value in ({"queryText": "mi", "dataset": "passwords"}, {}, None, "x"):
        assert parse.search({"value": value}, WHO) is None


@pytest.mark.parametrize("name", ["a/../../b", "x y", "a?b", "a#b", "", None, 7, "x" * 500])
def test_a_conversation_that_is_no_id_is_not_sent_to(name: object):
    assert parse.whereabouts({"conversation": {"id": name}}).conversation == ""


PAYLOAD = {
    "id": "17", "createdDateTime": "2026-11-24T10:15:00.123Z",
    "from": {"device": None, "conversation": None, "application": None,
             "user": {"userIdentityType": "aadUser", "id": "a1", "displayName": "Sol Danjuma"}},
    "body": {"contentType": "html", "content": "<p>She ran</p>"}, "attachments": [], "mentions": [], "reactions": [],
}  # fmt: skip


def reported(**more: Any) -> CommandTyped:
    return parse.command({"value": {"commandId": "report", "messagePayload": {**PAYLOAD, **more}}}, WHO)


def test_a_reported_message_says_who_wrote_it_and_when():
    at = datetime(2026, 11, 24, 10, 15, 0, 123000, UTC)
    assert reported() == CommandTyped(who=WHO, message="She ran", author="Sol Danjuma", sent=at)
    app = {"user": None, "application": {"displayName": "Monitoring", "applicationIdentityType": "bot"}}
    assert reported(**{"from": app}).author == "Monitoring"
    assert reported(**{"from": None}).author == ""


@pytest.mark.parametrize("when", ["", None, "yesterday", "2026-13-01T00:00:00Z", 7])
def test_a_time_that_is_none_is_left_out(when: object):
    assert reported(createdDateTime=when).sent is None


@pytest.mark.parametrize(
    ("attachment", "left_out"),
    [({"contentType": "application/vnd.microsoft.card.adaptive", "content": "{CANARY"}, LeftOut.CARD),
     ({"contentType": "application/vnd.microsoft.teams.card.o365connector", "content": "CANARY"}, LeftOut.CARD),
     ({"contentType": "messageReference", "content": "not JSON CANARY"}, LeftOut.QUOTE),
     ({"contentType": "meetingReference", "content": "CANARY"}, LeftOut.CALL),
     ({"contentType": "something/new", "content": "CANARY"}, LeftOut.OTHER)],
)
def test_what_cannot_be_taken_is_told_by_its_kind(attachment: dict[str, Any], left_out: LeftOut):
    found = reported(body={"contentType": "html", "content": "<attachment id=\"1\"></attachment>"},
                     attachments=[attachment])
    assert (found.message, found.left_out, found.reports) == ("", (left_out,), True)
    assert "CANARY" not in repr(found)


def test_a_message_that_is_answered_is_told_as_it_begins():
    told = {"messageId": "16", "messagePreview": "Where is she &amp; who",
            "messageSender": {"user": {"displayName": "Tom"}}}
    quoted = {"contentType": "messageReference", "content": json.dumps(told)}
    assert reported(attachments=[quoted]).message == "In answer to Tom, which begins: Where is she & who\nShe ran"


def test_a_link_says_where_it_leads_and_a_mention_is_a_name():
    html = ('<p><at id="0">Sol Danjuma</at> see <a href="https://example.org/a">this page</a>, '
            '<a href="https://example.org">https://example.org</a></p><table><tr><td>a</td><td>b</td></tr></table>')
    found = reported(body={"contentType": "html", "content": html})
    assert found.message == "Sol Danjuma see this page (https://example.org/a), https://example.org\n\na b"


def test_whoever_is_mentioned_beside_the_bot_stays_by_name():
    text = "<at>Heard</at>&nbsp;/concern <at>Sol Danjuma</at> told me; <at>Heard</at> knows"
    bot = {"type": "mention", "text": "<at>Heard</at>", "mentioned": {"id": "28:bot", "name": "Heard"}}
    activity = {"text": text, "recipient": {"id": "28:bot"}, "entities": [bot]}
    assert parse.typed(activity, WHO).text == "Sol Danjuma told me;   knows"
    assert parse.typed({"text": "/concern <at>Sol Danjuma</at> told me"}, WHO).text == "Sol Danjuma told me"


@pytest.mark.parametrize(
    ("sender", "guest"),
    [({}, False), ({"role": "user"}, False), ({"userRole": "guest"}, True), ({"role": "anonymous"}, True),
     ({"userType": "Guest"}, True), ({"tenantId": "t"}, False), ({"tenantId": "T"}, False), ({"tenantId": "x"}, True),
     ({"userRole": 7}, False)],
)
def test_whether_the_activity_says_that_its_sender_is_no_member(sender: dict[str, Any], guest: bool):
    assert parse.is_guest({"from": {"aadObjectId": "u", **sender}, **HERE}) is guest


@pytest.mark.parametrize(
    ("sent", "shown", "meant"),
    [("<at>Heard</at>&nbsp;/concern Mia &amp; Tom said &lt;no&gt;", "/concern Mia &amp; Tom said &lt;no&gt;",
      "Mia & Tom said <no>"),
     ("/concern he typed &amp; with care", "/concern he typed &amp;amp; with care", "he typed &amp; with care"),
     ("/concern Mia & Tom", "/concern Mia &amp; Tom", "Mia & Tom"),
     ("/concern &lt;no HTML&gt;", None, "&lt;no HTML&gt;")],
)
def test_escapes_in_what_is_typed_are_undone_once_where_they_are_some(sent: str, shown: str | None, meant: str):
    html = {"contentType": "text/html", "content": f'<div><at id="0">Heard</at>&nbsp;{shown}</div>'}
    assert parse.typed({"text": sent, "attachments": [html] if shown else []}, WHO).text == meant
