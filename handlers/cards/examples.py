"""One example of every card in every state that looks different: what the golden files and the parity tests draw."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.cards import plain
from handlers.cards.action import action_card, overdue_card
from handlers.cards.mine import mine_card
from handlers.cards.model import Card
from handlers.cards.receipt import receipt_card
from handlers.cards.triage import Situation, triage_card
from handlers.rules.action import Action, ActionId
from handlers.rules.calendar import Calendar, Term
from handlers.rules.concern import About, Concern, ConcernId, Outcome, Route, Urgency
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.school import OutsideContact, School, SchoolId

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
LEE, PRIYA, TESS = PersonId(UUID(int=1)), PersonId(UUID(int=2)), PersonId(UUID(int=6))
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"),
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
)
RAISED = Concern(
    id=ConcernId(UUID("5a1d7c1e-0000-4000-8000-000000000001")),
    reference="26-0001",
    reporter=TESS,
    about=About.CHILD,
    route=Route.LEADS,
    urgency=Urgency.TODAY,
    submitted_at=AT,
)
_NOW = Situation(
    calendar=CALENDAR,
    names={LEE: "Lee Abara", PRIYA: "Priya Raman", TESS: "Tess Hallam"},
    accept_by=AT + timedelta(minutes=30),
    at=AT + timedelta(minutes=5),
    outside="Fernshire Safeguarding Hub, 01632 960 999",
)
_OWNED = RAISED.see(at=AT).accept(by=LEE, at=AT + timedelta(minutes=4))
_OFFERED = _OWNED.hand_over(to=PRIYA, by=LEE)
_DECIDED = _OWNED.decide(Outcome.MONITORING, by=LEE, at=AT + timedelta(minutes=30))
_CLOSED = _DECIDED.close(at=AT + timedelta(days=2), open_actions=0)
_URGENT = replace(RAISED, urgency=Urgency.NOW)
_CHASED = replace(_URGENT, rung=3, escalated_at=AT + timedelta(minutes=15))
_ACTION = Action(
    id=ActionId(UUID("5a1d7c1e-0000-4000-8000-0000000000a1")),
    concern=RAISED.id,
    number=1,
    owner=TESS,
    assigned_by=LEE,
    assigned_at=AT,
    due_at=AT + timedelta(days=1),
)
_LATE = replace(_NOW, at=AT + timedelta(days=3))
_SCHOOL = School(
    id=SchoolId(UUID(int=99)),
    name="Kingfisher Academy",
    calendar=CALENDAR,
    leads_places=(),
    outside=OutsideContact(name="Fernshire Safeguarding Hub", telephone="01632 960 999"),
    tenants=(),
)
_LEADS = (Person(id=LEE, name="Lee Abara", role=Role.LEAD, telephone="01632 960 101"),)

EXAMPLES: Mapping[str, Card] = {
    "triage_submitted": triage_card(RAISED, _NOW),
    "triage_now": triage_card(_URGENT, _NOW),
    "triage_accepted": triage_card(_OWNED, replace(_NOW, open_actions=2, overdue_actions=1)),
    "triage_offered": triage_card(_OFFERED, _NOW),
    "triage_decided": triage_card(_DECIDED, _NOW),
    "triage_closed": triage_card(_CLOSED, _NOW),
    "chase": triage_card(_CHASED, _NOW, chased=True),
    "receipt": receipt_card(RAISED, _NOW, proof="12 · 0123456789abcdef0123"),
    "receipt_decided": receipt_card(_DECIDED, _LATE),
    "action": action_card(_ACTION, RAISED, _NOW),
    "action_overdue": action_card(_ACTION, RAISED, _LATE, step="plus_1"),
    "action_done": action_card(_ACTION.done(at=AT), RAISED, _NOW),
    "overdue": overdue_card(_ACTION, RAISED, _LATE),
    "say": plain.say("You have accepted concern 26-0001. It is yours now."),
    "way_in": plain.way_in(RAISED.id),
    "mine": mine_card([RAISED, _DECIDED, _CLOSED], CALENDAR),
    "mine_none": mine_card([], CALENDAR),
    "danger": plain.danger_card(RAISED.id),
    "help": plain.help_card(_SCHOOL, _LEADS),
    "alarm": plain.alarm_card("The leads' channel cannot be used."),
}
