"""What a concern's life may be (DOMAIN, "Life of a concern"), as a dictionary: the model of `test_life_stateful`.

Written from DOMAIN.md and not from `handlers.rules`: of each deed, whether it may be done by that person to a concern
in that state, and what the concern is after it. `None` for what may not be done.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field

LADDER: Mapping[str, tuple[frozenset[str], ...]] = {
    "leads": (
        frozenset({"lead", "deputy"}), frozenset({"deputy"}), frozenset({"head"}),
        frozenset({"lead", "deputy", "head"}),
        frozenset({"safeguarding_governor", "chair", "nominated"}),
    ),
    "head": (
        frozenset({"head"}), frozenset({"head"}), frozenset({"chair"}), frozenset({"head", "chair"}),
        frozenset({"vice_chair", "safeguarding_governor", "trust_lead", "nominated"}),
    ),
    "chair": (
        frozenset({"chair"}), frozenset({"chair"}), frozenset({"vice_chair"}), frozenset({"chair", "vice_chair"}),
        frozenset({"vice_chair", "safeguarding_governor", "trust_lead", "nominated"}),
    ),
}  # fmt: skip
"""Who receives what goes that way, rung by rung. Nobody who is named is on any."""


@dataclass(kw_only=True)
class Case:
    """A concern as it should be."""

    reporter: str
    route: str
    status: str = "submitted"
    owner: str = ""
    offered: str = ""
    decided_by: str = ""
    second: str = "not_needed"
    level: str = ""
    proposed: str = ""
    merged: str = ""
    joins: str = ""
    """The concern it has been proposed to merge it into, and by whom."""
    joined_by: str = ""
    rung: int = 0
    named: set[str] = field(default_factory=set[str])
    apart: bool = False
    """Its reporter is the subject or a relative."""

    @property
    def open(self) -> bool:
        return self.status != "closed"

    @property
    def owned(self) -> bool:
        return bool(self.owner) and self.open

    def receives(self, person: str, held: Collection[str]) -> bool:
        if person in self.named or (self.apart and person == self.reporter):
            return False
        return any(not roles.isdisjoint(held) for roles in LADDER[self.route][: self.rung + 1])

    def fields(self) -> dict[str, str]:
        """What the store must say as well."""
        return {
            "status": self.status, "owner": self.owner, "offered": self.offered, "second": self.second,
            "level": self.level, "proposed": self.proposed, "merged": self.merged,
            "named": " ".join(sorted(self.named)),
        }  # fmt: skip


Change = Mapping[str, str]
Rule = Callable[..., Change | None]
SHUT: Change = {"status": "closed", "offered": "", "joins": "", "joined_by": ""}
"""What closing comes to; a proposal to merge it is settled by that as well."""


def accept(case: Case, by: str) -> Change | None:
    taken = case.owner and by not in (case.owner, case.offered)
    if not case.open or taken or (case.owner == by and not case.offered):
        return None
    return {"owner": by, "offered": "", "status": "triaged" if case.status == "triaged" else "accepted"}


def hand_over(case: Case, by: str, *, to: str) -> Change | None:
    return {"offered": to} if case.owned and case.owner == by and to != by else None


def decline(case: Case, by: str) -> Change | None:
    return {"offered": ""} if case.open and case.offered == by else None


def cover(case: Case, by: str) -> Change | None:
    return {"owner": by, "offered": ""} if case.owned and case.owner != by else None


def decide(case: Case, by: str, *, level: str, outcome: str) -> Change | None:
    if not case.owned or case.owner != by:
        return None
    second = "wanted" if outcome == "no_further_action" and level != "low" else "not_needed"
    return {"status": "triaged", "decided_by": by, "level": level, "second": second, "proposed": ""}


def read_second(case: Case, by: str, *, agreed: bool) -> Change | None:
    if not case.open or case.second != "wanted" or by == case.decided_by:
        return None
    return {"second": "given"} if agreed else {"second": "not_needed", "status": "accepted"}


def may_close(case: Case, by: str) -> bool:
    ready = case.status == "triaged" and case.second != "wanted"
    return ready and case.owner == by and not case.proposed


def sign_off(case: Case, by: str, *, agreed: bool, owed: int) -> Change | None:
    if not case.open or not case.proposed:
        return None
    if not agreed:
        return {"proposed": ""}
    ready = case.status == "triaged" and case.second != "wanted" and not owed
    return SHUT if ready and by not in (case.proposed, case.owner) else None


def reopen(case: Case, by: str) -> Change | None:
    if case.open or case.merged:
        return None
    return {"status": "accepted", "owner": by, "proposed": "", "second": "not_needed"}


def merge(case: Case, other: Case, *, into: str) -> Change | None:
    same = case.route == other.route and case.named == other.named and case.apart == other.apart
    if case is other or not case.owned or not other.open or not same:
        return None
    return {**SHUT, "merged": into}


def propose_merge(case: Case, other: Case, by: str, *, into: str, others: bool) -> Change | None:
    """It takes two: nothing is proposed where nobody else receives both."""
    return {"joins": into, "joined_by": by} if others and merge(case, other, into=into) else None


def agree_merge(case: Case, other: Case, by: str, *, agreed: bool) -> Change | None:
    if by == case.joined_by:
        return None
    return merge(case, other, into=case.joins) if agreed else {"joins": "", "joined_by": ""}


LEGAL = frozenset({
    ("submitted", "seen"), ("submitted", "accepted"), ("seen", "accepted"), ("accepted", "triaged"),
    ("triaged", "accepted"), ("accepted", "closed"), ("triaged", "closed"), ("closed", "accepted"),
    ("accepted", "seen"), ("triaged", "seen"),
})  # fmt: skip
"""From status to status in one step. `accepted` to `closed` by a merge alone; to `seen` when its owner is named."""
LIVE = frozenset({"open", "acknowledged", "in_progress", "waiting"})
ACTION_LEGAL = frozenset({
    *((one, other) for one in LIVE for other in (*LIVE, "done", "cancelled") if other != one),
    ("done", "verified"), ("done", "open"),
})  # fmt: skip


def is_legal(before: str, after: str, legal: Collection[tuple[str, str]] = LEGAL) -> bool:
    return before == after or (before, after) in legal
