"""More detail is asked of whoever reported a concern. They are reminded once, and what they add answers it.

Not allowed here: a word of what is asked outside the entry and the reporter's own window.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from handlers import notices, ticking
from handlers.access import concern_for
from handlers.errors import Refused
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.reporter import more_detail_form
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import Concern, ConcernId, ReporterAs, Status
from handlers.rules.people import Person, PersonId
from handlers.ui import pages, say
from handlers.ui.card import Card
from handlers.ui.form import Part
from handlers.wording import guard

_STEP, _SETTLED = "more_asked_", "_settled"
"""Steps of the concern: the first when somebody is asked, the second when that was looked at as its time had passed."""


def can_be_asked(concern: Concern, by: PersonId) -> bool:
    """As far as the concern itself says: it is open, and was reported by another who may read what becomes of it."""
    theirs = concern.reporter != by and concern.reporter_as is ReporterAs.STAFF
    return concern.status is not Status.CLOSED and theirs and not concern.drill


def answer_by(asked: datetime, calendar: Calendar) -> datetime:
    """Home time of the next working day (D)."""
    return calendar.closing(calendar.after_working_days(asked, 1).astimezone(calendar.zone).date())


async def must_be_asked(uow: UnitOfWork, concern: Concern, *, by: Person) -> Person:
    """Whoever reported it, where they can be asked through Heard; else `Refused` says what to do instead."""
    concern.must_be_open()
    if concern.reporter == by.id:
        raise Refused("You reported this yourself. Add to it from its receipt.")
    if not can_be_asked(concern, by.id):
        raise Refused(f"Whoever reported this is asked for nothing through Heard. {_NOTE}")
    reporter = await uow.people.get(concern.reporter)
    if reporter is None or not reporter.active:
        raise Refused(f"Whoever reported this is no longer here. {_NOTE}")
    if not may(reporter, Doing.ADD, concern):
        raise Refused("Whoever reported this is named in it by now, so they are told nothing more of it.")
    if not await notices.places_of(uow, reporter):
        raise Refused(f"Whoever reported this has no account here. {_NOTE}")
    return reporter


_NOTE = "Find out in another way, and put what you learn in the record with “Add a note”."


async def ask(uow: UnitOfWork, id: ConcernId, what: str, *, by: Person, at: datetime) -> datetime:
    """Keep what is missing, and tell the reporter; returns by when they are to answer."""
    concern = await concern_for(uow, id, Doing.CORRECT, by=by)
    reporter = await must_be_asked(uow, concern, by=by)
    due = answer_by(at, uow.school.calendar)
    facts = {"to": str(reporter.id), "due": due.isoformat()}
    words: Answers = {"asked": what}
    asked = Entry(deed=Deed.MORE_ASKED, at=at, by=by.id, thing=id, facts=facts, words=words)
    sealed = await record(uow, concern, because=asked)
    await uow.steps.take(id, f"{_STEP}{sealed.sequence}", at=at)
    await notices.tell(uow, NoticeKind.MORE_ASKED, (reporter,), id, step=f"asked_{sealed.sequence}")
    return due


def leading(what: str) -> Sequence[str]:
    """The questions in it that carry an answer, as they were typed."""
    return [what[one.start : one.end] for one in guard.check(guard.Field.QUESTIONS, what).findings]


def unanswered(trail: Iterable[Sealed]) -> list[Sealed]:
    """What was asked since the reporter last added something."""
    left: list[Sealed] = []
    for line in trail:
        if line.entry.deed is Deed.MORE_ASKED:
            left.append(line)
        elif line.entry.deed is Deed.ADDED:
            left.clear()
    return left


async def question(uow: UnitOfWork, concern: Concern) -> tuple[Part, ...]:
    """What the reporter reads above the form of an addition: each thing that is asked and not answered."""
    left = unanswered(await uow.trail.of(concern.id, words=True))
    return more_detail_form.question([
        (say.moment(line.entry.at, uow.school.calendar), tuple(pages.pieces(str(line.entry.words["asked"]))))
        for line in left
    ])


async def tell_who_asked(uow: UnitOfWork, concern: Concern, left: Sequence[Sealed]) -> None:
    """What was asked is answered: whoever asked is told, where the concern is another's and they may still read it."""
    trail = await uow.trail.of(concern.id)
    added = max(line.sequence for line in trail if line.entry.deed is Deed.ADDED)
    asked = [await uow.people.get(id) for id in {line.entry.by for line in left} - {concern.owner} if id]
    told = [person for person in asked if person is not None and may(person, Doing.READ, concern)]
    await notices.tell(uow, NoticeKind.CHASE, told, concern.id, step=f"added_{added}")


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """To the reporter; nothing to one who is named in it by now."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reporter = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reporter is None or not may(reporter, Doing.ADD, concern):
        return None
    left = unanswered(await uow.trail.of(concern.id))
    if not left or concern.status is Status.CLOSED:
        return more_detail_form.settled(concern, answered=not left)
    due = say.moment(answer_by(left[-1].entry.at, uow.school.calendar), uow.school.calendar)
    return more_detail_form.card(concern, due, again=notice.step.startswith("again"))


async def remind_all(units: UnitsOfWork, *, at: datetime) -> int:
    """Remind whoever has not answered in time, once; returns of how many concerns."""

    async def find(uow: UnitOfWork) -> list[ConcernId]:
        asked = [concern.id for concern in await uow.concerns.open()]
        await uow.steps.taken_of(asked)
        return [id for id in asked if await _late(uow, id, at=at)]

    return await ticking.each(units, find, lambda uow, one: _remind(uow, one, at=at))


async def _late(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> list[str]:
    """What was asked whose time has passed, and was not looked at since."""
    taken, calendar = await uow.steps.taken(id), uow.school.calendar
    asked = {name: when for name, when in taken.items() if name.startswith(_STEP) and not name.endswith(_SETTLED)}
    late = [name for name, when in asked.items() if answer_by(when, calendar) <= at]
    return [name for name in late if f"{name}{_SETTLED}" not in taken]


async def _remind(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    late = [name for name in await _late(uow, id, at=at) if await uow.steps.take(id, f"{name}{_SETTLED}", at=at)]
    concern = await uow.concerns.get(id)
    reporter = await uow.people.get(concern.reporter) if concern else None
    left = [line for line in unanswered(await uow.trail.of(id)) if f"{_STEP}{line.sequence}" in late]
    if concern is None or concern.status is Status.CLOSED or not left or reporter is None:
        return False
    if not reporter.active or not may(reporter, Doing.ADD, concern):
        return False
    await uow.trail.append(Entry(deed=Deed.CHASED, at=at, by=None, thing=id, facts={"step": "more_asked"}))
    await notices.tell(uow, NoticeKind.MORE_ASKED, (reporter,), id, step=f"again_{left[-1].sequence}")
    return True
