"""A form, described once. The renderers in bot/ draw every part below; pyright fails where one is missing.

A form is a window for one person: fields to fill, words to read, or both. Text is plain: renderers escape it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from handlers.rules.chronology import Answers
from handlers.rules.meant import Asks
from handlers.ui.card import Buttons, Facts, Heading, Quote, Rows, Sketch, Words
from handlers.ui.spoken_days import Looks

LONGEST = 3000
"""Characters in one answer: what Slack's text input takes (types, plain_text_input.max_length)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    key: str
    label: str
    """At most 75 characters (Slack's option text)."""
    group: str = ""
    """What it stands under, where a long list is divided; those of one group stand together."""


class Source(StrEnum):
    """What a typeahead searches."""

    PUPILS = "pupils"
    EVERY_PUPIL = "every_pupil"
    """With those who have left: for whoever reads the record, and never to raise something about."""
    STAFF = "staff"
    LEADS = "leads"
    """Everyone who may be given a concern: leads, deputies, head, chair."""


OF_PUPILS = frozenset({Source.PUPILS, Source.EVERY_PUPIL})


@dataclass(frozen=True, slots=True, kw_only=True)
class TextField:
    name: str
    label: str
    hint: str = ""
    required: bool = False
    long: bool = False
    most: int = LONGEST
    asks: Asks = Asks.WORDS
    """How names in it are read."""
    signs: bool = False
    """For what a child said: a picture or a sign is an answer too. Every other text needs a letter or a figure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceField:
    """One of a few."""

    name: str
    label: str
    options: tuple[Option, ...]
    hint: str = ""
    required: bool = False
    menu: bool = False
    """Drawn as a menu that opens, not as a list of buttons: for more than five options."""
    redraws: bool = False
    """What is chosen changes the rest of this page: it is drawn anew where the platform tells of a choice at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoicesField:
    """Several of a few; `most` of them at the most."""

    name: str
    label: str
    options: tuple[Option, ...]
    most: int
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DateField:
    """A day, as `2026-11-24`."""

    name: str
    label: str
    looks: Looks
    """Which way from today that day lies: whoever writes "Monday" means the last one, or the next."""
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeField:
    """A time of day on the school's clock, as `10:15`."""

    name: str
    label: str
    hint: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PickField:
    """One of many, found by typing at least two letters. The answer is an id; `Form.names` has its label."""

    name: str
    label: str
    source: Source
    hint: str = ""
    required: bool = False
    options: tuple[Option, ...] = ()
    """What a client that cannot search may choose from, where that is few enough to be listed; else empty."""


Field: TypeAlias = TextField | ChoiceField | ChoicesField | DateField | TimeField | PickField
Part: TypeAlias = Field | Heading | Words | Facts | Quote | Sketch | Buttons | Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """A page of a list in somebody's window, to which the way back leads. A client says it: nothing else follows."""

    form: str
    key: str
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    id: str
    """Which form: `concern`, `decide`, `account` ... (`submissions` routes by it)."""
    key: str
    """Minted when the form is opened (the concern's id, or `<id>:<nonce>` of what it is about).

    A submission that is sent again finds the first by it.
    """
    title: str
    """At most 24 characters (Slack's modal title)."""
    parts: tuple[Part, ...]
    submit: str = ""
    """The button's label, at most 24 characters; empty for a window with nothing to send."""
    leave: str = "Close"
    """What leaves the window is called where the platform draws a button for it; at most 24 characters."""
    page: int = 1
    back: bool = False
    """Offer a way back to the page before; what is typed on this one is kept."""
    kept: bool = False
    """What is typed is kept with every way out, so that a page which is too large may be drawn in parts."""
    partial: bool = False
    """Some of its page's fields are not here: what they hold stays as it is."""
    from_list: ListPage | None = None
    """The page of a list that it was opened from, or that it is: what is opened from it leads back there."""
    values: Answers = field(default_factory=dict[str, "str | tuple[str, ...]"])
    """What the fields hold already, by name."""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """The label of each id that a PickField holds."""

    def leads_back_to(self) -> ListPage | None:
        """The list it was opened from, where nothing is being filled in: what is typed may not be lost on that way."""
        opened_from = self.from_list
        is_the_list = opened_from is not None and (opened_from.form, opened_from.key) == (self.id, self.key)
        return None if is_the_list or self.fields() else opened_from

    def fields(self) -> tuple[Field, ...]:
        return tuple(part for part in self.parts if isinstance(part, Field))


def is_id(text: str) -> bool:
    """Whether that is what a `PickField` holds: the id of somebody who was chosen, and not a name that was typed."""
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def is_date(text: str) -> bool:
    """Whether that is a day as a `DateField` holds it."""
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def is_time(text: str) -> bool:
    """Whether that is a time of day as a `TimeField` holds it."""
    try:
        return time.fromisoformat(text).strftime("%H:%M") == text
    except ValueError:
        return False
