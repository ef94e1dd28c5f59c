"""The short forms behind a lead's buttons, one function each: what is asked, and nothing about what it does.

Their key is `<id of the concern or action>:<a nonce>`, minted when the form is opened: a form that is sent
twice is known by it. `subject` reads the id back.
"""

from collections.abc import Sequence
from uuid import UUID, uuid4

from handlers.cards.model import Words
from handlers.forms.model import ChoiceField, Form, Option, Part, TextField
from handlers.forms.read import Reader
from handlers.rules.chronology import Answers
from handlers.rules.concern import Outcome
from handlers.rules.people import Person

ESCALATE, HAND_OVER, DECLINE, COVER = "escalate", "hand_over", "decline", "cover"
ADD = "add"

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


def decline(key: str, reference: str) -> Form:
    reason = TextField(name="reason", label="Why can you not take it?", required=True, long=True)
    return _form(DECLINE, key, "Decline", reference, (reason,), submit="Decline")


def cover(key: str, reference: str) -> Form:
    reason = TextField(
        name="reason", label="Why do you take it over?", required=True, long=True,
        hint="For instance: its owner is away until Monday. They are told.",
    )
    return _form(COVER, key, "Take over", reference, (reason,), submit="Take over")


def _options(people: Sequence[Person]) -> tuple[Option, ...]:
    return tuple(Option(key=str(person.id), label=person.name[:75]) for person in people)


NOBODY_ELSE = "There is nobody else who may take this concern. Escalate it if you cannot act."


def add(key: str, reference: str) -> Form:
    more = TextField(
        name="more", label="What you want to add", required=True, long=True,
        hint="What you sent stays as it is. This is added to it.",
    )
    return _form(ADD, key, "Add to it", reference, (more,), submit="Add")


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
