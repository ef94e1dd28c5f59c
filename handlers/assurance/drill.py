"""The monthly drill: a concern marked TEST goes the whole way to the leads, and asks to be accepted.

It is kept out of every figure: it takes no reference of the year's, has no receipt, is chased by no ladder but its own.
A concern must have a reporter: it is the technician, who receives nothing on any route and so leaves no pool by it;
without one the head, else a lead. The entry says that the clock raised it.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from handlers import notices, ticking
from handlers.assurance import selftest
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Concern, ConcernId, Route, Status, Urgency
from handlers.rules.people import LEADS, Person, Role

STEP = "drill"
WITHIN = timedelta(minutes=30)
"""School time in which a drill should be accepted (D)."""
_AT = timedelta(hours=10)
_WORDS = {"facts": "TEST. The monthly test that concerns reach the leads. No child is involved."}


async def drill_all(units: UnitsOfWork, *, at: datetime) -> int:
    """Send this month's drill where it is time, and alarm where one was not accepted; returns how many did either."""

    async def one(uow: UnitOfWork, _: None) -> bool:
        sent = await send_drill(uow, at=at)
        return await _alarm(uow, at=at) or sent

    return await ticking.each(units, ticking.once, one)


async def send_drill(uow: UnitOfWork, *, at: datetime) -> bool:
    """On the first school Tuesday of a month, from ten o'clock until school closes, once."""
    calendar = uow.school.calendar
    local = at.astimezone(calendar.zone)
    due = timedelta(hours=local.hour, minutes=local.minute) >= _AT and calendar.is_open(at)
    if local.date() != day_of(calendar, local.year, local.month) or not due:
        return False
    id = ConcernId(uuid5(uow.school.id, f"{STEP}/{local:%Y-%m}"))
    reporter = await _reporter(uow)
    if reporter is None or not await uow.steps.take(id, STEP, at=at):
        return False
    concern = Concern(
        id=id, reference=f"TEST-{local:%Y-%m}", reporter=reporter.id, about=About.CHILD, route=Route.LEADS,
        urgency=Urgency.TODAY, submitted_at=at, drill=True,
    )  # fmt: skip
    await record(uow, concern, because=Entry(deed=Deed.RAISED, at=at, by=None, thing=id, facts=_FACTS, words=_WORDS))
    return True


_FACTS = {"drill": "yes"}


def day_of(calendar: Calendar, year: int, month: int) -> date | None:
    """The first Tuesday of that month on which there is school; None where there is none."""
    days = [date(year, month, 1) + timedelta(days=n) for n in range(31)]
    wanted = (d for d in days if d.month == month and d.weekday() == 1 and calendar.is_school_day(d))
    return next(wanted, None)


async def _reporter(uow: UnitOfWork) -> Person | None:
    for roles in ({Role.TECHNICIAN}, {Role.HEAD}, LEADS):
        people: Sequence[Person] = await uow.people.with_roles(roles)
        if people:
            return people[0]
    return None


async def pass_drill(uow: UnitOfWork, accepted: Concern, *, at: datetime) -> Concern:
    """It has been accepted, so it has passed, and closes itself."""
    saved = await uow.concerns.get(accepted.id)
    assert saved is not None
    ended = saved.end_drill(at=at)
    await record(uow, ended, because=Entry(deed=Deed.CLOSED, at=at, by=None, thing=saved.id, facts=_FACTS))
    await notices.redraw(uow, saved.id)
    return ended


async def waits(uow: UnitOfWork, id: UUID) -> bool:
    """Whether that drill has not been accepted."""
    concern = await uow.concerns.get(ConcernId(id))
    return concern is not None and concern.drill and concern.status is not Status.CLOSED


async def _alarm(uow: UnitOfWork, *, at: datetime) -> bool:
    late = [concern for concern in await uow.concerns.unaccepted() if concern.drill and _late(uow, concern, at)]
    fresh = [concern for concern in late if await uow.steps.take(concern.id, "drill_not_accepted", at=at)]
    for concern in fresh:
        facts = {"why": "drill_not_accepted"}
        await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=concern.id, facts=facts))
        await notices.tell(uow, NoticeKind.ALARM, await selftest.keepers(uow), concern.id, step=STEP)
    return bool(fresh)


def _late(uow: UnitOfWork, concern: Concern, at: datetime) -> bool:
    return at >= uow.school.calendar.after_school_time(concern.submitted_at, WITHIN)
