"""Which clock runs for a concern or an action, and which step it has reached. Pure (DOMAIN, "Clocks"; all (D)).

A step is due at a moment worked out from the state; nothing is ever queued. Clocks stand still out of school
hours, except for a concern that somebody must act on now. None of "today" runs past home time: what comes then is
`rules.home_time`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from handlers.rules import home_time
from handlers.rules.action import Action, ActionStatus
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, Urgency
from handlers.rules.routing import Rung


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One rung of a ladder, at its moment."""

    name: str
    """Stored for ever with whom it chased: add, never rename."""
    due: datetime
    rung: Rung


Moment = Callable[[datetime, Calendar], datetime]


def _minutes(minutes: int) -> Moment:
    return lambda at, _: at + timedelta(minutes=minutes)


def _school_time(**length: int) -> Moment:
    return lambda at, calendar: calendar.after_school_time(at, timedelta(**length))


def _school_days(days: int) -> Moment:
    return lambda at, calendar: calendar.after_school_days(at, days)


def _home_time(at: datetime, calendar: Calendar) -> datetime:
    """45 minutes before the school day ends on which the concern is due to be dealt with."""
    begun = at if calendar.is_open(at) else calendar.next_opening(at)
    guard = calendar.closing(begun.astimezone(calendar.zone).date()) - timedelta(minutes=45)
    return max(guard, begun + timedelta(minutes=5))


_ACCEPT: dict[Urgency, Moment] = {
    Urgency.NOW: _minutes(5),
    Urgency.TODAY: _school_time(minutes=30),
    Urgency.WEEK: _school_time(hours=4),
    Urgency.RECORD: _school_days(1),
}

_LADDERS: dict[Urgency, tuple[tuple[str, Moment, Rung], ...]] = {
    Urgency.NOW: (
        ("now_5", _minutes(5), Rung.DEPUTIES),
        ("now_10", _minutes(10), Rung.HEAD),
        ("now_15", _minutes(15), Rung.OUTSIDE),
    ),
    Urgency.TODAY: (
        ("today_30", _school_time(minutes=30), Rung.DEPUTIES),
        ("today_60", _school_time(minutes=60), Rung.FIRST),
        ("today_120", _school_time(minutes=120), Rung.HEAD),
        ("home_time", _home_time, Rung.DEPUTIES),
    ),
    Urgency.WEEK: (
        ("week_4h", _school_time(hours=4), Rung.DEPUTIES),
        ("week_1d", _school_days(1), Rung.FIRST),
    ),
    Urgency.RECORD: (("record_2d", _school_days(2), Rung.FIRST),),
}


RETURNED = "returned_"
"""Begins the name of the step that is taken when a concern comes back from an owner who has gone: its clock begins
afresh then. Its version follows."""
AGAIN = "again_"
"""Begins the name of a step at which what must be acted on now is asked for once more; its minutes follow."""
_AGAIN_AT, _AGAIN_EACH = (30, 60, 120), 240
"""Minutes after which it is asked for again, when the whole ladder has been climbed; from then on so many apart (D): at
each hour of a whole weekend nobody would read it any more."""


def begins(concern: Concern) -> datetime:
    """When it came, or began to count as "now"."""
    return max(concern.submitted_at, concern.now_since or concern.submitted_at)


def waits_since(concern: Concern, taken: Mapping[str, datetime]) -> datetime:
    """From when it waits to be accepted; `taken` are the steps that were taken of it."""
    returned = [at for name, at in taken.items() if name.startswith(RETURNED)]
    return max([begins(concern), *returned])


def accept_by(concern: Concern, calendar: Calendar, *, since: datetime | None = None) -> datetime | None:
    """When it should have an owner; None once it has one. `since`: where it waits again.

    Of "today" never later than the child goes home.
    """
    if concern.owner is not None:
        return None
    begun = since or begins(concern)
    urgency = _counts_as(concern, begun, calendar)
    due = _ACCEPT[urgency](begun, calendar)
    return min(due, home_time.bell(begun, calendar)) if urgency is Urgency.TODAY else due


def ladder(concern: Concern, calendar: Calendar, *, since: datetime | None = None) -> tuple[Step, ...]:
    """Every step of an unaccepted concern, earliest first. What waits again is chased again, by steps of its own."""
    begun = since or begins(concern)
    urgency = _counts_as(concern, begun, calendar)
    steps = [
        Step(name=f"{name}{_again(concern, begun)}", due=moment(begun, calendar), rung=rung)
        for name, moment, rung in _LADDERS[urgency]
    ]
    if urgency is Urgency.TODAY:
        steps = [step for step in steps if step.due < home_time.bell(begun, calendar)]
    return tuple(sorted(steps, key=lambda step: step.due))


def _counts_as(concern: Concern, begun: datetime, calendar: Calendar) -> Urgency:
    """How soon it is by the clock: what is of "today" when home time is over is "now"."""
    over = home_time.bell(begun, calendar) == begun and not concern.drill
    return Urgency.NOW if concern.urgency is Urgency.TODAY and over else concern.urgency


def _again(concern: Concern, begun: datetime) -> str:
    """What tells the steps of a clock that began afresh from those of the first."""
    return "" if begun == concern.submitted_at else f":{begun:%Y%m%dT%H%M}"


def due_steps(concern: Concern, calendar: Calendar, *, at: datetime, since: datetime | None = None) -> tuple[Step, ...]:
    """The steps that have come due by now, earliest first; none once somebody owns it or it is closed.

    What must be acted on now is asked for again until somebody has it. A drill has a clock of its own
    (`handlers.assurance.drill`).
    """
    if concern.owner is not None or concern.closed_at is not None or concern.drill:
        return ()
    begun = since or begins(concern)
    due = [step for step in ladder(concern, calendar, since=since) if step.due <= at]
    urgency = _counts_as(concern, begun, calendar)
    if urgency is Urgency.NOW:
        due += [
            Step(name=f"{AGAIN}{minutes}{_again(concern, begun)}", due=moment, rung=Rung.OUTSIDE)
            for minutes, moment in asked_again(begun, at=at)
        ]
    elif (days := _school_days_passed(begun, calendar, at=at)) >= (first := _EACH_DAY_FROM[urgency]):
        due.append(
            Step(
                name=f"{EACH_DAY}{days}{_again(concern, begun)}", due=calendar.after_school_days(begun, days),
                rung=Rung.DEPUTIES if days == first else Rung.HEAD,
            )
        )
    return tuple(due)


EACH_DAY = "waits_"
"""Begins the name of a step at which what nobody has accepted is asked for on another school day; their number follows.

Only the one that has come: after days down everybody is asked once."""
_EACH_DAY_FROM: Mapping[Urgency, int] = {Urgency.TODAY: 1, Urgency.WEEK: 2, Urgency.RECORD: 3}
"""From how many school days on, when the whole ladder has been climbed: by the second day of it as far as the head, or
who stands there (D). Of "today" it comes to that only where a decision lets it cross home time and its owner has gone.
"""


def _school_days_passed(begun: datetime, calendar: Calendar, *, at: datetime) -> int:
    """How many whole school days it has waited."""
    since, now = begun.astimezone(calendar.zone).date(), at.astimezone(calendar.zone).date()
    days = sum(calendar.is_school_day(since + timedelta(days=n)) for n in range(1, (now - since).days + 1))
    return days if days == 0 or calendar.after_school_days(begun, days) <= at else days - 1


def asked_again(begun: datetime, *, at: datetime) -> tuple[tuple[int, datetime], ...]:
    """When the whole ladder has been climbed: after how many minutes it is asked for again, and that moment.

    Of the last, which never end, only the one that has come: after days down everyone is told once.
    """
    last = int((at - begun) // timedelta(minutes=_AGAIN_EACH)) * _AGAIN_EACH
    passed = [*_AGAIN_AT, *([last] if last > 0 else [])]
    moments = ((minutes, begun + timedelta(minutes=minutes)) for minutes in passed)
    return tuple((minutes, moment) for minutes, moment in moments if moment <= at)


DANGER = "danger_"
"""Begins the name of a step of the ladder of danger that is said and not sent yet; its minutes follow."""
_DANGER = ((5, Rung.DEPUTIES), (10, Rung.HEAD), (15, Rung.OUTSIDE))
"""As the ladder of "now": until one person says that they are on it (D)."""


def danger_steps(said: datetime, *, at: datetime) -> tuple[Step, ...]:
    """The steps that have come due since somebody said that there is danger, earliest first."""
    climbed = [(minutes, said + timedelta(minutes=minutes), rung) for minutes, rung in _DANGER]
    again = [(minutes, moment, Rung.OUTSIDE) for minutes, moment in asked_again(said, at=at)]
    steps = (Step(name=f"{DANGER}{minutes}", due=due, rung=rung) for minutes, due, rung in (*climbed, *again))
    return tuple(step for step in steps if step.due <= at)


def danger_rung(taken: Iterable[str]) -> int:
    """How far up danger has come by the steps that were taken of it."""
    minutes = [int(name.removeprefix(DANGER)) for name in taken if name.removeprefix(DANGER).isdigit()]
    return max((rung for after, rung in _DANGER if after <= max(minutes, default=0)), default=Rung.FIRST)


def expectations(concern: Concern, calendar: Calendar, *, since: datetime | None = None) -> tuple[datetime, ...]:
    """The moments at which something passes that the reporter's receipt tells them to expect: it is drawn again then.

    When somebody should have it, and where it came out of hours, when it is first read.
    """
    by = accept_by(concern, calendar, since=since)
    if by is None or concern.closed_at is not None or concern.drill:
        return ()
    came = concern.submitted_at
    return (by,) if calendar.is_open(came) else (by, calendar.next_opening(came))


class Nudge(StrEnum):
    """A step in the chase of an action. Stored: add, never rename."""

    DAY_BEFORE = "day_before"
    DUE = "due"
    PLUS_1 = "plus_1"
    PLUS_2 = "plus_2"
    """From here the concern's owner is told too."""
    PLUS_3 = "plus_3"
    """From here the leads are told too."""


def nudges(action: Action, calendar: Calendar) -> tuple[tuple[Nudge, datetime], ...]:
    """Every nudge with its moment, earliest first, counted in school days as every clock inside the school is.

    What would fall before it was assigned is left out; while an agency is waited for, so is what falls before that day.
    """
    due = action.chased_from()
    moments = {
        Nudge.DAY_BEFORE: calendar.before_school_days(due, 1),
        Nudge.DUE: due,
        Nudge.PLUS_1: calendar.after_school_days(due, 1),
        Nudge.PLUS_2: calendar.after_school_days(due, 2),
        Nudge.PLUS_3: calendar.after_school_days(due, 3),
    }
    quiet = action.waiting_until if action.status is ActionStatus.WAITING else None
    return tuple(
        (nudge, moment)
        for nudge, moment in moments.items()
        if moment > action.assigned_at and (quiet is None or moment >= quiet)
    )


def due_nudges(action: Action, calendar: Calendar, *, at: datetime) -> tuple[Nudge, ...]:
    """The nudges that have come due by now, earliest first; none once it is done."""
    if not action.live:
        return ()
    return tuple(nudge for nudge, moment in nudges(action, calendar) if moment <= at)


def nudge_step(nudge: Nudge, action: Action) -> str:
    """Under which name that nudge is taken: `due:2026-11-27T15:30`, in UTC.

    It carries the moment that is counted from, so that more time, a wait or a new owner's date begins afresh.
    """
    return f"{nudge.value}:{action.chased_from().astimezone(UTC):%Y-%m-%dT%H:%M}"


def digest_due(calendar: Calendar, *, at: datetime) -> bool:
    """From half an hour before school opens until it closes, on a school day."""
    day = at.astimezone(calendar.zone).date()
    begins = calendar.opening(day) - timedelta(minutes=30)
    return calendar.is_school_day(day) and begins <= at < calendar.closing(day)


def huddle_due(calendar: Calendar, *, at: datetime) -> bool:
    """On the first school day of a week, from half an hour after school opens until it closes."""
    day = at.astimezone(calendar.zone).date()
    earlier = [day - timedelta(days=back) for back in range(1, day.weekday() + 1)]
    first = calendar.is_school_day(day) and not any(calendar.is_school_day(one) for one in earlier)
    return first and calendar.opening(day) + timedelta(minutes=30) <= at < calendar.closing(day)


def week_ends(calendar: Calendar, *, at: datetime) -> datetime:
    """The first moment of the Monday after, as school opens."""
    day = at.astimezone(calendar.zone).date()
    return calendar.opening(day + timedelta(days=7 - day.weekday()))
