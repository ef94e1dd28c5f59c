"""Days and times of day as they are written: by hand, and by clients that send them in a form of their own. Pure.

A field holds a day as `2026-11-24` and a time as `14:05`. What can be read in one way only is taken; the rest stays
as it was typed, for the desk to complain about: a day whose weekday is another one's, a day without its year unless one
is near (`spoken_days`), anything with a word beside it ("before", "about"). A day comes before its month, as in
England. A moment with an offset, such as `2026-11-24T00:00:00Z`, is read on the school's clock. "2:30" may be in the
afternoon, so it is asked back; "02:30" is at night.
"""

import re
import unicodedata
from datetime import date, datetime, time, tzinfo

from handlers.ui import spoken_days, spoken_times
from handlers.ui.spoken_days import Looks

_DAY = re.compile(r"(?P<day>\d{1,2})\s*[/.\- ]\s*(?P<month>\d{1,2})\s*[/.\- ]\s*(?P<year>\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*(?P<day>\d{1,2})")
_NAMED = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+(?P<month>[a-z]{3,9})\.?,?[\s-]+(?P<year>\d{4}|\d{2})"
)
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})")
_WEEKDAY = re.compile(r"(?P<weekday>[a-z]{2,9})\.?,?\s+(?:the\s+)?(?P<rest>.+)")
_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[t ](\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s*(z|[+-]\d{2}:?\d{2})?")
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:.h]\s*(?P<minute>\d{2})(?:\s*[:.]\s*\d{2}(?:[.,]\d{1,9})?)?)?\s*(?P<half>[ap]\.?\s?m\.?|z)?"
)
_FOUR = re.compile(r"(?P<hour>[01]\d|2[0-3])[:.]?(?P<minute>[0-5]\d)\s?(?:h|hrs?|hours)?\.?")
_AT_NIGHT = range(1, 7)
"""Hours that nobody means who writes them with one digit and no half of the day: most are the afternoon's."""
_CENTURY = 2000
_NONE = 99
"""No hour of any clock."""


def day(typed: str, zone: tzinfo, *, today: date | None = None, looks: Looks = Looks.EITHER) -> str:
    """The day as a field holds it; as it was typed where it cannot be read. `today`: on which it is written; `looks`:
    on which side of it the day lies."""
    words = _plain(typed)
    if moment := _moment(words, zone):
        return moment.date().isoformat()
    read = _dated(words) or (spoken_days.read(words, today, looks) if today else None)
    return read.isoformat() if read else typed


def _dated(words: str) -> date | None:
    """The day that is written whole, with its year; the weekday before it must be its own."""
    named = _WEEKDAY.fullmatch(words)
    weekday = spoken_days.weekday(named["weekday"]) if named else None
    rest = named["rest"] if named and weekday is not None else words
    found = next((match for form in (_YEAR_FIRST, _DAY, _NAMED, _MONTH_FIRST) if (match := form.fullmatch(rest))), None)
    if found is None:
        return None
    try:
        read = date(_year(found["year"]), spoken_days.month(found["month"]), int(found["day"]))
    except ValueError:
        return None
    return read if weekday is None or read.weekday() == weekday else None


def _year(written: str) -> int:
    return int(written) if len(written) == len("2026") else _CENTURY + int(written)


def clock(typed: str, zone: tzinfo) -> str:
    """The time of day as a field holds it; as it was typed where it cannot be read."""
    words = _plain(typed)
    if moment := _moment(words, zone):
        return moment.strftime("%H:%M")
    if said := spoken_times.read(words):
        return said
    found = _FOUR.fullmatch(words) or _CLOCK.fullmatch(words)
    if found is None or (found["minute"] is None and found["half"] in (None, "z")):
        return typed
    hour, half = int(found["hour"]), (found.groupdict().get("half") or "z")[:1]
    if half == "z" and len(found["hour"]) == 1 and hour in _AT_NIGHT:
        return typed
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
