"""Walks a log from its first entry and names the first that is not as it was written. Hashes only: no key, no JSON.

What it holds against the log: the leaf that is stored beside each body, what the body says of its own place and of the
entry before, the words' digest, and at the end the head.
"""

import re
from binascii import hexlify
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Protocol

from sqlalchemy import Select, TextClause, Uuid, bindparam, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.school import SchoolId
from store.head import NO_LEAF
from store.tables import concerns, heads, schools
from store.trail_tables import entries, turned_away, turned_away_head
from store.tree import Peaks

_PAGE = 500
_BEFORE_ALL = -(2**62)
_CLAIMS = (
    rb'{(?:"after":"([0-9a-f]{64})",)?"at":%b,"by":(?:null|"[^"]*"),"deed":%b,.*"school":%b,"sequence":(null|[0-9]+),'
    rb'(?:"source":"[a-z_]{1,20}",)?"thing":(null|"[0-9a-f-]{36}"),"version":([123]),"words":(null|"[0-9a-f]{64}")'
    rb'(?:,"wrote":(null|"[0-9a-f]{64}"))?}'
)
"""How a body begins and ends, its keys being sorted: what it says of its own place. No text of an entry can look like
it, for a quote mark inside a text is escaped."""
_IN_A_COLUMN, _IN_NONE = rb'"([^"]*)"', rb'()"[^"]*"'
"""Time and deed: those who were turned away have no columns of them."""
_Said = str | bytes | None
_Row = tuple[int, str | None, bytes, bytes, bytes | None, bytes | None, _Said, _Said]
"""Sequence, thing as 32 digits, body, leaf, words, rows, time, deed."""
_Claims = Callable[[bytes], re.Match[bytes] | None]


class Readable(Protocol):
    """Whatever gives a connection that sees one moment of the database: `store.unit_of_work.Units` does."""

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """The first entry that is not as it was written."""

    sequence: int
    what: str
    """What is wrong with it, as the end of a sentence that names it."""


@dataclass(slots=True)
class Walk:
    """A log as far as it was followed. After a fault it stands before the entry that is wrong."""

    peaks: Peaks = field(default_factory=Peaks)
    newest: bytes = NO_LEAF
    roots: dict[int, bytes] = field(default_factory=dict[int, bytes])
    """By size: the roots that were asked for."""
    fault: Fault | None = None


@dataclass(frozen=True, slots=True)
class Log:
    """One log of the database: a school's trail, or those who were turned away."""

    school: SchoolId | None

    def page(self, dialect: str) -> TextClause:
        """Plain tuples: what SQLAlchemy makes of a column costs more than to hash it. What a body says is asked for in
        bytes: of one that was changed it may be no text at all."""
        if self.school is None:
            rows = "SELECT id, NULL, body, leaf, NULL, NULL, '', '' FROM turned_away "
            return text(f"{rows} WHERE id > :after ORDER BY id LIMIT :most")
        said = ("CAST(at AS BLOB)", "CAST(deed AS BLOB)") if dialect == "sqlite" else ("at", "deed")
        rows = (
            f"SELECT sequence, replace(CAST(thing AS TEXT), '-', ''), body, leaf, words, wrote, {', '.join(said)} "  # noqa: S608 (ours)
            "FROM entries WHERE school = :school AND sequence > :after ORDER BY sequence LIMIT :most"
        )
        return text(rows).bindparams(bindparam("school", self.school, Uuid()))

    @property
    def last(self) -> Select[int]:
        """The sequence of the entry that stands last."""
        if self.school is None:
            return select(func.max(turned_away.c.id))
        return select(func.max(entries.c.sequence)).where(entries.c.school == self.school)

    @property
    def claims(self) -> _Claims:
        mine = b"null" if self.school is None else b'"%b"' % str(self.school).encode()
        said = _IN_NONE if self.school is None else _IN_A_COLUMN
        return re.compile(_CLAIMS % (said, said, mine), re.DOTALL).fullmatch

    async def head(self, connection: AsyncConnection) -> tuple[bytes, Peaks] | None:
        """The newest leaf and the peaks that the head tells of; None where there is no head, or none that could be."""
        table = turned_away_head if self.school is None else heads
        query = select(table.c.sequence, table.c.newest, table.c.peaks)
        mine = query if self.school is None else query.where(heads.c.school == self.school)
        row = (await connection.execute(mine)).first()
        try:
            return None if row is None else (row.newest, Peaks.unpacked(row.sequence, row.peaks))
        except ValueError:
            return None


async def walk(connection: AsyncConnection, log: Log, *, at: Sequence[int] = ()) -> Walk:
    """Follow the log to its end or to its first fault. `at`: the sizes at which its root is wanted."""
    found, wanted, claims = Walk(), sorted(set(at)), log.claims
    async for rows in _pages(connection, log):
        good, what = (len(rows), "") if _as_written(rows, found, claims) else _good(rows, found, claims)
        _go_on(found, [row[3] for row in rows[:good]], wanted)
        if what:
            in_place = what is _BEFORE and await _as_many_as_its_head(connection, log)
            found.fault = Fault(sequence=found.peaks.size, what=_EDITED) if in_place else _next(found, what)
            return found
    found.fault = await _against_its_head(connection, log, found)
    return found


def _go_on(found: Walk, leaves: Sequence[bytes], wanted: list[int]) -> None:
    """Past those leaves, with the roots that are wanted on the way."""
    begun, begin = 0, found.peaks.size
    while wanted and wanted[0] <= begin + len(leaves):
        size = wanted.pop(0)
        found.peaks.extend(leaves[begun : size - begin])
        begun, found.roots[size] = size - begin, found.peaks.root()
    found.peaks.extend(leaves[begun:])
    found.newest = leaves[-1] if leaves else found.newest


async def _pages(connection: AsyncConnection, log: Log) -> AsyncIterator[Sequence[_Row]]:
    after, page = _BEFORE_ALL, log.page(connection.dialect.name)
    while True:
        cursor: Any = (await connection.execute(page, {"after": after, "most": _PAGE})).cursor
        rows: Sequence[_Row] = cursor.fetchall()  # as the driver has them: a row of SQLAlchemy's costs as much again
        if not rows:
            return
        yield rows
        after = rows[-1][0]


def _as_written(rows: Sequence[_Row], found: Walk, claims: _Claims) -> bool:
    """Whether all of a page is, looked at column by column; what is not, or is of version 1, is looked at by itself."""
    sequences, things, bodies, stored, words, wrote, times, deeds = zip(*rows, strict=True)
    due = range(found.peaks.size + 1, found.peaks.size + 1 + len(rows))
    leaves = [sha256(b"\x00" + body).digest() for body in bodies]
    if sequences != tuple(due) or leaves != list(stored):
        return False
    claimed = [match.groups() for match in map(claims, bodies) if match]
    after = [hexlify(leaf) for leaf in (found.newest, *leaves[:-1])]
    beside = (map(_text, times), map(_text, deeds), map(_named, things), map(_digest, words), map(_rows, wrote))
    places = zip(after, (b"%d" % number for number in due), *beside, strict=True)
    said = [
        (a, number, time, deed, thing.replace(b"-", b""), of, rows)
        for a, time, deed, number, thing, version, of, rows in claimed
        if version != b"1"
    ]
    return said == list(places)


def _good(rows: Sequence[_Row], found: Walk, claims: _Claims) -> tuple[int, str]:
    """How many of a page are as they were written, and what is wrong with the next; empty where nothing is."""
    newest = found.newest
    for number, row in enumerate(rows):
        if what := _wrong(row, found.peaks.size + 1 + number, newest, claims):
            return number, what
        newest = row[3]
    return len(rows), ""


def _wrong(row: _Row, due: int, newest: bytes, claims: _Claims) -> str:
    """What is wrong with the entry that should be the one that is due; empty where it is."""
    sequence, thing, body, leaf, words, wrote, time, deed = row
    if sequence != due:
        return "is missing" if sequence > due else "stands twice, or in a place that no entry has"
    if sha256(b"\x00" + body).digest() != leaf:
        return "was changed after it was written"
    claimed = claims(body)
    if claimed is None:
        return "is not this log's own: it was put there"
    before, *said, place, of, version, told, rows = claimed.groups()
    first = version == b"1"
    if place != b"%d" % due and not (first and place == b"null"):
        return "stood in another place when it was written"
    if before != (None if first else hexlify(newest)):
        return _BEFORE
    if (of.replace(b"-", b""), told, rows) != (_named(thing), _digest(words), _rows(wrote)):
        return "has a subject, words or rows that are not those it was written with"
    return "" if said == [_text(time), _text(deed)] else _ELSEWHERE


_BEFORE = "does not follow from the entry before: one was taken away, or put between"
_ELSEWHERE = "is not found where it belongs: the column of its time or of its deed says something else than its body"
_EDITED = "was changed after it was written, with its leaf: the entry after it tells of another"


def _next(found: Walk, what: str) -> Fault:
    return Fault(sequence=found.peaks.size + 1, what=what)


async def _as_many_as_its_head(connection: AsyncConnection, log: Log) -> bool:
    """Whether nothing was put in or taken away: then what does not follow was changed where it stood."""
    head = await log.head(connection)
    last = await connection.scalar(log.last)
    return head is not None and last == head[1].size


def _text(column: _Said) -> bytes:
    """What stands in a column that repeats the body: nothing, where somebody has emptied it."""
    return column if isinstance(column, bytes) else (column or "").encode()


def _named(what: str | None) -> bytes:
    return b'"%b"' % what.encode() if what else b"null"


def _digest(words: bytes | None) -> bytes:
    return b"null" if words is None else b'"%b"' % sha256(words).hexdigest().encode()


def _rows(wrote: bytes | None) -> bytes | None:
    """Before version 3 nothing was said of rows."""
    return None if wrote is None else _digest(wrote or None)


async def _against_its_head(connection: AsyncConnection, log: Log, found: Walk) -> Fault | None:
    size, head = found.peaks.size, await log.head(connection)
    if head is None:
        return Fault(sequence=size + 1, what="is missing, or the log's head is")
    newest, peaks = head
    if peaks.size > size:
        return Fault(sequence=size + 1, what="is missing")
    if peaks.size < size:
        return Fault(sequence=peaks.size + 1, what="was added past the program")
    if newest != found.newest:
        return Fault(sequence=size, what="is not the one that was written last")
    if peaks.roots != found.peaks.roots:
        return Fault(sequence=_first_that_differs(peaks, found.peaks), what=_REWRITTEN)
    return None


_REWRITTEN = "is the first of those that may have been written anew: from here the head tells of other entries"


def _first_that_differs(head: Peaks, found: Peaks) -> int:
    """The first entry under the first peak that differs."""
    before, size = 0, found.size
    for mine, theirs in zip(found.roots, head.roots, strict=True):
        under = 1 << (size.bit_length() - 1)
        if mine != theirs:
            break
        before, size = before + under, size - under
    return before + 1


async def entries_of(connection: AsyncConnection, school: SchoolId) -> int | None:
    """How many entries that school's trail has, or by its head or its concerns should have; None for an unknown school.
    """
    enrolled = await connection.scalar(select(func.count()).where(schools.c.school == school))
    head = await connection.scalar(select(heads.c.sequence).where(heads.c.school == school))
    last = await connection.scalar(select(func.max(entries.c.sequence)).where(entries.c.school == school))
    told = await connection.scalar(select(func.count()).where(concerns.c.school == school))
    if not enrolled and head is None and not last:
        return None
    return max(head or 0, last or 0, told or 0)


async def verify_chain(units: Readable, school: SchoolId) -> int | None:
    """The sequence of the first entry that is not as it was written, or is missing; None when all are."""
    async with units.reading() as connection:
        found = await walk(connection, Log(school))
    return found.fault.sequence if found.fault else None
