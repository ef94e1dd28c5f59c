"""A person's own concerns, with the status words that a reporter may have. No child, no words."""

from collections.abc import Collection, Sequence

from handlers.reporter import draft_card
from handlers.reporter.draft_card import Begun
from handlers.reporter.receipt_card import status
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, ConcernId
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Part, Press, Words

MOST = 10
MOST_BEGUN = 5
MOST_BUTTONS = 5
"""Teams takes six on a card."""


def mine_card(
    concerns: Sequence[Concern],
    calendar: Calendar,
    *,
    begun: Sequence[Begun] = (),
    incomplete: Collection[ConcernId] = (),
    cut: bool = False,
) -> Card:
    """The newest first; further ones are counted, as far as they were looked up (`cut`: there may be more).

    Then what was `begun` and not sent.
    """
    waiting = draft_card.unsent(begun[:MOST_BEGUN])
    newest = sorted(concerns, key=lambda concern: concern.submitted_at, reverse=True)
    heading = Heading("Your concerns")
    if not newest:
        none = Words(text="You have not sent any. Type /concern to begin.")
        return Card(summary="Your concerns", parts=(heading, *(waiting or (none,))))
    pairs = tuple(
        (concern.reference, f"{status(concern)}. Sent {say.moment(concern.submitted_at, calendar)}")
        for concern in newest[:MOST]
    )
    more = len(newest) - MOST
    count = f"at least {more}" if cut else str(more)
    rest = (Words(text=f"And {count} older ones.", subtle=True),) if more > 0 else ()
    parts: tuple[Part, ...] = (heading, Facts(pairs), *rest)
    ways = ((_add, _complete) if concern.id in incomplete else (_add,) for concern in newest[:MOST])
    buttons = [way(concern) for of_one, concern in zip(ways, newest, strict=False) for way in of_one]
    rows = (Buttons(tuple(buttons[:MOST_BUTTONS])),) if buttons else ()
    return Card(summary="Your concerns", parts=(*parts, *rows, *waiting))


def _add(concern: Concern) -> Button:
    return Button(
        press=Press.ADD, label=f"Add to {concern.reference}", subject=concern.id, version=concern.version
    )


def _complete(concern: Concern) -> Button:
    return Button(press=Press.COMPLETE, label=f"Complete {concern.reference}", subject=concern.id, version=0)
