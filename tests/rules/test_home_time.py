"""Nothing of "today" crosses home time, whenever it is sent: weekdays, half-term, INSET, bank holiday, end of term."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import case_clocks, clocks, home_time
from handlers.rules.concern import CannotMove, Concern, Outcome, Second, Status, Urgency
from handlers.rules.home_time import Why
from handlers.rules.people import PersonId
from tests.rules.test_clocks import ANYBODY, CALENDAR, LONDON, concern, local

FIRST, MINUTES = local("2026-09-01T00:00"), 60 * 24 * 290
"""From the first day of term over half-term, an INSET Monday, both changes of clocks, Christmas, Easter, May Day."""
MOMENTS = st.integers(0, MINUTES).map(lambda minutes: FIRST + timedelta(minutes=minutes))
NEVER = "the same moment"
SECOND = PersonId(UUID(int=2))


def owned(at: datetime, urgency: Urgency = Urgency.TODAY) -> Concern:
    return concern(urgency, at).accept(by=ANYBODY, at=at)


@pytest.mark.parametrize(
    ("sent", "rings"),
    [
        ("2026-11-24T08:00", "2026-11-24T15:30"),
        ("2026-11-24T00:30", "2026-11-24T15:30"),
        ("2026-11-24T10:00", "2026-11-24T15:30"),
        ("2026-11-24T15:29", "2026-11-24T15:30"),
        ("2026-11-24T15:30", NEVER),
        ("2026-11-24T22:10", NEVER),
        ("2026-11-27T15:10", "2026-11-27T15:30"),
        ("2026-11-27T16:00", NEVER),
        ("2026-11-28T10:00", NEVER),
        ("2026-11-29T20:00", NEVER),
        ("2026-10-23T15:10", "2026-10-23T15:30"),
        ("2026-10-28T11:00", NEVER),
        ("2026-11-02T10:00", NEVER),
        ("2027-05-03T10:00", NEVER),
        ("2026-12-18T15:10", "2026-12-18T15:30"),
        ("2026-12-18T15:31", NEVER),
    ],
    ids=[
        "before school", "after midnight", "in lessons", "a minute before", "at the bell", "at night", "Friday 15:10",
        "Friday 16:00", "Saturday", "Sunday evening", "before half-term", "in half-term", "an INSET Monday",
        "a bank holiday in term", "the last day of term", "a minute after the last bell",
    ],
)  # fmt: skip
def test_what_is_of_today_waits_until_the_bell_and_no_longer(sent, rings):
    at = local(sent)
    expected = at if rings == NEVER else local(rings)
    assert home_time.bell(at, CALENDAR) == expected
    assert home_time.wakes_at(concern(Urgency.TODAY, at), CALENDAR) == expected
    assert home_time.on_arrival(Urgency.TODAY, {}, CALENDAR, at=at) == (Why.CLOSED if rings == NEVER else None)


@given(at=MOMENTS)
def test_no_clock_of_today_runs_past_the_next_home_time(at):
    """Whenever it is sent: when somebody should have it, each step, the offer, and when it counts as "now"."""
    sent = concern(Urgency.TODAY, at)
    bell = home_time.bell(at, CALENDAR)
    day = at.astimezone(LONDON).date()
    assert bell.astimezone(LONDON).date() == day
    by = clocks.accept_by(sent, CALENDAR)
    assert by is not None
    assert by <= max(bell, at + timedelta(minutes=5))
    assert by.astimezone(LONDON).date() <= (at + timedelta(minutes=5)).astimezone(LONDON).date()
    assert all(step.due <= max(bell, at + timedelta(minutes=15)) for step in clocks.ladder(sent, CALENDAR))
    offered = owned(at).hand_over(to=SECOND, by=ANYBODY, at=at)
    ends = case_clocks.offer_ends(offered, CALENDAR)
    assert ends is not None
    assert ends <= bell
    assert home_time.wakes_at(offered, CALENDAR) == bell


@given(at=MOMENTS, later=st.integers(0, 60 * 24 * 20))
def test_at_any_moment_after_its_bell_what_nobody_settled_has_woken(at, later):
    """Also where nobody looked before: it counts from its bell, and the ladder of "now" has begun there."""
    bell = home_time.wakes_at(concern(Urgency.TODAY, at), CALENDAR)
    assert bell is not None
    woken = home_time.wake(concern(Urgency.TODAY, at), since=bell)
    assert (woken.urgency, woken.now_since) == (Urgency.NOW, bell)
    now = bell + timedelta(minutes=later)
    due = clocks.due_steps(woken, CALENDAR, at=now)
    assert [step.due - bell for step in due][:3] == [timedelta(minutes=m) for m in (5, 10, 15) if m <= later]
    assert clocks.accept_by(woken, CALENDAR) == bell + timedelta(minutes=5)


@given(at=MOMENTS, urgency=st.sampled_from([Urgency.NOW, Urgency.TODAY]), later=st.integers(0, 60 * 24 * 3))
def test_what_somebody_owns_and_has_not_decided_climbs_from_home_time_at_the_latest(at, urgency, later):
    held = owned(at, urgency)
    bell = home_time.wakes_at(held, CALENDAR)
    if bell is not None:
        held = home_time.wake(held, since=bell)
    begins = case_clocks.climbs_from(held, CALENDAR)
    assert begins is not None
    assert begins <= max(home_time.bell(at, CALENDAR), at + timedelta(hours=2))
    due = case_clocks.due_steps(held, CALENDAR, at=begins + timedelta(minutes=later))
    rungs = [int(step.rung) for step in due if step.name.startswith(case_clocks.UNDECIDED) and step.rung is not None]
    assert sorted(set(rungs)) == [rung for rung, after in ((1, 5), (2, 10), (3, 15)) if after <= later]


@given(at=MOMENTS)
def test_saying_why_it_is_safe_holds_over_one_home_time_and_not_over_the_next(at):
    held = owned(at)
    until = home_time.latest(at, CALENDAR)
    safe = home_time.say_safe(held, until=until, by=ANYBODY, at=at, calendar=CALENDAR)
    assert CALENDAR.is_open(until)
    assert home_time.wakes_at(safe, CALENDAR) == CALENDAR.closing(until.astimezone(LONDON).date())
    with pytest.raises(CannotMove, match="too far ahead"):
        home_time.say_safe(held, until=until + timedelta(minutes=1), by=ANYBODY, at=at, calendar=CALENDAR)


@given(at=MOMENTS, length=st.integers(1, 60 * 24 * 30))
def test_whatever_time_is_given_it_wakes_at_the_first_home_time_from_then(at, length):
    until = min(at + timedelta(minutes=length), home_time.latest(at, CALENDAR))
    safe = home_time.say_safe(owned(at), until=until, by=ANYBODY, at=at, calendar=CALENDAR)
    wakes = home_time.wakes_at(safe, CALENDAR)
    assert wakes == home_time.bell(until, CALENDAR)
    woken = home_time.wake(safe, since=wakes)
    assert (woken.safe_until, woken.safe_by) == (None, None)


def test_what_came_to_count_as_now_and_is_said_to_be_safe_is_quiet_until_then():
    sent = local("2026-11-27T15:10")
    woken = home_time.wake(owned(sent), since=local("2026-11-27T15:30"))
    monday = local("2026-11-30T08:30")
    safe = home_time.say_safe(woken, until=monday, by=ANYBODY, at=local("2026-11-27T15:40"), calendar=CALENDAR)
    assert case_clocks.due_steps(safe, CALENDAR, at=monday - timedelta(minutes=1)) == ()
    assert [step.name for step in case_clocks.due_steps(safe, CALENDAR, at=monday)] == ["decide:20261130T0830"]
    assert case_clocks.climbs_from(safe, CALENDAR) == local("2026-11-30T15:30")


@pytest.mark.parametrize("urgency", [Urgency.TODAY, Urgency.NOW])
@given(at=MOMENTS, hours=st.integers(0, 24 * 12))
def test_after_home_time_its_owner_hears_what_the_ladder_of_now_says_and_no_more(urgency, at, hours):
    bell = home_time.bell(at, CALENDAR)
    kept = home_time.wake(owned(at), since=bell) if urgency is Urgency.TODAY else owned(at, urgency)
    begins = case_clocks.climbs_from(kept, CALENDAR)
    later = begins + timedelta(hours=hours)
    heard = [step.due - begins for step in case_clocks.due_steps(kept, CALENDAR, at=later) if step.due > begins]
    ladder = [timedelta(minutes=minutes) for minutes in (5, 10, 15)]
    ladder += [moment - begins for _, moment in clocks.asked_again(begins, at=later)]
    assert heard == [length for length in sorted(ladder) if length <= later - begins]


@pytest.mark.parametrize("urgency", [Urgency.TODAY, Urgency.NOW])
@pytest.mark.parametrize(
    ("accepted", "told"),
    [
        ("2026-11-24T08:00", "2026-11-24T14:45"),
        ("2026-11-24T10:00", "2026-11-24T14:45"),
        ("2026-10-23T14:44", "2026-10-23T14:45"),
        ("2026-11-24T14:45", None),
        ("2026-11-24T15:29", None),
        ("2026-11-24T15:30", None),
        ("2026-11-24T22:00", None),
        ("2026-11-28T10:00", None),
        ("2026-10-28T13:00", None),
    ],
)
def test_who_owns_it_is_told_45_minutes_before_the_bell_whatever_its_urgency(urgency, accepted, told):
    steps = case_clocks.steps(owned(local(accepted), urgency), CALENDAR)
    near = [(step.due, step.whom) for step in steps if step.name.startswith(case_clocks.NEAR)]
    assert near == ([(local(told), case_clocks.Whom.OWNER)] if told else [])


@pytest.mark.parametrize(
    ("until", "told"), [("2026-11-27T14:30", True), ("2026-11-27T14:45", False), ("2026-11-27T15:00", False)]
)
@pytest.mark.parametrize("urgency", [Urgency.TODAY, Urgency.NOW])
def test_nobody_is_told_that_home_time_is_near_while_somebody_says_it_is_safe(urgency, until, told):
    kept = owned(local("2026-11-27T09:00"), urgency)
    at = local("2026-11-27T10:00")
    safe = home_time.say_safe(kept, until=local(until), by=ANYBODY, at=at, calendar=CALENDAR)
    names = [step.name for step in case_clocks.due_steps(safe, CALENDAR, at=local("2026-11-27T14:59"))]
    assert any(name.startswith(case_clocks.NEAR) for name in names) == told


@pytest.mark.parametrize("safe", ["no", "unsure"])
@pytest.mark.parametrize("urgency", list(Urgency))
def test_not_known_to_be_safe_to_go_home_is_now_at_once_whatever_was_chosen(urgency, safe):
    why = home_time.on_arrival(urgency, {"safe_home": safe}, CALENDAR, at=local("2026-11-24T10:00"))
    assert why is (None if urgency is Urgency.NOW else Why.ANSWER)


@pytest.mark.parametrize("urgency", [Urgency.WEEK, Urgency.RECORD])
@given(at=MOMENTS)
def test_what_may_wait_is_not_woken_by_a_bell(urgency, at):
    assert home_time.wakes_at(concern(urgency, at), CALENDAR) is None
    assert home_time.on_arrival(urgency, {"safe_home": "yes"}, CALENDAR, at=at) is None
    with pytest.raises(CannotMove, match="may wait past home time"):
        home_time.must_be_sayable(owned(at, urgency))


def test_a_decision_settles_it_also_when_it_waits_for_a_new_owner_and_not_when_it_falls():
    sent = local("2026-11-27T10:00")
    decided = owned(sent).decide(Outcome.MONITORING, by=ANYBODY, at=local("2026-11-27T11:00"))
    assert home_time.wakes_at(decided, CALENDAR) is None
    assert home_time.wakes_at(decided.without_owner(), CALENDAR) is None
    fallen = replace(decided, second=Second.WANTED).read_second(by=SECOND, agreed=False)
    assert home_time.wakes_at(fallen, CALENDAR) == local("2026-11-27T15:30")


def test_what_is_said_after_a_decision_undoes_it():
    decided = owned(local("2026-11-24T10:00")).decide(Outcome.MONITORING, by=ANYBODY, at=local("2026-11-24T11:00"))
    woken = home_time.wake(decided, since=local("2026-11-24T12:00"))
    assert (woken.status, woken.outcome, woken.owner) == (Status.ACCEPTED, None, ANYBODY)
    assert case_clocks.decide_by(woken, CALENDAR) == local("2026-11-24T12:00")


def test_what_is_opened_again_counts_from_then():
    decided = owned(local("2026-11-24T10:00")).decide(Outcome.MONITORING, by=ANYBODY, at=local("2026-11-24T11:00"))
    again = decided.close(at=local("2026-11-24T12:00"), open_actions=0).reopen(by=ANYBODY, at=local("2026-12-03T09:00"))
    assert home_time.wakes_at(again, CALENDAR) == local("2026-12-03T15:30")


def test_a_drill_is_never_woken():
    assert home_time.wakes_at(replace(concern(Urgency.TODAY, local("2026-11-24T10:00")), drill=True), CALENDAR) is None


@given(at=MOMENTS, hours=st.integers(0, 24 * 30))
def test_what_must_be_acted_on_now_is_asked_for_again_and_of_what_never_ends_the_last_alone(at, hours):
    names = [step.name for step in clocks.due_steps(concern(Urgency.NOW, at), CALENDAR, at=at + timedelta(hours=hours))]
    again = [name for name in names if name.startswith(clocks.AGAIN)]
    passed = [minutes for minutes in (30, 60, 120) if minutes <= hours * 60]
    last = [hours // 4 * 240] if hours >= 4 else []
    assert again == [f"again_{minutes}" for minutes in (*passed, *last)]


@pytest.mark.parametrize(
    ("after", "rung"), [(0, 0), (4, 0), (5, 1), (10, 2), (15, 3), (30, 3), (60 * 26, 3)]
)
def test_danger_that_is_not_sent_yet_climbs_as_now_does(after, rung):
    said = local("2026-11-28T02:00")
    steps = clocks.danger_steps(said, at=said + timedelta(minutes=after))
    assert clocks.danger_rung([step.name for step in steps] + ["danger", "danger_accepted"]) == rung
    assert max((int(step.rung) for step in steps), default=0) == rung


@pytest.mark.parametrize("urgency", list(Urgency))
@given(at=MOMENTS)
def test_the_receipt_is_drawn_again_when_what_it_tells_to_expect_has_passed(urgency, at):
    moments = clocks.expectations(concern(urgency, at), CALENDAR)
    assert clocks.accept_by(concern(urgency, at), CALENDAR) in moments
    assert CALENDAR.is_open(at) or CALENDAR.next_opening(at) in moments


def test_the_calendar_of_these_tests_has_each_kind_of_day_without_school():
    assert not CALENDAR.is_school_day(date(2026, 11, 2))
    assert not CALENDAR.is_school_day(date(2027, 5, 3))
    assert CALENDAR.is_school_day(date(2026, 12, 18))
