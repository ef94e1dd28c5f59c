"""Somebody who owns concerns goes away: who covers is told, and takes over what is theirs. Nobody owns by accident.

That they are away is an entry under their own id, and read back from there. While it lasts they are passed over where
somebody is asked to accept (`chasing`), and their cover hears the reminders that they would (`case_chasing`).
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from handlers import notices, staff, ticking
from handlers.errors import InvalidForm, NoSuchConcern, Refused
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.rules import order
from handlers.rules.absence import Absence
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import FINDERS, LEADS, Person, PersonId, Role
from handlers.staff import away
from handlers.triage.cover_card import between, cover_card, covered_card, over_card, settled_card, uncovered_card
from handlers.triage.taking import who_may_take
from handlers.ui import say
from handlers.ui.card import Card, Press
from handlers.ui.lines import Line

NOT_FOR_STAFF = "This is for people who receive concerns. You have nothing here that needs cover."
BEGINS = "begins"
"""How the step begins of what the cover is told on the first morning."""
LONGEST = 366
"""Days."""
_UNCOVERED = "uncovered_"
"""Begins the step of the notice that nobody covers any more."""
_AGAIN = "covered_again_"


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    first: date
    last: date
    cover: PersonId
    note: str = ""


async def who_may_cover(uow: UnitOfWork, by: Person) -> list[Person]:
    """The leads and the head, and whoever else may take something that they own; less those who are away now."""
    if not by.among(FINDERS):
        raise Refused(NOT_FOR_STAFF)
    able = {person.id for one in await owned(uow, by.id) for person in await who_may_take(uow, one, less=by)}
    people = await uow.people.all()
    return [p for p in people if p.id != by.id and (p.among(LEADS | {Role.HEAD}) or p.id in able)]


async def owned(uow: UnitOfWork, person: PersonId) -> list[Concern]:
    """What they own that is open, oldest first."""
    return [concern for concern in await uow.concerns.open() if concern.owner == person and not concern.drill]


async def go_away(uow: UnitOfWork, going: Going, *, by: Person, at: datetime) -> list[Concern]:
    """Keep it, and tell who covers. Returns what that person may not take: it must be handed over otherwise."""
    _check(going, today=at.astimezone(uow.school.calendar.zone).date())
    cover = next((one for one in await who_may_cover(uow, by) if one.id == going.cover), None)
    if cover is None:
        raise InvalidForm({"cover": "Choose somebody from the list."})
    facts = {"from": going.first.isoformat(), "until": going.last.isoformat(), "cover": str(cover.id)}
    words = {"note": going.note} if going.note else {}
    said = await uow.trail.append(Entry(deed=Deed.AWAY, at=at, by=by.id, thing=by.id, facts=facts, words=words))
    await notices.redraw(uow, by.id)
    await notices.tell(uow, NoticeKind.COVER, (cover,), by.id, step=f"away_{said.sequence}")
    return [one for one in await owned(uow, by.id) if not may(cover, Doing.ACCEPT, one)]


async def come_back(uow: UnitOfWork, *, by: Person, at: datetime) -> Absence | None:
    """Back before the day they gave; None for somebody who was not away."""
    absence = await away(uow, by.id, at=at)
    if absence is not None:
        await uow.trail.append(Entry(deed=Deed.BACK, at=at, by=by.id, thing=by.id))
        await notices.redraw(uow, by.id)
    return absence


async def take_all(uow: UnitOfWork, person: PersonId, *, by: Person, at: datetime) -> list[Concern]:
    """Own everything that they still own and the cover may take, each with its entry; they are told once."""
    await covered_by(uow, person, by, at=at)
    left = [one for one in await owned(uow, person) if may(by, Doing.ACCEPT, one)]
    if not left:
        raise Refused("There is nothing left to take over.")
    for concern in left:
        entry = Entry(
            deed=Deed.TAKEN_OVER, at=at, by=by.id, thing=concern.id, facts={"from": str(person), "why": "away"}
        )
        await record(uow, concern.take_over(by=by.id, at=at), because=entry)
    ids = " ".join(str(one.id) for one in left)
    kept = await uow.trail.append(
        Entry(deed=Deed.COVERED, at=at, by=by.id, thing=person, facts={"concerns": ids, "cover": str(by.id)})
    )
    await notices.redraw(uow, person)
    absent = await uow.people.get(person)
    if absent is not None and absent.active:
        await notices.tell(uow, NoticeKind.COVER, (absent,), person, step=f"taken_{kept.sequence}")
    return left


async def covered_by(uow: UnitOfWork, person: PersonId, by: Person, *, at: datetime) -> Absence:
    """The absence that `by` covers. `NoSuchConcern` for everybody else, and when it is over."""
    absence = await away(uow, person, at=at, words=True)
    if absence is None or absence.cover != by.id:
        raise NoSuchConcern
    return absence


async def cover_of(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Person | None:
    """Who hears for its owner while the owner is away; None where they are here, or the cover may not have it."""
    absence = await away(uow, concern.owner, at=at) if concern.owner else None
    if absence is None or not absence.now(at, uow.school.calendar.zone):
        return None
    cover = await uow.people.get(absence.cover)
    return cover if cover is not None and cover.active and may(cover, Doing.ACCEPT, concern) else None


async def tell_on_the_day(units: UnitsOfWork, *, at: datetime) -> int:
    """On the first morning who covers is told once more, where something is left to take over; and where they left."""

    async def one(uow: UnitOfWork, person: PersonId) -> bool:
        absence = await away(uow, person, at=at)
        if absence is None:
            return False
        uncovered = await _uncovered(uow, absence, at=at) or await _covered_again(uow, absence, at=at)
        return uncovered or await _remind(uow, absence, at=at)

    async def find(uow: UnitOfWork) -> list[PersonId]:
        return list(await staff.absences(uow, await uow.people.with_roles(FINDERS), at=at))

    return await ticking.each(units, find, one)


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """For who covers as things stand now; for whoever is away, what was taken over."""
    person, reader = await uow.people.get(PersonId(notice.subject)), notice.to
    if person is None or reader is None:
        return None
    if notice.step.startswith(_UNCOVERED):
        return await _no_cover(uow, notice, person, at=at)
    if reader == person.id:
        return await _covered(uow, notice, person)
    absence = await away(uow, person.id, at=at, words=True)
    cover = await uow.people.get(reader)
    if absence is None or absence.cover != reader or cover is None:
        return over_card(await staff.name_of(uow, person.id))
    left = await left_for(uow, person, cover, at=at)
    note = bool(absence.said.entry.words)
    name = await staff.name_of(uow, person.id)
    days, begins = when(absence, uow.school.calendar), notice.step.startswith(BEGINS)
    return cover_card(name, days, left, person=person.id, note=note, begins=begins)


async def left_for(uow: UnitOfWork, person: Person, cover: Person, *, at: datetime) -> list[Line]:
    """What is still theirs and the cover may take, in the one order."""
    return _in_order(uow, [one for one in await owned(uow, person.id) if may(cover, Doing.ACCEPT, one)], at=at)


def _in_order(uow: UnitOfWork, concerns: Collection[Concern], *, at: datetime) -> list[Line]:
    return order.waiting([_line(one, uow.school.calendar, at=at) for one in concerns], lambda line: line.weight)


async def _covered(uow: UnitOfWork, notice: Notice, person: Person) -> Card | None:
    """What the entry of that step says was taken, less what they may not see by now."""
    taken = [line for line in await uow.trail.of(person.id) if f"taken_{line.sequence}" == notice.step]
    if not taken:
        return None
    facts = taken[0].entry.facts
    found = [await uow.concerns.get(ConcernId(UUID(id))) for id in facts["concerns"].split()]
    references = [one.reference for one in found if one is not None and may(person, Doing.READ, one)]
    cover = await uow.people.get(PersonId(UUID(facts["cover"])))
    if not references or cover is None:
        return None
    return covered_card(await staff.name_of(uow, cover.id), references, len(await owned(uow, person.id)))


async def _uncovered(uow: UnitOfWork, absence: Absence, *, at: datetime) -> bool:
    """Who was to cover has left: whoever is away is told, and everybody who may take over what is theirs, once."""
    cover, person = await uow.people.get(absence.cover), await uow.people.get(absence.person)
    step = f"{_UNCOVERED}{absence.said.sequence}"
    if cover is None or cover.active or person is None or not await uow.steps.take(person.id, step, at=at):
        return False
    facts = {"cover": str(cover.id)}
    await uow.trail.append(Entry(deed=Deed.UNCOVERED, at=at, by=None, thing=person.id, facts=facts))
    told = (person, *await who_may_cover(uow, person))
    await notices.tell(uow, NoticeKind.COVER, told, person.id, step=step)
    return True


async def _covered_again(uow: UnitOfWork, absence: Absence, *, at: datetime) -> bool:
    """Who was to cover had left and is back: whoever was told otherwise reads that, once."""
    cover, number = await uow.people.get(absence.cover), absence.said.sequence
    taken = await uow.steps.taken(absence.person)
    if cover is None or not cover.active or f"{_UNCOVERED}{number}" not in taken or f"{_AGAIN}{number}" in taken:
        return False
    await uow.steps.take(absence.person, f"{_AGAIN}{number}", at=at)
    await notices.redraw(uow, absence.person)
    return True


async def _no_cover(uow: UnitOfWork, notice: Notice, person: Person, *, at: datetime) -> Card | None:
    name, absence = await staff.name_of(uow, person.id), await away(uow, person.id, at=at)
    reader = await uow.people.get(notice.to) if notice.to else None
    if absence is None or reader is None:
        return over_card(name)
    back = await uow.people.get(absence.cover)
    if notice.step != f"{_UNCOVERED}{absence.said.sequence}" or (back is not None and back.active):
        return settled_card(name)
    own = reader.id == person.id
    able = [one for one in await owned(uow, person.id) if own or may(reader, Doing.ACCEPT, one)]
    left = _in_order(uow, able, at=at)
    days, cover = when(absence, uow.school.calendar), await staff.name_of(uow, absence.cover)
    return uncovered_card(name, days, cover, left, own=own)


async def _remind(uow: UnitOfWork, absence: Absence, *, at: datetime) -> bool:
    calendar = uow.school.calendar
    today = at.astimezone(calendar.zone).date()
    said = absence.said.entry.at.astimezone(calendar.zone).date()
    if today < absence.first or said >= absence.first or at < calendar.opening(today):
        return False
    cover = await uow.people.get(absence.cover)
    left = [one for one in await owned(uow, absence.person) if cover and may(cover, Doing.ACCEPT, one)]
    step = f"{BEGINS}_{absence.said.sequence}"
    if cover is None or not left or not await uow.steps.take(absence.person, step, at=at):
        return False
    await notices.tell(uow, NoticeKind.COVER, (cover,), absence.person, step=step)
    return True


def _line(concern: Concern, calendar: Calendar, *, at: datetime) -> Line:
    decided = "decided" if concern.status is Status.TRIAGED else "accepted, no decision yet"
    return Line(
        name=concern.reference, state=f"{say.URGENCY[concern.urgency]}, {decided}", press=Press.OPEN,
        subject=concern.id, version=concern.version, weight=order.of_concern(concern, calendar, at=at), of=concern.id,
    )  # fmt: skip


def when(absence: Absence, calendar: Calendar) -> str:
    return between(absence.first, absence.last, calendar)


def _check(going: Going, *, today: date) -> None:
    if going.first < today:
        raise InvalidForm({"from": "This day has passed. Choose today or a later one."})
    if going.last < going.first:
        raise InvalidForm({"until": "The last day must not be before the first."})
    if (going.last - going.first).days > LONGEST:
        raise InvalidForm({"until": "This is more than a year. Hand your concerns over instead."})
