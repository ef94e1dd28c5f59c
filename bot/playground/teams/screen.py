"""One person's screen as JSON, for a page that draws it with Microsoft's own card renderer.

Shapes for the page only. `snapshot` returns:

    {"platform": "teams", "version": 7, "bot": "Heard",
     "person": {"key", "name", "role"},
     "chats": [{"place": "bot|leads|general", "id", "name", "kind": "personal|channel", "private",
                "messages": [{"id", "at" (seconds), "from": {"name", "bot", "me"}, "text", "summary", "preview",
                              "reply_to", "cards": [card, ...], "edited", "only_me"}]}],
     "dialog": null or {"id", "title", "card": card or null, "words"},
     "commands": [{"id", "title", "contexts"}]}
"""

from typing import Any

from bot.playground.teams.client import Client, Told
from bot.playground.teams.places import Conversation, Posted
from bot.playground.wire import Json, as_list, as_objects, as_text


def snapshot(client: Client) -> Json:
    """Everything that this person sees now."""
    state, persona = client.state, client.persona
    return {
        "platform": "teams",
        "version": state.version,
        "bot": state.bot_name,
        "person": {"key": persona.key, "name": persona.name, "role": persona.role},
        "chats": [_chat(client, key, place) for key, place in client.places().items()],
        "dialog": _dialog(client),
        "commands": _commands(state.manifest),
    }


def _chat(client: Client, key: str, place: Conversation) -> Json:
    messages = [_message(client, posted) for posted in place.seen_by(client.aad)]
    messages += [_told(client, told) for told in client.told if told.place is place]
    return {
        "place": key,
        "id": place.id,
        "name": place.name,
        "kind": place.kind.value,
        "private": place.private,
        "messages": sorted(messages, key=lambda message: int(message["id"])),
    }


def _message(client: Client, posted: Posted) -> Json:
    return {
        "id": posted.id,
        "at": posted.at,
        "from": {"name": posted.author_name, "bot": not posted.author, "me": posted.author == client.aad},
        "text": posted.text,
        "summary": as_text(posted.activity.get("summary")),
        "preview": posted.preview,
        "reply_to": as_text(posted.activity.get("replyToId")),
        "cards": [sheet.card for sheet in client.sheets(posted)],
        "edited": posted.edited,
        "only_me": posted.only_for is not None,
    }


def _told(client: Client, told: Told) -> Json:
    return {
        "id": told.id,
        "at": int(told.id) / 1000,
        "from": {"name": client.state.bot_name, "bot": True, "me": False},
        "text": told.words,
        "summary": "",
        "preview": "",
        "reply_to": "",
        "cards": [],
        "edited": 0,
        "only_me": True,
    }


def _dialog(client: Client) -> Json | None:
    dialog = client.dialog
    if dialog is None:
        return None
    card = dialog.sheet.card if dialog.sheet else None
    return {"id": dialog.id, "title": dialog.title, "card": card, "words": dialog.words}


def _commands(manifest: Json) -> list[Any]:
    every = [
        one
        for part in as_objects(manifest.get("composeExtensions"))
        for one in as_objects(part.get("commands"))
    ]
    return [
        {
            "id": as_text(one.get("id")),
            "title": as_text(one.get("title")),
            "contexts": as_list(one.get("context")),
        }
        for one in every
    ]
