"""Reading the low-level log, and recording its review."""

from datetime import datetime
from uuid import UUID, uuid4

from handlers.adults import log, log_form
from handlers.adults.card import log_way_in
from handlers.conversation import CommandTyped, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Sent
from handlers.ports import UnitOfWork
from handlers.rules.people import Person
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern adults`: the window; in a chat the way to it."""
    form = await _window(uow, keys.key(uuid4()), by=by, at=at)
    return Tell(log_way_in(keys.subject(form.key))) if inbound.in_chat else OpenForm(form)


async def _window(uow: UnitOfWork, key: str, *, by: Person, at: datetime, number: int = 0) -> Form:
    read = await log.read(uow, by=by, at=at)
    await log.looked(uow, by=by, at=at)
    return log_form.window(key, read.adults, review=bool(read.logs), number=number)


async def _opened(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await _window(uow, keys.key(uuid4()), by=by, at=at))


async def _reviewed(uow: UnitOfWork, sent: Sent) -> Reply | str:
    inbound = sent.inbound
    if inbound.back or inbound.page < log_form.LAST:
        number = inbound.page + (-1 if inbound.back else 1)
        return NextPage(await _window(uow, inbound.key, by=sent.by, at=sent.at, number=number))
    term = await log.review(uow, sent.reader.text(log_form.REVIEW), by=sent.by, at=sent.at)
    calendar = uow.school.calendar
    return f"The review of the term until {say.date_of(term.last, calendar)} is recorded."


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """With a complaint: without what was read, for no clock is at hand."""
    return _blank(inbound.key, "")


def _blank(key: str, reference: str) -> Form:
    del reference
    return log_form.window(key, ())


COUNTER = Counter(
    presses={Press.LOG: _opened},
    forms={
        log_form.ID: Filed(
            take=_reviewed, blank=_blank, again=_again, unasked="Whoever it names is in the concerns that it is about."
        ),
    },
)
