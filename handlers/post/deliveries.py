"""Carries notices from the outbox to the chat platforms: at least once, never silently dropped.

Claim, draw, carry, settle: short transactions, and none open while a platform is being called. A card is
drawn when it is carried, from the state as it is then, and held against what chat may hold (`leaving`); one that
stands already is updated in place, and one that there is nothing to show of any more (its reader is named by now) is
taken away.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from handlers import leaving, notices
from handlers.errors import MustWrite
from handlers.notice import Notice
from handlers.platform_ports import Courier, Fault, Gone, Undelivered
from handlers.ports import Claimed, UnitOfWork, UnitsOfWork
from handlers.post import cards as drawing
from handlers.post import otherwise, still
from handlers.post.otherwise import Failed, StillStands
from handlers.rules.school import Place, PlaceKind, SchoolId
from handlers.rules.trouble import Lasting
from handlers.ui import plain
from handlers.ui.card import Card, proved

Couriers = Mapping[str, Courier]

AT_ONCE = 20
PATIENCE = 15.0
"""Seconds that the platform has for one notice with everything that is asked on the way: half of a lease."""
KEPT_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to write down what came of a delivery; each try waits for the database's own deadline too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    item: Claimed
    card: Card | None
    standing: tuple[str, ...]
    shows: Card | None = None
    """How things stood when it was drawn, before it was held against what chat may hold."""
    handed_on: frozenset[str] = frozenset()
    """Of what is to be taken away, the messages that a newer notice shows by now: they stay."""
    beyond: leaving.BeyondChat | None = None
    """What the card as it was drawn held that chat may not; `card` is the safe one then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carried:
    heard: bool = False
    """The platform has answered: it was called, and did what it was asked."""
    shown: bool = False
    """The place has taken a card."""
    posted: str = ""
    """The platform's id of a new message; empty when those that stand were updated."""
    shows: Card | None = None
    """What a new message was drawn from."""
    gone: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    """Codes of why a message could not be taken away; nothing is left in it all the same."""


Mishap = Callable[[str, BaseException], None]
"""Keeps a bug for the operator under a reference; the exception's text may not be logged."""


async def deliver_due(units: UnitsOfWork, couriers: Couriers, *, at: datetime, mishap: Mishap) -> int:
    """Carry what is due in every school; returns how many notices were taken in hand.

    The outbox gives one notice a place: carried side by side they keep their order, and a slow place holds up no other.
    """
    taken = 0
    for school in units.schools():
        async with units.looking(school) as uow:
            due = await uow.outbox.is_due()
        if not due:
            continue
        async with units(school) as uow:
            claimed = await uow.outbox.claim(most=AT_ONCE)
            lasting = await uow.troubles.lasting()
        bag = _Bag(units=units, school=school, couriers=couriers, lasting=lasting, at=at, mishap=mishap)
        carrying = (_deliver_safely(bag, item) for item in claimed)
        await asyncio.gather(*carrying)
        taken += len(claimed)
    return taken


@dataclass(frozen=True, slots=True, kw_only=True)
class _Bag:
    """What is carried at once goes with the same of everything else."""

    units: UnitsOfWork
    school: SchoolId
    couriers: Couriers
    lasting: Sequence[Lasting]
    """What was wrong when it was claimed."""
    at: datetime
    mishap: Mishap


async def _deliver_safely(bag: _Bag, item: Claimed) -> None:
    """A notice that cannot even be drawn is a bug: kept, and soon set aside so that its place is free for the rest."""
    stands = False
    try:
        drawn = await _drawn(bag.units, bag.school, item, at=bag.at)
        stands = bool(drawn.standing)
        outcome = await _deliver(bag, drawn)
    except Undelivered as failure:
        outcome = failure
    except Exception as error:  # noqa: BLE001 (one poisoned notice must not hold up the rest)
        bag.mishap(f"notice-{uuid4().hex[:8]}", error)
        outcome = Undelivered("mishap", fault=Fault.MESSAGE)
    if isinstance(outcome, Undelivered):
        failed = Failed(item=item, failure=outcome, stands=stands, at=bag.at)
        await _keep(bag.units, bag.school, lambda uow: otherwise.put_by(uow, failed), mishap=bag.mishap)
    else:
        carried = outcome
        await _keep(bag.units, bag.school, lambda uow: _settle(uow, item, carried, bag), mishap=bag.mishap)


async def _deliver(bag: _Bag, drawn: _Drawn) -> _Carried:
    if drawn.beyond is not None:
        bag.mishap(f"beyond-chat-{drawn.item.notice.kind.value}-{uuid4().hex[:8]}", drawn.beyond)
    try:
        async with asyncio.timeout(PATIENCE):
            return await _carry(bag.couriers, drawn)
    except TimeoutError:
        raise (Undelivered if drawn.card else StillStands)("too_slow", sent=True) from None


async def _drawn(units: UnitsOfWork, school: SchoolId, item: Claimed, *, at: datetime) -> _Drawn:
    """In a look, which holds up nobody whatever comes of this process; again where it must write what was left out."""
    with suppress(MustWrite):
        async with units.looking(school, at=at) as uow:
            return await _draw(uow, item, at=at)
    async with units(school, at=at) as uow:
        return await _draw(uow, item, at=at)


async def _keep(
    units: UnitsOfWork, school: SchoolId, write: Callable[[UnitOfWork], Awaitable[None]], *, mishap: Mishap
) -> None:
    """What a platform has done must be written down, or the card comes twice: a database that is away is waited for."""
    for wait in KEPT_AFTER:
        try:
            async with units(school) as uow:
                await write(uow)
        except Exception as error:  # noqa: BLE001 (whatever the store says: what is known is not let go)
            mishap(f"notice-{uuid4().hex[:8]}", error)
            await asyncio.sleep(wait)
        else:
            return
    async with units(school) as uow:
        await write(uow)


async def _settle(uow: UnitOfWork, item: Claimed, outcome: _Carried, bag: _Bag) -> None:
    stuck = () if outcome.stuck and await notices.is_replaced(uow, item.notice) else outcome.stuck
    for message in outcome.gone:
        await uow.posts.forget(item.notice, message)
    if outcome.posted:
        await _now_it_stands(uow, item.notice, outcome, at=bag.at)
    for reason in stuck:  # where a newer message speaks for it, that an emptied one stays is no alarm
        await otherwise.alarm(uow, "not_withdrawn", item.notice, reason, at=bag.at)
    await uow.outbox.settle(item)
    if outcome.heard:
        await otherwise.it_arrived(uow, item, bag.lasting, shown=outcome.shown, at=bag.at)
    else:
        await otherwise.another_asks(uow, item, bag.lasting)
    await otherwise.none_is_stuck(uow, item, bag.lasting, at=bag.at)


async def _now_it_stands(uow: UnitOfWork, notice: Notice, carried: _Carried, *, at: datetime) -> None:
    """Kept; what it takes the place of is taken away. Who changed something while it was on its way did not find it
    standing: then it is drawn again, and so it is where its reader has lost it meanwhile."""
    await uow.posts.put(notice, carried.posted)
    for older in await notices.replaced(uow, notice):
        await uow.outbox.put(older)
    if await _is_old(uow, notice, carried.shows, at=at):
        await uow.outbox.put(notice)


async def _is_old(uow: UnitOfWork, notice: Notice, shows: Card | None, *, at: datetime) -> bool:
    try:
        return await drawing.draw(uow, notice, at=at) != shows
    except Exception:  # noqa: BLE001 (it was drawn a moment ago: what fails now is drawn again, and kept where that fails)
        return True


async def _draw(uow: UnitOfWork, item: Claimed, *, at: datetime) -> _Drawn:
    card, beyond = await _as_it_is_now(uow, item.notice, at=at), None
    shows = card
    standing = await uow.posts.find(item.notice)
    if card is not None and not standing and not await still.stands_for_itself(uow, item, card):
        card = None
    if card is not None:
        card, beyond = await leaving.checked(uow, card, _leaving(item.notice), at=at)
    if card is not None and item.notice.place.kind is PlaceKind.CHANNEL:
        card = proved(card, uow.posts.proof(item.notice))
    kept = await notices.handed_on(uow, item.notice) if card is None and standing else ()
    return _Drawn(
        item=item, card=card, standing=tuple(standing), shows=shows, handed_on=frozenset(kept), beyond=beyond
    )


async def _as_it_is_now(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """Nothing to somebody who has left, whatever it was."""
    reader = await uow.people.get(notice.to) if notice.to else None
    if reader is not None and not reader.active:
        return None
    return await drawing.draw(uow, notice, at=at)


def _leaving(notice: Notice) -> leaving.Leaving:
    place = notice.place
    return leaving.Leaving(
        kind=notice.kind.value, subject=notice.subject, place=place.kind, platform=place.platform
    )


async def _carry(couriers: Couriers, drawn: _Drawn) -> _Carried:
    """Update every message that shows it, or post a new one where none is left."""
    notice, card = drawn.item.notice, drawn.card
    if card is None and drawn.handed_on.issuperset(drawn.standing):
        return _Carried(gone=drawn.standing)
    courier = couriers.get(notice.place.platform)
    if courier is None:
        raise (Undelivered if card else StillStands)("no_courier", final=True, fault=Fault.TOKEN)
    if card is None:
        return await _withdraw(courier, drawn)
    gone: list[str] = []
    for message in drawn.standing:
        try:
            await courier.update(notice.place, message, card)
        except Gone:
            gone.append(message)
    if len(gone) < len(drawn.standing):
        return _Carried(heard=True, shown=True, gone=tuple(gone))
    posted = await courier.post(notice.place, card)
    return _Carried(heard=True, shown=True, posted=posted, shows=drawn.shows, gone=tuple(gone))


async def _withdraw(courier: Courier, drawn: _Drawn) -> _Carried:
    """Take every message away that shows it. One that a platform will not let go of is emptied, and that is told."""
    stuck: list[str] = []
    for message in [one for one in drawn.standing if one not in drawn.handed_on]:
        try:
            await courier.withdraw(drawn.item.notice.place, message)
        except Gone:
            continue
        except Undelivered as failure:
            if not failure.final:
                raise _still(failure) from None
            await _empty(courier, drawn.item.notice.place, message)
            stuck.append(failure.reason)
    return _Carried(heard=True, gone=drawn.standing, stuck=tuple(stuck))


async def _empty(courier: Courier, place: Place, message: str) -> None:
    try:
        await courier.update(place, message, plain.nothing_here())
    except Gone:
        return
    except Undelivered as failure:
        raise _still(failure) from None


def _still(failure: Undelivered) -> StillStands:
    return StillStands(
        failure.reason, after=failure.after, final=failure.final, sent=failure.sent, fault=failure.fault
    )
