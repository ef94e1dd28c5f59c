"""Puts cards in front of people on Teams, or says why it could not: ids come back whole, or `Undelivered`.

A message is named by its activity id; with the place it is found again. A channel is checked before each card that is
posted or drawn again: what the leads alone may see goes nowhere where somebody else reads too.
"""

import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from bot.teams.connector import At, Connector
from bot.teams.render import card_activity
from bot.teams.standing import ChannelMessages
from handlers.conversation import Who
from handlers.platform_ports import Addresses, Place, PlaceKind, Undelivered
from handlers.ui import plain
from handlers.ui.card import Card

ROSTER_SECONDS = 1.0
"""How long a channel's members may be taken as known: cards of one second share an answer."""
GLOBAL_SERVICE = "https://smba.trafficmanager.net/teams/"
"""Where Teams is reached while no activity of the tenant has told a nearer address (Teams, "Proactive messages")."""
SERVICE = "service_url"

Allowed = Callable[[Place], Awaitable[frozenset[str]]]
"""The Entra object ids, in lower case, of those who may read in a place."""
AddressesOf = Callable[[str], Addresses]


def chat_key(user: str) -> str:
    """Under which the id of a person's chat with the bot is remembered."""
    return f"chat:{user}"


@dataclass(frozen=True, slots=True)
class _Roster:
    members: frozenset[str]
    until: float


class TeamsCourier:
    """`handlers.ports.Courier` for Teams; `clock` in seconds, monotonic."""

    def __init__(
        self,
        *,
        connector: Connector,
        addresses: AddressesOf,
        allowed: Allowed,
        messages: ChannelMessages | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`messages` where Graph is set up."""
        self._connector = connector
        self._addresses = addresses
        self._allowed = allowed
        self._clock = clock
        self._messages = messages
        self._rosters: dict[str, _Roster] = {}
        self._groups: dict[str, str] = {}

    async def post(self, place: Place, card: Card) -> str:
        """Post it and return the activity's id. A channel is checked first.

        There the clients ask how it stands: so one whose id never came is known as soon as somebody has it before them.
        Drawn again it asks no more, for then it is known.
        """
        if place.kind is PlaceKind.CHANNEL:
            at = await self._channel(place)
            await self._check(place, at)
            return await self._connector.post(at, card_activity(card, asks=True))
        activity = card_activity(card)
        at, remembered = await self._chat(place)
        try:
            return await self._connector.post(at, activity)
        except Undelivered as failure:
            if not remembered or failure.reason != "teams_404":
                raise
        return await self._connector.post(await self._open(place, at.service_url), activity)

    async def update(self, place: Place, message: str, card: Card) -> None:
        """Draw it afresh where it stands; a channel is checked first. Raises `Gone` when it is not there any more."""
        if place.kind is PlaceKind.CHANNEL:
            at = await self._channel(place)
            await self._check(place, at)
        else:
            at = (await self._chat(place))[0]
        await self._connector.update(at, message, card_activity(card))

    async def withdraw(self, place: Place, message: str) -> None:
        """Take our own message away. Raises `Gone` when it is not there any more."""
        at = await self._channel(place) if place.kind is PlaceKind.CHANNEL else (await self._chat(place))[0]
        await self._connector.delete(at, message)

    async def empty(self, place: Place, message: str) -> None:
        """Nothing of what it showed is left in it: so nobody is looked for who might read it. Raises `Gone`."""
        at = await self._channel(place) if place.kind is PlaceKind.CHANNEL else (await self._chat(place))[0]
        await self._connector.update(at, message, card_activity(plain.nothing_here()))

    async def find(self, place: Place, mark: str) -> Sequence[str]:
        """Where the tenant lets us look, by Graph (`standing`): the Connector reads no conversation."""
        if self._messages is None or place.kind is not PlaceKind.CHANNEL:
            return ()
        try:
            group = await self._group(place)
        except Undelivered:
            return ()
        return await self._messages.with_mark(group, place.id, mark)

    async def finds_again(self, place: Place) -> bool:
        """Whether it may look a message up there. Raises `Undelivered`."""
        return self._messages is not None and await self._messages.may(await self._group(place), place.id)

    async def whisper(self, who: Who, card: Card) -> str:
        """Post it to one person's own chat."""
        place = Place(platform="teams", tenant=who.tenant, kind=PlaceKind.PERSON, id=who.user)
        return await self.post(place, card)

    async def answer(self, at: At, card: Card) -> str:
        """Post it where somebody just wrote: their own chat."""
        return await self._connector.post(at, card_activity(card))

    async def members(self, place: Place) -> frozenset[str]:
        """Who is in a channel now."""
        return await self._connector.members(await self._channel(place))

    async def examine(self, place: Place) -> None:
        """Look whether cards may stand in that channel now. Raises `Undelivered` with the code of what is wrong."""
        self.look_again(place.id)
        await self._check(place, await self._channel(place))

    def look_again(self, conversation: str) -> None:
        """Somebody has come or gone there: what was known of its members is not taken for known any more."""
        self._rosters.pop(conversation, None)

    async def _check(self, place: Place, at: At) -> None:
        """Only a roster without strangers is kept: once they have left, the next post goes through."""
        known = self._rosters.get(place.id)
        members = known.members if known and self._clock() < known.until else await self._connector.members(at)
        if not members:
            raise Undelivered("empty_roster")
        if not members <= await self._allowed(place):
            self._rosters.pop(place.id, None)
            raise Undelivered("strangers_in_channel", final=True)
        if known is None or known.members is not members:
            self._rosters[place.id] = _Roster(members, self._clock() + ROSTER_SECONDS)

    async def _channel(self, place: Place) -> At:
        return At(service_url=await self._service(place), conversation=place.id)

    async def _group(self, place: Place) -> str:
        """Of the team, as Graph calls it; Teams gives the same one each time."""
        if place.team not in self._groups:
            self._groups[place.team] = await self._connector.group(await self._service(place), place.team)
        return self._groups[place.team]

    async def _chat(self, place: Place) -> tuple[At, bool]:
        """The chat with a person, and whether it was known before."""
        service_url = await self._service(place)
        known = await self._addresses(place.tenant).recall(chat_key(place.id))
        if known:
            return At(service_url=service_url, conversation=known), True
        return await self._open(place, service_url), False

    async def _open(self, place: Place, service_url: str) -> At:
        opened = await self._connector.open_chat(service_url, tenant=place.tenant, user=place.id)
        await self._addresses(place.tenant).remember(chat_key(place.id), opened.conversation)
        return opened

    async def _service(self, place: Place) -> str:
        return await self._addresses(place.tenant).recall(SERVICE) or GLOBAL_SERVICE
