"""The short forms behind a lead's buttons, one function each: what is asked, and nothing about what it does.

Their key is `<id of the concern or action>:<a nonce>`, minted when the form is opened: a form that is sent
twice is known by it. `subject` reads the id back.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from handlers.cards.model import Words
from handlers.forms.model import ChoiceField, DateField, Form, Option, Part, PickField, Source, TextField, TimeField
from handlers.forms.read import Reader
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.concern import Outcome
from handlers.rules.people import Person

ESCALATE, HAND_OVER, ASSIGN = "escalate", "hand_over", "assign"
DECIDE, CLOSE, DONE, ADD = "decide", "close", "done", "add"

OUTCOMES = tuple(
    Option(key=key, label=label)
    for key, label in {
        Outcome.MONITORING: "Monitoring",
        Outcome.INTERNAL_SUPPORT: "Support in school",
        Outcome.EARLY_HELP: "Early help",
        Outcome.REFERRAL: "Referral to an outside agency",
        Outcome.ADULT_CONDUCT: "Adult conduct",
        Outcome.NO_FURTHER_ACTION: "No further action",
    }.items()
)


def key(id: UUID) -> str:
    return f"{id}:{uuid4().hex[:12]}"


def subject(key: str) -> UUID:
    """The id in a form's key. ValueError when it is not one of ours."""
    return UUID(key.partition(":")[0])


def escalate(key: str, reference: str) -> Form:
    reason = TextField(
        name="reason", label="Why does it need to go further?", required=True, long=True
    )
    return _form(ESCALATE, key, "Escalate", reference, (reason,), submit="Escalate")


def hand_over(key: str, reference: str, others: Sequence[Person]) -> Form:
    options = _options(others)
    to = ChoiceField(
        name="to", label="Hand over to", options=options, required=True, menu=True,
        hint="You stay the owner until they accept.",
    )
    note = TextField(name="note", label="What they need to know", long=True)
    parts: tuple[Part, ...] = (to, note) if options else (Words(text=NOBODY_ELSE),)
    return _form(HAND_OVER, key, "Hand over", reference, parts, submit="Hand over" if options else "")


def _options(people: Sequence[Person]) -> tuple[Option, ...]:
    return tuple(Option(key=str(person.id), label=person.name[:75]) for person in people)


NOBODY_ELSE = "There is nobody else who may take this concern. Escalate it if you cannot act."


MOST_LISTED = 100
"""Choices in one list (Slack's limit, and on Teams well within a card's 25 KB)."""


def assign(key: str, reference: str, staff: Sequence[Person]) -> Form:
    listed = _options(staff) if len(staff) <= MOST_LISTED else ()
    parts = (
        PickField(
            name="owner", label="Who will do it?", source=Source.STAFF, required=True,
            hint="Type two letters of the name.", options=listed,
        ),
        TextField(
            name="what", label="What is to be done?", required=True, long=True,
            hint="They see this, and nothing else of the concern.",
        ),
        DateField(name="due_date", label="Due date", required=True),
        TimeField(name="due_time", label="Due time", hint="The end of the school day if you leave this."),
    )
    return _form(ASSIGN, key, "Assign an action", reference, parts, submit="Assign")


def decide(key: str, reference: str) -> Form:
    parts = (
        ChoiceField(name="outcome", label="Decision", options=OUTCOMES, required=True, menu=True),
        TextField(
            name="rationale", label="Rationale", required=True, long=True,
            hint="Why this, on what evidence, against which threshold.",
        ),
        TextField(name="rejected", label="What you considered and did not choose", long=True),
    )
    return _form(DECIDE, key, "Decide", reference, parts, submit="Record decision")


def close(key: str, reference: str) -> Form:
    outcome = TextField(
        name="outcome", label="How was it resolved?", required=True, long=True,
        hint="The outcome for the child, and the reasons.",
    )
    return _form(CLOSE, key, "Close", reference, (outcome,), submit="Close concern")


def done(key: str, reference: str) -> Form:
    what = TextField(name="what_done", label="What did you do?", required=True, long=True)
    return _form(DONE, key, "Action done", reference, (what,), submit="Done")


def add(key: str, reference: str) -> Form:
    more = TextField(
        name="more", label="What you want to add", required=True, long=True,
        hint="What you sent stays as it is. This is added to it.",
    )
    return _form(ADD, key, "Add to it", reference, (more,), submit="Add")


def due(answers: Answers, *, calendar: Calendar, at: datetime) -> datetime:
    """The moment an action is due; raises `InvalidForm` when that is past."""
    reader = Reader(answers)
    clock = reader.text("due_time") or calendar.closes.strftime("%H:%M")
    moment = Reader({**answers, "due_time": clock}).moment("due_date", "due_time", calendar)
    if moment is None or moment <= at:
        reader.complain("due_date", "This time has passed already. Choose a later one.")
    reader.finish()
    assert moment is not None
    return moment


def check(form: Form, answers: Answers) -> Reader:
    """Complaints about the fields of that form, raised together as `InvalidForm`."""
    reader = Reader(answers)
    reader.check(form.fields())
    reader.finish()
    return reader


def _form(
    id: str, key: str, title: str, reference: str, parts: tuple[Part, ...], *, submit: str
) -> Form:
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    return Form(id=id, key=key, title=title, submit=submit, leave="Cancel", parts=(*about, *parts))
