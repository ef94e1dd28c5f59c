"""An entry: one line of the chronology, and the unit of the audit trail. Pure values.

`deed` and `facts` are plain and hold nothing personal; `words` is what somebody typed, and is sealed
under the concern's key before it is stored. The trail holds the digest of the sealed words only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from handlers.rules.people import PersonId

Answers = Mapping[str, str | tuple[str, ...]]
"""What was typed or chosen, by field name; several choices as a tuple, in their order."""


class Deed(StrEnum):
    """Every kind of entry. The value is stored for ever: add, never rename."""

    DANGER = "draft.danger"
    """A child is in danger now, said on the first page: the leads are told before the rest is asked."""
    RAISED = "concern.raised"
    ADDED = "concern.added"
    SEEN = "concern.seen"
    READ = "concern.read"
    ACCEPTED = "concern.accepted"
    HANDED_OVER = "concern.handed_over"
    ESCALATED = "concern.escalated"
    CHASED = "concern.chased"
    PASSED_OVER = "concern.passed_over"
    DECIDED = "concern.decided"
    CLOSED = "concern.closed"
    ASSIGNED = "action.assigned"
    DONE = "action.done"
    NUDGED = "action.nudged"
    DIGESTED = "leads.digest"
    REFUSED = "refused"
    """Someone was turned away; `facts["why"]` is a code, never the text they sent."""
    ALARMED = "operator.alarmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    deed: Deed
    at: datetime
    by: PersonId | None
    """None for the clock itself, and for somebody who is not on the staff list."""
    thing: UUID | None
    """The concern it belongs to; None for what belongs to no concern."""
    facts: Mapping[str, str] = field(default_factory=dict[str, str])
    words: Answers = field(default_factory=dict[str, "str | tuple[str, ...]"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """An entry as it stands in the trail."""

    sequence: int
    entry: Entry
    leaf: str
    """Hex SHA-256 of the entry's body chained to the one before: a receipt carries its first 20 digits."""
