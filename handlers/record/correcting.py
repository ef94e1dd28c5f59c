"""Corrections: a new version beside the old one, with a reason. Nothing that was written is ever changed."""

from collections.abc import Sequence
from datetime import datetime

from handlers.access import concern_for
from handlers.account import form as concern_form
from handlers.account import read_as, voices
from handlers.errors import InvalidForm
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules.authority import Doing
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.ui import say
from handlers.ui.form import Option

NOTE = "note"
"""A note that belongs to no field: beside a child's words, for instance."""
_NEVER = frozenset({*voices.WORDS, "own_account"})


async def correctable(uow: UnitOfWork, id: ConcernId) -> Sequence[Option]:
    """The fields of its account that have an answer, but a child's own words; and a note."""
    answers = await uow.trail.answers(id)
    fields = [field for field in concern_form.fields(answers) if answers.get(field.name) and field.name not in _NEVER]
    return (
        Option(key=NOTE, label="Add a note, and correct nothing"),
        *(Option(key=field.name, label=say.fit(read_as.label(field))) for field in fields),
    )


async def correct(
    uow: UnitOfWork, id: ConcernId, what: str, words: Answers, *, by: Person, at: datetime
) -> Concern:
    """Keep it beside what was written, and draw the cards again."""
    concern = await concern_for(uow, id, Doing.CORRECT, by=by)
    labels = {option.key: option.label for option in await correctable(uow, id)}
    if what not in labels:
        raise InvalidForm({"what": "Choose one of the answers offered."})
    named = {} if what == NOTE else {"field": labels[what]}
    entry = Entry(
        deed=Deed.CORRECTED, at=at, by=by.id, thing=id, facts={"field": what}, words={**named, **words}
    )
    await record(uow, concern, because=entry)
    return concern
