"""What Slack sends to an app: commands, interactions and events, built from what a person did.

Shapes only (Slack, "Interaction payloads", "Slash commands", "Events API"); nothing is sent from here.
"""

import uuid

from bot.playground.cast import Persona
from bot.playground.slack import team
from bot.playground.slack.mrkdwn import escape
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.slack.stack import OpenView
from bot.playground.slack.state import SlackState, bot_id
from bot.playground.wire import Json

_TOKEN = "local-stand-in"  # noqa: S105 - Slack's deprecated verification token: nobody may rely on it
_NAMES = {Kind.IM: "directmessage", Kind.PRIVATE: "privategroup"}


def channel_name(channel: Channel) -> str:
    """A channel's name as payloads carry it: private ones have none of their own."""
    return _NAMES.get(channel.kind, channel.name)


def command(
    state: SlackState, persona: Persona, channel: Channel, text: str, *, trigger: str, hook: str
) -> dict[str, str]:
    """A slash command's form. `text` is what was typed, the command first."""
    name, _, rest = text.partition(" ")
    home = state.cast.slack
    return {
        "token": _TOKEN,
        "team_id": team.team_of(persona, home.team),
        "team_domain": home.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": team.user_of(persona),
        "user_name": team.handle(persona),
        "command": name,
        "text": escape(rest.strip()),
        "api_app_id": home.app,
        "is_enterprise_install": "false",
        "response_url": hook_url(state, hook),
        "trigger_id": trigger,
    }


def interaction(state: SlackState, persona: Persona, kind: str, more: Json) -> Json:
    """What every interaction has in common, and what this one has more."""
    home, user = state.cast.slack, team.user_of(persona)
    theirs = team.team_of(persona, home.team)
    return {
        "type": kind,
        "team": {"id": home.team, "domain": home.domain},
        "user": {"id": user, "username": team.handle(persona), "name": team.handle(persona), "team_id": theirs},
        "api_app_id": home.app,
        "token": _TOKEN,
        "enterprise": None,
        "is_enterprise_install": False,
        **more,
    }


def on_message(state: SlackState, channel: Channel, message: Message) -> Json:
    """What an interaction on a message says of where it was."""
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": message.only_for is not None,
    }
    return {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "message": message_object(state, message),
        "state": {"values": {}},
    }


def on_view(state: SlackState, opened: OpenView) -> Json:
    """What an interaction in a modal says of where it was."""
    return {"container": {"type": "view", "view_id": opened.id}, "view": state.view_object(opened)}


def message_object(state: SlackState, message: Message) -> Json:
    """A message as payloads carry it."""
    home = state.cast.slack
    author: Json = {"user": message.author} if message.author else {
        "user": home.bot_user,
        "bot_id": bot_id(home.bot_user),
        "app_id": home.app,
    }
    return {
        "type": "message",
        "ts": message.ts,
        "text": message.text,
        "blocks": message.blocks,
        "team": home.team,
        **({"files": message.files} if message.files else {}),
        **author,
    }


def file_object(state: SlackState, name: str) -> Json:
    """A picture that somebody has shared (Slack, "File object"); nothing lies at its addresses."""
    made, home = f"F{uuid.uuid4().hex[:10].upper()}", state.cast.slack
    return {
        "id": made,
        "name": name,
        "title": name,
        "mimetype": "image/jpeg",
        "filetype": "jpg",
        "mode": "hosted",
        "url_private": f"https://files.slack.com/files-pri/{home.team}-{made}/{name}",
        "permalink": f"https://{home.domain}.slack.com/files/{home.bot_user}/{made}/{name}",
    }


def event(state: SlackState, persona: Persona, channel: Channel, message: Message) -> Json:
    """The event of a message that a person wrote to the bot."""
    inner = message_object(state, message) | {
        "channel": channel.id,
        "channel_type": "im",
        "event_ts": message.ts,
        "client_msg_id": str(uuid.uuid4()),
        "user": team.user_of(persona),
    }
    outer = envelope(state, inner, at=message.at)
    return outer | {"is_ext_shared_channel": channel.ext_shared}


def envelope(state: SlackState, inner: Json, *, at: float | None = None) -> Json:
    """What every event comes in."""
    home = state.cast.slack
    return {
        "token": _TOKEN,
        "team_id": home.team,
        "api_app_id": home.app,
        "event": inner,
        "type": "event_callback",
        "event_id": f"Ev{uuid.uuid4().hex[:10].upper()}",
        "event_time": int(state.now() if at is None else at),
        "authorizations": [{"team_id": home.team, "user_id": home.bot_user, "is_bot": True}],
        "is_ext_shared_channel": False,
    }


def hook_url(state: SlackState, secret: str) -> str:
    """The address of a response URL."""
    return f"{state.service_url}/response/{secret}"
