"""How a case about an adult stands, and what may be recorded of it next. Reads; each reading is kept.

It shows what is recorded, what is late and what may stand in a reference; it advises no step that the LADO decides.
"""

from collections.abc import Iterator
from datetime import datetime

from handlers import allegation as cases
from handlers.access import concern_for
from handlers.adults import form
from handlers.adults.moves import NOT_ABOUT
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.record import labels
from handlers.rules import allegation
from handlers.rules.allegation import Case, ChildIs, Judged, Meeting, Owed, Step
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Press, Words
from handlers.ui.form import Form, Part

NOT_YET = "not recorded"
LATE = {
    Step.LIMBS: "triage it as an allegation",
    Step.CHILD: "name the child, or say why there is none",
    Step.SUSPENSION: "record that suspension was considered",
    Step.WRITTEN: "give the adult who is suspended the reasons in writing, and record the date",
    Step.SUPPORT: "record that the adult was told, or why not yet",
    Step.MEETING: "record what came of the meeting",
    Step.BARRING: "record what became of the referral that the law asks for",
}
"""What is to be done at each step that is chased."""


async def open_steps(uow: UnitOfWork, key: str, id: ConcernId, *, by: Person, at: datetime) -> Form:
    """The window, for one who may read it; what may be recorded is listed for whoever runs the case."""
    concern = await concern_for(uow, id, Doing.READ, by=by)
    if not allegation.is_about(concern):
        raise Refused(NOT_ABOUT)
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=id, facts={"what": "case"}))
    case, told = await cases.case_of(uow, concern), await cases.told_at(uow, concern)
    calendar = uow.school.calendar
    late = [one for one in allegation.owed(case, ENGLAND.adults, calendar, told=told) if one.due <= at]
    parts = (*_late(late, calendar), *_ring(uow, concern, case, told), *stands(case, calendar, told=told))
    runs = may(by, Doing.RUN_CASE, concern)
    return form.steps(key, concern.reference, parts, offered(concern, case, by) if runs else ())


def offered(concern: Concern, case: Case, by: Person) -> tuple[Press, ...]:
    """What may be recorded as it stands."""
    if concern.status is Status.CLOSED:
        return ()
    if case.low_level:
        return (Press.LADO, Press.GRAVER)
    triaged = concern.status is Status.TRIAGED and case.triaged_at is not None and case.raised_at is None
    shown = {
        Press.LADO: True,
        Press.CHILDS_PART: case.child is not ChildIs.NAMED,
        Press.STRATEGY: True,
        Press.SUSPENSION: True,
        Press.ADULT_SUPPORT: True,
        Press.FINDING: triaged and concern.owner == by.id,
        Press.BARRING: any(allegation.called_for(case, body) for body in ENGLAND.adults.barring),
    }
    return tuple(press for press, holds in shown.items() if holds)


def _late(late: list[Owed], calendar: Calendar) -> Iterator[Part]:
    for one in late:
        yield Words(text=f"Due since {say.moment(one.due, calendar)}: {LATE[one.step]}.", alert=True)


def _ring(uow: UnitOfWork, concern: Concern, case: Case, told: datetime | None) -> Iterator[Part]:
    if case.low_level or told is not None or concern.closed_at is not None:
        return
    officer = cases.officer(uow)
    yield Words(text=ENGLAND.words["lado"], alert=True)
    yield Facts(((officer.name, officer.telephone),))


def stands(case: Case, calendar: Calendar, *, told: datetime | None) -> tuple[Part, ...]:
    """Each step with what is recorded of it; of a low-level concern the first two."""

    def when(at: datetime | None) -> str:
        return say.moment(at, calendar) if at else NOT_YET

    judged = [("Judged to be", _judged(case)), ("LADO told", when(told))]
    if case.low_level:
        return (Facts(tuple(judged)), Words(text=ENGLAND.words["low_level_reference"], subtle=True))
    pairs = [
        *judged,
        ("The child", CHILD[case.child]),
        ("Strategy meeting", _meeting(case, calendar)),
        ("Suspension considered", when(case.suspension_at)),
        *((("Reasons in writing", NOT_YET),) if case.unwritten_since else ()),
        ("The adult was told", _told(case, calendar)),
        ("Outcome", ENGLAND.adults.outcome(case.finding).label if case.finding else NOT_YET),
    ]
    bodies = [body for body in ENGLAND.adults.barring if allegation.called_for(case, body)]
    pairs += [(body.name, labels.BARRED.get(case.barred.get(body.key, ""), NOT_YET)) for body in bodies]
    return (Facts(tuple(pairs)), *_reference(case))


def _reference(case: Case) -> tuple[Part, ...]:
    if case.finding is None:
        return ()
    return (Heading("In a reference"), Words(text=ENGLAND.adults.outcome(case.finding).in_reference))


def _judged(case: Case) -> str:
    if case.raised_at is not None:
        return "Raised to an allegation, not yet triaged as one"
    if case.judged is None:
        return "Not triaged yet"
    return "An allegation" if case.judged is Judged.ALLEGATION else "A low-level concern"


CHILD = {
    None: "not asked yet",
    ChildIs.NAMED: "named: their part has been made. Tell whoever has it what they need to know to keep the child safe",
    ChildIs.NOT_YET: "not named yet",
    ChildIs.NONE: "none is concerned",
}


def _meeting(case: Case, calendar: Calendar) -> str:
    if case.meeting is Meeting.PLANNED and case.meeting_at:
        return f"planned for {say.moment(case.meeting_at, calendar)}"
    return {Meeting.HELD: "held", Meeting.NOT_HELD: "none is needed"}.get(case.meeting or Meeting.PLANNED, NOT_YET)


def _told(case: Case, calendar: Calendar) -> str:
    if case.support_at is not None:
        return say.moment(case.support_at, calendar)
    return "not yet, for a reason that is recorded" if case.support_asked_at else NOT_YET
