"""An action: something that a person owes by a time. Pure. A button is a press, never an action."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from handlers.rules.concern import CannotMove, ConcernId, Urgency
from handlers.rules.people import PersonId

ActionId = NewType("ActionId", UUID)


class ActionStatus(StrEnum):
    """DOMAIN, "Life of a concern". Stored: add with a migration, never rename."""

    OPEN = "open"
    ACKNOWLEDGED = "acknowledged"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    """On an agency, until a date."""
    DONE = "done"
    VERIFIED = "verified"
    CANCELLED = "cancelled"


LIVE = (ActionStatus.OPEN, ActionStatus.ACKNOWLEDGED, ActionStatus.IN_PROGRESS, ActionStatus.WAITING)
"""Still owed."""
FINISHED = (ActionStatus.DONE, ActionStatus.VERIFIED)


class ActionKind(StrEnum):
    """What sort of thing it is; its defaults are the pack's. Stored: add with a migration, never rename."""

    CALL_HOME = "call_home"
    BODY_MAP = "body_map"
    REFER = "refer"
    INFORM = "inform"
    MEET = "meet"
    OBSERVE = "observe"
    SUPPORT = "support"
    WRITE = "write"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Overdue is derived from `due_at`, never stored. What is owed is sealed in its entry."""

    id: ActionId
    concern: ConcernId
    number: int
    """1, 2, 3 ... within its concern: `26-27415/2` is the second."""
    owner: PersonId
    assigned_by: PersonId
    assigned_at: datetime
    due_at: datetime
    status: ActionStatus = ActionStatus.OPEN
    done_at: datetime | None = None
    kind: ActionKind = ActionKind.OTHER
    urgency: Urgency = Urgency.WEEK
    waiting_until: datetime | None = None
    extensions: int = 0
    verified_by: PersonId | None = None
    version: int = 1

    @property
    def live(self) -> bool:
        return self.status in LIVE

    def chased_from(self) -> datetime:
        """The moment its nudges count from: it does not nag while an agency is waited for."""
        waiting = self.waiting_until if self.status is ActionStatus.WAITING else None
        return max(self.due_at, waiting) if waiting else self.due_at

    def overdue(self, *, at: datetime) -> bool:
        return self.live and at > self.chased_from()

    def acknowledge(self) -> "Action":
        """Its owner has it in hand. Said twice, it changes nothing."""
        self._must_be_live()
        return replace(self, status=ActionStatus.ACKNOWLEDGED) if self.status is ActionStatus.OPEN else self

    def begin(self, *, at: datetime) -> "Action":
        """Being done now; no longer waiting. What came due meanwhile is due when the wait was to end."""
        self._must_be_live()
        due = self.due_at if at < self.due_at else self.chased_from()
        return replace(self, status=ActionStatus.IN_PROGRESS, waiting_until=None, due_at=due)

    def wait(self, *, until: datetime, at: datetime) -> "Action":
        """Nothing can be done before an agency answers: chased again from that moment."""
        self._must_be_live()
        if until <= at:
            raise CannotMove("Choose a later date: this one has passed.")
        return replace(self, status=ActionStatus.WAITING, waiting_until=until)

    def extend(self, *, due_at: datetime, at: datetime) -> "Action":
        """More time, with a reason (sealed in its entry)."""
        self._must_be_live()
        if due_at <= max(at, self.due_at):
            raise CannotMove("Choose a date later than the one it has.")
        return replace(self, due_at=due_at, extensions=self.extensions + 1)

    def reassign(self, *, to: PersonId, by: PersonId, at: datetime, due_at: datetime | None = None) -> "Action":
        """Somebody else owes it now, and starts afresh; `due_at` where the time that it has will not do."""
        self._must_be_live()
        if to == self.owner:
            raise CannotMove("They have this action already. Choose somebody else.")
        return replace(
            self, owner=to, assigned_by=by, assigned_at=at, status=ActionStatus.OPEN, waiting_until=None,
            due_at=due_at or self.due_at,
        )

    def done(self, *, at: datetime) -> "Action":
        """Finished; what was done is sealed in the entry that goes with it."""
        if self.status in FINISHED:
            raise CannotMove("This action is done already.")
        self._must_be_live()
        return replace(self, status=ActionStatus.DONE, done_at=at, waiting_until=None)

    def verify(self, *, by: PersonId) -> "Action":
        """The concern's owner has looked at what was done. Nobody verifies what they did themselves."""
        self._must_be_done()
        if by == self.owner:
            raise CannotMove("Somebody else must verify what you did yourself.")
        return replace(self, status=ActionStatus.VERIFIED, verified_by=by)

    def send_back(self, *, due_at: datetime | None = None) -> "Action":
        """Not what was asked: it is owed again; `due_at` where the time that it has will not do."""
        self._must_be_done()
        return replace(self, status=ActionStatus.OPEN, done_at=None, due_at=due_at or self.due_at)

    def cancel(self) -> "Action":
        """No longer needed, with a reason (sealed in its entry)."""
        self._must_be_live()
        return replace(self, status=ActionStatus.CANCELLED, waiting_until=None)

    def _must_be_live(self) -> None:
        if self.status in FINISHED:
            raise CannotMove("This action is done already.")
        if self.status is ActionStatus.CANCELLED:
            raise CannotMove("This action has been cancelled.")

    def _must_be_done(self) -> None:
        if self.status is ActionStatus.VERIFIED:
            raise CannotMove("This action has been verified already.")
        if self.status is ActionStatus.CANCELLED:
            raise CannotMove("This action has been cancelled.")
        if self.status is not ActionStatus.DONE:
            raise CannotMove("This action is not done yet.")
