"""What a concern is, and which moves it allows. Pure: no clock, no I/O, no async.

A move returns the concern as it is after, or raises the refusal in words. Nothing here holds a word
that anybody typed: the account and every reason are sealed in entries (`rules.chronology`).
"""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import NewType
from uuid import UUID

from handlers.rules.people import PersonId, PupilId
from handlers.rules.vocabulary import About, Level, Outcome, ReporterAs, Route, Second, Status, Urgency

__all__ = [
    "About",
    "CannotMove",
    "Concern",
    "ConcernId",
    "Level",
    "Outcome",
    "ReporterAs",
    "Route",
    "Second",
    "Status",
    "Urgency",
]
"""A concern and the words that it is described with: whoever needs the one takes the others from here too."""

ConcernId = NewType("ConcernId", UUID)


class CannotMove(Exception):
    """A move that the concern's state does not allow; the text is the sentence shown."""


class SettledAlready(CannotMove):
    """Somebody has done it already, or ended the concern: whoever may read it is told who, and when."""


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
    offered_at: datetime | None = None
    level: Level | None = None
    decided_by: PersonId | None = None
    second: Second = Second.NOT_NEEDED
    review_at: datetime | None = None
    """When it is to be looked at again."""
    close_proposed_by: PersonId | None = None
    close_proposed_at: datetime | None = None
    merged_into: ConcernId | None = None
    """It goes on in another: this one is closed, and points there."""
    sealed_to: frozenset[PersonId] = frozenset()
    """Where it is sealed, the only people who have it."""
    children: frozenset[PupilId] = frozenset()
    """Pupils on the roll whom it concerns now, by id: what part each has is sealed with the words."""
    reporter_as: ReporterAs = ReporterAs.STAFF
    drill: bool = False
    """A trial of the path: kept out of every figure."""
    now_since: datetime | None = None
    """From when it counts as "now" though another word was chosen (`rules.home_time`)."""
    safe_until: datetime | None = None
    """Until when somebody named has said that the child is safe, and why: the reason is sealed in an entry."""
    safe_by: PersonId | None = None
    disposed_at: datetime | None = None
    """From then on nobody can read it: the keys of its words were destroyed. Whoever looks for it finds nothing."""
    version: int = 1

    @property
    def sealed(self) -> bool:
        return bool(self.sealed_to)

    def see(self, *, at: datetime) -> "Concern":
        """A recipient has opened it. Seeing twice changes nothing."""
        if self.status is not Status.SUBMITTED:
            return self
        return replace(self, status=Status.SEEN, seen_at=at)

    def accept(self, *, by: PersonId, at: datetime) -> "Concern":
        """Own it. What somebody owns already is accepted by whom it was handed to, or taken back by its owner."""
        self.must_be_open()
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
            offered_at=None,
            seen_at=self.seen_at or at,
            accepted_at=self.accepted_at or at,
        )

    def hand_over(self, *, to: PersonId, by: PersonId, at: datetime | None = None) -> "Concern":
        """Offer it to another; the owner stays the owner until they accept (DOMAIN, life of a concern)."""
        self.must_be_open()
        if self.owner != by:
            raise CannotMove("Only whoever has accepted a concern can hand it over.")
        if to == by:
            raise CannotMove("You have this concern already. Choose somebody else.")
        return replace(self, offered_to=to, offered_at=at)

    def decline(self, *, by: PersonId) -> "Concern":
        """Whom it was offered to does not take it: it stays with its owner."""
        self.must_be_open()
        if self.offered_to != by:
            raise CannotMove("This concern is not being handed over to you.")
        return replace(self, offered_to=None, offered_at=None)

    def take_over(self, *, by: PersonId, at: datetime) -> "Concern":
        """Cover for an owner who is away. What nobody owns is accepted, not taken over."""
        self.must_be_open()
        if self.owner is None:
            raise CannotMove("Nobody has accepted this concern yet. You can accept it yourself.")
        if self.owner == by:
            raise CannotMove("You have this concern already.")
        return replace(self, owner=by, offered_to=None, offered_at=None, accepted_at=self.accepted_at or at)

    def withdraw_offer(self) -> "Concern":
        """The time to answer has run out: it stays with its owner."""
        return replace(self, offered_to=None, offered_at=None)

    def escalate(self, *, at: datetime, highest: int) -> "Concern":
        """Carry it one rung up the ladder; `highest` is the top rung."""
        self.must_be_open()
        if self.rung >= highest:
            raise CannotMove("This concern has been escalated as far as it goes.")
        return replace(self, rung=self.rung + 1, escalated_at=at)

    def carry_to(self, rung: int, *, at: datetime) -> "Concern":
        """Carried by the clock, not by a person: up to that rung, and never down again."""
        self.must_be_open()
        if rung <= self.rung:
            return self
        return replace(self, rung=rung, escalated_at=at)

    def decide(
        self,
        outcome: Outcome,
        *,
        by: PersonId,
        at: datetime,
        level: Level | None = None,
        review_at: datetime | None = None,
        second: bool = False,
    ) -> "Concern":
        """Record what will be done. The rationale is sealed in the entry that goes with it.

        `second`: another lead must read it before it stands. A new decision needs a new second reading.
        """
        self.must_be_open()
        if self.owner is None:
            raise CannotMove("Accept this concern first: a decision needs an owner.")
        if self.owner != by:
            raise CannotMove("Only whoever has accepted this concern can decide.")
        return replace(
            self,
            status=Status.TRIAGED,
            outcome=outcome,
            triaged_at=at,
            decided_by=by,
            level=level or self.level,
            review_at=review_at,
            second=Second.WANTED if second else Second.NOT_NEEDED,
            close_proposed_by=None,
            close_proposed_at=None,
        )

    def read_second(self, *, by: PersonId, agreed: bool) -> "Concern":
        """Another lead has read the decision: it stands, or the owner must decide again."""
        self.must_be_open()
        if self.second is not Second.WANTED:
            raise SettledAlready("This decision does not wait for a second reader.")
        if by == self.decided_by:
            raise CannotMove("You made this decision, so somebody else must be its second reader.")
        if agreed:
            return replace(self, second=Second.GIVEN)
        return replace(self, second=Second.NOT_NEEDED, status=Status.ACCEPTED, outcome=None, triaged_at=None)

    def propose_close(self, *, by: PersonId, at: datetime, open_actions: int) -> "Concern":
        """Its owner asks for the sign-off of another lead."""
        self._must_be_ready_to_close(open_actions)
        if self.owner != by:
            raise CannotMove("Only whoever has accepted this concern can close it.")
        return replace(self, close_proposed_by=by, close_proposed_at=at)

    def keep_open(self) -> "Concern":
        """The sign-off is refused: it stays open."""
        self.must_be_open()
        if self.close_proposed_by is None:
            raise SettledAlready("Nobody has proposed to close this concern.")
        return replace(self, close_proposed_by=None, close_proposed_at=None)

    def sign_off(self, *, by: PersonId, at: datetime, open_actions: int) -> "Concern":
        """Another lead agrees that it is closed."""
        self._must_be_ready_to_close(open_actions)
        if self.close_proposed_by is None:
            raise SettledAlready("Nobody has proposed to close this concern.")
        if by in {self.close_proposed_by, self.owner}:
            raise CannotMove("Somebody else must sign this off: not whoever proposed it.")
        return self._closed(at=at)

    def close(self, *, at: datetime, open_actions: int) -> "Concern":
        """Close it: only after a decision, and with nothing still owed (DOMAIN, life of a concern)."""
        self._must_be_ready_to_close(open_actions)
        return self._closed(at=at)

    def reopen(self, *, by: PersonId, at: datetime) -> "Concern":
        """Closed too soon: whoever reopens it owns it, and decides afresh."""
        if self.status is not Status.CLOSED:
            raise CannotMove("This concern is open.")
        if self.merged_into is not None:
            raise CannotMove("This concern has been merged into another one. Look there.")
        return replace(
            self,
            status=Status.ACCEPTED,
            owner=by,
            accepted_at=at,
            closed_at=None,
            close_proposed_by=None,
            close_proposed_at=None,
            second=Second.NOT_NEEDED,
        )

    def merge(self, into: ConcernId, *, at: datetime) -> "Concern":
        """It goes on in another: nothing is moved, and this one points there."""
        self.must_be_open()
        if into == self.id:
            raise CannotMove("A concern cannot be merged into itself.")
        if self.owner is None:
            raise CannotMove("Accept this concern first.")
        triaged = {"outcome": self.outcome or Outcome.MONITORING, "triaged_at": self.triaged_at or at}
        return replace(self._closed(at=at), merged_into=into, **triaged)

    def dispose(self, *, at: datetime) -> "Concern":
        """Nobody reads it from here on, and no child is linked to it any more. Whoever was named stays named."""
        if self.status is not Status.CLOSED:
            raise CannotMove("Close this concern first. Only the record of a closed concern can be disposed of.")
        return replace(self, disposed_at=at, children=frozenset())

    def end_drill(self, *, at: datetime) -> "Concern":
        """A drill has been accepted: it has shown what it was to show, and closes without a decision of anybody's."""
        if not self.drill:
            raise CannotMove("This is no drill. A concern is closed on a decision.")
        return replace(self._closed(at=at), outcome=Outcome.MONITORING, triaged_at=at)

    def about_children(self, children: frozenset[PupilId]) -> "Concern":
        """Moved to the right child, or another child is linked."""
        self.must_be_open()
        return replace(self, children=children)

    def seal(self, to: frozenset[PersonId]) -> "Concern":
        """Open to those people alone from now on. Whoever else owned it does so no longer."""
        kept = to - self.named
        if not kept:
            raise CannotMove("Choose at least one person who is not named in it.")
        sealed = replace(self, sealed_to=kept)
        return sealed if self.owner is None or self.owner in kept else sealed.without_owner()

    def unseal(self) -> "Concern":
        if not self.sealed:
            raise CannotMove("This concern is not sealed.")
        return replace(self, sealed_to=frozenset())

    def name(self, person: PersonId, route: Route) -> "Concern":
        """Somebody on the staff is named in it, or is too close: they lose it at once, and it goes the right way.

        The reporter too, who loses their receipt. Where it is sealed it stays so, also when nobody is left who has
        it: then the emergency door is the way in.
        """
        rung = self.rung if route is self.route else 0
        named = replace(self, named=self.named | {person}, route=route, rung=rung)
        if named.offered_to == person:
            named = replace(named, offered_to=None, offered_at=None)
        lost = named.owner == person or (named.owner is not None and route is not self.route)
        return named.without_owner() if lost else named

    def reroute(self, route: Route) -> "Concern":
        """It goes to others from here, from their first rung on, and waits to be accepted by one of them."""
        self.must_be_open()
        return replace(self, route=route, rung=0).without_owner()

    def without_owner(self) -> "Concern":
        """Waiting to be accepted again. What was decided stays in the chronology."""
        if self.status is Status.CLOSED:
            return replace(self, offered_to=None, offered_at=None)
        return replace(
            self, status=Status.SEEN, owner=None, accepted_at=None, offered_to=None, offered_at=None,
            close_proposed_by=None, close_proposed_at=None, second=Second.NOT_NEEDED,
        )

    def _closed(self, *, at: datetime) -> "Concern":
        return replace(self, status=Status.CLOSED, closed_at=at, offered_to=None, offered_at=None)

    def _must_be_ready_to_close(self, open_actions: int) -> None:
        self.must_be_open()
        if self.status is not Status.TRIAGED:
            raise CannotMove("Record a decision first. A concern cannot be closed without one.")
        if self.second is Second.WANTED:
            raise CannotMove("This decision waits for its second reader. It cannot be closed yet.")
        if open_actions:
            owed = "an action is" if open_actions == 1 else f"{open_actions} actions are"
            raise CannotMove(f"This concern cannot be closed yet: {owed} still open.")

    def must_be_open(self) -> None:
        """Refused where it is closed, or goes on in another."""
        if self.merged_into is not None:
            raise CannotMove("This concern has been merged into another one. Look there.")
        if self.status is Status.CLOSED:
            raise SettledAlready("This concern is closed.")
