"""The leads' morning: what waits and what is owed, by reference. No child, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern
from handlers.ui import due, say
from handlers.ui.card import Card, Facts, Part, Words
from handlers.ui.due import Due

MOST = 12
"""References on one line of the card; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What the leads' places may show: concerns that may stand there, oldest first."""

    waiting: Sequence[Concern]
    owned: Sequence[Concern]
    decided: Sequence[Concern]
    overdue: Sequence[str]
    """References of actions that are overdue."""
    dead: int = 0
    """Messages that could not be delivered."""


def digest_card(morning: Morning, calendar: Calendar, *, at: datetime) -> Card:
    """The card of the day on which `at` falls."""
    pairs = (
        ("Waiting to be accepted", _references([concern.reference for concern in morning.waiting])),
        ("Accepted, no decision yet", _references([concern.reference for concern in morning.owned])),
        ("Decided, not closed", _references([concern.reference for concern in morning.decided])),
        ("Overdue actions", _references(morning.overdue)),
    )
    parts: list[Part] = [Facts(pairs)]
    if morning.dead:
        parts.append(Words(text=f"{morning.dead} messages could not be delivered. Tell your technician.", alert=True))
    return due.card(_asks(morning, calendar, say.day(at, calendar)), parts)


def _asks(morning: Morning, calendar: Calendar, day: str) -> Due:
    """The morning in a line: what is due, since when, whose, and where each finds their own."""
    overdue = due.counted(len(morning.overdue), "overdue action")
    counts = f"{len(morning.waiting)} to accept, {len(morning.owned)} to decide, {overdue}"
    held = [concern.submitted_at for concern in (*morning.waiting, *morning.owned, *morning.decided)]
    since = f"the oldest since {say.day(min(held), calendar)}" if held else "nothing open"
    whose = f"Nobody has taken on {len(morning.waiting)} of them" if morning.waiting else "Each has an owner"
    return Due(
        what=f"This morning, {day}: {counts}", when=since, whose=whose if held else "Nobody has anything open",
        do="Type /concern board for yours",
    )  # fmt: skip


def _references(references: Sequence[str]) -> str:
    shown = ", ".join(references[:MOST])
    more = len(references) - MOST
    return f"{shown} and {more} more" if more > 0 else shown or "none"
