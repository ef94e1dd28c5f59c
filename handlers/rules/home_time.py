"""Home time: from when a concern of "today" may wait no longer, and when it counts as "now". Pure (DOMAIN, "Nothing
sleeps"; (D)).

No open concern of "today" or above crosses home time, a weekend or a holiday unless somebody named has said why the
child is safe until then. A decision stands for such a word: it has its reasons, and the name of whoever made it.
"""

from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.concern import CannotMove, Concern, Second, Status, Urgency
from handlers.rules.people import PersonId

SAFE_HOME = "safe_home"
"""The question *Safe to go home?*."""
_NOT_KNOWN_TO_BE_SAFE = frozenset({"no", "unsure"})


class Why(StrEnum):
    """Why a concern counts as "now" though somebody chose another word. Stored: add, never rename."""

    BELL = "bell"
    """Home time has come, and nobody has said why the child is safe until school opens again."""
    CLOSED = "closed"
    """It was sent as "today" when home time was over, or on a day without school."""
    ANSWER = "answer"
    """It says that the child is not, or may not be, safe to go home, or that somebody is in danger."""


def bell(at: datetime, calendar: Calendar) -> datetime:
    """The end of the wait that a concern of "today" may have from then on, in UTC.

    The closing of the school day on which it falls; that very moment after closing and on a day without school: what
    waited from there on would cross a night, a weekend or a holiday.
    """
    day = at.astimezone(calendar.zone).date()
    closing = calendar.closing(day)
    return closing if calendar.is_school_day(day) and at < closing else at


def not_safe(answers: Answers) -> bool:
    """Whether they say that somebody may come to harm before school opens again."""
    return answers.get("danger") == "yes" or answers.get(SAFE_HOME) in _NOT_KNOWN_TO_BE_SAFE


def on_arrival(urgency: Urgency, answers: Answers, calendar: Calendar, *, at: datetime) -> Why | None:
    """Why what is sent now counts as "now", whatever was chosen; None where it stays what was chosen."""
    if urgency is Urgency.NOW:
        return None
    if not_safe(answers):
        return Why.ANSWER
    return Why.CLOSED if urgency is Urgency.TODAY and bell(at, calendar) == at else None


def settled(concern: Concern) -> bool:
    """Whether somebody has decided what keeps the child safe, also where it waits for a new owner since."""
    if concern.status in {Status.TRIAGED, Status.CLOSED}:
        return True
    return concern.owner is None and concern.triaged_at is not None


def wakes_at(concern: Concern, calendar: Calendar, *, since: datetime | None = None) -> datetime | None:
    """When a concern of "today" counts as "now" unless it is settled before; None for what does not wait for a bell.

    `since`: from when it waits again, where its owner has gone. What was opened again counts from then.
    """
    if concern.urgency is not Urgency.TODAY or concern.drill or settled(concern):
        return None
    begins = [concern.submitted_at, since, concern.accepted_at, concern.safe_until]
    return bell(max(moment for moment in begins if moment is not None), calendar)


def wake(concern: Concern, *, since: datetime) -> Concern:
    """It counts as "now" from then: what anybody said or decided before does not hold it back any more."""
    undecided = replace(
        concern, urgency=Urgency.NOW, now_since=since, safe_until=None, safe_by=None, close_proposed_by=None,
        close_proposed_at=None,
    )  # fmt: skip
    if concern.status is not Status.TRIAGED:
        return replace(undecided, triaged_at=None)
    return replace(undecided, status=Status.ACCEPTED, outcome=None, triaged_at=None, second=Second.NOT_NEEDED)


def latest(at: datetime, calendar: Calendar) -> datetime:
    """Until when somebody may say that a child is safe: over the next home time, to the moment school opens again."""
    return calendar.next_opening(bell(at, calendar))


def say_safe(concern: Concern, *, until: datetime, by: PersonId, at: datetime, calendar: Calendar) -> Concern:
    """Somebody named says why the child is safe until then; the reason is sealed in the entry that goes with it."""
    must_be_sayable(concern)
    if until <= at:
        raise CannotMove("That time has passed. Say until when the child is safe.")
    if until > latest(at, calendar):
        raise CannotMove("That is too far ahead. It can wait until school opens again; then say it again.")
    return replace(concern, safe_until=until, safe_by=by)


def must_be_sayable(concern: Concern) -> None:
    """Refused where nobody owns it, where it has been decided, and where it may wait anyway."""
    concern.must_be_open()
    if concern.owner is None:
        raise CannotMove("Accept this concern first.")
    if settled(concern):
        raise CannotMove("A decision has been recorded. There is nothing to say here any more.")
    if concern.urgency not in {Urgency.NOW, Urgency.TODAY}:
        raise CannotMove("This concern may wait past home time. There is nothing to say here.")
