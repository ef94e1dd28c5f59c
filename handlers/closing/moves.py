"""The end of a concern and what comes after: checklist, sign-off, reopening, the right child.

Nothing is deleted and nothing closes by itself (DOMAIN, life of a concern). Runs in the caller's unit of work.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers import allegation as cases
from handlers import notices
from handlers.access import by_reference, concern_for
from handlers.actions import moves as action_moves
from handlers.closing.form import CANCEL, CARRY, Check
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import naming
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.referrals.card import reference as referral_reference
from handlers.rules import allegation, routing
from handlers.rules.allegation import Case, ChildIs, Meeting
from handlers.rules.authority import Doing, may
from handlers.rules.children_in import PART
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Level, Route, Second
from handlers.rules.people import Person, PupilId
from handlers.ui import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """What becomes of the actions that are still open."""

    how: str = ""
    to: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Coming:
    """A child who is linked to a concern, and how: a category is of a child in a part."""

    child: PupilId
    part: str = ""
    """Empty for that of the wrong child, whose place they take."""
    kinds: Sequence[str] = ()

    def words(self) -> Answers:
        """As it is kept, sealed: what part a child has is personal."""
        said: Answers = {"of_1": str(self.child), PART: self.part, "kinds_1": tuple(self.kinds)}
        return {name: value for name, value in said.items() if value}


async def owed(uow: UnitOfWork, concern: Concern) -> int:
    """How many of its actions are not done."""
    return sum(action.live for action in await uow.actions.of(concern.id))


async def signers(uow: UnitOfWork, concern: Concern) -> tuple[int, Sequence[Person]]:
    """Who may sign off its closing, and how far up it goes for that: whoever receives it, less its owner.

    A child's concern is carried up where its owner alone receives it; of one about an adult, no more people are told.
    """
    owner, people = frozenset({concern.owner} if concern.owner else ()), await uow.people.all()
    if concern.route is Route.LEADS:
        return routing.up_to_another(concern, owner, people)
    return concern.rung, [one for one in people if routing.receives(concern, one) and one.id not in owner]


async def needs_sign_off(uow: UnitOfWork, concern: Concern) -> bool:
    """By another person; not at low level, nor of a low-level concern about an adult (D), nor where nobody else is."""
    if allegation.is_about(concern) and (await cases.case_of(uow, concern)).low_level:
        return False
    _, able = await signers(uow, concern)
    return concern.level is not Level.LOW and bool(able)


async def checklist(uow: UnitOfWork, concern: Concern) -> tuple[Check, ...]:
    """How the record stands before it is closed: what an inspector would ask."""
    trail = await uow.trail.of(concern.id, words=True)
    decided = next((line.entry for line in reversed(trail) if line.entry.deed is Deed.DECIDED), None)
    words: Answers = decided.words if decided else {}
    if allegation.is_about(concern):
        of_it = _of_adult(await cases.case_of(uow, concern), told=await cases.told_at(uow, concern) is not None)
    else:
        of_it = _of_child(words)
    live, actions = await owed(uow, concern), await uow.actions.of(concern.id)
    unverified = sum(action.done_at is not None and action.verified_by is None for action in actions)
    waiting = [one for one in await uow.referrals.of(concern.id) if one.live]
    second = {Second.NOT_NEEDED: "not needed", Second.WANTED: "waited for", Second.GIVEN: "done"}[concern.second]
    return (
        ("Decision with its rationale", "recorded" if words.get("rationale") else "missing"),
        ("Second reader", second),
        *of_it,
        ("Open actions", str(live)),
        ("Done, not verified", str(unverified)),
        ("Referrals not settled", str(len(waiting))),
    )


def _of_child(words: Answers) -> tuple[Check, ...]:
    return (
        ("Child seen and spoken to", "yes" if words.get("seen") == "spoken" else "not recorded"),
        ("Parents or carers", "recorded" if words.get("parents") else "not recorded"),
    )


def _of_adult(case: Case, *, told: bool) -> tuple[Check, ...]:
    """Of an allegation each of its steps; of a low-level concern nothing more is asked."""
    if case.low_level:
        return ()

    def said(recorded: object) -> str:
        return "recorded" if recorded else "not recorded"

    return (
        ("LADO told", said(told)),
        ("The child", said(case.child in {ChildIs.NAMED, ChildIs.NONE})),
        ("Strategy meeting", said(case.meeting in {Meeting.HELD, Meeting.NOT_HELD})),
        ("Suspension considered", said(case.suspension_at)),
        ("The adult told and supported", said(case.support_at)),
        ("Outcome of the allegation", said(case.finding)),
    )


async def close_concern(
    uow: UnitOfWork, id: ConcernId, words: Answers, *, settling: Settling, by: Person, at: datetime
) -> Concern:
    """Close it, or propose to where another must sign it off. Open actions are settled first, or it is refused."""
    concern = await concern_for(uow, id, Doing.CLOSE, by=by)
    must_be_theirs_to_close(concern, by, at=at)
    await _settle(uow, concern, settling, by=by, at=at)
    await must_be_settled(uow, concern)
    await must_have_its_outcome(uow, concern)
    concern = await concern_for(uow, id, Doing.CLOSE, by=by)
    left = await owed(uow, concern)
    if not await needs_sign_off(uow, concern):
        closed = concern.close(at=at, open_actions=left)
        await record(uow, closed, because=Entry(deed=Deed.CLOSED, at=at, by=by.id, thing=id, words=words))
        return closed
    rung, able = await signers(uow, concern)
    proposed = concern.propose_close(by=by.id, at=at, open_actions=left).carry_to(rung, at=at)
    await record(uow, proposed, because=Entry(deed=Deed.CLOSE_PROPOSED, at=at, by=by.id, thing=id, words=words))
    await notices.tell(uow, NoticeKind.SIGN_OFF, able, id, step=f"sign_off_{proposed.version}")
    return proposed


def must_be_theirs_to_close(concern: Concern, by: Person, *, at: datetime) -> None:
    """Whatever is owed is settled in the form: only the rest is tried here."""
    concern.close(at=at, open_actions=0)
    if concern.owner != by.id:
        raise Refused("Only whoever has accepted this concern can close it.")
    if concern.close_proposed_by is not None:
        raise Refused("Closing has been proposed already. It waits for a second person to sign it off.")


async def must_be_settled(uow: UnitOfWork, concern: Concern) -> None:
    waiting = [referral_reference(one, concern) for one in await uow.referrals.of(concern.id) if one.live]
    if waiting:
        raise Refused(f"Referral {waiting[0]} is not settled. Record its answer, or withdraw it with a reason, first.")


async def must_have_its_outcome(uow: UnitOfWork, concern: Concern) -> None:
    """An allegation ends with its outcome and what the law asks for; what goes on in another ends there."""
    if said := await cases.unsettled(uow, concern):
        raise Refused(said)


async def _settle(uow: UnitOfWork, concern: Concern, settling: Settling, *, by: Person, at: datetime) -> None:
    if not await owed(uow, concern) or not settling.how:
        return
    if not visible.can_be_read(settling.reason):
        raise InvalidForm({"open_reason": "Say why: it is part of the record."})
    if settling.how == CANCEL:
        await action_moves.cancel_open(uow, concern, settling.reason, by=by, at=at)
    elif settling.how == CARRY:
        other = await by_reference(uow, settling.to.strip(), by=by, at=at)
        if other is None or not may(by, Doing.ASSIGN, other):
            raise InvalidForm({"open_to": "There is no such concern, or it is not yours to see."})
        await action_moves.carry_over(uow, concern, to=other.id, by=by, at=at)


async def sign_off(
    uow: UnitOfWork, id: ConcernId, words: Answers, *, agreed: bool, by: Person, at: datetime
) -> Concern:
    """Another lead closes it, or keeps it open with the reason."""
    concern = await concern_for(uow, id, Doing.SIGN_OFF, by=by)
    left = await owed(uow, concern)
    settled = concern.sign_off(by=by.id, at=at, open_actions=left) if agreed else concern.keep_open()
    deed = Deed.CLOSED if agreed else Deed.KEPT_OPEN
    sealed = await record(uow, settled, because=Entry(deed=deed, at=at, by=by.id, thing=id, words=words))
    proposer = await uow.people.get(concern.close_proposed_by) if concern.close_proposed_by else None
    if proposer is not None and not agreed:
        await notices.tell(uow, NoticeKind.CHASE, (proposer,), id, step=f"kept_open_{sealed.sequence}")
    return settled


async def reopen(uow: UnitOfWork, id: ConcernId, reason: str, *, by: Person, at: datetime) -> Concern:
    """Closed too soon: whoever opens it again owns it and decides afresh."""
    concern = await concern_for(uow, id, Doing.REOPEN, by=by)
    again = concern.reopen(by=by.id, at=at)
    await record(uow, again, because=Entry(deed=Deed.REOPENED, at=at, by=by.id, thing=id, words={"reason": reason}))
    return again


async def misfile(
    uow: UnitOfWork, id: ConcernId, reason: str, *, wrong: Sequence[PupilId], right: Coming | None, by: Person,
    at: datetime,
) -> Concern:  # fmt: skip
    """It moves to the right child, or another is linked. What was written stays as it is; a pointer stays with whose it
    is not.
    """
    concern = await concern_for(uow, id, Doing.MISFILE, by=by)
    known = await uow.pupils.get([] if right is None else [right.child])
    if right is not None and right.child not in known:
        raise InvalidForm({"right": "This child is not on the list. Choose again from the list."})
    moved = concern.about_children((concern.children - set(wrong)) | set(known))
    if moved.children == concern.children:
        raise InvalidForm({"right": "Choose the child it is about, or the child whose record it is in by mistake."})
    if right is not None and not wrong and not right.part:
        raise InvalidForm({"part": "Say what part this child has in it."})
    facts = {"from": " ".join(str(one) for one in wrong), "to_child": str(right.child) if right else ""}
    deed = Deed.MISFILED if wrong else Deed.LINKED
    words = {**(right.words() if right else {}), "reason": reason}
    await record(uow, moved, because=Entry(deed=deed, at=at, by=by.id, thing=id, facts=facts, words=words))
    for child in wrong:
        pointer = Entry(deed=Deed.MISFILED, at=at, by=by.id, thing=child, facts={"concern": str(id)})
        await uow.trail.append(pointer)
    await naming.name_relatives(uow, await uow.concerns.get(id) or moved, moved.children, by=by, at=at)
    return moved
