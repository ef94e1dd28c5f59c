"""Which messages of ours stand in a channel: looked up by their metadata where the answer to a post was lost.

For that the app reads the newest messages of the leads' channel, keeps nothing of them and looks at no word. It may
only where the workspace has granted `groups:history`, which is the school's choice: without it nothing is asked.
"""

# slack_sdk's methods take untyped keyword arguments.
# pyright: reportUnknownMemberType=false

from typing import Any, cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.intake import Json
from bot.slack.calls import bot_user, call, granted

SCOPE = "groups:history"
PAGE = 200
NEWEST_PAGES = 3
"""What was sent half a minute ago is among the newest: no leads' channel has six hundred messages since."""


async def with_mark(client: AsyncWebClient, channel: str, mark: str) -> list[str]:
    """The `ts` of our messages there that carry that mark, the oldest first. Raises `Undelivered`."""
    if SCOPE not in await granted(client):
        return []
    us, found, cursor = await bot_user(client), list[str](), ""
    for _ in range(NEWEST_PAGES):
        asked = client.conversations_history(
            channel=channel, limit=PAGE, cursor=cursor or None, include_all_metadata=True
        )
        page = await call(asked)
        found += [_text(one, "ts") for one in _messages(page) if _text(one, "user") == us and _mark(one) == mark]
        cursor = _text(cast(Json, page.get("response_metadata") or {}), "next_cursor")
        if not cursor:
            break
    return sorted((ts for ts in found if ts), key=float)


def _messages(page: Json) -> list[Json]:
    return [cast(Json, one) for one in cast(list[Any], page.get("messages") or []) if isinstance(one, dict)]


def _mark(message: Json) -> str:
    metadata = message.get("metadata")
    payload = cast(Json, metadata).get("event_payload") if isinstance(metadata, dict) else None
    return _text(cast(Json, payload), "card") if isinstance(payload, dict) else ""


def _text(holder: Json, key: str) -> str:
    found = holder.get(key)
    return found if isinstance(found, str) else ""
