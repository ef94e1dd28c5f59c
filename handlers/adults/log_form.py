"""The low-level log as it is read, an adult after the other, and what whoever keeps it writes about its review."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from handlers.record import labels
from handlers.record.lookback_form import LINES, Earlier
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import Form, Part, TextField
from handlers.ui.pages import paged

ID: Final = "low_level_log"
LAST: Final = 99
"""The page on which the review is written."""
NOTHING: Final = "There is no low-level concern about an adult that is yours to read."
REVIEW: Final = "log_review"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adult:
    """One adult, with the low-level concerns about them."""

    label: str
    concerns: Sequence[Earlier]

    def parts(self) -> tuple[Part, ...]:
        count = len(self.concerns)
        how_many = " · one concern" if count == 1 else f" · {count} concerns"
        pairs = [one.pair() for one in self.concerns]
        rows = (Facts(tuple(pairs[at : at + LINES])) for at in range(0, count, LINES))
        return (Heading(say.fit(self.label, say.HEADING, end=how_many)), *rows)


def window(key: str, adults: Sequence[Adult], *, review: bool = True, number: int = 0) -> Form:
    """Page `number` of it, 0 for the first; on the last one the review, for whoever keeps the log."""
    read = paged([part for adult in adults for part in adult.parts()]) or [[Words(text=NOTHING)]]
    first = LAST + 1 - len(read)
    number = max(first, min(number, LAST)) if number else first
    asked: tuple[Part, ...] = (
        TextField(
            name=REVIEW, label=labels.CASE[REVIEW], required=True, long=True, asks=Asks.NAME,
            hint="Does anything add up, of one adult or in one place? If an allegation does, raise it.",
        ),
    )
    ends = number == LAST
    about = (Words(text=ENGLAND.words["low_level"], subtle=True),)
    parts = (*about, *read[number - first], *(asked if ends and review else ()))
    submit = "Go on" if not ends else "Record the review" if review else ""
    return Form(
        id=ID, key=key, page=number, title="Low-level concerns", parts=parts, back=number > first, submit=submit
    )
