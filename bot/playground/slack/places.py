"""Channels and the messages in them: what Slack keeps.

State and its lookups only: who may post, and in which form, is checked before anything gets here.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.wire import Json


class Kind(StrEnum):
    """What sort of conversation; the values are the page's words."""

    IM = "im"
    PUBLIC = "channel"
    PRIVATE = "group"


@dataclass(slots=True, kw_only=True)
class Message:
    """One message in a channel."""

    ts: str
    author: str
    """The user id of a person; empty for the bot."""
    author_name: str
    at: float
    """Seconds since 1970."""
    text: str
    blocks: list[Json]
    turn: int
    """Rises with every change anywhere: what changed last has the highest."""
    edited: int = 0
    deleted: bool = False
    only_for: str | None = None
    """The user id of the one person who sees it: an ephemeral message."""
    files: list[Json] = field(default_factory=list[Json])
    """What hangs on it, as payloads carry it: names and addresses, never the bytes."""
    metadata: Json = field(default_factory=dict[str, object])


@dataclass(slots=True, kw_only=True)
class Channel:
    """A direct message with the bot, a public or a private channel."""

    id: str
    kind: Kind
    name: str
    members: list[str]
    """User ids of the people in it; the bot's own is not among them."""
    with_bot: bool = True
    archived: bool = False
    ext_shared: bool = False
    """Shared with another organisation (Slack Connect)."""
    messages: list[Message] = field(default_factory=list[Message])

    def find(self, ts: str) -> Message | None:
        """The message with that timestamp that is still there."""
        return next((found for found in self.messages if found.ts == ts and not found.deleted), None)

    def seen_by(self, user: str) -> tuple[Message, ...]:
        """What a person sees here, oldest first; nothing when they are no member."""
        if user not in self.members:
            return ()
        return tuple(found for found in self.messages if not found.deleted and found.only_for in (None, user))
