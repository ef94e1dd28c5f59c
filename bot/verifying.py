"""What `verify` says of a school's audit trail. It opens the database to read alone, and needs no key for it."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.ext.asyncio import AsyncConnection

from bot.school_file import SchoolFileFaulty, read_school_file
from bot.settings import Settings
from handlers.rules.school import SchoolId
from store.reading_only import Opened, Unverifiable, open_to_read
from store.verifying import Fault, Log, entries_of, walk

HOLDS, BROKEN, UNVERIFIED = 0, 1, 2
"""How the command ends: every entry follows; one does not; nothing could be verified."""


@dataclass(frozen=True, slots=True)
class Verdict:
    status: int
    words: str


async def verify_trail(settings: Settings, path: Path) -> Verdict:
    """Whether the trail of the school holds. A trail that is not there, or is empty, is never said to hold."""
    try:
        file = read_school_file(path, roll_may_fail=True)
        async with open_to_read(settings.database_url) as opened:
            return await _verdict(opened, file.school.id)
    except (SchoolFileFaulty, Unverifiable) as why:
        return Verdict(UNVERIFIED, str(why))


async def _verdict(opened: Opened, school: SchoolId) -> Verdict:
    async with opened.reading() as connection:
        known = await _known(connection, school)
        found, away = await walk(connection, Log(school)), await walk(connection, Log(None))
    if fault := found.fault or (Fault(sequence=1, what="is missing") if not found.peaks.size and known else None):
        return Verdict(BROKEN, f"The audit trail does not hold: entry {fault.sequence} {fault.what}.")
    if away.fault:
        words = f"The list of those turned away does not hold: entry {away.fault.sequence} {away.fault.what}."
        return Verdict(BROKEN, words)
    return Verdict(HOLDS, f"The audit trail holds: each of its {found.peaks.size} entries follows from the one before.")


async def _known(connection: AsyncConnection, school: SchoolId) -> int:
    """How many entries the school has or should have. Raises `Unverifiable` where it was never served, or has none."""
    counted = await entries_of(connection, school)
    if counted is None:
        raise Unverifiable(
            "This database holds nothing of the school in that file: it is another database, or the key of the school "
            "in the file has changed. Nothing was verified."
        )
    if counted == 0:
        raise Unverifiable("The audit trail of this school is empty: nothing has happened yet. Nothing was verified.")
    return counted
