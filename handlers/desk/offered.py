"""What a search offers where a client cannot search: a short list whole, and of a name that was typed whoever has it.

A client of Teams that knows no typeahead shows what is listed and nothing else. Leads, head and chair are few: they are
listed. Of the others one line leads on (`picked.BY_NAME`): the name is written, and whoever has it is listed in turn.
"""

from collections.abc import Mapping
from dataclasses import replace

from handlers import search
from handlers.conversation import Complaints, FormSubmitted, Inbound, NextPage, OpenForm, Reply
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Answers
from handlers.rules.people import Person
from handlers.ui import picked
from handlers.ui.form import Form, Option, Part, PickField, Source, TextField, is_id
from handlers.ui.picked import BY_NAME, MORE

_NOBODY = ("", BY_NAME, MORE)
"""What stands in a search and is no name."""


async def offered(uow: UnitOfWork, inbound: Inbound, reply: Reply, *, by: Person | None) -> Reply:
    """The same answer; a form in it with what its searches can list."""
    match reply:
        case OpenForm(form):
            return OpenForm(await _filled(uow, form, {}, by))
        case NextPage(form):
            return NextPage(await _filled(uow, form, {}, by))
        case Complaints(form=form, by_field=by_field):
            typed: Answers = inbound.values if isinstance(inbound, FormSubmitted) else {}
            return Complaints(form=await _filled(uow, form, typed, by), by_field=by_field)
        case _:
            return reply


async def _filled(uow: UnitOfWork, form: Form, sent: Answers, by: Person | None) -> Form:
    picks = [field for field in form.fields() if isinstance(field, PickField)]
    typed = {field.name: words for field in picks if (words := str(sent.get(field.name) or "")) and not is_id(words)}
    lists = {field.name: await _list(uow, field, typed.get(field.name, ""), by) for field in picks}
    by_name = {name for name, words in typed.items() if words == BY_NAME}
    parts = tuple(_line(part) if _named(part) in by_name else _with(part, lists) for part in form.parts)
    return replace(form, parts=parts)


async def _list(uow: UnitOfWork, field: PickField, typed: str, by: Person | None) -> tuple[Option, ...]:
    """Everybody where they are few; else whoever has the name that was typed."""
    few = await search.everybody_in_charge(uow) if field.source is Source.LEADS else ()
    if field.options or few or by is None or typed in _NOBODY:
        return field.options or few
    return _nearest(await search.suggest(uow, field.source, typed, by=by))


def _nearest(found: tuple[Option, ...]) -> tuple[Option, ...]:
    """As a search shows them: where there are more, the last line says so. It can be chosen, and is nobody."""
    shown = found[: search.MOST]
    said = picked.more(len(shown), len(found))
    return (*shown, Option(key=MORE, label=said)) if said else shown


def _named(part: Part) -> str:
    return part.name if isinstance(part, PickField) else ""


def _line(part: Part) -> Part:
    """A search as a line in which the name is written."""
    if not isinstance(part, PickField):
        return part
    return TextField(name=part.name, label=part.label, hint=part.hint, required=part.required, most=100)


def _with(part: Part, lists: Mapping[str, tuple[Option, ...]]) -> Part:
    return replace(part, options=lists[part.name]) if isinstance(part, PickField) else part
