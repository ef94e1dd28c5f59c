"""The delay between its happening, its being learned and its being recorded: plain arithmetic on the school's clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.delay import Moment, in_words, minutes_between, said

LONDON = ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 16, 10, 15, tzinfo=UTC)


def between(earlier: datetime, later: datetime, *, timed: bool = True) -> int:
    return minutes_between(Moment(at=earlier, timed=timed), Moment(at=later), zone=LONDON)


def test_two_times_of_day_are_counted_in_whole_minutes():
    assert between(MONDAY, MONDAY + timedelta(hours=2, seconds=59)) == 120


def test_where_one_is_a_day_alone_days_are_counted_on_the_schools_calendar():
    assert between(MONDAY, MONDAY + timedelta(days=3, hours=9), timed=False) == 3 * 24 * 60
    assert between(MONDAY, MONDAY + timedelta(hours=4), timed=False) == 0


def test_half_past_midnight_in_summer_is_the_next_day_in_london():
    evening = datetime(2026, 6, 15, 12, tzinfo=UTC)
    assert between(evening, datetime(2026, 6, 15, 23, 30, tzinfo=UTC), timed=False) == 24 * 60


def test_the_hour_that_the_clocks_go_back_is_counted_twice():
    before = datetime(2026, 10, 25, 0, 30, tzinfo=LONDON)
    assert between(before.astimezone(UTC), datetime(2026, 10, 25, 2, 30, tzinfo=LONDON).astimezone(UTC)) == 180


@given(st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=900)), st.booleans())
def test_a_delay_is_never_below_nought_whichever_way_round(length: timedelta, timed: bool):
    assert between(MONDAY + length, MONDAY, timed=timed) == 0
    assert between(MONDAY, MONDAY + length, timed=timed) >= 0


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "0 minutes"), (1, "1 minute"), (59, "59 minutes"), (60, "1 hour"), (90, "90 minutes"), (119, "119 minutes"),
     (120, "2 hours"), (26 * 60, "26 hours"), (24 * 60, "1 day"), (47 * 60, "47 hours"), (3 * 24 * 60 + 100, "3 days")],
)
def test_it_is_said_in_the_largest_unit_of_which_there_are_two(minutes: int, said: str):
    assert in_words(minutes) == said


@pytest.mark.parametrize(
    ("earlier", "later", "words"),
    [
        ((20, 15, 20), (23, 9, 50), "3 days"), ((20, 15, 20), (22, 15, 19), "47 hours"),
        ((20, 8, 0), (22, 23, 0), "2 days"), ((20, 23, 50), (23, 0, 10), "3 days"),
        ((20, 15, 20), (21, 15, 20), "1 day"), ((20, 15, 20), (20, 15, 50), "30 minutes"),
    ],
)  # fmt: skip
def test_days_are_counted_as_people_count_them(earlier: tuple[int, ...], later: tuple[int, ...], words: str):
    first, second = (datetime(2026, 11, *when, tzinfo=LONDON) for when in (earlier, later))
    assert said(Moment(at=first), Moment(at=second), zone=LONDON) == words


@given(st.integers(0, 366 * 24 * 60), st.timedeltas(timedelta(0), timedelta(days=60)))
def test_days_are_never_fewer_than_have_passed_nor_more_than_one_above(minute: int, length: timedelta):
    first = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minute)
    words = said(Moment(at=first), Moment(at=first + length), zone=LONDON)
    if "day" in words:
        assert length.days <= int(words.split()[0]) <= length.days + 1
