"""One line of a list of things that wait: what it is, how it stands, and where it opens."""

from dataclasses import dataclass
from uuid import UUID

from handlers.ui.card import Press


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that waits."""

    name: str
    """Its reference."""
    state: str
    press: Press
    subject: UUID
    version: int
    late: bool = False
