"""Owning a concern: escalate and hand over. Accepting opens no form and stays with `presses`."""

from datetime import datetime
from uuid import UUID

from handlers import staff
from handlers.access import concern_for
from handlers.assurance import drill
from handlers.conversation import FormSubmitted, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Paged, Sent, subject_of
from handlers.ports import UnitOfWork
from handlers.record import window as reading
from handlers.reporter import danger, danger_card
from handlers.rules import case_clocks
from handlers.rules.authority import Doing
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.routing import Rung
from handlers.triage import owning, owning_form, taking
from handlers.ui import keys, plain, say
from handlers.ui.card import Press
from handlers.ui.form import Form


async def _escalate(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ESCALATE, by=by)
    concern.escalate(at=at, highest=Rung.OUTSIDE)
    return OpenForm(owning_form.escalate(keys.key(subject), concern.reference))


async def _escalated(uow: UnitOfWork, sent: Sent) -> str:
    reason = sent.reader.text("reason")
    done = await taking.escalate_concern(uow, ConcernId(sent.id), reason, by=sent.by, at=sent.at)
    if not done.told:
        outside = uow.school.outside
        return f"There is nobody else in school to tell. Ring {outside.name}, {outside.telephone}, yourself."
    known = await staff.names(uow)
    told = say.listed([known[person.id] for person in done.told])
    are = "is" if len(done.told) == 1 else "are"
    return f"Concern {done.concern.reference} has been escalated. {told} {are} being told now."


async def _hand_over(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.HAND_OVER, by=by)
    others = await taking.who_may_take(uow, concern, less=by)
    if others:
        concern.hand_over(to=others[0].id, by=by.id)
    return OpenForm(owning_form.hand_over(keys.key(subject), concern.reference, others))


async def _handed_over(uow: UnitOfWork, sent: Sent) -> str:
    to, note = sent.person("to"), sent.reader.text("note")
    concern = await taking.hand_over_concern(uow, ConcernId(sent.id), note, to=to, by=sent.by, at=sent.at)
    ends = case_clocks.offer_ends(concern, uow.school.calendar)
    until = f"; the offer ends {say.moment(ends, uow.school.calendar)}" if ends else ""
    return (
        f"Concern {concern.reference} has been offered to {await staff.name_of(uow, to)}. It stays yours until they "
        f"accept{until}."
    )


async def _others_again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """Whoever may take it, listed again."""
    concern = await uow.concerns.get(ConcernId(subject_of(inbound.key)))
    if concern is None:
        return owning_form.hand_over(inbound.key, "", ())
    owner = await uow.people.get(concern.owner) if concern.owner else None
    others = await taking.who_may_take(uow, concern, less=owner) if owner else []
    return owning_form.hand_over(inbound.key, concern.reference, others)


async def _decline(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ACCEPT, by=by)
    concern.decline(by=by.id)
    return OpenForm(owning_form.decline(keys.key(subject), concern.reference))


async def _declined(uow: UnitOfWork, sent: Sent) -> str:
    concern = await owning.decline_concern(
        uow, ConcernId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at
    )
    return f"Concern {concern.reference} stays with {await _owner(uow, concern)}, who is being told now."


async def _owner(uow: UnitOfWork, concern: Concern | None) -> str:
    return await staff.name_of(uow, (concern and concern.owner) or "")


async def _cover(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ACCEPT, by=by)
    concern.take_over(by=by.id, at=at)
    return OpenForm(owning_form.cover(keys.key(subject), concern.reference))


async def _covered(uow: UnitOfWork, sent: Sent) -> str:
    before = await _owner(uow, await uow.concerns.get(ConcernId(sent.id)))
    concern = await owning.take_over(uow, ConcernId(sent.id), sent.reader.text("reason"), by=sent.by, at=sent.at)
    return f"Concern {concern.reference} is yours now. {before} had it, and is being told."


async def _accept(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await taking.accept_concern(uow, ConcernId(subject), by=by, at=at)
    if concern.drill:
        await drill.pass_drill(uow, concern, at=at)
        return Tell(plain.say("Thank you: the test has passed. There is nothing else to do."))
    return Tell(plain.say(f"You have accepted concern {concern.reference}. It is yours now."))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    if await uow.concerns.get(ConcernId(subject)) is None:
        return OpenForm(await danger.look_in(uow, subject, by=by, at=at))
    return OpenForm(await reading.open_concern(uow, ConcernId(subject), page=1, by=by, at=at))


async def _on_it(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """Accept what is still being written; what has been sent meanwhile is accepted as any concern."""
    if await uow.concerns.get(ConcernId(subject)) is not None:
        return await _accept(uow, subject, by, at)
    return OpenForm(await danger.accept(uow, subject, by=by, at=at))


COUNTER = Counter(
    presses={
        Press.ON_IT: _on_it,
        Press.OPEN: _open,
        Press.ACCEPT: _accept,
        Press.ESCALATE: _escalate,
        Press.HAND_OVER: _hand_over,
        Press.DECLINE: _decline,
        Press.COVER: _cover,
    },
    forms={
        owning_form.DECLINE: Filed(take=_declined, blank=owning_form.decline, doing=Doing.ACCEPT),
        owning_form.COVER: Filed(take=_covered, blank=owning_form.cover, doing=Doing.ACCEPT),
        owning_form.ESCALATE: Filed(take=_escalated, blank=owning_form.escalate, doing=Doing.ESCALATE),
        owning_form.HAND_OVER: Filed(
            take=_handed_over,
            blank=lambda key, reference: owning_form.hand_over(key, reference, ()),
            again=_others_again,
            doing=Doing.HAND_OVER,
        ),
    },
    pages={danger_card.ID: Paged(take=danger.turn, as_typed=danger.as_typed)},
)
