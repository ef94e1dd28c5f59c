"""A person's board: what waits for them, by reference, state and clock. No child, no kind, no reporter, no words.

Concerns about adults share no list and no count with concerns about children: they stand under a heading of their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from handlers.ui.card import Button, Buttons, Card, Heading, Look, Part, Press, Row, Rows, Words
from handlers.ui.lines import Line

MOST = 6
"""Rows of one list; the rest are counted."""
FEWEST = 3
_BLOCKS = 86
"""What the lists may take of the hundred blocks of Slack's page; each has a heading and a line under it."""
ADULTS = "Not about a child: kept apart"
TECHNICIAN = "Tell your technician."


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    title: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    children: Sequence[Listed] = ()
    adults: Sequence[Listed] = ()
    owed: Sequence[Line] = ()
    """Actions that they owe, whatever they are about."""
    dead: int = 0
    """Messages that could not be delivered."""


def board_card(board: Board) -> Card:
    """For somebody who receives concerns."""
    owed = Listed(title="Your actions", lines=board.owed)
    children = [listed for listed in (*board.children, owed) if listed.lines]
    adults = [listed for listed in board.adults if listed.lines]
    most = _fits(len(children) + len(adults))
    parts: list[Part] = [Heading("Your board"), *_dead(board.dead)]
    if not children and not adults:
        parts.append(Words(text="Nothing is waiting for you."))
    parts += [part for listed in children for part in _list(listed, most)]
    if adults:
        parts.append(Heading(ADULTS))
        parts += [part for listed in adults for part in _list(listed, most)]
    parts += [Words(text=KEPT, subtle=True), Buttons((_refresh(), _button(Press.AWAY, "I will be away")))]
    return Card(summary="Your board", parts=tuple(parts))


KEPT = "This stays up to date where you last asked for it. Anywhere else, press Refresh."


def own_page(help: Card, mine: Card, owed: Sequence[Line], *, dead: int = 0) -> Card:
    """For everybody else: how to raise a concern, what became of theirs, and what they owe."""
    owes = _list(Listed(title="Your actions", lines=owed), MOST) if owed else []
    start = Buttons((_raise(), _refresh()))
    heading, *rest = help.parts
    return Card(summary="Your page", parts=(heading, *rest, *_dead(dead), start, *owes, *mine.parts))


def _list(listed: Listed, most: int) -> list[Part]:
    rows = tuple(
        Row(
            name=line.name,
            value=line.state,
            button=Button(press=line.press, label="Open", subject=line.subject, version=line.version),
            alert=line.late,
        )
        for line in listed.lines[:most]
    )
    more = len(listed.lines) - most
    rest = [Words(text=f"and {more} more", subtle=True)] if more > 0 else []
    return [Heading(f"{listed.title}: {len(listed.lines)}"), Rows(rows), *rest]


def _fits(lists: int) -> int:
    return max(FEWEST, min(MOST, _BLOCKS // max(lists, 1) - 2))


def _dead(dead: int) -> list[Part]:
    if not dead:
        return []
    what = "One message could not be delivered." if dead == 1 else f"{dead} messages could not be delivered."
    return [Words(text=f"{what} {TECHNICIAN}", alert=True)]


_NOTHING = UUID(int=0)
"""These buttons are about nothing but who presses them."""


def _refresh() -> Button:
    return _button(Press.BOARD, "Refresh")


def _raise() -> Button:
    return Button(press=Press.RAISE, label="Raise a concern", subject=_NOTHING, version=0, look=Look.PRIMARY)


def _button(press: Press, label: str) -> Button:
    return Button(press=press, label=label, subject=_NOTHING, version=0)
