"""The leads' morning: what waits and what is owed, by reference. No child, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern
from handlers.ui import say
from handlers.ui.card import Card, Facts, Heading, Part, Words

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
    heading = f"This morning, {say.day(at, calendar)}"
    pairs = (
        ("Waiting to be accepted", _references([concern.reference for concern in morning.waiting])),
        ("Accepted, no decision yet", _references([concern.reference for concern in morning.owned])),
        ("Decided, not closed", _references([concern.reference for concern in morning.decided])),
        ("Overdue actions", _references(morning.overdue)),
    )
    parts: list[Part] = [Heading(heading), Facts(pairs)]
    if morning.dead:
        parts.append(Words(text=f"{morning.dead} messages could not be delivered. Tell your technician.", alert=True))
    waiting = len(morning.waiting)
    return Card(summary=f"{heading}: {waiting} waiting, {len(morning.overdue)} overdue", parts=tuple(parts))


def _references(references: Sequence[str]) -> str:
    shown = ", ".join(references[:MOST])
    more = len(references) - MOST
    return f"{shown} and {more} more" if more > 0 else shown or "none"
