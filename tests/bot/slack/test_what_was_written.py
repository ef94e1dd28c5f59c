"""What Slack sends of a command's words and of a reported message, and what is read in it: once, by name, and whole."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.slack import parse
from bot.slack.app import SlackDoor, Workspace
from bot.slack.message import NOBODY
from handlers.conversation import LeftOut
from tests.bot.slack.conftest import SECRET, Caller, TestDesk
from tests.bot.slack.payloads import REPORT, TS

NAMES = {"U0SOL00001": "Sol Danjuma", "W0GRID0001": "Gwen Idris"}
TYPED = {"command": "/concern", "team_id": "T0KINGFISH", "user_id": "U0TESS0001"}

WRITTEN = [
    ("Mia &amp; Tom said &lt;no&gt;", "Mia & Tom said <no>"),
    ("&amp;lt;b&amp;gt; &amp;amp;", "&lt;b&gt; &amp;"),
    ("<@U0SOL00001> and <@W0GRID0001> saw it", "@Sol Danjuma and @Gwen Idris saw it"),
    ("<@U0SOL00001|sol> saw it", "@Sol Danjuma saw it"),
    ("<@U0NOBODY01|nobody> saw it", "@nobody saw it"),
    ("<@U0NOBODY01> saw it", f"@{NOBODY} saw it"),
    ("&lt;@U0SOL00001&gt; as typed", "<@U0SOL00001> as typed"),
    ("in <#C0STAFF001|staff> and <#C0STAFF002>", "in #staff and #a channel"),
    ("<!here> <!channel> <!subteam^S0LEADS01|@leads> <!subteam^S0LEADS02>", "@here @channel @leads @a group"),
    ("<!date^1392734382^{date_num}|2014-02-18>", "2014-02-18"),
    ("<https://example.org/a?b=1&amp;c=2>", "https://example.org/a?b=1&c=2"),
    ("<https://example.org/a|the page &amp; more>", "the page & more (https://example.org/a)"),
    ("<http://example.org|example.org>", "example.org"),
    ("<mailto:tom@example.org|tom@example.org>", "tom@example.org"),
    ("1 &lt; 2 and a <b", "1 < 2 and a <b"),
    ("", ""),
]


def reported(**message: Any) -> Any:
    return parse.shortcut({**REPORT, "message": {**REPORT["message"], **message}}, NAMES)


@pytest.mark.parametrize(("sent", "meant"), WRITTEN)
def test_the_words_after_a_command_are_read_once(sent: str, meant: str):
    assert parse.command({**TYPED, "text": sent}, NAMES).text == meant


@pytest.mark.parametrize(("sent", "meant"), WRITTEN)
def test_a_reported_message_is_read_once(sent: str, meant: str):
    assert reported(text=sent).message == meant


def test_a_reported_message_says_who_wrote_it_and_when():
    found = reported()
    assert (found.author, found.sent) == ("Sol Danjuma", datetime.fromtimestamp(float(TS), UTC))
    assert reported(user="U0NOBODY01").author == ""
    assert reported(user=None, bot_id="B1", bot_profile={"name": "Monitoring"}).author == "Monitoring"
    assert reported(user=None, username="Monitoring").author == "Monitoring"


@pytest.mark.parametrize("ts", ["", "x", "1e9", "-1", "99999999999999", None])
def test_a_time_that_is_none_is_left_out(ts: str | None):
    assert reported(ts=ts).sent is None


RICH = {
    "type": "rich_text",
    "elements": [
        {"type": "rich_text_section", "elements": [
            {"type": "user", "user_id": "U0SOL00001"},
            {"type": "text", "text": " said <wait> & ran", "style": {"bold": True}},
            {"type": "emoji", "name": "cry", "unicode": "1f622"},
            {"type": "link", "url": "https://example.org/a", "text": "here"},
        ]},
        {"type": "rich_text_list", "style": "bullet", "elements": [
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "one"}]},
            {"type": "rich_text_section", "elements": [{"type": "text", "text": "two"}]},
        ]},
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "quoted"}]},
    ],
}  # fmt: skip
READ = "@Sol Danjuma said <wait> & ran😢here (https://example.org/a)\none\ntwo\nquoted"


def test_a_message_of_blocks_only_comes_with_its_words():
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "Alert &amp; more by <@U0SOL00001>"},
               "fields": [{"type": "mrkdwn", "text": "Site: <https://example.org|example.org>"}]}
    header = {"type": "header", "text": {"type": "plain_text", "text": "Filter"}}
    context = {"type": "context", "elements": [{"type": "mrkdwn", "text": "seen at 10"}]}
    assert reported(text="", blocks=[RICH]).message == READ
    found = reported(text="", blocks=[header, section, {"type": "divider"}, context])
    assert found.message == "Filter\nAlert & more by @Sol Danjuma\nSite: example.org\nseen at 10"
    assert found.left_out == ()


def test_what_somebody_typed_is_not_told_twice():
    assert reported(text="<@U0SOL00001> said *&lt;wait&gt;*", blocks=[RICH]).message == "@Sol Danjuma said *<wait>*"


def test_blocks_that_say_more_than_the_text_of_an_app_are_told_too():
    section = {"type": "section", "text": {"type": "mrkdwn", "text": "the whole of it"}}
    assert reported(text="New alert", blocks=[section]).message == "New alert\nthe whole of it"
    assert reported(text="the whole of it", blocks=[section]).message == "the whole of it"


def test_a_message_of_attachments_only_comes_with_their_words():
    attachment = {"pretext": "Look", "title": "Alert", "text": "by &lt;Tom&gt;", "fallback": "no",
                  "fields": [{"title": "Where", "value": "Lab"}]}
    assert reported(text="", attachments=[attachment]).message == "Look\nAlert\nby <Tom>\nWhere: Lab"
    assert reported(text="", attachments=[{"fallback": "only this"}]).message == "only this"
    assert reported(text="", attachments=[{"blocks": [RICH]}]).message == READ


def test_a_message_that_is_shared_in_another_is_told_and_the_preview_of_a_link_is_not():
    shared = {"is_msg_unfurl": True, "from_url": "https://x", "author_name": "Sol Danjuma", "text": "he ran"}
    preview = {"from_url": "https://example.org", "title": "A page", "text": "its first words"}
    assert reported(text="see", attachments=[shared]).message == "see\nSol Danjuma\nhe ran"
    assert reported(text="see", attachments=[preview]).message == "see"


@pytest.mark.parametrize(
    ("block", "left_out"),
    [({"type": "image", "image_url": "https://example.org/CANARY.png", "alt_text": "CANARY"}, LeftOut.PICTURE),
     ({"type": "actions", "elements": []}, LeftOut.BUTTONS), ({"type": "video", "title": {}}, LeftOut.VIDEO),
     ({"type": "table", "rows": []}, LeftOut.TABLE), ({"type": "something new", "x": "CANARY"}, LeftOut.OTHER),
     ({"type": "call", "call_id": "R1"}, LeftOut.CALL)],
)
def test_what_cannot_be_taken_is_told_by_its_kind(block: dict[str, Any], left_out: LeftOut):
    found = reported(text="", blocks=[block])
    assert (found.message, found.left_out) == ("", (left_out,))
    assert found.reports
    assert "CANARY" not in repr(found)


def test_a_message_of_nothing_at_all_is_reported_all_the_same():
    assert reported(text="").reports
    assert reported(text=None, blocks=None, attachments=None).reports


def test_whose_names_are_needed_is_known_before_they_are_asked():
    body = {**REPORT, "message": {"user": "U0SOL00001", "text": "<@U0AAA00001|x>", "blocks": [RICH],
                                  "attachments": [{"text": "<@W0BBB00001>"}]}}
    assert parse.mentioned(body) == {"U0SOL00001", "U0AAA00001", "W0BBB00001"}
    assert parse.mentioned({**TYPED, "text": "<@U0AAA00001> &lt;@U0BBB00001&gt;"}) == {"U0AAA00001"}
    assert parse.mentioned({**TYPED, "text": "x"}) == frozenset()


@pytest.fixture
async def caller(desk: TestDesk, client: Any, clock: Any) -> Any:
    import httpx
    from fastapi import FastAPI

    asked: list[frozenset[str]] = []

    async def names(users: frozenset[str]) -> dict[str, str]:
        asked.append(users)
        return NAMES

    door = SlackDoor(desk=desk, workspaces=[Workspace(client=client, secrets=[SECRET], names=names)], now=clock)
    app = FastAPI()
    app.include_router(door.router)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://heard.test") as http:
        yield Caller(http), asked


async def test_names_are_looked_up_behind_the_open_window(caller: Any, desk: TestDesk, api: Any):
    slack, asked = caller
    await slack.interact({**REPORT, "message": {**REPORT["message"], "text": "<@W0GRID0001> ran"}})
    assert api.methods[0] == "views.open"
    assert asked == [{"U0SOL00001", "W0GRID0001"}]
    assert (desk.heard[0].message, desk.heard[0].author) == ("@Gwen Idris ran", "Sol Danjuma")
    await slack.command("Mia &amp; Tom")
    assert (desk.heard[1].text, len(asked)) == ("Mia & Tom", 1)
