"""The look-back as it is read: what is known of each child before anything is judged. Never a score."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.oversight.patterns_form import Noticed
from handlers.rules.people import PersonId
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import Part

LINES = 10
"""Earlier concerns in one part, so that a page can end between two parts."""

EARLIER = {0: "No earlier concern.", 1: "One earlier concern."}


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """One earlier concern of a child, in one line."""

    reference: str
    when: str
    kinds: str
    state: str

    def pair(self) -> tuple[str, str]:
        told = f"{self.kinds}. {self.state}" if self.kinds else self.state
        return f"{self.reference}, {self.when}", told


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of one child."""

    label: str
    part: str
    flags: Sequence[str]
    siblings: Sequence[tuple[str, int]]
    """Label, and how many concerns of theirs the reader may see."""
    linked: Sequence[tuple[str, int]]
    """Other children who stand in the same concerns, and in how many."""
    earlier: Sequence[Earlier]
    """Every one, in the one order: what is open before what is closed."""
    before: Sequence[tuple[str, Sequence[Earlier]]] = ()
    """Children of the same name who have left, each with their own record: it may be the same child with a new key."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownAdult:
    """What is known of the adult whom it is about, for those who may see it."""

    id: PersonId
    label: str
    earlier: Sequence[Earlier]


NOT_LISTED = (
    "The adult is on no staff list, so nothing could be looked up. Look for earlier records by the name that was "
    "written down."
)


SAME_NAME = "A child of this name has left: {label}. If it is the same child, their earlier record is this one too."


def parts(
    children: Sequence[Known], patterns: Sequence[Noticed], *, adult: KnownAdult | None = None, written: bool = False
) -> tuple[Part, ...]:
    """`written`: it is about an adult who is on no list."""
    shown: list[Part] = []
    if adult is not None:
        shown += [Heading(say.fit(adult.label, say.HEADING, end=" · adult")), *_earlier(adult.earlier)]
    if written:
        shown.append(Words(text=NOT_LISTED, alert=True))
    for child in children:
        shown += _child(child)
    if not children and adult is None and not written:
        shown.append(Words(text="No child on the roll is linked to this concern: there is no earlier record."))
    for pattern in patterns:
        shown += pattern.parts()
    return tuple(shown)


def _child(child: Known) -> list[Part]:
    part = f" · {child.part}" if child.part else ""
    shown: list[Part] = [Heading(say.fit(child.label, say.HEADING, end=part))]
    pairs = [
        *([("Flags", "; ".join(child.flags))] if child.flags else []),
        *([("Siblings", _counted(child.siblings))] if child.siblings else []),
        *([("In the same concerns", _counted(child.linked))] if child.linked else []),
    ]
    if pairs:
        shown.append(Facts(tuple(pairs)))
    shown += _earlier(child.earlier)
    for label, earlier in child.before:
        shown += [Words(text=SAME_NAME.format(label=label), alert=True), *_earlier(earlier)]
    return shown


def _earlier(earlier: Sequence[Earlier]) -> list[Part]:
    count = len(earlier)
    said = Words(text=EARLIER.get(count, f"{count} earlier concerns, what is open first."), subtle=True)
    return [said, *(Facts(tuple(one.pair() for one in earlier[at : at + LINES])) for at in range(0, count, LINES))]


def _counted(children: Sequence[tuple[str, int]]) -> str:
    return ", ".join(f"{label} ({_concerns(count)})" for label, count in children)


def _concerns(count: int) -> str:
    return {0: "no concern", 1: "1 concern"}.get(count, f"{count} concerns")
