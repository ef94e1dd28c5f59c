"""By when an action is due where nobody names a time: from its kind and its urgency, over the school's calendar. Pure.

What is usual for a kind is pack data. School time stands still out of hours and in the holidays: nothing falls due on
a day without school; "now" alone runs day and night (DOMAIN, "Clocks").
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from handlers.rules.action import ActionKind
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Urgency
from handlers.rules.source import Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """A length of time. One of the three is set."""

    minutes: int | None = None
    """By the clock on the wall, day and night."""
    school_hours: int | None = None
    """Of the time when school is open."""
    school_days: int | None = None
    """By the end of the school day that many school days on; 0 is the end of this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Usual:
    """What is usual for a kind of action."""

    label: str
    urgency: Urgency
    within: Within
    """By when, at that urgency."""
    hint: str
    """For whoever does it: how it is done well."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """What is usual for every kind, and for every urgency that is not the kind's own."""

    kinds: Mapping[ActionKind, Usual]
    urgencies: Mapping[Urgency, Within]

    def urgency(self, kind: ActionKind) -> Urgency:
        return self.kinds[kind].urgency

    def due(self, kind: ActionKind, urgency: Urgency, *, calendar: Calendar, at: datetime) -> datetime:
        """The moment by which that is due if it is given now."""
        usual = self.kinds[kind]
        within = usual.within if urgency is usual.urgency else self.urgencies[urgency]
        due = moment(within, calendar=calendar, at=at)
        if urgency is Urgency.TODAY:
            return min(due, _end_of_day(0, calendar=calendar, at=at))
        return _within_a_week(due, calendar=calendar, at=at) if urgency is Urgency.WEEK else due


SHORTEST = timedelta(minutes=30)
"""Of a school day that counts as the day: what is given later than that is due at the end of the next."""


def moment(within: Within, *, calendar: Calendar, at: datetime) -> datetime:
    if within.minutes is not None:
        return at + timedelta(minutes=within.minutes)
    if within.school_hours is not None:
        return calendar.after_school_time(at, timedelta(hours=within.school_hours))
    return _end_of_day(within.school_days or 0, calendar=calendar, at=at)


def _within_a_week(due: datetime, *, calendar: Calendar, at: datetime) -> datetime:
    """What is for this week is due before the same weekday comes again, while school is open on any day of it."""
    days = (_day(at, calendar) + timedelta(days=ahead) for ahead in range(7))
    closings = [calendar.closing(day) for day in days if calendar.is_school_day(day)]
    left = [closing for closing in closings if closing - at >= SHORTEST]
    return min(due, left[-1]) if left else due


def _end_of_day(days: int, *, calendar: Calendar, at: datetime) -> datetime:
    begun = at if calendar.is_open(at) else calendar.next_opening(at)
    if calendar.closing(_day(begun, calendar)) - begun < SHORTEST:
        begun = calendar.next_opening(begun)
    last = calendar.after_school_days(begun, days) if days else begun
    return calendar.closing(_day(last, calendar))


def no_school(day: datetime, calendar: Calendar) -> bool:
    """Whether school is closed all that day: what is due then nobody would do."""
    return not calendar.is_school_day(_day(day, calendar))


def _day(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(calendar.zone).date()
