"""Another key for each school, while the program runs: it seals from then on, and what lies under the former one is put
under it bit by bit, each bit in the school's turn.

Those that are needed stay on the school's ring (`store.ring`): words of no case stand in the trail, which nobody can
change, so a key that sealed some of them opens them for good. Once nothing needs it, a former key is gone.
"""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Table, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncEngine

from handlers.rules.chronology import Deed, Entry
from handlers.rules.school import SchoolId
from store import engine as engines
from store import walls
from store.audit import Trail
from store.case_keys import CaseKeys
from store.head import Head
from store.keys import KeyFaulty, opened_by, school_key, wrap_school_key
from store.memory import Row, Rows
from store.sealing import KEY_BYTES, Key, SealBroken, bound_to, fresh_secret
from store.tables import case_keys, people, pupils, schools
from store.trail_tables import entries
from store.work import SCHOOL, Work

_AT_ONCE = 200
"""Rows that are put under the new key in one turn of the school's: some milliseconds."""
_PATIENT = 60.0
_SEALED = ((people, "id", "particulars"), (pupils, "id", "particulars"), (case_keys, "case", "key"))
"""What lies under a school's own key, and can be put under another: the table, whose it is, and the column."""


_KEY = select(schools.c.key).where(schools.c.school == SCHOOL)
_NO_CASES = select(entries.c.words).where(
    entries.c.school == SCHOOL, entries.c.thing.is_(None), entries.c.words.is_not(None)
)


@dataclass(slots=True, kw_only=True)
class Changed:
    """What came of it, by school."""

    many: dict[UUID, int] = field(default_factory=dict[UUID, int])
    """How many rows were put under the new key."""
    kept: dict[UUID, int] = field(default_factory=dict[UUID, int])
    """Former keys that are still needed."""
    finished: set[UUID] = field(default_factory=set[UUID])
    """Schools of which a change that had been interrupted was finished, and no other begun."""
    shut: dict[UUID, str] = field(default_factory=dict[UUID, str])
    """Schools whose key could not be changed, with a code of why."""


async def change(url: str, root_key: bytes, *, at: datetime) -> Changed:
    """A new key for every school that can be opened. One that cannot is passed over, and stops no other. Ended at any
    point, the same again finishes it. Raises `KeyFaulty` where the root key opens none."""
    engine, root, done = engines.make_engine(url, deadline=_PATIENT), Key(root_key), Changed()
    try:
        async with engine.begin() as connection:
            await walls.say_all(connection)
            every = (await connection.execute(select(schools.c.school).order_by(schools.c.school))).scalars().all()
        for school in every:
            try:
                await _Change(engine=engine, root=root, school=SchoolId(school), at=at, done=done).make()
            except KeyFaulty:
                done.shut[school] = "its key does not open"
            except (SQLAlchemyError, OSError) as error:
                done.shut[school] = type(error).__name__
    finally:
        await engine.dispose()
    if every and len(done.shut) == len(every):
        why = next(iter(done.shut.values()))
        raise KeyFaulty(f"No school's key was changed: {why}. The same command again goes on.")
    return done


@dataclass(frozen=True, slots=True, kw_only=True)
class _Change:
    engine: AsyncEngine
    root: Key
    school: SchoolId
    at: datetime
    done: Changed

    async def make(self) -> None:
        """Where the last change was cut off, that one is finished and there is no other."""
        if not (many := await self._bring_under()):
            await self._new_key()
            many = await self._bring_under()
        else:
            self.done.finished.add(self.school)
        self.done.many[self.school] = many
        self.done.kept[self.school] = await self._let_go()

    async def _new_key(self) -> None:
        """First on the ring, so that whoever has the school's turn after this seals under it, and opens both."""
        async with self._turn() as trail:
            await self._keep(trail, [fresh_secret(), *await self._secrets(trail)])
            await trail.append(self._entry(0))

    async def _bring_under(self) -> int:
        """Everything that lies under a former key, some rows a turn; how many."""
        many = 0
        for table, whose, column in _SEALED:
            after: UUID | None = None
            while True:
                async with self._turn() as trail:
                    rows = await _some(trail.work, table, table.c[whose], after)
                    moved = [await self._moved(trail.work, table, row, whose, column) for row in rows]
                    if table is case_keys and any(moved):
                        await trail.append(self._entry(sum(moved)))
                many += sum(moved)
                if len(rows) < _AT_ONCE:
                    break
                after = rows[-1][whose]
        return many

    async def _moved(self, work: Work, table: Table, row: Row, whose: str, column: str) -> bool:
        """Whether that row was put under the newest key. One that no key opens is left to whoever sees to damage."""
        bound, sealed = bound_to(self.school, row[whose], table.name, column), row[column]
        try:
            if not sealed or not work.key.under(sealed, bound):
                return False
        except SealBroken:
            return False
        again = work.key.seal(work.key.open(sealed, bound), bound)
        its = (table.c.school == self.school, table.c[whose] == row[whose])
        await work.write(update(table).where(*its).values({column: again}))
        if table is case_keys:
            work.tell(case_keys, {"id": row[whose], "key": again})
        return True

    async def _let_go(self) -> int:
        """Off the ring with every former key that sealed nothing which is still there; how many stay."""
        async with self._turn() as trail:
            ring, needed = trail.work.key, {0}
            bound = bound_to(self.school, None, "entries", "words")
            for row in await trail.work.rows(_NO_CASES):
                with suppress(SealBroken):
                    needed.add(ring.under(row["words"], bound))
            if len(needed) < ring.many:
                secrets = await self._secrets(trail)
                await self._keep(trail, [secrets[number] for number in sorted(needed)])
        return len(needed) - 1

    @asynccontextmanager
    async def _turn(self) -> AsyncGenerator[Trail]:
        """One transaction in the school's turn. Raises `KeyFaulty` where its key does not open."""
        async with self.engine.begin() as connection:
            await walls.say(connection, (self.school,))
            head = Head(connection, self.school)
            await head.take()
            wrapped = (await connection.execute(_KEY, {"school": self.school})).scalar_one()
            work = Work(
                connection=connection, school=self.school, key=school_key(self.root, self.school, wrapped), head=head
            )
            yield Trail(work, CaseKeys(work))
            work.must_have_told()
            await work.catch_up()
            await head.keep()

    async def _secrets(self, trail: Trail) -> Sequence[bytes]:
        """Of the keys on the ring, the newest first."""
        (row,) = await trail.work.rows(_KEY)
        every = opened_by((self.root,), self.school, row["key"])
        return [every[start : start + KEY_BYTES] for start in range(0, len(every), KEY_BYTES)]

    async def _keep(self, trail: Trail, secrets: Sequence[bytes]) -> None:
        """The school's keys, the newest first. The roll is counted on: whoever runs reads them again."""
        wrapped = wrap_school_key(self.root, self.school, b"".join(secrets))
        await trail.work.write(update(schools).where(schools.c.school == self.school).values(key=wrapped))
        trail.work.key.take(wrapped)
        trail.work.head.roll += 1

    def _entry(self, rows: int) -> Entry:
        facts = {"rows": str(rows)} if rows else {}
        return Entry(deed=Deed.KEY_CHANGED, at=self.at, by=None, thing=self.school, facts=facts)


async def _some(work: Work, table: Table, whose: ColumnElement[UUID], after: UUID | None) -> Rows:
    """The next rows of that table, in the order of their ids."""
    query = select(table).where(table.c.school == work.school).order_by(whose).limit(_AT_ONCE)
    return await work.rows(query if after is None else query.where(whose > after))
