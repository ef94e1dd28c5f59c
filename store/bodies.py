"""The body of an entry: the canonical bytes that are stored, hashed and read back, and nothing personal in them.

Version 1 was chained outside the body. Since version 2 a body says after which leaf it comes, so that an entry which
was changed is found by its neighbour, and a receipt of one entry holds all that came before it; and what caused it.
Since version 3 it holds the digest of the rows that were written with it (`store.wrote`); null where none was.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.people import PersonId
from handlers.rules.school import SchoolId
from store.cause import Cause
from store.damage import Newer, is_word
from store.memory import Row
from store.packing import canonical
from store.tree import leaf_of

VERSION = 3
_DEEDS = frozenset(deed.value for deed in Deed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where an entry stands: in which log, as which of its entries, after which."""

    school: SchoolId | None
    """None for those who were turned away: they are nobody's."""
    sequence: int
    after: bytes
    """The leaf of the entry before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """What is read of one, of whichever version."""

    school: str | None
    sequence: int | None
    at: datetime
    by: UUID | None
    deed: Deed
    thing: UUID | None
    facts: Mapping[str, str]
    words: str | None
    """SHA-256 of the sealed words, in hex."""
    wrote: str | None
    """The same of the rows; None where it tells of none, and in one of before version 3."""

    @classmethod
    def read(cls, body: bytes) -> "Body":
        raw = json.loads(body)
        return cls(
            school=raw["school"],
            sequence=raw["sequence"],
            at=datetime.fromisoformat(raw["at"]),
            by=UUID(raw["by"]) if raw["by"] else None,
            deed=Deed(raw["deed"]),
            thing=UUID(raw["thing"]) if raw["thing"] else None,
            facts=raw["facts"],
            words=raw["words"],
            wrote=raw.get("wrote"),
        )

    @classmethod
    def of(cls, row: Row) -> "Body":
        """Of an entry as it is stored. Raises `Newer` for a deed that this version does not know, where its leaf says
        that it is as it was written."""
        deed = json.loads(row["body"])["deed"]
        if deed not in _DEEDS and is_word(deed) and leaf_of(row["body"]) == row["leaf"]:
            raise Newer
        return cls.read(row["body"])

    def entry(self, words: Answers) -> Entry:
        by = None if self.by is None else PersonId(self.by)
        return Entry(deed=self.deed, at=self.at, by=by, thing=self.thing, facts=self.facts, words=words)


def body_of(
    entry: Entry, place: Place, *, words: bytes | None, cause: Cause, wrote: bytes | None = None
) -> bytes:
    """`wrote`: the rows of which it tells, none where empty; None in a log that tells of no rows."""
    rows = {} if wrote is None else {"wrote": digest(wrote) if wrote else None}
    return canonical(
        {
            **rows,
            "version": VERSION,
            "after": place.after.hex(),
            "school": None if place.school is None else str(place.school),
            "sequence": place.sequence,
            "at": moment_of(entry.at),
            "by": None if entry.by is None else str(entry.by),
            "deed": entry.deed.value,
            "thing": None if entry.thing is None else str(entry.thing),
            "facts": dict(entry.facts),
            "source": cause.source,
            "request": cause.request,
            "words": None if words is None else digest(words),
        }
    )


def moment_of(at: datetime) -> str:
    """As a body says it: of two, the later one is the greater text too."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def digest(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()
