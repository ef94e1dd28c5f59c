"""Draws a referral's cards for whoever they stand before, from the state as it is now.

Whoever may not refer the concern any more (they are named by now, it is sealed) loses the card itself.
"""

from datetime import datetime

from handlers import notices
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.referrals import moves as referrals
from handlers.referrals.card import Reminder, refer_due_card, referral_card
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.referral import Referral, ReferralId
from handlers.ui.card import Card


async def told(uow: UnitOfWork, notice: Notice) -> tuple[Referral, Concern, Person] | None:
    """The referral that it is about, its concern, and whom it is for; None where one of them is not there any more."""
    referral = await uow.referrals.get(ReferralId(notice.subject))
    concern = await uow.concerns.get(referral.concern) if referral else None
    reader = await uow.people.get(notice.to) if notice.to else None
    return (referral, concern, reader) if referral and concern and reader else None


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    found = await told(uow, notice)
    if found is None or not referrals.may_carry(found[2], found[1]):
        return None
    referral, concern, reader = found
    now = await notices.situation(uow, concern, at=at)
    stages = len(ENGLAND.agency(referral.agency).stages)
    return referral_card(referral, concern, now, stages=stages, seen=Reminder(step=notice.step, reader=reader.id))


async def draw_due(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """That somebody outside was to be told, until that is recorded."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reader = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reader is None:
        return None
    if not referrals.may_carry(reader, concern):
        return None
    owed = [one for one in await referrals.must_tell(uow, concern) if not one.recorded]
    due = min((one.due for one in owed), default=concern.submitted_at)
    now = await notices.situation(uow, concern, at=at)
    return refer_due_card(concern, now, by=due, recorded=not owed, seen=Reminder(step=notice.step, reader=reader.id))
