"""Calls of Slack's Web API: what went wrong is told in our words, once, here.

No retry: what may be tried again is the outbox's to say, and slack-sdk's own retries post twice when an answer
is lost. The text of an SDK error holds the answer, so it goes no further than this module.
"""

# slack_sdk's methods take untyped keyword arguments.
# pyright: reportUnknownMemberType=false

import re
from collections.abc import Awaitable
from typing import Any, cast

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.front import seconds_asked
from bot.intake import Json
from handlers.platform_ports import Fault, Gone, Undelivered

WAIT = 30.0
"""Seconds to wait where Slack limits us and does not say for how long."""
PAGE = 200
MOST_PAGES = 50

_LIMITED = {"ratelimited", "rate_limited", "message_limit_exceeded"}
_PASSING = {"internal_error", "fatal_error", "service_unavailable", "request_timeout", "team_added_to_org"}
"""Slack's own trouble: it passes, and the message may have been taken all the same."""
_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
_TOKEN = {
    "account_inactive", "invalid_auth", "not_authed", "token_revoked", "token_expired", "missing_scope",
    "no_permission", "not_allowed_token_type", "access_denied", "org_login_required", "ekm_access_denied",
    "method_deprecated",
}
"""Somebody must put the app right: until then nothing goes by Slack."""
_PLACE = {
    "channel_not_found", "not_in_channel", "is_archived", "is_inactive", "restricted_action", "read_only_channel",
    "user_not_found", "users_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot",
    "invalid_user_combination", "messages_tab_disabled", "not_enabled",
}
"""Nothing goes to that place until somebody changes something there."""
_MESSAGE = {
    "invalid_blocks", "invalid_blocks_format", "msg_too_long", "msg_blocks_too_long",
    "cant_delete_message", "compliance_exports_prevent_deletion",
    "no_text", "invalid_arguments", "invalid_metadata_format", "metadata_too_large",
}
"""That message does not go as it is."""
_FINAL = _TOKEN | _PLACE | _MESSAGE
"""Errors that no repeat puts right soon."""


async def call(request: Awaitable[AsyncSlackResponse], *, posts: bool = False) -> Json:
    """Slack's answer. Raises `Undelivered` or `Gone`; `posts` where a lost answer may hide a message that stands."""
    answer: object = (await _answered(request, posts=posts)).data  # pyright: ignore[reportUnknownVariableType]
    return cast(Json, answer) if isinstance(answer, dict) else {}


async def _answered(request: Awaitable[AsyncSlackResponse], *, posts: bool) -> AsyncSlackResponse:
    try:
        return await request
    except SlackApiError as error:
        raise _in_our_words(error, posts=posts) from None
    except aiohttp.ClientConnectorError:
        raise Undelivered("no_connection") from None
    except (aiohttp.ClientError, SlackClientError, OSError, ValueError, AttributeError):
        raise Undelivered("no_answer", sent=posts) from None


async def bot_user(client: AsyncWebClient) -> str:
    """Our own user id in the workspace. Raises `Undelivered`."""
    id = (await call(client.auth_test())).get("user_id")
    if not isinstance(id, str) or not id:
        raise Undelivered("no_user_id")
    return id


async def granted(client: AsyncWebClient) -> frozenset[str]:
    """The scopes that the workspace has granted us: each answer of Slack says them. Raises `Undelivered`."""
    answer = await _answered(client.auth_test(), posts=False)
    headers = cast("dict[str, object]", answer.headers)
    told = next((str(value) for name, value in headers.items() if name.lower() == "x-oauth-scopes"), "")
    return frozenset(scope.strip() for scope in told.split(",") if scope.strip())


async def members(client: AsyncWebClient, channel: str) -> frozenset[str]:
    """Every member of a channel, bots included. Raises `Undelivered`."""
    found: set[str] = set()
    cursor = ""
    for _ in range(MOST_PAGES):
        page = await call(client.conversations_members(channel=channel, limit=PAGE, cursor=cursor or None))
        found |= {str(id) for id in cast(list[Any], page.get("members") or [])}
        cursor = str(cast(Json, page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return frozenset(found)
    raise Undelivered("too_many_members", final=True)


def _in_our_words(error: SlackApiError, *, posts: bool) -> Undelivered:
    status, code = _status(error), _code(error)
    if status == 429 or code in _LIMITED:
        return Undelivered("ratelimited", after=_wait(error), fault=Fault.BUSY)
    if code in _GONE:
        return Gone(code)
    if status >= 500 or code in _PASSING or not code:
        fault = Fault.TOKEN if status in (401, 403) else Fault.PLATFORM
        return Undelivered(code or f"http_{status}", sent=posts, final=fault is Fault.TOKEN, fault=fault)
    return Undelivered(code, final=code in _FINAL or status in (401, 403), fault=_whose(code, status))


def _whose(code: str, status: int) -> Fault:
    """What nobody has told us of is the message's own: others go on."""
    if code in _TOKEN or status in (401, 403):
        return Fault.TOKEN
    return Fault.PLACE if code in _PLACE else Fault.MESSAGE


def _status(error: SlackApiError) -> int:
    """The HTTP status: of the SDK's answer, or of aiohttp's where the body could not be read."""
    response = cast(Any, error.response)
    found = getattr(response, "status_code", None) or getattr(response, "status", 0)
    return found if isinstance(found, int) else 0


def _code(error: SlackApiError) -> str:
    """Slack's error, when it is a code: nothing else of an answer is repeated."""
    data: object = getattr(cast(Any, error.response), "data", None)
    found = cast(Json, data).get("error") if isinstance(data, dict) else None
    return found if isinstance(found, str) and re.fullmatch(r"[a-z0-9_]{1,60}", found) else ""


def _wait(error: SlackApiError) -> float:
    headers: Any = getattr(cast(Any, error.response), "headers", None) or {}
    asked = next((str(value) for name, value in headers.items() if str(name).lower() == "retry-after"), "")
    return seconds_asked(asked) or WAIT
