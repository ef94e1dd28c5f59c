"""Windows in front of one person: opened before anything is looked up, filled when it is known.

A window that cannot be opened or filled is told to the caller, never raised: somebody waits for an answer.
"""

# slack_sdk's methods take untyped keyword arguments.
# pyright: reportUnknownMemberType=false

import asyncio

from slack_sdk.web.async_client import AsyncWebClient

from bot import logs
from bot.intake import Unreadable
from bot.slack.blocks import Block
from bot.slack.calls import call
from bot.slack.parse import Open, opened
from bot.slack.render import card_message, home_view, one_moment
from handlers.platform_ports import Undelivered
from handlers.ui.card import Card

PATIENCE = 2.5
"""Seconds for one call: Slack waits three for our answer."""


class Windows:
    """The windows and whispers of one workspace."""

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client

    async def open(self, trigger: str, view: Block | None = None) -> Open | None:
        """Open a window at once; None when the trigger was too old, or Slack does not answer."""
        try:
            async with asyncio.timeout(PATIENCE):
                answer = await call(self._client.views_open(trigger_id=trigger, view=view or one_moment()))
            return opened(answer)
        except (Undelivered, TimeoutError, Unreadable) as failure:
            _note("window_not_opened", failure)
            return None

    async def show(self, window: Open, view: Block) -> bool:
        """Draw into an open window; true also when the person has closed it meanwhile."""
        if await self._update(view, view_id=window.id, **({"hash": window.hash} if window.hash else {})):
            return True
        return await self._update(view, view_id=window.id)

    async def publish(self, user: str, card: Card, *, hash: str) -> bool:
        """Put it on that person's Home tab. What has been put there since `hash` is newer, and stays."""
        since = {"hash": hash} if hash else {}
        try:
            async with asyncio.timeout(PATIENCE):
                await call(self._client.views_publish(user_id=user, view=home_view(card), **since))
        except (Undelivered, TimeoutError) as failure:
            newer = isinstance(failure, Undelivered) and failure.reason == "hash_conflict"
            if not newer:
                _note("home_not_drawn", failure)
            return newer
        return True

    async def whisper(self, channel: str, user: str, card: Card) -> None:
        """Say it in a channel so that this person alone sees it; what cannot be said is noted."""
        try:
            async with asyncio.timeout(PATIENCE):
                await call(self._client.chat_postEphemeral(channel=channel, user=user, **card_message(card)))
        except (Undelivered, TimeoutError) as failure:
            _note("whisper_not_sent", failure)

    async def _update(self, view: Block, **which: str) -> bool:
        try:
            async with asyncio.timeout(PATIENCE):
                await call(self._client.views_update(view=view, **which))
        except Undelivered as failure:
            if failure.reason == "not_found":
                return True
            _note("window_not_drawn", failure)
            return False
        except TimeoutError as failure:
            _note("window_not_drawn", failure)
            return False
        return True


def _note(event: str, failure: Exception) -> None:
    reason = failure.reason if isinstance(failure, Undelivered) else type(failure).__name__
    logs.event(f"slack_{event}", reason=reason)


