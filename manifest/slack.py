"""The Slack app manifest: what is pasted at api.slack.com/apps, *From a manifest*.

A pure function of the program's public address. No history scope may be asked for here but the one that a school chose
(`LOOK_UP`), and no event that nothing in `bot/slack` handles.
"""

from typing import Any

from manifest.commands import (
    COMMAND,
    DETAIL,
    EXPLAIN_RAISE,
    EXPLAIN_REPORT,
    HELP,
    RAISE,
    RAISE_TITLE,
    REPORT,
    REPORT_TITLE,
    SUMMARY,
)
from manifest.words import words

SCOPES = ("commands", "chat:write", "im:write", "users:read", "groups:read")
"""Commands and shortcuts; posting cards; writing to one person; who somebody is; who can read the leads' channel."""
OPTIONAL_SCOPES = ("users:read.email",)
"""Mail beside a name, for a school that likes it; the program works without."""

LOOK_UP = "groups:history"
"""Only where the school wants it: after a sudden stop a card is looked up in the leads' channel before it is sent
again. With it the app may read whatever stands in the private channels it was invited to: that is one, the leads'."""

EVENTS = ("app_home_opened",)
"""Somebody looks at their own page. It needs no scope, and tells nothing that anybody wrote."""

EVENTS_PATH = "/slack/events"
"""Commands, presses, forms and typeahead all come to one door (bot/slack/app.py)."""


def manifest(url: str, *, name: str = "Heard", look_up: bool = False) -> dict[str, Any]:
    """The manifest for a program whose public address is `url` (scheme and host, a path if it has one).

    `look_up`: the school has chosen that cards may be looked up in the leads' channel.
    """
    optional = [*OPTIONAL_SCOPES, *([LOOK_UP] if look_up else [])]
    door = url.rstrip("/") + EVENTS_PATH
    return {
        "_metadata": {"major_version": 1, "minor_version": 1},
        "display_information": {
            "name": name,
            "description": SUMMARY,
            "long_description": DETAIL,
            "background_color": "#0f4c5c",
        },
        "features": _features(name, door),
        # Optional scopes must stand in both lists (docs.slack.dev, Installing with OAuth, "Optional scopes").
        "oauth_config": {
            "scopes": {"bot": [*SCOPES, *optional], "bot_optional": optional},
        },
        "settings": _settings(door),
    }


def _features(name: str, door: str) -> dict[str, Any]:
    return {
        "app_home": {
            "home_tab_enabled": True,
            "messages_tab_enabled": True,
            # The app reads no messages. Words typed to it would reach nobody while their writer thinks they did.
            "messages_tab_read_only_enabled": True,
        },
        "bot_user": {"display_name": name, "always_online": False},
        "slash_commands": [
            {
                "command": f"/{COMMAND}",
                "url": door,
                "description": SUMMARY,
                "usage_hint": f"[{' | '.join((*words(), HELP))}]",
                "should_escape": False,
            }
        ],
        "shortcuts": [
            {"name": RAISE_TITLE, "type": "global", "callback_id": RAISE, "description": EXPLAIN_RAISE},
            {"name": REPORT_TITLE, "type": "message", "callback_id": REPORT, "description": EXPLAIN_REPORT},
        ],
    }


def _settings(door: str) -> dict[str, Any]:
    return {
        # Typeahead in a modal asks at the options address; without it a search finds nothing.
        "interactivity": {"is_enabled": True, "request_url": door, "message_menu_options_url": door},
        "event_subscriptions": {"request_url": door, "bot_events": [*EVENTS]},
        "org_deploy_enabled": False,
        "socket_mode_enabled": False,
        # Rotation without a lock logs people out: ten requests at once are ten refreshes.
        "token_rotation_enabled": False,
    }
