"""Steps: what has been chased at which step. A unique row decides who acts, however many tick."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from store import statements
from store.packing import pages
from store.tables import steps
from store.work import SCHOOL, Work

_TAKEN = select(steps.c.subject, steps.c.step, steps.c.taken_at).where(
    steps.c.school == SCHOOL, steps.c.subject.in_(bindparam("subjects", expanding=True))
)
_AT_ONCE = 500
"""Subjects in one statement."""


@dataclass(slots=True)
class Steps:
    work: Work

    async def take(self, subject: UUID, step: str, *, at: datetime) -> bool:
        row = {"school": self.work.school, "subject": subject, "step": step, "taken_at": at}
        fresh = statements.insert(self.work.connection, steps).values(row)
        return await self.work.write(fresh.on_conflict_do_nothing()) == 1

    async def taken(self, subject: UUID) -> Mapping[str, datetime]:
        """Every step of that subject that has been taken, with when."""
        return (await self.taken_of((subject,)))[subject]

    async def taken_of(self, subjects: Collection[UUID]) -> Mapping[UUID, Mapping[str, datetime]]:
        found: dict[UUID, dict[str, datetime]] = {subject: {} for subject in subjects}
        for some in pages(list(found), _AT_ONCE):
            for row in await self.work.rows(_TAKEN, subjects=list(some)):
                found[row["subject"]][row["step"]] = row["taken_at"]
        return found
