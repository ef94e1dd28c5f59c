"""Payloads in the shape that Slack sends them, with invented people."""

from collections.abc import Mapping
from typing import Any

KEY = "5a1d7c1e-0000-4000-8000-000000000001"
USER = {"id": "U0TESS0001", "username": "tess", "name": "tess", "team_id": "T0KINGFISH"}
TEAM = {"id": "T0KINGFISH", "domain": "kingfisher"}
TS = "1700000000.000100"

SHORTCUT = {
    "type": "shortcut", "callback_id": "raise_concern", "trigger_id": "1.2.abc", "user": USER, "team": TEAM,
    "is_enterprise_install": False, "enterprise": None, "action_ts": "1.1",
}
REPORT = {
    **SHORTCUT,
    "type": "message_action",
    "callback_id": "report_message",
    "channel": {"id": "C0STAFF001", "name": "staff"},
    "message": {"type": "message", "text": "he said &lt;wait&gt; &amp; ran", "user": "U0SOL00001", "ts": TS},
    "response_url": "https://hooks.example/1",
}


def press(action: str, value: str = f"{KEY}:3", **more: Any) -> dict[str, Any]:
    """A button on a card in the leads' channel."""
    return {
        "type": "block_actions", "user": USER, "team": TEAM, "trigger_id": "1.2.abc", "api_app_id": "A1",
        "container": {"type": "message", "message_ts": TS, "channel_id": "C0LEADS001", "is_ephemeral": False},
        "channel": {"id": "C0LEADS001", "name": "privategroup"},
        "message": {"type": "message", "ts": TS, "text": "A card"},
        "actions": [{"type": "button", "action_id": action, "block_id": "buttons_2_0", "value": value,
                     "action_ts": "1.1", "text": {"type": "plain_text", "text": "Press"}}],
        **more,
    }


def typed(value: str | None) -> dict[str, Any]:
    return {"answer": {"type": "plain_text_input", "value": value}}


def chosen(value: str, label: str = "A label", kind: str = "radio_buttons", action: str = "answer") -> dict[str, Any]:
    option = {"text": {"type": "plain_text", "text": label}, "value": value}
    return {action: {"type": kind, "selected_option": option}}


def view(drawn: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A view as Slack gives it back: what we drew, with what was put into it."""
    return {**drawn, "id": "V1", "hash": "h1", "team_id": "T0KINGFISH", "app_id": "A1", "root_view_id": "V1",
            "previous_view_id": None, "state": {"values": dict(values)}}


def submission(drawn: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "view_submission", "user": USER, "team": TEAM, "view": view(drawn, values), "response_urls": []}


def press_in_window(action: str, drawn: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """A button inside a modal."""
    pressed = press(action)
    for name in ("channel", "message"):
        del pressed[name]
    container = {"type": "view", "view_id": "V1"}
    return {**pressed, "container": container, "view": view(drawn, values)}


def searching(source: str, query: str) -> dict[str, Any]:
    return {
        "type": "block_suggestion", "user": USER, "team": TEAM, "action_id": f"search_{source}",
        "block_id": "child_1", "value": query, "api_app_id": "A1", "container": {"type": "view", "view_id": "V1"},
        "view": {"id": "V1"},
    }


EVENT = {
    "type": "event_callback", "team_id": "T0KINGFISH", "api_app_id": "A1", "event_id": "Ev1", "event_time": 1,
    "event": {"type": "app_home_opened", "user": "U0TESS0001", "channel": "D1", "tab": "home"},
}
