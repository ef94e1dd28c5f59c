"""The leads' morning: what waits and what is owed, by reference. No child, no words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.overview.board_card import undelivered
from handlers.rules.calendar import Calendar
from handlers.ui import due, say
from handlers.ui.card import Buttons, Card, Facts, Part, Words
from handlers.ui.due import Due
from handlers.ui.lines import Line, Listed, count, references
from handlers.ui.listing import show_all
from handlers.ui.whole import DIGEST

MOST = 12
"""References on one line of the card, the first in their order; the rest are counted, and a press away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Morning:
    """What the leads' places may show: what may stand there, each list in its order."""

    waiting: Sequence[Line]
    owned: Sequence[Line]
    decided: Sequence[Line]
    overdue: Sequence[Line]
    """Actions."""
    oldest: str = ""
    """When the oldest concern that is open came in, as it is shown."""
    dead: int = 0
    """Messages that could not be delivered."""

    def lists(self) -> list[Listed]:
        found = {
            "Waiting to be accepted": self.waiting,
            "Accepted, no decision yet": self.owned,
            "Decided, not closed": self.decided,
            "Overdue actions": self.overdue,
        }
        return [Listed(title=title, lines=lines) for title, lines in found.items()]


def digest_card(morning: Morning, calendar: Calendar, *, at: datetime) -> Card:
    """The card of the day on which `at` falls."""
    lists = morning.lists()
    parts: list[Part] = [Facts(tuple((one.title, references(one.lines, MOST)) for one in lists))]
    if morning.dead:
        parts.append(Words(text=undelivered(morning.dead), alert=True))
    if count(lists):
        parts.append(Buttons((show_all(lists, DIGEST),)))
    return due.card(_asks(morning, say.day(at, calendar)), parts)


def _asks(morning: Morning, day: str) -> Due:
    """The morning in a line: what is due, since when, whose, and where each finds their own."""
    late = len(morning.overdue)
    counts = due.several(
        (len(morning.waiting), "to accept"), (len(morning.owned), "to decide"),
        (late, "overdue action" if late == 1 else "overdue actions"),
    )  # fmt: skip
    many = len(morning.waiting)
    whose = f"{many} {'has' if many == 1 else 'have'} no owner yet" if many else "Each has an owner"
    return Due(
        what=f"This morning, {day}: {counts}",
        when=f"the oldest since {morning.oldest}" if morning.oldest else "nothing open",
        whose=whose if morning.oldest else "Nobody owes anything",
        do="Type /concern board for yours",
    )
