"""What is said of single days goes before the school's hours, for every clock, and the latest word holds."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import clocks, closed, home_time
from handlers.rules.calendar import Hours
from handlers.rules.chronology import Deed, Entry, Sealed
from handlers.rules.closed import Change
from handlers.rules.concern import Urgency
from handlers.rules.people import PersonId
from tests.rules.test_calendar import CALENDAR
from tests.rules.test_clocks import concern

MON, TUE, WED, THU, FRI = (date(2026, 11, 30) + timedelta(days=n) for n in range(5))
LEE = PersonId(UUID(int=1))
SNOW = Change(first=TUE, last=WED, closes=time(11, 20), number=1)
NONE: Hours | None = None


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), CALENDAR.zone).astimezone(UTC)


def hours(opens: str, closes: str) -> Hours:
    return Hours(opens=time.fromisoformat(opens), closes=time.fromisoformat(closes))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ([], {}),
        ([Change(first=TUE, last=TUE)], {TUE: NONE}),
        ([SNOW], {TUE: hours("08:30", "11:20"), WED: NONE}),
        ([Change(first=TUE, last=TUE, opens=time(10))], {TUE: hours("10:00", "15:30")}),
        ([Change(first=TUE, last=TUE, closes=time(8, 30))], {TUE: NONE}),
        (
            [SNOW, Change(first=WED, last=WED, opens=time(10))],
            {TUE: hours("08:30", "11:20"), WED: hours("10:00", "15:30")},
        ),
        (
            [Change(first=TUE, last=TUE, opens=time(10)), Change(first=TUE, last=TUE, closes=time(12))],
            {TUE: hours("10:00", "12:00")},
        ),
        ([closed.taken_back(SNOW, today=TUE)], {}),
        ([closed.taken_back(SNOW, today=WED)], {TUE: hours("08:30", "11:20")}),
        ([closed.taken_back(SNOW, today=MON)], {}),
    ],
)
def test_the_latest_word_holds_and_what_is_taken_back_holds_for_the_days_that_passed(
    changes: Sequence[Change], said: dict[date, Hours | None]
):
    assert closed.said(changes, CALENDAR).said == said


def test_every_question_about_the_hours_follows_what_was_said():
    snow = closed.said([SNOW], CALENDAR)
    assert [snow.is_school_day(day) for day in (MON, TUE, WED, THU)] == [True, True, False, True]
    assert [snow.is_open(at(TUE, clock)) for clock in ("08:29", "08:30", "11:19", "11:20", "14:00")] == [
        False, True, True, False, False,
    ]  # fmt: skip
    assert home_time.bell(at(TUE, "10:00"), snow) == at(TUE, "11:20")
    assert home_time.bell(at(TUE, "11:20"), snow) == at(TUE, "11:20")
    assert snow.next_opening(at(TUE, "11:20")) == at(THU, "08:30")
    assert snow.after_school_time(at(TUE, "11:00"), timedelta(hours=1)) == at(THU, "09:10")
    assert snow.after_school_days(at(MON, "14:00"), 1) == at(TUE, "11:20")
    assert snow.after_school_days(at(MON, "16:00"), 2) == at(THU, "15:30")
    assert snow.before_school_days(at(THU, "14:00"), 1) == at(TUE, "11:20")
    assert snow.after_working_days(at(MON, "14:00"), 2) == at(WED, "14:00")
    assert not clocks.digest_due(snow, at=at(WED, "09:00"))
    assert clocks.huddle_due(closed.said([Change(first=MON, last=MON)], CALENDAR), at=at(TUE, "10:00"))


def test_opening_late_lets_no_clock_run_before_it():
    late = closed.said([Change(first=TUE, last=TUE, opens=time(10, 30))], CALENDAR)
    assert late.next_opening(at(MON, "16:00")) == at(TUE, "10:30")
    assert late.after_school_time(at(MON, "15:00"), timedelta(hours=1)) == at(TUE, "11:00")
    assert late.after_school_days(at(MON, "09:00"), 1) == at(TUE, "10:30")
    waits = concern(Urgency.WEEK, at(MON, "15:00"))
    assert clocks.accept_by(waits, late) == at(TUE, "14:00")


def test_of_today_nothing_crosses_a_home_time_that_comes_early():
    early = closed.said([Change(first=TUE, last=TUE, closes=time(12))], CALENDAR)
    of_today = concern(Urgency.TODAY, at(TUE, "11:50"))
    assert clocks.accept_by(of_today, early) == home_time.wakes_at(of_today, early) == at(TUE, "12:00")
    until_morning = replace(
        concern(Urgency.TODAY, at(MON, "14:00")).see(at=at(MON, "14:01")).accept(by=LEE, at=at(MON, "14:02")),
        safe_until=at(TUE, "08:30"), safe_by=LEE,
    )  # fmt: skip
    shut = closed.said([Change(first=TUE, last=TUE)], CALENDAR)
    assert home_time.wakes_at(until_morning, CALENDAR) == at(TUE, "15:30")
    assert home_time.wakes_at(until_morning, shut) == at(TUE, "08:30")


days = st.dates(date(2026, 11, 2), date(2026, 12, 18))
clock = st.times(time(7), time(17)).map(lambda one: one.replace(minute=one.minute, second=0, microsecond=0))
changes = st.builds(
    lambda first, more, opens, closes: Change(
        first=first, last=first if opens else first + timedelta(days=more), opens=opens, closes=closes
    ),
    days, st.integers(0, 9), st.none() | clock, st.none() | clock,
)  # fmt: skip


@given(st.lists(changes, max_size=4), st.integers(0, 30 * 24 * 60), st.integers(1, 4))
def test_nothing_inside_the_school_falls_due_while_it_is_closed(said: list[Change], minutes: int, many: int):
    calendar, begun = closed.said(said, CALENDAR), at(date(2026, 11, 2), "00:00") + timedelta(minutes=minutes)
    for due in (
        calendar.after_school_days(begun, many),
        calendar.after_school_time(begun, timedelta(hours=many)),
        calendar.next_opening(begun),
    ):
        day = due.astimezone(calendar.zone).date()
        assert due > begun
        assert calendar.is_school_day(day)
        assert calendar.opening(day) <= due <= calendar.closing(day)


def _line(number: int, deed: Deed, facts: dict[str, str]) -> Sealed:
    entry = Entry(deed=deed, at=at(MON, "09:00"), by=LEE, thing=None, facts=facts)
    return Sealed(sequence=number, entry=entry, leaf="")


def test_what_was_said_is_read_back_as_it_was_and_what_cannot_be_read_is_left_out():
    kept = replace(SNOW, by=LEE, at=at(MON, "09:00"))
    back = closed.back_facts(closed.taken_back(kept, today=WED))
    lines = [
        _line(1, Deed.SCHOOL_CLOSED, dict(kept.facts())), _line(2, Deed.SCHOOL_OPEN, dict(back)),
        _line(3, Deed.SCHOOL_CLOSED, {"weather": "snow"}),
        _line(4, Deed.SCHOOL_OPEN, {"of": "77", "from": "2026-12-02"}),
    ]  # fmt: skip
    assert closed.read(lines[:1]) == (kept,)
    assert closed.read(lines) == (replace(kept, back=WED),)
    assert closed.standing(closed.read(lines), TUE) == (replace(kept, back=WED),)
    assert closed.standing(closed.read(lines), WED) == ()
