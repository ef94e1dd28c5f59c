"""What people do with referrals to outside agencies. Each function runs inside the caller's unit of work.

A referral is its concern's: whoever may refer that concern may do all of this, and nobody else learns that it exists.
The agency, its reference, its contact and every reason are sealed in entries; facts hold ids, numbers and moments.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import uuid4

from handlers import allegation, notices
from handlers.access import concern_for
from handlers.errors import InvalidForm, NoSuchConcern
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.record import of_several
from handlers.recording import record_referral
from handlers.referrals import form
from handlers.reporter import duties
from handlers.rules import referral_clocks
from handlers.rules.agency import ALLEGATION, Agency, Whom
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import About, CannotMove, Concern, ConcernId, Status
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PupilId
from handlers.rules.referral import Method, Referral, ReferralId, ReferralStatus
from handlers.ui import reader


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """A referral as somebody says that they made it; `words` by the names of the form's fields."""

    agency: Agency
    method: Method
    sent_at: datetime
    words: Answers
    children: frozenset[PupilId] = frozenset()
    """About whom, of several."""


async def referral_for(uow: UnitOfWork, id: ReferralId, *, by: Person) -> tuple[Referral, Concern]:
    """The referral and its concern, authority read afresh; `NoSuchConcern` for none and for not theirs."""
    referral = await uow.referrals.get(id)
    if referral is None:
        raise NoSuchConcern
    return referral, await concern_for(uow, referral.concern, Doing.REFER, by=by)


def offered(concern: Concern) -> tuple[Agency, ...]:
    """The agencies to which a concern about that may be referred, in the pack's order."""
    return tuple(agency for agency in ENGLAND.agencies if agency.takes(concern.about))


async def send_referral(uow: UnitOfWork, id: ConcernId, sending: Sending, *, by: Person, at: datetime) -> Referral:
    """Keep that an agency was told. Its clock starts when it was, not when that is recorded."""
    concern = await concern_for(uow, id, Doing.REFER, by=by)
    must_be_open(concern)
    agency, calendar = sending.agency, uow.school.calendar
    _check(concern, sending)
    referral = Referral(
        id=ReferralId(uuid4()),
        concern=id,
        number=len(await uow.referrals.of(id)) + 1,
        agency=agency.key,
        method=sending.method,
        sent_at=sending.sent_at,
        sent_by=by.id,
        answer_by=referral_clocks.answer_by(agency, calendar, sent_at=sending.sent_at),
        confirm_by=referral_clocks.confirm_by(agency, sending.method, calendar, sent_at=sending.sent_at),
    )
    words = {form.AGENCY: agency.name, form.METHOD: form.METHODS[sending.method], **sending.words}
    entry = _entry(Deed.REFERRED, referral, words, happened=sending.sent_at, by=by, at=at)
    entry = replace(entry, facts={**entry.facts, **of_several.fact(concern, sending.children)})
    await record_referral(uow, referral, concern, because=entry)
    await notices.tell(uow, NoticeKind.REFERRAL, await _carriers(uow, concern, by), referral.id)
    return referral


def must_be_open(concern: Concern) -> None:
    if concern.merged_into is not None:
        raise CannotMove("This concern has been merged into another one. Look there.")
    if concern.status is Status.CLOSED:
        raise CannotMove("This concern is closed. Reopen it before you refer it.")


def _check(concern: Concern, sending: Sending) -> None:
    """Raises `InvalidForm` beside the field that does not fit the agency."""
    wrong: dict[str, str] = {}
    if not sending.agency.takes(concern.about):
        wrong[form.AGENCY] = "This agency is not for a concern like this one. Choose another."
    if sending.method not in sending.agency.methods:
        ways = ", ".join(form.METHODS[method].lower() for method in sending.agency.methods)
        wrong[form.METHOD] = f"This agency is referred to {ways}."
    about_child = concern.about in {About.CHILD, About.BOTH} and Whom.CHILD in sending.agency.whom
    if about_child and not reader.said(sending.words, form.PARENTS):
        wrong[form.PARENTS] = "Say whether the parents or carers have been told, or why not."
    if about_child and len(concern.children) > 1 and not sending.children & concern.children:
        wrong[form.CHILDREN] = "Choose whom it is about: a letter says no more of any other child than it must."
    if wrong:
        raise InvalidForm(wrong)


async def _carriers(uow: UnitOfWork, concern: Concern, by: Person) -> Sequence[Person]:
    """Whoever has the card: who sent it, and who owns the concern."""
    owner = await uow.people.get(concern.owner) if concern.owner else None
    return (by,) if owner is None or owner.id == by.id else (owner, by)


async def confirm_referral(
    uow: UnitOfWork, id: ReferralId, words: Answers, *, written_at: datetime, by: Person, at: datetime
) -> Referral:
    """What was said has been put in writing."""
    referral, concern = await referral_for(uow, id, by=by)
    if written_at < referral.sent_at:
        raise InvalidForm({form.DATE: "This is before the referral was made. Check the date and the time."})
    confirmed = referral.confirm(at=written_at)
    entry = _entry(Deed.REFERRAL_CONFIRMED, confirmed, words, happened=written_at, by=by, at=at)
    await record_referral(uow, confirmed, concern, because=entry)
    return confirmed


async def answer_referral(
    uow: UnitOfWork, id: ReferralId, words: Answers, *, accepted: bool, received_at: datetime, by: Person, at: datetime
) -> Referral:
    """What the agency said, with its words. A no is not the end of it: it is challenged, or the school says why not."""
    referral, concern = await referral_for(uow, id, by=by)
    if received_at < (referral.stage_at or referral.sent_at):
        raise InvalidForm({form.DATE: "This is before the agency was asked. Check the date and the time."})
    answered = referral.answered(accepted=accepted, at=received_at)
    entry = _entry(Deed.REFERRAL_ANSWERED, answered, words, happened=received_at, by=by, at=at)
    entry = replace(entry, facts={**entry.facts, "answer": form.ACCEPTED if accepted else form.REFUSED})
    await record_referral(uow, answered, concern, because=entry)
    return answered


async def challenge_referral(uow: UnitOfWork, id: ReferralId, reason: str, *, by: Person, at: datetime) -> Referral:
    """Formal disagreement, at the next stage: its deadline runs from now."""
    referral, concern = await referral_for(uow, id, by=by)
    challenged = next_stage(uow, referral, at=at)
    stage = ENGLAND.agency(referral.agency).stages[challenged.stage - 1]
    words = {form.STAGE: f"{challenged.stage}: {stage.whom}", "reason": reason}
    entry = _entry(Deed.REFERRAL_CHALLENGED, challenged, words, happened=at, by=by, at=at)
    await record_referral(uow, challenged, concern, because=entry)
    return challenged


def next_stage(uow: UnitOfWork, referral: Referral, *, at: datetime) -> Referral:
    """The referral as it would be at the next stage. Raises `CannotMove` where there is none, or it is too soon."""
    agency = ENGLAND.agency(referral.agency)
    stage = min(referral.stage + 1, len(agency.stages))
    due = referral_clocks.stage_by(agency, stage, uow.school.calendar, at=at)
    return referral.challenge(at=at, answer_by=due, highest=len(agency.stages))


async def resolve_referral(uow: UnitOfWork, id: ReferralId, reason: str, *, by: Person, at: datetime) -> Referral:
    """The school accepts the answer, or has agreed something else with the agency: with the reason."""
    referral, concern = await referral_for(uow, id, by=by)
    resolved = referral.resolve(at=at)
    entry = _entry(Deed.REFERRAL_RESOLVED, resolved, {"reason": reason}, happened=at, by=by, at=at)
    await record_referral(uow, resolved, concern, because=entry)
    return resolved


async def withdraw_referral(uow: UnitOfWork, id: ReferralId, reason: str, *, by: Person, at: datetime) -> Referral:
    """It should not have been made, or was recorded in error: with the reason."""
    referral, concern = await referral_for(uow, id, by=by)
    withdrawn = referral.withdraw()
    entry = _entry(Deed.REFERRAL_WITHDRAWN, withdrawn, {"reason": reason}, happened=at, by=by, at=at)
    await record_referral(uow, withdrawn, concern, because=entry)
    return withdrawn


def _entry(
    deed: Deed, referral: Referral, words: Answers, *, happened: datetime, by: Person, at: datetime
) -> Entry:
    """The words that were typed are sealed. `event` is when it happened, which may be before it is recorded."""
    facts = {
        "referral": str(referral.id),
        "number": str(referral.number),
        "event": happened.isoformat(),
        **({"stage": str(referral.stage)} if referral.stage else {}),
        **({"due": referral.answer_by.isoformat()} if referral.waiting else {}),
    }
    typed = {name: text for name, text in words.items() if text}
    return Entry(deed=deed, at=at, by=by.id, thing=referral.concern, facts=facts, words=typed)


@dataclass(frozen=True, slots=True, kw_only=True)
class MustTell:
    """An agency that the law says must be told of this concern, by when, and whether it has been."""

    agency: Agency
    due: datetime
    recorded: bool


async def must_tell(uow: UnitOfWork, concern: Concern) -> tuple[MustTell, ...]:
    """The agencies whose deadline runs for this concern, in the pack's order."""
    known = {call.duty.key: call.since for call in await duties.calls(uow, concern.id)}
    if (since := await allegation.since(uow, concern)) is not None:
        known[ALLEGATION] = since
    made = {r.agency for r in await uow.referrals.of(concern.id) if r.status is not ReferralStatus.WITHDRAWN}
    calendar = uow.school.calendar
    return tuple(
        MustTell(
            agency=agency,
            due=referral_clocks.make_by(agency.make, calendar, since=known[agency.make.when]),
            recorded=agency.key in made,
        )
        for agency in ENGLAND.agencies
        if agency.make and agency.make.when in known
    )


def may_carry(person: Person, concern: Concern) -> bool:
    return person.active and may(person, Doing.REFER, concern)
