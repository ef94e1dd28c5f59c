"""When things happen: the jobs of every wing, for one clock to tick. No state, no rule, no query here.

Every process may tick, as often as it likes: what was done at which step is a row with a unique key (`ports.Steps`).
"""

from handlers import wings
from handlers.wing import Job, Uses

__all__ = ["TIMETABLE", "Job", "Uses"]

TIMETABLE: tuple[Job, ...] = tuple(job for wing in wings.EVERY for job in wing.jobs)
