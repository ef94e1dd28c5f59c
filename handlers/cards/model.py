"""A card, described once: a projection of the state, drawn afresh each time. Text is plain: renderers escape it."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID


class Press(StrEnum):
    """What a button asks for. The value is the platform's action id: add, never rename."""

    OPEN = "open"
    ACCEPT = "accept"
    ESCALATE = "escalate"
    HAND_OVER = "hand_over"
    ASSIGN = "assign"
    DECIDE = "decide"
    CLOSE = "close"
    DONE = "done"
    """An action's owner says what was done."""
    START = "start"
    """Open the form behind /concern."""
    START_HERE = "start_here"
    """Run the same form inside the message, where a dialog cannot be had."""
    OPEN_ACTION = "open_action"
    """Read what an action asks."""
    ADD = "add"
    """The reporter adds to their own concern."""


OPENS_A_WINDOW = frozenset(Press) - {Press.ACCEPT, Press.START_HERE}
"""Presses answered with a form in a window of that person's own: a platform must know this before the press."""


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    text: str
    subtle: bool = False
    alert: bool = False
    """Something to act on: overdue, refused, in danger."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's exact words: drawn so that nothing in them is read as markup, every space and line kept."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    pairs: tuple[tuple[str, str], ...]


def titled(name: str) -> str:
    """A fact's name as it stands before its value; a question keeps its own mark."""
    return name if name.endswith("?") else f"{name}:"


class Look(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    press: Press
    label: str
    subject: UUID
    """The concern or the action. The button carries this and the version, and nothing else."""
    version: int
    look: Look = Look.PLAIN


@dataclass(frozen=True, slots=True)
class Buttons:
    buttons: tuple[Button, ...]
    """At most six (Teams' primary actions)."""


Part: TypeAlias = Heading | Words | Quote | Facts | Buttons


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    summary: str
    """One line for notifications and screen readers. Never a name, a kind or a word that somebody typed."""
    parts: tuple[Part, ...]
