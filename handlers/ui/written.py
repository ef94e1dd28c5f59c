"""Days and times of day as they are written: by hand, and by clients that send them in a form of their own. Pure.

A field holds a day as `2026-11-24` and a time as `14:05`. What can be read in one way only is taken; the rest stays
as it was typed, for the desk to complain about. A day comes before its month, as in England. A moment with an offset,
such as `2026-11-24T00:00:00Z`, is read on the school's clock.
"""

import re
import unicodedata
from datetime import date, datetime, time, tzinfo

_DAY = re.compile(r"(?P<day>\d{1,2})\s*[/.\- ]\s*(?P<month>\d{1,2})\s*[/.\- ]\s*(?P<year>\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<day>\d{1,2})")
_NAMED = re.compile(
    r"(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d{2})"
)
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(z|[+-]\d{2}:?\d{2})?")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:\s*[:.]\s*\d{2}(?:[.,]\d{1,9})?)?)?\s*(?P<half>[ap]\.?\s?m\.?|z)?"
)
_FOUR = re.compile(r"(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_CENTURY = 2000
_NONE = 99
"""No hour of any clock."""


def day(typed: str, zone: tzinfo) -> str:
    """The day as a field holds it; as it was typed where it cannot be read."""
    words = _plain(typed)
    if moment := _moment(words, zone):
        return moment.date().isoformat()
    found = next((match for form in (_YEAR_FIRST, _DAY, _NAMED) if (match := form.fullmatch(words))), None)
    if found is None:
        return typed
    year = int(found["year"])
    try:
        whole = year if len(found["year"]) == 4 else _CENTURY + year
        return date(whole, _month(found["month"]), int(found["day"])).isoformat()
    except ValueError:
        return typed


def clock(typed: str, zone: tzinfo) -> str:
    """The time of day as a field holds it; as it was typed where it cannot be read."""
    words = _plain(typed)
    if moment := _moment(words, zone):
        return moment.strftime("%H:%M")
    found = _FOUR.fullmatch(words) or _CLOCK.fullmatch(words)
    if found is None or (found["minute"] is None and found["half"] in (None, "z")):
        return typed
    hour, half = int(found["hour"]), (found.groupdict().get("half") or "z")[:1]
    if half != "z":
        hour = hour % 12 + (12 if half == "p" else 0) if 1 <= hour <= 12 else _NONE
    try:
        return time(hour, int(found["minute"] or 0)).strftime("%H:%M")
    except ValueError:
        return typed


def _plain(typed: str) -> str:
    """Full-width digits and the narrow spaces of other clients as plain ones, in lower case."""
    return " ".join(unicodedata.normalize("NFKC", typed).casefold().split())


def _moment(words: str, zone: tzinfo) -> datetime | None:
    found = _MOMENT.fullmatch(words)
    if found is None:
        return None
    try:
        local = datetime.fromisoformat(f"{found[1]}T{found[2].replace(',', '.')}{(found[3] or '').upper()}")
    except ValueError:
        return None
    return local.astimezone(zone) if local.tzinfo else local


def _month(written: str) -> int:
    """The number of a month that is given by number or name. ValueError for none."""
    if written.isdigit():
        return int(written)
    named = (number for number, name in enumerate(_MONTHS, start=1) if written in (name, name[:3], name[:4]))
    return next(named, 0)
