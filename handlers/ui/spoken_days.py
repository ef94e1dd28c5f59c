"""A day as people in a school say it: "Mon", "the 24th", "24 Nov", "three days ago", "Tuesday last week". Pure.

It is taken where everybody who reads it on the day it is written would name one day alone; else it is asked back.
"Last Mon" on a Tuesday may be yesterday or a week before, "Tuesday" on a Tuesday today or not, "three weeks ago" any
day of a week. A field looks back (when did it happen?) or ahead (when is it due?), which says which Monday is meant.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

WEEK = 7
_HALF_A_YEAR = timedelta(days=183)
_NEARLY_ONE = timedelta(days=300)
"""A day of a month without its year is taken so far from today: by itself, and with its weekday to bear it out. A year
away the weekday is the next one's, and a slip would be borne out by the wrong year."""
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ALSO = {"weds": 2}
_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip


class Looks(StrEnum):
    """Which way from today the day of a field lies."""

    BACK = "back"
    AHEAD = "ahead"
    EITHER = "either"


@dataclass(frozen=True, slots=True)
class _Now:
    today: date
    looks: Looks

    def after(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def may_be(self, day: date) -> bool:
        """Whether the field looks that way."""
        ahead = self.looks is not Looks.BACK or day <= self.today
        return ahead and (self.looks is not Looks.AHEAD or day >= self.today)

    def next(self, weekday: int) -> date | None:
        """The next one after today; None for today's own weekday, which may be today."""
        days = (weekday - self.today.weekday()) % WEEK
        return self.after(days) if days else None

    def last(self, weekday: int) -> date | None:
        following = self.next(weekday)
        return following - timedelta(days=WEEK) if following else None

    def in_week(self, weekday: int, weeks: int) -> date:
        return self.after(weekday - self.today.weekday() + WEEK * weeks)


def read(words: str, today: date, looks: Looks) -> date | None:
    """The one day that is meant. `words`: in small letters, with one space between them."""
    said = _PART.sub("", _MARKS.sub(" ", words).strip().removeprefix("on "))
    said = " ".join(said.split())
    now = _Now(today, looks)
    if said in _NEAR:
        return now.after(_NEAR[said])
    for form, means in _FORMS:
        if found := form.fullmatch(said):
            return means(found, now)
    return None


_MARKS = re.compile(r"(?<=[a-z])\.|,|(?<=\D)-(?=\D)")
_PART = re.compile(r"(?<!this) (?:in the |at )?(?:morning|afternoon|evening|lunch ?time|a\.?m\.?|p\.?m\.?)$")
"""A part of a day is that day. Not a night: it begins on one day and ends on another."""
_NEAR = {
    "today": 0, "earlier today": 0, "just now": 0, "now": 0, "this morning": 0, "this afternoon": 0, "this evening": 0,
    "earlier this morning": 0, "earlier this afternoon": 0, "this lunchtime": 0, "this lunch time": 0,
    "tonight": 0, "yesterday": -1, "tomorrow": 1,
    "day before yesterday": -2, "the day before yesterday": -2, "day after tomorrow": 2, "the day after tomorrow": 2,
}  # fmt: skip


def weekday(written: str) -> int | None:
    """As weekdays are shortened: "mon", "tues", "weds", "thur"."""
    known = (number for number, name in enumerate(_WEEKDAYS) if len(written) > 1 and name.startswith(written))
    return _ALSO.get(written, next(known, None))


def month(written: str) -> int:
    """The number of a month that is given by number or name; 0 for none."""
    if written.isdecimal():
        return int(written)
    named = (number for number, name in enumerate(MONTHS, start=1) if written in (name, name[:3], name[:4]))
    return next(named, 0)


def _number(written: str) -> int:
    if written in ("a", "an"):
        return 1
    return int(written) if written.isdecimal() else _NUMBERS.index(written) + 1


def _by_weekday(of: Callable[[_Now, int], date | None]) -> Callable[[re.Match[str], _Now], date | None]:
    def means(found: re.Match[str], now: _Now) -> date | None:
        named = weekday(found["weekday"])
        day = None if named is None else of(now, named)
        return day if day is not None and now.may_be(day) else None

    return means


def _alone(now: _Now, named: int) -> date | None:
    """Monday: the last one looking back, the next one looking ahead."""
    if now.looks is Looks.EITHER:
        return None
    return now.last(named) if now.looks is Looks.BACK else now.next(named)


def _last(now: _Now, named: int) -> date | None:
    """Of this week's and last week's, where this week's has not come yet or is today: else either may be meant."""
    return None if named < now.today.weekday() else now.in_week(named, -1)


def _next(now: _Now, named: int) -> date | None:
    return None if named > now.today.weekday() else now.in_week(named, 1)


def _week_after(now: _Now, named: int) -> date | None:
    following = now.next(named)
    return following + timedelta(days=WEEK) if following else None


def _days(found: re.Match[str], now: _Now) -> date | None:
    count = _number(found["count"]) * (WEEK if found["unit"].startswith("week") else 1)
    return _counted(count, found, now)


def _fortnight(found: re.Match[str], now: _Now) -> date | None:
    return _counted(2 * WEEK, found, now)


def _counted(days: int, found: re.Match[str], now: _Now) -> date | None:
    day = now.after(-days if found["ago"] else days)
    return day if now.may_be(day) else None


def _this(now: _Now, named: int) -> date | None:
    """Of this week; a day of it that is over may as well be the coming one, where the field does not look back."""
    day = now.in_week(named, 0)
    return day if now.looks is Looks.BACK or day >= now.today else None


def _of_a_month(found: re.Match[str], now: _Now) -> date | None:
    """The 24th: of this month or of the one beside it."""
    first = now.today.replace(day=1)
    months = (first - timedelta(days=1), first, (first + timedelta(days=31)))
    held = [day for one in months if (day := _day(one.year, one.month, int(found["day"])))]
    near = [day for day in held if now.may_be(day) and _borne_out(found, day)]
    if not found["weekday"]:
        near = [day for day in near if now.looks is not Looks.EITHER and abs(day - now.today) <= timedelta(days=31)]
    return _nearest(near, now) if found["weekday"] is None or len(near) == 1 else None


def _of_a_year(found: re.Match[str], now: _Now) -> date | None:
    """24 November: of the year that is near enough."""
    reach = _NEARLY_ONE if found["weekday"] and now.looks is not Looks.EITHER else _HALF_A_YEAR
    number, years = month(found["month"]), (now.today.year - 1, now.today.year, now.today.year + 1)
    held = [day for year in years if (day := _day(year, number, int(found["day"])))]
    near = [day for day in held if now.may_be(day) and abs(day - now.today) < reach and _borne_out(found, day)]
    return _nearest(near, now)


def _nearest(days: list[date], now: _Now) -> date | None:
    return min(days, key=lambda day: abs(day - now.today), default=None)


def _borne_out(found: re.Match[str], day: date) -> bool:
    return found["weekday"] is None or weekday(found["weekday"]) == day.weekday()


def _day(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _forms() -> Iterator[tuple[re.Pattern[str], Callable[[re.Match[str], _Now], date | None]]]:
    of_week = r"(?P<weekday>[a-z]{2,9})"
    count = rf"(?P<count>an?|\d{{1,3}}|{'|'.join(_NUMBERS)})"
    first = rf"(?:(?!the ){of_week} )?"
    ordinal = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    yield re.compile(of_week), _by_weekday(_alone)
    yield re.compile(rf"last {of_week}"), _by_weekday(_last)
    yield re.compile(rf"next {of_week}"), _by_weekday(_next)
    yield re.compile(rf"this {of_week}"), _by_weekday(_this)
    yield re.compile(rf"(?:this )?past {of_week}"), _by_weekday(_Now.last)
    yield re.compile(rf"(?:this )?coming {of_week}"), _by_weekday(_Now.next)
    for weeks, which in ((-1, "last"), (0, "this"), (1, "next")):
        form = rf"(?:{of_week} (?:of )?{which} week|{which} week (?:on )?{of_week.replace('weekday', 'other')})"
        yield re.compile(form), _in_a_week(weeks)
    yield re.compile(rf"(?:a week on {of_week}|{of_week.replace('weekday', 'other')} week)"), _in_a_week(None)
    yield re.compile(rf"{count} (?P<unit>days?) (?P<ago>ago)"), _days
    yield re.compile(rf"{count} (?P<unit>weeks?) (?P<ago>ago) today"), _days
    yield re.compile(rf"in {count} (?P<unit>days?|weeks?)(?:['’]? time)?(?P<ago>)"), _days
    yield re.compile(rf"{count} (?P<unit>weeks?) today(?P<ago>)"), _days
    yield re.compile(r"a fortnight (?P<ago>ago) today"), _fortnight
    yield re.compile(r"(?:in a fortnight|a fortnight today)(?P<ago>)"), _fortnight
    yield re.compile(rf"{first}(?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)"), _of_a_month
    yield re.compile(rf"{first}the (?P<day>\d{{1,2}})"), _of_a_month
    yield re.compile(rf"{first}(?:the )?{ordinal}(?: of)?[ -]?(?P<month>[a-z]{{3,9}})"), _of_a_year
    yield re.compile(rf"{first}(?P<month>[a-z]{{3,9}})[ -]?(?:the )?{ordinal}"), _of_a_year
    yield re.compile(rf"{first}(?P<day>\d{{1,2}}) ?[/.-] ?(?P<month>\d{{1,2}})"), _of_a_year


def _in_a_week(weeks: int | None) -> Callable[[re.Match[str], _Now], date | None]:
    """That weekday of last week, this one or the next; None: a week after the next such day, as in "Friday week"."""

    def means(found: re.Match[str], now: _Now) -> date | None:
        named = weekday(found["weekday"] or found["other"])
        if named is None:
            return None
        day = _week_after(now, named) if weeks is None else now.in_week(named, weeks)
        return day if day is not None and now.may_be(day) else None

    return means


_FORMS = tuple(_forms())
