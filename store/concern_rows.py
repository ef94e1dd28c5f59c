"""A concern as a row, and a row as a concern."""

from collections.abc import Collection
from uuid import UUID

from handlers.rules.concern import About, Concern, ConcernId, Level, Outcome, ReporterAs, Route, Second, Status, Urgency
from handlers.rules.people import PersonId, PupilId
from handlers.rules.reference import is_one
from store.columns import plain, whole
from store.memory import Row


def ids_in(text: str | None) -> frozenset[UUID]:
    return frozenset(map(UUID, text.split())) if text else frozenset()


def as_text(ids: Collection[UUID]) -> str:
    return " ".join(id.hex for id in ids)


def values_of(concern: Concern) -> dict[str, object]:
    return {
        "reference": concern.reference,
        "reporter": concern.reporter,
        "about": concern.about,
        "route": concern.route,
        "urgency": concern.urgency,
        "status": concern.status,
        "submitted_at": concern.submitted_at,
        "seen_at": concern.seen_at,
        "owner": concern.owner,
        "accepted_at": concern.accepted_at,
        "offered_to": concern.offered_to,
        "rung": concern.rung,
        "escalated_at": concern.escalated_at,
        "outcome": concern.outcome,
        "triaged_at": concern.triaged_at,
        "closed_at": concern.closed_at,
        "offered_at": concern.offered_at,
        "level": concern.level,
        "decided_by": concern.decided_by,
        "second": concern.second,
        "review_at": concern.review_at,
        "close_proposed_by": concern.close_proposed_by,
        "close_proposed_at": concern.close_proposed_at,
        "merged_into": concern.merged_into,
        "reporter_as": concern.reporter_as,
        "drill": concern.drill,
        "now_since": concern.now_since,
        "safe_until": concern.safe_until,
        "safe_by": concern.safe_by,
        "disposed_at": concern.disposed_at,
    }


def concern_of(row: Row) -> Concern:
    """ValueError where it cannot be so, whatever each of its cells says: no card may be drawn of it."""
    concern = _as_stored(row)
    kept = concern.owner is not None and concern.accepted_at is not None
    if not is_one(concern.reference) or not (kept or concern.status in (Status.SUBMITTED, Status.SEEN)):
        raise ValueError("a concern was stored here")
    return concern


def _as_stored(row: Row) -> Concern:
    return Concern(
        id=ConcernId(row["id"]),
        reference=plain(row["reference"]),
        reporter=PersonId(row["reporter"]),
        about=About(row["about"]),
        route=Route(row["route"]),
        urgency=Urgency(row["urgency"]),
        submitted_at=row["submitted_at"],
        status=Status(row["status"]),
        named=frozenset(map(PersonId, ids_in(row["named"]))),
        seen_at=row["seen_at"],
        owner=row["owner"],
        accepted_at=row["accepted_at"],
        offered_to=row["offered_to"],
        rung=whole(row["rung"]),
        escalated_at=row["escalated_at"],
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        triaged_at=row["triaged_at"],
        closed_at=row["closed_at"],
        offered_at=row["offered_at"],
        level=None if row["level"] is None else Level(row["level"]),
        decided_by=row["decided_by"],
        second=Second(row["second"]),
        review_at=row["review_at"],
        close_proposed_by=row["close_proposed_by"],
        close_proposed_at=row["close_proposed_at"],
        merged_into=row["merged_into"],
        sealed_to=frozenset(map(PersonId, ids_in(row["sealed"]))),
        children=frozenset(map(PupilId, ids_in(row["children"]))),
        reporter_as=ReporterAs(row["reporter_as"]),
        drill=row["drill"],
        now_since=row["now_since"],
        safe_until=row["safe_until"],
        safe_by=row["safe_by"],
        disposed_at=row["disposed_at"],
        version=whole(row["version"]),
    )
