"""The leads' week, once a week: what waits and what is due, by reference, and who has what. No child, no words.

The counts by name are for sharing the work out. They stand in the order of the names, and compare nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.overview.board_card import TECHNICIAN
from handlers.rules.calendar import Calendar
from handlers.ui import say
from handlers.ui.card import Card, Facts, Heading, Part, Words

MOST = 12
"""References in one line; the rest are counted."""
SHARE_OUT = (
    "To share the work out: nobody should carry too much alone, or go away with nobody to cover (/concern away)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What the leads' places may show, as references, oldest first."""

    waiting: Sequence[str]
    undecided: Sequence[str]
    overdue: Sequence[str]
    """Actions."""
    reviews: Sequence[str]
    """Due before the week is over."""
    agencies: Sequence[str]
    """Referrals whose answer is late or no."""
    seconds: Sequence[str]
    """Decisions and closings that wait for another lead."""
    held: Sequence[tuple[str, int]]
    """By name: how many open concerns each owns."""
    dead: int = 0


def huddle_card(week: Week, calendar: Calendar, *, at: datetime) -> Card:
    """The card of the week in which `at` falls."""
    heading = f"This week, from {say.day(at, calendar)}"
    pairs = tuple(
        (title, _references(listed))
        for title, listed in {
            "Waiting to be accepted": week.waiting,
            "Accepted, no decision yet": week.undecided,
            "Waiting for another lead": week.seconds,
            "Overdue actions": week.overdue,
            "Reviews this week": week.reviews,
            "Agencies late, or they said no": week.agencies,
        }.items()
    )
    parts: list[Part] = [Heading(heading), Facts(pairs)]
    if week.held:
        held = tuple((name, f"{count} open") for name, count in week.held)
        parts += [Heading("Who has what"), Facts(held), Words(text=SHARE_OUT, subtle=True)]
    if week.dead:
        parts.append(Words(text=f"{week.dead} messages could not be delivered. {TECHNICIAN}", alert=True))
    counts = f"{len(week.waiting)} waiting, {len(week.overdue)} overdue, {len(week.reviews)} to review"
    return Card(summary=f"{heading}: {counts}", parts=tuple(parts))


def _references(references: Sequence[str]) -> str:
    if not references:
        return "none"
    more = len(references) - MOST
    shown = ", ".join(references[:MOST])
    return f"{len(references)}: {shown}{f' and {more} more' if more > 0 else ''}"
