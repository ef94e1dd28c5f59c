"""What each form does when it is sent: one line a form, over the use cases.

A form sent twice (a lost answer, a double press) does its work once: the key it was opened with is kept in
its entry, and the second finds it.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from handlers import actions, concerns, drafts, notices, reading
from handlers.cards import plain
from handlers.cards.action import reference
from handlers.cards.receipt import receipt_card
from handlers.conversation import Complaints, FormSubmitted, NextPage, Reply, Tell
from handlers.errors import NoSuchConcern, Refused
from handlers.forms import account, moves, quick, review
from handlers.forms import concern as concern_form
from handlers.forms.model import Form
from handlers.forms.read import Reader
from handlers.ports import UnitOfWork
from handlers.rules.action import ActionId
from handlers.rules.concern import ConcernId, Outcome
from handlers.rules.people import Person, PersonId


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
    form = replace(await _with_people(uow, inbound), values=inbound.values)
    return replace(form, names=await reading.names_in(uow, form))


async def _with_people(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """The form with the reference of its concern, and the people that may be chosen where it lists some."""
    if inbound.form not in _FORMS:
        return as_typed(inbound)
    action = await uow.actions.get(ActionId(_subject(inbound.key)))
    concern = await uow.concerns.get(action.concern if action else ConcernId(_subject(inbound.key)))
    if concern is None:
        return as_typed(inbound)
    if inbound.form not in {moves.HAND_OVER, moves.ASSIGN}:
        return blank(inbound, reference(action, concern) if action else concern.reference)
    if inbound.form == moves.ASSIGN:
        return moves.assign(inbound.key, concern.reference, await actions.who_may_owe(uow, concern))
    owner = await uow.people.get(concern.owner) if concern.owner else None
    others = await concerns.who_may_take(uow, concern, less=owner) if owner else []
    return moves.hand_over(inbound.key, concern.reference, others)


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
        moves.ESCALATE: moves.escalate,
        moves.ASSIGN: lambda key, reference: moves.assign(key, reference, ()),
        moves.DECIDE: moves.decide,
        moves.CLOSE: moves.close,
        moves.DONE: moves.done,
        moves.ADD: moves.add,
        moves.HAND_OVER: lambda key, reference: moves.hand_over(key, reference, ()),
    }
    make = makers.get(inbound.form)
    if make is None:
        return Form(id=inbound.form, key=inbound.key, title="Heard", parts=())
    return make(inbound.key, reference)


async def _page(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    key = _subject(inbound.key)
    if not 1 <= inbound.page <= review.PAGE:
        raise Refused("This page is not one of ours. Type /concern to begin again.")
    result = await drafts.turn_page(
        uow, key, inbound.values, page=inbound.page, back=inbound.back, by=by, at=at
    )
    match result:
        case Form():
            return NextPage(result)
        case drafts.PageFaulty(form=form, by_field=by_field):
            return Complaints(form=form, by_field=dict(by_field))
        case concerns.Raised(concern=concern, proof=proof):
            now = await notices.situation(uow, concern, at=at)
            return Tell(receipt_card(concern, now, proof=proof))


async def _quick(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    id = ConcernId(_subject(inbound.key))
    raised = await concerns.raise_concern(uow, quick.read(inbound.values), id=id, by=by, at=at)
    now = await notices.situation(uow, raised.concern, at=at)
    return Tell(receipt_card(raised.concern, now, proof=raised.proof))


async def _turn(uow: UnitOfWork, inbound: FormSubmitted, *, by: Person, at: datetime) -> Reply:
    id = _subject(inbound.key)
    page = inbound.page - 1 if inbound.back else inbound.page + 1
    return NextPage(await reading.open_concern(uow, ConcernId(id), page=page, by=by, at=at))


async def _escalated(uow: UnitOfWork, sent: _Sent) -> str:
    reason = sent.reader.text("reason")
    done = await concerns.escalate_concern(uow, ConcernId(sent.id), reason, by=sent.by, at=sent.at)
    if not done.told:
        outside = uow.school.outside
        return f"There is nobody else in school to tell. Ring {outside.name}, {outside.telephone}, yourself."
    names = " and ".join(person.name for person in done.told)
    return f"Concern {done.concern.reference} has been escalated. {names} have it in their chat now."


async def _handed_over(uow: UnitOfWork, sent: _Sent) -> str:
    to, note = _person(sent.reader.text("to")), sent.reader.text("note")
    concern = await concerns.hand_over_concern(
        uow, ConcernId(sent.id), note, to=to, by=sent.by, at=sent.at
    )
    return f"Concern {concern.reference} has been offered. It stays yours until they accept."


async def _assigned(uow: UnitOfWork, sent: _Sent) -> str:
    due = moves.due(sent.inbound.values, calendar=uow.school.calendar, at=sent.at)
    owner, what = _person(sent.reader.text("owner")), sent.reader.text("what")
    action = await actions.assign_action(
        uow, ConcernId(sent.id), what, owner=owner, due_at=due, by=sent.by, at=sent.at
    )
    return f"Action {action.number} has been assigned. They are being told now."


async def _decided(uow: UnitOfWork, sent: _Sent) -> str:
    outcome = Outcome(sent.reader.text("outcome"))
    words = {"rationale": sent.reader.text("rationale"), "rejected": sent.reader.text("rejected")}
    concern = await concerns.decide_concern(
        uow, ConcernId(sent.id), words, outcome=outcome, by=sent.by, at=sent.at
    )
    return f"The decision on concern {concern.reference} has been recorded with its rationale."


async def _closed(uow: UnitOfWork, sent: _Sent) -> str:
    outcome = sent.reader.text("outcome")
    concern = await concerns.close_concern(uow, ConcernId(sent.id), outcome, by=sent.by, at=sent.at)
    return f"Concern {concern.reference} is closed."


async def _done(uow: UnitOfWork, sent: _Sent) -> str:
    what = sent.reader.text("what_done")
    await actions.finish_action(uow, ActionId(sent.id), what, by=sent.by, at=sent.at)
    return "Thank you. What you did has been recorded, and the lead can see it."


async def _added(uow: UnitOfWork, sent: _Sent) -> str:
    words = {"more": sent.reader.text("more")}
    concern = await concerns.add_more(uow, ConcernId(sent.id), words, by=sent.by, at=sent.at)
    return f"This has been added to concern {concern.reference}. What you sent first stays as it is."


_FORMS: dict[str, Callable[[UnitOfWork, _Sent], Awaitable[str]]] = {
    moves.ESCALATE: _escalated,
    moves.HAND_OVER: _handed_over,
    moves.ASSIGN: _assigned,
    moves.DECIDE: _decided,
    moves.CLOSE: _closed,
    moves.DONE: _done,
    moves.ADD: _added,
}


def _told(words: str) -> Tell:
    return Tell(plain.say(words, heading="Done"))


def _subject(key: str) -> UUID:
    try:
        return moves.subject(key)
    except ValueError:
        raise NoSuchConcern from None


def _person(text: str) -> PersonId:
    try:
        return PersonId(UUID(text))
    except ValueError:
        raise Refused("Choose a person from the list.") from None
