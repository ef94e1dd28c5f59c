"""Conversations and the messages in them: what Teams keeps.

State and its lookups only: who may post, and in which form, is checked before anything gets here.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.playground.wire import Json, as_objects, as_text

ADAPTIVE = "application/vnd.microsoft.card.adaptive"


class Kind(StrEnum):
    """`conversationType` as Teams says it."""

    PERSONAL = "personal"
    CHANNEL = "channel"


@dataclass(slots=True, kw_only=True)
class Posted:
    """One message in a conversation."""

    id: str
    author: str
    """The object id of a person; empty for the bot."""
    author_name: str
    at: float
    """Seconds since 1970."""
    activity: Json
    turn: int
    """Rises with every change anywhere: what changed last has the highest."""
    edited: int = 0
    deleted: bool = False
    only_for: str | None = None
    """The object id of the one person who sees it."""
    views: dict[str, Json] = field(default_factory=dict[str, Json])
    """Cards that stand in place of the message's own, by object id: answers to `adaptiveCard/action`."""

    def cards_for(self, aad: str) -> tuple[Json, ...]:
        """The Adaptive Cards that a person sees in this message."""
        own = tuple(
            found["content"]
            for found in as_objects(self.activity.get("attachments"))
            if found.get("contentType") == ADAPTIVE
        )
        return (self.views[aad],) if aad in self.views else own

    @property
    def text(self) -> str:
        return as_text(self.activity.get("text"))

    @property
    def preview(self) -> str:
        """What a notification shows: the summary, else the text, else that a card came."""
        return as_text(self.activity.get("summary")) or self.text or "Sent a card"


@dataclass(slots=True, kw_only=True)
class Conversation:
    """A personal chat or a channel."""

    id: str
    kind: Kind
    name: str
    members: list[str]
    """Object ids of the people in it."""
    private: bool = False
    with_bot: bool = True
    """Whether the app is installed here; without it the bot is not on the roster."""
    messages: list[Posted] = field(default_factory=list[Posted])

    def find(self, message: str) -> Posted | None:
        """The message with that id that is still there."""
        return next((found for found in self.messages if found.id == message and not found.deleted), None)

    def seen_by(self, aad: str) -> tuple[Posted, ...]:
        """What a person sees here, oldest first; nothing when they are no member."""
        if aad not in self.members:
            return ()
        return tuple(found for found in self.messages if not found.deleted and found.only_for in (None, aad))


def root_of(conversation: str) -> tuple[str, str]:
    """A conversation id without its thread, and the thread's first message (empty when there is none)."""
    channel, _, root = conversation.partition(";messageid=")
    return channel, root
