"""The leads' week, once a week: what waits and what is due, by reference, and who has what. No child, no words.

The counts by name are for sharing the work out. They stand in the order of the names, and compare nobody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from handlers.overview.board_card import undelivered
from handlers.rules.calendar import Calendar
from handlers.ui import due, say
from handlers.ui.card import Buttons, Card, Facts, Heading, Part, Words
from handlers.ui.due import Due
from handlers.ui.lines import Line, Listed, count, references
from handlers.ui.listing import show_all
from handlers.ui.whole import HUDDLE

MOST = 12
"""References in one line, the first in their order; the rest are counted, and a press away."""
SHARE_OUT = (
    "So that the work is shared: nobody should carry too much alone, or be away with nobody to cover (/concern away)."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What the leads' places may show, each list in its order."""

    waiting: Sequence[Line]
    undecided: Sequence[Line]
    overdue: Sequence[Line]
    """Actions."""
    reviews: Sequence[Line]
    """Due before the week is over."""
    agencies: Sequence[Line]
    """Referrals whose answer is late or no."""
    seconds: Sequence[Line]
    """Decisions and closings that wait for another lead."""
    held: Sequence[tuple[str, int]]
    """By name: how many open concerns each owns."""
    oldest: str = ""
    """When the oldest of them that is open came in, as it is shown."""
    dead: int = 0

    def lists(self) -> list[Listed]:
        found = {
            "Waiting to be accepted": self.waiting,
            "Accepted, no decision yet": self.undecided,
            "Waiting for a second person": self.seconds,
            "Overdue actions": self.overdue,
            "Reviews this week": self.reviews,
            "Agencies late, or they said no": self.agencies,
        }
        return [Listed(title=title, lines=lines) for title, lines in found.items()]


def huddle_card(week: Week, calendar: Calendar, *, at: datetime) -> Card:
    """The card of the week in which `at` falls."""
    lists = week.lists()
    parts: list[Part] = [Facts(tuple((one.title, references(one.lines, MOST)) for one in lists))]
    if week.held:
        held = tuple((name, f"{count} open") for name, count in week.held)
        parts += [Heading("Who has what"), Facts(held), Words(text=SHARE_OUT, subtle=True)]
    if week.dead:
        parts.append(Words(text=undelivered(week.dead), alert=True))
    if count(lists):
        parts.append(Buttons((show_all(lists, HUDDLE),)))
    return due.card(_asks(week, say.day(at, calendar)), parts)


def _asks(week: Week, day: str) -> Due:
    """The week in a line: what is due, since when, whose, and where each finds their own."""
    late, reviews = len(week.overdue), len(week.reviews)
    counts = due.several(
        (len(week.waiting), "to accept"), (len(week.undecided), "to decide"),
        (len(week.seconds), "for a second person"), (late, "overdue action" if late == 1 else "overdue actions"),
        (reviews, "review" if reviews == 1 else "reviews"),
    )  # fmt: skip
    return Due(
        what=f"This week, from {day}: {counts}",
        when=f"the oldest since {week.oldest}" if week.oldest else "nothing open",
        whose=_whose(week),
        do="Type /concern board for yours",
    )


def _whose(week: Week) -> str:
    """Whose it is: where nobody owns any of it there may be much that waits."""
    if week.held:
        return "Who has what stands below"
    return "Nobody has taken on any of them yet" if week.oldest else "Nobody owes anything"
