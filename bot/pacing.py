"""Before the desk: nobody asks so fast that others wait. What somebody sends in a form is never turned away.

A bucket a person and one a tenant, in this process alone; where several serve, each allows as much.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from bot import logs
from bot.front import FrontDesk
from handlers.conversation import (
    ButtonPressed,
    CardSeen,
    CommandTyped,
    Inbound,
    Reply,
    SearchTyped,
    Suggestions,
    Tell,
    Who,
)
from handlers.ui import mishaps, plain

PRESSES_A_COMMAND = 3
"""How many presses, or letters typed into a search, count as one command."""
CARDS_A_COMMAND = 30
"""How many cards a client may ask for by itself as one command: a channel that is scrolled through has many."""
PEOPLE_A_TENANT = 20
"""How many people a tenant may have who all ask as fast as one may. Tenants hold up to sixty schools."""
MOST_REMEMBERED = 10_000


@dataclass(slots=True)
class _Bucket:
    left: float
    at: float


@dataclass(slots=True)
class _Buckets:
    """Each is full with `most` and fills again within a minute. `now` in seconds."""

    most: float
    now: Callable[[], float]
    _held: OrderedDict[object, _Bucket] = field(default_factory=OrderedDict[object, _Bucket])

    def take(self, whose: object, much: float) -> bool:
        """Whether there was as much left; where not, nothing is taken."""
        now = self.now()
        bucket = self._held.pop(whose, None) or _Bucket(self.most, now)
        left = min(self.most, bucket.left + max(0.0, now - bucket.at) * self.most / 60)
        enough = left >= much
        self._held[whose] = _Bucket(left - much if enough else left, now)
        if len(self._held) > MOST_REMEMBERED:
            self._held.popitem(last=False)
        return enough


class Paced:
    """A desk that people come to at a human pace: `most` commands a minute of one person; 0 sets no pace."""

    def __init__(self, desk: FrontDesk, *, most: int, now: Callable[[], float]) -> None:
        self._desk = desk
        self._people = _Buckets(most, now) if most else None
        self._tenants = _Buckets(most * PEOPLE_A_TENANT, now)

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        if self._may(inbound):
            return await self._desk.answer(inbound, guest=guest) if guest else await self._desk.answer(inbound)
        logs.event("too_fast", platform=inbound.who.platform)
        if isinstance(inbound, SearchTyped):
            return Suggestions(())
        typed = inbound.text if isinstance(inbound, CommandTyped) and not inbound.in_chat else ""
        return Tell(plain.say(mishaps.too_fast(typed), heading=mishaps.TOO_FAST, alert=True))

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        await self._desk.turned_away(why, who)

    def _may(self, inbound: Inbound) -> bool:
        much = _counts(inbound)
        if self._people is None or not much:
            return True
        who = inbound.who
        return self._people.take(who, much) and self._tenants.take((who.platform, who.tenant), much)


def _counts(inbound: Inbound) -> float:
    if isinstance(inbound, CommandTyped):
        return 1
    if isinstance(inbound, CardSeen):
        return 1 / CARDS_A_COMMAND
    return 1 / PRESSES_A_COMMAND if isinstance(inbound, ButtonPressed | SearchTyped) else 0
