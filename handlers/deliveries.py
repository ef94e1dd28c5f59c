"""Carries notices from the outbox to the chat platforms: at least once, never silently dropped.

Claim, draw, carry, settle: short transactions, and none open while a platform is being called. A card is
drawn when it is carried, from the state as it is then; one that stands already is updated in place.
"""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from handlers import drawing, notices
from handlers.cards.model import Card
from handlers.ports import Claimed, Courier, Gone, Kind, Notice, Undelivered, UnitOfWork, UnitsOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.school import PlaceKind, SchoolId

Couriers = Mapping[str, Courier]

AT_ONCE = 20
MOST_ATTEMPTS = 10
MOST_MISHAPS = 3
LONGEST_WAIT = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    item: Claimed
    card: Card | None
    standing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carried:
    posted: str = ""
    """The platform's id of a new message; empty when those that stand were updated."""
    gone: tuple[str, ...] = ()


Mishap = Callable[[str, BaseException], None]
"""Keeps a bug for the operator under a reference; the exception's text may not be logged."""


async def deliver_due(units: UnitsOfWork, couriers: Couriers, *, at: datetime, mishap: Mishap) -> int:
    """Carry what is due in every school; returns how many notices were taken in hand.

    The outbox gives one notice a place: carried side by side they keep their order, and a slow place holds up no other.
    """
    taken = 0
    for school in units.schools():
        async with units(school) as uow:
            claimed = await uow.outbox.claim(at=at, most=AT_ONCE)
        carrying = (_deliver_safely(units, school, couriers, item, at=at, mishap=mishap) for item in claimed)
        await asyncio.gather(*carrying)
        taken += len(claimed)
    return taken


async def _deliver_safely(
    units: UnitsOfWork, school: SchoolId, couriers: Couriers, item: Claimed, *, at: datetime, mishap: Mishap
) -> None:
    """A notice that cannot even be drawn is a bug: kept, and soon buried so that its place is free for the rest."""
    try:
        await _deliver(units, school, couriers, item, at=at)
    except Exception as error:  # noqa: BLE001 (one poisoned notice must not hold up the rest)
        mishap(f"notice-{uuid4().hex[:8]}", error)
        async with units(school) as uow:
            await _failed(uow, item, Undelivered("mishap", final=item.attempts >= MOST_MISHAPS), at=at)


async def _deliver(
    units: UnitsOfWork, school: SchoolId, couriers: Couriers, item: Claimed, *, at: datetime
) -> None:
    async with units(school) as uow:
        drawn = await _draw(uow, item, at=at)
    try:
        carried = await _carry(couriers, drawn)
    except Undelivered as failure:
        async with units(school) as uow:
            await _failed(uow, item, failure, at=at)
    else:
        async with units(school) as uow:
            for message in carried.gone:
                await uow.posts.forget(item.notice, message)
            if carried.posted:
                await uow.posts.put(item.notice, carried.posted)
            await uow.outbox.settle(item)


async def _draw(uow: UnitOfWork, item: Claimed, *, at: datetime) -> _Drawn:
    card = await drawing.draw(uow, item.notice, at=at)
    standing = await uow.posts.find(item.notice)
    return _Drawn(item=item, card=card, standing=tuple(standing))


async def _carry(couriers: Couriers, drawn: _Drawn) -> _Carried:
    """Update every message that shows it, or post a new one where none is left."""
    notice, card = drawn.item.notice, drawn.card
    if card is None:
        return _Carried()
    courier = couriers.get(notice.place.platform)
    if courier is None:
        raise Undelivered("no_courier", final=True)
    gone: list[str] = []
    for message in drawn.standing:
        try:
            await courier.update(notice.place, message, card)
        except Gone:
            gone.append(message)
    if len(gone) < len(drawn.standing):
        return _Carried(gone=tuple(gone))
    return _Carried(posted=await courier.post(notice.place, card), gone=tuple(gone))


async def _failed(uow: UnitOfWork, item: Claimed, failure: Undelivered, *, at: datetime) -> None:
    """Try later, in the time that the platform asks for; after ten, or where it is of no use, another way."""
    if failure.final or item.attempts >= MOST_ATTEMPTS:
        await uow.outbox.bury(item, reason=failure.reason)
        await _another_way(uow, item.notice, failure, at=at)
        return
    growing = min(timedelta(seconds=2.0 ** min(item.attempts, 12)), LONGEST_WAIT)
    wait = max(growing, timedelta(seconds=failure.after))
    reason = f"sent:{failure.reason}" if failure.sent else failure.reason
    await uow.outbox.postpone(item, until=at + wait, reason=reason)


async def _another_way(uow: UnitOfWork, notice: Notice, failure: Undelivered, *, at: datetime) -> None:
    """A channel that cannot be used: each lead is told directly, and the alarm is kept."""
    facts = {
        "why": "undelivered",
        "reason": failure.reason,
        "kind": notice.kind.value,
        "platform": notice.place.platform,
    }
    await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=None, facts=facts))
    if notice.place.kind is not PlaceKind.CHANNEL:
        return
    leads = await notices.leads(uow)
    await notices.tell(uow, notice.kind, leads, notice.subject, notice.step)
    await notices.tell(uow, Kind.ALARM, leads, uow.school.id, step=f"{at:%Y%m%d%H}")
