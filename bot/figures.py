"""What there is to count when somebody asks: of each school, of each job, of the program."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from bot.clock import Clock
from bot.school_file import SchoolFile
from handlers.errors import Away, Busy
from handlers.rules.calendar import Calendar
from handlers.rules.school import SchoolId
from handlers.rules.trouble import Trouble
from store.spool import Spool
from store.unit_of_work import Units

SAYS: Mapping[str, str] = {
    **{f"trouble_{trouble}": "1 while it lasts: the technician's guide says what to do." for trouble in Trouble},
    "outbox_waiting": "Cards that are yet to be delivered.",
    "outbox_dead": "Cards that can never be delivered: their rows are damaged.",
    "outbox_stuck": "Cards that could not be delivered though others could.",
    "concerns_unaccepted": "Concerns that nobody has accepted.",
    "roll_held": "1 while a list of pupils was not taken over.",
    "days_planned": "Days until the terms of the school file run out; 730 where they do not before.",
    "spool_waiting": "What was sent while the database was away and has not come in.",
    "spool_set_aside": "What was sent while the database was away and cannot come in.",
    "schools_shut": "Schools whose key does not open.",
    "database_answers": "1 where the database answers; where it does not, what is counted in it is not here.",
    "job_age_seconds": "How long ago a job was done; no line where this process does none.",
}
"""What each figure is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """By the name of a figure: of the program one, of each job one, of each school one, under its id and no name."""

    program: Mapping[str, float]
    jobs: Mapping[str, Mapping[str, float]]
    schools: Mapping[str, Mapping[str, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    units: Units
    files: Sequence[SchoolFile]
    clock: Clock
    spool: Spool
    ages: Callable[[], Mapping[str, float]]
    """How long ago each job was done, in seconds."""

    async def __call__(self) -> Counted:
        """An operator asks most when the database is away: then what is known without it."""
        shut = self.units.shut()
        try:
            counts = await self.units.counts()
        except (Away, Busy):
            counts = None
        files = {file.school.id: file for file in self.files if file.school.id not in shut}
        of_each = {school: {**(counts or {}).get(school, {}), **self._of(file)} for school, file in files.items()}
        return Counted(
            program={
                "spool_waiting": len(self.spool.waiting()),
                "spool_set_aside": len(self.spool.set_aside()),
                "schools_shut": len(shut),
                "database_answers": int(counts is not None),
            },
            jobs={"job_age_seconds": self.ages()},
            schools=_by_name(of_each),
        )

    def _of(self, file: SchoolFile) -> Mapping[str, float]:
        held = self.units.held(file.school.id) is not None
        return {"roll_held": int(held), "days_planned": self._planned(file.school.calendar)}

    def _planned(self, calendar: Calendar) -> int:
        """Days until the terms run out; two years where they do not before."""
        today = self.clock().astimezone(calendar.zone).date()
        first = calendar.first_unplanned(today)
        return 2 * 365 if first is None else (first - today).days


def _by_name(of_each: Mapping[SchoolId, Mapping[str, float]]) -> Mapping[str, Mapping[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for school, figures in of_each.items():
        for name, value in figures.items():
            found.setdefault(name, {})[str(school)] = value
    return found
