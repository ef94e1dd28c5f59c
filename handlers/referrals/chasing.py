"""Chases referrals: answers that are late, what was said and never written, a no that nobody has decided on; and, for
an allegation against an adult, that nobody outside was told within the day that the law gives.

Late is worked out from the state as it is now, and each working day's step is taken once, whoever ticks and however
often. After days down everyone is told once, at the step that has been reached.
"""

from collections.abc import Sequence
from datetime import datetime

from handlers import allegation, notices, ticking
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.referrals import moves as referrals
from handlers.rules import referral_clocks
from handlers.rules.agency import ALLEGATION
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.referral import Referral, ReferralId

_REFER = "refer_due"


async def chase_referrals(units: UnitsOfWork, *, at: datetime) -> int:
    """Carry every referral that is not settled to the step that is due; returns how many were chased."""

    async def find(uow: UnitOfWork) -> list[ReferralId]:
        live = await uow.referrals.live()
        await uow.steps.taken_of([referral.id for referral in live])
        return [referral.id for referral in live if await _any_chase(uow, referral, at=at)]

    return await ticking.each(units, find, lambda uow, one: _chase(uow, one, at=at))


async def _any_chase(uow: UnitOfWork, referral: Referral, *, at: datetime) -> bool:
    """Whether it is worth a transaction of its own."""
    due = {chase.name for chase in referral_clocks.chases(referral, uow.school.calendar, at=at)}
    return bool(due) and not due <= set(await uow.steps.taken(referral.id))


async def _chase(uow: UnitOfWork, id: ReferralId, *, at: datetime) -> bool:
    referral = await uow.referrals.get(id)
    concern = await uow.concerns.get(referral.concern) if referral else None
    if referral is None or concern is None:
        return False
    due = referral_clocks.chases(referral, uow.school.calendar, at=at)
    fresh = [chase for chase in due if await uow.steps.take(id, chase.name, at=at)]
    if not fresh:
        return False
    step = fresh[0].name
    facts = {"referral": str(id), "number": str(referral.number), "step": step}
    await uow.trail.append(Entry(deed=Deed.REFERRAL_CHASED, at=at, by=None, thing=concern.id, facts=facts))
    told = await _told(uow, concern, days=max(chase.days for chase in fresh))
    await notices.tell(uow, NoticeKind.REFERRAL, told, id, step=step)
    await notices.redraw(uow, id)
    return True


async def _told(uow: UnitOfWork, concern: Concern, *, days: int) -> Sequence[Person]:
    """On the first day whoever owns the concern; from the next all who receive it, and at once where nobody owns it."""
    owner = await uow.people.get(concern.owner) if concern.owner else None
    told = [owner] if owner is not None and referrals.may_carry(owner, concern) else []
    if days or not told:
        told += [person for person in await notices.first_told(uow, concern) if referrals.may_carry(person, concern)]
    return list({person.id: person for person in told}.values())


async def chase_allegations(units: UnitsOfWork, *, at: datetime) -> int:
    """Tell who receives an allegation that nobody outside has been told in time; returns how many were chased."""

    async def find(uow: UnitOfWork) -> list[ConcernId]:
        return [c.id for c in await uow.concerns.open() if c.route in allegation.ADULT_ROUTES]

    return await ticking.each(units, find, lambda uow, one: _remind(uow, one, at=at))


async def _remind(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    days = None if concern is None else await _days_overdue(uow, concern, at=at)
    if concern is None or days is None:
        return False
    step = f"{_REFER}_{days}"
    if not await uow.steps.take(id, step, at=at):
        return False
    await uow.trail.append(Entry(deed=Deed.REFERRAL_CHASED, at=at, by=None, thing=id, facts={"step": step}))
    await notices.tell(uow, NoticeKind.REFER_DUE, await _told(uow, concern, days=days), id, step=step)
    return True


async def _days_overdue(uow: UnitOfWork, concern: Concern, *, at: datetime) -> int | None:
    """Working days past the deadline; None while there is time, once it is recorded, and once it is judged to be none.

    That a decision stands is no reason to stop: an allegation is told to the LADO, or judged to be low-level.
    """
    calendar = uow.school.calendar
    if referral_clocks.days_late(concern.submitted_at, calendar, at=at) in {None, 0}:
        return None
    owed = [told for told in await referrals.must_tell(uow, concern) if _is_owed(told)]
    return referral_clocks.days_late(owed[0].due, calendar, at=at) if owed else None


def _is_owed(told: referrals.MustTell) -> bool:
    make = told.agency.make
    return make is not None and make.when == ALLEGATION and not told.recorded
