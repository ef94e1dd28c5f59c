"""Activities as the Bot Connector hands them to a bot: real-shaped, one function for each kind.

Pure builders. What is sent, and when, is decided elsewhere; ids and times are the caller's.
"""

import html
import uuid
from datetime import UTC, datetime

from bot.playground.cast import Persona
from bot.playground.teams import tenant
from bot.playground.teams.places import Conversation, Kind
from bot.playground.teams.state import TeamsState
from bot.playground.wire import Json

_CLIENT: Json = {
    "type": "clientInfo",
    "locale": "en-GB",
    "country": "GB",
    "platform": "Web",
    "timezone": "Europe/London",
}


def envelope(state: TeamsState, person: Persona, place: Conversation, *, root: str = "") -> Json:
    """What every activity of a person in a place has. `root` is the first message of a channel's thread."""
    now = datetime.fromtimestamp(state.now(), UTC).isoformat(timespec="milliseconds")
    return {
        "id": activity_id(),
        "timestamp": now.replace("+00:00", "Z"),
        "localTimestamp": now,
        "localTimezone": "Europe/London",
        "locale": "en-GB",
        "channelId": "msteams",
        "serviceUrl": state.service_url,
        "from": sender(person),
        "recipient": {"id": tenant.bot_id(state.client_id), "name": state.bot_name},
        "conversation": _conversation(state, place, root),
        "entities": [_CLIENT],
        "channelData": _channel_data(state, place),
    }


def message(base: Json, text: str, **more: object) -> Json:
    """A typed message, or (with `value`) an Action.Submit in a message."""
    return base | {"type": "message", "text": text, "textFormat": "plain"} | more


def pasted(state: TeamsState, text: str, name: str) -> list[Json]:
    """A picture pasted into a message, as a bot gets it (Teams, "Send and receive files"): never its bytes."""
    address = f"{state.service_url}/v3/attachments/{uuid.uuid4().hex}/views/original"
    shown = f'<p>{html.escape(text, quote=False)}</p><p><img alt="{html.escape(name)}" src="{address}"></p>'
    return [{"contentType": "image/*", "contentUrl": address}, {"contentType": "text/html", "content": shown}]


def mention(state: TeamsState, text: str) -> Json:
    """The parts of a message that mentions the bot before the text."""
    tag = f"<at>{state.bot_name}</at>"
    mentioned = {"id": tenant.bot_id(state.client_id), "name": state.bot_name}
    entities = [_CLIENT, {"type": "mention", "mentioned": mentioned, "text": tag}]
    return {"text": f"{tag} {text}", "entities": entities}


def invoke(base: Json, name: str, value: Json, *, reply_to: str = "") -> Json:
    """An invoke; `reply_to` is the message whose card was pressed."""
    return (
        base
        | {"type": "invoke", "name": name, "value": value}
        | ({"replyToId": reply_to} if reply_to else {})
    )


def installed(base: Json, *, action: str = "add") -> Json:
    """`installationUpdate`: the app was added to a place, or with `remove` taken away."""
    return base | {"type": "installationUpdate", "action": action}


def joined(state: TeamsState, base: Json, event: str) -> Json:
    """`conversationUpdate`: the bot is new here. `event` is Teams' own: `teamMemberAdded`, `channelMemberAdded`."""
    data = base["channelData"] | {"eventType": event}
    new = [{"id": tenant.bot_id(state.client_id)}]
    return base | {"type": "conversationUpdate", "membersAdded": new, "channelData": data}


def message_payload(state: TeamsState, text: str, *, by: str, file: str = "") -> Json:
    """The message that a command of the message menu was used on (Teams, "messagePayload")."""
    author = next((tenant.aad_of(p) for p in tenant.on_teams(state.cast) if p.name == by), str(uuid.uuid4()))
    made, now = state.new_id(), datetime.fromtimestamp(state.now(), UTC).isoformat()
    user = {"userIdentityType": "aadUser", "id": author, "displayName": by}
    return {
        "id": made,
        "replyToId": None,
        "createdDateTime": now,
        "lastModifiedDateTime": None,
        "deleted": False,
        "importance": "normal",
        "locale": "en-gb",
        "linkToMessage": f"https://teams.microsoft.com/l/message/{state.general.id}/{made}",
        "from": {"device": None, "conversation": None, "user": user, "application": None},
        "body": {"contentType": "html", "content": f"<p>{html.escape(text, quote=False)}</p>"},
        "attachments": [_shared(file)] if file else [],
        "mentions": [],
        "reactions": [],
    }


def _shared(name: str) -> Json:
    """A file of the school's drive that hangs on a message."""
    address = f"https://school.sharepoint.example/Shared/{name}"
    return {"id": str(uuid.uuid4()), "contentType": "reference", "contentUrl": address, "content": None, "name": name}


def activity_id() -> str:
    """An activity's id as invokes have it."""
    return f"f:{uuid.uuid4()}"


def sender(person: Persona) -> Json:
    aad = tenant.aad_of(person)
    return {"id": tenant.user_id(aad), "name": person.name, "aadObjectId": aad}


def _conversation(state: TeamsState, place: Conversation, root: str) -> Json:
    here = {"conversationType": place.kind.value, "tenantId": state.tenant_id, "id": place.id}
    if place.kind is Kind.PERSONAL:
        return here
    return here | {"isGroup": True, "id": f"{place.id};messageid={root}" if root else place.id}


def _channel_data(state: TeamsState, place: Conversation) -> Json:
    home: Json = {"tenant": {"id": state.tenant_id}}
    if place.kind is Kind.PERSONAL:
        return home
    team = state.general.id
    return home | {
        "teamsChannelId": place.id,
        "teamsTeamId": team,
        "channel": {"id": place.id},
        "team": {"id": team, "name": state.cast.school, "aadGroupId": tenant.group_id(team)},
    }
