"""The one order: danger, then what is late, then how soon, then age; what is over comes last."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import order
from handlers.rules.concern import Level, Outcome, Urgency
from handlers.rules.order import Weight
from tests.rules.test_case_clocks import CALENDAR, at, owned
from tests.rules.test_concern import LEE, RAISED

MONDAY = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
WEIGHTS = st.builds(
    Weight,
    urgency=st.sampled_from(Urgency),
    since=st.integers(min_value=0, max_value=999).map(lambda n: MONDAY + timedelta(hours=n)),
    late=st.booleans(),
    over=st.booleans(),
    grave=st.booleans(),
)
SOONEST = [Urgency.NOW, Urgency.TODAY, Urgency.WEEK, Urgency.RECORD]


def weigh(weight: Weight) -> Weight:
    return weight


@given(st.lists(WEIGHTS, max_size=30), st.randoms())
def test_the_order_does_not_hang_on_the_order_before_and_loses_nothing(weights: list[Weight], chance):
    mixed = list(weights)
    chance.shuffle(mixed)
    for way in (order.waiting, order.known):
        found = way(weights, weigh)
        assert sorted(map(repr, found)) == sorted(map(repr, weights))
        again = way(mixed, weigh)
        assert [(w.urgency, w.late, w.over, w.since) for w in found if not w.over] == [
            (w.urgency, w.late, w.over, w.since) for w in again if not w.over
        ]


@given(st.lists(WEIGHTS, min_size=2, max_size=30))
def test_nothing_that_is_missed_less_stands_behind_what_is_missed_more(weights: list[Weight]):
    found = [weight for weight in order.waiting(weights, weigh) if not weight.over]
    for before, after in itertools.pairwise(found):
        told = (before.urgency is not Urgency.NOW, not before.late, SOONEST.index(before.urgency), before.since)
        assert told <= (after.urgency is not Urgency.NOW, not after.late, SOONEST.index(after.urgency), after.since)


@given(st.lists(WEIGHTS, max_size=30))
def test_whatever_waits_stands_before_whatever_is_over(weights: list[Weight]):
    for way in (order.waiting, order.known):
        over = [weight.over for weight in way(weights, weigh)]
        assert over == sorted(over)


def test_of_what_is_read_again_the_newer_comes_first_and_what_was_judged_high_before_the_rest():
    old = Weight(urgency=Urgency.WEEK, since=MONDAY, over=True)
    high, new = replace(old, grave=True), replace(old, since=MONDAY + timedelta(days=9))
    assert order.known([old, new, high], weigh) == [high, new, old]
    assert order.known([replace(old, over=False), replace(new, over=False)], weigh)[0].since == new.since


def test_a_concern_is_late_by_whichever_of_its_clocks_runs():
    waits = replace(RAISED, urgency=Urgency.TODAY, submitted_at=at("2026-11-23 10:00"))
    assert not order.of_concern(waits, CALENDAR, at=at("2026-11-23 10:20")).late
    assert order.of_concern(waits, CALENDAR, at=at("2026-11-23 10:30")).late
    held = owned(Urgency.TODAY, "2026-11-23 10:00")
    assert order.of_concern(held, CALENDAR, at=at("2026-11-23 15:31")).late
    decided = held.decide(Outcome.MONITORING, by=LEE, at=at("2026-11-23 11:00"), level=Level.HIGH)
    assert not order.of_concern(decided, CALENDAR, at=at("2026-11-24 11:00")).late
    due = replace(decided, review_at=at("2026-11-25 08:30"))
    assert order.of_concern(due, CALENDAR, at=at("2026-11-25 08:30")).late
    closed = decided.close(at=at("2026-11-25 09:00"), open_actions=0)
    found = order.of_concern(closed, CALENDAR, at=at("2026-11-27 09:00"))
    assert (found.over, found.late, found.grave, found.pressing) == (True, False, True, False)
