"""What somebody does who holds the database: past every trigger, and with the trail's own rules in hand."""

import json
from collections.abc import Callable
from typing import cast
from uuid import UUID

from sqlalchemy import TextClause, Uuid, bindparam, delete, insert, select, text, update

from store.engine import make_engine
from store.head import NO_LEAF
from store.packing import canonical
from store.tables import heads
from store.trail_tables import NOBODYS, checkpoints, entries
from store.tree import Peaks, leaf_of

Line = dict[str, object]
"""An entry that somebody works on: its body as a dict, and what lies beside it."""
_BESIDE = ("thing", "words", "wrote")
_TABLES = ("entries", "turned_away", "checkpoints")


async def past_the_triggers(url: str, *statements: object, **values: object) -> None:
    """SQL, with every trigger gone."""
    engine = make_engine(url)
    async with engine.begin() as connection:
        for table in _TABLES:
            if engine.dialect.name == "postgresql":
                await connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
                continue
            for deed in ("update", "delete", "replace"):
                await connection.execute(text(f"DROP TRIGGER IF EXISTS {table}_refuse_{deed}"))
        for statement in statements:
            await connection.execute(text(statement) if isinstance(statement, str) else statement, values)
    await engine.dispose()


async def read(url: str, query: TextClause) -> bytes:
    """The one value that the query finds."""
    engine = make_engine(url)
    async with engine.begin() as connection:
        found: bytes = (await connection.execute(query)).scalar_one()
    await engine.dispose()
    return found


async def rewritten(url: str, school: UUID, change: Callable[[list[Line]], list[Line]]) -> None:
    """The whole trail anew from what `change` makes of it: numbers, hashes, head, all of it as it should be."""
    await past_the_triggers(url)
    engine = make_engine(url)
    async with engine.begin() as connection:
        mine = entries.c.school == school
        rows = (await connection.execute(select(entries).where(mine).order_by(entries.c.sequence))).mappings().all()
        lines = [{name: row[name] for name in _BESIDE} | {"body": json.loads(row["body"])} for row in rows]
        await connection.execute(delete(entries).where(mine))
        newest, peaks = NO_LEAF, Peaks()
        for line in change(lines):
            told = {**line["body"], "sequence": peaks.size + 1, "after": newest.hex(), "school": str(school)}
            body = canonical(told)
            newest = leaf_of(body)
            peaks.add(newest)
            row = {**{name: line[name] for name in _BESIDE}, "body": body, "leaf": newest}
            await connection.execute(insert(entries).values(school=school, sequence=peaks.size, **row))
        moved = {"sequence": peaks.size, "newest": newest, "peaks": peaks.packed()}
        await connection.execute(update(heads).where(heads.c.school == school).values(moved))
    await engine.dispose()


async def without_checkpoints(url: str, school: UUID | None, *, over: int = -1) -> None:
    """Those over more entries than that are gone."""
    gone = delete(checkpoints).where(checkpoints.c.school == (school or NOBODYS), checkpoints.c.size > over)
    await past_the_triggers(url, gone)


def of_school(statement: str, school: UUID) -> TextClause:
    """SQL in which `:school` is that school, as each engine stores it."""
    return text(statement).bindparams(bindparam("school", school, Uuid()))


def as_before_rows(lines: list[Line]) -> list[Line]:
    """As the version before wrote them, which told of no rows."""
    return [{**line, "wrote": None, "body": _told_of_none(line["body"])} for line in lines]


def _told_of_none(body: object) -> dict[str, object]:
    told = {**cast("dict[str, object]", body), "version": 2}
    del told["wrote"]
    return told
