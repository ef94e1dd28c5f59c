"""By when an action is due where nobody names a time."""

from datetime import UTC, date, datetime, timedelta
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import due, pack
from handlers.rules.action import ActionKind
from handlers.rules.concern import Urgency
from handlers.rules.due import Within
from handlers.rules.pack import ENGLAND
from handlers.rules.parse_pack import PackFaulty
from tests.rules.test_clocks import CALENDAR, LONDON, local

WHOLE = resources.files("handlers.rules").joinpath("packs", "england_1.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("within", "given_at", "expected"),
    [
        (Within(minutes=60), "2026-11-28T23:30", "2026-11-29T00:30"),
        (Within(school_hours=2), "2026-11-24T10:15", "2026-11-24T12:15"),
        (Within(school_hours=2), "2026-11-27T14:30", "2026-11-30T09:30"),
        (Within(school_hours=2), "2026-10-23T14:30", "2026-11-03T09:30"),
        (Within(school_days=0), "2026-11-24T10:15", "2026-11-24T15:30"),
        (Within(school_days=0), "2026-11-24T15:10", "2026-11-25T15:30"),
        (Within(school_days=0), "2026-11-24T18:00", "2026-11-25T15:30"),
        (Within(school_days=0), "2026-10-24T10:00", "2026-11-03T15:30"),
        (Within(school_days=4), "2026-11-24T10:15", "2026-11-30T15:30"),
        (Within(school_days=1), "2026-10-23T10:15", "2026-11-03T15:30"),
    ],
)  # fmt: skip
def test_a_length_ends_in_school_time(within, given_at, expected):
    moment = due.moment(within, calendar=CALENDAR, at=local(given_at))
    assert moment.astimezone(LONDON).isoformat()[:16] == expected


@given(
    kind=st.sampled_from(ActionKind),
    urgency=st.sampled_from([urgency for urgency in Urgency if urgency is not Urgency.NOW]),
    minutes=st.integers(0, 60 * 24 * 105),
)
def test_what_is_worked_out_is_later_and_never_on_a_day_without_school(kind, urgency, minutes):
    at = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    moment = ENGLAND.actions.due(kind, urgency, calendar=CALENDAR, at=at)
    assert moment > at
    assert not due.no_school(moment, CALENDAR)


@given(kind=st.sampled_from(ActionKind), minutes=st.integers(0, 60 * 24 * 105))
def test_what_is_for_this_week_is_due_before_the_same_weekday_comes_again(kind, minutes):
    """Said of any day on which, or within six days of which, school is open long enough."""
    at = datetime(2026, 9, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    given_on = at.astimezone(LONDON).date()
    days = [given_on + timedelta(days=ahead) for ahead in range(7)]
    open_on = [day for day in days if CALENDAR.is_school_day(day) and CALENDAR.closing(day) - at >= due.SHORTEST]
    moment = ENGLAND.actions.due(kind, Urgency.WEEK, calendar=CALENDAR, at=at)
    assert not open_on or moment.astimezone(LONDON).date() <= open_on[-1]


@pytest.mark.parametrize("kind", ActionKind)
@pytest.mark.parametrize(
    ("urgency", "given_at", "latest"),
    [
        (Urgency.WEEK, "2026-11-22T20:00", "2026-11-27T15:30"),
        (Urgency.WEEK, "2026-11-21T09:00", "2026-11-27T15:30"),
        (Urgency.WEEK, "2026-11-25T10:00", "2026-12-01T15:30"),
        (Urgency.TODAY, "2026-11-24T10:15", "2026-11-24T15:30"),
        (Urgency.TODAY, "2026-11-22T20:00", "2026-11-23T15:30"),
    ],
)
def test_how_soon_means_what_it_says_for_every_kind(kind, urgency, given_at, latest):
    moment = ENGLAND.actions.due(kind, urgency, calendar=CALENDAR, at=local(given_at))
    assert moment.astimezone(LONDON).isoformat()[:16] <= latest


def test_what_is_for_now_is_due_in_an_hour_at_night_too():
    at = local("2026-12-25T03:00")
    for kind in ActionKind:
        assert ENGLAND.actions.due(kind, Urgency.NOW, calendar=CALENDAR, at=at) == at + timedelta(hours=1)


def test_at_its_usual_urgency_a_kind_has_its_own_length_and_at_another_the_urgencys():
    at = local("2026-11-24T10:15")
    usual = ENGLAND.actions.due(ActionKind.BODY_MAP, Urgency.TODAY, calendar=CALENDAR, at=at)
    other = ENGLAND.actions.due(ActionKind.BODY_MAP, Urgency.RECORD, calendar=CALENDAR, at=at)
    assert (usual, other) == (local("2026-11-24T12:15"), local("2026-12-08T15:30"))


@pytest.mark.parametrize(
    ("day", "closed"),
    [("2026-11-28", True), ("2026-10-28", True), ("2026-11-02", True), ("2026-11-24", False), ("2030-06-05", False)],
)
def test_a_day_after_the_last_known_term_is_taken_for_a_school_day_where_it_is_a_working_day(day, closed):
    assert due.no_school(local(f"{day}T12:00"), CALENDAR) is closed
    assert date.fromisoformat(day).weekday() < 5 or closed


def test_every_kind_of_action_and_every_urgency_has_its_usual_and_a_source():
    assert set(ENGLAND.actions.kinds) == set(ActionKind)
    assert set(ENGLAND.actions.urgencies) == set(Urgency)
    assert all(usual.hint and usual.source.part for usual in ENGLAND.actions.kinds.values())


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("now = { minutes = 60 }", "", "within: nothing is said of now"),
        ("now = { minutes = 60 }", "soon = { minutes = 60 }", "within.soon: `soon` is none of: now, today, week"),
        ("now = { minutes = 60 }", "now = { minutes = 0 }", "within.now: give one length"),
        ("now = { minutes = 60 }", "now = { minutes = 60, school_days = 1 }", "within.now: give one length"),
        ('key = "call_home"', 'key = "visit"', "actions.visit: `visit` is none of: call_home"),
        ('key = "call_home"', 'key = "meet"', "actions.meet: this key stands twice"),
        ("school_hours = 3 }", "school_hours = true }", "actions.call_home: give one length"),
        ('label = "Call home"', f'label = "{"x" * 51}"', "actions.call_home: `label` is longer than 50"),
        ('label = "Call home"', 'label = "Call home"\nowner = "x"', "actions.call_home: nothing is known of `owner`"),
    ],
)
def test_a_pack_that_says_something_wrong_of_actions_is_refused_with_the_place(old, new, fault):
    assert old in WHOLE
    with pytest.raises(PackFaulty) as refused:
        pack.read(WHOLE.replace(old, new, 1), name="mine")
    assert any(line.startswith(fault) for line in refused.value.faults), refused.value.faults
