"""Sharing with a colleague, and ending it."""

from datetime import datetime
from uuid import UUID

from handlers import staff
from handlers.access import concern_for
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.ports import UnitOfWork
from handlers.record import share_form, sharing
from handlers.rules.authority import Doing
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person
from handlers.rules.share import ShareId
from handlers.rules.verdict import Typed
from handlers.ui import keys, say
from handlers.ui.card import Press
from handlers.ui.form import Form, Option
from handlers.ui.reader import Reader


async def _share(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SHARE, by=by)
    offered = sharing.paragraphs(await uow.trail.answers(concern.id))
    return OpenForm(share_form.share(keys.key(subject), concern.reference, offered))


async def _shared(uow: UnitOfWork, sent: Sent) -> str:
    until = sent.reader.moment("until", "", uow.school.calendar)
    assert until is not None
    closing = uow.school.calendar.closing(until.astimezone(uow.school.calendar.zone).date())
    giving = sharing.Giving(
        fields=sent.reader.many("fields"), to=sent.person("to"), until=closing, reason=sent.reader.text("reason")
    )
    await sharing.share_concern(uow, ConcernId(sent.id), giving, by=sent.by, at=sent.at)
    to, last = await staff.name_of(uow, giving.to), say.day(closing, uow.school.calendar)
    return f"It has been shared with {to}, who is being told now and can read it until {last}."


async def _share_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return share_form.share(inbound.key, "")
    return share_form.share(inbound.key, concern.reference, sharing.paragraphs(await uow.trail.answers(concern.id)))


async def _paragraphs(uow: UnitOfWork, inbound: FormSubmitted) -> tuple[Typed, ...]:
    """What they would read: it may mean them, and a reporter is not asked about every colleague."""
    answers = await uow.trail.answers(ConcernId(subject_of(inbound.key)))
    return sharing.typed(answers, Reader(inbound.values).many("fields"))


async def _read(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await sharing.open_share(uow, ShareId(subject), by=by, at=at))


async def _unshare(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SHARE, by=by)
    given = await sharing.live(uow, concern, at=at)
    options = [Option(key=str(one.id), label=say.fit(label)) for one, label in given]
    return OpenForm(share_form.revoke(keys.key(subject), concern.reference, options))


async def _unshare_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """What has not been ended; one whose time has run out since says so when it is chosen."""
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return share_form.revoke(inbound.key, "", ())
    given = await sharing.not_ended(uow, concern)
    options = [Option(key=str(one.id), label=label[:75]) for one, label in given]
    return share_form.revoke(inbound.key, concern.reference, options)


async def _unshared(uow: UnitOfWork, sent: Sent) -> str:
    text = sent.reader.text
    await sharing.revoke_share(
        uow, ConcernId(sent.id), str(sent.inbound.values.get("share") or ""), text("reason"), by=sent.by, at=sent.at
    )
    return "It has ended. They can no longer read it."


COUNTER = Counter(
    presses={Press.SHARE: _share, Press.READ_SHARE: _read, Press.UNSHARE: _unshare},
    forms={
        share_form.SHARE: Filed(
            take=_shared, blank=share_form.share, again=_share_again, doing=Doing.SHARE, shows=_paragraphs
        ),
        share_form.REVOKE: Filed(take=_unshared, blank=share_form.revoke, again=_unshare_again, doing=Doing.SHARE),
    },
)
