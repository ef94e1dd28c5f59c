"""Two concerns that are one: a lead proposes it, another agrees, and only then does the one go on in the other.

It takes two people (ASSURANCE, "Who may"). That it is proposed is an entry, and read back from there: nothing is held
up by it, and a new proposal takes the place of the one before.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers import notices
from handlers.access import concern_for
from handlers.actions import moves as action_moves
from handlers.closing import moves as closing
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.concern import CannotMove, Concern, ConcernId, SettledAlready, Status
from handlers.rules.people import Person, PersonId
from handlers.triage.another_card import merge_card
from handlers.ui.card import Card

_ENDS = {Deed.MERGED, Deed.MERGE_REFUSED, Deed.CLOSED}
NOT_THERE = "There is no such concern, or it is not yours to see."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That a concern should go on in another: who says so, and why."""

    concern: Concern
    other: Concern
    by: PersonId
    reason: str


async def propose(uow: UnitOfWork, id: ConcernId, reference: str, reason: str, *, by: Person, at: datetime) -> Concern:
    """Ask whoever else receives both. Raises `InvalidForm` where the two cannot become one."""
    concern = await concern_for(uow, id, Doing.MERGE, by=by)
    other = await uow.concerns.find(reference.strip())
    if other is None or not may(by, Doing.MERGE, other):
        raise InvalidForm({"into": NOT_THERE})
    concern.merge(other.id, at=at)
    if why := _why_apart(concern, other):
        raise InvalidForm({"into": why})
    await closing.must_be_settled(uow, concern)
    others = [person for person in await _who_may_agree(uow, concern, other) if person.id != by.id]
    if not others:
        raise Refused("Another lead must agree, and nobody else can see both concerns. Escalate one of them first.")
    facts = {"into": str(other.id)}
    entry = Entry(deed=Deed.MERGE_PROPOSED, at=at, by=by.id, thing=id, facts=facts, words={"reason": reason})
    sealed = await record(uow, concern, because=entry)
    await notices.tell(uow, NoticeKind.MERGE, others, id, step=f"merge_{sealed.sequence}")
    return other


async def _who_may_agree(uow: UnitOfWork, concern: Concern, other: Concern) -> list[Person]:
    people = await uow.people.all()
    return [p for p in people if may(p, Doing.MERGE, concern) and may(p, Doing.MERGE, other)]


def _why_apart(concern: Concern, other: Concern) -> str:
    """Nothing crosses between what different people may see, and nobody loses a recusal by it; empty: they may join."""
    if other.status is Status.CLOSED:
        return "That concern is closed. Open it again first."
    apart = concern.route is not other.route or concern.named != other.named
    if apart or concern.sealed_to != other.sealed_to or concern.reporter_as is not other.reporter_as:
        return "These two concerns are not open to the same people, so they cannot be merged."
    return ""


async def proposal(uow: UnitOfWork, id: ConcernId, *, by: Person) -> Proposal:
    """What is proposed of it now, for one who may agree; `SettledAlready` where nothing is."""
    concern = await concern_for(uow, id, Doing.MERGE, by=by)
    pending = await _pending(uow, concern)
    if pending is None or pending.entry.by is None:
        raise SettledAlready("Nobody has proposed to merge this concern, or it has been settled.")
    if pending.entry.by == by.id:
        raise CannotMove("Another lead must agree: not the one who proposed it.")
    other = await uow.concerns.get(ConcernId(UUID(pending.entry.facts["into"])))
    if other is None or not may(by, Doing.MERGE, other):
        raise NoSuchConcern
    reason = str(pending.entry.words.get("reason") or "")
    return Proposal(concern=concern, other=other, by=pending.entry.by, reason=reason)


async def _pending(uow: UnitOfWork, concern: Concern) -> Sealed | None:
    """The newest proposal, where nothing has settled it since."""
    told = [
        line
        for line in await uow.trail.of(concern.id, words=True)
        if line.entry.deed in {Deed.MERGE_PROPOSED, *_ENDS} and "from" not in line.entry.facts
    ]
    return told[-1] if told and told[-1].entry.deed is Deed.MERGE_PROPOSED else None


async def answer(
    uow: UnitOfWork, id: ConcernId, reason: str, *, agreed: bool, by: Person, at: datetime
) -> Proposal:
    """The second person's word: it is done, or it is not and who proposed it is told."""
    found = await proposal(uow, id, by=by)
    if agreed:
        await _merge(uow, found, reason, by=by, at=at)
        return found
    facts = {"into": str(found.other.id)}
    entry = Entry(deed=Deed.MERGE_REFUSED, at=at, by=by.id, thing=id, facts=facts, words={"agreement": reason})
    sealed = await record(uow, found.concern, because=entry)
    proposer = await uow.people.get(found.by)
    told = (proposer,) if proposer is not None and proposer.active else ()
    await notices.tell(uow, NoticeKind.CHASE, told, id, step=f"merge_refused_{sealed.sequence}")
    return found


async def _merge(uow: UnitOfWork, found: Proposal, reason: str, *, by: Person, at: datetime) -> None:
    """An entry in both, what is owed goes on there, its children are linked there, and this one points there."""
    id, into = found.concern.id, found.other.id
    found.concern.merge(into, at=at)
    if why := _why_apart(found.concern, found.other):
        raise Refused(why)
    await closing.must_be_settled(uow, found.concern)
    await action_moves.carry_over(uow, found.concern, to=into, by=by, at=at)
    merged = (await concern_for(uow, id, Doing.MERGE, by=by)).merge(into, at=at)
    other = await concern_for(uow, into, Doing.MERGE, by=by)
    words = {"reason": found.reason, "agreement": reason}
    facts = {"into": str(into), "proposed_by": str(found.by)}
    await record(uow, merged, because=Entry(deed=Deed.MERGED, at=at, by=by.id, thing=id, facts=facts, words=words))
    joined = other.about_children(other.children | merged.children)
    came = {"from": str(id), "proposed_by": str(found.by)}
    await record(uow, joined, because=Entry(deed=Deed.MERGED, at=at, by=by.id, thing=into, facts=came, words=words))


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """For whoever may agree; settled once somebody has answered, or something else was proposed."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reader = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reader is None or not may(reader, Doing.MERGE, concern):
        return None
    pending = await _pending(uow, concern)
    waits = pending is not None and notice.step == f"merge_{pending.sequence}"
    by, since = (pending.entry.by, pending.entry.at) if pending and waits else (None, None)
    return merge_card(concern, await notices.situation(uow, concern, at=at), by=by, since=since)
