"""The trail: entries that are only ever added, each a leaf of its school's tree. It is the chronology too.

A leaf is made of the body's bytes as they are stored (`store.tree`). The body holds the digest of the sealed words and
nothing personal, so that it can be verified by a stranger and outlives the words.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from handlers.errors import Damaged
from handlers.rules.chronology import Answers, Deed, Entry, Sealed
from handlers.rules.closed import CHANGES_DAYS
from handlers.rules.concern import ConcernId
from store import statements
from store.bodies import Body, Place, body_of, digest, moment_of
from store.case_keys import CaseKeys
from store.head import NoTurn
from store.memory import Row, Rows
from store.packing import canonical, pack_answers, pages, unpack_answers
from store.sealing import Key, SealBroken, bound_to
from store.trail_tables import entries
from store.tree import leaf_of
from store.work import SCHOOL, Work

_RAISED = canonical({"deed": Deed.RAISED.value})[1:-1]
"""As it stands in a body. Among the entries of some things it is looked for there: asked for the column, SQLite would
read every entry of that deed instead."""
_READ = [entries.c[name] for name in ("school", "sequence", "thing", "body", "leaf", "words")]
"""Not the rows, which are for whoever verifies, nor what an index says of the body."""
_THING = entries.c.thing == bindparam("thing")
_OF_THING = select(*_READ).where(entries.c.school == SCHOOL, _THING).order_by(entries.c.sequence)
_DONE = select(entries.c.sequence, entries.c.body).where(
    entries.c.school == SCHOOL, entries.c.deed == bindparam("deed"),
    entries.c.at >= bindparam("since"), entries.c.at < bindparam("until"),
)  # fmt: skip
_ADD = insert(entries)
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
        place = Place(school=self.work.school, sequence=sequence, after=head.newest)
        wrote = self.work.telling()
        body = body_of(entry, place, words=words, cause=self.work.cause, wrote=wrote)
        leaf = leaf_of(body)
        row = {"sequence": sequence, "thing": entry.thing, "body": body, "leaf": leaf, "words": words, "wrote": wrote}
        await self.work.write(_ADD, {"school": self.work.school, **row})
        head.add(leaf)
        head.roll += entry.deed in CHANGES_DAYS
        return Sealed(sequence=sequence, entry=entry, leaf=leaf.hex())

    async def looked(self, entry: Entry) -> None:
        if isinstance(self.work.head, NoTurn):
            self.work.head.looked.append(entry)
        else:
            await self.append(entry)

    async def of(self, thing: UUID, *, words: bool = False) -> Sequence[Sealed]:
        """One that cannot be read is set aside. Raises `Damaged` where words are asked for that do not open."""
        lines = [await self._read(row, opened=words) for row in await self._rows(thing)]
        return [line for line in lines if line is not None]

    async def answers(self, concern: ConcernId) -> Answers:
        """The account as submitted. LookupError when nothing was: that is a fault in the caller or in the store."""
        rows = await self._rows(concern)
        bodies = [self.work.read(entries, row, _body) for row in rows]
        for row, body in zip(rows, bodies, strict=True):
            if body is not None and body.deed is Deed.RAISED:
                return await self._open(row)
        if None in bodies:
            raise Damaged
        raise LookupError("no account was submitted under that id")

    async def answers_of(self, concerns: Collection[ConcernId]) -> Mapping[ConcernId, Answers]:
        raising = (entries.c.school == self.work.school, statements.holds(entries.c.body, _RAISED))
        found: dict[ConcernId, Answers] = {}
        for some in pages(list(concerns), _CASES):
            await self.keys.fetch(some)
            query = select(*_READ).where(*raising, entries.c.thing.in_(some)).order_by(entries.c.sequence)
            for row in await self.work.rows(query):
                await self.work.give_way()
                body = self.work.read(entries, row, _body)
                if row["thing"] not in found and body is not None and body.deed is Deed.RAISED:
                    with suppress(Damaged):
                        found[ConcernId(row["thing"])] = await self._open(row)
        return found

    async def entries_of(
        self, things: Collection[UUID], *, opened: Collection[Deed] = ()
    ) -> Mapping[UUID, Sequence[Sealed]]:
        found: dict[UUID, list[Sealed]] = {thing: [] for thing in things}
        for some in pages(list(found), _CASES):
            if opened:
                await self.keys.fetch(some)
            mine = (entries.c.school == self.work.school, entries.c.thing.in_(some))
            for row in await self.work.rows(select(*_READ).where(*mine).order_by(entries.c.sequence)):
                await self.work.give_way()
                with suppress(Damaged):
                    line = await self._read(row, opened=opened)
                    found[row["thing"]] += [] if line is None else [line]
        return found

    async def done(self, deed: Deed, since: datetime, until: datetime) -> Sequence[Entry]:
        """Every entry of that deed of that time, without its words. Sorted here: SQLite would walk the trail for it."""
        span = {"since": moment_of(since), "until": moment_of(until)}
        rows = sorted(await self.work.rows(_DONE, deed=deed.value, **span), key=lambda row: row["sequence"])
        read = [self.work.read(entries, row, _body) for row in rows]
        return [body.entry({}) for body in read if body is not None and body.deed is deed and since <= body.at < until]

    async def _rows(self, thing: UUID) -> Rows:
        return await self.work.rows(_OF_THING, thing=thing)

    async def _read(self, row: Row, *, opened: bool | Collection[Deed]) -> Sealed | None:
        """None where it cannot be read. `opened`: whether its words are too, or of which deeds they are."""
        body = self.work.read(entries, row, _body)
        if body is None:
            return None
        told = opened if isinstance(opened, bool) else body.deed in opened
        words: Answers = await self._open(row) if told else {}
        return self.work.read(entries, row, lambda row: _sealed(row, body, words))

    async def _seal(self, entry: Entry) -> bytes | None:
        if not entry.words:
            return None
        key = await self.keys.own(entry.thing)
        if entry.thing is not None:
            await self.keys.tell(entry.thing)
        return key.seal(pack_answers(entry.words), self._bound(entry.thing))

    async def _open(self, row: Row) -> Answers:
        """The words of an entry; `Damaged` when they are not those that its body tells of, or their key is gone."""
        key = await self.keys.find(row["thing"])
        if row["thing"] is None:  # under the school's own key, which may be newer than those that are known here
            await self.work.keys_again()
        if key is None and row["words"] is not None:
            raise Damaged
        words = self.work.read(entries, row, partial(self._words, key=key))
        if words is None:
            raise Damaged
        return words

    def _words(self, row: Row, *, key: Key | None) -> Answers:
        told = Body.read(row["body"]).words
        if key is None or row["words"] is None:
            if told is not None:
                raise SealBroken
            return {}
        if digest(row["words"]) != told:
            raise SealBroken
        return unpack_answers(key.open(row["words"], self._bound(row["thing"])))

    def _bound(self, case: UUID | None) -> bytes:
        return bound_to(self.work.school, case, "entries", "words")


def _sealed(row: Row, body: Body, words: Answers) -> Sealed:
    return Sealed(sequence=row["sequence"], entry=body.entry(words), leaf=row["leaf"].hex())


def _body(row: Row) -> Body:
    return Body.of(row)
