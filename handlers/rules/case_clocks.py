"""Which clock runs for a concern that has an owner: offer, decision, second reader, sign-off, review. Pure; all (D).

As in `rules.clocks`: a step is due at a moment worked out from the state, nothing is queued, and school's own clocks
stand still out of hours except for what must be acted on now.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.rules import clocks, home_time
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, Second, Status, Urgency
from handlers.rules.routing import Rung


class Whom(StrEnum):
    OWNER = "owner"
    OTHERS = "others"
    """Whoever may read a second time or sign off."""
    LEADS = "leads"
    """Everyone who receives it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    name: str
    """Stored with whom it chased; it carries the moment it counts from, so that what begins afresh is chased afresh."""
    due: datetime
    whom: Whom
    rung: Rung | None = None
    """How far up it is carried then; None where it stays with those who have it."""


_Moment = Callable[[datetime, Calendar], datetime]


def _now(minutes: int) -> _Moment:
    return lambda at, _: at + timedelta(minutes=minutes)


def _hours(hours: float) -> _Moment:
    return lambda at, calendar: calendar.after_school_time(at, timedelta(hours=hours))


def _days(days: int) -> _Moment:
    return lambda at, calendar: calendar.after_school_days(at, days)


def _same_day(at: datetime, calendar: Calendar) -> datetime:
    """The end of the school day in which it falls; of the next one out of hours."""
    begun = at if calendar.is_open(at) else calendar.next_opening(at)
    return calendar.closing(begun.astimezone(calendar.zone).date())


def _before_the_child_leaves(at: datetime, calendar: Calendar) -> datetime:
    """Two hours, day and night; while school is open never later than the child leaves."""
    two_hours = at + timedelta(hours=2)
    return min(two_hours, _same_day(at, calendar)) if calendar.is_open(at) else two_hours


_OFFER: dict[Urgency, _Moment] = {
    Urgency.NOW: _now(5),
    Urgency.TODAY: _hours(0.5),
    Urgency.WEEK: _hours(4),
    Urgency.RECORD: _days(1),
}
"""How long an offer stands before it lapses and stays with its owner: as long as accepting may take."""
_DECIDE: dict[Urgency, _Moment] = {
    Urgency.NOW: _before_the_child_leaves,
    Urgency.TODAY: _same_day,
    Urgency.WEEK: _days(1),
    Urgency.RECORD: _days(3),
}
"""From its acceptance to its decision: `now` before the child leaves, else two hours; `today` the same school day."""


def offer_ends(concern: Concern, calendar: Calendar) -> datetime | None:
    """When an offer lapses; of what may not cross home time undecided, no later than that."""
    if concern.offered_to is None or concern.offered_at is None:
        return None
    ends = _OFFER[concern.urgency](concern.offered_at, calendar)
    return min(ends, home_time.wakes_at(concern, calendar) or ends)


def decide_by(concern: Concern, calendar: Calendar) -> datetime | None:
    """When its decision is due; None before it is accepted and once it is decided.

    Whoever has said why the child is safe has until then; what came to count as "now" is due from that moment.
    """
    if concern.status is not Status.ACCEPTED or concern.accepted_at is None:
        return None
    due = _DECIDE[concern.urgency](concern.accepted_at, calendar)
    return max(due, concern.now_since or due, concern.safe_until or due)


_DECISION = "decide"
NEAR, UNDECIDED = "near", "undecided"
"""How the steps begin at which home time is near, and at which it has come, of what somebody owns."""
_NEAR = timedelta(minutes=45)
_CLIMBS: tuple[tuple[int, Whom, Rung | None], ...] = (
    (0, Whom.LEADS, None), (5, Whom.LEADS, Rung.DEPUTIES), (10, Whom.LEADS, Rung.HEAD), (15, Whom.LEADS, Rung.OUTSIDE),
)  # fmt: skip
"""The ladder of "now", in minutes, for what somebody owns and has neither decided nor said to be safe (D)."""


def climbs_from(concern: Concern, calendar: Calendar) -> datetime | None:
    """From when the ladder of "now" runs for what somebody owns: home time, or its decision where that is due later.

    None for what is decided, and for what is not "now".
    """
    due = decide_by(concern, calendar)
    if due is None or concern.accepted_at is None or concern.urgency is not Urgency.NOW or concern.drill:
        return None
    return max(due, home_time.bell(_waits_since(concern, concern.accepted_at), calendar))


def _waits_since(concern: Concern, accepted: datetime) -> datetime:
    """From when its owner owes a decision: from its acceptance, or as what was decided or said ends."""
    since = (accepted, concern.now_since, concern.safe_until)
    return max(moment for moment in since if moment is not None)


def ends_at(concern: Concern, calendar: Calendar, *, near: bool) -> datetime | None:
    """The home time that is `near` for what somebody owns, or from which it climbs; None once it is settled."""
    if not near:
        return climbs_from(concern, calendar)
    wakes = home_time.wakes_at(concern, calendar) if concern.status is Status.ACCEPTED else None
    return wakes or climbs_from(concern, calendar)


def _climb(concern: Concern, calendar: Calendar) -> list[Step]:
    begins = climbs_from(concern, calendar)
    if begins is None:
        return []
    return [
        Step(name=_named(minutes, begins), due=begins + timedelta(minutes=minutes), whom=whom, rung=rung)
        for minutes, whom, rung in _CLIMBS
    ]


def _climb_again(concern: Concern, calendar: Calendar, *, at: datetime) -> list[Step]:
    begins = climbs_from(concern, calendar)
    again = clocks.asked_again(begins, at=at) if begins else ()
    return [
        Step(name=_named(minutes, begins), due=due, whom=Whom.LEADS, rung=Rung.OUTSIDE)
        for minutes, due in again
        if begins
    ]


def _named(minutes: int, begins: datetime) -> str:
    return f"{UNDECIDED}_{minutes}:{begins:%Y%m%dT%H%M}"


def _near_home_time(concern: Concern, calendar: Calendar) -> list[Step]:
    """Its owner is told before home time comes, where that is still ahead when it begins to wait for them."""
    bell = ends_at(concern, calendar, near=True)
    if bell is None or concern.accepted_at is None:
        return []
    due = bell - _NEAR
    ahead = due > _waits_since(concern, concern.accepted_at) and calendar.is_open(due)
    return [Step(name=f"{NEAR}:{bell:%Y%m%dT%H%M}", due=due, whom=Whom.OWNER)] if ahead else []


def steps(concern: Concern, calendar: Calendar) -> tuple[Step, ...]:
    """Every step of what it is waiting for, earliest first."""
    found: list[Step] = []
    if due := decide_by(concern, calendar):
        found += _twice(_DECISION, due, Whom.OWNER, Whom.LEADS, calendar)
    found += (*_near_home_time(concern, calendar), *_climb(concern, calendar))
    if concern.second is Second.WANTED and concern.triaged_at and concern.status is Status.TRIAGED:
        found += _twice("second", calendar.after_school_days(concern.triaged_at, 1), Whom.OTHERS, Whom.LEADS, calendar)
    if concern.close_proposed_at and concern.status is Status.TRIAGED:
        due = calendar.after_school_days(concern.close_proposed_at, 2)
        found += _twice("sign_off", due, Whom.OTHERS, Whom.LEADS, calendar)
    if concern.review_at and concern.status is Status.TRIAGED:
        found += _twice("review", concern.review_at, Whom.OWNER, Whom.LEADS, calendar)
    return tuple(sorted(found, key=lambda step: step.due))


def due_steps(concern: Concern, calendar: Calendar, *, at: datetime) -> tuple[Step, ...]:
    """The steps that have come due by now, earliest first.

    What climbs tells all who have it already: that a decision is a school day late is no message of its own there.
    """
    if concern.closed_at is not None or concern.owner is None:
        return ()
    climbs = climbs_from(concern, calendar) is not None
    due = [step for step in steps(concern, calendar) if step.due <= at and not (climbs and _is_later_decision(step))]
    return tuple(sorted((*due, *_climb_again(concern, calendar, at=at)), key=lambda step: step.due))


def _is_later_decision(step: Step) -> bool:
    return step.name.startswith(f"{_DECISION}_plus_1")


def _twice(name: str, due: datetime, first: Whom, then: Whom, calendar: Calendar) -> list[Step]:
    """At the moment it is due, and one school day later to more people."""
    stamp = f"{due:%Y%m%dT%H%M}"
    later = calendar.after_school_days(due, 1)
    return [
        Step(name=f"{name}:{stamp}", due=due, whom=first),
        Step(name=f"{name}_plus_1:{stamp}", due=later, whom=then),
    ]
