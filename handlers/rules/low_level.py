"""When the low-level concerns about adults are read together: once a term, before it ends. Pure.

KCSIE part four has them reviewed so that a pattern is seen, and gives no day: that it is each term is ours (D).
"""

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from handlers.rules.calendar import Calendar, Term
from handlers.rules.concern import Concern, Route


class Asked(StrEnum):
    """How far the asking has come. Stored in steps: never rename."""

    FIRST = "asked"
    AGAIN = "asked_again"


LAST_DAYS: Final = timedelta(days=2)
"""Before the end of the term: asked again by then, where it is not done (D)."""


def log_of(concern: Concern) -> str:
    """In which log it stands: those of one log are read by the same people. Stored: never rename."""
    return "head" if concern.route in {Route.HEAD, Route.LOW_LEVEL} else concern.route.value


LOGS: Final = ("head", *(route.value for route in Route if route not in {Route.LEADS, Route.HEAD, Route.LOW_LEVEL}))


def term_of(calendar: Calendar, day: date) -> Term | None:
    """The term whose review a day belongs to: the one that it lies in, else the last one that has ended."""
    begun = [term for term in calendar.terms if term.first <= day]
    return max(begun, key=lambda term: term.first) if begun else None


def asked(calendar: Calendar, days: int, *, at: datetime) -> tuple[Term, Asked] | None:
    """The term whose review is asked for now, and for which time; None while there is nothing to ask, or out of hours.

    `days`: how long before the end of the term.
    """
    day = at.astimezone(calendar.zone).date()
    term = term_of(calendar, day)
    if term is None or day > term.last or not calendar.is_open(at) or day < term.last - timedelta(days=days):
        return None
    return term, Asked.AGAIN if day >= term.last - LAST_DAYS else Asked.FIRST
