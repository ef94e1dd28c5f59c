"""Concerns: rows to frozen values and back, with compare-and-set. Decides nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from handlers.errors import MovedOn
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import About, Concern, ConcernId, Outcome, Route, Status, Urgency
from handlers.rules.people import PersonId
from handlers.rules.school import School
from store import statements
from store.audit import Trail
from store.tables import concern_named, concern_references, concerns
from store.work import Work

_FIRST_MONTH = 9
"""The school year begins on 1 September (England)."""


@dataclass(slots=True)
class Concerns:
    work: Work
    trail: Trail
    school: School

    async def get(self, id: ConcernId) -> Concern | None:
        return next(iter(await self._where(concerns.c.id == id)), None)

    async def next_reference(self, *, at: datetime) -> str:
        """`26-0001`: the starting year of the school year, on the school's own clock, and a number without gaps."""
        local = at.astimezone(self.school.calendar.zone)
        year = local.year if local.month >= _FIRST_MONTH else local.year - 1
        row = {"school": self.work.school, "year": year, "last": 1}
        fresh = statements.insert(self.work.connection, concern_references).values(row)
        last = concern_references.c.last
        counted = fresh.on_conflict_do_update(index_elements=["school", "year"], set_={"last": last + 1})
        await self.work.head.take()
        number = (await self.work.connection.execute(counted.returning(last))).scalar_one()
        return f"{year % 100:02d}-{number:04d}"

    async def save(self, concern: Concern, *, because: Entry) -> Sealed:
        """Raises `MovedOn` when the stored version is another, or when that id is another concern by now."""
        if not await self._update(concern):
            await self._insert(concern)
        await self._name(concern)
        return await self.trail.append(because)

    async def unaccepted(self) -> Sequence[Concern]:
        """Submitted or seen, with no owner; oldest first."""
        return await self._where(concerns.c.status.in_((Status.SUBMITTED, Status.SEEN)), concerns.c.owner.is_(None))

    async def open(self) -> Sequence[Concern]:
        return await self._where(concerns.c.status != Status.CLOSED)

    async def reported_by(self, person: PersonId) -> Sequence[Concern]:
        """Oldest first."""
        return await self._where(concerns.c.reporter == person)

    async def _where(self, *wanted: ColumnElement[bool]) -> Sequence[Concern]:
        mine = (concerns.c.school == self.work.school, *wanted)
        order = (concerns.c.submitted_at, concerns.c.reference)
        rows = await self.work.rows(select(concerns).where(*mine).order_by(*order))
        if not rows:
            return []
        among = select(concerns.c.id).where(*mine)
        named = await self._named(concern_named.c.concern.in_(among))
        return [_concern(row, named.get(row["id"], frozenset())) for row in rows]

    async def _named(self, wanted: ColumnElement[bool]) -> dict[UUID, frozenset[PersonId]]:
        query = select(concern_named).where(concern_named.c.school == self.work.school, wanted)
        named: dict[UUID, frozenset[PersonId]] = {}
        for row in await self.work.rows(query):
            named[row["concern"]] = named.get(row["concern"], frozenset()) | {PersonId(row["person"])}
        return named

    async def _update(self, concern: Concern) -> bool:
        """The reference is compared too: of two submissions under one id, the later must find the first."""
        found = (
            concerns.c.school == self.work.school,
            concerns.c.id == concern.id,
            concerns.c.version == concern.version,
            concerns.c.reference == concern.reference,
        )
        values = _values(concern) | {"version": concern.version + 1}
        return await self.work.write(update(concerns).where(*found).values(values)) == 1

    async def _insert(self, concern: Concern) -> None:
        if concern.version != 1 or await self.get(concern.id) is not None:
            raise MovedOn
        fixed = {"school": self.work.school, "id": concern.id, "version": 1}
        await self.work.write(insert(concerns).values(_values(concern) | fixed))

    async def _name(self, concern: Concern) -> None:
        mine = (concern_named.c.school == self.work.school, concern_named.c.concern == concern.id)
        stored = (await self._named(concern_named.c.concern == concern.id)).get(concern.id, frozenset())
        if gone := stored - concern.named:
            await self.work.write(delete(concern_named).where(*mine, concern_named.c.person.in_(gone)))
        if new := concern.named - stored:
            rows: list[dict[str, object]] = [
                {"school": self.work.school, "concern": concern.id, "person": person} for person in new
            ]
            await self.work.write(insert(concern_named), rows)


def _values(concern: Concern) -> dict[str, object]:
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
    }


def _concern(row: RowMapping, named: frozenset[PersonId]) -> Concern:
    return Concern(
        id=ConcernId(row["id"]),
        reference=row["reference"],
        reporter=PersonId(row["reporter"]),
        about=About(row["about"]),
        route=Route(row["route"]),
        urgency=Urgency(row["urgency"]),
        submitted_at=row["submitted_at"],
        status=Status(row["status"]),
        named=named,
        seen_at=row["seen_at"],
        owner=row["owner"],
        accepted_at=row["accepted_at"],
        offered_to=row["offered_to"],
        rung=row["rung"],
        escalated_at=row["escalated_at"],
        outcome=None if row["outcome"] is None else Outcome(row["outcome"]),
        triaged_at=row["triaged_at"],
        closed_at=row["closed_at"],
        version=row["version"],
    )
