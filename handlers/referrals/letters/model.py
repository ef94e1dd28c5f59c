"""A letter as a pure value, and the record it is filled from. Text is plain: whoever draws it escapes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from handlers.account.bodymap import Mark
from handlers.rules.agency import Agency
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers, Sealed
from handlers.rules.concern import Concern
from handlers.rules.people import PersonId, Pupil, PupilId
from handlers.rules.referral import Referral


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Verbatim:
    """Somebody's exact words: every space and line is kept."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    head: tuple[str, ...]
    """Empty for a table of names and values."""
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Body:
    """A picture of a body with these marks; the same in words stands in the table after it."""

    marks: tuple[Mark, ...]


Block: TypeAlias = Heading | Paragraph | Verbatim | Table | Body


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    reference: str
    school: str
    to: str
    title: str
    day: str
    blocks: tuple[Block, ...]
    signer: str
    foot: str
    """Whence it was made, and how what it cites can be checked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    name: str
    post: str
    telephone: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Before:
    """An earlier concern about the same child, as far as a letter tells of it."""

    reference: str
    received: datetime
    kinds: str
    outcome: str
    proof: str
    """As `Sealed.proof`, of the entry that it was raised with; empty where that cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that a letter is filled from, as somebody who may see it was given it."""

    school: str
    calendar: Calendar
    concern: Concern
    referral: Referral
    agency: Agency
    lines: Sequence[Sealed]
    """Every entry of the concern in order, its words opened."""
    answers: Answers
    """The account, with what its writer told later in the same form."""
    names: Mapping[str, str]
    """The labels of the ids in the answers."""
    children: Sequence[Pupil]
    """Whom it is made for."""
    roles: Mapping[PupilId, str]
    """What part each child has in it, as the account says or as was said when they were linked."""
    others: Mapping[PupilId, str]
    """What every other child of the concern is called in it."""
    people: Mapping[PersonId, str]
    earlier: Sequence[Before]
    signer: Signer
    made: str
    """The proof of the entry that keeps that this letter was made."""
    at: datetime


def moment(at: datetime, calendar: Calendar) -> str:
    """With its year: a letter is read long after."""
    local = at.astimezone(calendar.zone)
    return f"{local.day} {local:%b %Y}, {local:%H:%M}"


def day(at: datetime, calendar: Calendar) -> str:
    return written_out(at.astimezone(calendar.zone))


def written_out(day: date) -> str:
    """A date of birth has no time and no zone."""
    return f"{day.day} {day:%B %Y}"
