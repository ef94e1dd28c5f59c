"""One person's screen as JSON, for a page that draws it with its own renderer of Block Kit.

Shapes for the page only. `snapshot` returns:

    {"platform": "slack", "version": 7, "bot": "Heard",
     "person": {"key", "name", "role"},
     "chats": [{"place": "bot|leads|general", "id", "name", "kind": "im|channel", "private",
                "messages": [{"id", "at" (seconds), "from": {"name", "bot", "me"}, "text" (mrkdwn),
                              "blocks": [block, ...], "edited", "only_me"}]}],
     "view": null or {"id", "view": the raw view object, "errors": {block_id: words}, "trouble": "" or words,
                      "values": {block_id: {action_id: {"type", ...}}}, "depth": 1..3},
     "home": null where the app has no such tab, else {"blocks": [block, ...] or null while nothing is published},
     "commands": [{"name", "description"}],
     "shortcuts": [{"callback_id", "name", "type": "global|message"}],
     "names": {user_id: name}}

The page's gestures are methods of `SlackThumbs`: `say`, `press_raw`, `set_state`, `submit`, `press_in_view`,
`search`, `use_shortcut`, `open_home`, `press_home_raw`, `close`. Values go in as a string (text, date, time, user id,
an option's value), a list of options' values, or None.
"""

from typing import Any

from bot.playground.slack import home
from bot.playground.slack.client import Client
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.wire import Json, as_text


def snapshot(client: Client) -> Json:
    """Everything that this person sees now."""
    state, persona = client.state, client.persona
    return {
        "platform": "slack",
        "version": state.version,
        "bot": state.bot_name,
        "person": {"key": persona.key, "name": persona.name, "role": persona.role},
        "chats": [_chat(client, key, place) for key, place in client.places().items()],
        "view": _view(client),
        "home": _home(client),
        "commands": _commands(client),
        "shortcuts": _shortcuts(client),
        "names": state.names,
    }


def _chat(client: Client, key: str, place: Channel) -> Json:
    im = place.kind is Kind.IM
    return {
        "place": key,
        "id": place.id,
        "name": client.state.bot_name if im else place.name,
        "kind": "im" if im else "channel",
        "private": place.kind is Kind.PRIVATE,
        "messages": [_message(client, message) for message in place.seen_by(client.user)],
    }


def _message(client: Client, message: Message) -> Json:
    return {
        "id": message.ts,
        "at": message.at,
        "from": {
            "name": message.author_name,
            "bot": not message.author,
            "me": message.author == client.user,
        },
        "text": message.text,
        "blocks": message.blocks,
        "edited": message.edited,
        "only_me": message.only_for is not None,
    }


def _view(client: Client) -> Json | None:
    opened = client.stack.top
    if opened is None:
        return None
    return {
        "id": opened.id,
        "view": client.state.view_object(opened),
        "errors": dict(opened.errors),
        "trouble": opened.trouble,
        "values": opened.sheet.state(),
        "depth": len(client.stack.views),
    }


def _home(client: Client) -> Json | None:
    if not home.is_enabled(client.state):
        return None
    standing = client.state.homes.get(client.user)
    return {"blocks": standing.view["blocks"] if standing else None}


def _commands(client: Client) -> list[Any]:
    return [
        {"name": as_text(one.get("command")), "description": as_text(one.get("description"))}
        for one in client.commands()
    ]


def _shortcuts(client: Client) -> list[Any]:
    return [
        {name: as_text(one.get(name)) for name in ("callback_id", "name", "type")} for one in client.shortcuts()
    ]
