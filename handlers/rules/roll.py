"""When a new list of pupils is not taken over, and the one of before stands. Pure.

An export goes wrong in silence: half of it is missing, or the keys stand beside other names. Neither may take children
off the roll, or put one child's record under another's name, before somebody has said that it is right.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.rules.people import PupilId

MOST = 20
"""One in so many children, 5 %, may leave or be called otherwise without a question (D)."""


class Why(StrEnum):
    """Why a list was not taken over. The values are kept in the trail: add, never rename."""

    UNREADABLE = "unreadable"
    SHRINKS = "shrinks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover:
    """What a list would change."""

    before: int
    """Children on the roll until now."""
    lost: int
    """Those who would leave it."""
    rekeyed: int
    """How many of these stand in the new list by their name, under another key."""
    renamed: int
    """Those under whose key another name would stand."""

    @property
    def number(self) -> int:
        """What somebody must say to have it taken over all the same: the number that they were shown."""
        return self.lost + self.renamed

    @property
    def is_asked_about(self) -> bool:
        """One child may always leave, or change their name: in a school of nineteen that is more than 5 %."""
        most = max(self.lost, self.renamed)
        return most > 1 and most * MOST > self.before


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A list that was not taken over."""

    why: Why
    turnover: Turnover


def turnover(before: Mapping[PupilId, str], after: Mapping[PupilId, str]) -> Turnover:
    """Between the names of those on the roll and the names in a new list, by key.

    A name is the same in another order and in capitals: `PATEL, Mia` is `Mia Patel`.
    """
    gone = [name for id, name in before.items() if id not in after]
    come = {_words(name) for id, name in after.items() if id not in before}
    return Turnover(
        before=len(before),
        lost=len(gone),
        rekeyed=_among(gone, come),
        renamed=sum(id in after and _words(name) != _words(after[id]) for id, name in before.items()),
    )


def _among(names: Collection[str], known: Collection[frozenset[str]]) -> int:
    return sum(_words(name) in known for name in names)


def _words(name: str) -> frozenset[str]:
    return frozenset(name.casefold().replace(",", " ").split())
