"""An entry: one line of the chronology, and the unit of the audit trail. Pure values.

`deed` and `facts` are plain and hold nothing personal; `words` is what somebody typed, and is sealed
under the concern's key before it is stored. The trail holds the digest of the sealed words only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from handlers.rules.deeds import Deed
from handlers.rules.people import PersonId

__all__ = ["Answers", "Deed", "Entry", "Sealed"]
"""An entry, and what kinds there are: whoever needs the one takes the other from here too."""

Answers = Mapping[str, str | tuple[str, ...]]
"""What was typed or chosen, by field name; several choices as a tuple, in their order."""


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
    """Hex SHA-256 of a zero byte and the entry's body (RFC 9162)."""

    @property
    def proof(self) -> str:
        """The first digits of its leaf: enough to find it by. Where it stands would tell how much else was written."""
        return self.leaf[:20]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """How far the trail had come when that was signed."""

    entries: int
    line: str
    """The school's mark, how many entries, and the tree's root in words that can be compared."""
