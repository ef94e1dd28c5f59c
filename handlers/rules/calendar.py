"""School time: weekdays, hours, terms, INSET days and bank holidays, on the school's own clock. Pure."""

from dataclasses import dataclass
from datetime import date, time
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
