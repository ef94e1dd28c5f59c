"""How a change is written: the concern or action, its entry, and the cards that must follow, in one transaction."""

from handlers import board_standing, changing_hands, letters_ended, notices
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules.action import Action
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import Concern
from handlers.rules.referral import Referral


async def record(uow: UnitOfWork, concern: Concern, *, because: Entry) -> Sealed:
    """Save a changed concern and refresh its cards."""
    before = await changing_hands.owner_before(uow, concern, because)
    sealed = await uow.concerns.save(concern, because=because)
    await notices.refresh(uow, concern)
    await board_standing.taken_away(uow, concern, because)
    await letters_ended.by_deed(uow, concern, sealed)
    await changing_hands.follow(uow, concern, before, sealed)
    return sealed


async def record_action(uow: UnitOfWork, action: Action, concern: Concern, *, because: Entry) -> Sealed:
    """Save a changed action, refresh its card and the concern's (which counts what is open)."""
    sealed = await uow.actions.save(action, because=because)
    owner = await uow.people.get(action.owner)
    if owner is not None:
        await notices.tell(uow, NoticeKind.ACTION, (owner,), action.id)
    standing = await uow.posts.standing(action.id)
    for notice in standing:
        await uow.outbox.put(notice)
    await notices.refresh(uow, concern)
    await board_standing.follow(uow, concern, also={notice.to for notice in standing})
    return sealed


async def record_referral(uow: UnitOfWork, referral: Referral, concern: Concern, *, because: Entry) -> Sealed:
    """Save a changed referral; its cards and the concern's are drawn again."""
    sealed = await uow.referrals.save(referral, because=because)
    await notices.redraw(uow, referral.id)
    await notices.refresh(uow, concern)
    return sealed
