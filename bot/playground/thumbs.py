"""What a person can see and do on either platform: the same gestures, told once.

`bot/playground/slack/thumbs.py` and `bot/playground/teams/thumbs.py` each implement `Thumbs` by doing
what that platform's own client does: drawing what it was sent, refusing what it would refuse, and
sending signed requests. Journeys and the page are written against this file alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

Answer = str | Sequence[str]
"""What a person puts into a field: words, a choice by its label, `2026-11-24`, `10:15`, or several choices.
In a typeahead the words are typed, and the one suggestion that they name (or the only one) is picked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownField:
    """A field as drawn: its label is how a person finds it."""

    label: str
    kind: str
    """`text`, `long_text`, `choice`, `choices`, `date`, `time`, `pick` (typeahead)."""
    required: bool = False
    value: Answer = ""
    options: tuple[str, ...] = ()
    complaint: str = ""
    """The sentence shown beside the field, if any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A modal, dialog or form inside a message, open for one person alone."""

    title: str
    words: str
    """All text that is shown outside the fields, in order, one paragraph a line."""
    fields: tuple[ShownField, ...] = ()
    buttons: tuple[str, ...] = ()
    handle: str = ""
    """The platform's own id of it (view id, dialog, message)."""

    def field(self, label: str) -> ShownField:
        """The field with that label; KeyError when it is not shown."""
        for shown in self.fields:
            if shown.label == label:
                return shown
        raise KeyError(label)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One message as a person sees it."""

    id: str
    place: str
    """`leads` for the leads' private channel, `bot` for the chat with the bot, else the channel's name."""
    words: str
    preview: str
    """What a notification shows: Slack's `text`, Teams' `summary`."""
    buttons: tuple[str, ...] = ()
    only_me: bool = False
    """An ephemeral message or a targeted one."""
    edited: int = 0
    """How often it was updated in place."""
    raw: Mapping[str, object] = field(default_factory=dict[str, object])


class PlatformRefused(Exception):
    """The stand-in refused what the real platform would refuse; the text says which rule."""


class Thumbs(Protocol):
    """One person, holding one platform's client."""

    @property
    def platform(self) -> str: ...

    async def say(self, text: str, *, place: str = "bot", file: str = "") -> None:
        """Type and send, with a picture of that name: PlatformRefused where none can be sent.

        A text that begins with a slash is a command where the platform has those.
        """
        ...

    def window(self) -> Window | None:
        """What is open in front of this person now."""
        ...

    async def fill(self, answers: Mapping[str, Answer]) -> None:
        """Put answers into the open window, by label. KeyError when a label is not there."""
        ...

    async def press(self, label: str, *, on: Seen | None = None) -> None:
        """Press a button of the open window, or of a message."""
        ...

    def chat(self, place: str = "bot") -> tuple[Seen, ...]:
        """The messages that this person sees in a place, oldest first. Empty when they are no member."""
        ...

    async def type_only(self, label: str, words: str) -> None:
        """Type into a typeahead and choose none of what it suggests."""
        ...

    async def report_message(self, text: str, *, by: str = "A colleague", file: str = "") -> None:
        """Use the message menu's command on somebody's message with that text, and with a file of that name."""
        ...

    async def start_from_menu(self) -> None:
        """Use the platform's own way in without typing: global shortcut, message-extension command."""
        ...

    async def close(self) -> None:
        """Close the open window without sending it."""
        ...
