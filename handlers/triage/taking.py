"""Accepting a concern, carrying it up, handing it over. Each function runs inside the caller's unit of work."""

from dataclasses import dataclass
from datetime import datetime

from handlers import notices, staff
from handlers.access import concern_for
from handlers.errors import Refused
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules import routing
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import Person, PersonId
from handlers.rules.routing import Rung
from handlers.ui import say


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalated:
    concern: Concern
    told: tuple[Person, ...]


async def accept_concern(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> Concern:
    """Own it. Who loses a race is told who won."""
    concern = await concern_for(uow, id, Doing.ACCEPT, by=by)
    if concern.status is not Status.CLOSED and concern.owner not in {None, by.id} and concern.offered_to != by.id:
        raise Refused(await _who_won(uow, concern))
    accepted = concern.accept(by=by.id, at=at)
    await record(uow, accepted, because=Entry(deed=Deed.ACCEPTED, at=at, by=by.id, thing=id))
    return accepted


async def escalate_concern(
    uow: UnitOfWork, id: ConcernId, reason: str, *, by: Person, at: datetime
) -> Escalated:
    """Carry it up to the next rung on which somebody else is, with the reason, and tell everyone there."""
    concern = await concern_for(uow, id, Doing.ESCALATE, by=by)
    rung, told = routing.climbed(concern, concern.rung + 1, await uow.people.all(), less=(by.id,))
    escalated = concern.escalate(at=at, highest=Rung.OUTSIDE).carry_to(rung, at=at)
    facts = {"rung": str(escalated.rung)}
    entry = Entry(deed=Deed.ESCALATED, at=at, by=by.id, thing=id, facts=facts, words={"reason": reason})
    sealed = await record(uow, escalated, because=entry)
    await notices.tell(uow, NoticeKind.CHASE, told, id, step=f"escalated_{sealed.sequence}")
    return Escalated(concern=escalated, told=told)


async def hand_over_concern(
    uow: UnitOfWork, id: ConcernId, note: str, *, to: PersonId, by: Person, at: datetime
) -> Concern:
    """Offer it to another who may take it; they are told in person."""
    concern = await concern_for(uow, id, Doing.HAND_OVER, by=by)
    other = await uow.people.get(to)
    if other is None or not may(other, Doing.ACCEPT, concern):
        raise Refused("That person cannot take this concern. Choose somebody else.")
    offered = concern.hand_over(to=to, by=by.id, at=at)
    facts = {"to": str(to)}
    entry = Entry(deed=Deed.HANDED_OVER, at=at, by=by.id, thing=id, facts=facts, words={"note": note})
    sealed = await record(uow, offered, because=entry)
    await notices.tell(uow, NoticeKind.CHASE, (other,), id, step=f"offered_{sealed.sequence}")
    return offered


async def who_may_take(uow: UnitOfWork, concern: Concern, *, less: Person) -> list[Person]:
    people = await uow.people.all()
    return [p for p in people if p.id != less.id and may(p, Doing.ACCEPT, concern)]


async def _who_won(uow: UnitOfWork, concern: Concern) -> str:
    who = await staff.name_of(uow, concern.owner) if concern.owner else "Somebody else"
    when = say.moment(concern.accepted_at, uow.school.calendar) if concern.accepted_at else "just now"
    return f"{who} has this concern already, accepted {when}. The card is being refreshed."
