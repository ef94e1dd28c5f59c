"""What Teams tells of files, and that nothing of them goes on: not their names, not their addresses."""

from typing import Any

import pytest

from bot.teams import parse
from handlers.conversation import Who

WHO = Who(platform="teams", tenant="t", user="u")
PASTED = {"contentType": "image/*", "contentUrl": "https://smba.example/CANARY/views/original"}
UPLOADED = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "CANARY.jpg", "content": {}}
SHARED = {"contentType": "reference", "contentUrl": "https://school.sharepoint.example/CANARY.jpg", "name": "CANARY"}
INSIDE = {"contentType": "text/html", "content": "<p>look</p><img alt=\"CANARY.jpg\" src=\"https://smba.example/x\">"}
SMILEY = "<p>look <img itemtype=\"http://schema.skype.com/Emoji\" alt=\"🙂\"></p>"
PLAIN = {"contentType": "text/html", "content": SMILEY}
QUOTED = {"contentType": "messageReference", "id": "1", "content": "{}"}
CARD = {"contentType": "application/vnd.microsoft.card.adaptive", "content": {}}


@pytest.mark.parametrize("attached", [PASTED, UPLOADED, SHARED, INSIDE, {"contentType": "video/mp4"}])
@pytest.mark.parametrize(
    ("typed", "text"), [("", ""), ("look at her arm", "look at her arm"), ("/concern her arm", "her arm")]
)
def test_a_picture_sent_to_the_bot_is_told_and_the_words_beside_it_go_on(attached: Any, typed: str, text: str):
    found = parse.typed({"text": typed, "attachments": [attached]}, WHO)
    assert (found.text, found.file, found.in_chat) == (text, True, True)
    assert "CANARY" not in repr(found)


@pytest.mark.parametrize("attached", [[PLAIN], [QUOTED], [CARD], [], None, "x", [None, 7, "x"], [{"contentType": 7}]])
def test_what_is_no_file_is_no_attempt(attached: object):
    assert not parse.typed({"text": "/concern", "attachments": attached}, WHO).file


def reported(content: str, attachments: object = (), kind: str = "html") -> Any:
    payload = {"body": {"contentType": kind, "content": content}, "attachments": attachments}
    return parse.command({"value": {"messagePayload": payload}}, WHO)


@pytest.mark.parametrize(
    ("content", "attachments"),
    [("<p>look</p><attachment id=\"1\"></attachment>", [SHARED]),
     ("<p>look</p><img src=\"https://graph.example/hostedContents/CANARY\" alt=\"CANARY.jpg\">", [])],
)
def test_a_reported_message_with_a_file_brings_its_words_alone(content: str, attachments: Any):
    found = reported(content, attachments)
    assert (found.message, found.file) == ("look", True)
    assert "CANARY" not in repr(found)


def test_smileys_and_quoted_messages_are_words():
    found = reported("<p>no <emoji alt=\"😢\"></emoji></p>", [QUOTED])
    assert (found.message, found.file) == ("no 😢", False)
    assert not reported("<img src=x>", kind="text").file
