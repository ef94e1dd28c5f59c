"""What one proposes and another must agree to: how long that stands. Pure."""

from datetime import datetime, timedelta

STANDS_FOR = timedelta(days=14)
"""How long an answer is taken; then it can be proposed again (D). The emergency door has its own, of hours."""


def lapses(proposed_at: datetime) -> datetime:
    return proposed_at + STANDS_FOR
