"""Whether a channel is fit for a card: private, unshared, and nobody in it who is not a lead.

Slack is asked before each card that is posted or drawn again; cards of one second share an answer (`KEPT`), for Slack
takes one message a second in a channel and about as many questions. Who may be there is asked afresh each time.
"""

# slack_sdk's methods take untyped keyword arguments.
# pyright: reportUnknownMemberType=false

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.intake import Json
from bot.slack.calls import bot_user, call, members
from handlers.platform_ports import Place, Undelivered

KEPT = 1.0
"""Seconds for which a finding is believed, good or bad."""

Allowed = Callable[[Place], Awaitable[frozenset[str]]]

_SHARED = ("is_shared", "is_ext_shared", "is_org_shared", "is_pending_ext_shared")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    at: float
    private: bool
    members: frozenset[str]
    """Without the bot itself."""


class ChannelGuard:
    """Checks channels before anything is shown there. `clock` in seconds, monotonic."""

    def __init__(self, client: AsyncWebClient, *, allowed: Allowed, clock: Callable[[], float]) -> None:
        self._client = client
        self._allowed = allowed
        self._clock = clock
        self._found: dict[str, _Found] = {}
        self._bot = ""

    async def check(self, place: Place) -> None:
        """Raises `Undelivered`, final, when the channel is not fit."""
        found = self._found.get(place.id)
        if found is None or self._clock() - found.at >= KEPT:
            found = await self._look(place)
        if fault := await self._fault(place, found):
            raise Undelivered(fault, final=True)

    async def _fault(self, place: Place, found: _Found) -> str:
        if not found.private:
            return "channel_not_private"
        return "" if found.members <= await self._allowed(place) else "strangers_in_channel"

    async def _look(self, place: Place) -> _Found:
        at = self._clock()
        self._bot = self._bot or await bot_user(self._client)
        told = cast(Json, (await call(self._client.conversations_info(channel=place.id))).get("channel") or {})
        if told.get("is_archived"):
            raise Undelivered("is_archived", final=True)
        private = bool(told.get("is_private")) and not any(told.get(name) for name in _SHARED)
        there = await members(self._client, place.id) if private else frozenset[str]()
        found = self._found[place.id] = _Found(at=at, private=private, members=there - {self._bot})
        return found
