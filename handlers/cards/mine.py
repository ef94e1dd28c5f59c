"""A person's own concerns, with the status words that a reporter may have. No child, no words."""

from collections.abc import Sequence

from handlers.cards import say
from handlers.cards.model import Button, Buttons, Card, Facts, Heading, Part, Press, Words
from handlers.cards.receipt import status
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, Status

MOST = 10
MOST_BUTTONS = 5
"""Teams takes six on a card."""


def mine_card(concerns: Sequence[Concern], calendar: Calendar) -> Card:
    """The newest first; further ones are counted."""
    newest = sorted(concerns, key=lambda concern: concern.submitted_at, reverse=True)
    heading = Heading("Your concerns")
    if not newest:
        none = Words(text="You have not sent any. Type /concern to begin.")
        return Card(summary="Your concerns", parts=(heading, none))
    pairs = tuple(
        (concern.reference, f"{status(concern)}. Sent {say.moment(concern.submitted_at, calendar)}")
        for concern in newest[:MOST]
    )
    more = len(newest) - MOST
    rest = (Words(text=f"And {more} older ones.", subtle=True),) if more > 0 else ()
    parts: tuple[Part, ...] = (heading, Facts(pairs), *rest)
    buttons = tuple(_add(concern) for concern in newest[:MOST] if concern.status is not Status.CLOSED)
    return Card(summary="Your concerns", parts=(*parts, Buttons(buttons[:MOST_BUTTONS])) if buttons else parts)


def _add(concern: Concern) -> Button:
    return Button(
        press=Press.ADD, label=f"Add to {concern.reference}", subject=concern.id, version=concern.version
    )
