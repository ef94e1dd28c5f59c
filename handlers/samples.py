"""An invented school on one day, for every wing's examples: its people, one concern, one account, what is owed.

Values only. Not allowed here: a card, a form, anything of a wing.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.rules.action import Action, ActionId
from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Concern, ConcernId, Outcome, Route, Urgency
from handlers.rules.held import Held
from handlers.rules.order import Weight
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.school import OutsideContact, School, SchoolId
from handlers.situation import Situation
from handlers.ui.card import Press
from handlers.ui.lines import Line
from handlers.ui.numbers import Numbers

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
LEE, PRIYA, TESS = PersonId(UUID(int=1)), PersonId(UUID(int=2)), PersonId(UUID(int=6))
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"),
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
    today=AT.date(),
)
OUTSIDE = OutsideContact(name="Fernshire Safeguarding Hub", telephone="01632 960 999")
SCHOOL = School(
    id=SchoolId(UUID(int=99)),
    name="Kingfisher Academy",
    calendar=CALENDAR,
    leads_places=(),
    outside=OUTSIDE,
    tenants=(),
)
LEADS = (Person(id=LEE, name="Lee Abara", roles=frozenset({Role.LEAD}), telephone="01632 960 101"),)
TO_RING = Numbers(here=(("Lee Abara", "01632 960 101"),))
NUMBERS = (("Lee Abara", "01632 960 101"),)
OTHERS = (
    Person(id=PRIYA, name="Priya Raman", roles=frozenset({Role.LEAD})),
    Person(id=PersonId(UUID(int=3)), name="Dana Okello", roles=frozenset({Role.DEPUTY})),
)

KEY = "5a1d7c1e-0000-4000-8000-000000000001"
MOVE = f"{KEY}:0123456789ab"
CHILD, OTHER_CHILD = "5a1d7c1e-0000-4000-8000-0000000000c1", "5a1d7c1e-0000-4000-8000-0000000000c2"
NAMES: Mapping[str, str] = {CHILD: "Mia Patel · 8B · Year 8"}
BOTH_NAMES: Mapping[str, str] = {**NAMES, OTHER_CHILD: "Mia Patel · 4K · Year 4"}

RAISED = Concern(
    id=ConcernId(UUID(KEY)),
    reference="26-48213",
    reporter=TESS,
    about=About.CHILD,
    route=Route.LEADS,
    urgency=Urgency.TODAY,
    submitted_at=AT,
)
OWNED = RAISED.see(at=AT).accept(by=LEE, at=AT + timedelta(minutes=4))
DECIDED = OWNED.decide(Outcome.MONITORING, by=LEE, at=AT + timedelta(minutes=30))
CLOSED = DECIDED.close(at=AT + timedelta(days=2), open_actions=0)
ACTION = Action(
    id=ActionId(UUID("5a1d7c1e-0000-4000-8000-0000000000a1")),
    concern=RAISED.id,
    number=1,
    owner=TESS,
    assigned_by=LEE,
    assigned_at=AT,
    due_at=AT + timedelta(days=1),
)
NOW = Situation(
    calendar=CALENDAR,
    names={LEE: "Lee Abara", PRIYA: "Priya Raman", TESS: "Tess Hallam"},
    accept_by=AT + timedelta(minutes=30),
    at=AT + timedelta(minutes=5),
    outside=f"{OUTSIDE.name}, {OUTSIDE.telephone}",
    officer=("Fernshire LADO", "01632 960 998"),
    held=Held(by=(Role.LEAD,)),
)
LATE = replace(NOW, at=AT + timedelta(days=3))
TAKEN = Held(by=(Role.LEAD,), owned=True, owner=Role.LEAD)
"""By a lead."""


def reference(number: int) -> str:
    """One for each number, the same in each run, and in no order."""
    return f"26-{10_000 + number * 37_517 % 90_000}"


def waits(count: int, state: str, *, late: int = 0) -> tuple[Line, ...]:
    """So many concerns in one state, the first `late` of them late."""
    return tuple(
        Line(
            name=reference(number), state=state, press=Press.OPEN, subject=UUID(int=0xB0A2D0000 + number), version=1,
            weight=Weight(urgency=Urgency.WEEK, since=AT, late=number <= late),
        )
        for number in range(1, count + 1)
    )  # fmt: skip


ANSWERS: Answers = {
    "danger": "no",
    "about": "child",
    "urgency": "today",
    "told_lead": "yes",
    "told_whom": "Lee Abara, at 09:10",
    "source": "child",
    "child_1": CHILD,
    "role_1": "harmed",
    "happened": "then",
    "happened_date": "2026-11-23",
    "happened_time": "15:40",
    "learned": "then",
    "learned_date": "2026-11-24",
    "learned_time": "09:05",
    "place": "route",
    "place_words": "The bus stop opposite the gate",
    "facts": "Mia came to me at the start of tutor time. She held her left sleeve down with her other hand.",
    "own_words": "\"I don't want to get the bus, *they* wait for me <there> & {{they}} take my stuff\"",
    "questions": "Can you tell me more about that?",
    "told_by": "words",
    "looked": "She spoke quietly and looked at the floor. She was shaking.",
    "marks": "1",
    "view": "I think this has gone on for some weeks, because she has asked twice to stay late.",
    "mark_1": "front_forearm",
    "mark_side_1": "left",
    "mark_look_1": "A red line, about 3 cm",
    "mark_broken_1": "no",
    "mark_why_1": "\"The strap of my bag\"",
    "mark_by_1": "Mia",
    "done": "Sat with her, told her I would tell a lead.",
    "child_now": "In period 1, with Mr Lund",
    "safe_home": "unsure",
    "parent_told": "no",
    "wishes": "She wants to walk home with her sister.",
    "said_whom": "yes",
    "kinds": ("child_on_child", "not_sure"),
    "notes": "no",
    "own_account": ("yes",),
}
MARKED: Answers = {
    **ANSWERS,
    "child_2": OTHER_CHILD,
    "role_2": "witness",
    "own_words_2": "  he dun it, innit ",
    "told_by_2": "interpreter",
    "told_with": "Ada Kovac, Polish",
    "questions": "What happened?\nTell me about your arm.\n\nWho else was there?",
    "marks": "3",
    "mark_2": "back_lower_back",
    "mark_side_2": "middle",
    "mark_look_2": "A round bruise, about 2 cm, yellow at the edge",
    "mark_broken_2": "unknown",
    "mark_3": "front_cheek",
    "mark_side_3": "right",
    "mark_broken_3": "yes",
}
"""Two children and three marks."""
HINTED: Answers = {**ANSWERS, "facts": "She held her sleeve down. She was obviously scared of going home."}
"""One sentence that the guard asks about."""
