"""School time: weekdays, hours, terms, INSET days and bank holidays, on the school's own clock. Pure."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    zone: ZoneInfo
    opens: time
    closes: time
    terms: tuple[Term, ...]
    inset: frozenset[date] = frozenset()
    bank_holidays: frozenset[date] = frozenset()

    def is_school_day(self, day: date) -> bool:
        """A weekday in term that is neither an INSET day nor a bank holiday."""
        if day.weekday() >= 5 or day in self.inset or day in self.bank_holidays:
            return False
        return any(term.first <= day <= term.last for term in self.terms)

    def is_working_day(self, day: date) -> bool:
        """A weekday that is no bank holiday, term or not: what outside agencies count in (DOMAIN, clocks)."""
        return day.weekday() < 5 and day not in self.bank_holidays

    def is_open(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return self.is_school_day(local.date()) and self.opens <= local.time() < self.closes

    def opening(self, day: date) -> datetime:
        """The moment school opens that day, in UTC."""
        return datetime.combine(day, self.opens, self.zone).astimezone(UTC)

    def closing(self, day: date) -> datetime:
        """The moment school closes that day, in UTC."""
        return datetime.combine(day, self.closes, self.zone).astimezone(UTC)

    def next_opening(self, at: datetime) -> datetime:
        """The next moment that school opens, after `at`. Where the terms have run out, the next working day's."""
        today = at.astimezone(self.zone).date()
        days = [today + timedelta(days=n) for n in range(_FURTHEST)]
        wanted = [day for day in days if self.is_school_day(day)] or [day for day in days if self.is_working_day(day)]
        return next(self.opening(day) for day in wanted if self.opening(day) > at)

    def after_school_time(self, at: datetime, length: timedelta) -> datetime:
        """The moment when that much school time has passed since `at`: the clock stands still out of hours."""
        moment = at if self.is_open(at) else self.next_opening(at)
        left = length
        while (today_left := self.closing(self._day(moment)) - moment) < left:
            left -= today_left
            moment = self.next_opening(moment)
        return moment + left

    def after_school_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, that many school days on."""
        local = at.astimezone(self.zone)
        ahead = (self._day(at) + timedelta(days=n) for n in range(1, _FURTHEST))
        wanted = [day for day in ahead if self.is_school_day(day)][days - 1 : days]
        return self._at_same_time(local, wanted[0]) if wanted else self.after_working_days(at, days)

    def after_working_days(self, at: datetime, days: int) -> datetime:
        """The same time of day, that many working days on, school holidays included."""
        local = at.astimezone(self.zone)
        ahead = (self._day(at) + timedelta(days=n) for n in range(1, _FURTHEST))
        return self._at_same_time(local, [day for day in ahead if self.is_working_day(day)][days - 1])

    def _day(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def _at_same_time(self, local: datetime, day: date) -> datetime:
        return datetime.combine(day, local.time(), self.zone).astimezone(UTC)


_FURTHEST = 120
"""Days looked ahead: longer than any school holiday."""
