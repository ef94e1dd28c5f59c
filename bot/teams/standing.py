"""Which messages of ours stand in a channel: looked up in Graph where the answer to a post was lost.

For that the app reads the newest messages of the leads' channel and keeps nothing of them. It may only where the tenant
lets it (`ChannelMessage.Read.Group` in that team, or `ChannelMessage.Read.All`), which is the school's choice.

What cannot be looked up is sent again: a concern does not wait for Graph, and a second card is known as soon as
somebody has it before them (`courier.post`).
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx

from bot.intake import Json, Unreadable, strict_json
from bot.teams.tokens import GRAPH_SCOPE, Tokens
from bot.teams.wire import items, part, text
from handlers.platform_ports import Undelivered

PERMISSION = "ChannelMessage.Read.Group"
SECONDS = 4.0
"""For one page: a card has fifteen with everything that is asked on the way (`handlers.post.deliveries`)."""
PAGE = 50
"""The most that Graph gives at once (Graph, "List channel messages")."""
NEWEST_PAGES = 2
"""What was sent half a minute ago is among the newest hundred."""
NOT_ASKED = 600.0
"""Seconds for which a refusal is taken as it was: without the permission nothing is asked for each card."""


@dataclass(slots=True, kw_only=True)
class ChannelMessages:
    """Of one tenant. `graph_url` is Graph's whole base address, empty for none; `clock` in seconds, monotonic."""

    http: httpx.AsyncClient
    tokens: Tokens
    graph_url: str
    client_id: str
    clock: Callable[[], float] = time.monotonic
    _refused: dict[str, float] = field(default_factory=dict[str, float])
    """When each channel was refused."""

    async def with_mark(self, group: str, channel: str, mark: str) -> Sequence[str]:
        """The ids of our messages there that carry that mark, the oldest first; none where Graph does not say."""
        if not self.graph_url or self.clock() - self._refused.get(channel, -NOT_ASKED) < NOT_ASKED:
            return ()
        try:
            found = [one for one in await self._newest(group, channel) if self._is_ours(one) and _carries(one, mark)]
        except Undelivered:
            return ()
        return sorted((name for one in found if (name := text(one, "id")).isdecimal()), key=int)

    async def may(self, group: str, channel: str) -> bool:
        """Whether they may be read there. Raises `Undelivered` where Graph does not say."""
        return await self._page(self._address(group, channel, 1)) is not None

    async def _newest(self, group: str, channel: str) -> list[Json]:
        found, address = list[Json](), self._address(group, channel, PAGE)
        for _ in range(NEWEST_PAGES):
            page = await self._page(address)
            if page is None:
                self._refused[channel] = self.clock()
                return []
            found += [part({"": one}, "") for one in items(page.get("value"))]
            address = text(page, "@odata.nextLink")
            if not address.startswith(f"{self.graph_url}/"):
                break
        return found

    def _address(self, group: str, channel: str, most: int) -> str:
        where = f"{quote(group, safe='')}/channels/{quote(channel, safe='')}"
        return f"{self.graph_url}/teams/{where}/messages?$top={most}"

    async def _page(self, address: str) -> Json | None:
        """None where it may not be read."""
        token = await self.tokens.get(GRAPH_SCOPE)
        try:
            answer = await self.http.get(
                address, headers={"authorization": f"Bearer {token}"}, follow_redirects=False, timeout=SECONDS
            )
            if answer.status_code == 200:
                return strict_json(answer.content)
        except (httpx.HTTPError, Unreadable):
            raise Undelivered("graph_not_reached") from None
        if answer.status_code == 401:
            self.tokens.forget(GRAPH_SCOPE, token)
        if answer.status_code in (403, 404):
            return None
        raise Undelivered(f"graph_{answer.status_code}")

    def _is_ours(self, message: Json) -> bool:
        return text(part(message, "from", "application"), "id").lower() == self.client_id.lower()


def _carries(message: Json, mark: str) -> bool:
    """A mark is a digest under the school's key: it stands nowhere but on that card. What is deleted has no cards."""
    return any(mark in text(part({"": one}, ""), "content") for one in items(message.get("attachments")))
