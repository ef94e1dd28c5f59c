"""The Slack manifest against Slack's own schema and our rules; each rule is shown to catch its fault."""

import copy
from typing import Any

import pytest

from manifest import checks, slack

ADDRESS = "https://heard.example.school"


def faulty(path: str, value: object) -> list[str]:
    """What is found when one value of a good manifest is replaced, or taken out by None."""
    manifest: Any = copy.deepcopy(slack.manifest(ADDRESS))
    *steps, last = path.split("/")
    holder = manifest
    for step in steps:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    if value is None:
        del holder[last]
    else:
        holder[int(last) if last.isdigit() else last] = value
    return checks.slack_faults(manifest, address=ADDRESS)


def test_the_manifest_has_no_fault():
    assert checks.slack_faults(slack.manifest(ADDRESS), address=ADDRESS) == []


def test_an_address_with_a_path_or_a_slash_at_its_end_leads_to_the_same_door():
    assert slack.manifest(f"{ADDRESS}/") == slack.manifest(ADDRESS)
    nested = slack.manifest("https://school.example/heard")
    assert nested["settings"]["interactivity"]["request_url"] == "https://school.example/heard/slack/events"


def test_no_scope_beyond_what_the_program_needs_is_asked_for():
    scopes = slack.manifest(ADDRESS)["oauth_config"]["scopes"]
    assert set(scopes) == {"bot", "bot_optional"}
    assert scopes["bot"] == ["commands", "chat:write", "im:write", "users:read", "groups:read", "users:read.email"]
    assert not [scope for scope in scopes["bot"] if "history" in scope]


def test_one_history_scope_is_asked_for_where_the_school_chose_it_and_only_as_an_option():
    chosen = slack.manifest(ADDRESS, look_up=True)
    assert checks.slack_faults(chosen, address=ADDRESS) == []
    scopes = chosen["oauth_config"]["scopes"]
    assert [scope for scope in scopes["bot"] if "history" in scope] == ["groups:history"]
    assert "groups:history" in scopes["bot_optional"]
    scopes["bot_optional"].remove("groups:history")
    assert any("groups:history" in fault for fault in checks.slack_faults(chosen, address=ADDRESS))


def test_words_cannot_be_typed_to_an_app_that_does_not_read_them():
    home = slack.manifest(ADDRESS)["features"]["app_home"]
    assert home["messages_tab_enabled"]
    assert home["messages_tab_read_only_enabled"]


@pytest.mark.parametrize(
    ("path", "value", "word"),
    [
        ("display_information/name", "x" * 36, "display_information.name"),
        ("display_information/long_description", "short", "long_description"),
        ("features/slash_commands/0/command", "concern", "slash_commands.0.command"),
        ("features/shortcuts/0/name", "Raise a concern with the safeguarding leads", "shortcuts.0.name"),
        ("features/shortcuts/1/type", "private", "shortcuts.1.type"),
        ("features/shortcuts/1/description", None, "description"),
        ("features/shortcuts/1/callback_id", "report_this", "report_message is missing"),
        ("features/shortcuts/0/callback_id", "open_form", "open_form is one that the program does not handle"),
        ("features/bot_user", None, "no bot user"),
        ("features/unknown", {}, "Additional properties"),
        ("oauth_config/scopes/bot/1", "channels:history", "channels:history"),
        ("oauth_config/scopes/bot/0", "groups:read", "commands are missing"),
        ("oauth_config/scopes/bot_optional/0", "groups:read", "cannot be optional"),
        ("oauth_config/scopes/bot/5", "groups:read", "must stand among the bot's scopes too"),
        ("oauth_config/scopes/user", ["chat:write"], "user scopes"),
        ("settings/event_subscriptions/bot_events/0", "message.im", "does not handle: message.im"),
        ("settings/event_subscriptions", None, "app_home_opened are missing"),
        ("settings/event_subscriptions/request_url", "https://elsewhere.example/slack/events", "does not listen"),
        ("settings/token_rotation_enabled", True, "token rotation"),
        ("settings/interactivity/request_url", f"{ADDRESS}/slack/actions", "does not listen"),
        ("settings/interactivity/request_url", "https://elsewhere.example/slack/events", "does not listen"),
        ("settings/interactivity/message_menu_options_url", None, "must be an https address"),
        ("features/slash_commands/0/url", "http://heard.example.school/slack/events", "must be an https address"),
    ],
)
def test_a_planted_fault_is_caught(path, value, word):
    assert any(word in fault for fault in faulty(path, value)), faulty(path, value)
