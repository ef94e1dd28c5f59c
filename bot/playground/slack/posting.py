"""The Web API's methods about messages, and what comes through a response_url.

Each takes the state and the arguments and gives the answer's fields, or raises Refusal.
"""

from bot.playground.slack.conversations import visible, writable
from bot.playground.slack.hooks import Hook
from bot.playground.slack.limits import block_faults
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.state import SlackState, bot_id
from bot.playground.wire import Json, as_object, as_objects, as_text, within

LONGEST_TEXT = 40_000
"""Characters of a message's text; more is cut off (Slack, "chat.postMessage")."""


def post_message(state: SlackState, args: Json) -> Json:
    """chat.postMessage."""
    text, blocks = _content(args)
    channel = writable(state, as_text(args.get("channel")))
    _refuse_closed_tab(state, channel)
    _refuse_lost_thread(channel, args)
    message = state.post(channel, text, blocks)
    message.metadata = as_object(args.get("metadata"))
    return {"channel": channel.id, "ts": message.ts, "message": _as_seen(state, message)}


def post_ephemeral(state: SlackState, args: Json) -> Json:
    """chat.postEphemeral: only that person sees it, and it cannot be changed later."""
    text, blocks = _content(args)
    channel, user = writable(state, as_text(args.get("channel"))), as_text(args.get("user"))
    if user not in channel.members:
        raise Refusal("user_not_in_channel")
    return {"message_ts": state.post(channel, text, blocks, only_for=user).ts}


def update(state: SlackState, args: Json) -> Json:
    """chat.update of one of the app's own messages; what is not said stays (Slack, "chat.update")."""
    channel = visible(state, as_text(args.get("channel")))
    message = channel.find(as_text(args.get("ts")))
    if message is None or message.only_for:
        raise Refusal("message_not_found")
    if message.author:
        raise Refusal("cant_update_message")
    if channel.archived:
        raise Refusal("is_archived")
    if not channel.with_bot:
        raise Refusal("not_in_channel")
    text, blocks = _content(args)
    state.edit(message, text, blocks if "blocks" in args else message.blocks)
    return {"channel": channel.id, "ts": message.ts, "text": text, "message": _as_seen(state, message)}


def delete(state: SlackState, args: Json) -> Json:
    """chat.delete of one of the app's own messages: a bot's token takes no other (Slack, "chat.delete")."""
    channel = visible(state, as_text(args.get("channel")))
    message = channel.find(as_text(args.get("ts")))
    if message is None or message.only_for:
        raise Refusal("message_not_found")
    if message.author or state.keeps_messages:
        raise Refusal("compliance_exports_prevent_deletion" if state.keeps_messages else "cant_delete_message")
    message.deleted = True
    message.turn = state.touch()
    return {"channel": channel.id, "ts": message.ts}


def respond(state: SlackState, hook: Hook, body: Json) -> None:
    """Carry out what was sent to a response_url."""
    original = hook.original
    if body.get("delete_original") is True and original:
        original.deleted = True
        original.turn = state.touch()
        return
    text, blocks = _content(body)
    if body.get("replace_original") is True and original:
        state.edit(original, text, blocks)
        return
    seen_by_all = body.get("response_type") == "in_channel"
    state.post(hook.channel, text, blocks, only_for=None if seen_by_all else hook.user)


def _content(args: Json) -> tuple[str, list[Json]]:
    if "attachments" in args:
        raise Refusal("invalid_arguments", ["[ERROR] this stand-in draws no attachments"])
    text, blocks = args.get("text", ""), args.get("blocks")
    if not isinstance(text, str):
        raise Refusal("invalid_arguments", ["[ERROR] must be a string [json-pointer:/text]"])
    if blocks is not None and (faults := block_faults(blocks)):
        raise Refusal("invalid_blocks", faults)
    if not text and not as_objects(blocks):
        raise Refusal("no_text")
    return text[:LONGEST_TEXT], as_objects(blocks)


def _refuse_closed_tab(state: SlackState, channel: Channel) -> None:
    open_tab = within(state.manifest, "features", "app_home", "messages_tab_enabled")
    if channel.kind is Kind.IM and open_tab is False:
        raise Refusal("messages_tab_disabled")


def _refuse_lost_thread(channel: Channel, args: Json) -> None:
    thread = as_text(args.get("thread_ts"))
    if thread and channel.find(thread) is None:
        raise Refusal("thread_not_found")


def _as_seen(state: SlackState, message: Message) -> Json:
    home = state.cast.slack
    shown: Json = {
        "type": "message",
        "ts": message.ts,
        "text": message.text,
        "blocks": message.blocks,
        "user": home.bot_user,
        "bot_id": bot_id(home.bot_user),
        "app_id": home.app,
        "team": home.team,
    }
    return shown | ({"metadata": message.metadata} if message.metadata else {})
