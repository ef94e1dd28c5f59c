"""Signs, every five minutes and at the end, how far each log has come, and copies it out of the database."""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot import logs
from handlers.rules.school import SchoolId
from schedules.timetable import Job, Uses
from store import kept_outside
from store.checkpoints import Kept, NotGrown
from store.notes import Signer
from store.unit_of_work import Units

EVERY = 300.0
"""Seconds between checkpoints: what is younger than the newest that lies outside could be written anew unseen."""


@dataclass(frozen=True, slots=True)
class Notary:
    units: Units
    signer: Signer
    folder: Path | None
    """Where copies go, apart from the database; None where nowhere."""

    def job(self) -> Job:
        async def tick(_: Uses, __: datetime) -> None:
            await self.sign()

        return Job(name="checkpoints", every=EVERY, run=tick)

    async def sign(self) -> None:
        """Every log that has grown. A log that was changed is not signed, and that is said."""
        for school in (*self.units.schools(), None):
            try:
                kept = await self.units.sign(school, self.signer)
            except NotGrown:
                logs.error("trail_broken", school=school)
                continue
            if kept is not None and self.folder is not None:
                await self._copy(school, kept, self.folder)

    async def _copy(self, school: SchoolId | None, kept: Kept, folder: Path) -> None:
        try:
            await asyncio.to_thread(kept_outside.put, folder, kept)
        except kept_outside.Forked:
            logs.error("trail_forked", school=school, entries=kept.checkpoint.size)
        except OSError as error:
            logs.error("checkpoint_not_copied", school=school, errno=error.errno)
