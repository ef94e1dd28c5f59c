"""School time: weekdays, hours, terms, INSET days and bank holidays, on the school's own clock. Pure.

What was said of single days (snow, a burst pipe, opening late) goes before the school's hours: whoever wants to know
when school opens or closes asks for that day's (`opening`, `closing`, `is_open`) and never for the hours themselves.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

LONGEST_HOLIDAYS, LONGEST_SUMMER = timedelta(weeks=5), timedelta(weeks=12)
"""From the last day of one term to the first of the next (D). A summer is what holds the first of August."""
WARNED_BEFORE = timedelta(weeks=6)
"""How long before the terms run out somebody is told (D)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """From when until when school is open on one day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    zone: ZoneInfo
    opens: time
    closes: time
    """The hours of an ordinary school day."""
    terms: tuple[Term, ...]
    inset: frozenset[date] = frozenset()
    bank_holidays: frozenset[date] = frozenset()
    today: date | None = None
    """The day on which something is read or drawn, for saying which year a date is of; None where nobody reads."""
    said: Mapping[date, Hours | None] = field(default_factory=dict["date", "Hours | None"], hash=False)
    """What was said of single days (`rules.closed`): other hours than the ordinary ones, or None for none at all."""

    def on(self, at: datetime) -> "Calendar":
        """The same, as it hangs on the wall at that moment."""
        return replace(self, today=at.astimezone(self.zone).date())

    def this_year(self, day: date) -> bool:
        """Whether whoever reads that day would take it for the right one without its year."""
        return self.today is None or self.today.year == day.year

    def is_school_day(self, day: date) -> bool:
        """A weekday in term that is neither an INSET day nor a bank holiday; one that nothing is known of counts too.

        A child in school on a day that nobody wrote down must not wait: what is chased in vain costs a message.
        """
        if not self._may_be_one(day):
            return False
        return self._in_term(day) or not self.is_planned(day)

    def is_planned(self, day: date) -> bool:
        """Whether the terms say what that day is: it lies in one, or in the holidays between two.

        Too long for holidays is a term that was left out.
        """
        if self._in_term(day):
            return True
        before = max((term.last for term in self.terms if term.last < day), default=None)
        after = min((term.first for term in self.terms if term.first > day), default=None)
        if before is None or after is None:
            return False
        summer = before < date(before.year, 8, 1) < after
        return after - before <= (LONGEST_SUMMER if summer else LONGEST_HOLIDAYS)

    def first_unplanned(self, day: date) -> date | None:
        """The first day from then on that counts as a school day because nobody wrote down what it is.

        None where that is further away than two years.
        """
        ahead = (day + timedelta(days=n) for n in range(2 * 366))
        return next((one for one in ahead if self._may_be_one(one) and not self.is_planned(one)), None)

    def _may_be_one(self, day: date) -> bool:
        free = day in self.inset or day in self.bank_holidays or (day in self.said and self.said[day] is None)
        return day.weekday() < 5 and not free

    def as_in_the_file(self) -> "Calendar":
        """As though nothing had been said of any day."""
        return replace(self, said=dict["date", "Hours | None"]())

    def hours(self, day: date) -> Hours:
        """Of that day; of one without school the ordinary ones, for whoever is at work on it."""
        return self.said.get(day) or Hours(opens=self.opens, closes=self.closes)

    def _in_term(self, day: date) -> bool:
        return any(term.first <= day <= term.last for term in self.terms)

    def is_working_day(self, day: date) -> bool:
        """A weekday that is no bank holiday, term or not: what outside agencies count in (DOMAIN, clocks)."""
        return day.weekday() < 5 and day not in self.bank_holidays

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        hours = self.hours(local.date())
        return self.is_school_day(local.date()) and hours.opens <= local.time() < hours.closes

    def opening(self, day: date) -> datetime:
        """The moment school opens that day, in UTC."""
        return datetime.combine(day, self.hours(day).opens, self.zone).astimezone(UTC)

    def closing(self, day: date) -> datetime:
        """The moment school closes that day, in UTC."""
        return datetime.combine(day, self.hours(day).closes, self.zone).astimezone(UTC)

    def next_opening(self, at: datetime) -> datetime:
        """The next moment that school opens, after `at`; the next working day's where no school day is near."""
        today = at.astimezone(self.zone).date()
        for counts in (self.is_school_day, self.is_working_day):
            days = filter(counts, (today + timedelta(days=n) for n in range(_FURTHEST)))
            if opening := next((opening for day in days if (opening := self.opening(day)) > at), None):
                return opening
        raise AssertionError("there are working days in any four months")

    def after_school_time(self, at: datetime, length: timedelta) -> datetime:
        """The moment when that much school time has passed since `at`: the clock stands still out of hours."""
        moment = at if self.is_open(at) else self.next_opening(at)
        left = length
        while (today_left := self.closing(self._day(moment)) - moment) < left:
            left -= today_left
            moment = self.next_opening(moment)
        return moment + left

    def after_school_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, that many school days on; from out of hours, the closing of that many school days.

        The clock stands still until school opens, so nothing inside the school falls due at night, nor before it opens
        late or after it closes early.
        """
        if not self.is_open(at):
            return self._closing_of(at, days)
        local = at.astimezone(self.zone)
        ahead = (local.date() + timedelta(days=n) for n in range(1, 2 * _FURTHEST))
        wanted = next(islice(filter(self.is_school_day, ahead), days - 1, None), None)
        return self._within_hours(local, wanted) if wanted else self.after_working_days(at, days)

    def _closing_of(self, at: datetime, days: int) -> datetime:
        for _ in range(days):
            at = self.closing(self._day(self.next_opening(at)))
        return at

    def _within_hours(self, local: datetime, day: date) -> datetime:
        """The same time of that day, or the nearest moment of its hours."""
        hours = self.hours(day)
        clock = min(max(local.time(), hours.opens), hours.closes)
        return datetime.combine(day, clock, self.zone).astimezone(UTC)

    def before_school_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, that many school days earlier; working days where there was no term.

        What is due out of hours counts from the nearest moment of a school day's hours.
        """
        local = at.astimezone(self.zone)
        for counts in (self.is_school_day, self.is_working_day):
            back = (local.date() - timedelta(days=n) for n in range(1, _FURTHEST))
            if wanted := next(islice(filter(counts, back), days - 1, None), None):
                return self._within_hours(local, wanted)
        raise AssertionError("there are working days in any four months")

    def after_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, that many working days on, school holidays included."""
        local = at.astimezone(self.zone)
        ahead = (local.date() + timedelta(days=n) for n in range(1, _FURTHEST))
        return self._at_same_time(local, next(islice(filter(self.is_working_day, ahead), days - 1, None)))

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _at_same_time(self, local: datetime, day: date) -> datetime:
        return datetime.combine(day, local.time(), self.zone).astimezone(UTC)


_FURTHEST = 120
"""Days looked ahead: longer than any school holiday."""
