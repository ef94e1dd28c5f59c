"""How far this machine's clock is from the platforms': each of their answers says by `Date` when it was made.

A database on the same machine has the same clock, so it says nothing of it. Of an answer the moment alone is kept.
"""

import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC
from email.utils import parsedate_to_datetime

TWICE = 2
"""Answers of one platform that must say so one after the other: something between may have kept one of before."""
LATELY = 600.0
"""Seconds for which what a platform said counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    at: float
    apart: float
    """Seconds by which the platform's clock was ahead of ours."""


class Dates:
    """One for each process. `wall` is the clock in question, `steady` one that nobody can set."""

    def __init__(
        self, wall: Callable[[], float] = time.time, steady: Callable[[], float] = time.monotonic
    ) -> None:
        self._wall = wall
        self._steady = steady
        self._heard: dict[str, deque[_Heard]] = {}

    def heard(self, platform: str, headers: Mapping[str, str]) -> None:
        """An answer of that platform has come. One that lay in a cache says when it was put there, and is passed by."""
        shown = None if headers.get("age") else _seconds(headers.get("date", ""))
        if shown is not None:
            told = _Heard(at=self._steady(), apart=shown - self._wall())
            self._heard.setdefault(platform, deque(maxlen=TWICE)).append(told)

    def apart(self) -> float:
        """Seconds by which the platforms are ahead of this machine: what all that answered lately say at least; 0 where
        none did twice."""
        now = self._steady()
        lately = [told for told in self._heard.values() if len(told) == TWICE and now - told[-1].at < LATELY]
        return min((one.apart for told in lately for one in told), key=abs, default=0.0)


def _seconds(date: str) -> float | None:
    try:
        shown = parsedate_to_datetime(date)
    except ValueError:
        return None
    return shown.replace(tzinfo=shown.tzinfo or UTC).timestamp()
