"""A day that nobody wrote down counts as a school day, and it is known beforehand from when on that is so."""

from dataclasses import replace
from datetime import date, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.rules import clocks
from handlers.rules.calendar import Calendar, Term
from handlers.rules.concern import Urgency
from tests.rules.test_clocks import concern, local

YEAR = (
    Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
    Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
    Term(first=date(2027, 1, 4), last=date(2027, 2, 12)),
    Term(first=date(2027, 2, 22), last=date(2027, 3, 25)),
    Term(first=date(2027, 4, 12), last=date(2027, 5, 28)),
    Term(first=date(2027, 6, 7), last=date(2027, 7, 21)),
)
NEXT = Term(first=date(2027, 9, 2), last=date(2027, 10, 22))
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"), opens=time(8, 30), closes=time(15, 30), terms=YEAR,
    inset=frozenset({date(2027, 7, 23)}), bank_holidays=frozenset({date(2027, 8, 30)}),
)  # fmt: skip
WHOLE = replace(CALENDAR, terms=(*YEAR, NEXT))


@pytest.mark.parametrize(
    ("day", "school"),
    [
        (date(2027, 7, 21), True),
        (date(2027, 7, 22), True),
        (date(2027, 7, 23), False),
        (date(2027, 7, 24), False),
        (date(2027, 8, 30), False),
        (date(2028, 3, 1), True),
        (date(2026, 8, 28), True),
        (date(2026, 10, 28), False),
        (date(2026, 12, 28), False),
        (date(2027, 4, 6), False),
    ],
    ids=[
        "the last day of term", "the day after", "an INSET day", "a Saturday", "a bank holiday", "next year",
        "before the first term", "half-term", "Christmas", "Easter",
    ],
)  # fmt: skip
def test_a_weekday_outside_the_plan_is_a_school_day_and_a_holiday_inside_it_is_none(day, school):
    assert CALENDAR.is_school_day(day) is school


def test_with_the_next_terms_the_summer_is_a_holiday():
    assert not any(WHOLE.is_school_day(date(2027, 7, 22) + timedelta(days=n)) for n in range(42))


@pytest.mark.parametrize("left_out", range(1, len(YEAR)))
def test_a_term_that_was_left_out_in_the_middle_is_no_holiday(left_out):
    gap = replace(WHOLE, terms=tuple(term for term in WHOLE.terms if term is not YEAR[left_out]))
    assert all(gap.is_school_day(day) for day in (YEAR[left_out].first, YEAR[left_out].last))
    assert gap.first_unplanned(date(2026, 9, 1)) is not None


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2027, 6, 1), date(2027, 7, 22)),
        (date(2027, 7, 23), date(2027, 7, 26)),
        (date(2026, 8, 28), date(2026, 8, 28)),
    ],
)
def test_the_first_day_that_nobody_wrote_down_is_known(day, first):
    assert CALENDAR.first_unplanned(day) == first


def test_without_a_term_each_weekday_is_a_school_day():
    assert replace(CALENDAR, terms=()).is_school_day(date(2026, 11, 24))


def test_today_is_chased_on_a_day_after_the_last_term():
    raised = concern(Urgency.TODAY, local("2027-09-06T09:00"))
    steps = clocks.due_steps(raised, CALENDAR, at=local("2027-09-06T09:31"))
    assert [step.name for step in steps] == ["today_30"]
    assert clocks.accept_by(raised, CALENDAR) == local("2027-09-06T09:30")
    assert clocks.digest_due(CALENDAR, at=local("2027-09-06T08:10"))
