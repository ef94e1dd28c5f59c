"""What a concern is, and which moves it allows. Pure: no clock, no I/O, no async.

A move returns the concern as it is after, or raises the refusal in words. Nothing here holds a word
that anybody typed: the account and every reason are sealed in entries (`rules.chronology`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NewType
from uuid import UUID

from handlers.rules.people import PersonId

ConcernId = NewType("ConcernId", UUID)


class Status(StrEnum):
    SUBMITTED = "submitted"
    SEEN = "seen"
    ACCEPTED = "accepted"
    TRIAGED = "triaged"
    CLOSED = "closed"


class Urgency(StrEnum):
    """How soon someone must act (DOMAIN, field 19). There is no default."""

    NOW = "now"
    TODAY = "today"
    WEEK = "week"
    RECORD = "record"


class About(StrEnum):
    CHILD = "child"
    ADULT = "adult"
    BOTH = "both"
    PRACTICE = "practice"


class Route(StrEnum):
    """Who receives it (DOMAIN, "Who gets it"). Adults share nothing with children."""

    LEADS = "leads"
    HEAD = "head"
    CHAIR = "chair"


class Outcome(StrEnum):
    MONITORING = "monitoring"
    INTERNAL_SUPPORT = "internal_support"
    EARLY_HELP = "early_help"
    REFERRAL = "referral"
    ADULT_CONDUCT = "adult_conduct"
    NO_FURTHER_ACTION = "no_further_action"


class CannotMove(Exception):
    """A move that the concern's state does not allow; the text is the sentence shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    id: ConcernId
    reference: str
    reporter: PersonId
    about: About
    route: Route
    urgency: Urgency
    submitted_at: datetime
    status: Status = Status.SUBMITTED
    named: frozenset[PersonId] = frozenset()
    """Members of staff named in it, or too close to it: they are told nothing and find nothing."""
    seen_at: datetime | None = None
    owner: PersonId | None = None
    accepted_at: datetime | None = None
    offered_to: PersonId | None = None
    """Handed over, and not yet accepted: the owner stays the owner until then."""
    rung: int = 0
    """How far up the ladder it has been carried: 0 leads, 1 deputies, 2 head, 3 outside contact."""
    escalated_at: datetime | None = None
    outcome: Outcome | None = None
    triaged_at: datetime | None = None
    closed_at: datetime | None = None
    version: int = 1

    def see(self, *, at: datetime) -> "Concern":
        """A recipient has opened it. Seeing twice changes nothing."""
        if self.status is not Status.SUBMITTED:
            return self
        return replace(self, status=Status.SEEN, seen_at=at)

    def accept(self, *, by: PersonId, at: datetime) -> "Concern":
        """Own it. What somebody owns already is accepted by whom it was handed to, or taken back by its owner."""
        self._must_be_open()
        if self.owner == by and self.offered_to is None:
            raise CannotMove("You have this concern already.")
        if self.owner is not None and by not in {self.owner, self.offered_to}:
            raise CannotMove("Somebody has accepted this concern already.")
        status = self.status if self.status is Status.TRIAGED else Status.ACCEPTED
        return replace(
            self,
            status=status,
            owner=by,
            offered_to=None,
            seen_at=self.seen_at or at,
            accepted_at=self.accepted_at or at,
        )

    def hand_over(self, *, to: PersonId, by: PersonId) -> "Concern":
        """Offer it to another; the owner stays the owner until they accept (DOMAIN, life of a concern)."""
        self._must_be_open()
        if self.owner != by:
            raise CannotMove("Only the lead who has accepted a concern can hand it over.")
        if to == by:
            raise CannotMove("You have this concern already. Choose somebody else.")
        return replace(self, offered_to=to)

    def escalate(self, *, at: datetime, highest: int) -> "Concern":
        """Carry it one rung up the ladder; `highest` is the top rung."""
        self._must_be_open()
        if self.rung >= highest:
            raise CannotMove("This concern has been escalated as far as it goes.")
        return replace(self, rung=self.rung + 1, escalated_at=at)

    def carry_to(self, rung: int, *, at: datetime) -> "Concern":
        """Carried by the clock, not by a person: up to that rung, and never down again."""
        self._must_be_open()
        if rung <= self.rung:
            return self
        return replace(self, rung=rung, escalated_at=at)

    def decide(self, outcome: Outcome, *, by: PersonId, at: datetime) -> "Concern":
        """Record what will be done. The rationale is sealed in the entry that goes with it."""
        self._must_be_open()
        if self.owner is None:
            raise CannotMove("Accept this concern first: a decision needs an owner.")
        if self.owner != by:
            raise CannotMove("Only the lead who has accepted this concern can decide.")
        return replace(self, status=Status.TRIAGED, outcome=outcome, triaged_at=at)

    def close(self, *, at: datetime, open_actions: int) -> "Concern":
        """Close it: only after a decision, and with nothing still owed (DOMAIN, life of a concern)."""
        self._must_be_open()
        if self.status is not Status.TRIAGED:
            raise CannotMove("Record a decision first: a concern is closed on a decision.")
        if open_actions:
            owed = "an action is" if open_actions == 1 else f"{open_actions} actions are"
            raise CannotMove(f"This concern cannot be closed yet: {owed} still open.")
        return replace(self, status=Status.CLOSED, closed_at=at, offered_to=None)

    def _must_be_open(self) -> None:
        if self.status is Status.CLOSED:
            raise CannotMove("This concern is closed.")
