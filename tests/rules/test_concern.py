from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from handlers.rules.concern import (
    About,
    CannotMove,
    Concern,
    ConcernId,
    Outcome,
    Route,
    Status,
    Urgency,
)
from handlers.rules.people import PersonId

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
LEE, PRIYA, TESS = PersonId(UUID(int=1)), PersonId(UUID(int=2)), PersonId(UUID(int=3))
RAISED = Concern(
    id=ConcernId(UUID(int=9)),
    reference="26-48213",
    reporter=TESS,
    about=About.CHILD,
    route=Route.LEADS,
    urgency=Urgency.TODAY,
    submitted_at=AT,
)
OWNED = RAISED.accept(by=LEE, at=AT)
DECIDED = OWNED.decide(Outcome.MONITORING, by=LEE, at=AT)
CLOSED = DECIDED.close(at=AT, open_actions=0)


def test_seeing_twice_changes_nothing():
    seen = RAISED.see(at=AT)
    assert seen.status is Status.SEEN
    assert seen.see(at=AT) is seen


def test_accepting_makes_an_owner_and_counts_as_having_seen():
    assert (OWNED.owner, OWNED.status, OWNED.seen_at) == (LEE, Status.ACCEPTED, AT)


def test_nobody_else_can_accept_what_is_owned():
    with pytest.raises(CannotMove):
        OWNED.accept(by=PRIYA, at=AT)


def test_the_owner_stays_the_owner_until_the_other_accepts():
    offered = OWNED.hand_over(to=PRIYA, by=LEE)
    assert offered.owner == LEE
    assert offered.accept(by=PRIYA, at=AT).owner == PRIYA
    assert offered.accept(by=PRIYA, at=AT).offered_to is None


def test_only_the_owner_hands_over_and_never_to_themselves():
    with pytest.raises(CannotMove, match="Only whoever"):
        OWNED.hand_over(to=LEE, by=PRIYA)
    with pytest.raises(CannotMove, match="already"):
        OWNED.hand_over(to=LEE, by=LEE)


def test_taking_over_after_a_decision_keeps_the_decision():
    taken = DECIDED.hand_over(to=PRIYA, by=LEE).accept(by=PRIYA, at=AT)
    assert (taken.status, taken.outcome) == (Status.TRIAGED, Outcome.MONITORING)


def test_escalating_stops_at_the_top_rung():
    high = replace(RAISED, rung=3)
    with pytest.raises(CannotMove, match="as far as it goes"):
        high.escalate(at=AT, highest=3)


def test_a_decision_needs_an_owner_and_only_the_owner_decides():
    with pytest.raises(CannotMove, match="Accept this concern first"):
        RAISED.decide(Outcome.MONITORING, by=LEE, at=AT)
    with pytest.raises(CannotMove, match="Only whoever"):
        OWNED.decide(Outcome.MONITORING, by=PRIYA, at=AT)


def test_closing_needs_a_decision_and_nothing_owed():
    with pytest.raises(CannotMove, match="Record a decision first"):
        OWNED.close(at=AT, open_actions=0)
    with pytest.raises(CannotMove, match="2 actions are still open"):
        DECIDED.close(at=AT, open_actions=2)


@pytest.mark.parametrize(
    "move",
    [
        lambda c: c.accept(by=PRIYA, at=AT),
        lambda c: c.hand_over(to=PRIYA, by=LEE),
        lambda c: c.escalate(at=AT, highest=3),
        lambda c: c.decide(Outcome.MONITORING, by=LEE, at=AT),
        lambda c: c.close(at=AT, open_actions=0),
    ],
)
def test_nothing_moves_after_it_is_closed(move):
    with pytest.raises(CannotMove, match="closed"):
        move(CLOSED)
