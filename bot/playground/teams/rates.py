"""How many calls a second Teams takes from one bot: numbers only."""

from collections.abc import Mapping

from bot.playground.switchboard import Windows

PER_CONVERSATION: Mapping[str, Windows] = {
    "send": ((7, 1), (8, 2), (60, 30), (1800, 3600)),
    "create": ((7, 1), (8, 2), (60, 30), (1800, 3600)),
    "members": ((14, 1), (16, 2), (120, 30), (3600, 3600)),
}
"""(calls, seconds) for one bot in one thread (Teams, "Optimize your bot with rate limiting")."""

PER_TENANT: Windows = ((30, 1),)
"""(calls, seconds) for one app in one tenant (same page, global limit)."""
