"""What an action's state allows: every move from every state."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from handlers.rules.action import Action, ActionId, ActionStatus
from handlers.rules.concern import CannotMove, ConcernId
from handlers.rules.people import PersonId

AT = datetime(2026, 11, 24, 10, 15, tzinfo=UTC)
TOM, LEE, TESS = (PersonId(UUID(int=number)) for number in (1, 2, 3))
OPEN = Action(
    id=ActionId(UUID(int=9)), concern=ConcernId(UUID(int=8)), number=1, owner=TOM, assigned_by=LEE, assigned_at=AT,
    due_at=AT + timedelta(days=2),
)
DONE = OPEN.done(at=AT)
STATES: dict[ActionStatus, Action] = {
    ActionStatus.OPEN: OPEN,
    ActionStatus.ACKNOWLEDGED: OPEN.acknowledge(),
    ActionStatus.IN_PROGRESS: OPEN.begin(at=AT),
    ActionStatus.WAITING: OPEN.wait(until=AT + timedelta(days=5), at=AT),
    ActionStatus.DONE: DONE,
    ActionStatus.VERIFIED: DONE.verify(by=LEE),
    ActionStatus.CANCELLED: OPEN.cancel(),
}
MOVES: dict[str, tuple[Callable[[Action], Action], ActionStatus | None]] = {
    "acknowledge": (lambda a: a.acknowledge(), None),
    "begin": (lambda a: a.begin(at=AT), ActionStatus.IN_PROGRESS),
    "wait": (lambda a: a.wait(until=AT + timedelta(days=9), at=AT), ActionStatus.WAITING),
    "extend": (lambda a: a.extend(due_at=AT + timedelta(days=9), at=AT), None),
    "reassign": (lambda a: a.reassign(to=TESS, by=LEE, at=AT), ActionStatus.OPEN),
    "done": (lambda a: a.done(at=AT), ActionStatus.DONE),
    "cancel": (lambda a: a.cancel(), ActionStatus.CANCELLED),
    "verify": (lambda a: a.verify(by=LEE), ActionStatus.VERIFIED),
    "send_back": (lambda a: a.send_back(), ActionStatus.OPEN),
}
AFTER_DONE = ("verify", "send_back")


def test_there_is_an_action_in_every_state():
    assert {status: action.status for status, action in STATES.items()} == {status: status for status in ActionStatus}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("status", STATES)
def test_what_is_owed_moves_and_only_what_is_done_is_verified_or_sent_back(status, move):
    action, (make, becomes) = STATES[status], MOVES[move]
    if (status is ActionStatus.DONE) if move in AFTER_DONE else action.live:
        moved = make(action)
        assert becomes in {None, moved.status}
        assert (moved.status is ActionStatus.WAITING) == (moved.waiting_until is not None)
        assert (moved.done_at is not None) == (moved.status in {ActionStatus.DONE, ActionStatus.VERIFIED})
    else:
        with pytest.raises(CannotMove):
            make(action)


def test_nobody_verifies_their_own():
    with pytest.raises(CannotMove, match="Somebody else"):
        DONE.verify(by=TOM)


def test_more_time_is_later_than_the_time_it_has_and_counts():
    with pytest.raises(CannotMove, match="later"):
        OPEN.extend(due_at=OPEN.due_at, at=AT)
    with pytest.raises(CannotMove, match="later"):
        OPEN.extend(due_at=OPEN.due_at + timedelta(days=1), at=OPEN.due_at + timedelta(days=2))
    assert OPEN.extend(due_at=OPEN.due_at + timedelta(days=1), at=AT).extensions == 1


def test_sent_back_or_given_to_another_it_may_have_a_time_of_its_own():
    later = AT + timedelta(days=7)
    assert DONE.send_back(due_at=later).due_at == later
    assert OPEN.reassign(to=TESS, by=LEE, at=AT, due_at=later).due_at == later
    assert DONE.send_back().due_at == OPEN.due_at


def test_it_is_overdue_only_while_it_is_owed_and_not_while_an_agency_is_waited_for():
    late = OPEN.due_at + timedelta(minutes=1)
    assert OPEN.overdue(at=late)
    assert not STATES[ActionStatus.WAITING].overdue(at=late)
    assert STATES[ActionStatus.WAITING].overdue(at=AT + timedelta(days=6))
    assert not replace(DONE).overdue(at=late)
