"""Response URLs: an address of Slack's that answers something a person did, five times within half an hour.

What is done with an answer is not known here.
"""

import time
import uuid
from dataclasses import dataclass, field

from bot.playground.slack.places import Channel, Message
from bot.playground.slack.refusal import Refusal

USES = 5
SECONDS = 30 * 60.0
"""How often and how long (Slack, "Handling user interaction: message responses")."""


@dataclass(slots=True, kw_only=True)
class Hook:
    channel: Channel
    user: str
    original: Message | None
    """The message that was pressed, if it was one."""
    born: float
    left: int = USES


@dataclass(slots=True, kw_only=True)
class Hooks:
    """All response URLs given out, by their secret part."""

    _known: dict[str, Hook] = field(default_factory=dict[str, Hook])

    def issue(self, channel: Channel, user: str, original: Message | None = None) -> str:
        """The secret part of a new response URL."""
        made = uuid.uuid4().hex
        self._known[made] = Hook(channel=channel, user=user, original=original, born=time.monotonic())
        return made

    def take(self, secret: str) -> Hook:
        """The hook, used once more. Refusal when it is unknown, too old or used up."""
        found = self._known.get(secret)
        if found is None:
            raise Refusal("no_service")
        if time.monotonic() - found.born > SECONDS:
            raise Refusal("expired_url")
        if found.left < 1:
            raise Refusal("used_url")
        found.left -= 1
        return found
