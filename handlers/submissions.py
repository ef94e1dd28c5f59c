"""What each form does when it is sent: one line a form, over the use cases.

A form sent twice (a lost answer, a double press) does its work once: the key it was opened with is kept in
its entry, and the second finds it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from handlers import access, carrying_on, completing, concerns, drafts, duties, handling, notices, reading, unsent
from handlers.cards import plain
from handlers.cards.action import reference
from handlers.cards.receipt import receipt_card
from handlers.conversation import Complaints, FormSubmitted, NextPage, Reply, Tell
from handlers.counters import counter, gathered
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.forms import account, moves, picked, quick, review
from handlers.forms import concern as concern_form
from handlers.forms import duty as duty_form
from handlers.forms import handling as handling_form
from handlers.forms import unsent as unsent_form
from handlers.forms.model import Form
from handlers.forms.read import Reader
from handlers.ports import UnitOfWork
from handlers.rules.action import ActionId
from handlers.rules.authority import Doing
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sent:
    """A short form as it was sent, its key read."""

    id: UUID
    reader: Reader
    inbound: FormSubmitted
    by: Person
    at: datetime


async def take(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    """Answer a form that was sent."""
    if inbound.form == concern_form.ID:
        return await _page(uow, inbound, by=by, at=at)
    if inbound.form == quick.ID:
        return await _quick(uow, inbound, by=by, at=at)
    if inbound.form == account.ID:
        return await _turn(uow, inbound, by=by, at=at)
    await _must_be_allowed(uow, inbound, by=by, at=at)
    if inbound.form == handling_form.ID:
        return await _not_satisfied(uow, inbound, by=by, at=at)
    if inbound.form in gathered.FORMS:
        return await counter.take(uow, gathered.FORMS[inbound.form], inbound, by=by, at=at)
    if inbound.form not in _FORMS:
        raise Refused("This window has nothing to send. Close it and look at the card again.")
    id = _subject(inbound.key)
    if not await uow.steps.take(id, f"{inbound.form}:{inbound.key[-12:]}", at=at):
        return _told("This has been done already. Nothing was done twice.")
    reader = moves.check(blank(inbound), inbound.values)
    sent = _Sent(id=id, reader=reader, inbound=inbound, by=by, at=at)
    return _told(await _FORMS[inbound.form](uow, sent))


async def redraw(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The same form again with everything that was typed in it, names of picked people included."""
    form = await _with_people(uow, inbound)
    form = replace(form, values=picked.chosen(form.fields(), inbound.values))
    return replace(form, names=await reading.names_in(uow, form))


async def _with_people(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The form with the reference of its concern, and the people that may be chosen where it lists some."""
    filed = gathered.FORMS.get(inbound.form)
    if filed is not None and filed.again is not None:
        return await filed.again(uow, inbound)
    if inbound.form not in _FORMS and filed is None:
        return as_typed(inbound)
    action = await uow.actions.get(ActionId(_subject(inbound.key)))
    concern = await uow.concerns.get(action.concern if action else ConcernId(_subject(inbound.key)))
    if concern is None:
        return as_typed(inbound)
    return blank(inbound, reference(action, concern) if action else concern.reference)


def as_typed(inbound: FormSubmitted) -> Form:
    """The same form again with everything that was typed in it, made without a look at the store."""
    if inbound.form == concern_form.ID and inbound.page == review.PAGE:
        return review.kept(inbound.key)
    if inbound.form == concern_form.ID:
        number = min(max(inbound.page, 1), concern_form.LAST)
        return concern_form.page(inbound.key, number, inbound.values, {})
    return replace(blank(inbound), values=inbound.values)


def blank(inbound: FormSubmitted, reference: str = "") -> Form:
    """The short form that this was, as far as its fields go."""
    makers: dict[str, Callable[[str, str], Form]] = {
        quick.ID: lambda key, _: quick.form(key, {}, {}),
        moves.ADD: moves.add,
        duty_form.ID: duty_form.form,
        handling_form.ID: handling_form.form,
        unsent_form.THROW_AWAY: lambda key, _: unsent_form.throw_away(key, ""),
    }
    filed = gathered.FORMS.get(inbound.form)
    make = filed.blank if filed else makers.get(inbound.form)
    if make is None:
        return Form(id=inbound.form, key=inbound.key, title="Heard", parts=())
    return make(inbound.key, reference)


async def _page(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    key = _subject(inbound.key)
    if not 1 <= inbound.page <= review.PAGE:
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
    read = quick.read(inbound.values)
    await _check_picked(uow, quick.form(inbound.key, inbound.values, {}))
    raised = await completing.raise_quick(uow, read, id=id, by=by, at=at)
    now = await notices.situation(uow, raised.concern, at=at)
    return Tell(receipt_card(raised.concern, now, proof=raised.proof))


async def _not_satisfied(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    """A concern of its own comes of it, with a receipt; sent twice it is found again."""
    moves.check(blank(inbound), inbound.values)
    first, key = ConcernId(_subject(inbound.key)), inbound.key
    raised = await handling.raise_about_handling(uow, first, inbound.values, key=key, by=by, at=at)
    now = await notices.situation(uow, raised.concern, at=at)
    return Tell(receipt_card(raised.concern, now, proof=raised.proof))


async def _check_picked(uow: UnitOfWork, form: Form) -> None:
    """Whoever was picked in it must be somebody here."""
    if strange := picked.unknown(form.fields(), form.values, await reading.names_in(uow, form)):
        raise InvalidForm(strange)


async def _turn(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    id = _subject(inbound.key)
    page = inbound.page - 1 if inbound.back else inbound.page + 1
    return NextPage(await reading.open_concern(uow, ConcernId(id), page=page, by=by, at=at))


async def _logged(uow: UnitOfWork, sent: _Sent) -> str:
    concern = await duties.log_call(uow, ConcernId(sent.id), sent.inbound.values, by=sent.by, at=sent.at)
    return f"Your call is logged with concern {concern.reference}. The leads see the reference. Keep it yourself too."


async def _thrown_away(uow: UnitOfWork, sent: _Sent) -> str:
    await unsent.throw_away(uow, sent.id, by=sent.by, at=sent.at)
    return "It has been thrown away. What you wrote is deleted, and nobody has read it."


async def _added(uow: UnitOfWork, sent: _Sent) -> str:
    words = {"more": sent.reader.text("more")}
    concern = await concerns.add_more(uow, ConcernId(sent.id), words, by=sent.by, at=sent.at)
    return f"This has been added to concern {concern.reference}. What you sent first stays as it is."


_FORMS: dict[str, Callable[[UnitOfWork, _Sent], Awaitable[str]]] = {
    moves.ADD: _added,
    unsent_form.THROW_AWAY: _thrown_away,
    duty_form.ID: _logged,
}


_DOINGS = {moves.ADD: Doing.ADD, duty_form.ID: Doing.ADD, handling_form.ID: Doing.SEE_RECEIPT}


async def _must_be_allowed(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> None:
    """What whoever sends that form must be allowed to do, asked before a word of it is looked at."""
    filed = gathered.FORMS.get(inbound.form)
    if doing := filed.doing if filed else _DOINGS.get(inbound.form):
        await access.must_be_allowed(uow, _subject(inbound.key), doing, by=by, at=at)


def _told(words: str) -> Tell:
    return Tell(plain.say(words, heading="Done"))


def _subject(key: str) -> UUID:
    try:
        return moves.subject(key)
    except ValueError:
        raise NoSuchConcern from None
