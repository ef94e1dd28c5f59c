"""Who is away, from when until when, and who covers: read from what they said themselves. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from handlers.rules.chronology import Deed, Sealed
from handlers.rules.people import PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    person: PersonId
    cover: PersonId
    first: date
    last: date
    """The last day away, on the school's calendar."""
    said: Sealed
    """The entry that says so, with the note where it was opened."""

    def now(self, at: datetime, zone: ZoneInfo) -> bool:
        return self.first <= at.astimezone(zone).date() <= self.last


def latest(trail: Sequence[Sealed], *, at: datetime, zone: ZoneInfo) -> Absence | None:
    """What they said last, if it is not over and they have not come back: it may begin on a later day."""
    told = [line for line in trail if line.entry.deed in {Deed.AWAY, Deed.BACK}]
    if not told or told[-1].entry.deed is Deed.BACK:
        return None
    entry = told[-1].entry
    assert entry.thing is not None
    found = Absence(
        person=PersonId(entry.thing),
        cover=PersonId(UUID(entry.facts["cover"])),
        first=date.fromisoformat(entry.facts["from"]),
        last=date.fromisoformat(entry.facts["until"]),
        said=told[-1],
    )
    return found if at.astimezone(zone).date() <= found.last else None
