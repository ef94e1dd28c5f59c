"""Somebody may be in danger, and it is still being written: who was told and when, who has opened it, who is on it.

Whoever was told reads in a window whom to ring, and says there that they are on it. Once it is sent it is theirs, if
they may have it. All of it is read back from the trail of the key under which it is written.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers import notices, staff
from handlers.account import window as account
from handlers.account.names import names_of
from handlers.conversation import FormSubmitted, NextPage, Reply
from handlers.counter import subject_of
from handlers.errors import NoSuchConcern, Refused
from handlers.notice import CONCERN, STANDS, Notice
from handlers.ports import Draft, UnitOfWork
from handlers.recording import record
from handlers.reporter import danger_card, draft_card, ring_card, ringing, unsent
from handlers.reporter.danger_card import Told, Writer
from handlers.rules import clocks
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PersonId
from handlers.rules.routing import Rung
from handlers.ui import choices, say
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
    standing = {one.to for one in await uow.posts.standing(key) if STANDS[one.kind].among == CONCERN}
    arrived = [name for one, name in names.items() if one in standing]
    opened = _first_of_each(trail, less=said.by)
    draft = await uow.drafts.get(key) if await unsent.what_became(uow, key) is None else None
    able = None if draft is None else {one.id for one in await who_has_it(uow, key, draft.answers, by=draft.owner)}
    accepted = _accepted(trail, able=able)
    return Told(
        said=said.at,
        arrived=tuple(arrived),
        opened=tuple((names.get(one, "a colleague"), at) for one, at in opened.items()),
        accepted=(names.get(accepted.by, "a colleague"), accepted.at) if accepted and accepted.by else None,
        by=accepted.by if accepted else None,
        again=next((line.entry.at for line in reversed(trail) if line.entry.deed is Deed.DANGER_CHASED), None),
    )


def _first_of_each(trail: Sequence[Sealed], *, less: PersonId | None) -> Mapping[PersonId, datetime]:
    """When each of them opened it first, less its writer."""
    found: dict[PersonId, datetime] = {}
    for line in trail:
        if line.entry.deed in _OPENED and line.entry.by is not None and line.entry.by != less:
            found.setdefault(line.entry.by, line.entry.at)
    return found


def _accepted(trail: Sequence[Sealed], *, able: Collection[PersonId] | None) -> Entry | None:
    """Who is on it: while it is written, or once it is a concern. `able`: who has it, while it is written; whoever has
    come to be named in it is on it no longer."""
    deeds = {Deed.DANGER_ACCEPTED, Deed.ACCEPTED, Deed.TAKEN_OVER}
    said = (line.entry for line in reversed(trail) if line.entry.deed in deeds)
    return next((entry for entry in said if able is None or entry.by in able), None)


async def who_has_it(uow: UnitOfWork, key: UUID, answers: Answers, *, by: PersonId) -> Sequence[Person]:
    """Who has it while it is written, as far up as it has come because nobody said that they are on it."""
    rung = clocks.danger_rung(await uow.steps.taken(key))
    return await unsent.told_of_danger(uow, answers, by=by, rung=rung)


async def sentence(uow: UnitOfWork, key: UUID, *, at: datetime | None = None, in_chat: bool = False) -> str:
    """For its writer, on each page: who has been told, who has opened it. Empty where nobody was."""
    found = await told(uow, key)
    says = danger_card.in_chat if in_chat else danger_card.sentence
    return says(found, uow.school.calendar, at=at or found.said) if found else ""


async def for_the_receipt(uow: UnitOfWork, key: UUID, *, at: datetime) -> str:
    """The same in short; empty while it has not arrived anywhere."""
    found = await told(uow, key)
    arrived = found is not None and (found.arrived or found.opened or found.accepted)
    return danger_card.in_short(found, uow.school.calendar, at=at) if found and arrived else ""


async def with_told(
    uow: UnitOfWork, key: UUID, form: Form, *, at: datetime | None = None, in_chat: bool = False
) -> Form:
    """A page of the form after the first with that sentence first, where somebody was told."""
    said = await sentence(uow, key, at=at, in_chat=in_chat) if form.page > 1 else ""
    return replace(form, parts=(danger_card.words(said), *form.parts)) if said else form


async def look_in(uow: UnitOfWork, key: UUID, *, page: int = 1, by: Person, at: datetime) -> Form:
    """Whom to ring, where, and what they have written so far: for the leads who were told. It is kept."""
    draft = await _of_the_told(uow, key, by=by)
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=key))
    return await _window(uow, draft, page=page, by=by, at=at)


async def turn(uow: UnitOfWork, inbound: FormSubmitted, by: Person, at: datetime) -> Reply:
    """Another page of the window."""
    page = inbound.page - 1 if inbound.back else inbound.page + 1
    return NextPage(await look_in(uow, subject_of(inbound.key), page=page, by=by, at=at))


def as_typed(inbound: FormSubmitted) -> Form:
    return Form(id=danger_card.ID, key=inbound.key, title=danger_card.TITLE, parts=())


async def accept(uow: UnitOfWork, key: UUID, *, by: Person, at: datetime) -> Form:
    """That person is on it, and the others see it; refused with who is where somebody was first."""
    draft = await _of_the_told(uow, key, by=by)
    before = await told(uow, key)
    if before is not None and before.accepted is None and await uow.steps.take(key, await _step(uow, key), at=at):
        await uow.trail.append(Entry(deed=Deed.DANGER_ACCEPTED, at=at, by=by.id, thing=key))
        await notices.redraw(uow, key)
    found = await told(uow, key)
    if found is not None and found.accepted and found.by != by.id:
        raise Refused(danger_card.taken(found, uow.school.calendar))
    return await _window(uow, draft, page=1, by=by, at=at)


async def _step(uow: UnitOfWork, key: UUID) -> str:
    """One for each time that somebody must say it: whoever said it before may have come to be named in it."""
    said = sum(line.entry.deed is Deed.DANGER_ACCEPTED for line in await uow.trail.of(key))
    return f"{STEP}_{said}" if said else STEP


async def goes_on(uow: UnitOfWork, key: UUID, concern: Concern, *, at: datetime) -> Concern:
    """It has been sent: whoever said while it was written that they are on it owns it, if they may have it now.

    Where nobody may, it stays with everybody to whom it had come. `concern`: what came of it, or the child's part.
    """
    accepted = [line.entry for line in await uow.trail.of(key) if line.entry.deed is Deed.DANGER_ACCEPTED]
    person = await uow.people.get(accepted[-1].by) if accepted and accepted[-1].by else None
    if person is None or not person.active or not may(person, Doing.ACCEPT, concern):
        return await _as_far_up(uow, key, concern, at=at)
    owned = concern.accept(by=person.id, at=at)
    facts = {"since": accepted[-1].at.isoformat()}
    await record(uow, owned, because=Entry(deed=Deed.ACCEPTED, at=at, by=person.id, thing=concern.id, facts=facts))
    return owned


async def _as_far_up(uow: UnitOfWork, key: UUID, concern: Concern, *, at: datetime) -> Concern:
    rung = clocks.danger_rung(await uow.steps.taken(key))
    carried = concern.carry_to(rung, at=at)
    if carried is concern:
        return concern
    facts = {"step": f"{clocks.DANGER}climbed", "rung": str(rung)}
    await record(uow, carried, because=Entry(deed=Deed.CHASED, at=at, by=None, thing=concern.id, facts=facts))
    return carried


async def draw(uow: UnitOfWork, notice: Notice) -> Card | None:
    """To whoever was told before it was sent: it is being written, or came to nothing and who it was.

    Nothing to whoever may be meant in it by now.
    """
    key = notice.subject
    draft, found = await uow.drafts.get(key), await told(uow, key)
    if found is None:
        return None
    if draft is not None:
        may_have = await who_has_it(uow, key, draft.answers, by=draft.owner)
        here = notice.to in {person.id for person in may_have} and unsent.warns(draft.answers)
        card = danger_card.card(key, found, uow.school.calendar, reader=notice.to, step=notice.step)
        return card if here else None
    trail = [line.entry for line in await uow.trail.of(key)]
    said = next((entry.by for entry in trail if entry.deed is Deed.DANGER), None)
    writer = await uow.people.get(said) if said else None
    if writer is None:
        return danger_card.card(key, found, uow.school.calendar, reader=notice.to, step=notice.step)
    if any(unsent.UNNAMED in entry.facts for entry in trail):
        return draft_card.danger_unsent("", "")
    return draft_card.danger_unsent(await staff.name_of(uow, writer.id), writer.telephone)


async def draw_ring(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """To its writer, while it is written and nobody is on it: whom to ring, and that it is pressed on."""
    draft, found = await uow.drafts.get(notice.subject), await told(uow, notice.subject)
    waits = draft is not None and found is not None and found.accepted is None and unsent.warns(draft.answers)
    if draft is None or found is None or not waits or notice.to != draft.owner:
        who = found.accepted if found else None
        on_it = (who[0], say.clock(who[1], uow.school.calendar)) if who else None
        return ring_card.over(on_it) if await uow.posts.find(notice) else None
    rung = clocks.danger_rung(await uow.steps.taken(draft.key))
    had = await unsent.told_of_danger(uow, draft.answers, by=draft.owner, rung=max(rung - 1, 0))
    have = await who_has_it(uow, draft.key, draft.answers, by=draft.owner)
    everybody = rung >= Rung.OUTSIDE
    before = [person for person in (have if everybody else had) if person.id != draft.owner]
    new = [person for person in have if person not in before and person.id != draft.owner]
    asked = await ringing.told(uow, before, new, everybody=everybody, at=at)
    since = say.moment(found.said, uow.school.calendar)
    return ring_card.danger_card(notice.step, asked, draft_card.carry_on(draft.key), since=since)


async def _of_the_told(uow: UnitOfWork, key: UUID, *, by: Person) -> Draft:
    """Asked afresh each time: its writer may have made it about an adult since, or named a lead as close."""
    draft = await uow.drafts.get(key)
    if draft is None or not unsent.warns(draft.answers) or not await notices.warned(uow, key):
        raise NoSuchConcern
    if by not in await who_has_it(uow, key, draft.answers, by=draft.owner):
        raise NoSuchConcern
    return draft


async def _window(uow: UnitOfWork, draft: Draft, *, page: int, by: Person, at: datetime) -> Form:
    found = await told(uow, draft.key)
    if found is None:
        raise NoSuchConcern
    if unsent.unnamed(draft.answers):
        about = danger_card.unnamed(draft.key, found, uow.school.calendar, place=_place(draft.answers), reader=by.id)
        return Form(id=danger_card.ID, key=str(draft.key), title=danger_card.TITLE, leave="Close", parts=about)
    person = await uow.people.get(draft.owner)
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
    return ", ".join(part for part in (_place(answers), str(answers.get("place_words", ""))) if part)


def _place(answers: Answers) -> str:
    """The place as it was chosen: it names nobody."""
    return next((one.label for one in choices.PLACES if one.key == answers.get("place")), "")
