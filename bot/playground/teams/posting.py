"""What a bot may put into a conversation, and what it is refused with: the connector's own rules.

Refusals are Bot Framework's codes (Teams, "Status codes from bot conversational APIs").
"""

import json

from bot.playground.teams import tenant
from bot.playground.teams.limits import card_faults
from bot.playground.teams.places import ADAPTIVE, Conversation, Kind, Posted, root_of
from bot.playground.teams.state import TeamsState
from bot.playground.wire import Json, as_object, as_objects, as_text, within

LARGEST_MESSAGE = 100 * 1024
"""Bytes of a whole activity as UTF-16 (Teams, "Format your bot messages", size of a message)."""

_SENDABLE = ("message", "typing")


class Refusal(Exception):
    """The connector says no."""

    def __init__(self, status: int, code: str, words: str) -> None:
        super().__init__(f"{code}: {words}")
        self.status = status
        self.code = code
        self.words = words


def open_to_bot(state: TeamsState, place: str) -> Conversation:
    """The conversation, if the bot is in it. Refusal when there is none, or the app is not installed there."""
    found = state.conversation(place)
    if found is None:
        raise Refusal(404, "ConversationNotFound", "Conversation not found.")
    if not found.with_bot:
        raise Refusal(403, "BotNotInConversationRoster", "The bot is not part of the conversation roster.")
    return found


def create(state: TeamsState, body: Json) -> tuple[str, str]:
    """A one-to-one chat or a channel thread: its id, and the id of its first message (or nothing)."""
    channel = as_text(within(body, "channelData", "channel", "id"))
    if channel:
        return _create_thread(state, body, channel)
    if body.get("isGroup"):
        raise Refusal(400, "BadArgument", "Bots cannot create group chats.")
    if state.tenant_id not in (body.get("tenantId"), within(body, "channelData", "tenant", "id")):
        raise Refusal(400, "BadSyntax", "The tenant id is missing or not this tenant's.")
    if not _is_this_bot(state, body):
        raise Refusal(403, "InvalidBotId", "The bot id is not this bot's.")
    chat = _chat_with(state, as_objects(body.get("members")))
    first = as_object(body.get("activity"))
    return chat.id, send(state, chat.id, first) if first else ""


def send(state: TeamsState, place: str, activity: Json, *, reply_to: str = "", targeted: bool = False) -> str:
    """Post an activity of the bot's; returns the new message's id. Typing leaves nothing behind."""
    conversation = open_to_bot(state, place)
    _check(activity)
    if activity["type"] == "typing":
        return state.new_id()
    root = reply_to or root_of(place)[1]
    if root and conversation.find(root) is None:
        raise Refusal(404, "ActivityNotFoundInConversation", "The thread's first message is not there.")
    kept = activity | ({"replyToId": root} if root else {})
    only_for = _target(state, conversation, activity) if targeted else None
    return state.post(conversation, kept, only_for=only_for).id


def update(state: TeamsState, place: str, message: str, *, activity: Json) -> None:
    """Change one of the bot's own messages in place."""
    posted = _own(state, place, message)
    _check(activity)
    state.update(posted, activity)


def delete(state: TeamsState, place: str, message: str) -> None:
    """Take one of the bot's own messages away."""
    posted = _own(state, place, message)
    posted.deleted = True
    posted.turn = state.touch()


def _create_thread(state: TeamsState, body: Json, channel: str) -> tuple[str, str]:
    if body.get("isGroup") is not True:
        raise Refusal(400, "BadArgument", "A thread in a channel needs isGroup.")
    first = as_object(body.get("activity"))
    if not first:
        raise Refusal(400, "BadSyntax", "A thread in a channel needs its first activity.")
    posted = send(state, channel, first)
    return f"{channel};messageid={posted}", posted


def _is_this_bot(state: TeamsState, body: Json) -> bool:
    named = within(body, "bot", "id")
    return named in (None, state.client_id, tenant.bot_id(state.client_id))


def _chat_with(state: TeamsState, members: list[Json]) -> Conversation:
    if len(members) != 1:
        raise Refusal(400, "BadSyntax", "A one-to-one chat has exactly one member beside the bot.")
    person = state.person(as_text(members[0].get("id")))
    if person is None or person.kind == "deleted":
        raise Refusal(404, "UserNotFound", "The user is not found in the tenant.")
    chat = state.personal_chat(tenant.aad_of(person))
    return open_to_bot(state, chat.id)


def _own(state: TeamsState, place: str, message: str) -> Posted:
    posted = open_to_bot(state, place).find(message)
    if posted is None:
        raise Refusal(404, "ActivityNotFoundInConversation", "The activity is not there.")
    if posted.author:
        raise Refusal(403, "ForbiddenOperationException", "The activity is somebody else's.")
    return posted


def _target(state: TeamsState, place: Conversation, activity: Json) -> str:
    person = state.person(as_text(within(activity, "recipient", "id")))
    if place.kind is Kind.PERSONAL or person is None or tenant.aad_of(person) not in place.members:
        raise Refusal(400, "BadArgument", "A targeted message needs a recipient in a channel or group chat.")
    return tenant.aad_of(person)


def _check(activity: Json) -> None:
    if activity.get("type") not in _SENDABLE:
        raise Refusal(400, "BadSyntax", "Only activities of the types message and typing can be sent.")
    whole = json.dumps(activity, ensure_ascii=False, separators=(",", ":"))
    if len(whole.encode("utf-16-le", "surrogatepass")) > LARGEST_MESSAGE:
        raise Refusal(413, "MessageSizeTooBig", "Message size too large.")
    if activity["type"] == "message":
        _check_message(activity)


def _check_message(activity: Json) -> None:
    attachments = as_objects(activity.get("attachments"))
    if not as_text(activity.get("text")) and not attachments:
        raise Refusal(400, "BadSyntax", "A message needs a text or an attachment.")
    if activity.get("textFormat", "markdown") not in ("plain", "markdown", "xml"):
        raise Refusal(400, "BadSyntax", "The text format is unknown.")
    for attachment in attachments:
        _check_attachment(attachment)


def _check_attachment(attachment: Json) -> None:
    if attachment.get("contentType") != ADAPTIVE:
        raise Refusal(400, "BadSyntax", "This stand-in draws Adaptive Cards only.")
    faults = card_faults(as_object(attachment.get("content")))
    if faults:
        raise Refusal(400, "BadSyntax", "The card is not one that Teams takes: " + "; ".join(faults))
