"""Where a statement of the guidance pack comes from, what it rests on, and whether it was read. Pure values.

A statement says which document, where in it, on what day it was read there and by whose quotation; or, in words of its
own, what somebody who knows the law has yet to read. Nothing here guesses a paragraph.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class RestsOn(StrEnum):
    """What a statement rests on: who would have to change for it to be wrong."""

    LAW = "law"
    """An Act, or regulations under one."""
    GUIDANCE = "guidance"
    """What the government publishes and a school follows or has regard to."""
    PRACTICE = "practice"
    """What schools are taught and do, without a text that says so."""
    DEFAULT = "default"
    """Ours: a number or a way that had to be chosen. A school or its partnership may put its own in its place."""


UNREAD = "These words have not been checked against it yet by somebody who knows the law."


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    title: str
    date: dt.date
    """Of the edition, or of the law's beginning."""
    holds: RestsOn
    """What it is: a statement may rest on that, or be a default beside it, and on nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What one statement comes from."""

    document: str
    part: str
    """Where in it: a part, a section, a heading; a number only where it was read."""
    date: dt.date
    """Of the edition of the document, or of the law's beginning."""
    rests_on: RestsOn
    read_on: dt.date | None = None
    """The day on which it was read in its document, or for a default looked at; None where `to_read` says what is."""
    to_read: str = ""
    """What somebody who knows the law has yet to read, and where."""
    quoted_by: str = ""
    """Who quotes it, where the document itself was not at hand."""

    def cited(self) -> str:
        """As whoever relies on it reads it: the place, and that nobody has checked it, where that is so."""
        if self.is_default:
            return f"our default: {self.part}"
        said = f"{self.document}, {self.part} ({self.date.day} {self.date:%B %Y})"
        return f"{said}. {UNREAD.removesuffix('.')}" if self.to_read else said

    @property
    def is_default(self) -> bool:
        return self.rests_on is RestsOn.DEFAULT


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    where: str
    """Its place in the pack: `agencies.lado.make`."""
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How well a pack is founded: what `check` prints."""

    statements: int
    defaults: int
    unread: tuple[str, ...]
    """The places of the statements that somebody who knows the law has yet to read."""
    read: tuple[dt.date, dt.date] | None
    """The first and the last day on which one was read; None where none was."""


def tally(statements: Sequence[Statement]) -> Tally:
    days = sorted(one.source.read_on for one in statements if one.source.read_on)
    return Tally(
        statements=len(statements),
        defaults=sum(one.source.is_default for one in statements),
        unread=tuple(one.where for one in statements if one.source.to_read),
        read=(days[0], days[-1]) if days else None,
    )
