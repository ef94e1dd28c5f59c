"""Reading the record: finding, the chronology, and corrections beside what was written."""

from datetime import datetime
from uuid import UUID, uuid4

from handlers.access import concern_for
from handlers.account import window as account
from handlers.conversation import CommandTyped, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Paged, Sent, subject_of
from handlers.errors import InvalidForm
from handlers.ports import UnitOfWork
from handlers.record import chronology, chronology_form, correct_form, correcting, find_form, finding
from handlers.record import window as reading
from handlers.rules import reference
from handlers.rules.authority import Doing
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person, PupilId
from handlers.ui import keys, plain
from handlers.ui.card import Press
from handlers.ui.form import Form, is_id


def open_find(words: str, by: Person) -> Form:
    """`/concern find`: with what was typed after it where that is a reference; a name is searched in the window."""
    finding.must_be_able_to_find(by)
    typed = words.strip()
    return find_form.ask(keys.key(uuid4()), reference=typed if reference.meant(typed) else "")


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern find`: the window; in a chat the way to it, and what was typed is kept nowhere."""
    form = open_find(inbound.text.strip()[len("find") :], by)
    return Tell(plain.find_way_in(keys.subject(form.key))) if inbound.in_chat else OpenForm(form)


async def _find(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(open_find("", by))


async def _searched(uow: UnitOfWork, sent: Sent) -> Reply:
    finding.must_be_able_to_find(sent.by)
    if sent.inbound.page >= 2:
        return await _turned_results(uow, sent)
    values = sent.inbound.values
    written, child = str(values.get("reference") or "").strip(), str(values.get("child") or "")
    if written:
        concern = await finding.by_reference(uow, written, by=sent.by, at=sent.at)
        return NextPage(await reading.open_concern(uow, concern.id, page=1, by=sent.by, at=sent.at))
    if not is_id(child):
        raise InvalidForm({"reference": "Give a reference, or choose a child from the list."})
    return NextPage(await _results(uow, keys.key(UUID(child)), 1, by=sent.by, at=sent.at))


async def _results(uow: UnitOfWork, key: str, number: int, *, by: Person, at: datetime) -> Form:
    """Page `number` of what there is about the child in that key."""
    label, concerns = await finding.by_child(uow, PupilId(subject_of(key)), by=by, at=at)
    return find_form.found(key, label, finding.lists(uow, concerns, at=at), number=number)


async def _turned_results(uow: UnitOfWork, sent: Sent) -> Reply:
    """The page of results before or after the one that was shown, or the question."""
    inbound = sent.inbound
    if inbound.back and inbound.page == 2:
        return NextPage(find_form.ask(inbound.key))
    number = inbound.page - (2 if inbound.back else 0)
    return NextPage(await _results(uow, inbound.key, number, by=sent.by, at=sent.at))


async def _asked_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    return find_form.ask(inbound.key) if inbound.page == 1 else find_form.found(inbound.key, "Find", ())


async def _chronology(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    key = chronology_form.key_for(subject)
    return OpenForm(await chronology.open_chronology(uow, key, subject, page=1, by=by, at=at))


async def _turned(uow: UnitOfWork, sent: Sent) -> Reply:
    """Another page, or the first one through another filter."""
    inbound = sent.inbound
    wanted = str(inbound.values.get("show") or chronology_form.ALL)
    key, page = inbound.key, inbound.page - 1 if inbound.back else inbound.page + 1
    if not inbound.back and wanted != chronology_form.shown_by(inbound.key) and wanted in chronology_form.FILTERS:
        key, page = chronology_form.key_for(sent.id, wanted), 1
    return NextPage(await chronology.open_chronology(uow, key, sent.id, page=page, by=sent.by, at=sent.at))


async def _correct(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    id = ConcernId(subject)
    concern = await concern_for(uow, id, Doing.CORRECT, by=by)
    return OpenForm(correct_form.form(keys.key(subject), concern.reference, await correcting.correctable(uow, id)))


async def _corrected(uow: UnitOfWork, sent: Sent) -> str:
    text = sent.reader.text
    concern = await correcting.correct(
        uow, ConcernId(sent.id), text("what"), {"now": text("now"), "reason": text("reason")}, by=sent.by, at=sent.at
    )
    kept = f"Your correction is kept beside what was written in concern {concern.reference}."
    return f"{kept} What was written has not changed."


async def _correct_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    id = ConcernId(subject_of(inbound.key))
    concern = await uow.concerns.get(id)
    if concern is None:
        return correct_form.form(inbound.key, "", ())
    return correct_form.form(inbound.key, concern.reference, await correcting.correctable(uow, id))


async def _turn(uow: UnitOfWork, inbound: FormSubmitted, by: Person, at: datetime) -> Reply:
    """Another page of an account that is being read."""
    page = inbound.page - 1 if inbound.back else inbound.page + 1
    return NextPage(await reading.open_concern(uow, ConcernId(subject_of(inbound.key)), page=page, by=by, at=at))


def _as_typed(inbound: FormSubmitted) -> Form:
    return Form(id=account.ID, key=inbound.key, title="Heard", parts=())


COUNTER = Counter(
    presses={
        Press.FIND: _find,
        Press.CHRONOLOGY: _chronology,
        Press.CORRECT: _correct,
    },
    forms={
        find_form.ID: Filed(
            take=_searched, blank=lambda key, _: find_form.ask(key), again=_asked_again, once=False,
            unasked="What is looked for is kept nowhere.",
        ),
        chronology_form.ID: Filed(
            take=_turned, blank=lambda key, _: chronology_form.window(key, "", (), number=1), once=False
        ),
        correct_form.ID: Filed(
            take=_corrected, blank=lambda key, reference: correct_form.form(key, reference, ()), again=_correct_again,
            doing=Doing.CORRECT,
        ),
    },
    pages={account.ID: Paged(take=_turn, as_typed=_as_typed)},
)
