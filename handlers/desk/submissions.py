"""What each form does when it is sent: the dialog behind /concern here, the short forms at their `counters`.

A form sent twice (a lost answer, a double press) does its work once: the key it was opened with is kept in
its entry, and the second finds it.
"""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import access, counter, notices
from handlers.account import form as concern_form
from handlers.account import meant_form, names, quick, review
from handlers.account import not_satisfied_form as handling
from handlers.account import window as account
from handlers.actions.card import reference
from handlers.conversation import Complaints, FormSubmitted, NextPage, Reply, Tell
from handlers.desk import counters as gathered
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.need_to_know import meant
from handlers.ports import UnitOfWork
from handlers.record import window as reading
from handlers.reporter import add_form as add
from handlers.reporter import carrying_on, completing, drafts, duties, unsent, unsent_form
from handlers.reporter import raising as concerns
from handlers.reporter.receipt_card import receipt_card
from handlers.rules import verdict
from handlers.rules.action import ActionId
from handlers.rules.concern import About, ConcernId
from handlers.rules.people import Person
from handlers.ui import keys as moves
from handlers.ui import picked
from handlers.ui.form import Form


async def take(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    """Answer a form that was sent."""
    if inbound.form == concern_form.ID:
        return await _page(uow, inbound, by=by, at=at)
    if inbound.form == quick.ID:
        return await _quick(uow, inbound, by=by, at=at)
    if inbound.form == account.ID:
        return await _turn(uow, inbound, by=by, at=at)
    filed = gathered.FORMS.get(inbound.form)
    if filed is None:
        raise Refused("This window has nothing to send. Close it and look at the card again.")
    if filed.doing:
        await access.must_be_allowed(uow, _subject(inbound.key), filed.doing, by=by, at=at)
    return await counter.take(uow, filed, inbound, by=by, at=at)


async def redraw(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The same form again with everything that was typed in it, names of picked people included."""
    form = await _asking(uow, inbound, await _with_people(uow, inbound))
    form = replace(form, values=picked.chosen(form.fields(), inbound.values))
    return replace(form, names=await names.names_in(uow, form))


async def _asking(uow: UnitOfWork, inbound: FormSubmitted, form: Form) -> Form:
    """A short form with what its words leave to be asked, below them."""
    by = await uow.people.identify(inbound.who) if inbound.form in _WRITTEN_IN else None
    if by is None:
        return form
    of = await uow.concerns.get(ConcernId(_subject(inbound.key))) if inbound.form == add.ADD else None
    about = _WRITTEN_IN[inbound.form]
    typed = {**picked.chosen(form.fields(), inbound.values), **({"about": about} if about else {})}
    found = await meant.among(uow, typed, by=by.id, of=of)
    return replace(form, parts=(*form.parts, *meant_form.asked(found)))


_WRITTEN_IN = {quick.ID: About.CHILD, handling.ID: About.PRACTICE, add.ADD: None}
"""The short forms in which an account is written, and what it is about; what is added is about what it is added to."""


async def _with_people(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The form with the reference of its concern, and the people that may be chosen where it lists some."""
    filed = gathered.FORMS.get(inbound.form)
    if filed is not None and filed.again is not None:
        return await filed.again(uow, inbound)
    if filed is None:
        return as_typed(inbound)
    action = await uow.actions.get(ActionId(_subject(inbound.key)))
    concern = await uow.concerns.get(action.concern if action else ConcernId(_subject(inbound.key)))
    if concern is None:
        return as_typed(inbound)
    return blank(inbound, reference(action, concern) if action else concern.reference)


def as_typed(inbound: FormSubmitted) -> Form:
    """The same form again with everything that was typed in it, made without a look at the store."""
    if inbound.form == concern_form.ID and inbound.page in {review.PAGE, meant_form.PAGE}:
        return review.kept(inbound.key, inbound.page)
    if inbound.form == concern_form.ID:
        number = min(max(inbound.page, 1), concern_form.LAST)
        return concern_form.page(inbound.key, number, inbound.values, {})
    return replace(blank(inbound), values=inbound.values)


def blank(inbound: FormSubmitted, reference: str = "") -> Form:
    """The short form that this was, as far as its fields go."""
    if inbound.form == quick.ID:
        return quick.form(inbound.key, {}, {})
    filed = gathered.FORMS.get(inbound.form)
    if filed is None:
        return Form(id=inbound.form, key=inbound.key, title="Heard", parts=())
    return filed.blank(inbound.key, reference)


async def _page(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    key = _subject(inbound.key)
    if not 1 <= inbound.page <= meant_form.PAGE:
        raise Refused("This page is not one of ours. Type /concern to begin again.")
    if inbound.page == 1 and (wanted := unsent_form.chosen(inbound.values)):
        form = await carrying_on.carry_on(uow, key, wanted, inbound.values, by=by, at=at)
        return NextPage(await duties.beside(uow, form, at=at))
    turn = drafts.Turn(page=inbound.page, back=inbound.back, in_chat=inbound.in_chat)
    result = await drafts.turn_page(uow, key, inbound.values, turn, by=by, at=at)
    match result:
        case Form():
            await unsent.keep_place(uow, key, result.page)
            return NextPage(await duties.beside(uow, result, at=at))
        case drafts.PageFaulty(form=form, by_field=by_field):
            await unsent.keep_place(uow, key, form.page)
            if inbound.page == form.page == 1:
                chosen = str(inbound.values.get(unsent_form.CARRY_ON, ""))
                form = await unsent.offer(uow, form, chosen=chosen, by=by, at=at)
            return Complaints(form=await duties.beside(uow, form, at=at), by_field=dict(by_field))
        case concerns.Raised(concern=concern, proof=proof):
            now = await notices.situation(uow, concern, at=at)
            return Tell(receipt_card(concern, now, proof=proof))


async def _quick(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    id = ConcernId(_subject(inbound.key))
    typed = {name: value for name, value in inbound.values.items() if name != verdict.ANSWER}
    read = quick.read(typed)
    await _check_picked(uow, quick.form(inbound.key, typed, {}))
    found = meant.said(await meant.among(uow, read.kept, by=by.id), typed)
    if await uow.concerns.get(id) is None and await meant.ask(uow, id, found, at=at):
        return NextPage(await redraw(uow, inbound))
    read = replace(read, kept=verdict.kept(read.kept, found))
    raised = await completing.raise_quick(uow, read, id=id, by=by, at=at)
    now = await notices.situation(uow, raised.concern, at=at)
    return Tell(receipt_card(raised.concern, now, proof=raised.proof))


async def _check_picked(uow: UnitOfWork, form: Form) -> None:
    """Whoever was picked in it must be somebody here."""
    if strange := picked.unknown(form.fields(), form.values, await names.names_in(uow, form)):
        raise InvalidForm(strange)


async def _turn(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    id = _subject(inbound.key)
    page = inbound.page - 1 if inbound.back else inbound.page + 1
    return NextPage(await reading.open_concern(uow, ConcernId(id), page=page, by=by, at=at))


def _subject(key: str) -> UUID:
    try:
        return moves.subject(key)
    except ValueError:
        raise NoSuchConcern from None
