"""The one clock of the program. In the playground it can be moved on; nowhere else."""

from datetime import UTC, datetime, timedelta


class Clock:
    """Real time in UTC, plus what it has been moved on by."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self._ahead

    def move(self, by: timedelta) -> None:
        """Move time on. For the playground alone: time never goes back."""
        if by < timedelta():
            message = "time only moves on"
            raise ValueError(message)
        self._ahead += by
