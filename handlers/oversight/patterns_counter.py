"""Patterns: what is noticed across children, for whoever receives their concerns; dismissed with a reason."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from handlers.conversation import FormSubmitted, NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent
from handlers.errors import NoSuchConcern
from handlers.oversight import patterns, patterns_form
from handlers.ports import UnitOfWork
from handlers.rules.people import LEADS, Person, Role
from handlers.ui import keys
from handlers.ui.card import Press, Words
from handlers.ui.form import Form, TextField

_READERS = LEADS | {Role.HEAD}


async def open_patterns(uow: UnitOfWork, by: Person, at: datetime) -> Form:
    """`/concern patterns`: for those whose work it is; over what each may see."""
    if not by.among(_READERS):
        raise NoSuchConcern
    return patterns_form.window(keys.key(uuid4()), await patterns.of_school(uow, by=by, at=at))


async def _patterns(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await open_patterns(uow, by, at))


async def _dismissed(uow: UnitOfWork, sent: Sent) -> Reply | str:
    if not sent.by.among(_READERS):
        raise NoSuchConcern
    inbound, chosen = sent.inbound, str(sent.inbound.values.get("pattern") or "")
    if inbound.back or chosen == patterns_form.NEXT:
        noticed = await patterns.of_school(uow, by=sent.by, at=sent.at)
        return NextPage(patterns_form.window(inbound.key, noticed, number=inbound.page + (-1 if inbound.back else 1)))
    reason = sent.reader.said("reason")
    if not reason:
        noticed = await patterns.of_school(uow, by=sent.by, at=sent.at)
        return NextPage(_say_why(patterns_form.window(inbound.key, noticed, number=inbound.page), inbound))
    if not await uow.steps.take(sent.id, f"{patterns_form.DISMISS}:{inbound.key[-12:]}:{chosen}", at=sent.at):
        return "This has been done already. Nothing was done twice."
    await patterns.dismiss(uow, chosen, reason, by=sent.by, at=sent.at)
    return "It has been dismissed with your reason. It will come back if there is new evidence."


def _say_why(page: Form, inbound: FormSubmitted) -> Form:
    said = Words(text="Say what you found, then press Dismiss.", alert=True)
    return replace(page, parts=(said, *page.parts), values=inbound.values, submit="Dismiss")


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    return _blank(inbound.key, "")


def _blank(key: str, reference: str) -> Form:
    """With a reason to give; which pattern it is about is looked up when it is dismissed."""
    del reference
    asked = patterns_form.window(key, (patterns_form.Noticed(id="", words="-", evidence=()),))
    fields = tuple(replace(f, required=False) for f in asked.fields() if isinstance(f, TextField))
    return Form(id=patterns_form.DISMISS, key=key, title="Patterns", parts=fields, submit="Dismiss")


COUNTER = Counter(
    presses={Press.PATTERNS: _patterns},
    forms={
        patterns_form.DISMISS: Filed(
            take=_dismissed, blank=_blank, again=_again, once=False,
            unasked="It is kept in the trail alone: no card and no window shows it to anybody.",
        )
    },
)
