"""What there is to count: of each school the store's figures and its file's, of the program what is its own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.school_file import SchoolFile
from handlers.rules.calendar import Calendar
from handlers.rules.school import SchoolId
from store.spool import Spool
from store.unit_of_work import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A figure by its name; of a school, under its id and never its name."""

    program: Mapping[str, int]
    schools: Mapping[SchoolId, Mapping[str, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    units: Units
    files: Sequence[SchoolFile]
    clock: Clock
    spool: Spool

    async def __call__(self) -> Counted:
        shut = self.units.shut()
        counts = await self.units.counts()
        files = {file.school.id: file for file in self.files if file.school.id not in shut}
        return Counted(
            program={
                "spool_waiting": len(self.spool.waiting()),
                "spool_set_aside": len(self.spool.set_aside()),
                "schools_shut": len(shut),
            },
            schools={school: {**counts[school], **self._of(file)} for school, file in files.items()},
        )

    def _of(self, file: SchoolFile) -> Mapping[str, int]:
        held = self.units.held(file.school.id) is not None
        return {"roll_held": int(held), "days_planned": self._planned(file.school.calendar)}

    def _planned(self, calendar: Calendar) -> int:
        """Days until the terms run out; two years where they do not before."""
        today = self.clock().astimezone(calendar.zone).date()
        first = calendar.first_unplanned(today)
        return 2 * 365 if first is None else (first - today).days
