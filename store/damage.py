"""Rows that cannot be read: each is set aside by its table and id, never by what stands in it, and the rest is read.

Whoever asks for that very one is told so (`handlers.errors.Damaged`). SQLite keeps in a column whatever is put there:
so a value may not even be of its column's type. Then the rows are taken one by one, as the driver has them.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from sqlite3 import OperationalError
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import CheckConstraint, Select, Table
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from handlers.ports import Damage
from store.memory import Row
from store.sealing import SealBroken
from store.sqlite import AT_LENGTH

T = TypeVar("T")
UNREADABLE = (SealBroken, ValueError, LookupError, TypeError, AttributeError)
"""What reading a row raises where its cells are not those that the program wrote."""


class Newer(Exception):
    """A row with a word that this version does not know, and that is whole: a newer version wrote it, which runs beside
    this one while it is brought in. It is left alone, and is no damage."""


_WORD = re.compile(r"[a-z][a-z0-9_.]{1,39}")
_PLAIN = re.compile(r"[A-Za-z0-9_.:@-]{1,120}")
_NO_TEXT = "Could not decode to UTF-8"


@dataclass(frozen=True, slots=True)
class Torn:
    """A row of which a value is not even of its column's type."""

    row: Row
    """What can be read of it."""


def named(table: Table, row: Mapping[Any, Any]) -> Damage:
    """By its key but for the school. A key that is damaged itself, and could hold anything, is not repeated."""
    key = [row.get(column.name) for column in table.primary_key.columns if column.name != "school"]
    key = key or [row.get("school")]
    return Damage(table=table.name, id="/".join(_shown(value) for value in key))


def is_word(value: object) -> bool:
    """Whether it could be a word of a vocabulary."""
    return isinstance(value, str) and _WORD.fullmatch(value) is not None


def unknown_words(table: Table, row: Mapping[Any, Any]) -> frozenset[str]:
    """The columns of it that hold a word of no vocabulary of this version, and could hold one of a newer's."""
    return frozenset(
        constraint.info["column"]
        for constraint in table.constraints
        if isinstance(constraint, CheckConstraint) and "words" in constraint.info
        if (word := row.get(constraint.info["column"])) not in constraint.info["words"] and is_word(word)
    )


def _shown(value: object) -> str:
    text = str(value) if isinstance(value, str | int | UUID) else ""
    return text if _PLAIN.fullmatch(text) else "?"


def is_torn(error: Exception) -> bool:
    """Whether a row was found whose values are not of their columns' types."""
    if isinstance(error, DBAPIError):
        return isinstance(error.orig, OperationalError) and _NO_TEXT in str(error.orig)
    return isinstance(error, ValueError | TypeError | AttributeError) and not isinstance(error, SQLAlchemyError)


async def one_by_one(connection: AsyncConnection, query: Select[Any], values: Mapping[str, object]) -> list[Row | Torn]:
    """What the query finds, with what can be read of a row that is torn."""
    driver = cast("Any", (await connection.get_raw_connection()).driver_connection)
    before, driver.text_factory = driver.text_factory, _text
    try:
        result = await connection.execute(query.execution_options(**{AT_LENGTH: False}), dict(values))
        names, found = list(result.keys()), cast("Any", result.cursor).fetchall()
        result.close()
    finally:
        driver.text_factory = before
    readers = [column.type.dialect_impl(connection.dialect) for column in query.selected_columns]
    processors = [reader.result_processor(connection.dialect, None) for reader in readers]
    return [_row(names, processors, values) for values in found]


class _NoText(bytes):
    """Bytes in the place of a text that are none."""


def _text(raw: bytes) -> str | _NoText:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _NoText(raw)


def _row(names: Sequence[str], processors: Sequence[Any], values: Sequence[object]) -> Row | Torn:
    row: dict[str, object] = {}
    for name, processor, value in zip(names, processors, values, strict=True):
        try:
            if isinstance(value, _NoText):
                continue
            row[name] = processor(value) if processor else value
        except UNREADABLE:
            continue
    return row if len(row) == len(names) else Torn(row)
