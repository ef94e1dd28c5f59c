"""Steps: what has been chased at which step. A unique row decides who acts, however many tick."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import bindparam, select

from store import statements
from store.delivery_tables import steps
from store.head import NoTurn
from store.packing import pages
from store.work import SCHOOL, Work

_TAKEN = select(steps.c.subject, steps.c.step, steps.c.taken_at).where(
    steps.c.school == SCHOOL, steps.c.subject.in_(bindparam("subjects", expanding=True))
)
_AT_ONCE = 500
"""Subjects in one statement."""


@dataclass(slots=True)
class Steps:
    work: Work
    _known: dict[UUID, dict[str, datetime]] = field(default_factory=dict[UUID, dict[str, datetime]])
    """What this unit of work has read and taken, by subject."""

    async def take(self, subject: UUID, step: str, *, at: datetime) -> bool:
        """Who only looks finds one that is taken, and need not write to know it: most ticks find nothing else."""
        if isinstance(self.work.head, NoTurn):
            await self.taken(subject)
        if step in self._known.get(subject, ()):
            return False
        row: dict[str, object] = {"school": self.work.school, "subject": subject, "step": step, "taken_at": at}
        taken = await self.work.write(statements.fresh(self.work.connection, steps), row) == 1
        if taken and subject in self._known:
            self._known[subject][step] = at.astimezone(UTC)
        return taken

    async def taken(self, subject: UUID) -> Mapping[str, datetime]:
        """Every step of that subject that has been taken, with when."""
        return (await self.taken_of((subject,)))[subject]

    async def taken_of(self, subjects: Collection[UUID]) -> Mapping[UUID, Mapping[str, datetime]]:
        fresh: dict[UUID, dict[str, datetime]] = {subject: {} for subject in subjects if subject not in self._known}
        for some in pages(list(fresh), _AT_ONCE):
            for row in await self.work.rows(_TAKEN, subjects=list(some)):
                fresh[row["subject"]][row["step"]] = row["taken_at"]
        self._known |= fresh
        return {subject: dict(self._known[subject]) for subject in subjects}
