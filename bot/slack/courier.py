"""Puts cards in front of people on Slack, or says why it could not: ids come back whole, or `Undelivered`.

The id of a message is its `ts`; with the place it names the message. The bot's chat with a person is found by
asking Slack, and kept.
"""

# slack_sdk's methods take untyped keyword arguments.
# pyright: reportUnknownMemberType=false

import time
from collections.abc import Callable, Sequence

from slack_sdk.web.async_client import AsyncWebClient

from bot.intake import Json
from bot.slack.calls import call, granted
from bot.slack.channel import Allowed, ChannelGuard
from bot.slack.render import card_message, card_metadata, home_view
from bot.slack.standing import SCOPE, with_mark
from handlers.platform_ports import Place, PlaceKind, Undelivered
from handlers.ui import plain
from handlers.ui.card import Card

HOME = "home"


class SlackCourier:
    """`handlers.ports.Courier` for one workspace; `allowed` are the user ids that may be in a place."""

    def __init__(
        self, client: AsyncWebClient, *, allowed: Allowed, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._client = client
        self._guard = ChannelGuard(client, allowed=allowed, clock=clock)
        self._chats: dict[str, str] = {}

    async def post(self, place: Place, card: Card) -> str:
        """Post it and return its `ts`. A channel is checked first; a Home tab has no messages, so its name is fixed."""
        if place.kind is PlaceKind.HOME:
            await self._publish(place, card)
            return HOME
        if place.kind is PlaceKind.CHANNEL:
            await self._guard.check(place)
        posted = self._client.chat_postMessage(
            channel=await self._channel(place),
            unfurl_links=False,
            unfurl_media=False,
            metadata=card_metadata(card),
            **card_message(card),
        )
        return _text(await call(posted, posts=True), "ts", sent=True)

    async def update(self, place: Place, message: str, card: Card) -> None:
        """Draw it afresh where it stands; a channel is checked first. Raises `Gone` when it is not there any more."""
        if place.kind is PlaceKind.HOME:
            await self._publish(place, card)
            return
        if place.kind is PlaceKind.CHANNEL:
            await self._guard.check(place)
        await self._draw(place, message, card)

    async def withdraw(self, place: Place, message: str) -> None:
        """Take our own message away. Raises `Gone` when it is not there any more (Slack, "chat.delete").

        A Home tab cannot be taken away: nothing is left on it.
        """
        if place.kind is PlaceKind.HOME:
            await self._publish(place, plain.say("There is nothing here for you."))
            return
        await call(self._client.chat_delete(channel=await self._channel(place), ts=message))

    async def empty(self, place: Place, message: str) -> None:
        """Nothing of what it showed is left in it: so nobody is looked for who might read it. Raises `Gone`."""
        if place.kind is PlaceKind.HOME:
            await self._publish(place, plain.nothing_here())
            return
        await self._draw(place, message, plain.nothing_here())

    async def find(self, place: Place, mark: str) -> Sequence[str]:
        """Where the workspace has granted the scope for it (`standing`)."""
        return await with_mark(self._client, place.id, mark) if place.kind is PlaceKind.CHANNEL else ()

    async def finds_again(self) -> bool:
        """Whether it may look a message up. Raises `Undelivered`."""
        return SCOPE in await granted(self._client)

    async def _draw(self, place: Place, message: str, card: Card) -> None:
        drawn = self._client.chat_update(
            channel=await self._channel(place), ts=message, metadata=card_metadata(card), **card_message(card)
        )
        await call(drawn)

    async def _publish(self, place: Place, card: Card) -> None:
        """The whole page anew: it holds this card and nothing else, so twice is as good as once."""
        await call(self._client.views_publish(user_id=place.id, view=home_view(card)))

    async def examine(self, place: Place) -> None:
        """Look whether cards may stand in that channel now. Raises `Undelivered` with the code of what is wrong."""
        await self._guard.check(place)

    async def _channel(self, place: Place) -> str:
        if place.kind is PlaceKind.CHANNEL:
            return place.id
        if place.id not in self._chats:
            opened = await call(self._client.conversations_open(users=place.id))
            self._chats[place.id] = _text(opened.get("channel") or {}, "id", sent=False)
        return self._chats[place.id]


def _text(answer: Json, key: str, *, sent: bool) -> str:
    """The id in Slack's answer: never an empty one."""
    found = answer.get(key)
    if not isinstance(found, str) or not found:
        raise Undelivered("no_id", sent=sent)
    return found
