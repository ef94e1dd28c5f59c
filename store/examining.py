"""Looks at every row of a school: whether it can be read, and whether it is as the schema says. It changes nothing.

What the schema says is asked of the database itself, constraint by constraint, so that a new table is looked at without
a word here. With the school's key what is sealed is opened too.
"""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    ForeignKeyConstraint,
    Select,
    String,
    Table,
    and_,
    exists,
    func,
    literal_column,
    not_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Damage
from handlers.rules.school import SchoolId
from store.bodies import Body, digest
from store.checkpoints import Kept, NotGrown, grown
from store.damage import UNREADABLE, Newer, Torn, is_torn, named, one_by_one, unknown_words
from store.memory import Row
from store.notices import notice_of, same_card, same_notice, stream_of
from store.packing import unpack_answers
from store.people import newer_roles, person_of
from store.pupils import pupil_of
from store.schema import metadata
from store.sealing import Key, SealBroken, bound_to
from store.tables import case_keys, people
from store.trail_tables import NOBODYS, entries
from store.tree import Peaks
from store.troubles import trouble_of
from store.wrote import CARRIED, stands_as, told_in

_PAGE = 500


@dataclass(slots=True)
class Opener:
    """Opens what is sealed; without a key it takes everything that is sealed for sound."""

    key: Key | None = None
    _cases: dict[UUID, Key] = field(default_factory=dict[UUID, Key])

    def person(self, row: Row) -> object:
        return self.key and person_of(row, self.key)

    def pupil(self, row: Row) -> object:
        return self.key and pupil_of(row, self.key)

    def case_key(self, row: Row) -> None:
        """One that was destroyed is as it should be."""
        if self.key and row["key"]:
            bound = bound_to(row["school"], row["case"], "case_keys", "key")
            self._cases[row["case"]] = Key(self.key.open(row["key"], bound))

    def draft(self, row: Row) -> None:
        if self.key and row["key"] in self._cases:
            bound = bound_to(row["school"], row["key"], "drafts", "answers")
            unpack_answers(self._cases[row["key"]].open(row["answers"], bound))

    def entry(self, row: Row) -> None:
        """One of which the case's key was destroyed, or does not open, is not damaged itself."""
        body, words, wrote = Body.of(row), row["words"], row["wrote"]
        beside = (None if words is None else digest(words), digest(wrote) if wrote else None)
        if (body.words, body.wrote) != beside:
            raise SealBroken
        key = self._cases.get(row["thing"]) if row["thing"] else self.key
        if key and words is not None:
            unpack_answers(key.open(words, bound_to(row["school"], row["thing"], "entries", "words")))


def _readers(opener: Opener) -> Mapping[str, Callable[[Row], object]]:
    """What is asked of a table's rows beyond the types and constraints of the schema."""
    return {
        "case_keys": opener.case_key,
        "people": opener.person,
        "pupils": opener.pupil,
        "drafts": opener.draft,
        "entries": opener.entry,
        "outbox": _on_its_way,
        "posts": _posted,
        "troubles": trouble_of,
        "heads": lambda row: Peaks.unpacked(row["sequence"], row["peaks"]),
        "turned_away": Body.of,
        "turned_away_head": lambda row: Peaks.unpacked(row["sequence"], row["peaks"]),
        "checkpoints": lambda row: grown(Kept(note=row["note"].decode(), evidence=row["evidence"])),
    }


def _on_its_way(row: Row) -> None:
    notice = notice_of(row)
    if (row["same"], row["stream"]) != (same_card(notice), stream_of(notice.place)):
        raise ValueError("it is another card's by now")


def _posted(row: Row) -> None:
    if row["same"] != same_notice(notice_of(row)):
        raise ValueError("it is another card's by now")


@dataclass(slots=True)
class Examined:
    """Rows by where they stand."""

    damaged: set[Damage] = field(default_factory=set[Damage])
    newer: set[Damage] = field(default_factory=set[Damage])
    """With a word that this version does not know, and whole: a newer version wrote them."""


async def examine(connection: AsyncConnection, school: SchoolId | None, key: Key | None = None) -> set[Damage]:
    """The rows of that school that are damaged; None: those that are no school's."""
    return (await look_at_all(connection, school, key)).damaged


async def look_at_all(connection: AsyncConnection, school: SchoolId | None, key: Key | None = None) -> Examined:
    """As `examine`, with what a newer version wrote."""
    seen = Examined()
    readers = _readers(Opener(key))
    mine = [table for table in metadata.sorted_tables if "school" in table.c or school is None]
    for table in sorted(mine, key=lambda table: table is not case_keys):
        async for row in _rows(connection, table, school):
            if isinstance(row, Torn):
                seen.damaged.add(named(table, row.row))
            elif await _is_newer(connection, table, row):
                seen.newer.add(named(table, row))
            elif not _is_whole(table, row, readers.get(table.name)):
                seen.damaged.add(named(table, row))
        for wrong in _constraints(table):
            query = select(*table.primary_key.columns).where(wrong, *_of(table, school))
            rows = await asked(connection, query)
            seen.damaged |= {named(table, row.row if isinstance(row, Torn) else row) for row in rows} - seen.newer
    return seen


async def _is_newer(connection: AsyncConnection, table: Table, row: Row) -> bool:
    """Whether it has a word of a newer version and is as it was written, as far as anything says: for rows of cases the
    last entry that tells of it, for cards, messages and entries their digest."""
    if table.name in CARRIED and unknown_words(table, row):
        return await _is_as_told(connection, table, row)
    if table is people:
        return isinstance(row["roles"], str) and bool(newer_roles(row["roles"]))
    with suppress(*UNREADABLE):
        try:
            _WORDS.get(table.name, lambda _: None)(row)
        except Newer:
            return True
    return False


_WORDS: Mapping[str, Callable[[Row], object]] = {
    "outbox": notice_of, "posts": notice_of, "troubles": trouble_of, "entries": Body.of, "turned_away": Body.of,
}  # fmt: skip
"""What raises `Newer` of a table's rows."""


async def _is_as_told(connection: AsyncConnection, table: Table, row: Row) -> bool:
    about = [one for one in (row["id"], row.get("concern")) if one is not None]
    telling = (entries.c.school == row["school"], entries.c.thing.in_(about), func.length(entries.c.wrote) > 0)
    query = select(entries.c.wrote).where(*telling).order_by(entries.c.sequence.desc())
    return stands_as(row, told_in(await connection.scalars(query), table, row["id"]), table)


def _of(table: Table, school: SchoolId | None) -> list[ColumnElement[bool]]:
    return [table.c.school == (school or NOBODYS)] if "school" in table.c else []


async def _rows(connection: AsyncConnection, table: Table, school: SchoolId | None) -> AsyncIterator[Row | Torn]:
    """All of it, a page at a time: a statement that read a long table would outlast the database's deadline.

    By place and not by key, for of a row that is torn the key may be what is damaged. A trail, the longest, goes on
    from the last number that can be read.
    """
    all_ = select(table).where(*_of(table, school)).order_by(*table.primary_key.columns).limit(_PAGE)
    after, passed = -1, 0
    while True:
        page = all_.where(entries.c.sequence > after) if table is entries else all_
        rows = await asked(connection, page.offset(passed))
        for row in rows:
            yield row
        if len(rows) < _PAGE:
            return
        numbers = _numbers(rows) if table is entries else []
        after, passed = numbers[-1] if numbers else (after, passed + _PAGE)


def _numbers(rows: Sequence[Row | Torn]) -> list[tuple[int, int]]:
    """The numbers that can be read, each with how many rows come after it."""
    read = [row.row.get("sequence") if isinstance(row, Torn) else row["sequence"] for row in rows]
    return [(number, len(read) - place) for place, number in enumerate(read, start=1) if isinstance(number, int)]


async def asked(connection: AsyncConnection, query: Select[Any]) -> list[Row | Torn]:
    """What the query finds; of a row that is torn, what can be read of it."""
    try:
        return [*(await connection.execute(query)).mappings()]
    except Exception as error:
        if not is_torn(error):
            raise
        return await one_by_one(connection, query, {})


def _is_whole(table: Table, row: Row, reader: Callable[[Row], object] | None) -> bool:
    try:
        if reader:
            reader(row)
    except Newer:
        pass
    except (*UNREADABLE, NotGrown):
        return False
    return all(_fits(column, row[column.name]) for column in table.columns)


def _fits(column: Column[Any], value: object) -> bool:
    if value is None:
        return bool(column.nullable)
    if isinstance(value, str) and isinstance(column.type, String):
        return len(value) <= (column.type.length or len(value))
    return isinstance(value, column.type.python_type)


def _constraints(table: Table) -> list[ColumnElement[bool]]:
    """Of each constraint, that it does not hold."""
    wrong: list[ColumnElement[bool]] = []
    for constraint in table.constraints:
        if isinstance(constraint, CheckConstraint):
            wrong.append(not_(literal_column(f"({constraint.sqltext})", Boolean())))
        elif isinstance(constraint, ForeignKeyConstraint):
            pairs = [(element.parent, element.column) for element in constraint.elements]
            other = pairs[0][1].table.alias("parent")
            same = [other.c[theirs.name] == mine for mine, theirs in pairs]
            wrong.append(and_(*(mine.is_not(None) for mine, _ in pairs), ~exists().where(*same)))
    return wrong
