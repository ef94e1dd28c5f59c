"""Names that are typed into a short form about a concern: whoever may be meant is asked about before it does its work.

The questions are those of the form behind /concern (`account.meant_form`), and so is the rule: whom it is about, or who
is close to it, loses the concern before a word of the form is kept, and what nobody answers counts as that.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid5

from handlers import access
from handlers.account import meant_form, names
from handlers.conversation import FormSubmitted, NextPage, Reply, Tell
from handlers.counter import Filed, already, subject_of
from handlers.desk import room
from handlers.errors import InvalidForm
from handlers.need_to_know import meant, naming
from handlers.ports import UnitOfWork
from handlers.rules import routing
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PersonId
from handlers.rules.verdict import Typed
from handlers.ui import keys, picked, plain
from handlers.ui.form import ChoiceField, Field, Form, TextField, is_id

NOT_YOURS = (
    "It is recorded whom this is about, and the concern has gone to those who may have it. "
    "What you wrote in this form has not been kept, for it is not yours any more: tell whoever has it now in person."
)
REASON = "Words that were written in the record may mean them."


async def first(
    uow: UnitOfWork, filed: Filed, inbound: FormSubmitted, drawn: Callable[[], Awaitable[Form]], *,
    by: Person, at: datetime,
) -> Reply | None:  # fmt: skip
    """What must be answered before the form does its work; None where it may. `drawn`: the form as it is shown."""
    concern = await _about(uow, filed, inbound)
    if concern is None or await already(uow, inbound):
        return None
    keys.check(filed.blank(inbound.key, ""), inbound.values)
    found = await _found(uow, filed, inbound, concern, by=by)
    if (asked := _asked(found)) and (beyond := _lacks_room(await drawn(), inbound, asked)):
        raise InvalidForm(beyond)
    if await meant.ask(uow, uuid5(concern.id, inbound.key), found, at=at):
        return NextPage(await _with_values(uow, _below(await drawn(), found), inbound))
    named = await naming.name_those_meant(uow, concern, found, REASON, by=by, at=at)
    return None if await _still(uow, filed, concern, named, inbound, by=by) else Tell(plain.say(NOT_YOURS, alert=True))


async def below(uow: UnitOfWork, filed: Filed, inbound: FormSubmitted, form: Form) -> Form:
    """A form that comes back, with what its words leave to be asked below its fields."""
    by = await uow.people.identify(inbound.who)
    concern = await _about(uow, filed, inbound)
    if by is None or concern is None:
        return form
    found = await _found(uow, filed, inbound, concern, by=by)
    return form if _lacks_room(form, inbound, _asked(found)) else _below(form, found)


def _lacks_room(form: Form, inbound: FormSubmitted, asked: Sequence[Field]) -> dict[str, str]:
    """What must be shorter before anybody can be asked about; nothing of it is kept or taken as answered till then."""
    return room.lacking(replace(form, values=inbound.values), asked)


def _asked(found: meant.Found) -> list[Field]:
    return [part for part in meant_form.asked(found) if isinstance(part, ChoiceField)]


def _below(form: Form, found: meant.Found) -> Form:
    return replace(form, parts=(*form.parts, *meant_form.asked(found)))


async def _with_values(uow: UnitOfWork, form: Form, inbound: FormSubmitted) -> Form:
    form = replace(form, values=picked.chosen(form.fields(), inbound.values))
    return replace(form, names=await names.names_in(uow, form))


async def _about(uow: UnitOfWork, filed: Filed, inbound: FormSubmitted) -> Concern | None:
    """The concern in which the words of that form are kept; None where nobody is asked about them, or it only turns."""
    blank = filed.blank(inbound.key, "")
    turns = inbound.back or inbound.page < blank.page
    if filed.unasked or filed.doing is None or turns or not _texts(blank):
        return None
    return await access.concern_of(uow, subject_of(inbound.key))


def _texts(form: Form) -> list[TextField]:
    return [field for field in form.fields() if isinstance(field, TextField)]


async def _found(
    uow: UnitOfWork, filed: Filed, inbound: FormSubmitted, concern: Concern, *, by: Person
) -> meant.Found:
    """Who may be meant and has not lost it yet, with what is answered of each."""
    values, blank = inbound.values, filed.blank(inbound.key, "")
    typed = tuple(
        Typed(text=str(values[field.name]), asks=field.asks) for field in _texts(blank) if values.get(field.name)
    )
    chosen = frozenset(PersonId(UUID(str(value))) for value in values.values() if is_id(str(value)))
    named = chosen if filed.doing is Doing.NAME else frozenset[PersonId]()
    besides = await filed.shows(uow, inbound) if filed.shows else ()
    found = await meant.in_words(uow, typed, of=concern, by=by.id, given_to=chosen - named, besides=besides)
    lost = routing.conflicted(concern) | named
    return meant.said(tuple(one for one in found if one.person.id not in lost), values)


async def _still(
    uow: UnitOfWork, filed: Filed, before: Concern, now: Concern, inbound: FormSubmitted, *, by: Person
) -> bool:
    """Whether whoever sends it may still do so, now that somebody has been named."""
    action = await access.action_of(uow, subject_of(inbound.key))
    kept = before.owner != by.id or now.owner == by.id
    return filed.doing is not None and kept and may(by, filed.doing, now, action)
