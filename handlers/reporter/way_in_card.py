"""The way into the form, where nothing can be opened at once: a card with a button."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from handlers.reporter.draft_card import Begun, ways_on
from handlers.reporter.unsent_form import MOST, left_out
from handlers.ui.card import Button, Buttons, Card, Heading, Look, Press, Words

STANDS_HERE = "What you typed still stands in this chat: Heard cannot take it away."
STANDS_ELSEWHERE = "What you typed still stands where you typed it. If others can read it there, delete it there now."
NOT_SENT = "Your words are in the form. They reach nobody before you send it."
_HERE = "Open the form if you can. If you fill it in here, there is no last look at your words before they are sent."
"""A form in a message has no window of its own: see the README of `account`."""



def way_in(key: UUID, unsent: Sequence[Begun] = (), *, typed: str = "") -> Card:
    """Answers `/concern` typed as a message: a button for the dialog, and one for where there is none.

    `unsent` is what that person began before, the one touched last first: the first each have a way of their own.
    `typed` says where the words stand that were typed with it (`STANDS_HERE`, `STANDS_ELSEWHERE`).
    """
    begun, carry_on = ways_on(unsent[:MOST])
    rest = left_out(len(unsent) - MOST)
    begun = (*begun, Words(text=rest, subtle=True)) if rest else begun
    stands = (Words(text=f"{NOT_SENT} {typed}"),) if typed else ()
    presses = (Press.START, Press.START_HERE)
    card = _way_in("Raise a concern", "Open the form", presses, key, ((*stands, *begun), carry_on))
    return replace(card, parts=(*card.parts, Words(text=_HERE, subtle=True)))


def quick_way_in(key: UUID) -> Card:
    """The same for `/concern quick`."""
    return _way_in("Quick concern", "Open the quick form", (Press.QUICK, Press.QUICK_HERE), key)


def notice_way_in(key: UUID) -> Card:
    """The same for `/concern notice`."""
    return _way_in("Police notice", "Open the form", (Press.NOTICE, Press.NOTICE_HERE), key)


def _way_in(
    heading: str,
    label: str,
    presses: tuple[Press, Press],
    key: UUID,
    before: tuple[tuple[Words, ...], tuple[Button, ...]] = ((), ()),
) -> Card:
    begun, carry_on = before
    start = Button(press=presses[0], label=label, subject=key, version=0, look=Look.PRIMARY)
    here = Button(press=presses[1], label="Fill it in here", subject=key, version=0)
    words = Words(text="Only you see what you write. If a child is in danger now, ring 999 first.")
    return Card(summary=heading, parts=(Heading(heading), words, *begun, Buttons((start, here, *carry_on))))
