"""A duty of the reporter's own that is not recorded as done: they, the owner and the lead are told until it is.

Before its time, when that has passed, and again on the morning of each working day (`rules.duty.steps`). Nobody is told
which duty it is outside a window.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from handlers import notices, staff, ticking
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.reporter import duties, duty_card
from handlers.rules import duty, routing
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.duty import Called, Own, own
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, Role
from handlers.rules.school import SchoolId
from handlers.ui import say
from handlers.ui.card import Card

LOOKED_AT = timedelta(days=30)
"""Closed concerns are looked at for so long after they were sent; open ones always."""


async def remind_all(units: UnitsOfWork, *, at: datetime) -> int:
    """Tell of every duty in force that is not logged, at the step that has come. Returns of how many concerns."""
    told = await ticking.each(
        units, lambda uow: _to_look_at(uow, at=at), lambda uow, one: _remind(uow, one, at=at)
    )
    await ticking.each(units, ticking.once, lambda uow, _: _looked(uow, at=at))
    return told


async def _to_look_at(uow: UnitOfWork, *, at: datetime) -> list[ConcernId]:
    """Every concern that may hold one, at each hour of the day at which something can come due."""
    slot = _slot(uow.school.calendar, at)
    if not slot or slot in await uow.steps.taken(_of_the_day(uow.school.id)):
        return []
    recent = await uow.concerns.since(at - LOOKED_AT, at)
    return list(dict.fromkeys(concern.id for concern in (*recent, *await uow.concerns.open())))


async def _looked(uow: UnitOfWork, *, at: datetime) -> bool:
    slot = _slot(uow.school.calendar, at)
    return bool(slot) and await uow.steps.take(_of_the_day(uow.school.id), slot, at=at)


def _slot(calendar: Calendar, at: datetime) -> str:
    """The last moment of that day at which something could come due: its morning, home time, each duty's own hour."""
    local = at.astimezone(calendar.zone)
    if not calendar.is_working_day(local.date()):
        return ""
    closes = [datetime.combine(local.date(), one.close, calendar.zone) for one in ENGLAND.duties if one.close]
    moments = [duty.morning(local.date(), calendar), calendar.closing(local.date()), *closes]
    passed = max((moment for moment in moments if moment <= at), default=None)
    return "" if passed is None else f"{passed.astimezone(calendar.zone):%Y-%m-%dT%H:%M}"


def _of_the_day(school: SchoolId) -> UUID:
    return uuid5(school, "duties")


async def _remind(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    reporter = await uow.people.get(concern.reporter) if concern else None
    if concern is None or reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return False
    held = await in_force(uow, concern, at=at)
    due = {step for call in held for step in duty.steps(call.duty, uow.school.calendar, since=call.since, at=at)}
    ordered = sorted(due, key=lambda step: step[1])
    fresh = [name for name, _ in ordered if await uow.steps.take(id, name, at=at)]
    if not fresh:
        return False
    others = await _who_has_it(uow, concern, less=reporter)
    await uow.trail.append(Entry(deed=Deed.REMINDED, at=at, by=None, thing=id))
    await notices.tell(uow, NoticeKind.DUTY, (*([reporter] if reporter.active else []), *others), id, step=fresh[-1])
    return True


async def in_force(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Sequence[Called]:
    """The duties in force that the reporter has not logged; none is looked for where no word calls for one."""
    held = own(await uow.trail.of(concern.id))
    if not held.called or held.logged_at is not None:
        return ()
    today = at.astimezone(uow.school.calendar.zone).date()
    return [call for call in await duties.calls(uow, concern.id) if call.duty.binding(today)]


async def _who_has_it(uow: UnitOfWork, concern: Concern, *, less: Person) -> Sequence[Person]:
    """Its owner, and the lead; who receives it, where no lead does."""
    here = [person for person in await uow.people.all() if routing.receives(concern, person)]
    told = [person for person in here if person.id == concern.owner or person.has(Role.LEAD)]
    return [person for person in told or await notices.first_told(uow, concern) if person.id != less.id]


async def draw(uow: UnitOfWork, notice: Notice, concern: Concern, reader: Person, *, at: datetime) -> Card | None:
    """To the reporter, or to who has it, as it stands now."""
    held = (await notices.situation(uow, concern, at=at)).duty
    if reader.id == concern.reporter and may(reader, Doing.SEE_RECEIPT, concern):
        since = await _since(uow, concern, notice.step, at=at)
        return duty_card.duty_card(concern, since=since, logged=_logged(uow, held), not_theirs=held.not_theirs)
    if not may(reader, Doing.READ, concern):
        return None
    since, whose = await _since(uow, concern, notice.step, at=at), await staff.name_of(uow, concern.reporter)
    return duty_card.anothers(concern, whose, since=since, logged=_logged(uow, held))


def _logged(uow: UnitOfWork, held: Own) -> str:
    return say.moment(held.logged_at, uow.school.calendar) if held.logged_at else ""


async def _since(uow: UnitOfWork, concern: Concern, step: str, *, at: datetime) -> duty_card.Since:
    """How that step stands to the time of the duty that is due first."""
    calendar = uow.school.calendar
    held = await in_force(uow, concern, at=at)
    call = min(held, key=lambda one: duty.due(one.duty, calendar, since=one.since) or one.since, default=None)
    if call is None:
        return duty_card.Since(said="Reminder", due="due today")
    by = duty.due(call.duty, calendar, since=call.since)
    first = duty.remind_on(calendar, since=call.since).isoformat()
    day = step.removeprefix(duty.STEP).removesuffix(duty.LATE).removesuffix(duty.AT_THE_BELL)
    return duty_card.Since(said=_said(step, day, first, calendar), due=_due(by, call.since, calendar, at=at))


def _said(step: str, day: str, first: str, calendar: Calendar) -> str:
    if step.endswith(duty.LATE):
        return "Its time has passed"
    if step.endswith(duty.AT_THE_BELL):
        return "Home time has come"
    return "Reminder" if day <= first else f"Still not recorded on {say.date_of(duty.day_of(day), calendar)}"


def _due(by: datetime | None, since: datetime, calendar: Calendar, *, at: datetime) -> str:
    if by is None:
        return f"due as soon as it can be, since {say.moment(since, calendar)}"
    return f"due {'since' if by <= at else 'by'} {say.moment(by, calendar)}"
