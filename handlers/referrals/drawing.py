"""Draws a referral's cards for whoever they stand before, from the state as it is now.

Whoever may not refer the concern any more (they are named by now, it is sealed) loses the card itself.
"""

from datetime import datetime

from handlers import notices
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.referrals import moves as referrals
from handlers.referrals.card import Reminder, refer_due_card, referral_card
from handlers.rules.concern import ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.referral import ReferralId
from handlers.ui.card import Card


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    referral = await uow.referrals.get(ReferralId(notice.subject))
    concern = await uow.concerns.get(referral.concern) if referral else None
    reader = await uow.people.get(notice.to) if notice.to else None
    if referral is None or concern is None or reader is None:
        return None
    if not referrals.may_carry(reader, concern):
        return None
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
    owed = [told for told in await referrals.must_tell(uow, concern) if not told.recorded]
    due = min((told.due for told in owed), default=concern.submitted_at)
    now = await notices.situation(uow, concern, at=at)
    return refer_due_card(concern, now, by=due, recorded=not owed, seen=Reminder(step=notice.step, reader=reader.id))
