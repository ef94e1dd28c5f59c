"""Trigger ids: each good for one modal, for three seconds by the real clock.

Nothing here knows what is opened with them.
"""

import time
import uuid
from dataclasses import dataclass, field

from bot.playground.slack.refusal import Refusal
from bot.playground.slack.stack import Stack

SECONDS = 3.0
"""How long a trigger lives (Slack, "Interactivity: using trigger_ids")."""


@dataclass(slots=True, kw_only=True)
class Trigger:
    stack: Stack
    """Whose screen it opens something on."""
    from_view: str
    """The id of the view that it came from; empty for a command, a shortcut or a message."""
    born: float
    used: bool = False


@dataclass(slots=True, kw_only=True)
class Triggers:
    """All trigger ids given out."""

    _known: dict[str, Trigger] = field(default_factory=dict[str, Trigger])

    def issue(self, stack: Stack, *, from_view: str = "") -> str:
        """A new trigger id for something that a person did."""
        made = f"{int(time.time() * 1000)}.{uuid.uuid4().int % 10**12}.{uuid.uuid4().hex}"
        self._known[made] = Trigger(stack=stack, from_view=from_view, born=time.monotonic())
        return made

    def look(self, trigger_id: str) -> Trigger:
        """The trigger, if it can still be used. Refusal when it is unknown, used up or too old."""
        found = self._known.get(trigger_id)
        if found is None:
            raise Refusal("invalid_trigger_id")
        if found.used:
            raise Refusal("exchanged_trigger_id")
        if time.monotonic() - found.born > SECONDS:
            raise Refusal("expired_trigger_id")
        return found
