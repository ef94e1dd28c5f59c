"""Carries notices from the outbox to the chat platforms: at least once, never silently dropped.

Claim and draw, carry, settle: two short transactions for a batch (`ledger` has the second), and none open while a
platform is being called. A card is drawn as it is claimed, from the state as it is then, and held against what chat may
hold (`leaving`); one that stands already is updated in place, and one that there is nothing to show of any more (its
reader is named by now) is taken away.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import uuid4

from handlers import leaving, notices
from handlers.errors import Away, Busy, Damaged, MustWrite
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Fault, Undelivered
from handlers.ports import Claimed, UnitOfWork, UnitsOfWork
from handlers.post import cards as drawing
from handlers.post import still
from handlers.post.carrying import Couriers, Drawn, carry
from handlers.post.ledger import Ages, Came, Carried, Ledger, Mishap, Unmeasured
from handlers.post.otherwise import StillStands
from handlers.rules.school import PlaceKind, SchoolId
from handlers.rules.trouble import Lasting
from handlers.ui.card import Card, Which, proved

AT_ONCE = 20
DRAWN_AT_ONCE = 6
"""Of those, as many are drawn in the transaction that claims them: a few cards hold the school's turn for some
milliseconds. The rest are drawn in a look, which holds up nobody."""
_WIDE = frozenset({NoticeKind.DIGEST, NoticeKind.HUDDLE, NoticeKind.BOARD, NoticeKind.SAMPLE})
"""Drawn from everything that is open, at length: always in a look."""
PATIENCE = 15.0
"""Seconds that the platform has for one notice with everything that is asked on the way: half of a lease."""
TOGETHER = 0.03
"""Seconds that what has been carried waits for others of its batch, to be written down with them: a slow platform
keeps no card of another unwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    """What was claimed at once goes with the same of everything else."""

    units: UnitsOfWork
    school: SchoolId
    couriers: Couriers
    at: datetime
    mishap: Mishap
    claimed: Sequence[Claimed] = ()
    lasting: Sequence[Lasting] = ()
    """What was wrong when it was claimed."""
    drawn: Mapping[int, Drawn] = field(default_factory=dict[int, Drawn])
    """What was drawn as it was claimed, by the row's id."""
    mark: object = None
    ages: Ages = field(default_factory=Unmeasured)
    only: NoticeKind | None = None
    freed: Callable[[], None] = lambda: None


async def deliver_due(
    units: UnitsOfWork, couriers: Couriers, *, at: datetime, mishap: Mishap, freed: Callable[[], None] = lambda: None,
    ages: Ages | None = None, only: NoticeKind | None = None,
) -> int:  # fmt: skip
    """Carry what is due in every school, or of it that kind `only`; returns how many notices were taken in hand.

    `freed` is called when places are free again while others of the same batch are still under way: what waited behind
    them is due, and whoever carries these is not there to see it. The outbox gives one notice a place: carried side by
    side they keep their order, and a slow place holds up no other.
    """
    taken = 0
    for school in units.schools():
        async with units.looking(school) as uow:
            due = await uow.outbox.is_due()
        if due:
            lent = _Batch(
                units=units, school=school, couriers=couriers, at=at, mishap=mishap, freed=freed,
                ages=ages or Unmeasured(), only=only,
            )  # fmt: skip
            batch = await _claim(lent)
            await _deliver(batch)
            taken += len(batch.claimed)
    return taken


async def _claim(batch: _Batch) -> _Batch:
    """Claimed and drawn. Where one cannot be drawn nothing is claimed with it: then they are claimed alone, and each is
    drawn by itself."""
    try:
        return await _claimed(batch, draws=DRAWN_AT_ONCE)
    except (Away, Busy):
        raise
    except Exception:  # noqa: BLE001 (whichever it is, it will be found when it is drawn by itself)
        return await _claimed(batch, draws=0)


async def _claimed(batch: _Batch, *, draws: int) -> _Batch:
    async with batch.units(batch.school, at=batch.at) as uow:
        claimed = await uow.outbox.claim(most=AT_ONCE, only=batch.only)
        lasting = await uow.troubles.lasting()
        quick = [item for item in claimed if item.notice.kind not in _WIDE][:draws]
        drawn = {item.id: await _draw(uow, item, at=batch.at) for item in quick}
        mark = uow.mark()
    for item in claimed:
        batch.ages.taken(batch.school, item.id, item.waited)
    return replace(batch, claimed=claimed, lasting=lasting, drawn=drawn, mark=mark)


async def _deliver(batch: _Batch) -> None:
    """All side by side; what is done together is written down together."""
    ledger = Ledger(
        units=batch.units, school=batch.school, lasting=batch.lasting, at=batch.at, mishap=batch.mishap,
        ages=batch.ages,
    )  # fmt: skip
    drawn = {**batch.drawn, **await _drawn_in_a_look(batch)}
    async with asyncio.TaskGroup() as group:
        under_way = {group.create_task(_came(batch, item, drawn.get(item.id))) for item in batch.claimed}
        while under_way:
            done, under_way = await asyncio.wait(under_way, return_when=asyncio.FIRST_COMPLETED)
            if under_way:
                more, under_way = await asyncio.wait(under_way, timeout=TOGETHER)
                done |= more
            await ledger.keep([task.result() for task in done])
            if under_way:
                batch.freed()


async def _drawn_in_a_look(batch: _Batch) -> Mapping[int, Drawn]:
    """The rest of them, at one moment; nothing where one cannot be drawn, or must write: each by itself then."""
    rest = [item for item in batch.claimed if item.id not in batch.drawn]
    if len(rest) < 2:
        return {}
    with suppress(Exception):
        async with batch.units.looking(batch.school, at=batch.at) as uow:
            return {item.id: await _draw(uow, item, at=batch.at) for item in rest}
    return {}


async def _came(batch: _Batch, item: Claimed, drawn: Drawn | None) -> Came:
    """A notice that cannot even be drawn is a bug: kept, and soon set aside so that its place is free for the rest. One
    of which something is damaged is set aside too, and is no bug."""
    stands = False
    outcome: Carried | Undelivered
    try:
        drawn = drawn or await _drawn(batch, item)
        stands = bool(drawn.standing)
        outcome = await _carry_in_time(batch, drawn)
    except Undelivered as failure:
        outcome = failure
    except Damaged:
        outcome = Undelivered("damaged", fault=Fault.MESSAGE)
    except (Away, Busy):
        outcome = Undelivered("no_database", fault=Fault.BUSY)
    except Exception as error:  # noqa: BLE001 (one poisoned notice must not hold up the rest)
        batch.mishap(f"notice-{uuid4().hex[:8]}", error)
        outcome = Undelivered("mishap", fault=Fault.MESSAGE)
    return Came(item=item, of=outcome, stands=stands, mark=batch.mark if item.id in batch.drawn else None)


async def _carry_in_time(batch: _Batch, drawn: Drawn) -> Carried:
    if drawn.beyond is not None:
        batch.mishap(f"beyond-chat-{drawn.item.notice.kind.value}-{uuid4().hex[:8]}", drawn.beyond)
    try:
        async with asyncio.timeout(PATIENCE):
            return await carry(batch.couriers, drawn)
    except TimeoutError:
        raise (Undelivered if drawn.card else StillStands)("too_slow", sent=True) from None


async def _drawn(batch: _Batch, item: Claimed) -> Drawn:
    """In a look, which holds up nobody whatever comes of this process; again where it must write what was left out."""
    with suppress(MustWrite):
        async with batch.units.looking(batch.school, at=batch.at) as uow:
            return await _draw(uow, item, at=batch.at)
    async with batch.units(batch.school, at=batch.at) as uow:
        return await _draw(uow, item, at=batch.at)


async def _draw(uow: UnitOfWork, item: Claimed, *, at: datetime) -> Drawn:
    card, beyond = await _as_it_is_now(uow, item.notice, at=at), None
    shows = card
    standing = await uow.posts.find(item.notice)
    if card is not None and not standing and not await still.stands_for_itself(uow, item, card):
        card = None
    if card is not None:
        card, beyond = await leaving.checked(uow, card, _leaving(item.notice), at=at)
    if card is not None and item.notice.place.kind is PlaceKind.CHANNEL:
        card = proved(card, uow.posts.proof(item.notice), _which(item.notice))
    kept = await notices.handed_on(uow, item.notice) if card is None and standing else ()
    sought = item.ambiguous and not standing and item.notice.place.kind is PlaceKind.CHANNEL
    return Drawn(
        item=item, card=card, standing=tuple(standing), shows=shows, handed_on=frozenset(kept), beyond=beyond,
        mark=uow.posts.proof(item.notice) if sought else "",
    )  # fmt: skip


async def _as_it_is_now(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """Nothing to somebody who has left, whatever it was."""
    reader = await uow.people.get(notice.to) if notice.to else None
    if reader is not None and not reader.active:
        return None
    return await drawing.draw(uow, notice, at=at)


def _which(notice: Notice) -> Which:
    return Which(kind=notice.kind.value, subject=notice.subject, step=notice.step)


def _leaving(notice: Notice) -> leaving.Leaving:
    place = notice.place
    return leaving.Leaving(
        kind=notice.kind.value, subject=notice.subject, place=place.kind, platform=place.platform
    )
