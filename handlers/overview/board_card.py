"""A person's board: what waits for them, by reference, state and clock. No child, no kind, no reporter, no words.

Concerns about adults share no list and no count with concerns about children: they stand under a heading of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from handlers.ui.card import Button, Buttons, Card, Heading, Look, Part, Press, Words
from handlers.ui.lines import Line, Listed, count, pressing_first, rows
from handlers.ui.listing import show_all
from handlers.ui.whole import BOARD

MOST = 6
"""Rows of one list, the first in its order; the rest are counted, and a press away."""
FEWEST = 3
_OPENED_ANYWHERE = 3
"""Rows that have their button on either platform beside the page's own three (Teams takes six)."""
_BLOCKS = 86
"""What the lists may take of the hundred blocks of Slack's page; each has a heading and a line under it."""
ADULTS = "Not about a child: kept apart"
OWED = "Actions you owe"
TECHNICIAN = "Tell your technician."


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    children: Sequence[Listed] = ()
    adults: Sequence[Listed] = ()
    owed: Sequence[Line] = ()
    """Actions that they owe, whatever they are about."""
    dead: int = 0
    """Messages that could not be delivered."""

    def of_children(self) -> list[Listed]:
        """What of the children's side is not empty, with what that person owes."""
        return [listed for listed in (*self.children, Listed(title=OWED, lines=self.owed)) if listed.lines]

    def of_adults(self) -> list[Listed]:
        return [listed for listed in self.adults if listed.lines]

    def whole(self) -> list[Listed]:
        """Every list, for the window that shows all: each of an adult's says so."""
        adults = pressing_first(self.of_adults())
        apart = [replace(listed, title=f"{ADULTS}. {listed.title}") for listed in adults]
        return [*pressing_first(self.of_children()), *apart]


def board_card(board: Board) -> Card:
    """For somebody who receives concerns."""
    children, adults = board.of_children(), board.of_adults()
    most = _fits(len(children) + len(adults))
    parts: list[Part] = [Heading("Your board"), *_dead(board.dead), *_opened(board.whole())]
    if not children and not adults:
        parts.append(Words(text="Nothing is waiting for you."))
    parts += [part for listed in children for part in _list(listed, most)]
    if adults:
        parts.append(Heading(ADULTS))
        parts += [part for listed in adults for part in _list(listed, most)]
    away = _button(Press.AWAY, "I will be away")
    parts += [Words(text=KEPT, subtle=True), Buttons((_refresh(), away))]
    return Card(summary="Your board", parts=tuple(parts))


KEPT = "This stays up to date where you last asked for it. Anywhere else, press Refresh."


def own_page(help: Card, mine: Card, owed: Sequence[Line], *, dead: int = 0) -> Card:
    """For everybody else: how to raise a concern, what became of theirs, and what they owe."""
    listed = Listed(title=OWED, lines=owed)
    owes = _list(listed, MOST) if owed else []
    start = Buttons((_raise(), *_all([listed]), _refresh()))
    heading, *rest = help.parts
    return Card(summary="Your page", parts=(heading, *rest, *_dead(dead), start, *owes, *mine.parts))


def _list(listed: Listed, most: int) -> list[Part]:
    more = len(listed.lines) - most
    rest = [Words(text=f"and {more} more", subtle=True)] if more > 0 else []
    return [Heading(f"{listed.title}: {len(listed.lines)}"), rows(listed.lines[:most]), *rest]


def _all(lists: Sequence[Listed]) -> tuple[Button, ...]:
    return (show_all(lists, BOARD),) if count(lists) > _OPENED_ANYWHERE else ()


def _opened(lists: Sequence[Listed]) -> tuple[Buttons, ...]:
    """The way from numbers to whom they are about: a window of one person's, which stands nowhere."""
    if not (every := count(lists)):
        return ()
    label = f"Open all {every} with names" if every > 1 else "Open it with its name"
    return (Buttons((Button(press=Press.LIST, label=label, subject=BOARD, version=0, look=Look.PRIMARY),)),)


def _fits(lists: int) -> int:
    return max(FEWEST, min(MOST, _BLOCKS // max(lists, 1) - 2))


def _dead(dead: int) -> list[Part]:
    if not dead:
        return []
    return [Words(text=undelivered(dead), alert=True)]


def undelivered(dead: int) -> str:
    """How many messages could not be delivered, and whom to tell."""
    what = "One message could not be delivered." if dead == 1 else f"{dead} messages could not be delivered."
    return f"{what} {TECHNICIAN}"


_NOTHING = UUID(int=0)
"""These buttons are about nothing but who presses them."""


def _refresh() -> Button:
    return _button(Press.BOARD, "Refresh")


def _raise() -> Button:
    return Button(press=Press.RAISE, label="Raise a concern", subject=_NOTHING, version=0, look=Look.PRIMARY)


def _button(press: Press, label: str) -> Button:
    return Button(press=press, label=label, subject=_NOTHING, version=0)
