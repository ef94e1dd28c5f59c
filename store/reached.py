"""How far a school's trail had come, as it is told to those who keep it apart from the database."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from handlers.rules.chronology import Reached
from store.notes import NoNote, line_of, read_note
from store.trail_tables import checkpoints
from store.work import SCHOOL, Work

_MINE = checkpoints.c.school == SCHOOL
_NEWEST = select(func.max(checkpoints.c.size).label("size")).where(_MINE)
_AT = select(checkpoints.c.note).where(_MINE, checkpoints.c.size == bindparam("size"))


@dataclass(slots=True)
class Checkpoints:
    work: Work

    async def newest(self) -> Reached | None:
        row = await self.work.first(_NEWEST)
        return await self.at(row["size"]) if row and row["size"] is not None else None

    async def at(self, entries: int) -> Reached | None:
        """None where there is none, or where what is stored is none any more."""
        row = await self.work.first(_AT, size=entries)
        try:
            return Reached(entries=entries, line=line_of(read_note(row["note"].decode()))) if row else None
        except (NoNote, UnicodeDecodeError):
            return None
