"""Finding a concern by its reference, or a child's by the child: what is asked, and what was found."""

from collections.abc import Sequence
from uuid import UUID

from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import ChoiceField, Form, Option, Part, PickField, Source, TextField

ID = "find"
MOST = 90
"""Results in one list, with the chronology before them (Slack takes 100)."""
CHRONOLOGY = "chronology"


def ask(key: str, *, reference: str = "") -> Form:
    parts: tuple[Part, ...] = (
        TextField(name="reference", label="Reference", most=20, hint="Such as 26-0031."),
        PickField(
            name="child", label="Or a child", source=Source.EVERY_PUPIL,
            hint="Type two letters of the name or the form. Check the form and year.",
        ),
    )  # fmt: skip
    values = {"reference": reference} if reference else {}
    return Form(id=ID, key=key, title="Find", parts=parts, submit="Find", values=values)


def found(key: str, heading: str, results: Sequence[tuple[UUID, str]], more: int = 0) -> Form:
    """Page 2: the newest first; one is chosen to be read."""
    if not results:
        nothing = Words(text="There is nothing here that you may see.")
        return Form(id=ID, key=key, page=2, title="Find", parts=(_heading(heading), nothing), back=True)
    options = (
        Option(key=CHRONOLOGY, label="The chronology: everything in order"),
        *(Option(key=str(id), label=say.fit(label)) for id, label in results[:MOST]),
    )
    counted = (Facts((("Not listed", f"{more} older ones: see the chronology"),)),) if more > 0 else ()
    choose = ChoiceField(name="result", label="What do you want to read?", options=options, required=True, menu=True)
    return Form(
        id=ID, key=key, page=2, title="Find", parts=(_heading(heading), *counted, choose), submit="Open"
    )


def _heading(text: str) -> Heading:
    return Heading(say.fit(text, say.HEADING))
