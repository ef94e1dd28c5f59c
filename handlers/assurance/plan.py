"""The terms of the school file run out: the head and the technician are told from six weeks before, once a week.

A day that nobody wrote down counts as a school day (`rules.calendar`), so what is due is chased in what may be
holidays: better than a child who waits. It is told until the next terms are there.
"""

from datetime import date, datetime
from uuid import UUID, uuid5

from handlers import notices, ticking
from handlers.assurance import selftest
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules.calendar import WARNED_BEFORE, Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.ui import say
from handlers.ui.card import Card
from handlers.ui.plain import alarm_card

STEP = "plan"


async def warn_all(units: UnitsOfWork, *, at: datetime) -> int:
    """Tell every school whose terms run out; returns how many were told."""
    return await ticking.each(units, ticking.once, lambda uow, _: warn(uow, at=at))


async def warn(uow: UnitOfWork, *, at: datetime) -> bool:
    """Once a week while school is open, whoever ticks and however often; the card of the week before goes."""
    calendar, subject = uow.school.calendar, _subject(uow)
    first = runs_out(calendar, at=at)
    if first is None:
        if await uow.steps.take(subject, f"{STEP}:whole:{_last(calendar)}", at=at):
            await notices.redraw(uow, subject)
        return False
    step = _step(calendar, at)
    if not calendar.is_open(at) or not await uow.steps.take(subject, step, at=at):
        return False
    facts = {"why": "terms_run_out", "from": first.isoformat()}
    await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=subject, facts=facts))
    await notices.redraw(uow, subject)
    await notices.tell(uow, NoticeKind.ALARM, await selftest.keepers(uow), subject, step=step)
    return True


def runs_out(calendar: Calendar, *, at: datetime) -> date | None:
    """The first day that nobody wrote down; None while it is further away than six weeks."""
    today = at.astimezone(calendar.zone).date()
    first = calendar.first_unplanned(today)
    return first if first is not None and first - today <= WARNED_BEFORE else None


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """From when nobody wrote down what a day is, as things are now; None when it is known, or was told since."""
    calendar = uow.school.calendar
    first = runs_out(calendar, at=at)
    if first is None or notice.step != _step(calendar, at):
        return None
    return alarm_card(f"{_since(first, at.astimezone(calendar.zone).date())} {UNTIL}")


UNTIL = (
    "A day that is in no term and in no holidays counts as a school day: reminders go out, and what is due is chased. "
    "Ask your technician to write the next terms into the school file and to start Heard again."
)


def _since(first: date, today: date) -> str:
    if first <= today:
        return "The terms in the school file have run out: it does not say whether today is a school day."
    days = (first - today).days
    left = f"{days} days from now" if days > 1 else "tomorrow"
    return f"The terms in the school file run out: it says nothing of {say.written(first)}, {left}, and the days after."


def _subject(uow: UnitOfWork) -> UUID:
    return uuid5(uow.school.id, STEP)


def _step(calendar: Calendar, at: datetime) -> str:
    year, week, _ = at.astimezone(calendar.zone).isocalendar()
    return f"{STEP}:{year}-{week}"


def _last(calendar: Calendar) -> str:
    return max((term.last for term in calendar.terms), default=date.min).isoformat()
