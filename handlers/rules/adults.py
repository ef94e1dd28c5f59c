"""What the guidance pack holds of adults: harm limbs, outcomes, referrals that the law asks for, clocks. Pure values.

What became of one allegation is `rules.allegation`; no deadline is computed here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from handlers.rules.source import Source


class Finding(StrEnum):
    """The outcome of an allegation (KCSIE part four). Stored: never rename."""

    SUBSTANTIATED = "substantiated"
    MALICIOUS = "malicious"
    FALSE = "false"
    UNSUBSTANTIATED = "unsubstantiated"
    UNFOUNDED = "unfounded"


class Calls(StrEnum):
    """What calls for a referral to a body that may bar an adult from such work."""

    REMOVED = "removed"
    """They were removed from work with children, or would have been had they not left."""
    TEACHER = "teacher"
    """The same of a teacher."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    finding: Finding
    label: str
    text: str
    """What it means."""
    in_reference: str
    """What of it may stand in a reference."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Barring:
    """A body to which the law has the school refer an adult, or consider it."""

    key: str
    """Stored with what was recorded of it: add, never rename."""
    name: str
    calls: Calls
    text: str
    days: int
    """Working days after it was called for, from which it is chased."""
    source: Source


class Clock(StrEnum):
    """The steps that are chased, by the name of their clock in the pack."""

    CHILD = "child"
    SUSPENSION = "suspension"
    WRITTEN = "written"
    SUPPORT = "support"
    LIMBS = "limbs"
    REVIEW = "review"
    LOG = "log"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adults:
    limbs: tuple[tuple[str, str], ...]
    """The limbs of the harm threshold as (key, words); keys are stored."""
    outcomes: tuple[Outcome, ...]
    barring: tuple[Barring, ...]
    days: Mapping[Clock, int]
    """By when each step is chased."""

    def outcome(self, finding: Finding) -> Outcome:
        return next(one for one in self.outcomes if one.finding is finding)
