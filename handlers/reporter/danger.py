"""Somebody may be in danger, and it is still being written: who was told and when, who has opened it, who is on it.

A lead who was told reads in a window whom to ring, and accepts it there. Once it is sent it is theirs, if they may have
it. All of it is read back from the trail of the key under which it is written.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import notices, staff
from handlers.account import window as account
from handlers.account.names import names_of
from handlers.conversation import FormSubmitted, NextPage, Reply
from handlers.counter import subject_of
from handlers.errors import NoSuchConcern, Refused
from handlers.notice import Notice, NoticeKind
from handlers.ports import Draft, UnitOfWork
from handlers.recording import record
from handlers.reporter import danger_card, draft_card, unsent
from handlers.reporter.danger_card import Told, Writer
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PersonId
from handlers.ui import choices
from handlers.ui.card import Card
from handlers.ui.form import Form

STEP = "danger_accepted"
_OPENED = frozenset({Deed.READ, Deed.SEEN})


async def told(uow: UnitOfWork, key: UUID) -> Told | None:
    """Who was told of it and what they have done since; None where nobody was. The same once it has been sent."""
    trail = await uow.trail.of(key)
    said = next((line.entry for line in trail if line.entry.deed is Deed.DANGER), None)
    if said is None:
        return None
    names = await staff.names(uow)
    standing = [notice.to for notice in await uow.posts.standing(key) if notice.kind is NoticeKind.DANGER]
    arrived = [names[one] for one in dict.fromkeys(standing) if one is not None and one in names]
    opened = _first_of_each(trail, less=said.by)
    accepted = _accepted(trail)
    return Told(
        said=said.at,
        arrived=tuple(arrived),
        opened=tuple((names.get(one, "a lead"), at) for one, at in opened.items()),
        accepted=(names.get(accepted.by, "a lead"), accepted.at) if accepted and accepted.by else None,
        by=accepted.by if accepted else None,
    )


def _first_of_each(trail: Sequence[Sealed], *, less: PersonId | None) -> Mapping[PersonId, datetime]:
    """When each of them opened it first, less its writer."""
    found: dict[PersonId, datetime] = {}
    for line in trail:
        if line.entry.deed in _OPENED and line.entry.by is not None and line.entry.by != less:
            found.setdefault(line.entry.by, line.entry.at)
    return found


def _accepted(trail: Sequence[Sealed]) -> Entry | None:
    """Who is on it: while it is written, or once it is a concern."""
    deeds = {Deed.DANGER_ACCEPTED, Deed.ACCEPTED, Deed.TAKEN_OVER}
    return next((line.entry for line in reversed(trail) if line.entry.deed in deeds), None)


async def sentence(uow: UnitOfWork, key: UUID, *, at: datetime | None = None) -> str:
    """For its writer, on each page: who has been told, who has opened it. Empty where nobody was."""
    found = await told(uow, key)
    return danger_card.sentence(found, uow.school.calendar, at=at or found.said) if found else ""


async def for_the_receipt(uow: UnitOfWork, key: UUID, *, at: datetime) -> str:
    """The same in short; empty while it has not arrived anywhere."""
    found = await told(uow, key)
    arrived = found is not None and (found.arrived or found.opened or found.accepted)
    return danger_card.in_short(found, uow.school.calendar, at=at) if found and arrived else ""


async def with_told(uow: UnitOfWork, key: UUID, form: Form, *, at: datetime | None = None) -> Form:
    """A page of the form after the first with that sentence first, where somebody was told."""
    said = await sentence(uow, key, at=at) if form.page > 1 else ""
    return replace(form, parts=(danger_card.words(said), *form.parts)) if said else form


async def look_in(uow: UnitOfWork, key: UUID, *, page: int = 1, by: Person, at: datetime) -> Form:
    """Whom to ring, where, and what they have written so far: for the leads who were told. It is kept."""
    draft = await _of_the_told(uow, key, by=by)
    await uow.trail.append(Entry(deed=Deed.READ, at=at, by=by.id, thing=key))
    return await _window(uow, draft, page=page, by=by, at=at)


async def turn(uow: UnitOfWork, inbound: FormSubmitted, by: Person, at: datetime) -> Reply:
    """Another page of the window."""
    page = inbound.page - 1 if inbound.back else inbound.page + 1
    return NextPage(await look_in(uow, subject_of(inbound.key), page=page, by=by, at=at))


def as_typed(inbound: FormSubmitted) -> Form:
    return Form(id=danger_card.ID, key=inbound.key, title=danger_card.TITLE, parts=())


async def accept(uow: UnitOfWork, key: UUID, *, by: Person, at: datetime) -> Form:
    """That lead is on it, and the others see it; refused with who has it where somebody was first."""
    draft = await _of_the_told(uow, key, by=by)
    if await uow.steps.take(key, STEP, at=at):
        await uow.trail.append(Entry(deed=Deed.DANGER_ACCEPTED, at=at, by=by.id, thing=key))
        await notices.redraw(uow, key)
    found = await told(uow, key)
    if found is not None and found.accepted and found.by != by.id:
        raise Refused(danger_card.taken(found, uow.school.calendar))
    return await _window(uow, draft, page=1, by=by, at=at)


async def goes_on(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Concern:
    """It has been sent: whoever accepted it while it was written owns it, if they may have it as it is now."""
    accepted = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.DANGER_ACCEPTED]
    person = await uow.people.get(accepted[-1].by) if accepted and accepted[-1].by else None
    if person is None or not person.active or not may(person, Doing.ACCEPT, concern):
        return concern
    owned = concern.accept(by=person.id, at=at)
    facts = {"since": accepted[-1].at.isoformat()}
    await record(uow, owned, because=Entry(deed=Deed.ACCEPTED, at=at, by=person.id, thing=concern.id, facts=facts))
    return owned


async def draw(uow: UnitOfWork, notice: Notice) -> Card | None:
    """To a lead who was told before it was sent: it is being written, or came to nothing and who it was.

    Nothing to whoever may be meant in it by now.
    """
    key = notice.subject
    draft, found = await uow.drafts.get(key), await told(uow, key)
    if found is None:
        return None
    if draft is not None:
        may_have = await unsent.leads_but(uow, draft.answers, by=draft.owner)
        here = notice.to in {lead.id for lead in may_have} and unsent.warns(draft.answers)
        return danger_card.card(key, found, uow.school.calendar, reader=notice.to) if here else None
    said = next((line.entry.by for line in await uow.trail.of(key) if line.entry.deed is Deed.DANGER), None)
    writer = await uow.people.get(said) if said else None
    if writer is None:
        return danger_card.card(key, found, uow.school.calendar, reader=notice.to)
    return draft_card.danger_unsent(writer.name, writer.telephone)


async def _of_the_told(uow: UnitOfWork, key: UUID, *, by: Person) -> Draft:
    """Asked afresh each time: its writer may have made it about an adult since, or named a lead as close."""
    draft = await uow.drafts.get(key)
    if draft is None or not unsent.warns(draft.answers) or not await notices.warned(uow, key):
        raise NoSuchConcern
    if by not in await unsent.leads_but(uow, draft.answers, by=draft.owner):
        raise NoSuchConcern
    return draft


async def _window(uow: UnitOfWork, draft: Draft, *, page: int, by: Person, at: datetime) -> Form:
    person, found = await uow.people.get(draft.owner), await told(uow, draft.key)
    if found is None:
        raise NoSuchConcern
    writer = Writer(
        name=await staff.name_of(uow, draft.owner), telephone=person.telephone if person else "",
        works_in=person.department if person else "", where=_where(draft.answers),
        child_now=str(draft.answers.get("child_now", "")),
    )  # fmt: skip
    about = danger_card.first(draft.key, writer, found, uow.school.calendar, reader=by.id)
    names = await names_of(uow, draft.answers)
    form = account.window(str(draft.key), danger_card.TITLE, (), draft.answers, names, number=page)
    return replace(form, id=danger_card.ID, parts=(*about, *form.parts) if form.page == 1 else form.parts)


def _where(answers: Answers) -> str:
    """The place as it was chosen, with the words beside it."""
    chosen = next((one.label for one in choices.PLACES if one.key == answers.get("place")), "")
    return ", ".join(part for part in (chosen, str(answers.get("place_words", ""))) if part)
