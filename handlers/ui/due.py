"""How a message that chases begins, and its notification: what is due, since when, whose it is, what to press.

Pure. No child, no kind and no word that somebody typed; a name is that of whoever in school owes it, and stands in
private chats alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from handlers.ui.card import Card, Heading, Part

ANOTHERS = "The concern has another owner now, who is asked for this instead of you."
"""What a message says to whom it asked something, once that is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The four things, each without its full stop."""

    what: str
    """`Reminder: decision on 26-48213`."""
    when: str
    """`due since Tue 24 Nov, 15:30`."""
    whose: str
    """`It is yours`."""
    do: str
    """`Press “Triage”`: a button of the same card, by its label; or what to do where there is none."""

    @property
    def line(self) -> str:
        return f"{self.what}, {self.when}. {self.whose}. {self.do}."


def press(*labels: str) -> str:
    """`Press “Accept” or “Decline”`."""
    return f"Press {' or '.join(f'“{label}”' for label in labels)}"


def belongs_to(name: str, *, yours: bool = False) -> str:
    """Whose it is; nobody's where the name is empty."""
    if yours:
        return "It is yours"
    return f"It is {possessive(name)}" if name else "Nobody has it yet"


def several(*counts: tuple[int, str]) -> str:
    """What there is of each, as it is said; nothing is said of what there is none of."""
    there = [f"{many} {said}" for many, said in counts if many]
    return ", ".join(there) or "nothing to accept or decide"


def counted(count: int, one: str) -> str:
    """`1 review`, `2 reviews`."""
    return f"{count} {one}" if count == 1 else f"{count} {one}s"


def possessive(name: str) -> str:
    return f"{name}’s"


def card(due: Due, parts: Iterable[Part]) -> Card:
    """The card with that first line, which is all that a notification shows."""
    return Card(summary=due.line, parts=(Heading(due.line), *parts))


def asks(card: Card) -> bool:
    """Whether it asks something of its reader: whether it begins with such a line, and not with what is settled."""
    first = card.parts[0] if card.parts else None
    return isinstance(first, Heading) and first.text == card.summary and card.summary.endswith(".")


def school_days(days: int) -> str:
    """How late that is, in school days."""
    return _days(days, "school day")


def length(minutes: int) -> str:
    """How long that is: `5 minutes`, `an hour`, `3 hours`."""
    if minutes < _HOUR:
        return counted(minutes, "minute")
    return "an hour" if minutes < 2 * _HOUR else counted(minutes // _HOUR, "hour")


_HOUR = 60


def working_days(days: int) -> str:
    return _days(days, "working day")


def _days(days: int, one: str) -> str:
    return f"A {one} late" if days == 1 else f"{_IN_WORDS.get(days, days)} {one}s late"


def in_school_days(days: int) -> str:
    """How long that is: `a school day`, `three school days`."""
    return "a school day" if days == 1 else f"{str(_IN_WORDS.get(days, days)).lower()} school days"


_IN_WORDS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight", 9: "Nine", 10: "Ten"}
