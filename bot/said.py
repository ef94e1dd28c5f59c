"""A message that somebody reports, in words: what both doors make of it, each from its own platform's shape."""

from dataclasses import dataclass
from datetime import datetime

from handlers.conversation import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A message in words."""

    words: str
    file: bool
    """Files hung on it, or a link to one stood in it."""
    left_out: tuple[LeftOut, ...]
    author: str
    sent: datetime | None
