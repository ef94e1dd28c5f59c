"""Dates and times of day as text: whether they are in the form that an input takes. Nothing else may stand here."""

import re
from datetime import date, time

_TIME = re.compile(r"\d\d:\d\d")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def is_date(value: str) -> bool:
    """Whether a value is a date as both platforms take it, `2026-11-24`."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def is_time(value: str) -> bool:
    """Whether a value is a time of day as both platforms take it, `10:15`."""
    if not _TIME.fullmatch(value):
        return False
    try:
        time.fromisoformat(value)
    except ValueError:
        return False
    return True
