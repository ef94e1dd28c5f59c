"""How long it was from a thing happening to somebody learning of it, and on to its being written down. Pure."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

DAY = 24 * 60
"""Minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    at: datetime
    timed: bool = True
    """False where only the day is known, and `at` is some time of it."""


def minutes_between(earlier: Moment, later: Moment, *, zone: ZoneInfo) -> int:
    """Whole minutes, never below nought. Where one is known by its day alone, whole days on that zone's calendar."""
    if earlier.timed and later.timed:
        return max(0, (later.at - earlier.at) // timedelta(minutes=1))
    days = later.at.astimezone(zone).date() - earlier.at.astimezone(zone).date()
    return max(0, days.days * DAY)


def said(earlier: Moment, later: Moment, *, zone: ZoneInfo) -> str:
    """`40 minutes`, `3 days`: from two days on by the calendar of that zone, as people count them, for a Friday
    afternoon to a Monday morning is three days and not two."""
    minutes = minutes_between(earlier, later, zone=zone)
    days = (later.at.astimezone(zone).date() - earlier.at.astimezone(zone).date()).days
    return _counted(days, "day") if minutes >= 2 * DAY else in_words(minutes)


def in_words(minutes: int) -> str:
    """`40 minutes`, `2 hours`, `3 days`: the largest unit of which there are two, and no more than has passed."""
    for size, unit in ((DAY, "day"), (60, "hour")):
        if minutes >= 2 * size or minutes == size:
            return _counted(minutes // size, unit)
    return _counted(minutes, "minute")


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}" if number == 1 else f"{number} {unit}s"
