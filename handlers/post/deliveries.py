"""Carries notices from the outbox to the chat platforms: at least once, never silently dropped.

Claim, draw, carry, settle: short transactions, and none open while a platform is being called. A card is
drawn when it is carried, from the state as it is then, and held against what chat may hold (`leaving`); one that
stands already is updated in place, and one that there is nothing to show of any more (its reader is named by now) is
taken away.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import uuid4

from handlers import leaving, notices
from handlers.assurance import drawing as assurance_drawing
from handlers.assurance import selftest
from handlers.errors import MustWrite
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Courier, Gone, Undelivered
from handlers.ports import Claimed, UnitOfWork, UnitsOfWork
from handlers.post import cards as drawing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.school import Place, PlaceKind, SchoolId
from handlers.ui import plain
from handlers.ui.card import Card, proved

Couriers = Mapping[str, Courier]

AT_ONCE = 20
MOST_ATTEMPTS = 10
MOST_MISHAPS = 5
LONGEST_WAIT = timedelta(minutes=10)
PATIENCE = 15.0
"""Seconds that the platform has for one notice with everything that is asked on the way: half of a lease."""
KEPT_AFTER = (0.5, 1.0, 2.0, 4.0, 8.0)
"""Seconds between tries to write down what came of a delivery; each try waits for the database's own deadline too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    item: Claimed
    card: Card | None
    standing: tuple[str, ...]
    handed_on: frozenset[str] = frozenset()
    """Of what is to be taken away, the messages that a newer notice shows by now: they stay."""
    beyond: leaving.BeyondChat | None = None
    """What the card as it was drawn held that chat may not; `card` is the safe one then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Carried:
    posted: str = ""
    """The platform's id of a new message; empty when those that stand were updated."""
    gone: tuple[str, ...] = ()
    stuck: tuple[str, ...] = ()
    """Codes of why a message could not be taken away; nothing is left in it all the same."""


class _StillStands(Undelivered):
    """A message that should be taken away was not: nobody is to be told in another way what it shows."""


Mishap = Callable[[str, BaseException], None]
"""Keeps a bug for the operator under a reference; the exception's text may not be logged."""


async def deliver_due(units: UnitsOfWork, couriers: Couriers, *, at: datetime, mishap: Mishap) -> int:
    """Carry what is due in every school; returns how many notices were taken in hand.

    The outbox gives one notice a place: carried side by side they keep their order, and a slow place holds up no other.
    """
    taken = 0
    for school in units.schools():
        async with units.looking(school) as uow:
            due = await uow.outbox.is_due(at=at)
        if not due:
            continue
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
        outcome = await _deliver(units, school, couriers, item, at=at, mishap=mishap)
    except Undelivered as failure:
        outcome = failure
    except Exception as error:  # noqa: BLE001 (one poisoned notice must not hold up the rest)
        mishap(f"notice-{uuid4().hex[:8]}", error)
        outcome = Undelivered("mishap", final=item.attempts >= MOST_MISHAPS)
    await _keep(units, school, lambda uow: _settle(uow, item, outcome, at=at), mishap=mishap)


async def _deliver(
    units: UnitsOfWork, school: SchoolId, couriers: Couriers, item: Claimed, *, at: datetime, mishap: Mishap
) -> _Carried:
    drawn = await _drawn(units, school, item, at=at)
    if drawn.beyond is not None:
        mishap(f"beyond-chat-{item.notice.kind.value}-{uuid4().hex[:8]}", drawn.beyond)
    try:
        async with asyncio.timeout(PATIENCE):
            return await _carry(couriers, drawn)
    except TimeoutError:
        raise (Undelivered if drawn.card else _StillStands)("too_slow", sent=True) from None


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


async def _settle(uow: UnitOfWork, item: Claimed, outcome: _Carried | Undelivered, *, at: datetime) -> None:
    if isinstance(outcome, Undelivered):
        await _failed(uow, item, outcome, at=at)
        return
    stuck = () if outcome.stuck and await notices.is_replaced(uow, item.notice) else outcome.stuck
    for message in outcome.gone:
        await uow.posts.forget(item.notice, message)
    if outcome.posted:
        await _now_it_stands(uow, item.notice, outcome.posted, at=at)
    for reason in stuck:  # where a newer message speaks for it, that an emptied one stays is no alarm
        await _alarm(uow, "not_withdrawn", item.notice, reason, at=at)
    await uow.outbox.settle(item)


async def _now_it_stands(uow: UnitOfWork, notice: Notice, message: str, *, at: datetime) -> None:
    """Kept; what it takes the place of is taken away, and so is this where its reader has lost it on the way."""
    await uow.posts.put(notice, message)
    for older in await notices.replaced(uow, notice):
        await uow.outbox.put(older)
    if await _is_lost(uow, notice, at=at):
        await uow.outbox.put(notice)


async def _is_lost(uow: UnitOfWork, notice: Notice, *, at: datetime) -> bool:
    try:
        return await drawing.draw(uow, notice, at=at) is None
    except Exception:  # noqa: BLE001 (it was drawn a moment ago: what fails now is drawn again, and kept where that fails)
        return True


async def _draw(uow: UnitOfWork, item: Claimed, *, at: datetime) -> _Drawn:
    card, beyond = await drawing.draw(uow, item.notice, at=at), None
    if card is not None:
        card, beyond = await leaving.checked(uow, card, _leaving(item.notice), at=at)
    if card is not None and item.notice.place.kind is PlaceKind.CHANNEL:
        card = proved(card, uow.posts.proof(item.notice))
    standing = await uow.posts.find(item.notice)
    kept = await notices.handed_on(uow, item.notice) if card is None and standing else ()
    return _Drawn(item=item, card=card, standing=tuple(standing), handed_on=frozenset(kept), beyond=beyond)


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
        raise (Undelivered if card else _StillStands)("no_courier", final=True)
    if card is None:
        return await _withdraw(courier, drawn)
    gone: list[str] = []
    for message in drawn.standing:
        try:
            await courier.update(notice.place, message, card)
        except Gone:
            gone.append(message)
    if len(gone) < len(drawn.standing):
        return _Carried(gone=tuple(gone))
    return _Carried(posted=await courier.post(notice.place, card), gone=tuple(gone))


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
                raise _StillStands(failure.reason, after=failure.after, sent=failure.sent) from None
            await _empty(courier, drawn.item.notice.place, message)
            stuck.append(failure.reason)
    return _Carried(gone=drawn.standing, stuck=tuple(stuck))


async def _empty(courier: Courier, place: Place, message: str) -> None:
    try:
        await courier.update(place, message, plain.nothing_here())
    except Gone:
        return
    except Undelivered as failure:
        raise _StillStands(failure.reason, after=failure.after, final=failure.final) from None


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
    if isinstance(failure, _StillStands):
        await _alarm(uow, "not_withdrawn", notice, failure.reason, at=at)
        keepers = await selftest.keepers(uow)
        await notices.tell(uow, NoticeKind.ALARM, keepers, uow.school.id, step=assurance_drawing.NOT_WITHDRAWN)
        return
    await _alarm(uow, "undelivered", notice, failure.reason, at=at)
    if notice.place.kind is not PlaceKind.CHANNEL:
        return
    leads = await notices.leads(uow)
    await notices.tell(uow, notice.kind, leads, notice.subject, notice.step)
    await notices.tell(uow, NoticeKind.ALARM, leads, uow.school.id, step=f"{at:%Y%m%d%H}")


async def _alarm(uow: UnitOfWork, why: str, notice: Notice, reason: str, *, at: datetime) -> None:
    facts = {"why": why, "reason": reason, "kind": notice.kind.value, "platform": notice.place.platform}
    await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=None, facts=facts))
