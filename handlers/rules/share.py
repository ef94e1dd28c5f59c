"""What one colleague may see of one concern for a time: chosen paragraphs, and the emergency door. Pure.

Which paragraphs and why are sealed in entries (DOMAIN, "Who gets it": pastoral share, break-glass).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType
from uuid import UUID

from handlers.rules.concern import CannotMove, ConcernId
from handlers.rules.people import PersonId

ShareId = NewType("ShareId", UUID)
BreakGlassId = NewType("BreakGlassId", UUID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    id: ShareId
    concern: ConcernId
    to: PersonId
    by: PersonId
    at: datetime
    until: datetime
    revoked_at: datetime | None = None
    version: int = 1

    def live(self, *, at: datetime) -> bool:
        return self.revoked_at is None and at < self.until

    def revoke(self, *, at: datetime) -> "Share":
        if not self.live(at=at):
            raise CannotMove("This has ended already.")
        return replace(self, revoked_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakGlass:
    """Break-glass: two people, a reason, a time limit, told to all leads and the chair."""

    id: BreakGlassId
    concern: ConcernId
    asked_by: PersonId
    asked_at: datetime
    agreed_by: PersonId | None = None
    agreed_at: datetime | None = None
    until: datetime | None = None
    """Set when the second person agrees."""
    version: int = 1

    def agree(self, *, by: PersonId, at: datetime, until: datetime) -> "BreakGlass":
        if by == self.asked_by:
            raise CannotMove("A second person must agree: it cannot be the one who asked.")
        if self.agreed_by is not None:
            raise CannotMove("This has been agreed already.")
        return replace(self, agreed_by=by, agreed_at=at, until=until)

    def open(self, *, at: datetime) -> bool:
        return self.until is not None and at < self.until
