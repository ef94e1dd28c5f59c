"""Looks now and then whether the leads' places are still theirs alone; where one is not, nothing of ours stays there.

A channel that was made public, is shared or has somebody in it who is not a lead takes no new card (the couriers look
before each). What stands there already is taken away, the newest first, or emptied where a platform lets go of nothing.
When the place is fit again, every open concern has its card there again, as things stand then.
"""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from handlers import notices
from handlers.assurance import troubles
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Courier, Undelivered
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.post.out_of_sight import put_out_of_sight
from handlers.rules import trouble as at_fault
from handlers.rules.school import Place, SchoolId
from handlers.rules.trouble import Lasting, Trouble

OPEN = frozenset({"channel_not_private", "strangers_in_channel"})
"""What a courier says of a place in which somebody else may read."""
AT_ONCE = 40
"""Messages that are taken away at a time: platforms take about one a second. The next look goes on with the rest."""


async def look_at_all(units: UnitsOfWork, couriers: Mapping[str, Courier], *, at: datetime) -> None:
    """At every leads' place of every school that can be reached."""
    for school in units.schools():
        async with units.looking(school) as uow:
            places, lasting = uow.school.leads_places, await uow.troubles.lasting()
        for place in places:
            courier, known = couriers.get(place.platform), _known(lasting, place)
            if courier is None:
                continue
            reason = await _what_is_wrong(courier, place)
            if reason in OPEN:
                await _others_read(units, school, courier, place, reason=reason, at=at)
            elif not reason and known is not None and known.reason in OPEN:
                async with units(school, at=at) as uow:
                    await it_is_fit(uow, known, place, at=at)


async def it_is_fit(uow: UnitOfWork, known: Lasting, place: Place, *, at: datetime) -> bool:
    """The place can be used again; True for the one caller that finds it so. What waits for it goes at once, and what
    was taken away comes back."""
    if not await troubles.end(uow, known, at=at):
        return False
    await uow.outbox.let_go(place)
    concerns = [one for one in await uow.concerns.open() if not one.drill]
    standing = await uow.posts.standing_of([one.id for one in concerns])
    there = {notice.subject for notice in standing if (notice.kind, notice.place) == (NoticeKind.TRIAGE, place)}
    for concern in concerns:
        if concern.id not in there and await notices.stands_in_the_leads_place(uow, concern):
            await uow.outbox.put(Notice(kind=NoticeKind.TRIAGE, place=place, subject=concern.id))
    return True


async def _what_is_wrong(courier: Courier, place: Place) -> str:
    """By the courier's code; empty where nothing is."""
    try:
        await courier.examine(place)
    except Undelivered as failure:
        return failure.reason
    return ""


def _known(lasting: Sequence[Lasting], place: Place) -> Lasting | None:
    here = (Trouble.PLACE_UNFIT, at_fault.name_of(place))
    return next((one for one in lasting if (one.trouble, one.where) == here), None)


async def _others_read(
    units: UnitsOfWork, school: SchoolId, courier: Courier, place: Place, *, reason: str, at: datetime
) -> None:
    """A place that could not be used anyway, archived or without the app, is now one in which others read: what goes
    from there now comes back when it is fit."""
    async with units(school, at=at) as uow:
        leads = await notices.leads(uow)
        known, where = _known(await uow.troubles.lasting(), place), at_fault.name_of(place)
        await troubles.begin(uow, Trouble.PLACE_UNFIT, where, reason=reason, at=at, also=leads)
        if known is not None and known.reason not in OPEN:
            await troubles.becomes(uow, known, reason=reason, at=at)
        standing = await uow.posts.in_place(place, most=AT_ONCE)
    gone: list[tuple[Notice, str]] = []
    for notice, message in standing:
        # Where it can be neither taken away nor emptied now, the next look tries again.
        with suppress(Undelivered):
            await put_out_of_sight(courier, place, message)
            gone.append((notice, message))
    if gone:
        async with units(school, at=at) as uow:
            for notice, message in gone:
                await uow.posts.forget(notice, message)
