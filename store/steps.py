"""Steps: what has been chased at which step. A unique row decides who acts, however many tick."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from store import statements
from store.tables import steps
from store.work import Work


@dataclass(slots=True)
class Steps:
    work: Work

    async def take(self, subject: UUID, step: str, *, at: datetime) -> bool:
        row = {"school": self.work.school, "subject": subject, "step": step, "taken_at": at}
        fresh = statements.insert(self.work.connection, steps).values(row)
        return await self.work.write(fresh.on_conflict_do_nothing()) == 1

    async def taken(self, subject: UUID) -> Mapping[str, datetime]:
        """Every step of that subject that has been taken, with when."""
        mine = (steps.c.school == self.work.school, steps.c.subject == subject)
        rows = await self.work.rows(select(steps.c.step, steps.c.taken_at).where(*mine))
        return {row["step"]: row["taken_at"] for row in rows}
