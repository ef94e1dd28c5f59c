"""What the reporter does with their own: add to it, tell the rest, log a call, say that it was handled ill."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4, uuid5

from handlers import notices
from handlers.access import concern_for
from handlers.account import logged, meant_form, not_satisfied_form, police_notice, quick
from handlers.conversation import FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.errors import Refused
from handlers.need_to_know import meant
from handlers.ports import UnitOfWork
from handlers.reporter import (
    add_form,
    completing,
    drafts,
    duties,
    duty_form,
    more_detail,
    more_detail_form,
    not_satisfied,
    raising,
    unsent,
    unsent_form,
    who_has_it,
)
from handlers.reporter.receipt_card import receipt_card
from handlers.reporter.sending import PAGES, with_questions
from handlers.rules import verdict
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers
from handlers.rules.concern import About, Concern, ConcernId
from handlers.rules.people import Person
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form


async def _add(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ADD, by=by)
    return OpenForm(await _add_form(uow, keys.key(subject), concern))


async def _add_form(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    """What is asked of them stands above it."""
    form = add_form.add(key, concern.reference)
    about, *fields = form.parts
    return replace(form, parts=(about, *await more_detail.question(uow, concern), *fields))


async def _added(uow: UnitOfWork, sent: Sent) -> Reply | str:
    """Comes back once where names are typed in it that are on the staff list; then it is added once."""
    id, key = ConcernId(sent.id), sent.inbound.key
    concern = await concern_for(uow, id, Doing.ADD, by=sent.by)
    words: Answers = {"more": sent.reader.text("more")}
    found = meant.said(await meant.among(uow, words, by=sent.by.id, of=concern), sent.inbound.values)
    if await meant.ask(uow, _once(id, key), found, at=sent.at):
        return _asked(await _add_form(uow, key, concern), found, sent)
    if not await _first_time(uow, sent):
        return DONE_ALREADY
    waited = more_detail.unanswered(await uow.trail.of(id))
    await raising.add_more(uow, id, verdict.kept(words, found), by=sent.by, at=sent.at)
    await more_detail.tell_who_asked(uow, concern, waited)
    return f"This has been added to concern {concern.reference}. What you sent first stays as it is."


async def _first_time(uow: UnitOfWork, sent: Sent) -> bool:
    """Whether that form has not done its work yet: from here on it has."""
    return await uow.steps.take(sent.id, f"{sent.inbound.form}:{sent.inbound.key[-12:]}", at=sent.at)


DONE_ALREADY = "This has been done already. Nothing was done twice."


async def _ask_more(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.CORRECT, by=by)
    await more_detail.must_be_asked(uow, concern, by=by)
    return OpenForm(more_detail_form.ask(keys.key(subject), concern.reference))


async def _more_asked(uow: UnitOfWork, sent: Sent) -> Reply | str:
    """Comes back once where a question carries an answer; then the reporter is asked, once."""
    id, key, what = ConcernId(sent.id), sent.inbound.key, sent.reader.text("asked")
    concern = await concern_for(uow, id, Doing.CORRECT, by=sent.by)
    led = more_detail.leading(what)
    if led and await uow.steps.take(_once(id, key), "led", at=sent.at):
        form = more_detail_form.ask(key, concern.reference)
        return NextPage(replace(form, parts=(*form.parts, *more_detail_form.led(led)), values=sent.inbound.values))
    if not await _first_time(uow, sent):
        return DONE_ALREADY
    due = say.moment(await more_detail.ask(uow, id, what, by=sent.by, at=sent.at), uow.school.calendar)
    return f"The reporter is being asked, and has until {due}. You are told when they add to it."


def _once(id: UUID, key: str) -> UUID:
    """What a form that was opened once is asked under."""
    return uuid5(id, key)


def _asked(form: Form, found: meant.Found, sent: Sent) -> Reply:
    """The same form with what is left to be asked below it."""
    return NextPage(replace(form, parts=(*form.parts, *meant_form.asked(found)), values=sent.inbound.values))


async def _add_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    form = await _add_form(uow, inbound.key, concern) if concern else add_form.add(inbound.key, "")
    return await with_questions(uow, inbound, form, of=concern)


async def _not_satisfied_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    goes = await _goes(uow, inbound, concern)
    form = not_satisfied_form.form(inbound.key, concern.reference if concern else "", goes)
    return await with_questions(uow, inbound, form, about=About.PRACTICE)


async def _duty(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await duties.read_duty(uow, ConcernId(subject), by=by, at=at))


async def _logged(uow: UnitOfWork, sent: Sent) -> str:
    concern = await duties.log_call(uow, ConcernId(sent.id), sent.inbound.values, by=sent.by, at=sent.at)
    if sent.reader.said(logged.NOT_THEIRS):
        kept = f"This is kept with concern {concern.reference}, where whoever has it reads it."
        return f"{kept} You are reminded no more."
    said = f"Your call is logged with concern {concern.reference}."
    return f"{said} Whoever has it sees the reference. Keep it yourself too."


async def _not_satisfied(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SEE_RECEIPT, by=by)
    goes = who_has_it.goes_to(await not_satisfied.would_go_to(uow, concern, by=by))
    return OpenForm(not_satisfied_form.form(keys.key(subject), concern.reference, goes))


async def _goes(uow: UnitOfWork, inbound: FormSubmitted, concern: Concern | None) -> str:
    """Again, for one who may have it."""
    by = await uow.people.identify(inbound.who)
    if by is None or concern is None or not may(by, Doing.SEE_RECEIPT, concern):
        return ""
    return who_has_it.goes_to(await not_satisfied.would_go_to(uow, concern, by=by))


async def _was_not_satisfied(uow: UnitOfWork, sent: Sent) -> Reply:
    """A concern of its own comes of it, with a receipt; sent twice it is found again."""
    first, key = ConcernId(sent.id), sent.inbound.key
    typed, left = await not_satisfied.to_be_asked(uow, first, sent.inbound.values, key=key, by=sent.by, at=sent.at)
    if left:
        concern = await concern_for(uow, first, Doing.SEE_RECEIPT, by=sent.by)
        goes = await _goes(uow, sent.inbound, concern)
        return _asked(not_satisfied_form.form(key, concern.reference, goes), left, sent)
    raised = await not_satisfied.raise_about_handling(uow, first, typed, key=key, by=sent.by, at=sent.at)
    now = await notices.situation(uow, raised.concern, at=sent.at)
    return Tell(receipt_card(raised.concern, now, proof=raised.proof, window=not sent.inbound.in_chat))


async def _complete(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    key = await completing.open_rest(uow, ConcernId(subject), by=by, at=at)
    return OpenForm(await duties.beside(uow, await drafts.begin(uow, key, by=by, at=at), at=at))


async def _throw_away(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await unsent.ask_again(uow, subject, keys.key(subject), by=by, at=at))


async def _thrown_away(uow: UnitOfWork, sent: Sent) -> str:
    await unsent.throw_away(uow, sent.id, by=sent.by, at=sent.at)
    return "It has been thrown away. What you wrote has been deleted, and nobody has read it."


async def _start(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    await unsent.must_not_be_gone(uow, subject)
    return OpenForm(await duties.beside(uow, await drafts.begin(uow, subject, by=by, at=at), at=at))


async def _raise(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """As `/concern`, wherever it is pressed and however often: each time under a key of its own."""
    return OpenForm(await unsent.offer(uow, await drafts.begin(uow, uuid4(), by=by, at=at), by=by, at=at))


async def _quick(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    await _must_be_new(uow, subject, "/concern quick", by)
    return OpenForm(quick.form(str(subject), {}, {}))


async def _notice(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    await _must_be_new(uow, subject, "/concern notice", by)
    return OpenForm(police_notice.form(str(subject), {}, {}))


async def _must_be_new(uow: UnitOfWork, subject: UUID, typed: str, by: Person) -> None:
    if sent := await uow.concerns.get(ConcernId(subject)):
        own = f"This form has been sent already. Type {typed} to begin a new one."
        raise Refused(own if may(by, Doing.SEE_RECEIPT, sent) else raising.ANOTHERS_FORM)


_ASKS_ITSELF = "It asks by itself, and keeps what is answered with the words."
COUNTER = Counter(
    presses={
        Press.START: _start,
        Press.START_HERE: _start,
        Press.RAISE: _raise,
        Press.QUICK: _quick,
        Press.QUICK_HERE: _quick,
        Press.NOTICE: _notice,
        Press.NOTICE_HERE: _notice,
        Press.ADD: _add,
        Press.ASK_MORE: _ask_more,
        Press.DUTY: _duty,
        Press.NOT_SATISFIED: _not_satisfied,
        Press.COMPLETE: _complete,
        Press.THROW_AWAY: _throw_away,
    },
    forms={
        add_form.ADD: Filed(
            take=_added, blank=add_form.add, doing=Doing.ADD, once=False, again=_add_again, unasked=_ASKS_ITSELF
        ),
        more_detail_form.ID: Filed(take=_more_asked, blank=more_detail_form.ask, doing=Doing.CORRECT, once=False),
        duty_form.ID: Filed(take=_logged, blank=duty_form.form, doing=Doing.ADD),
        not_satisfied_form.ID: Filed(
            take=_was_not_satisfied, blank=not_satisfied_form.form, doing=Doing.SEE_RECEIPT, once=False,
            again=_not_satisfied_again, unasked=_ASKS_ITSELF,
        ),
        unsent_form.THROW_AWAY: Filed(take=_thrown_away, blank=lambda key, _: unsent_form.throw_away(key, "")),
    },
    pages=PAGES,
)
