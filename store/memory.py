"""What a unit of work has read it keeps, until it writes to a table that this was read from.

So a use case may ask for the same concern in five places, and the database is asked once. It is exact because nobody
else writes meanwhile: who may write has the school's turn from the first statement on, and who only looks sees one
moment. It lives as long as its unit of work and no longer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast
from weakref import WeakKeyDictionary

from sqlalchemy import FromClause, Table
from sqlalchemy.sql import ClauseElement, visitors
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.dml import UpdateBase

Row = Mapping[Any, Any]
"""A row by the names of its columns, as the database gave it or as it was written."""
Rows = Sequence[Row]
Asked = tuple[Executable, tuple[tuple[str, object], ...]]
"""A query that is built once, and what the names in it stand for."""

_READS: WeakKeyDictionary[Executable, frozenset[Table]] = WeakKeyDictionary()


@dataclass(slots=True)
class Memory:
    _held: dict[Asked, Rows] = field(default_factory=dict[Asked, Rows])

    def recall(self, query: Executable, values: Mapping[str, object]) -> Rows | None:
        """None where that was not asked yet, or may be otherwise by now."""
        return self._held.get(key_of(query, values))

    def keep(self, query: Executable, values: Mapping[str, object], rows: Rows) -> None:
        self._held[key_of(query, values)] = rows

    def forget(self, table: FromClause) -> None:
        """Everything that was read from it."""
        for asked in [asked for asked in self._held if table in reads(asked[0])]:
            del self._held[asked]


def reads(query: Executable) -> frozenset[Table]:
    """The tables that a statement reads or writes, in whatever part of it they stand."""
    if query not in _READS:
        parts = [*visitors.iterate(query)] if isinstance(query, ClauseElement) else []
        parts += [query.table] if isinstance(query, UpdateBase) else []
        _READS[query] = frozenset(cast("Table", part) for part in parts if isinstance(part, Table))
    return _READS[query]


def key_of(query: Executable, values: Mapping[str, object]) -> Asked:
    """Names what was asked, whoever asks it again."""
    return query, tuple((name, _fixed(value)) for name, value in values.items())


def _fixed(value: object) -> object:
    return tuple(cast("list[object]", value)) if isinstance(value, list) else value
