"""The clocks of drafts: when their writer, and later a lead, is told of them, and when they end."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import drafts
from handlers.rules.calendar import Term
from handlers.rules.drafts import Stage
from tests.rules.test_clocks import CALENDAR, LONDON, local


def moments(touched: str, *, urgent: bool = False) -> list[tuple[Stage, str]]:
    found = drafts.stages(local(touched), CALENDAR, urgent=urgent)
    return [(stage, moment.astimezone(LONDON).isoformat()[:16]) for stage, moment in found]


def test_a_draft_is_chased_at_half_an_hour_next_morning_and_72_hours_and_ends_after_two_weeks():
    assert moments("2026-11-24T10:15") == [
        (Stage.HALF_HOUR, "2026-11-24T10:45"),
        (Stage.MORNING, "2026-11-25T08:30"),
        (Stage.LEADS, "2026-11-27T10:15"),
        (Stage.LAST, "2026-12-07T08:30"),
    ]
    assert drafts.expires(local("2026-11-24T10:15"), CALENDAR) == local("2026-12-08T10:15")


def test_over_a_weekend_the_clock_stands_still():
    assert moments("2026-11-26T15:20") == [
        (Stage.MORNING, "2026-11-27T08:30"),
        (Stage.LEADS, "2026-11-30T08:30"),
        (Stage.LAST, "2026-12-09T08:30"),
    ]


def test_what_is_left_at_night_is_asked_after_once_in_the_morning_not_twice():
    assert moments("2026-11-24T22:10")[0] == (Stage.MORNING, "2026-11-25T08:30")
    assert Stage.HALF_HOUR not in dict(moments("2026-11-24T22:10"))


def test_who_must_act_now_is_asked_after_half_an_hour_at_any_hour():
    assert moments("2026-11-28T02:00", urgent=True)[0] == (Stage.HALF_HOUR, "2026-11-28T02:30")
    assert dict(moments("2026-11-28T02:00", urgent=True))[Stage.LEADS] == "2026-12-01T02:00"


def test_over_the_holidays_a_draft_waits_for_a_school_morning_and_a_day():
    touched = local("2026-12-18T15:00")
    late = replace(CALENDAR, terms=(*CALENDAR.terms[:2], Term(first=date(2027, 1, 11), last=date(2027, 2, 12))))
    assert dict(drafts.stages(touched, late, urgent=False))[Stage.LAST] == local("2027-01-11T08:30")
    assert drafts.expires(touched, late) == local("2027-01-12T08:30")


@pytest.mark.parametrize(
    ("reminded", "at", "gone"),
    [
        (None, "2027-01-20T10:00", False),
        ("2026-12-07T08:30", "2026-12-08T10:14", False),
        ("2026-12-07T08:30", "2026-12-08T10:15", True),
        ("2026-12-10T09:00", "2026-12-11T08:59", False),
        ("2026-12-10T09:00", "2026-12-11T09:00", True),
    ],
    ids=["never reminded", "not two weeks yet", "two weeks", "reminded late", "a school day after that"],
)
def test_a_draft_ends_only_a_school_day_after_its_writer_was_reminded_for_the_last_time(reminded, at, gone):
    told = local(reminded) if reminded else None
    assert drafts.expired(local("2026-11-24T10:15"), CALENDAR, reminded=told, at=local(at)) is gone


def test_touched_again_it_is_reminded_again_before_it_ends():
    first, second = local("2026-11-24T10:15"), local("2026-12-07T12:00")
    assert drafts.last_step(first, CALENDAR) == "draft_last:2026-12-08"
    assert drafts.last_step(first, CALENDAR) != drafts.last_step(second, CALENDAR)


@pytest.mark.parametrize(
    ("sent", "asked"),
    [
        ("2026-11-24T10:15", "2026-11-24T11:15"),
        ("2026-11-24T14:10", "2026-11-24T14:45"),
        ("2026-11-24T15:00", "2026-11-24T15:05"),
        ("2026-11-24T15:40", "2026-11-25T08:30"),
        ("2026-11-28T11:00", "2026-11-30T08:30"),
    ],
    ids=["after an hour", "before home time", "at home time", "after school", "on saturday"],
)
def test_the_rest_of_a_quick_concern_is_asked_for_the_same_day_or_next_school_morning(sent, asked):
    assert drafts.complete_by(local(sent), CALENDAR) == local(asked)


@given(minutes=st.integers(0, 60 * 24 * 240), urgent=st.booleans())
def test_nothing_is_due_before_the_touch_and_the_last_reminder_comes_a_school_day_before_the_end(minutes, urgent):
    touched = local("2026-09-01T00:00") + timedelta(minutes=minutes)
    found = drafts.stages(touched, CALENDAR, urgent=urgent)
    assert all(moment > touched for _, moment in found)
    last, ends = dict(found)[Stage.LAST], drafts.expires(touched, CALENDAR)
    assert ends >= touched + drafts.KEPT_FOR
    assert ends >= CALENDAR.after_school_days(last, 1)
    assert CALENDAR.is_open(last) or not CALENDAR.is_school_day(last.astimezone(LONDON).date())
