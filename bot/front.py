"""What both doors need of the desk, and how each lets it know of a request that was turned away."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from bot import logs
from bot.intake import Quiet, TurnedAway
from handlers.conversation import Inbound, Reply, Who


class FrontDesk(Protocol):
    """What an adapter needs of `handlers.desk.desk.Desk`."""

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply: ...

    async def turned_away(self, why: str, who: Who | None = None) -> None: ...


Noted = Callable[[str, TurnedAway], None]
"""Counts a refusal of that door."""


def unnoted(door: str, refusal: TurnedAway) -> None:
    """Nobody counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusals:
    """Those of one door: each counted and in the log, one of a kind a minute in the trail."""

    desk: FrontDesk
    quiet: Quiet
    door: str
    noted: Noted = unnoted

    async def tell(self, refusal: TurnedAway) -> None:
        """Keep that somebody was turned away; the answer is the same when it cannot be kept."""
        logs.event(f"{self.door}_turned_away", why=refusal.why)
        self.noted(self.door, refusal)
        if not self.quiet.worth_telling(refusal.why):
            return
        try:
            await self.desk.turned_away(refusal.why, refusal.who)
        except Exception as error:  # noqa: BLE001 (a refusal must not become a 500)
            logs.mishap(f"{self.door}_turned_away", error)


def seconds_asked(value: str) -> float:
    """What a Retry-After header asks for, in seconds; 0 where it asks for nothing (RFC 9110's date form is not used by
    either platform)."""
    return float(value) if value.isascii() and value.isdigit() and len(value) <= 6 else 0.0
