"""The trail: entries that are only ever added, each chained to the one before. It is the chronology too.

A leaf is SHA-256 over the leaf before and the body's bytes as they are stored. The body holds the digest of the
sealed words and nothing personal, so that it can be verified by a stranger and outlives the words.
"""

import hashlib
import json
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol
from uuid import UUID

from sqlalchemy import Insert, RowMapping, bindparam, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.concern import ConcernId
from handlers.rules.people import PersonId
from handlers.rules.school import SchoolId
from store import statements
from store.case_keys import CaseKeys
from store.head import NO_LEAF, NoTurn
from store.memory import Row, Rows
from store.packing import canonical, pack_answers, pages, unpack_answers
from store.sealing import SealBroken, bound_to
from store.tables import concerns, entries, heads, schools, turned_away
from store.work import SCHOOL, Work

_VERSION = 1
_RAISED = canonical({"deed": Deed.RAISED.value})[1:-1]
"""The deed as it stands in a body, for the database to look for."""
_THING = entries.c.thing == bindparam("thing")
_OF_THING = select(entries).where(entries.c.school == SCHOOL, _THING).order_by(entries.c.sequence)
_ADD = insert(entries)
_PAGE = 1000
_CASES = 500
"""Concerns whose accounts are asked for in one statement: SQLite takes some thousand ids in one."""


@dataclass(slots=True)
class Trail:
    work: Work
    keys: CaseKeys

    async def append(self, entry: Entry) -> Sealed:
        head = self.work.head
        await head.take()
        words = await self._seal(entry)
        sequence = head.sequence + 1
        body = _body(entry, school=self.work.school, sequence=sequence, words=words)
        leaf = _leaf(head.leaf, body)
        row = {"sequence": sequence, "thing": entry.thing, "body": body, "leaf": leaf, "words": words}
        await self.work.write(_ADD, {"school": self.work.school, **row})
        head.sequence, head.leaf = sequence, leaf
        return Sealed(sequence=sequence, entry=entry, leaf=leaf.hex())

    async def looked(self, entry: Entry) -> None:
        if isinstance(self.work.head, NoTurn):
            self.work.head.looked.append(entry)
        else:
            await self.append(entry)

    async def of(self, thing: UUID, *, words: bool = False) -> Sequence[Sealed]:
        return [await self._read(row, opened=words) for row in await self._rows(thing)]

    async def answers(self, concern: ConcernId) -> Answers:
        """The account as submitted. LookupError when nothing was: that is a fault in the caller or in the store."""
        for row in await self._rows(concern):
            if _Body.read(row["body"]).deed is Deed.RAISED:
                return await self._open(row)
        raise LookupError("no account was submitted under that id")

    async def answers_of(self, concerns: Collection[ConcernId]) -> Mapping[ConcernId, Answers]:
        raising = (entries.c.school == self.work.school, statements.holds(entries.c.body, _RAISED))
        found: dict[ConcernId, Answers] = {}
        for some in pages(list(concerns), _CASES):
            await self.keys.fetch(some)
            query = select(entries).where(*raising, entries.c.thing.in_(some)).order_by(entries.c.sequence)
            for row in await self.work.rows(query):
                await self.work.give_way()
                if row["thing"] not in found and _Body.read(row["body"]).deed is Deed.RAISED:
                    found[ConcernId(row["thing"])] = await self._open(row)
        return found

    async def entries_of(
        self, things: Collection[UUID], *, opened: Collection[Deed] = ()
    ) -> Mapping[UUID, Sequence[Sealed]]:
        found: dict[UUID, list[Sealed]] = {thing: [] for thing in things}
        for some in pages(list(found), _CASES):
            await self.keys.fetch(some)
            mine = (entries.c.school == self.work.school, entries.c.thing.in_(some))
            for row in await self.work.rows(select(entries).where(*mine).order_by(entries.c.sequence)):
                await self.work.give_way()
                told = _Body.read(row["body"]).deed in opened
                found[row["thing"]].append(await self._read(row, opened=told))
        return found

    async def raised(self, since: datetime, until: datetime) -> Sequence[Entry]:
        """Every `concern.raised` entry of that time, without its words.

        A deed has no index: the database looks for its text in each body, and only what has it is read here.
        """
        raising = (entries.c.school == self.work.school, statements.holds(entries.c.body, _RAISED))
        rows = await self.work.rows(select(entries.c.body).where(*raising).order_by(entries.c.sequence))
        read = (_Body.read(row["body"]) for row in rows)
        return [body.entry({}) for body in read if body.deed is Deed.RAISED and since <= body.at < until]

    async def _rows(self, thing: UUID) -> Rows:
        return await self.work.rows(_OF_THING, thing=thing)

    async def _read(self, row: Row, *, opened: bool) -> Sealed:
        words: Answers = await self._open(row) if opened else {}
        return Sealed(sequence=row["sequence"], entry=_Body.read(row["body"]).entry(words), leaf=row["leaf"].hex())

    async def _seal(self, entry: Entry) -> bytes | None:
        if not entry.words:
            return None
        key = await self.keys.own(entry.thing)
        return key.seal(pack_answers(entry.words), self._bound(entry.thing))

    async def _open(self, row: Row) -> Answers:
        """The words of an entry; `SealBroken` when they are not those that its body tells of."""
        if row["words"] is None:
            return {}
        key = await self.keys.find(row["thing"])
        if key is None or _digest(row["words"]) != _Body.read(row["body"]).words:
            raise SealBroken
        return unpack_answers(key.open(row["words"], self._bound(row["thing"])))

    def _bound(self, case: UUID | None) -> bytes:
        return bound_to(self.work.school, case, "entries", "words")


def turn_away(entry: Entry) -> Insert:
    """The statement that keeps an entry of nobody's school. It has no words: nothing that was sent is kept."""
    if entry.words:
        raise ValueError("what somebody sent who was turned away is not kept")
    return insert(turned_away).values(body=_body(entry, school=None, sequence=None, words=None))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    school: str | None
    sequence: int | None
    at: datetime
    by: UUID | None
    deed: Deed
    thing: UUID | None
    facts: Mapping[str, str]
    words: str | None

    @classmethod
    def read(cls, body: bytes) -> "_Body":
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
        )

    def entry(self, words: Answers) -> Entry:
        by = None if self.by is None else PersonId(self.by)
        return Entry(deed=self.deed, at=self.at, by=by, thing=self.thing, facts=self.facts, words=words)


def _body(entry: Entry, *, school: SchoolId | None, sequence: int | None, words: bytes | None) -> bytes:
    return canonical(
        {
            "version": _VERSION,
            "school": None if school is None else str(school),
            "sequence": sequence,
            "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
            "by": None if entry.by is None else str(entry.by),
            "deed": entry.deed.value,
            "thing": None if entry.thing is None else str(entry.thing),
            "facts": dict(entry.facts),
            "words": None if words is None else _digest(words),
        }
    )


def _digest(sealed: bytes) -> str:
    return hashlib.sha256(sealed).hexdigest()


def _leaf(before: bytes, body: bytes) -> bytes:
    return hashlib.sha256(before + body).digest()


class Readable(Protocol):
    """Whatever gives a connection that sees one moment of the database: `store.unit_of_work.Units` does."""

    def reading(self) -> AbstractAsyncContextManager[AsyncConnection]: ...


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
    """The sequence of the first entry that does not follow from the one before, or is missing; None when all do.

    What it cannot see: a whole trail and its head written anew by somebody who holds the database.
    """
    async with units.reading() as connection:
        query = select(heads.c.sequence, heads.c.leaf).where(heads.c.school == school)
        last, newest = (await connection.execute(query)).one_or_none() or (0, NO_LEAF)
        leaf = NO_LEAF
        sequence = 0
        while rows := await _page(connection, school, after=sequence):
            for row in rows:
                sequence += 1
                leaf = _leaf(leaf, row["body"])
                if not _follows(row, school, sequence, leaf):
                    return sequence
        if sequence != last or (not last and await entries_of(connection, school)):
            return min(sequence, last) + 1
        return None if leaf == newest else sequence


async def _page(connection: AsyncConnection, school: SchoolId, *, after: int) -> Sequence[RowMapping]:
    mine = (entries.c.school == school, entries.c.sequence > after)
    query = select(entries).where(*mine).order_by(entries.c.sequence).limit(_PAGE)
    return (await connection.execute(query)).mappings().all()


def _follows(row: RowMapping, school: SchoolId, sequence: int, leaf: bytes) -> bool:
    if row["leaf"] != leaf or row["sequence"] != sequence:
        return False
    try:
        body = _Body.read(row["body"])
    except (ValueError, KeyError, TypeError):
        return False
    words = None if row["words"] is None else _digest(row["words"])
    return (body.school, body.sequence, body.thing, body.words) == (str(school), sequence, row["thing"], words)

