"""Days and times of day as they are written: by hand, and by clients that send them in a form of their own. Pure.

A field holds a day as `2026-11-24` and a time as `14:05`. What can be read in one way only is taken; the rest stays
as it was typed, for the desk to complain about: a day whose weekday is another one's, a day without its year unless it
names its weekday of this year, anything with a word beside it ("before", "about"). A day comes before its month, as in
England. A moment with an offset, such as `2026-11-24T00:00:00Z`, is read on the school's clock.
"""

import re
import unicodedata
from datetime import date, datetime, time, timedelta, tzinfo

_DAY = re.compile(r"(?P<day>\d{1,2})\s*[/.\- ]\s*(?P<month>\d{1,2})\s*[/.\- ]\s*(?P<year>\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<day>\d{1,2})")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>[a-z]{3,9})\.?(?:,?[\s-]+(?P<year>\d{4}|\d{2}))?"
)
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:,?\s+(?P<year>\d{4}))?")
_WEEKDAY = re.compile(r"(?P<weekday>[a-z]{2,9})\.?,?\s+(?:the\s+)?(?P<rest>.+)")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(z|[+-]\d{2}:?\d{2})?")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:\s*[:.]\s*\d{2}(?:[.,]\d{1,9})?)?)?\s*(?P<half>[ap]\.?\s?m\.?|z)?"
)
_FOUR = re.compile(r"(?P<hour>[01]\d|2[0-3])[:.]?(?P<minute>[0-5]\d)\s?(?:h|hrs?|hours)?\.?")
_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"today": 0, "yesterday": -1, "tomorrow": 1}
_NAMED_TIMES = {"noon": "12:00", "midday": "12:00"}
_CENTURY = 2000
_NONE = 99
"""No hour of any clock."""


def day(typed: str, zone: tzinfo, *, today: date | None = None) -> str:
    """The day as a field holds it; as it was typed where it cannot be read. `today`: on which it is written."""
    words = _plain(typed)
    if moment := _moment(words, zone):
        return moment.date().isoformat()
    if today and words in _NEAR:
        return (today + timedelta(days=_NEAR[words])).isoformat()
    read = _dated(words, _weekday(words), today)
    return read.isoformat() if read else typed


def _weekday(words: str) -> int | None:
    """The number of the weekday that it begins with; None where it begins with none."""
    found = _WEEKDAY.fullmatch(words)
    named = (number for number, name in enumerate(_WEEKDAYS) if found and _begins(found["weekday"], name))
    return next(named, None)


def _begins(written: str, name: str) -> bool:
    """As weekdays are shortened: "mon", "tues", "thur"."""
    return len(written) > 1 and name.startswith(written)


def _dated(words: str, weekday: int | None, today: date | None) -> date | None:
    """The one day that the words may mean; the year that is left out is this one's, where the weekday bears it out."""
    named = _WEEKDAY.fullmatch(words) if weekday is not None else None
    rest = named["rest"] if named else words
    forms = (_YEAR_FIRST, _DAY, _NAMED, _MONTH_FIRST)
    found = next((match for form in forms if (match := form.fullmatch(rest))), None)
    if found is None or (found["year"] is None and (weekday is None or today is None)):
        return None
    try:
        read = date(_year(found["year"], today), _month(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return read if weekday is None or read.weekday() == weekday else None


def _year(written: str | None, today: date | None) -> int:
    if written is None:
        return today.year if today else 0
    return int(written) if len(written) == len("2026") else _CENTURY + int(written)


def clock(typed: str, zone: tzinfo) -> str:
    """The time of day as a field holds it; as it was typed where it cannot be read."""
    words = _plain(typed)
    if moment := _moment(words, zone):
        return moment.strftime("%H:%M")
    if words in _NAMED_TIMES:
        return _NAMED_TIMES[words]
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
    """Full-width digits, narrow spaces and other hyphens as plain ones, in lower case, less what nobody sees: clients
    put marks of direction into a day that is copied."""
    folded = _HYPHENS.sub("-", unicodedata.normalize("NFKC", typed)).casefold()
    return " ".join("".join(one for one in folded if unicodedata.category(one) != "Cf").split())


_HYPHENS = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")


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
