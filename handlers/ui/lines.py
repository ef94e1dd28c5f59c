"""Lists of things that wait: what each is, how it stands, where it opens, and what of it must not be missed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from handlers.rules import order
from handlers.rules.order import Weight
from handlers.ui.card import Button, Press, Row, Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that waits."""

    name: str
    """Its reference."""
    state: str
    press: Press
    subject: UUID
    version: int
    weight: Weight
    of: UUID | None = None
    """The concern that it is of, where a window may say whom that is about (`overview.names`)."""

    @property
    def late(self) -> bool:
        return self.weight.late


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One list, in its order."""

    title: str
    lines: Sequence[Line]


def rows(lines: Iterable[Line]) -> Rows:
    """Each with its button; what is late, or may be danger, stands out."""
    return Rows(
        tuple(
            Row(
                name=line.name, value=line.state, alert=line.weight.pressing,
                button=Button(press=line.press, label="Open", subject=line.subject, version=line.version),
            )
            for line in lines
        )
    )  # fmt: skip


FIRST = "To be acted on first"


def pressing_first(lists: Sequence[Listed]) -> list[Listed]:
    """What may be danger or is late in any of the lists stands before all of them, with the list that it is of."""
    hot = [replace(o, state=f"{of.title}. {o.state}") for of in lists for o in of.lines if o.weight.pressing]
    rest = [replace(of, lines=[line for line in of.lines if not line.weight.pressing]) for of in lists]
    first = Listed(title=FIRST, lines=order.waiting(hot, lambda line: line.weight))
    return [listed for listed in (first, *rest) if listed.lines]


def count(lists: Iterable[Listed]) -> int:
    """How many lines there are in all."""
    return sum(len(listed.lines) for listed in lists)


def references(lines: Sequence[Line], most: int) -> str:
    """`3: 26-58031, 26-48213 and 1 more`: the first in their order by reference, the rest counted. One is itself."""
    if not lines:
        return "none"
    if len(lines) == 1:
        return lines[0].name
    shown = ", ".join(line.name for line in lines[:most])
    more = len(lines) - most
    return f"{len(lines)}: {shown}{f' and {more} more' if more > 0 else ''}"
