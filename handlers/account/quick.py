"""`/concern quick`: three answers for a corridor. The leads have it at once; the rest is added when there is time."""

from collections.abc import Mapping, Sequence

from handlers.account.reported import Reported
from handlers.rules import verdict
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Urgency
from handlers.rules.meant import Asks
from handlers.rules.pack import ENGLAND
from handlers.ui import choices
from handlers.ui.card import Words
from handlers.ui.form import ChoiceField, Form, Part, PickField, Source, TextField
from handlers.ui.reader import Reader

ID = "quick"
_PARTS: tuple[Part, ...] = (
    Words(text=ENGLAND.words["danger"], alert=True),
    PickField(
        name="child_1", label="Child", source=Source.PUPILS,
        hint="Type two letters of the name or the form. Check the form and year.",
    ),
    TextField(name="child_other", label="Or, if you cannot find the child: who?", most=500, asks=Asks.NAME),
    TextField(name="facts", label="What you saw or heard, in a line", required=True, most=500),
    ChoiceField(name="urgency", label="How soon must someone act?", options=choices.URGENCY, required=True),
)


def form(key: str, answers: Answers, names: Mapping[str, str], *, asked: Sequence[Part] = ()) -> Form:
    """The form, under the id that the concern will have. `asked`: what its words leave to be asked, below them."""
    return Form(
        id=ID, key=key, title="Quick concern", parts=(*_PARTS, *asked), submit="Send", leave="Cancel", values=answers,
        names=names,
    )  # fmt: skip


def read(answers: Answers) -> Reported:
    """Its answers as an account; raises `InvalidForm` with every complaint."""
    reader = Reader(answers)
    fields = form("", {}, {}).fields()
    reader.check(fields)
    if not reader.text("child_1") and not reader.text("child_other"):
        reader.complain("child_1", "Choose the child, or write below whom you mean.")
    reader.finish()
    kept = (*(field.name for field in fields), verdict.ANSWER)
    told = {name: answers[name] for name in kept if answers.get(name)}
    return Reported(
        about=About.CHILD, urgency=Urgency(reader.text("urgency")), adult="", adult_post=None, close="",
        kept={"about": About.CHILD.value, **told},
    )
