"""What is common to every form that is sent: its counter answers it, and with complaints it comes back as it was.

A form sent twice (a lost answer, a double press) does its work once: the key it was opened with is kept in
its entry, and the second finds it.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial

from handlers import access, counter
from handlers.account import form as concern_form
from handlers.account import names
from handlers.actions.card import reference
from handlers.conversation import FormSubmitted, NextPage, Reply
from handlers.counter import Filed, subject_of
from handlers.desk import asking, counters
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.rules import verdict
from handlers.rules.action import ActionId
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person
from handlers.ui import picked, visible, written
from handlers.ui.form import ChoiceField, ChoicesField, DateField, Field, Form, Option, TextField, TimeField, is_id

BEFORE, CHOSEN = "Your answer", "As you chose before"


async def take(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    """Answer a form that was sent."""
    inbound = as_held(uow, inbound)
    if paged := counters.PAGES.get(inbound.form):
        return await paged.take(uow, inbound, by, at)
    if inbound.changed:
        return NextPage(await redraw(uow, inbound))
    filed = counters.FORMS.get(inbound.form)
    if filed is None:
        raise Refused("This window has nothing to send. Close it and look at the card again.")
    if filed.doing:
        await access.must_be_allowed(uow, subject_of(inbound.key), filed.doing, by=by, at=at)
    if asked := await asking.first(uow, filed, inbound, lambda: _looked_up(uow, inbound), by=by, at=at):
        return asked
    reply = await counter.take(uow, filed, inbound, by=by, at=at)
    return await _with_questions(uow, filed, inbound, reply)


async def _with_questions(uow: UnitOfWork, filed: Filed, inbound: FormSubmitted, reply: Reply) -> Reply:
    """A page on which something is written already, with what its names leave to be asked: an answer to that which is
    not on the page when it is sent would count as none."""
    if not isinstance(reply, NextPage) or not reply.form.values or _asks_already(reply.form):
        return reply
    filed = counters.FORMS.get(reply.form.id, filed)
    form = reply.form
    drawn = replace(inbound, form=form.id, key=form.key, page=form.page, values=form.values, back=False)
    form = await asking.below(uow, filed, drawn, form)
    return NextPage(replace(form, names={**form.names, **await names.names_in(uow, form)}))


def _asks_already(form: Form) -> bool:
    return any(field.name.startswith(verdict.ANSWER) for field in form.fields())


async def redraw(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The same form again with everything that was typed in it, names of picked people included."""
    inbound = as_held(uow, inbound)
    form = _as_far_as_shown(await _looked_up(uow, inbound), inbound)
    if filed := counters.FORMS.get(inbound.form):
        form = await asking.below(uow, filed, inbound, form)
    form = replace(form, values=picked.chosen(form.fields(), inbound.values))
    return replace(form, names=await names.names_in(uow, form))


def as_held(uow: UnitOfWork, inbound: FormSubmitted) -> FormSubmitted:
    """What was typed as the fields of every form hold it: days and times in one form of writing, and an answer in which
    nothing can be seen as none. What cannot be read stays as it was typed, to be complained about where it stands.

    "Yesterday" is the day before the one of that unit of work."""
    zone, today = uow.school.calendar.zone, uow.school.calendar.today
    dated = {
        field.name: partial(written.day, today=today, looks=field.looks)
        for field in _fields(inbound) if isinstance(field, DateField)
    }  # fmt: skip
    timed = {field.name: written.clock for field in _fields(inbound) if isinstance(field, TimeField)}
    reads = {**dated, **timed}
    values = {
        name: reads[name](value, zone) if name in reads and isinstance(value, str) else value
        for name, value in inbound.values.items()
    }
    return replace(inbound, values={name: _seen(value) for name, value in values.items()})


def _fields(inbound: FormSubmitted) -> tuple[Field, ...]:
    """The fields that may have come with it: which of its form's are shown may hang on what was answered before."""
    return (*concern_form.every_field(), *_as_sent(inbound).fields())


def _seen(value: str | tuple[str, ...]) -> str | tuple[str, ...]:
    return value if isinstance(value, tuple) or visible.says_something(value) else ""


async def _looked_up(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The form with the reference of its concern, and the people that may be chosen where it lists some."""
    kind = counters.PAGES.get(inbound.form) or counters.FORMS.get(inbound.form)
    if kind is not None and kind.again is not None:
        return await kind.again(uow, inbound)
    if inbound.form not in counters.FORMS:
        return _as_sent(inbound)
    action = await uow.actions.get(ActionId(subject_of(inbound.key)))
    concern = await uow.concerns.get(action.concern if action else ConcernId(subject_of(inbound.key)))
    if concern is None:
        return _as_sent(inbound)
    return blank(inbound, reference(action, concern) if action else concern.reference)


def as_typed(inbound: FormSubmitted) -> Form:
    """The same form again with everything that was typed in it, made without a look at the store.

    What it asks, what may be chosen, and what must be answered, may hang on what is kept there: nothing is demanded, so
    that nobody is held back, and what was chosen or written stays. It is checked when it comes again.
    """
    form = _as_sent(inbound)
    drawn = {field.name for field in form.fields()}
    beside = (_unknown(name, value) for name, value in inbound.values.items() if value and name not in drawn)
    parts = (_undemanding(part, inbound) if isinstance(part, Field) else part for part in (*form.parts, *beside))
    return replace(form, page=inbound.page, parts=tuple(parts), values=inbound.values)


def _as_sent(inbound: FormSubmitted) -> Form:
    if paged := counters.PAGES.get(inbound.form):
        return _as_far_as_shown(paged.as_typed(inbound), inbound)
    return replace(blank(inbound), values=inbound.values)


def _undemanding(field: Field, inbound: FormSubmitted) -> Field:
    """That field with what was chosen in it among its options, whatever they are."""
    if isinstance(field, ChoiceField | ChoicesField):
        given, known = inbound.values.get(field.name) or (), {option.key for option in field.options}
        chosen = [key for key in ((given,) if isinstance(given, str) else given) if key not in known]
        field = replace(field, options=(*field.options, *_as_chosen(chosen)))
    return replace(field, required=False)


def _unknown(name: str, value: str | tuple[str, ...]) -> Field:
    """A field that only what is kept would ask for."""
    if isinstance(value, tuple):
        return ChoicesField(name=name, label=BEFORE, options=(), most=len(value))
    if is_id(value):
        return ChoiceField(name=name, label=BEFORE, options=())
    return TextField(name=name, label=BEFORE, long=True)


def _as_chosen(keys: Sequence[str]) -> tuple[Option, ...]:
    """Options whose labels nobody knows now."""
    many = len(keys) > 1
    return tuple(
        Option(key=key, label=f"{CHOSEN} ({number})" if many else CHOSEN) for number, key in enumerate(keys, 1)
    )


def _as_far_as_shown(form: Form, inbound: FormSubmitted) -> Form:
    """Of a page that was drawn in parts the part that was sent: what the others hold did not come with it."""
    if inbound.shown is None:
        return form
    parts = tuple(part for part in form.parts if not isinstance(part, Field) or part.name in inbound.shown)
    return replace(form, parts=parts, partial=True)


def blank(inbound: FormSubmitted, reference: str = "") -> Form:
    """The short form that this was, as far as its fields go."""
    filed = counters.FORMS.get(inbound.form)
    if filed is None:
        return Form(id=inbound.form, key=inbound.key, title="Heard", parts=())
    if filed.as_typed is not None:
        return filed.as_typed(inbound)
    return filed.blank(inbound.key, reference)
