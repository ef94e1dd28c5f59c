"""Triage of a concern about an adult: allegation or low-level, the child, what was done before the LADO was told.

Runs in the caller's unit of work. What comes after it (the LADO, the meeting, the outcome) is the wing `adults`.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

from handlers import allegation as cases
from handlers.access import concern_for
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import graver
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.reporter import later_part
from handlers.reporter.later_part import LaterPart
from handlers.rules import allegation
from handlers.rules.adults import Clock
from handlers.rules.allegation import Case, ChildIs, Judged
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Outcome
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PupilId
from handlers.triage import adult_form
from handlers.ui import reader
from handlers.ui.form import is_id

NOT_A_CHILDS = "This is about an adult who works here, and has a triage of its own. Press “Triage” again."
NOT_AN_ADULTS = "This is not about an adult who works here. Press “Triage” again."
_PLAIN = frozenset({"review_date", "adult_child"})
"""What is a fact of the entry, or of the concern: the rest is sealed words."""


async def triage_adult(uow: UnitOfWork, id: ConcernId, answers: Answers, *, by: Person, at: datetime) -> Concern:
    """Record what it is judged to be, with its rationale. A child who is named goes to the leads at once; what a lead
    has by the school's policy, and is an allegation, goes to the head.

    Raises `InvalidForm` where something is owed.
    """
    concern = await concern_for(uow, id, Doing.DECIDE, by=by)
    if not allegation.is_about(concern):
        raise Refused(NOT_AN_ADULTS)
    case = await cases.case_of(uow, concern)
    review = _check(uow, answers, case, at=at)
    decided = concern.decide(Outcome.ADULT_CONDUCT, by=by.id, at=at, review_at=review)
    words = {name: value for name, value in answers.items() if value and name not in _PLAIN}
    facts = {
        "outcome": Outcome.ADULT_CONDUCT.value,
        "review": review.isoformat(),
        "second": decided.second.value,
        "told": "yes" if words.get("tell_reporter") else "no",
    }
    await record(uow, decided, because=Entry(deed=Deed.DECIDED, at=at, by=by.id, thing=id, facts=facts, words=words))
    if (child := child_in(answers)) is not None and case.child is not ChildIs.NAMED:
        await later_part.make(uow, decided, replace(child, unsafe=_unsafe(answers)), by=by, at=at)
    if answers.get(allegation.JUDGED) == Judged.ALLEGATION:
        await graver.to_the_head(uow, id, by=by, at=at)
    return await uow.concerns.get(id) or decided


def child_in(answers: Answers) -> LaterPart | None:
    """Whom it names, and their part in it."""
    picked = str(answers.get("adult_child") or "")
    if not is_id(picked) or answers.get(allegation.CHILD) != ChildIs.NAMED:
        return None
    return LaterPart(child=PupilId(UUID(picked)), part=str(answers.get("adult_child_part") or ""))


def _unsafe(answers: Answers) -> bool:
    return answers.get("child_safe") == "no"


def check_child(answers: Answers) -> dict[str, str]:
    """What is missing of the answer to the question for the child."""
    return adult_form.fault_of_child(
        str(answers.get(allegation.CHILD) or ""), picked=bool(answers.get("adult_child")),
        part=bool(answers.get("adult_child_part")), why=bool(reader.said(answers, "child_why")),
    )  # fmt: skip


def _check(uow: UnitOfWork, answers: Answers, case: Case, *, at: datetime) -> datetime:
    """The day on which it is looked at again. Raises `InvalidForm`."""
    judged, ticked = str(answers.get(allegation.JUDGED) or ""), answers.get(allegation.LIMBS) or ()
    faults = adult_form.fault_of(judged, (ticked,) if isinstance(ticked, str) else ticked)
    asked = judged == Judged.ALLEGATION or bool(answers.get(allegation.CHILD))
    if asked and case.child is not ChildIs.NAMED:
        faults |= check_child(answers)
    if answers.get("child_safe") in {"no", "not_known"} and not reader.said(answers, "safe_how"):
        faults["safe_how"] = "Say who sees to the child now, and how."
    if (case.triaged_at is None or case.raised_at is not None) and not answers.get("asked_before"):
        faults["asked_before"] = "Please answer this."
    if answers.get("asked_before") == "yes" and not reader.said(answers, "before_what"):
        faults["before_what"] = "Write down who was asked what, and by whom: the LADO will ask."
    review = _review(uow, str(answers.get("review_date") or ""), at=at)
    if review <= at:
        faults["review_date"] = "This day has passed already. Choose a later one."
    if faults:
        raise InvalidForm(faults)
    return review


def _review(uow: UnitOfWork, text: str, *, at: datetime) -> datetime:
    """What was given; else so many days on, when school is open."""
    calendar = uow.school.calendar
    if text:
        return calendar.opening(date.fromisoformat(text))
    then = at + timedelta(days=ENGLAND.adults.days[Clock.REVIEW])
    day = then.astimezone(calendar.zone).date()
    return calendar.opening(day) if calendar.is_school_day(day) else calendar.next_opening(then)
