"""The short forms about whose a concern is: carried up, handed over, declined, taken over."""

from collections.abc import Sequence

from handlers.rules.people import Person
from handlers.ui import who
from handlers.ui.card import Words
from handlers.ui.form import DateField, Form, Part, TextField, TimeField
from handlers.ui.keys import short_form
from handlers.ui.spoken_days import Looks

ESCALATE, HAND_OVER, DECLINE, COVER, SAFE = "escalate", "hand_over", "decline", "cover", "safe_until"
UNTIL_DATE, UNTIL_TIME = "safe_date", "safe_time"


def escalate(key: str, reference: str) -> Form:
    reason = TextField(
        name="reason", label="Why does it need to go further?", required=True, long=True
    )
    return short_form(ESCALATE, key, "Escalate", reference, (reason,), submit="Escalate")


def hand_over(key: str, reference: str, others: Sequence[Person]) -> Form:
    to = who.one_of("to", "Hand over to", others, hint="You stay the owner until they accept.")
    note = TextField(name="note", label="What they need to know", long=True)
    parts: tuple[Part, ...] = (to, note) if others else (Words(text=NOBODY_ELSE),)
    return short_form(HAND_OVER, key, "Hand over", reference, parts, submit="Hand over" if others else "")


def decline(key: str, reference: str) -> Form:
    reason = TextField(name="reason", label="Why can you not take it on?", required=True, long=True)
    return short_form(DECLINE, key, "Decline", reference, (reason,), submit="Decline")


def cover(key: str, reference: str) -> Form:
    reason = TextField(
        name="reason", label="Why are you taking it over?", required=True, long=True,
        hint="For instance: its owner is away until Monday. They will be told.",
    )
    return short_form(COVER, key, "Take over", reference, (reason,), submit="Take over")


def safe(key: str, reference: str, *, until: str = "") -> Form:
    """`until`: the moment that school opens again, as it is read; no later moment can be given."""
    opens = f": {until}" if until else ""
    parts: tuple[Part, ...] = (
        TextField(
            name="reason", label="Why is the child safe until then?", required=True, long=True,
            hint="Who has told you, and what you have checked. Where no child is concerned: why it can wait.",
        ),
        DateField(
            name=UNTIL_DATE, label="Safe until: the date", looks=Looks.AHEAD,
            hint=f"Leave both blank for when school opens again{opens}. It cannot wait longer than that.",
        ),
        TimeField(name=UNTIL_TIME, label="Safe until: the time"),
    )  # fmt: skip
    return short_form(SAFE, key, "Safe until", reference, parts, submit="Save")


NOBODY_ELSE = "Nobody else can take this concern. Escalate it if you cannot act."
