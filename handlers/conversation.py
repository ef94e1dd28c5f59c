"""Everything a chat platform can tell us, and everything we can answer at once (DESIGN, section 2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from handlers.rules.chronology import Answers
from handlers.rules.people import Login
from handlers.ui.card import Card, Press, Which
from handlers.ui.form import Form, ListPage, Option, Source

Who = Login
"""Platform, tenant and user: from the verified request alone, never from what a card or form carries."""


class LeftOut(StrEnum):
    """What a reported message held that cannot be taken as words."""

    PICTURE = "picture"
    VIDEO = "video"
    BUTTONS = "buttons"
    TABLE = "table"
    CARD = "card"
    CALL = "call"
    QUOTE = "quote"
    """A message that it answers, of which the platform tells no words."""
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTyped:
    """`/concern ...`, a shortcut, or the message menu's command."""

    who: Who
    text: str = ""
    """What was typed after the command."""
    message: str = ""
    """The text of the message that is being reported, when there is one."""
    author: str = ""
    """Who wrote that message, where the platform says it by name."""
    sent: datetime | None = None
    """When it was written, where the platform says so."""
    left_out: tuple[LeftOut, ...] = ()
    """What else was in it."""
    file: bool = False
    """A picture or another file came with it. Nothing of it is taken, not even its name."""
    in_chat: bool = False
    """Typed as an ordinary message: nothing can be opened at once, so the answer is a card with a button."""
    shared: bool = False
    """Others may read it where it was typed; the answer goes to its writer alone."""
    stray: bool = False
    """It was typed to the app and is no command: nobody reads it there."""

    @property
    def reports(self) -> bool:
        """A message is being reported, also where no word of it could be taken."""
        return bool(self.message or self.author or self.sent or self.left_out)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormSubmitted:
    who: Who
    form: str
    key: str
    page: int
    values: Answers
    back: bool = False
    """The way back was pressed, not the way on."""
    stood: tuple[str, ...] | None = None
    """The fields that were in front of the person, answered or not; None where their client does not say."""
    shown: tuple[str, ...] | None = None
    """The fields that were in front of the person, where their page was too large to be drawn whole; None for all."""
    goto: str = ""
    """The field of the same page that is wanted next, where there is more of it; nothing is complained about yet."""
    in_chat: bool = False
    """The form stands in a message and not in a window: what is shown in it stays in the chat."""
    changed: bool = False
    """Nothing was pressed: an answer was chosen by which the rest of the page is drawn (`ChoiceField.redraws`)."""
    from_list: ListPage | None = None
    """The list that its window was opened from (`Form.from_list`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The message in which a button stood, as the client says it: nothing follows from it without the proof.

    With it a card that we do not know of (sent twice after a lost answer) is taken in (`notices.take_in`).
    """

    channel: str
    message: str
    proof: str = ""
    """What the button carried (`Button.proof`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ButtonPressed:
    who: Who
    press: Press
    subject: UUID
    version: int
    standing: Standing | None = None
    in_window: bool = False
    """It stands in a window of that person's: the answer takes the window's place."""
    from_list: ListPage | None = None
    """The list that stands in the window, or that it was opened from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchTyped:
    who: Who
    source: Source
    query: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CardSeen:
    """A client has a card of ours in front of somebody and asks by itself how it stands: nobody has pressed anything.

    It says which card it is, in which message: nothing follows from either without the proof.
    """

    who: Who
    which: Which
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeOpened:
    """Somebody looks at their own page of the app, where the platform has one. The answer is what stands on it."""

    who: Who


Inbound: TypeAlias = CommandTyped | FormSubmitted | ButtonPressed | SearchTyped | HomeOpened | CardSeen


@dataclass(frozen=True, slots=True)
class OpenForm:
    form: Form


@dataclass(frozen=True, slots=True)
class NextPage:
    form: Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaints:
    """The same form again with everything that was typed, and a sentence beside each field that needs another look."""

    form: Form
    by_field: dict[str, str]
    """By field name; the sentence under the empty name is about the whole form."""
    unseen: bool = False
    """The form was made without a look at what is kept: a window that can stay as it stands is not drawn again."""


@dataclass(frozen=True, slots=True)
class Suggestions:
    options: tuple[Option, ...]
    """The nearest to what was typed; at most 100 (Slack), label at most 75 characters."""
    total: int = 0
    """How many were found, where that is more than are shown here."""


@dataclass(frozen=True, slots=True)
class Tell:
    """Seen by that person only. In answer to a form it takes the form's place."""

    card: Card


Reply: TypeAlias = OpenForm | NextPage | Complaints | Suggestions | Tell
