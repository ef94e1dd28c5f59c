"""Outside agencies as the guidance pack lists them: for whom, by what methods, with which deadlines. Pure values.

Which agency has been told, and what it said, is a referral's (`rules.referral`). No deadline is computed here.
"""

from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from handlers.rules.concern import About
from handlers.rules.referral import Method
from handlers.rules.source import Source


class Whom(StrEnum):
    """For whom an agency is told."""

    CHILD = "child"
    ADULT = "adult"


ALLEGATION: Final = "allegation"
"""`Make.when` of an agency that must be told of an allegation against an adult."""
_CONCERNED: dict[About, frozenset[Whom]] = {
    About.CHILD: frozenset({Whom.CHILD}),
    About.ADULT: frozenset({Whom.ADULT}),
    About.BOTH: frozenset(Whom),
    About.PRACTICE: frozenset(Whom),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Make:
    """By when the agency must be told at all."""

    days: int
    """Working days."""
    when: str
    """`allegation`, or the key of one of the pack's duties."""
    source: Source
    close: time | None = None
    """The hour at which the last of those days is over; None: the same time of day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """So many working days, and where that number comes from: not always from what the agency does."""

    days: int
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stage of a formal challenge: to whom it goes, and how many working days they have."""

    whom: str
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Agency:
    key: str
    """Stored with a referral: add, never rename."""
    name: str
    whom: frozenset[Whom]
    methods: tuple[Method, ...]
    answer: Days
    """Within which its decision, or its receipt, is owed."""
    stages: tuple[Stage, ...]
    letter: str
    """The template of its draft letter."""
    source: Source
    """Of what it does, and that it is told."""
    stages_from: Source
    confirm: Days | None = None
    """Within which what was only said must follow in writing; None where the agency does not ask it."""
    make: Make | None = None
    retired: bool = False
    """Nobody is referred to it any more; referrals that were recorded are still read, answered and settled."""
    sending: str = ""
    """What the school itself owes, and by when, in words: shown where it is chosen; no clock of ours runs for it."""

    @property
    def is_told_of_allegations(self) -> bool:
        """Whether it must be told of an allegation against an adult."""
        return self.make is not None and self.make.when == ALLEGATION

    def takes(self, about: About) -> bool:
        """Whether a concern about that may be referred to it."""
        return not self.retired and bool(self.whom & _CONCERNED[about])
