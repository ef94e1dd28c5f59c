"""Bad weather on demand: what the next calls run into, and how many a second the platform takes.

Times and counts only; what is refused, and in which words, is the business of the routes.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

Windows = tuple[tuple[int, float], ...]

class Fault(StrEnum):
    """What can be ordered for the next calls."""

    TOO_MANY = "429"
    PRECONDITION = "412"
    INTERNAL = "500"
    BAD_GATEWAY = "502"
    UNAVAILABLE = "503"
    GATEWAY_TIMEOUT = "504"
    DROP = "drop"
    """Done, and then the line goes dead: the caller cannot know that it was done."""
    DELAY = "delay"
    """Done, after a while."""
    REDIRECT = "redirect"
    """Sent elsewhere: a caller that follows has handed its token to a stranger."""
    UNAUTHORISED = "401"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    fault: Fault
    retry_after: float = 1
    """Seconds, for `429`."""
    seconds: float = 0
    """For `delay`."""
    location: str = ""
    """For `redirect`."""
    only: str = ""
    """The one kind of call that runs into it; empty for whichever comes first."""


@dataclass(slots=True, kw_only=True)
class Switchboard:
    """The faults ordered for the next calls, taken in turn."""

    throttled: bool = True
    """Whether the platform's own limits are kept."""
    _ordered: deque[Ordered] = field(default_factory=deque[Ordered])

    def next(
        self, count: int, fault: Fault | str, *, retry_after: float = 1, seconds: float = 0, only: str = ""
    ) -> None:
        """Order a fault for the next `count` calls; `retry_after` and `seconds` are in seconds."""
        ordered = Ordered(fault=Fault(fault), retry_after=retry_after, seconds=seconds, only=only)
        self._ordered.extend(ordered for _ in range(count))

    def redirect(self, count: int, location: str) -> None:
        """Order redirects for the next `count` calls."""
        self._ordered.extend(Ordered(fault=Fault.REDIRECT, location=location) for _ in range(count))

    def take(self, kind: str = "") -> Ordered | None:
        """The fault that this call runs into, if any."""
        found = next((ordered for ordered in self._ordered if ordered.only in ("", kind)), None)
        if found:
            self._ordered.remove(found)
        return found

    def clear(self) -> None:
        """Fair weather again."""
        self._ordered.clear()


class Throttle:
    """Counts calls in sliding windows, by any key."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._calls: dict[str, deque[float]] = {}

    def wait_for(self, key: str, windows: Windows) -> float:
        """Seconds until this call would be taken; 0 when it is taken now, and counted."""
        now = self._now()
        calls = self._calls.setdefault(key, deque())
        while calls and now - calls[0] >= max(seconds for _, seconds in windows):
            calls.popleft()
        wait = max(_wait(calls, now, *window) for window in windows)
        if wait <= 0:
            calls.append(now)
        return wait


def _wait(calls: deque[float], now: float, most: int, seconds: float) -> float:
    recent = [call for call in calls if now - call < seconds]
    return recent[-most] + seconds - now if len(recent) >= most else 0
