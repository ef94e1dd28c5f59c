"""Disposing of a record takes two: one proposes, another answers."""

from datetime import datetime
from uuid import UUID

from handlers.closing import disposing, disposing_form
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.retention import Basis
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form


async def _propose(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await disposing.may_be_proposed(uow, ConcernId(subject), by=by, at=at)
    return OpenForm(await _asked(uow, keys.key(subject), concern))


async def _asked(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    until = await disposing.kept(uow, concern)
    return disposing_form.propose(key, concern.reference, say.written(until) if until else "")


async def _ask_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    return await _asked(uow, inbound.key, concern) if concern else disposing_form.propose(inbound.key, "")


async def _proposed(uow: UnitOfWork, sent: Sent) -> str:
    basis, reason = Basis(sent.reader.text("basis")), sent.reader.text("reason")
    concern = await disposing.propose(uow, ConcernId(sent.id), basis, reason, by=sent.by, at=sent.at)
    said = f"You have proposed to dispose of {concern.reference}. Another person is being asked."
    return f"{said} Until they agree, nothing changes."


async def _agree(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    found = await disposing.proposal(uow, ConcernId(subject), by=by, at=at)
    return OpenForm(_form(keys.key(subject), found))


def _form(key: str, found: disposing.Proposal) -> Form:
    ground = disposing_form.BASIS[found.basis]
    return disposing_form.agree(key, found.concern.reference, found.named, ground, found.reason)


async def _answered(uow: UnitOfWork, sent: Sent) -> str:
    agreed, why = sent.reader.text("agreed") == "yes", sent.reader.text("why")
    found = await disposing.answer(uow, ConcernId(sent.id), why, agreed=agreed, by=sent.by, at=sent.at)
    told = f"{found.named}, who proposed it, is being told now."
    if agreed:
        return f"The record of concern {found.concern.reference} is destroyed. Nobody can read it again. {told}"
    return f"The record of concern {found.concern.reference} is kept. {told}"


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """What was proposed, shown again to one who may still answer."""
    by = await uow.people.identify(inbound.who)
    if by is None:
        return disposing_form.agree(inbound.key, "")
    return _form(inbound.key, await disposing.proposal(uow, ConcernId(subject_of(inbound.key)), by=by, at=None))


COUNTER = Counter(
    presses={Press.DISPOSE: _propose, Press.AGREE_DISPOSE: _agree},
    forms={
        disposing_form.DISPOSE: Filed(
            take=_proposed, blank=disposing_form.propose, again=_ask_again, doing=Doing.DISPOSE
        ),
        disposing_form.AGREE: Filed(take=_answered, blank=disposing_form.agree, again=_again, doing=Doing.DISPOSE),
    },
)
