"""The one clock of the program. In the playground it can be moved on; nowhere else."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time in UTC, plus what it is ahead by (nothing, for a school)."""

    def __init__(self, *, ahead: timedelta = timedelta()) -> None:
        self._ahead = ahead

    @classmethod
    def started_at(cls, moment: datetime) -> "Clock":
        """A clock that shows that moment now and goes on from there. For the playground and the tests alone."""
        return cls(ahead=moment - datetime.now(UTC))

    @property
    def ahead(self) -> timedelta:
        return self._ahead

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, by: timedelta) -> None:
        """Move time on. For the playground alone: time never goes back."""
        if by < timedelta():
            message = "time only moves on"
            raise ValueError(message)
        self._ahead += by
