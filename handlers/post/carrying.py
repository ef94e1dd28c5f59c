"""Carries one card to its platform: changes the message that shows it, finds it again, posts it, or takes it away.

No store here and no transaction: what is known was read when the card was drawn.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace

from handlers import leaving
from handlers.platform_ports import Courier, Fault, Gone, Undelivered
from handlers.ports import Claimed
from handlers.post.ledger import Carried
from handlers.post.otherwise import StillStands
from handlers.post.out_of_sight import put_out_of_sight, take_away
from handlers.rules.school import PlaceKind
from handlers.ui import plain
from handlers.ui.card import Card

Couriers = Mapping[str, Courier]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    item: Claimed
    card: Card | None
    standing: tuple[str, ...]
    shows: Card | None = None
    """How things stood when it was drawn, before it was held against what chat may hold."""
    handed_on: frozenset[str] = frozenset()
    """Of what is to be taken away, the messages that a newer notice shows by now: they stay."""
    beyond: leaving.BeyondChat | None = None
    """What the card as it was drawn held that chat may not; `card` is the safe one then."""
    mark: str = ""
    """By which a message of it may be found that nobody here knows of: in a channel, where an attempt was cut off."""


async def carry(couriers: Couriers, drawn: Drawn) -> Carried:
    """Update every message that shows it, or post a new one where none is left. One of which an attempt was cut off is
    looked for first: it may stand there, and nobody knows of it."""
    notice, card = drawn.item.notice, drawn.card
    courier = couriers.get(notice.place.platform)
    if drawn.mark and courier is not None:
        drawn = replace(drawn, standing=tuple(await courier.find(notice.place, drawn.mark)))
    if card is None and drawn.handed_on.issuperset(drawn.standing):
        return Carried(gone=drawn.standing)
    if courier is None:
        raise (Undelivered if card else StillStands)("no_courier", final=True, fault=Fault.TOKEN)
    if card is None:
        return await _withdraw(courier, drawn)
    for message in reversed(drawn.standing):
        with suppress(Gone):
            await courier.update(notice.place, message, card)
            return await _stands(courier, drawn, message)
    posted = await courier.post(notice.place, card)
    return Carried(heard=True, shown=True, posted=posted, shows=drawn.shows, gone=drawn.standing)


async def _stands(courier: Courier, drawn: Drawn, message: str) -> Carried:
    """That message shows it. In a channel it does so alone: others of the same card are taken away, or drawn again
    where a platform does not let go of them."""
    notice, gone = drawn.item.notice, list[str]()
    for other in [one for one in drawn.standing if one != message]:
        if notice.place.kind is PlaceKind.CHANNEL and not await take_away(courier, notice.place, other):
            gone.append(other)
            continue
        try:
            await courier.update(notice.place, other, drawn.card or plain.nothing_here())
        except Gone:
            gone.append(other)
    stands = Carried(heard=True, shown=True, gone=tuple(gone))
    return replace(stands, posted=message, shows=drawn.shows) if drawn.mark else stands


async def _withdraw(courier: Courier, drawn: Drawn) -> Carried:
    """Take every message away that shows it. One that a platform will not let go of is emptied, and that is told."""
    stuck: list[str] = []
    for message in [one for one in drawn.standing if one not in drawn.handed_on]:
        try:
            stuck.append(await put_out_of_sight(courier, drawn.item.notice.place, message))
        except Undelivered as failure:
            raise _still(failure) from None
    return Carried(heard=True, gone=drawn.standing, stuck=tuple(filter(None, stuck)))


def _still(failure: Undelivered) -> StillStands:
    return StillStands(
        failure.reason, after=failure.after, final=failure.final, sent=failure.sent, fault=failure.fault
    )
