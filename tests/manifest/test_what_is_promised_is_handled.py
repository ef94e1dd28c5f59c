"""The manifests and the code say the same: every command, shortcut and scope is handled, and no other is.

Only here do both sides meet: `manifest` knows nothing of `bot`, and `bot` nothing of `manifest`.
"""

import re

import pytest

from bot.playground.agents.node import ROOT
from bot.slack import parse
from bot.slack.body import Unreadable
from bot.teams import parse as teams_parse
from handlers.conversation import CommandTyped, Who
from handlers.desk import commands as desk
from handlers.wing import EVERYBODY
from manifest import commands, slack, teams

TEAMS = teams.manifest(client_id="0b9c1f7e-5a53-4c1c-9f57-3f1d2a6b7c01", domain="heard.example.school")
SOMEBODY = Who(platform="teams", tenant="t", user="u")
MANIFEST = slack.manifest("https://heard.example.school")
SCOPES_OF = {
    "auth_test": set(),
    "views_open": set(),
    "views_update": set(),
    "views_publish": set(),
    "chat_postMessage": {"chat:write"},
    "chat_update": {"chat:write"},
    "chat_delete": {"chat:write"},
    "chat_postEphemeral": {"chat:write"},
    "conversations_open": {"im:write"},
    "conversations_history": {slack.LOOK_UP},
    "conversations_info": {"groups:read"},
    "conversations_members": {"groups:read"},
    "users_info": {"users:read"},
}
"""What each method of the Web API needs of a bot in a private channel (docs.slack.dev, reference/methods)."""
USES = {
    "ChannelMember.Read.Group": r"by_channel_id\([^)]*\)\.(members|all_members)|/channels/[^/\s]*/(m|allM)embers",
    "ChannelMessage.Read.Group": r"/channels/[\s\S]{0,200}/messages\?",
    "TeamsActivity.Send.User": r"send_activity_notification|sendActivityNotification",
}
"""The calls of Microsoft Graph that a permission is for (learn.microsoft.com, resource-specific consent)."""


def source(folder: str) -> str:
    return "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "bot" / folder).glob("*.py")))


def slack_parsed(**body: object) -> CommandTyped:
    person = {"user": {"id": "U1", "team_id": "T1"}, "team_id": "T1", "user_id": "U1", "team": {"id": "T1"}}
    read = parse.command if "command" in body else parse.shortcut
    return read(person | body)


def test_slack_s_command_is_the_one_that_is_handled():
    offered = [command["command"] for command in MANIFEST["features"]["slash_commands"]]
    assert offered == [parse.COMMAND]
    assert slack_parsed(command=offered[0], text=commands.HELP).text == commands.HELP
    with pytest.raises(Unreadable):
        slack_parsed(command="/other")


def test_slack_s_shortcuts_are_those_that_are_handled():
    kinds = {"global": "shortcut", "message": "message_action"}
    offered = {(kinds[each["type"]], each["callback_id"]) for each in MANIFEST["features"]["shortcuts"]}
    assert offered == {("shortcut", parse.START), ("message_action", parse.REPORT)}
    for kind, id in offered:
        typed = slack_parsed(type=kind, callback_id=id, message={"text": "what was written"})
        assert typed.message == ("what was written" if id == commands.REPORT else "")
    with pytest.raises(Unreadable):
        slack_parsed(type="shortcut", callback_id=commands.REPORT)


def test_slack_s_scopes_are_those_that_the_methods_need():
    called = set(re.findall(r"client\.([a-z]\w+)\(", source("slack")))
    assert called - set(SCOPES_OF) == set()
    needed = {"commands"}.union(*(SCOPES_OF[method] for method in called))
    assert needed == {*slack.SCOPES, slack.LOOK_UP}


def test_slack_s_optional_scope_is_for_the_mail_beside_a_name():
    assert slack.OPTIONAL_SCOPES == ("users:read.email",)
    assert re.search(r"""["']email["']""", source("slack"))


def test_slack_s_door_is_the_one_that_is_open():
    assert f'"{slack.EVENTS_PATH}"' in source("slack")


def typed_in_teams(words: str) -> CommandTyped:
    return teams_parse.typed({"type": "message", "text": words}, SOMEBODY)


def test_teams_commands_are_those_that_are_handled():
    listed = TEAMS["bots"][0]["commandLists"]
    offered = {command["title"] for each in listed for command in each["commands"]}
    handled = re.search(r"\(([a-z|]+)\)", teams_parse.COMMAND.pattern)
    assert handled
    assert {title.split()[0] for title in offered} == set(handled[1].split("|"))
    assert all(len(each["commands"]) <= 10 for each in listed)
    for words in ("concern", "/concern", "<at>Heard</at> concern", "<at>Heard</at> /concern"):
        assert (typed_in_teams(words).text, typed_in_teams(words).in_chat) == ("", True)
    assert typed_in_teams("concern help").text == typed_in_teams("help").text == commands.HELP


def test_the_personal_list_shows_every_word_that_everybody_may_use_and_no_other():
    theirs = {word for word, command in desk.WORDS.items() if command.roles == EVERYBODY and command.does}
    [personal] = [each for each in TEAMS["bots"][0]["commandLists"] if each["scopes"] == ["personal"]]
    typed = [typed_in_teams(command["title"]) for command in personal["commands"]]
    assert {read.text for read in typed} == {"", *theirs}
    assert not any(read.stray for read in typed)
    [slash] = MANIFEST["features"]["slash_commands"]
    assert set(slash["usage_hint"].strip("[]").split(" | ")) == theirs


def test_teams_message_commands_open_the_form_with_the_message_where_there_is_one():
    for command in TEAMS["composeExtensions"][0]["commands"]:
        value = {"commandId": command["id"], "commandContext": command["context"][0].lower()}
        if command["context"] == ["message"]:
            value["messagePayload"] = {"body": {"contentType": "html", "content": "<p>what was written</p>"}}
        read = teams_parse.command({"name": "composeExtension/fetchTask", "value": value}, SOMEBODY)
        assert read.message == ("what was written" if command["id"] == commands.REPORT else "")
    assert '"composeExtension/fetchTask"' in source("teams")


def test_teams_permissions_are_used_or_said_to_be_ahead_of_their_use():
    used = {name for name in teams.PERMISSIONS if re.search(USES[name], source("teams"))}
    assert set(teams.PERMISSIONS) - used == teams.AHEAD
    assert re.search(USES[teams.LOOK_UP], source("teams"))
