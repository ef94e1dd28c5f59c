"""A form tutor's week: by reference, what they owe and what is shared with them. No child, no kind, no words."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.ui import due
from handlers.ui.card import Card, Heading, Part, Words
from handlers.ui.due import Due
from handlers.ui.lines import Line, Listed, rows

MOST = 6
"""Rows of one list, the first in its order; the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    owed: Sequence[Line] = ()
    """Actions."""
    shared: Sequence[Line] = ()
    first_due: str = ""
    """When the first of the actions is due, as it is shown."""

    def lists(self) -> list[Listed]:
        """What is not empty."""
        found = (Listed(title="Actions you owe", lines=self.owed), Listed(title="Shared with you", lines=self.shared))
        return [listed for listed in found if listed.lines]


def tutor_card(week: Week) -> Card:
    asks = Due(
        what=f"Your week as a form tutor: {_counts(week)}",
        when=f"the first due {week.first_due}" if week.first_due else "nothing due",
        whose="It is for you alone",
        do="Open it below" if len(week.owed) + len(week.shared) == 1 else "Open each below",
    )  # fmt: skip
    return due.card(asks, [part for listed in week.lists() for part in _list(listed)])


def _counts(week: Week) -> str:
    """How many of each that there is any of."""
    counts = {"to do": len(week.owed), "shared with you": len(week.shared)}
    return ", ".join(f"{count} {what}" for what, count in counts.items() if count)


def _list(listed: Listed) -> list[Part]:
    more = len(listed.lines) - MOST
    rest = [Words(text=f"and {more} more", subtle=True)] if more > 0 else []
    return [Heading(f"{listed.title}: {len(listed.lines)}"), rows(listed.lines[:MOST]), *rest]
