"""An action: something that a person owes by a time. Pure. A button is a press, never an action."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from handlers.rules.concern import CannotMove, ConcernId
from handlers.rules.people import PersonId

ActionId = NewType("ActionId", UUID)


class ActionStatus(StrEnum):
    OPEN = "open"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """Overdue is derived from `due_at`, never stored. What is owed is sealed in its entry."""

    id: ActionId
    concern: ConcernId
    number: int
    """1, 2, 3 ... within its concern: `26-0007/2` is the second."""
    owner: PersonId
    assigned_by: PersonId
    assigned_at: datetime
    due_at: datetime
    status: ActionStatus = ActionStatus.OPEN
    done_at: datetime | None = None
    version: int = 1

    def overdue(self, *, at: datetime) -> bool:
        return self.status is ActionStatus.OPEN and at > self.due_at

    def done(self, *, at: datetime) -> "Action":
        """Finished; what was done is sealed in the entry that goes with it."""
        if self.status is ActionStatus.DONE:
            raise CannotMove("This action is done already.")
        return replace(self, status=ActionStatus.DONE, done_at=at)
