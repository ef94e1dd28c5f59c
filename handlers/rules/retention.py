"""How long a record is kept before two people may dispose of it. Pure (DOMAIN, retention; all of it D)."""

from collections.abc import Collection
from datetime import date
from enum import StrEnum

from handlers.rules.calendar import Calendar
from handlers.rules.concern import About, Concern

FROM_BIRTH = 25
"""Years from a child's birth; where the birth is not known, from when the concern was closed."""
OF_AN_ADULT = 10
"""Years from when a concern about an adult was closed. An allegation is kept until pension age where that is later:
nobody's age is known here, so whoever disposes of one is asked to look."""


class Basis(StrEnum):
    """The ground on which a record is disposed of. The value is stored for ever: add, never rename."""

    OVER = "over"
    """The time for which it is kept is over, and nothing calls for keeping it longer."""
    ORDERED = "ordered"
    """A court or the Information Commissioner has ordered it."""


def kept_until(concern: Concern, born: Collection[date | None], calendar: Calendar) -> date | None:
    """The day from which on it may be disposed of without an order; None while it is open.

    `born`: of each child whom it concerns now, None where it is not known.
    """
    if concern.closed_at is None:
        return None
    closed = concern.closed_at.astimezone(calendar.zone).date()
    days = [_years_after(day or closed, FROM_BIRTH) for day in born]
    if concern.about is not About.CHILD:
        days.append(_years_after(closed, OF_AN_ADULT))
    return max(days, default=_years_after(closed, FROM_BIRTH))


def _years_after(day: date, years: int) -> date:
    """The same day of that year; 1 March where it has no 29 February."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)
