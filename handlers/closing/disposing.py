"""The record of a closed concern is destroyed: one proposes it, another agrees, and its keys are gone.

What is left is the trail without a word: who, when, on which ground. How one proposes and another answers is in
`proposing`; how long a record is kept, in `rules/retention`.
"""

from dataclasses import dataclass
from datetime import date, datetime

from handlers import notices, staff
from handlers.access import concern_for
from handlers.closing import proposing
from handlers.closing.disposing_card import done_card, question_card
from handlers.closing.proposing import Matter
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import losing_it
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import CannotMove, Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.retention import Basis, kept_until
from handlers.ui import say
from handlers.ui.card import Card

_MATTER = Matter(
    proposed=Deed.DISPOSAL_PROPOSED, ends=frozenset({Deed.DISPOSAL_REFUSED, Deed.REOPENED}), doing=Doing.DISPOSE,
    none="Nobody has proposed to dispose of this record, or it has been settled.",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """That a record should be destroyed: who says so, on which ground, and why."""

    concern: Concern
    by: Person
    named: str
    """Their name as it is shown: told apart from another of that name."""
    basis: Basis
    reason: str


async def may_be_proposed(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> Concern:
    """The concern. What would refuse it is said at the press, before anything is typed."""
    concern = await concern_for(uow, id, Doing.DISPOSE, by=by)
    if concern.merged_into is not None:
        raise CannotMove("This concern has been merged into another one. Look there.")
    concern.dispose(at=at)
    if not await _who_may_agree(uow, concern, by=by):
        raise Refused(
            "Two people must agree, and nobody else receives this concern. Reopen it, escalate it and close it first."
        )
    return concern


async def _who_may_agree(uow: UnitOfWork, concern: Concern, *, by: Person) -> list[Person]:
    return [one for one in await uow.people.all() if one.id != by.id and may(one, Doing.DISPOSE, concern)]


async def kept(uow: UnitOfWork, concern: Concern) -> date | None:
    """Until when, unless it is ordered otherwise."""
    known = await uow.pupils.get(concern.children)
    born = [known[id].born if id in known else None for id in concern.children]
    return kept_until(concern, born, uow.school.calendar)


async def propose(
    uow: UnitOfWork, id: ConcernId, basis: Basis, reason: str, *, by: Person, at: datetime
) -> Concern:
    """Ask whoever else receives it. Raises `InvalidForm` where it is still to be kept."""
    concern = await may_be_proposed(uow, id, by=by, at=at)
    until = await kept(uow, concern)
    if basis is Basis.OVER and until and at.astimezone(uow.school.calendar.zone).date() < until:
        raise InvalidForm({"basis": f"It is to be kept until {say.written(until)}."})
    facts, words = {"basis": basis.value}, {"reason": reason}
    entry = Entry(deed=Deed.DISPOSAL_PROPOSED, at=at, by=by.id, thing=id, facts=facts, words=words)
    sealed = await record(uow, concern, because=entry)
    others = await _who_may_agree(uow, concern, by=by)
    await notices.tell(uow, NoticeKind.DISPOSAL, others, id, step=f"disposal_{sealed.sequence}")
    return concern


async def proposal(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime | None) -> Proposal:
    """What is proposed of it, for one who may agree; `SettledAlready` where nothing is. `at`: as `proposing`."""
    concern = await concern_for(uow, id, Doing.DISPOSE, by=by)
    proposed = await proposing.to_answer(uow, _MATTER, concern, by=by, at=at)
    entry = proposed.line.entry
    reason = str(entry.words.get("reason") or "")
    named, basis = await staff.name_of(uow, proposed.by.id), Basis(entry.facts["basis"])
    return Proposal(concern=concern, by=proposed.by, named=named, basis=basis, reason=reason)


async def answer(
    uow: UnitOfWork, id: ConcernId, reason: str, *, agreed: bool, by: Person, at: datetime
) -> Proposal:
    """The second person's word: it is done, or it is kept. Who proposed it is told of either."""
    found = await proposal(uow, id, by=by, at=at)
    if agreed:
        await _dispose(uow, found, by=by, at=at)
        await notices.tell(uow, NoticeKind.DISPOSED, (found.by,), id)
        return found
    facts, words = {"basis": found.basis.value}, {"agreement": reason}
    entry = Entry(deed=Deed.DISPOSAL_REFUSED, at=at, by=by.id, thing=id, facts=facts, words=words)
    sealed = await record(uow, found.concern, because=entry)
    await notices.tell(uow, NoticeKind.CHASE, (found.by,), id, step=f"disposal_refused_{sealed.sequence}")
    return found


async def _dispose(uow: UnitOfWork, found: Proposal, *, by: Person, at: datetime) -> None:
    """It, and what had gone on in it: each with all that hangs on it, and each with an entry of its own."""
    facts = {"basis": found.basis.value, "proposed_by": str(found.by.id)}
    joined = [one for one in await losing_it.joined(uow, found.concern) if one.merged_into is not None]
    for concern in (*joined, found.concern):
        things = await losing_it.parts(uow, concern)
        await losing_it.draw_everything_again(uow, concern)
        its = {**facts, "reference": concern.reference}
        if concern.id != found.concern.id:
            its["with"] = str(found.concern.id)
        entry = Entry(deed=Deed.DISPOSED, at=at, by=by.id, thing=concern.id, facts=its)
        await uow.concerns.dispose(concern.dispose(at=at), things, because=entry)
        await uow.drafts.delete(concern.id)


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """For whoever may agree; settled once somebody has answered, it lapsed, or something else was proposed."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reader = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reader is None or not may(reader, Doing.DISPOSE, concern):
        return None
    found = await proposing.pending(uow, _MATTER, concern, at=at)
    waits = found is not None and notice.step == f"disposal_{found.line.sequence}"
    by, since = (found.by.id, found.line.entry.at) if found and waits else (None, None)
    return question_card(concern, await notices.situation(uow, concern, at=at), by=by, since=since)


async def draw_done(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """For who proposed it: from the trail, for there is nothing else."""
    lines = [line.entry for line in await uow.trail.of(notice.subject)]
    done = next((entry for entry in lines if entry.deed is Deed.DISPOSED), None)
    if done is None or done.by is None or str(notice.to) != done.facts["proposed_by"]:
        return None
    when = say.moment(done.at, uow.school.calendar)
    return done_card(done.facts["reference"], by=await staff.name_of(uow, done.by), when=when)
