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
from handlers.ui.form import ChoiceField, Field, Form, Part, PickField, Source, TextField
from handlers.ui.reader import Reader

ID = "quick"
_OTHER = TextField(
    name="child_other", label="Who is the child?", hint="Name and form; or what you do know.", required=True, most=500,
    asks=Asks.NAME,
)  # fmt: skip
_PARTS: tuple[Part, ...] = (
    Words(text=ENGLAND.words["danger_quick"], alert=True),
    PickField(name="child_1", label="Child", source=Source.PUPILS, hint="Two letters. Not listed? Leave this blank."),
    _OTHER,
    TextField(name="facts", label="What you saw or heard", required=True, most=500),
    ChoiceField(name="urgency", label="How soon must someone act?", options=choices.URGENCY, required=True),
)


def form(key: str, answers: Answers, names: Mapping[str, str], *, asked: Sequence[Part] = ()) -> Form:
    """The form, under the id that the concern will have. `asked`: what its words leave to be asked, below them.

    Who the child is is asked in words only once the form was sent without one from the list.
    """
    parts = tuple(part for part in _PARTS if part is not _OTHER or _asks_who(answers))
    return Form(
        id=ID, key=key, title="Quick concern", parts=(*parts, *asked), submit="Send", leave="Cancel", values=answers,
        names=names,
    )  # fmt: skip


def questions(answers: Answers) -> tuple[Field, ...]:
    """What must be answered as it stands: who the child is in words only where none was chosen."""
    fields = tuple(part for part in _PARTS if isinstance(part, Field))
    return tuple(field for field in fields if field is not _OTHER or not Reader(answers).text("child_1"))


def read(answers: Answers) -> Reported:
    """Its answers as an account; raises `InvalidForm` with every complaint."""
    reader = Reader(answers)
    reader.check(questions(answers))
    reader.finish()
    kept = (*(part.name for part in _PARTS if isinstance(part, Field)), verdict.ANSWER)
    told = {name: answers[name] for name in kept if answers.get(name)}
    return Reported(
        about=About.CHILD, urgency=Urgency(reader.text("urgency")), adult="", adult_post=None, close="",
        kept={"about": About.CHILD.value, **told},
    )


def _asks_who(answers: Answers) -> bool:
    sent = bool(answers.get("facts") or answers.get("urgency"))
    return bool(answers.get(_OTHER.name)) or (sent and not answers.get("child_1"))
