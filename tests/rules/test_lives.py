"""Concern, action and referral by themselves: whatever moves are made in whatever order, no value is reached that the
store's CHECK constraints would refuse, or that DOMAIN.md ("Life of a concern") does not know. Thousands of moves."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TypeVar
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from handlers.rules.action import Action, ActionId, ActionStatus
from handlers.rules.concern import (
    About,
    CannotMove,
    Concern,
    ConcernId,
    Level,
    Outcome,
    Route,
    Second,
    Status,
    Urgency,
)
from handlers.rules.people import PersonId
from handlers.rules.referral import Method, Referral, ReferralId, ReferralStatus
from tests.lengths import SOAKING, examples

AT = datetime(2026, 11, 24, 10, tzinfo=UTC)
PEOPLE = [PersonId(UUID(int=number)) for number in range(1, 5)]
REPORTER = PersonId(UUID(int=9))
OTHER = ConcernId(UUID(int=77))
MANY = settings(
    max_examples=examples(gate=500, soak=20_000), deadline=None, database=None, derandomize=not SOAKING,
    suppress_health_check=list(HealthCheck),
)
T = TypeVar("T")
Move = tuple[str, Callable[[T, datetime], T]]
person, yes_no = st.sampled_from(PEOPLE), st.booleans()


BY_SOMEBODY = {"accept", "hand_over", "take_over", "reopen"}
"""Moves that nobody named gets to make, or is given: that is for `rules.authority`, and tried with it elsewhere."""


def concern_moves() -> st.SearchStrategy[Move[Concern]]:
    """Any move of a concern, by anybody, with anything."""
    owed = st.sampled_from([0, 0, 0, 2])
    route = st.sampled_from([Route.LEADS, Route.LEADS, Route.HEAD, Route.CHAIR])
    people = st.frozensets(st.sampled_from([*PEOPLE, REPORTER]), max_size=3)
    return st.one_of(
        st.just(("see", lambda c, at: c.see(at=at))),
        person.map(lambda by: ("accept", lambda c, at: c.accept(by=by, at=at))),
        st.tuples(person, person).map(lambda p: ("hand_over", lambda c, at: c.hand_over(to=p[0], by=p[1], at=at))),
        person.map(lambda by: ("decline", lambda c, at: c.decline(by=by))),
        person.map(lambda by: ("take_over", lambda c, at: c.take_over(by=by, at=at))),
        st.just(("withdraw_offer", lambda c, at: c.withdraw_offer())),
        st.just(("escalate", lambda c, at: c.escalate(at=at, highest=3))),
        st.integers(0, 4).map(lambda rung: ("carry_to", lambda c, at: c.carry_to(rung, at=at))),
        st.tuples(person, st.sampled_from(list(Outcome)), st.sampled_from([None, *Level]), yes_no).map(
            lambda d: ("decide", lambda c, at: c.decide(d[1], by=d[0], at=at, level=d[2], second=d[3]))
        ),
        st.tuples(person, yes_no).map(lambda r: ("read_second", lambda c, at: c.read_second(by=r[0], agreed=r[1]))),
        st.tuples(person, owed).map(
            lambda p: ("propose_close", lambda c, at: c.propose_close(by=p[0], at=at, open_actions=p[1]))
        ),
        st.just(("keep_open", lambda c, at: c.keep_open())),
        st.tuples(person, owed).map(
            lambda p: ("sign_off", lambda c, at: c.sign_off(by=p[0], at=at, open_actions=p[1]))
        ),
        owed.map(lambda left: ("close", lambda c, at: c.close(at=at, open_actions=left))),
        person.map(lambda by: ("reopen", lambda c, at: c.reopen(by=by, at=at))),
        st.sampled_from([OTHER, ConcernId(UUID(int=7))]).map(lambda to: ("merge", lambda c, at: c.merge(to, at=at))),
        people.map(lambda to: ("seal", lambda c, at: c.seal(to))),
        st.just(("unseal", lambda c, at: c.unseal())),
        st.tuples(st.sampled_from([*PEOPLE, REPORTER]), route).map(
            lambda n: ("name", lambda c, at: c.name(n[0], n[1]))
        ),
    )


def concern_holds(before: Concern, after: Concern, move: str) -> None:
    """The store's constraints (`store.tables`), and what it cannot say."""
    status = after.status
    assert status is not Status.SUBMITTED or after.owner is None
    assert status in (Status.SUBMITTED, Status.SEEN) or (after.owner and after.accepted_at)
    assert after.offered_to is None or after.owner is not None
    assert status not in (Status.TRIAGED, Status.CLOSED) or (after.outcome and after.triaged_at)
    assert (status is Status.CLOSED) == (after.closed_at is not None)
    assert after.merged_into is None or status is Status.CLOSED
    assert after.merged_into != after.id
    assert (after.close_proposed_by is None) == (after.close_proposed_at is None)
    assert status is Status.CLOSED or after.owner not in after.named
    assert after.offered_to not in after.named
    assert after.second is not Second.WANTED or status is Status.TRIAGED or after.merged_into
    assert (after.offered_to is None) == (after.offered_at is None)
    assert after.rung >= before.rung or after.route is not before.route
    assert before.named <= after.named, "a name is never taken away"
    assert before.merged_into in (None, after.merged_into), "a pointer stays"
    assert (before.reference, before.reporter, before.submitted_at) == (
        after.reference, after.reporter, after.submitted_at
    )  # fmt: skip
    if before.status is not Status.CLOSED and status is Status.CLOSED and move != "merge":
        assert before.status is Status.TRIAGED
        assert before.second is not Second.WANTED
    if before.status is Status.CLOSED and status is not Status.CLOSED:
        assert move == "reopen"


@MANY
@given(st.lists(concern_moves(), max_size=40))
def test_no_order_of_moves_brings_a_concern_where_it_may_not_be(moves: list[Move[Concern]]):
    concern = Concern(
        id=ConcernId(UUID(int=7)), reference="26-48213", reporter=REPORTER, about=About.CHILD, route=Route.LEADS,
        urgency=Urgency.TODAY, submitted_at=AT,
    )  # fmt: skip
    for number, (name, move) in enumerate(moves):
        try:
            after = move(concern, AT + timedelta(minutes=number))
        except CannotMove:
            continue
        if name in BY_SOMEBODY and {after.owner, after.offered_to} & concern.named:
            continue
        concern_holds(concern, after, name)
        concern = after
    assert (concern.status is Status.CLOSED) == (concern.closed_at is not None)


def action_moves() -> st.SearchStrategy[Move[Action]]:
    days = st.integers(-2, 9).map(timedelta)
    return st.one_of(
        st.just(("acknowledge", lambda a, at: a.acknowledge())),
        st.just(("begin", lambda a, at: a.begin(at=at))),
        days.map(lambda by: ("wait", lambda a, at: a.wait(until=at + by, at=at))),
        days.map(lambda by: ("extend", lambda a, at: a.extend(due_at=a.due_at + by, at=at))),
        st.tuples(person, person).map(lambda p: ("reassign", lambda a, at: a.reassign(to=p[0], by=p[1], at=at))),
        st.just(("done", lambda a, at: a.done(at=at))),
        person.map(lambda by: ("verify", lambda a, at: a.verify(by=by))),
        st.just(("send_back", lambda a, at: a.send_back())),
        st.just(("cancel", lambda a, at: a.cancel())),
    )


@MANY
@given(st.lists(action_moves(), max_size=30))
def test_no_order_of_moves_brings_an_action_where_it_may_not_be(moves: list[Move[Action]]):
    action = Action(
        id=ActionId(UUID(int=1)), concern=OTHER, number=1, owner=PEOPLE[0], assigned_by=PEOPLE[1], assigned_at=AT,
        due_at=AT + timedelta(days=1),
    )  # fmt: skip
    for number, (name, move) in enumerate(moves):
        try:
            after = move(action, AT + timedelta(hours=7 * number))
        except CannotMove:
            continue
        status = after.status
        assert (status in (ActionStatus.DONE, ActionStatus.VERIFIED)) == (after.done_at is not None)
        assert (status is ActionStatus.WAITING) == (after.waiting_until is not None)
        assert (status is ActionStatus.VERIFIED) == (after.verified_by is not None)
        assert after.verified_by != after.owner
        assert after.extensions >= action.extensions
        assert name == "send_back" or after.due_at >= action.due_at
        assert action.status is not ActionStatus.CANCELLED, "cancelled is the end"
        assert action.status is not ActionStatus.VERIFIED, "verified is the end"
        action = after


def referral_moves() -> st.SearchStrategy[Move[Referral]]:
    return st.one_of(
        st.just(("confirm", lambda r, at: r.confirm(at=at))),
        yes_no.map(lambda said: ("answered", lambda r, at: r.answered(accepted=said, at=at))),
        st.just(("challenge", lambda r, at: r.challenge(at=at, answer_by=at + timedelta(days=1), highest=3))),
        st.just(("resolve", lambda r, at: r.resolve(at=at))),
        st.just(("withdraw", lambda r, at: r.withdraw())),
    )


@MANY
@given(st.lists(referral_moves(), max_size=20), yes_no)
def test_no_order_of_moves_brings_a_referral_where_it_may_not_be(moves: list[Move[Referral]], spoken: bool):
    referral = Referral(
        id=ReferralId(UUID(int=1)), concern=OTHER, number=1, agency="mash", method=Method.TELEPHONE, sent_at=AT,
        sent_by=PEOPLE[0], answer_by=AT + timedelta(days=1), confirm_by=AT + timedelta(days=1) if spoken else None,
    )  # fmt: skip
    for number, (name, move) in enumerate(moves):
        try:
            after = move(referral, AT + timedelta(hours=9 * number))
        except CannotMove:
            continue
        assert 0 <= referral.stage <= after.stage <= 3
        assert (after.stage > 0) == (after.stage_at is not None)
        assert referral.live or (name == "confirm" and after.status is referral.status), "settled is the end"
        assert after.status is not ReferralStatus.CHALLENGED or after.stage > 0
        assert after.confirmed_at is None or spoken
        assert after.status not in (ReferralStatus.ACCEPTED, ReferralStatus.REFUSED) or after.answered_at
        referral = after
