"""The dialog behind /concern and the short form of three answers, as they are sent. Use cases stand elsewhere."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import notices
from handlers.account import form as concern_form
from handlers.account import meant_form, names, police_notice, quick, review
from handlers.account.reported import Reported
from handlers.conversation import Complaints, FormSubmitted, NextPage, Reply, Tell
from handlers.counter import Paged, subject_of
from handlers.errors import InvalidForm, Refused
from handlers.need_to_know import meant
from handlers.ports import UnitOfWork
from handlers.reporter import (
    carrying_on,
    completing,
    drafts,
    duties,
    inbound_notices,
    raising,
    unsent,
    unsent_form,
)
from handlers.reporter.receipt_card import receipt_card
from handlers.rules import verdict
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Concern, ConcernId
from handlers.rules.people import Person
from handlers.ui import picked
from handlers.ui.form import Form


async def page(uow: UnitOfWork, inbound: FormSubmitted, by: Person, at: datetime) -> Reply:
    """A page of the dialog: kept, and then the next one, complaints, or the receipt."""
    key = subject_of(inbound.key)
    if not 1 <= inbound.page <= meant_form.PAGE:
        raise Refused("This page is not one of ours. Type /concern to begin again.")
    turn = drafts.Turn(
        page=inbound.page, back=inbound.back, in_chat=inbound.in_chat, shown=inbound.shown, stay=bool(inbound.goto)
    )
    if inbound.changed:
        form = await drafts.draw_again(uow, key, inbound.values, turn, by=by, at=at)
        return NextPage(await _with_the_way_back(uow, form, inbound, by=by, at=at) if form.page == 1 else form)
    if inbound.page == 1 and (wanted := unsent_form.chosen(inbound.values)):
        form = await carrying_on.carry_on(uow, key, wanted, inbound.values, by=by, at=at)
        return NextPage(await duties.beside(uow, form, in_chat=inbound.in_chat, at=at))
    result = await drafts.turn_page(uow, key, inbound.values, turn, by=by, at=at)
    match result:
        case Form():
            await unsent.keep_place(uow, key, result.page)
            return NextPage(await duties.beside(uow, result, in_chat=inbound.in_chat, at=at))
        case drafts.PageFaulty(form=form, by_field=by_field):
            await unsent.keep_place(uow, key, form.page)
            if inbound.page == form.page == 1:
                form = await _with_the_way_back(uow, form, inbound, by=by, at=at)
            form = await duties.beside(uow, form, in_chat=inbound.in_chat, at=at)
            return Complaints(form=form, by_field=dict(by_field))
        case raising.Raised(concern=concern, proof=proof):
            now = await notices.situation(uow, concern, at=at)
            return Tell(receipt_card(concern, now, proof=proof, window=not inbound.in_chat))


async def _with_the_way_back(
    uow: UnitOfWork, form: Form, inbound: FormSubmitted, *, by: Person, at: datetime
) -> Form:
    """The first page with what was begun before, as it was chosen there."""
    chosen = str(inbound.values.get(unsent_form.CARRY_ON, ""))
    return await unsent.offer(uow, form, chosen=chosen, in_chat=inbound.in_chat, by=by, at=at)


def page_as_typed(inbound: FormSubmitted) -> Form:
    """The same page again with everything that was typed in it."""
    if inbound.page in {review.PAGE, meant_form.PAGE}:
        return review.kept(inbound.key, inbound.page)
    number = min(max(inbound.page, 1), concern_form.LAST)
    return concern_form.page(inbound.key, number, inbound.values, {}, stood=inbound.stood)


async def send_quick(uow: UnitOfWork, inbound: FormSubmitted, by: Person, at: datetime) -> Reply:
    return await _send_short(uow, inbound, _QUICK, by=by, at=at)


async def send_notice(uow: UnitOfWork, inbound: FormSubmitted, by: Person, at: datetime) -> Reply:
    return await _send_short(uow, inbound, _NOTICE, by=by, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Short:
    """A form of one page that is a concern as soon as it is sent."""

    form: Callable[[str, Answers, Mapping[str, str]], Form]
    read: Callable[[Answers, Calendar, datetime], Reported]
    raise_: Callable[..., Awaitable[raising.Raised]]
    again: Callable[[UnitOfWork, FormSubmitted], Awaitable[Form]]


async def _send_short(
    uow: UnitOfWork, inbound: FormSubmitted, short: _Short, *, by: Person, at: datetime
) -> Reply:
    """Sent back once where a name is typed in it that is on the staff list; then it is raised."""
    id = ConcernId(subject_of(inbound.key))
    typed = {name: value for name, value in inbound.values.items() if name != verdict.ANSWER}
    read = short.read(typed, uow.school.calendar, at)
    await _check_picked(uow, short.form(inbound.key, typed, {}))
    found = meant.said(await meant.among(uow, read.kept, by=by.id), typed)
    if await uow.concerns.get(id) is None and await meant.ask(uow, id, found, at=at):
        form = await short.again(uow, inbound)
        form = replace(form, values=picked.chosen(form.fields(), inbound.values))
        return NextPage(replace(form, names=await names.names_in(uow, form)))
    read = replace(read, kept=verdict.kept(read.kept, found))
    raised = await short.raise_(uow, read, id=id, by=by, at=at)
    now = await notices.situation(uow, raised.concern, at=at)
    return Tell(receipt_card(raised.concern, now, proof=raised.proof, window=not inbound.in_chat))


async def _check_picked(uow: UnitOfWork, form: Form) -> None:
    """Whoever was picked in it must be somebody here."""
    if strange := picked.unknown(form.fields(), form.values, await names.names_in(uow, form)):
        raise InvalidForm(strange)


def quick_as_typed(inbound: FormSubmitted) -> Form:
    return quick.form(inbound.key, inbound.values, {})


async def quick_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    return await with_questions(uow, inbound, quick.form(inbound.key, {}, {}), about=About.CHILD)


async def with_questions(
    uow: UnitOfWork, inbound: FormSubmitted, form: Form, *, about: About | None = None, of: Concern | None = None
) -> Form:
    """A short form in which an account is written, with what its words leave to be asked below them."""
    by = await uow.people.identify(inbound.who)
    if by is None:
        return form
    typed = {**picked.chosen(form.fields(), inbound.values), **({"about": about} if about else {})}
    found = await meant.among(uow, typed, by=by.id, of=of)
    return replace(form, parts=(*form.parts, *meant_form.asked(found)))


def notice_as_typed(inbound: FormSubmitted) -> Form:
    return police_notice.form(inbound.key, inbound.values, {})


async def notice_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    return await with_questions(uow, inbound, police_notice.form(inbound.key, {}, {}), about=About.CHILD)


_QUICK = _Short(
    form=quick.form, read=lambda answers, _, __: quick.read(answers), raise_=completing.raise_quick, again=quick_again
)
_NOTICE = _Short(
    form=police_notice.form,
    read=lambda answers, calendar, at: police_notice.read(answers, calendar=calendar, at=at),
    raise_=inbound_notices.raise_notice,
    again=notice_again,
)
PAGES = {
    concern_form.ID: Paged(take=page, as_typed=page_as_typed),
    quick.ID: Paged(take=send_quick, as_typed=quick_as_typed, again=quick_again),
    police_notice.ID: Paged(take=send_notice, as_typed=notice_as_typed, again=notice_again),
}
