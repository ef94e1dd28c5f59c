"""A correction: what an answer of the account should have said, and why. What was written stays as it is."""

from collections.abc import Sequence

from handlers.record import labels
from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Option, Part, TextField

ID = "correct"


def form(key: str, reference: str, answered: Sequence[Option]) -> Form:
    """`answered` are the fields that have an answer; without any the field can be any."""
    about = (Words(text=f"Concern {reference}", subtle=True),) if reference else ()
    choose = ChoiceField(
        name="what", label="What is wrong?", options=tuple(answered), required=True, menu=True,
        hint="A child's own words are never corrected. Put a note beside them with “Add a note”.",
    )  # fmt: skip
    parts: tuple[Part, ...] = (
        Words(text="What was written stays. The correction stands beside it, with your name and reason.", subtle=True),
        *((choose,) if answered else ()),
        TextField(name="now", label=labels.CORRECTION["now"], required=True, long=True, most=2000),
        TextField(name="reason", label="Why, and how do you know?", required=True, long=True, most=1000),
    )
    return Form(id=ID, key=key, title="Correct", parts=(*about, *parts), submit="Record", leave="Cancel")
