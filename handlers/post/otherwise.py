"""What becomes of a notice that did not arrive: when it is tried again, and who is told in another way meanwhile.

Nothing is given up. While what it stands for is so, it is due: soon where something passes by itself, every few minutes
where it alone is not taken. Of a platform that is down one notice asks now and then whether it is there again; the
others wait for it, and go as soon as it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import notices
from handlers.assurance import drawing as assurance_drawing
from handlers.assurance import selftest, troubles
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Fault, Undelivered
from handlers.ports import Claimed, UnitOfWork
from handlers.post import places
from handlers.rules import trouble as at_fault
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person
from handlers.rules.school import Place, PlaceKind
from handlers.rules.trouble import DOWN, Lasting, Trouble

ASKED_AGAIN = 20.0
"""Seconds between two tries at a place or a platform that does not take anything: what is mended is used within a
minute, and nobody is pestered."""
LONGEST = 300.0
"""Seconds between two tries at what nobody else's success can hurry."""
SOON = 5
"""Tries, over half a minute, after which a trouble no longer passes for one that passes by itself."""
ASIDE = 10
"""Tries after which one that alone is not taken holds up no other."""


class StillStands(Undelivered):
    """A message that should be taken away was not: nobody is to be told in another way what it shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Failed:
    """A notice that did not arrive, why, and when."""

    item: Claimed
    failure: Undelivered
    stands: bool
    """A message that shows it stands already: what is late there is news to nobody."""
    at: datetime

    @property
    def place(self) -> Place:
        return self.item.notice.place

    @property
    def lasts(self) -> bool:
        """Whether it is more than what passes by itself."""
        return self.failure.final or self.item.attempts >= SOON


async def put_by(uow: UnitOfWork, failed: Failed) -> None:
    """It waits; where that may be long, whoever it is for is told in another way, once."""
    item, failure, told = failed.item, failed.failure, False
    down = at_fault.is_down(await uow.troubles.lasting(), failed.place)
    if (failed.lasts or down) and not item.told and failure.fault is not Fault.BUSY:
        told = True
        await _it_lasts(uow, failed)
        if not isinstance(failure, StillStands) and await _moved(uow, item.notice, stands=failed.stands):
            await uow.outbox.settle(item)
            return
    down = at_fault.is_down(await uow.troubles.lasting(), failed.place)
    aside = _is_alone(failed, down=down) and not item.aside
    if aside:
        await troubles.begin(uow, Trouble.NOTICE_STUCK, "", reason=failure.reason, at=failed.at)
    if down and not item.aside:
        await uow.outbox.hold(failed.place, wait=LONGEST)
    if at_fault.is_unfit(await uow.troubles.lasting(), failed.place):
        await _tell_the_rest(uow, failed, whole_platform=down)
    reason = f"sent:{failure.reason}" if failure.sent else failure.reason
    await uow.outbox.postpone(
        item, wait=_wait(failed), reason=reason, told=failed.at if told else None, aside=failed.at if aside else None
    )


def _wait(failed: Failed) -> float:
    growing = 2.0 ** min(failed.item.attempts, 12)
    alone = failed.failure.fault is Fault.MESSAGE or failed.item.aside
    return max(min(growing, LONGEST if alone else ASKED_AGAIN), failed.failure.after)


def _is_alone(failed: Failed, *, down: bool) -> bool:
    """Whether this one is not taken, and others are: a place that is unfit keeps its order."""
    if failed.failure.fault is Fault.MESSAGE:
        return failed.lasts
    return failed.failure.fault is Fault.PLATFORM and failed.item.attempts >= ASIDE and not down


_TROUBLE = {
    Fault.PLATFORM: Trouble.PLATFORM_SILENT,
    Fault.TOKEN: Trouble.TOKEN_REFUSED,
    Fault.PLACE: Trouble.PLACE_UNFIT,
}


async def _it_lasts(uow: UnitOfWork, failed: Failed) -> None:
    """Keep that it could not be delivered, and what is wrong: told once for as long as that lasts."""
    notice, failure = failed.item.notice, failed.failure
    if isinstance(failure, StillStands):
        await alarm(uow, "not_withdrawn", notice, failure.reason, at=failed.at)
        keepers = await selftest.keepers(uow)
        await notices.tell(uow, NoticeKind.ALARM, keepers, uow.school.id, step=assurance_drawing.NOT_WITHDRAWN)
        return
    await alarm(uow, "undelivered", notice, failure.reason, at=failed.at)
    trouble = _TROUBLE.get(failure.fault)
    if trouble is None or failed.item.aside:
        return
    if trouble in DOWN:
        await troubles.begin(
            uow, trouble, at_fault.platform_of(notice.place), reason=failure.reason, at=failed.at,
            also=await _readers(uow, notice),
        )  # fmt: skip
    elif notice.place.kind is PlaceKind.CHANNEL:
        where = at_fault.name_of(notice.place)
        await troubles.begin(uow, trouble, where, reason=failure.reason, at=failed.at, also=await _readers(uow, notice))
    else:
        await uow.troubles.begin(trouble, at_fault.name_of(notice.place), reason=failure.reason, at=failed.at)


async def _readers(uow: UnitOfWork, notice: Notice) -> Sequence[Person]:
    """Who would have read it: the leads, where it is for their place."""
    return await notices.leads(uow) if notice.place.kind is PlaceKind.CHANNEL else ()


async def _tell_the_rest(uow: UnitOfWork, failed: Failed, *, whole_platform: bool) -> None:
    """What waits behind it will not arrive either: it is told in another way too, each once."""
    for id, notice in await uow.outbox.untold(failed.place, whole_platform=whole_platform):
        moved = await _moved(uow, notice, stands=bool(await uow.posts.find(notice)))
        await uow.outbox.was_told(id, at=failed.at, moved=moved)


async def _moved(uow: UnitOfWork, notice: Notice, *, stands: bool) -> bool:
    """Tell it to whoever can be reached in another way; whether it need not be tried here any more.

    One of which a message stands here already is news to nobody.
    """
    if stands:
        return False
    if notice.place.kind is PlaceKind.CHANNEL:
        for lead in await notices.leads(uow):
            if not await _reads_elsewhere(uow, lead) and (place := await _way_to(uow, lead)):
                await uow.outbox.put(replace(notice, place=place, to=lead.id))
        return False
    person = await uow.people.get(notice.to) if notice.to else None
    place = await _way_to(uow, person) if person and notice.place.kind is PlaceKind.PERSON else None
    if place is None or place == notice.place:
        return False
    await uow.outbox.put(replace(notice, place=place))
    return True


async def _way_to(uow: UnitOfWork, person: Person) -> Place | None:
    """The private chat in which they can be reached now."""
    place = await notices.place_of(uow, person)
    return None if place is None or at_fault.is_unfit(await uow.troubles.lasting(), place) else place


async def _reads_elsewhere(uow: UnitOfWork, lead: Person) -> bool:
    """Whether there is a leads' place that can be used, where that lead reads first."""
    lasting = await uow.troubles.lasting()
    first = [at_fault.platform_of(place) for place in (await notices.places_of(uow, lead))[:1]]
    there = [one for one in uow.school.leads_places if at_fault.platform_of(one) in first]
    return any(not at_fault.is_unfit(lasting, one) for one in there)


async def alarm(uow: UnitOfWork, why: str, notice: Notice, reason: str, *, at: datetime) -> None:
    """Keep in the trail that something is wrong with the delivery, by codes."""
    facts = {"why": why, "reason": reason, "kind": notice.kind.value, "platform": notice.place.platform}
    await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=None, facts=facts))


async def it_arrived(uow: UnitOfWork, item: Claimed, lasting: Sequence[Lasting], *, shown: bool, at: datetime) -> None:
    """A platform has taken it: what was wrong with the way there is over. `shown`: the place took it, and did not only
    let something be taken away."""
    place = item.notice.place
    over = {(trouble, at_fault.platform_of(place)) for trouble in DOWN}
    ended = [one for one in lasting if (one.trouble, one.where) in over and await troubles.end(uow, one, at=at)]
    if ended:
        await uow.outbox.let_go(place)
    unfit = (Trouble.PLACE_UNFIT, at_fault.name_of(place))
    for one in lasting:
        if shown and (one.trouble, one.where) == unfit:
            await places.it_is_fit(uow, one, place, at=at)


async def another_asks(uow: UnitOfWork, item: Claimed, lasting: Sequence[Lasting]) -> None:
    """It went without a word to its platform: where that is down, those that wait may have waited for this one."""
    if item.attempts > 1 and at_fault.is_down(tuple(lasting), item.notice.place):
        await uow.outbox.let_go(item.notice.place)


async def none_is_stuck(uow: UnitOfWork, item: Claimed, lasting: Sequence[Lasting], *, at: datetime) -> None:
    """The last that was set aside has gone."""
    stuck = next((one for one in lasting if one.trouble is Trouble.NOTICE_STUCK), None)
    if stuck is not None and item.aside and not await uow.outbox.stuck():
        await troubles.end(uow, stuck, at=at)
