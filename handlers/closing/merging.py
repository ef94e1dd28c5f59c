"""Two concerns that are one: a lead proposes it, another agrees, and only then does the one go on in the other.

It takes two people (ASSURANCE, "Who may"): how one proposes and another answers is in `proposing`.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers import notices, staff
from handlers.access import by_reference, concern_for
from handlers.actions import moves as action_moves
from handlers.closing import moves as closing
from handlers.closing import proposing
from handlers.closing.proposing import Matter
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import Person
from handlers.triage.another_card import merge_card
from handlers.ui.card import Card

_MATTER = Matter(
    proposed=Deed.MERGE_PROPOSED, ends=frozenset({Deed.MERGED, Deed.MERGE_REFUSED, Deed.CLOSED}), doing=Doing.MERGE,
    none="Nobody has proposed to merge this concern, or it has been settled.",
)  # fmt: skip
NOT_THERE = "There is no such concern, or it is not yours to see."


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That a concern should go on in another: who says so, and why."""

    concern: Concern
    other: Concern
    by: Person
    named: str
    """Their name as it is shown: told apart from another of that name."""
    reason: str


async def propose(uow: UnitOfWork, id: ConcernId, reference: str, reason: str, *, by: Person, at: datetime) -> Concern:
    """Ask whoever else receives both. Raises `InvalidForm` where the two cannot become one."""
    concern = await concern_for(uow, id, Doing.MERGE, by=by)
    other = await by_reference(uow, reference.strip(), by=by, at=at)
    if other is None or not may(by, Doing.MERGE, other):
        raise InvalidForm({"into": NOT_THERE})
    concern.merge(other.id, at=at)
    if why := _why_apart(concern, other):
        raise InvalidForm({"into": why})
    await closing.must_be_settled(uow, concern)
    others = [person for person in await _who_may_agree(uow, concern, other) if person.id != by.id]
    if not others:
        raise Refused("A second person must agree, and nobody else can see both concerns. Escalate one of them first.")
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


async def proposal(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime | None) -> Proposal:
    """What is proposed of it, for one who may agree; `SettledAlready` where nothing is. `at`: as `proposing`."""
    concern = await concern_for(uow, id, Doing.MERGE, by=by)
    proposed = await proposing.to_answer(uow, _MATTER, concern, by=by, at=at)
    entry = proposed.line.entry
    other = await uow.concerns.get(ConcernId(UUID(entry.facts["into"])))
    if other is None or not may(by, Doing.MERGE, other):
        raise NoSuchConcern
    reason = str(entry.words.get("reason") or "")
    named = await staff.name_of(uow, proposed.by.id)
    return Proposal(concern=concern, other=other, by=proposed.by, named=named, reason=reason)


async def answer(
    uow: UnitOfWork, id: ConcernId, reason: str, *, agreed: bool, by: Person, at: datetime
) -> Proposal:
    """The second person's word: it is done, or it is not and who proposed it is told."""
    found = await proposal(uow, id, by=by, at=at)
    if agreed:
        await _merge(uow, found, reason, by=by, at=at)
        return found
    facts = {"into": str(found.other.id)}
    entry = Entry(deed=Deed.MERGE_REFUSED, at=at, by=by.id, thing=id, facts=facts, words={"agreement": reason})
    sealed = await record(uow, found.concern, because=entry)
    await notices.tell(uow, NoticeKind.CHASE, (found.by,), id, step=f"merge_refused_{sealed.sequence}")
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
    facts = {"into": str(into), "proposed_by": str(found.by.id)}
    await record(uow, merged, because=Entry(deed=Deed.MERGED, at=at, by=by.id, thing=id, facts=facts, words=words))
    joined = other.about_children(other.children | merged.children)
    came = {"from": str(id), "proposed_by": str(found.by.id)}
    await record(uow, joined, because=Entry(deed=Deed.MERGED, at=at, by=by.id, thing=into, facts=came, words=words))


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """For whoever may agree; settled once somebody has answered, it lapsed, or something else was proposed."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reader = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reader is None or not may(reader, Doing.MERGE, concern):
        return None
    found = await proposing.pending(uow, _MATTER, concern, at=at)
    waits = found is not None and notice.step == f"merge_{found.line.sequence}"
    by, since = (found.by.id, found.line.entry.at) if found and waits else (None, None)
    return merge_card(concern, await notices.situation(uow, concern, at=at), by=by, since=since)
