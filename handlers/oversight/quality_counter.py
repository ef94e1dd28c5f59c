"""Looking at one record for its quality."""

from datetime import datetime
from uuid import UUID

from handlers.access import concern_for
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.oversight import quality, quality_form
from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person
from handlers.ui import keys
from handlers.ui.card import Press
from handlers.ui.form import Form


async def _look(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.REVIEW, by=by)
    return OpenForm(quality_form.form(keys.key(subject), concern.reference, await quality.checks(uow, concern)))


async def _looked(uow: UnitOfWork, sent: Sent) -> str:
    words = {name: value for name in quality_form.LABELS if (value := sent.reader.text(name))}
    concern = await quality.look_at(uow, ConcernId(sent.id), words, by=sent.by, at=sent.at)
    return f"What you found in concern {concern.reference} has been recorded."


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return quality_form.form(inbound.key, "")
    return quality_form.form(inbound.key, concern.reference, await quality.checks(uow, concern))


COUNTER = Counter(
    presses={Press.REVIEW: _look},
    forms={quality_form.ID: Filed(take=_looked, blank=quality_form.form, again=_again, doing=Doing.REVIEW)},
)
