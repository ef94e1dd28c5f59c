"""The Web API's methods about people and channels: who is there, and what the app may see of it.

Each takes the state and the arguments and gives the answer's fields, or raises Refusal.
"""

import base64
import binascii

from bot.playground.cast import Persona
from bot.playground.slack import team
from bot.playground.slack.places import Channel, Kind, Message
from bot.playground.slack.refusal import Refusal
from bot.playground.slack.state import SlackState, bot_id
from bot.playground.wire import Json, as_text

PAGE = 100
MOST = 1000
"""Members on one page (Slack, "conversations.members": default 100, at most 1000)."""
MOST_HISTORY = 999
"""Messages on one page (Slack, "conversations.history": default 100, at most 999)."""
_FAMILY = {Kind.IM: "im", Kind.PUBLIC: "channels", Kind.PRIVATE: "groups"}


def auth_test(state: SlackState, _: Json) -> Json:
    """auth.test."""
    home = state.cast.slack
    return {
        "url": f"https://{home.domain}.slack.com/",
        "team": state.cast.school,
        "user": state.bot_name.casefold(),
        "team_id": home.team,
        "user_id": home.bot_user,
        "bot_id": bot_id(home.bot_user),
        "is_enterprise_install": False,
    }


def team_info(state: SlackState, _: Json) -> Json:
    """team.info."""
    home = state.cast.slack
    return {"team": {"id": home.team, "name": state.cast.school, "domain": home.domain, "icon": {}}}


def users_info(state: SlackState, args: Json) -> Json:
    """users.info; the mail address only with users:read.email."""
    user = as_text(args.get("user"))
    if user == state.cast.slack.bot_user:
        return {"user": team.bot_account(state.cast, state.bot_name)}
    with_email = state.scopes is None or "users:read.email" in state.scopes
    status = state.statuses.get(user, "")
    told = team.account(_person(state, user), state.cast.slack.team, with_email=with_email, status_emoji=status)
    return {"user": told}


def info(state: SlackState, args: Json) -> Json:
    """conversations.info."""
    channel = visible(state, as_text(args.get("channel")))
    _need(state, channel, "read")
    return {"channel": _described(state, channel)}


def members(state: SlackState, args: Json) -> Json:
    """conversations.members, a page at a time; the bot is among them."""
    channel = visible(state, as_text(args.get("channel")))
    _need(state, channel, "read")
    everybody = [*channel.members, *([state.cast.slack.bot_user] if channel.with_bot else [])]
    size, begin = _size(args.get("limit")), _begin(as_text(args.get("cursor")))
    more = begin + size < len(everybody)
    cursor = base64.b64encode(f"next:{begin + size}".encode()).decode() if more else ""
    return {"members": everybody[begin : begin + size], "response_metadata": {"next_cursor": cursor}}


def history(state: SlackState, args: Json) -> Json:
    """conversations.history: the newest first, a page at a time; no whispers, and metadata only when asked for.

    A time is not included itself unless `inclusive`.
    """
    channel = visible(state, as_text(args.get("channel")))
    _need(state, channel, "history")
    if not channel.with_bot:
        raise Refusal("not_in_channel")
    size, begin = _size(args.get("limit"), MOST_HISTORY), _begin(as_text(args.get("cursor")))
    lasting = [one for one in reversed(channel.messages) if not one.deleted and not one.only_for]
    found = [one for one in lasting if _within(one.ts, args)]
    more = begin + size < len(found)
    cursor = base64.b64encode(f"next:{begin + size}".encode()).decode() if more else ""
    metadata = _is_true(args.get("include_all_metadata"))
    told = [_as_listed(state, one, metadata=metadata) for one in found[begin : begin + size]]
    return {"messages": told, "has_more": more, "response_metadata": {"next_cursor": cursor}}


def _within(ts: str, args: Json) -> bool:
    oldest, latest, at = as_text(args.get("oldest")), as_text(args.get("latest")), float(ts)
    if _is_true(args.get("inclusive")) and ts in (oldest, latest):
        return True
    try:
        return (not oldest or at > float(oldest)) and (not latest or at < float(latest))
    except ValueError:
        raise Refusal("invalid_ts_oldest" if oldest else "invalid_ts_latest") from None


def _is_true(value: object) -> bool:
    return str(value).lower() in ("true", "1")


def _as_listed(state: SlackState, message: Message, *, metadata: bool) -> Json:
    home = state.cast.slack
    told: Json = {"type": "message", "ts": message.ts, "text": message.text, "blocks": message.blocks}
    told |= {"user": message.author} if message.author else {"user": home.bot_user, "bot_id": bot_id(home.bot_user)}
    return told | ({"metadata": message.metadata} if metadata and message.metadata else {})


def open_im(state: SlackState, args: Json) -> Json:
    """conversations.open, for one person."""
    users = [user for user in as_text(args.get("users")).split(",") if user]
    if not users:
        raise Refusal("users_list_not_supplied")
    if len(users) > 1:
        raise Refusal("missing_scope", needed="mpim:write", provided=granted(state))
    if _person(state, users[0]).kind == "deleted":
        raise Refusal("user_disabled")
    channel = state.im(users[0])
    full = str(args.get("return_im", "")).lower() in ("true", "1")
    return {"channel": _described(state, channel) if full else {"id": channel.id}}


def visible(state: SlackState, channel_id: str) -> Channel:
    """A channel that the app can know of. Refusal for a private one that it is not in."""
    found = state.channels.get(channel_id)
    if found is None or (found.kind is Kind.PRIVATE and not found.with_bot):
        raise Refusal("channel_not_found")
    return found


def writable(state: SlackState, channel_id: str) -> Channel:
    """A channel that the app may post to; a user id stands for the chat with that person."""
    if channel_id.startswith("U"):
        person = state.person(channel_id)
        if person is None or person.kind == "deleted":
            raise Refusal("channel_not_found")
        return state.im(channel_id)
    found = visible(state, channel_id)
    if found.archived:
        raise Refusal("is_archived")
    if not found.with_bot:
        raise Refusal("not_in_channel")
    return found


def granted(state: SlackState) -> str:
    """The scopes as error answers and headers list them."""
    return ",".join(sorted(state.scopes or ()))


def _need(state: SlackState, channel: Channel, what: str) -> None:
    needed = f"{_FAMILY[channel.kind]}:{what}"
    if state.scopes is not None and needed not in state.scopes:
        raise Refusal("missing_scope", needed=needed, provided=granted(state))


def _person(state: SlackState, user: str) -> Persona:
    found = state.person(user)
    if found is None:
        raise Refusal("user_not_found")
    return found


def _described(state: SlackState, channel: Channel) -> Json:
    if channel.kind is Kind.IM:
        user = channel.members[0]
        return {"id": channel.id, "is_im": True, "user": user, "is_archived": channel.archived, "is_open": True}
    private = channel.kind is Kind.PRIVATE
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not private,
        "is_group": private,
        "is_im": False,
        "is_mpim": False,
        "is_private": private,
        "is_archived": channel.archived,
        "is_general": channel.id == team.GENERAL,
        "is_shared": channel.ext_shared,
        "is_ext_shared": channel.ext_shared,
        "is_org_shared": False,
        "is_member": channel.with_bot,
        "context_team_id": state.cast.slack.team,
    }


def _size(limit: object, most: int = MOST) -> int:
    if limit in (None, ""):
        return PAGE
    size = int(str(limit)) if str(limit).isdecimal() else 0
    if not 1 <= size <= most:
        raise Refusal("invalid_limit")
    return size


def _begin(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        word, _, number = base64.b64decode(cursor, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refusal("invalid_cursor") from None
    if word != "next" or not number.isdecimal():
        raise Refusal("invalid_cursor")
    return int(number)
