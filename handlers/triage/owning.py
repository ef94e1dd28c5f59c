"""Who owns a concern: declining an offer, taking over for somebody who is away. Nobody owns by accident.

Accepting, offering and escalating are in `concerns`; what the clock does with an offer is in `case_chasing`.
"""

from datetime import datetime

from handlers import notices
from handlers.access import concern_for
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.authority import Doing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person


async def decline_concern(uow: UnitOfWork, id: ConcernId, reason: str, *, by: Person, at: datetime) -> Concern:
    """It stays with its owner, who is told."""
    concern = await concern_for(uow, id, Doing.ACCEPT, by=by)
    declined = concern.decline(by=by.id)
    entry = Entry(deed=Deed.OFFER_DECLINED, at=at, by=by.id, thing=id, words={"reason": reason})
    sealed = await record(uow, declined, because=entry)
    await _tell_owner(uow, declined, step=f"declined_{sealed.sequence}")
    return declined


async def take_over(uow: UnitOfWork, id: ConcernId, reason: str, *, by: Person, at: datetime) -> Concern:
    """Cover for an owner who is away: whoever receives it may, with the reason; the owner before is told."""
    concern = await concern_for(uow, id, Doing.ACCEPT, by=by)
    before = await uow.people.get(concern.owner) if concern.owner else None
    taken = concern.take_over(by=by.id, at=at)
    facts = {"from": str(concern.owner)}
    entry = Entry(deed=Deed.TAKEN_OVER, at=at, by=by.id, thing=id, facts=facts, words={"reason": reason})
    sealed = await record(uow, taken, because=entry)
    if before is not None and before.active:
        await notices.tell(uow, NoticeKind.CHASE, (before,), id, step=f"taken_over_{sealed.sequence}")
    return taken


async def _tell_owner(uow: UnitOfWork, concern: Concern, *, step: str) -> None:
    owner = await uow.people.get(concern.owner) if concern.owner else None
    if owner is not None and owner.active:
        await notices.tell(uow, NoticeKind.CHASE, (owner,), concern.id, step=step)
