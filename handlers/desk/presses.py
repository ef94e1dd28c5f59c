"""What is common to every press: its counter answers it, and the cards that it touched are drawn again.

A press that opens a form tries the move first and drops what comes of it: whoever may not make it is told
before they type, not after.
"""

from datetime import datetime
from uuid import UUID

from handlers import notices
from handlers.conversation import ButtonPressed, CardSeen, Inbound, Reply
from handlers.desk import counters
from handlers.errors import CardAhead
from handlers.ports import UnitOfWork
from handlers.rules.action import ActionId
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person
from handlers.rules.referral import ReferralId


async def take(uow: UnitOfWork, inbound: ButtonPressed, *, by: Person, at: datetime) -> Reply:
    """Answer a press. A card that we did not know of is kept, so that it is updated with the others.

    A button that is ahead of what is stored was never drawn from it: nothing that came of it is kept. That is said
    last, so that whoever may not know of the concern learns nothing by it.
    """
    stored = await _version(uow, inbound.subject)
    reply = await counters.PRESSES[inbound.press](uow, inbound.subject, by, at)
    if stored is not None and inbound.version > stored:
        raise CardAhead
    await notices.take_in(uow, inbound.subject, inbound)
    return reply


async def _version(uow: UnitOfWork, subject: UUID) -> int | None:
    """The stored version of what a button is about; None where that has none.

    All three are looked for whatever is found: how long it takes must not tell that there is such a concern.
    """
    concern = await uow.concerns.get(ConcernId(subject))
    action = await uow.actions.get(ActionId(subject))
    referral = await uow.referrals.get(ReferralId(subject))
    return next((thing.version for thing in (concern, action, referral) if thing), None)


async def take_in(uow: UnitOfWork, inbound: Inbound) -> None:
    """A card in a leads' place that we did not know of is kept, so that it goes or changes with the others: also where
    whoever pressed it is told that there is no such concern. Nothing is looked up for it but the place."""
    if isinstance(inbound, ButtonPressed):
        await notices.take_in(uow, inbound.subject, inbound)
    elif isinstance(inbound, CardSeen):
        await notices.seen(uow, inbound)


async def refresh(uow: UnitOfWork, inbound: ButtonPressed) -> None:
    """A card was pressed that shows what is no longer so: draw it again, also when we did not know of it."""
    action = await uow.actions.get(ActionId(inbound.subject))
    concern = await uow.concerns.get(action.concern if action else ConcernId(inbound.subject))
    if concern is None:
        await notices.redraw(uow, inbound.subject)
        return
    await notices.take_in(uow, concern.id, inbound)
    if action is not None:
        await notices.redraw(uow, action.id)
    await notices.refresh(uow, concern)
