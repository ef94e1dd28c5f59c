"""What whoever runs a case about an adult records of it. Each function runs inside the caller's unit of work.

Nothing of it is typed twice: how a case stands is read back from these entries (`rules.allegation`).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import allegation as cases
from handlers.access import concern_for
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import graver
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.referrals import form as referral_form
from handlers.referrals import moves as referrals
from handlers.reporter import later_part
from handlers.rules import allegation
from handlers.rules.adults import Barring, Outcome
from handlers.rules.agency import Agency
from handlers.rules.allegation import Barred, Case, ChildIs, Meeting
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import CannotMove, Concern, ConcernId, Status
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.referral import Method, Referral, ReferralStatus
from handlers.triage import adults
from handlers.ui import reader

NOT_ABOUT = "This is for a concern about an adult who works here."
NO_ANSWER = "no_answer"
LOW_LEVEL = "This is a low-level concern. Raise it to an allegation first, if it is one."


async def case_for(
    uow: UnitOfWork, id: ConcernId, *, by: Person, grave: bool = True
) -> tuple[Concern, Case]:
    """The concern with its case, authority read afresh. `grave`: refused of one that is no allegation."""
    concern = await concern_for(uow, id, Doing.RUN_CASE, by=by)
    if not allegation.is_about(concern):
        raise Refused(NOT_ABOUT)
    concern.must_be_open()
    case = await cases.case_of(uow, concern)
    if grave and case.low_level:
        raise CannotMove(LOW_LEVEL)
    return concern, case


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Something that was said with the LADO."""

    method: Method | None
    """None where they had been told before."""
    at: datetime
    said: str
    """`meets`, `does_not` or `no_answer`."""
    words: Answers
    """By the names of the fields of a referral."""


def lado() -> Agency:
    """The agency of the pack that is told of an allegation."""
    return next(agency for agency in ENGLAND.agencies if agency.is_told_of_allegations)


async def standing(uow: UnitOfWork, concern: Concern) -> Referral | None:
    """The referral to the LADO, the latest that was not withdrawn."""
    made = [one for one in await uow.referrals.of(concern.id) if one.agency == lado().key]
    return next((one for one in reversed(made) if one.status is not ReferralStatus.WITHDRAWN), None)


async def speak_to_lado(uow: UnitOfWork, id: ConcernId, contact: Contact, *, by: Person, at: datetime) -> Concern:
    """Keep that they were told, and what they said: a referral with its clocks, its answer, or what was said later."""
    concern, _ = await case_for(uow, id, by=by, grave=False)
    if contact.said != NO_ANSWER and not reader.said(contact.words, referral_form.SAID):
        raise InvalidForm({referral_form.SAID: "Write down what they advised: what is done next rests on it."})
    told = await standing(uow, concern)
    if told is None:
        told = await _tell(uow, concern, contact, by=by, at=at)
    elif contact.said == NO_ANSWER or not told.waiting:
        await _again(uow, concern, contact, by=by, at=at)
        return await uow.concerns.get(id) or concern
    if contact.said != NO_ANSWER:
        await _answer(uow, told, contact, by=by, at=at)
    return await uow.concerns.get(id) or concern


async def _tell(uow: UnitOfWork, concern: Concern, contact: Contact, *, by: Person, at: datetime) -> Referral:
    if contact.method is None:
        raise InvalidForm({referral_form.METHOD: "Say how you told them."})
    names = (referral_form.REFERENCE, referral_form.CONTACT, referral_form.TOLD, referral_form.PARENTS)
    words = {name: contact.words[name] for name in names if contact.words.get(name)}
    sending = referrals.Sending(
        agency=lado(), method=contact.method, sent_at=contact.at, words=words,
        children=concern.children,
    )  # fmt: skip
    return await referrals.send_referral(uow, concern.id, sending, by=by, at=at)


async def _answer(uow: UnitOfWork, told: Referral, contact: Contact, *, by: Person, at: datetime) -> None:
    meets = contact.said == "meets"
    said = referral_form.ACCEPTED if meets else referral_form.REFUSED
    words = {
        referral_form.ANSWERED: referral_form.ANSWERS[said],
        referral_form.SAID: contact.words[referral_form.SAID],
        referral_form.REFERENCE: contact.words.get(referral_form.REFERENCE, ""),
    }
    await referrals.answer_referral(uow, told.id, words, accepted=meets, received_at=contact.at, by=by, at=at)


async def _again(uow: UnitOfWork, concern: Concern, contact: Contact, *, by: Person, at: datetime) -> None:
    names = (referral_form.CONTACT, referral_form.REFERENCE, referral_form.SAID)
    words = {name: contact.words[name] for name in names if contact.words.get(name)}
    await _keep(
        uow, concern, Deed.LADO_SPOKEN, {"lado_said": contact.said, **words}, by=by, at=at,
        facts={"event": contact.at.isoformat()},
    )  # fmt: skip


async def say_of_child(uow: UnitOfWork, id: ConcernId, answers: Answers, *, by: Person, at: datetime) -> Concern:
    """Name the child, whose part goes to the leads at once; or why none is named. Raises `InvalidForm`."""
    concern, case = await case_for(uow, id, by=by)
    must_be_unnamed(case)
    if faults := adults.check_child(answers):
        raise InvalidForm(faults)
    if (child := adults.child_in(answers)) is not None:
        await later_part.make(uow, concern, child, by=by, at=at)
    else:
        words = {name: answers[name] for name in (allegation.CHILD, "child_why")}
        await _keep(uow, concern, Deed.CHILD_ASKED, words, by=by, at=at)
    return await uow.concerns.get(id) or concern


def must_be_unnamed(case: Case) -> None:
    if case.child is ChildIs.NAMED:
        raise CannotMove("The child's part has been made already. Whoever has it can link another child to it.")


async def record_meeting(
    uow: UnitOfWork, id: ConcernId, words: Answers, *, when: datetime | None, by: Person, at: datetime
) -> Concern:
    """The agencies' meeting is planned, was held, or is not needed. Raises `InvalidForm`."""
    concern, _ = await case_for(uow, id, by=by)
    stands = Meeting(str(words[allegation.MEETING]))
    if stands is not Meeting.NOT_HELD and when is None:
        raise InvalidForm({referral_form.DATE: "Give the day and the time."})
    if stands is Meeting.PLANNED and when is not None and when <= at:
        raise InvalidForm({referral_form.DATE: "This has passed already. Was it held? Then choose “Held”."})
    if stands is Meeting.HELD and when is not None and when > at:
        raise InvalidForm({referral_form.DATE: "This is still to come. Choose “Planned”."})
    if stands is not Meeting.PLANNED and not reader.said(words, "meeting_came_of"):
        raise InvalidForm({"meeting_came_of": "Write down what came of it, or who says that none is needed, and why."})
    facts = {"due": when.isoformat()} if when and stands is Meeting.PLANNED else {}
    facts |= {"event": when.isoformat()} if when and stands is Meeting.HELD else {}
    await _keep(uow, concern, Deed.STRATEGY, words, by=by, at=at, facts=facts)
    return concern


async def record_suspension(uow: UnitOfWork, id: ConcernId, words: Answers, *, by: Person, at: datetime) -> Concern:
    """That it was considered, with its alternatives, what was decided and why."""
    concern, _ = await case_for(uow, id, by=by)
    await _keep(uow, concern, Deed.SUSPENSION, words, by=by, at=at)
    return concern


async def record_support(
    uow: UnitOfWork, id: ConcernId, words: Answers, *, when: datetime, by: Person, at: datetime
) -> Concern:
    """What the adult was told and who keeps them informed; or why they are not told yet. Raises `InvalidForm`."""
    concern, _ = await case_for(uow, id, by=by)
    told = words[allegation.TOLD] == "told"
    faults: dict[str, str] = {}
    if not reader.said(words, "adult_told_what"):
        faults["adult_told_what"] = "Write down what they were told." if told else "Say why they are not told yet."
    if told and not reader.said(words, "named_contact"):
        faults["named_contact"] = "Name the person who keeps them informed."
    if faults:
        raise InvalidForm(faults)
    facts = {"event": when.isoformat()} if told else {}
    await _keep(uow, concern, Deed.ADULT_SUPPORT, words, by=by, at=at, facts=facts)
    return concern


async def record_finding(uow: UnitOfWork, id: ConcernId, words: Answers, *, by: Person, at: datetime) -> Outcome:
    """One of the five outcomes, with its rationale. Its owner alone records it, of what has been triaged."""
    concern, case = await case_for(uow, id, by=by)
    must_be_findable(concern, case, by)
    await _keep(uow, concern, Deed.FOUND_OF_ADULT, words, by=by, at=at)
    after = await cases.case_of(uow, concern)
    assert after.finding is not None
    return ENGLAND.adults.outcome(after.finding)


def must_be_findable(concern: Concern, case: Case, by: Person) -> None:
    if concern.owner is None:
        raise CannotMove("Accept this concern first: its outcome needs an owner.")
    if concern.owner != by.id:
        raise Refused("Only whoever has accepted this concern can record its outcome.")
    if concern.status is not Status.TRIAGED or case.raised_at is not None or case.triaged_at is None:
        raise CannotMove("Triage it as an allegation first. Then record its outcome.")


async def record_barring(uow: UnitOfWork, id: ConcernId, words: Answers, *, by: Person, at: datetime) -> Concern:
    """The adult was referred to a body, or why that is not needed. Raises `InvalidForm`."""
    concern, case = await case_for(uow, id, by=by)
    called = {body.key for body in must_be_called_for(case)}
    faults: dict[str, str] = {}
    if words[allegation.BODY] not in called:
        faults[allegation.BODY] = "What was found does not call for this one. Choose another."
    if words[allegation.BARRED] == Barred.REFERRED and not words.get("barring_date"):
        faults["barring_date"] = "Give the day on which the adult was referred."
    if words[allegation.BARRED] == Barred.NOT_NEEDED and not reader.said(words, "barring_why"):
        faults["barring_why"] = "Say why it is not needed, and who says so: the law asks for it where it is."
    if faults:
        raise InvalidForm(faults)
    await _keep(uow, concern, Deed.BARRING, words, by=by, at=at)
    return concern


def must_be_called_for(case: Case) -> tuple[Barring, ...]:
    """The bodies that what was found calls for. Raises `CannotMove` where that is none."""
    if called := tuple(body for body in ENGLAND.adults.barring if allegation.called_for(case, body)):
        return called
    raise CannotMove("Nothing that was found calls for such a referral. Record the outcome first.")


async def make_graver(uow: UnitOfWork, id: ConcernId, reason: str, *, by: Person, at: datetime) -> Concern:
    """A low-level concern counts as an allegation from now; what a lead has by the school's policy goes to the head."""
    concern, case = await case_for(uow, id, by=by, grave=False)
    must_be_low_level(case)
    words = {"reason": reason}
    if (moved := await graver.to_the_head(uow, id, words, by=by, at=at)) is not None:
        return moved
    await _keep(uow, concern, Deed.MADE_GRAVER, words, by=by, at=at)
    return await uow.concerns.get(id) or concern


def must_be_low_level(case: Case) -> None:
    if case.allegation:
        raise CannotMove("This is an allegation already.")


_NOTHING: Mapping[str, str] = {}


async def _keep(
    uow: UnitOfWork, concern: Concern, deed: Deed, words: Answers, *, by: Person, at: datetime,
    facts: Mapping[str, str] = _NOTHING,
) -> None:  # fmt: skip
    """Written with the concern, so that its version moves and its cards are drawn again."""
    typed = {name: value for name, value in words.items() if value}
    entry = Entry(deed=deed, at=at, by=by.id, thing=concern.id, facts=facts, words=typed)
    await record(uow, concern, because=entry)
