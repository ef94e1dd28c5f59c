"""How good the records are: per record and by term. Pure. Counts of records, never of people; few are not told.

DOMAIN, why each part exists: leads review records for accuracy and detail, to plan what to train.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

FEWEST = 5
"""Records below which no share is told."""


class Mark(StrEnum):
    """What a good record has. The value is shown by `cards.quality`."""

    FIRST_HAND = "first_hand"
    WHEN = "when"
    WHERE = "where"
    VOICE = "voice"
    DONE = "done"
    PARENTS = "parents"
    PROMPT = "prompt"
    """Recorded within a day of being learned."""
    DECIDED = "decided"
    """A decision with its rationale."""


PROMPT_MINUTES = 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record, as far as its quality goes."""

    marks: frozenset[Mark]
    asked: frozenset[Mark]
    """What could be asked of it: the child's voice only where it is about a child, a decision only once it is due."""
    recorded_after: int | None = None
    """Minutes from learning to recording."""

    def missing(self) -> frozenset[Mark]:
        return self.asked - self.marks


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """A term's records. A share of None is one of fewer than five records."""

    records: int | None
    shares: tuple[tuple[Mark, int | None], ...] = ()
    """Whole per cent of the records of which it could be asked, in the order of `Mark`."""
    delay: int | None = None
    """The middle delay in minutes, where five or more are known."""


def figures(records: Iterable[Record]) -> Figures:
    held = list(records)
    if len(held) < FEWEST:
        return Figures(records=None)
    delays = [one.recorded_after for one in held if one.recorded_after is not None]
    return Figures(
        records=len(held),
        shares=tuple((mark, _share(mark, held)) for mark in Mark),
        delay=int(median(delays)) if len(delays) >= FEWEST else None,
    )


def _share(mark: Mark, held: list[Record]) -> int | None:
    asked = [one for one in held if mark in one.asked]
    if len(asked) < FEWEST:
        return None
    return round(100 * sum(mark in one.marks for one in asked) / len(asked))
