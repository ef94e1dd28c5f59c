"""Finding a concern by its reference, or a child's by the child: what is asked, and what was found."""

from collections.abc import Sequence
from dataclasses import replace

from handlers.ui import keys, listing, say
from handlers.ui.card import Button, Heading, Press, Words
from handlers.ui.form import Form, Part, PickField, Source, TextField
from handlers.ui.lines import Listed

ID = "find"


def ask(key: str, *, reference: str = "") -> Form:
    parts: tuple[Part, ...] = (
        TextField(name="reference", label="Reference", most=20, hint="Such as 26-20583. The number alone is enough."),
        PickField(
            name="child", label="Or a child", source=Source.EVERY_PUPIL,
            hint="Type two letters of the name or the form. Check the form and year.",
        ),
    )  # fmt: skip
    values = {"reference": reference} if reference else {}
    return Form(id=ID, key=key, title="Find", parts=parts, submit="Find", values=values)


def found(key: str, heading: str, lists: Sequence[Listed], *, number: int = 1) -> Form:
    """Page `number` of what was found, which comes after the question: each is opened there."""
    form = listing.blank(ID, key, "Find")
    if not lists:
        nothing = Words(text="There is nothing here that you may see.")
        return replace(form, page=2, parts=(Heading(say.fit(heading, say.HEADING)), nothing), back=True)
    chronology = Button(press=Press.CHRONOLOGY, label="The chronology, in order", subject=keys.subject(key), version=0)
    return listing.window(form, lists, number=number, first=(chronology,), heading=heading, ahead=1)
