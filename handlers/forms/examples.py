"""One example of every form, with invented people: what the golden files and the parity tests draw."""

from collections.abc import Mapping
from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.cards.model import Facts
from handlers.forms import account, concern, moves, quick, review
from handlers.forms.model import Form
from handlers.rules.calendar import Calendar, Term
from handlers.rules.chronology import Answers
from handlers.rules.people import Person, PersonId, Role

KEY = "5a1d7c1e-0000-4000-8000-000000000001"
CHILD = "5a1d7c1e-0000-4000-8000-0000000000c1"
NAMES: Mapping[str, str] = {CHILD: "Mia Patel · 8B · Year 8"}
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"),
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
)
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
    "mark_look_1": "A red line, about 3 cm, skin not broken",
    "mark_why_1": "\"The strap of my bag\", she said",
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
_OTHERS = (
    Person(id=PersonId(UUID(int=2)), name="Priya Raman", role=Role.LEAD),
    Person(id=PersonId(UUID(int=3)), name="Dana Okello", role=Role.DEPUTY),
)
_MOVE = f"{KEY}:0123456789ab"


_HINTED: Answers = {**ANSWERS, "facts": "She held her sleeve down. She was obviously scared of going home."}


def _adult(number: int) -> Form:
    return concern.page(
        KEY, number, {**ANSWERS, "about": "both", "danger": "yes"}, NAMES, numbers=(("Lee Abara", "01632 960 101"),)
    )


def _account(text: str, number: int) -> Form:
    about = (Facts((("How soon", "Today"), ("Reported by", "Tess Hallam"))),)
    answers = {**ANSWERS, "facts": text}
    return account.window(KEY, "Concern 26-0001", about, answers, NAMES, number=number)


EXAMPLES: Mapping[str, Form] = {
    "concern_1_empty": concern.page(KEY, 1, {}, {}),
    "concern_1": concern.page(KEY, 1, ANSWERS, NAMES),
    "concern_2_child": concern.page(KEY, 2, ANSWERS, NAMES),
    "concern_2_both": _adult(2),
    "concern_3": concern.page(KEY, 3, ANSWERS, NAMES),
    "concern_4": concern.page(KEY, 4, ANSWERS, NAMES),
    "quick": quick.form(KEY, {}, {}),
    "review": review.page(KEY, _HINTED, NAMES, year="Y8"),
    "review_clean": review.page(KEY, {**ANSWERS, "hinted": "yes"}, NAMES, year="Y8"),
    "account": _account(str(ANSWERS["facts"]), 1),
    "account_long": _account("She said it again. " * 900, 2),
    "escalate": moves.escalate(_MOVE, "26-0001"),
    "hand_over": moves.hand_over(_MOVE, "26-0001", _OTHERS),
    "hand_over_to_nobody": moves.hand_over(_MOVE, "26-0001", ()),
    "assign": moves.assign(_MOVE, "26-0001", _OTHERS),
    "decide": moves.decide(_MOVE, "26-0001"),
    "close": moves.close(_MOVE, "26-0001"),
    "done": moves.done(_MOVE, "26-0001/1"),
    "add": moves.add(_MOVE, "26-0001"),
}
