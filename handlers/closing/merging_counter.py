"""Merging takes two: one proposes, another answers."""

from datetime import datetime
from uuid import UUID

from handlers.access import concern_for
from handlers.closing import merging, merging_form
from handlers.closing import moves as closing
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import Form


async def _propose(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.MERGE, by=by)
    concern.merge(ConcernId(UUID(int=0)), at=at)
    await closing.must_be_settled(uow, concern)
    return OpenForm(merging_form.propose(keys.key(subject), concern.reference))


async def _proposed(uow: UnitOfWork, sent: Sent) -> str:
    into, reason = sent.reader.text("into"), sent.reader.text("reason")
    other = await merging.propose(uow, ConcernId(sent.id), into, reason, by=sent.by, at=sent.at)
    said = f"You have proposed to merge it into {other.reference}. A second person is being asked."
    return f"{said} Until they answer, both stay open."


async def _agree(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    found = await merging.proposal(uow, ConcernId(subject), by=by, at=at)
    return OpenForm(_form(keys.key(subject), found))


def _form(key: str, found: merging.Proposal) -> Form:
    return merging_form.agree(key, found.concern.reference, found.other.reference, found.named, found.reason)


async def _answered(uow: UnitOfWork, sent: Sent) -> str:
    agreed, why = sent.reader.text("agreed") == "yes", sent.reader.text("why")
    found = await merging.answer(uow, ConcernId(sent.id), why, agreed=agreed, by=sent.by, at=sent.at)
    if agreed:
        merged = f"Concern {found.concern.reference} has been merged into {found.other.reference}."
        return f"{merged} Both can still be read."
    told = f"{found.named}, who proposed to merge {found.concern.reference}, is being told now."
    return f"Both stay as they are. {told}"


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """What was proposed, shown again to one who may still answer."""
    by = await uow.people.identify(inbound.who)
    if by is None:
        return merging_form.agree(inbound.key, "")
    found = await merging.proposal(uow, ConcernId(subject_of(inbound.key)), by=by, at=None)
    return _form(inbound.key, found)


COUNTER = Counter(
    presses={Press.MERGE: _propose, Press.AGREE_MERGE: _agree},
    forms={
        merging_form.MERGE: Filed(take=_proposed, blank=merging_form.propose, doing=Doing.MERGE),
        merging_form.AGREE: Filed(take=_answered, blank=merging_form.agree, again=_again, doing=Doing.MERGE),
    },
)
