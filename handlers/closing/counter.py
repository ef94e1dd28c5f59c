"""Closing, signing off, opening again, moving to the right child."""

from datetime import datetime
from uuid import UUID

from handlers import staff
from handlers.access import concern_for
from handlers.closing import form as forms
from handlers.closing import moves as closing
from handlers.conversation import FormSubmitted, OpenForm, Reply
from handlers.counter import Counter, Filed, Sent, subject_of
from handlers.errors import NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.record import labels
from handlers.rules.authority import Doing
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import Person, PupilId
from handlers.ui import keys, pages, who
from handlers.ui.card import Heading, Press
from handlers.ui.form import Form, Option, Part, is_id


async def _close(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.CLOSE, by=by)
    closing.must_be_theirs_to_close(concern, by, at=at)
    await closing.must_be_settled(uow, concern)
    await closing.must_have_its_outcome(uow, concern)
    return OpenForm(await _form(uow, keys.key(subject), concern))


async def _form(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    return forms.close(
        key, concern.reference, await closing.checklist(uow, concern), owed=await closing.owed(uow, concern),
        signed=await closing.needs_sign_off(uow, concern),
    )  # fmt: skip


async def _closed(uow: UnitOfWork, sent: Sent) -> str:
    text = sent.reader.text
    settling = closing.Settling(how=text("open"), to=text("open_to"), reason=text("open_reason"))
    words = {name: text(name) for name in ("outcome", "voice", "informed", "open_reason") if text(name)}
    concern = await closing.close_concern(
        uow, ConcernId(sent.id), words, settling=settling, by=sent.by, at=sent.at
    )
    if concern.status is Status.CLOSED:
        return f"Concern {concern.reference} is closed."
    return f"You have proposed to close concern {concern.reference}. A second person is being asked to sign it off."


async def _close_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    return await _form(uow, inbound.key, concern) if concern else forms.close(inbound.key, "")


async def _sign_off(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    id = ConcernId(subject)
    concern = await concern_for(uow, id, Doing.SIGN_OFF, by=by)
    concern.sign_off(by=by.id, at=at, open_actions=0)
    return OpenForm(await _sign_form(uow, keys.key(subject), concern))


async def _sign_form(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    owed = await closing.owed(uow, concern)
    return forms.sign_off(key, concern.reference, await _proposed(uow, concern.id), owed=owed)


async def _sign_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    return await _sign_form(uow, inbound.key, concern) if concern else forms.sign_off(inbound.key, "")


async def _proposed(uow: UnitOfWork, id: ConcernId) -> tuple[Part, ...]:
    """What was written when closing was proposed, word for word."""
    made = [line.entry for line in await uow.trail.of(id, words=True) if line.entry.deed is Deed.CLOSE_PROPOSED]
    if not made:
        raise NoSuchConcern
    parts: list[Part] = []
    for name, value in made[-1].words.items():
        parts += [Heading(labels.label(name)), *pages.pieces(str(value))]
    return tuple(parts)


async def _signed(uow: UnitOfWork, sent: Sent) -> str:
    agreed = sent.reader.text("agreed") == "yes"
    words = {"sign_off": sent.reader.text("sign_off")}
    before = await uow.concerns.get(ConcernId(sent.id))
    concern = await closing.sign_off(uow, ConcernId(sent.id), words, agreed=agreed, by=sent.by, at=sent.at)
    if agreed:
        return f"Concern {concern.reference} is closed."
    by = before.close_proposed_by if before else None
    proposer = await staff.name_of(uow, by or "")
    return f"Concern {concern.reference} stays open. {proposer} proposed to close it, and is being told now."


async def _reopen(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.REOPEN, by=by)
    concern.reopen(by=by.id, at=at)
    return OpenForm(forms.reopen(keys.key(subject), concern.reference))


async def _reopened(uow: UnitOfWork, sent: Sent) -> str:
    concern = await closing.reopen(
        uow, ConcernId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at
    )
    return f"Concern {concern.reference} is open again, and yours."


async def _misfile(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.MISFILE, by=by)
    concern.about_children(concern.children)
    return OpenForm(await _misfile_form(uow, keys.key(subject), concern))


async def _misfile_form(uow: UnitOfWork, key: str, concern: Concern) -> Form:
    children = await _children(uow, concern)
    return forms.misfile(key, concern.reference, children, decided=concern.outcome is not None)


async def _children(uow: UnitOfWork, concern: Concern) -> tuple[Option, ...]:
    known = await uow.pupils.get(concern.children)
    return who.pupils(sorted(known.values(), key=lambda pupil: pupil.name))


async def _misfiled(uow: UnitOfWork, sent: Sent) -> str:
    right = sent.reader.text("right")
    wrong = [PupilId(UUID(id)) for id in sent.reader.many("wrong") if is_id(id)]
    part, kinds = sent.reader.text("part"), sent.reader.many("kinds_1")
    coming = closing.Coming(child=PupilId(UUID(right)), part=part, kinds=kinds) if right else None
    concern = await closing.misfile(
        uow, ConcernId(sent.id), sent.reader.text("reason"), wrong=wrong, right=coming, by=sent.by, at=sent.at
    )
    if not wrong:
        return f"Another child is linked to concern {concern.reference} now. What was written has not changed."
    return f"Concern {concern.reference} is in the right child's record now. What was written has not changed."


async def _misfile_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return forms.misfile(inbound.key, "")
    return await _misfile_form(uow, inbound.key, concern)


COUNTER = Counter(
    presses={
        Press.CLOSE: _close,
        Press.SIGN_OFF: _sign_off,
        Press.REOPEN: _reopen,
        Press.MISFILE: _misfile,
    },
    forms={
        forms.CLOSE: Filed(take=_closed, blank=forms.close, again=_close_again, doing=Doing.CLOSE),
        forms.SIGN_OFF: Filed(take=_signed, blank=forms.sign_off, again=_sign_again, doing=Doing.SIGN_OFF),
        forms.REOPEN: Filed(take=_reopened, blank=forms.reopen, doing=Doing.REOPEN),
        forms.MISFILE: Filed(take=_misfiled, blank=forms.misfile, again=_misfile_again, doing=Doing.MISFILE),
    },
)
