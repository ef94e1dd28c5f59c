"""Whether a door turns away more than it should: by how often and by which code, and never by what was sent."""

from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from time import monotonic

from bot.front import Noted
from bot.intake import TurnedAway
from bot.signs import NOTHING, Found
from handlers.rules.trouble import Trouble

MANY, SOON = 20, 60.0
"""So many in so many seconds that are not proved to be the platform's: nobody comes to a school's door by chance."""
FEW, LATELY = 3, 600.0
"""So many in so many seconds that look like the platform's own in all but the proof: in a quiet school a secret that
was changed on the other side makes no more."""
LIKE_ITS_OWN = frozenset({"slack_signature_wrong", "teams_token_not_good", "teams_wrong_issuer"})
QUIET_FOR = 600.0
"""Seconds after which it is over, where no more came than may come."""


class _Count:
    """Whether the last `most` came within so many seconds."""

    def __init__(self, most: int, within: float) -> None:
        self._times: deque[float] = deque(maxlen=most)
        self._most = most
        self._within = within

    def crossed(self, now: float) -> bool:
        self._times.append(now)
        return len(self._times) == self._most and now - self._times[0] <= self._within


@dataclass(slots=True, kw_only=True)
class Storm:
    """Of one door. `now` in seconds, of a clock that nobody sets."""

    _all: _Count = field(default_factory=lambda: _Count(MANY, SOON))
    _alike: _Count = field(default_factory=lambda: _Count(FEW, LATELY))
    _last: tuple[float, str] = field(default=(float("-inf"), ""))
    """When it was last too many, and the code of the one that made it so."""

    def refused(self, refusal: TurnedAway, now: float) -> None:
        if refusal.status != 401:
            return
        many = self._all.crossed(now)
        alike = refusal.why in LIKE_ITS_OWN and self._alike.crossed(now)
        if many or alike:
            self._last = (now, refusal.why)

    def found(self, now: float) -> Found:
        return {Trouble.SIGNATURES_REFUSED: self._last[1]} if now - self._last[0] < QUIET_FOR else NOTHING


class Storms:
    """One for each platform that something is set up on. What is refused is told to `also`, whichever door it is."""

    def __init__(self, platforms: Collection[str], *, also: Noted) -> None:
        self._storms = {platform: Storm() for platform in platforms}
        self._also = also

    def refused(self, door: str, refusal: TurnedAway) -> None:
        self._also(door, refusal)
        if storm := self._storms.get(door):
            storm.refused(refusal, monotonic())

    async def __call__(self) -> Mapping[str, Found]:
        """By platform."""
        return {platform: storm.found(monotonic()) for platform, storm in self._storms.items()}
