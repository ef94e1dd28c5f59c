"""Going away and coming back, and what the cover does: take all over, read the note."""

from datetime import date, datetime
from uuid import UUID

from handlers import staff
from handlers.conversation import CommandTyped, FormSubmitted, OpenForm, Reply, Tell
from handlers.counter import Counter, Filed, Sent
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person, PersonId
from handlers.triage import away, away_form
from handlers.triage.cover_card import way_in
from handlers.ui import keys, pages, plain
from handlers.ui.card import Press
from handlers.ui.form import Form


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern away`: the form, or the way to it."""
    form = await _form(uow, keys.key(by.id), by, at=at)
    return Tell(way_in(by.id)) if inbound.in_chat else OpenForm(form)


async def back(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern back`."""
    absence = await away.come_back(uow, by=by, at=at)
    if absence is None:
        return Tell(plain.say("You were not marked as away, so nothing has changed."))
    words = "Concerns come to you again as before. What your cover took over stays with them until they hand it back."
    return Tell(plain.say(words, heading="Welcome back"))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await _form(uow, keys.key(by.id), by, at=at))


async def _form(uow: UnitOfWork, key: str, by: Person, *, at: datetime) -> Form:
    others = await away.who_may_cover(uow, by)
    before = await away.away(uow, by.id, at=at)
    days = away.when(before, uow.school.calendar) if before else ""
    now = f"You have said that you will be away {days}. This will replace it." if before else ""
    return away_form.form(key, now, others) if others else away_form.nobody(key)


async def _gone(uow: UnitOfWork, sent: Sent) -> str:
    text = sent.reader.text
    going = away.Going(
        first=date.fromisoformat(text("from")), last=date.fromisoformat(text("until")),
        cover=sent.person("cover"), note=text("note"),
    )  # fmt: skip
    beyond = await away.go_away(uow, going, by=sent.by, at=sent.at)
    cover = await staff.name_of(uow, going.cover)
    said = f"{cover} is being told now, by reference alone. What you have stays yours until they take it over."
    if not beyond:
        return said
    return f"{said} They cannot take {', '.join(one.reference for one in beyond)}: hand that over to somebody else."


async def _again(uow: UnitOfWork, inbound: FormSubmitted) -> Form:
    """Whoever may cover, listed again."""
    by = await uow.people.identify(inbound.who)
    return away_form.form(inbound.key, "", await away.who_may_cover(uow, by) if by else ())


async def _take_all(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    taken = await away.take_all(uow, PersonId(subject), by=by, at=at)
    had = await staff.name_of(uow, PersonId(subject))
    if len(taken) > 1:
        return Tell(plain.say(f"{len(taken)} concerns are yours now. {had} had them, and is being told."))
    return Tell(plain.say(f"Concern {taken[0].reference} is yours now. {had} had it, and is being told."))


async def _note(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    absence = await away.covered_by(uow, PersonId(subject), by, at=at)
    note = absence.said.entry.words.get("note", "")
    person = await uow.people.get(PersonId(subject))
    if not note or person is None:
        raise Refused("There is no note.")
    await uow.trail.looked(Entry(deed=Deed.READ, at=at, by=by.id, thing=subject))
    return OpenForm(away_form.note(str(subject), await staff.name_of(uow, person.id), tuple(pages.pieces(str(note)))))


COUNTER = Counter(
    presses={Press.AWAY: _open, Press.TAKE_ALL: _take_all, Press.AWAY_NOTE: _note},
    forms={
        away_form.AWAY: Filed(
            take=_gone, blank=lambda key, _: away_form.form(key), again=_again,
            unasked="It belongs to no concern, and is read by the one person whom its writer chooses.",
        )
    },
)
