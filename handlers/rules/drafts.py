"""Which clock runs for a draft, and which step it has reached. Pure (DOMAIN, "Clocks"; all (D)).

A draft is what somebody began and has not sent. Its clock starts at the last touch and stands still out of school
hours, except where it says that somebody must act now.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum

from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry

KEPT_FOR = timedelta(days=14)
"""From the last touch until its answers are deleted, at the earliest."""
_SOON = timedelta(minutes=30)
_LONG = timedelta(hours=72)
_HOME_TIME = timedelta(minutes=45)
_AN_HOUR = timedelta(minutes=60)
_AT_LEAST = timedelta(minutes=5)


PUT_BY = 0
"""The page of words that were typed and are no form yet: it is asked whether they are a concern. Nobody is reminded."""
TURNED_BACK = -1
"""The page of what was typed in another form, whose writer has gone back to a page before it: it begins no concern."""
NO_CONCERN = frozenset({PUT_BY, TURNED_BACK})
TURNED_BACK_FOR = timedelta(days=1)
"""How long that is kept: nobody stands before a window for longer."""


class Stage(StrEnum):
    """A step in the chase of a draft. Stored: add, never rename."""

    HALF_HOUR = "draft_half_hour"
    MORNING = "draft_morning"
    LEADS = "draft_leads"
    """From here those who would receive it know that it exists."""
    LAST = "draft_last"
    """It is about to be deleted. Comes again where the draft was touched since: the step's name carries the day."""
    COMPLETE = "draft_complete"
    """The rest of a quick concern has not been told."""


def stages(touched: datetime, calendar: Calendar, *, urgent: bool) -> tuple[tuple[Stage, datetime], ...]:
    """Every step of a draft with its moment, earliest first."""
    morning = calendar.next_opening(touched)
    soon = touched + _SOON if urgent else calendar.after_school_time(touched, _SOON)
    long = touched + _LONG
    moments = {
        Stage.MORNING: morning,
        Stage.LEADS: long if urgent else _in_school(long, calendar),
        Stage.LAST: _last(touched, calendar),
    }
    if urgent or soon < morning:
        moments[Stage.HALF_HOUR] = soon
    return tuple(sorted(moments.items(), key=lambda moment: moment[1]))


def due(touched: datetime, calendar: Calendar, *, urgent: bool, at: datetime) -> tuple[Stage, ...]:
    """The steps that have come due by now, earliest first."""
    return tuple(stage for stage, moment in stages(touched, calendar, urgent=urgent) if moment <= at)


def expires(touched: datetime, calendar: Calendar) -> datetime:
    """When its answers may be deleted: two weeks on, in school hours, and a school day after the last reminder."""
    return max(_in_school(touched + KEPT_FOR, calendar), calendar.after_school_days(_last(touched, calendar), 1))


def expired(touched: datetime, calendar: Calendar, *, reminded: datetime | None, at: datetime) -> bool:
    """Whether they are deleted now: never before its writer has been reminded for the last time, a school day ago."""
    if reminded is None or at < expires(touched, calendar):
        return False
    return at >= calendar.after_school_days(reminded, 1)


def last_step(touched: datetime, calendar: Calendar) -> str:
    """The name under which the last reminder is taken: one for each day on which the draft would end."""
    return f"{Stage.LAST}:{_day(expires(touched, calendar), calendar).isoformat()}"


def complete_by(submitted: datetime, calendar: Calendar) -> datetime:
    """When the writer of a quick concern is asked for the rest: the same day, or the next school morning."""
    if not calendar.is_open(submitted):
        return calendar.next_opening(submitted)
    home_time = calendar.closing(_day(submitted, calendar)) - _HOME_TIME
    return max(min(submitted + _AN_HOUR, home_time), submitted + _AT_LEAST)


def _last(touched: datetime, calendar: Calendar) -> datetime:
    """The morning of the school day before the one on which it ends; in the holidays the first one after them."""
    ends = _in_school(touched + KEPT_FOR, calendar)
    before = [_day(ends, calendar) - timedelta(days=n) for n in range(1, (ends - touched).days)]
    mornings = [calendar.opening(day) for day in before if calendar.is_school_day(day)]
    return next((morning for morning in mornings if morning > touched), calendar.next_opening(touched))


def _in_school(at: datetime, calendar: Calendar) -> datetime:
    return at if calendar.is_open(at) else calendar.next_opening(at)


def _day(at: datetime, calendar: Calendar) -> date:
    return at.astimezone(calendar.zone).date()


QUICK, WHOLE = "quick", "whole"
"""How an account was written, kept as the fact `form` of its entry: three answers, or all that was left out of them."""


def incomplete(entries: Sequence[Entry]) -> bool:
    """Whether a concern came in three answers and the rest has not been told since."""
    told = {(entry.deed, entry.facts.get("form")) for entry in entries}
    return (Deed.RAISED, QUICK) in told and (Deed.ADDED, WHOLE) not in told
