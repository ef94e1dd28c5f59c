"""School time, the ladders and the nudges, over half-term, a bank holiday and the change of clocks."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.calendars import bank_holidays
from handlers.rules import clocks
from handlers.rules.action import Action, ActionId
from handlers.rules.calendar import Calendar, Term
from handlers.rules.clocks import Nudge
from handlers.rules.concern import About, Concern, ConcernId, Route, Urgency
from handlers.rules.people import PersonId
from handlers.rules.routing import Rung

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(
    zone=LONDON,
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(
        Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
        Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
        Term(first=date(2027, 4, 12), last=date(2027, 5, 28)),
    ),
    inset=frozenset({date(2026, 11, 2)}),
    bank_holidays=bank_holidays("England", range(2026, 2028)),
)
ANYBODY = PersonId(UUID(int=1))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def concern(urgency: Urgency, at: datetime) -> Concern:
    return Concern(
        id=ConcernId(UUID(int=9)), reference="26-48213", reporter=ANYBODY, about=About.CHILD, route=Route.LEADS,
        urgency=urgency, submitted_at=at,
    )


def action(due: str, assigned: str) -> Action:
    return Action(
        id=ActionId(UUID(int=3)), concern=ConcernId(UUID(int=9)), number=1, owner=ANYBODY, assigned_by=ANYBODY,
        assigned_at=local(assigned), due_at=local(due),
    )


@pytest.mark.parametrize(
    ("day", "open_then"),
    [
        ("2026-11-24T10:00", True),
        ("2026-11-24T08:29", False),
        ("2026-11-24T15:30", False),
        ("2026-11-28T10:00", False),
        ("2026-10-26T10:00", False),
        ("2026-11-02T10:00", False),
        ("2027-05-03T10:00", False),
    ],
    ids=["in lessons", "before", "at closing", "saturday", "half-term", "inset day", "bank holiday in term"],
)
def test_school_is_open_in_term_on_its_days_and_hours(day, open_then):
    assert CALENDAR.is_open(local(day)) is open_then


def test_school_time_stands_still_over_half_term_an_inset_day_and_the_change_of_clocks():
    friday = local("2026-10-23T15:00")
    assert CALENDAR.after_school_time(friday, timedelta(hours=1)) == local("2026-11-03T09:00")


def test_school_time_that_ends_with_the_day_ends_at_closing_not_at_the_next_opening():
    assert CALENDAR.after_school_time(local("2026-11-24T15:00"), timedelta(minutes=30)) == local("2026-11-24T15:30")


def test_a_report_at_night_starts_its_clock_when_school_opens():
    at_night = concern(Urgency.WEEK, local("2026-11-24T22:10"))
    assert clocks.accept_by(at_night, CALENDAR) == local("2026-11-25T12:30")


def test_working_days_count_school_holidays_and_leave_out_bank_holidays():
    assert CALENDAR.after_working_days(local("2026-12-24T14:00"), 1) == local("2026-12-29T14:00")


@pytest.mark.parametrize(
    ("begun", "days", "ends"),
    [
        ("2026-11-24T10:00", 1, "2026-11-25T10:00"),
        ("2026-11-24T08:30", 1, "2026-11-25T08:30"),
        ("2026-11-24T15:30", 1, "2026-11-25T15:30"),
        ("2026-11-24T07:00", 1, "2026-11-24T15:30"),
        ("2026-11-29T20:00", 2, "2026-12-01T15:30"),
        ("2026-10-23T16:00", 1, "2026-11-03T15:30"),
    ],
    ids=["in lessons", "as school opens", "as it closes", "before school", "on Sunday evening", "into half-term"],
)
def test_school_days_stand_still_until_school_opens_and_never_end_at_night(begun, days, ends):
    assert CALENDAR.after_school_days(local(begun), days) == local(ends)


def test_the_day_before_something_due_at_night_is_in_school_hours():
    assert CALENDAR.before_school_days(local("2026-11-24T21:00"), 1) == local("2026-11-23T15:30")
    assert CALENDAR.before_school_days(local("2026-11-24T06:00"), 1) == local("2026-11-23T08:30")


@given(minutes=st.integers(0, 60 * 24 * 240), days=st.integers(1, 12))
def test_school_days_end_in_school_hours_or_at_closing_whenever_they_begin(minutes, days):
    there = CALENDAR.after_school_days(local("2026-09-01T00:00") + timedelta(minutes=minutes), days)
    assert CALENDAR.is_open(there) or there.astimezone(LONDON).time() == time(15, 30)


def test_on_the_last_day_that_the_school_file_knows_of_there_is_a_next_opening_still():
    """A file whose terms end this afternoon must stop nobody from raising a concern."""
    known = Calendar(
        zone=LONDON, opens=time(8, 30), closes=time(15, 30), bank_holidays=CALENDAR.bank_holidays,
        terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),),
    )
    assert known.next_opening(local("2026-12-18T15:10")) == local("2026-12-21T08:30")
    assert known.after_school_time(local("2026-12-18T15:10"), timedelta(hours=1)) == local("2026-12-21T09:10")


def test_where_the_terms_have_run_out_the_next_working_day_is_the_next_opening():
    assert CALENDAR.next_opening(local("2027-08-28T12:00")) == local("2027-08-31T08:30")


@given(
    minutes=st.integers(0, 60 * 24 * 240),
    first=st.integers(0, 3000),
    more=st.integers(1, 3000),
)
@example(minutes=0, first=420, more=1)
def test_school_time_adds_up_and_always_ends_in_school_hours(minutes, first, more):
    """Of no time at all it is not asked: none after the bell is the next opening, and none from before it the bell."""
    start = local("2026-09-01T00:00") + timedelta(minutes=minutes)
    halfway = CALENDAR.after_school_time(start, timedelta(minutes=first))
    there = CALENDAR.after_school_time(halfway, timedelta(minutes=more))
    at_once = CALENDAR.after_school_time(start, timedelta(minutes=first + more))
    assert there == at_once
    assert CALENDAR.is_open(there) or there.astimezone(LONDON).time() == time(15, 30)
    assert there >= start


@pytest.mark.parametrize(
    ("urgency", "expected"),
    [
        (
            Urgency.NOW,
            [("now_5", "10:05", Rung.DEPUTIES), ("now_10", "10:10", Rung.HEAD), ("now_15", "10:15", Rung.OUTSIDE)],
        ),
        (
            Urgency.TODAY,
            [
                ("today_30", "10:30", Rung.DEPUTIES),
                ("today_60", "11:00", Rung.FIRST),
                ("today_120", "12:00", Rung.HEAD),
                ("home_time", "14:45", Rung.DEPUTIES),
            ],
        ),
    ],
)
def test_the_ladder_climbs_at_its_minutes(urgency, expected):
    steps = clocks.ladder(concern(urgency, local("2026-11-24T10:00")), CALENDAR)
    assert [(s.name, s.due.astimezone(LONDON).strftime("%H:%M"), s.rung) for s in steps] == expected


def test_the_home_time_guard_comes_before_the_day_ends_even_for_a_late_report():
    steps = clocks.ladder(concern(Urgency.TODAY, local("2026-11-24T15:10")), CALENDAR)
    assert steps[0].name == "home_time"
    assert steps[0].due == local("2026-11-24T15:15")


def test_now_runs_day_and_night():
    at_night = concern(Urgency.NOW, local("2026-11-28T02:00"))
    assert [step.due for step in clocks.ladder(at_night, CALENDAR)] == [
        local("2026-11-28T02:05"), local("2026-11-28T02:10"), local("2026-11-28T02:15"),
    ]


def test_nothing_is_due_once_somebody_owns_it():
    owned = concern(Urgency.NOW, local("2026-11-24T10:00")).accept(by=ANYBODY, at=local("2026-11-24T10:01"))
    assert clocks.due_steps(owned, CALENDAR, at=local("2026-11-27T10:00")) == ()


def test_an_action_is_nudged_the_day_before_when_due_and_on_the_next_three_working_days():
    moments = dict(clocks.nudges(action("2026-11-26T15:30", "2026-11-20T10:00"), CALENDAR))
    assert {nudge: moment.astimezone(LONDON).isoformat()[:16] for nudge, moment in moments.items()} == {
        Nudge.DAY_BEFORE: "2026-11-25T15:30",
        Nudge.DUE: "2026-11-26T15:30",
        Nudge.PLUS_1: "2026-11-27T15:30",
        Nudge.PLUS_2: "2026-11-30T15:30",
        Nudge.PLUS_3: "2026-12-01T15:30",
    }


def test_an_action_due_in_an_hour_has_no_nudge_for_the_day_before():
    assert clocks.nudges(action("2026-11-24T11:00", "2026-11-24T10:00"), CALENDAR)[0][0] is Nudge.DUE


@pytest.mark.parametrize(
    ("at", "due"),
    [
        ("2026-11-24T07:59", False),
        ("2026-11-24T08:00", True),
        ("2026-11-24T15:29", True),
        ("2026-11-24T15:30", False),
        ("2026-11-28T08:00", False),
    ],
)
def test_the_digest_is_for_the_mornings_of_school_days(at, due):
    assert clocks.digest_due(CALENDAR, at=local(at)) is due


def test_nudges_are_counted_in_school_days_over_half_term_and_an_inset_day():
    moments = dict(clocks.nudges(action("2026-10-23T15:30", "2026-10-20T10:00"), CALENDAR))
    days = {nudge: moment.astimezone(LONDON).isoformat()[:16] for nudge, moment in moments.items()}
    assert days == {
        Nudge.DAY_BEFORE: "2026-10-22T15:30",
        Nudge.DUE: "2026-10-23T15:30",
        Nudge.PLUS_1: "2026-11-03T15:30",
        Nudge.PLUS_2: "2026-11-04T15:30",
        Nudge.PLUS_3: "2026-11-05T15:30",
    }


def test_the_day_before_a_monday_is_the_friday():
    moments = dict(clocks.nudges(action("2026-11-23T09:00", "2026-11-16T10:00"), CALENDAR))
    assert moments[Nudge.DAY_BEFORE] == local("2026-11-20T09:00")


def test_an_action_that_waits_is_not_nudged_before_the_morning_it_waits_for():
    waiting = action("2026-11-25T15:30", "2026-11-20T10:00").wait(
        until=local("2026-12-01T08:30"), at=local("2026-11-24T10:00")
    )
    assert clocks.nudges(waiting, CALENDAR)[0] == (Nudge.DUE, local("2026-12-01T08:30"))
    begun = waiting.begin(at=local("2026-12-01T09:00"))
    assert begun.due_at == local("2026-12-01T08:30")
    early = waiting.begin(at=local("2026-11-24T12:00"))
    assert early.due_at == local("2026-11-25T15:30")


def test_a_nudge_is_named_with_the_moment_it_counts_from():
    first = action("2026-11-26T15:30", "2026-11-20T10:00")
    later = first.extend(due_at=local("2026-11-30T15:30"), at=local("2026-11-25T10:00"))
    assert clocks.nudge_step(Nudge.DUE, first) == "due:2026-11-26T15:30"
    assert clocks.nudge_step(Nudge.DUE, later) == "due:2026-11-30T15:30"
