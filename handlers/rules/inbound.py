"""A notice that somebody outside gives the school, such as the police of a domestic abuse incident. Pure.

It is no referral: nothing is owed to whoever gave it. Whoever is to act on it must have it before the child's first
lesson; which notices there are is the guidance pack's.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from handlers.rules.calendar import Calendar
from handlers.rules.concern import Urgency

NOTICE: Final = "notice"
"""The fact of the entry with which it was raised: the key of the notice."""
STEP: Final = "first_lesson"
"""The step at which those who receive it are told that the first lesson is near. Stored: never rename."""
ARRIVING: Final = timedelta(minutes=60)
"""Before school opens: so near to it the child is on the way, and there is no time to wait (D)."""
BEFORE: Final = timedelta(minutes=30)
"""Before school opens: by then somebody must have taken on what came in the night (D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound:
    """A kind of notice, as the pack has it."""

    key: str
    name: str
    kinds: tuple[str, ...]
    """The kinds of concern that it is about."""
    text: str
    before_lesson: str
    """What whoever records it is told of the first lesson."""


def urgency(calendar: Calendar, *, at: datetime) -> Urgency:
    """How soon somebody must act on one that is recorded then: now where the child is in school, or nearly."""
    near = calendar.is_open(at) or calendar.next_opening(at) - at <= ARRIVING
    return Urgency.NOW if near else Urgency.TODAY


def press_at(calendar: Calendar, *, recorded: datetime) -> datetime | None:
    """When those who receive it are told that the first lesson is near; None where it was "now" from the start."""
    if urgency(calendar, at=recorded) is Urgency.NOW:
        return None
    return calendar.next_opening(recorded) - BEFORE
