"""A lead looks at one record for its quality: what it lacks by itself, then what only a reader can say."""

from collections.abc import Sequence

from handlers.ui.card import Facts, Words
from handlers.ui.form import ChoiceField, Form, Option, TextField

ID = "quality"
ANSWERS = (
    Option(key="yes", label="Yes"),
    Option(key="partly", label="Partly"),
    Option(key="no", label="No"),
)
ASKED = {
    "apart": "Are facts kept apart from opinion?",
    "verbatim": "Are the child's words and the questions verbatim?",
    "enough": "Is there enough in it to act on?",
    "outcome": "Is it clear what was done and decided, and why?",
}
LABELS = {**ASKED, "praise": "What is good in it", "lacking": "What is missing"}


def form(key: str, reference: str, checks: Sequence[tuple[str, str]] = ()) -> Form:
    read = Words(text=f"Concern {reference}. Read it first: “Open” is on its card.", subtle=True)
    about = (read,) if reference else ()
    listed = (Facts(tuple(checks)),) if checks else ()
    asked = tuple(ChoiceField(name=name, label=label, options=ANSWERS, required=True) for name, label in ASKED.items())
    return Form(
        id=ID, key=key, title="Look at a record", submit="Record", leave="Cancel",
        parts=(
            *about, *listed, *asked,
            TextField(name="praise", label=LABELS["praise"], most=500),
            TextField(
                name="lacking", label=LABELS["lacking"], most=500, hint="About the record, not the person who wrote it."
            ),
        ),
    )  # fmt: skip
