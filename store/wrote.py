"""Which rows an entry tells of, and how: each row that its unit of work wrote, whole, as it stands after it.

So the last entry that tells of a row says how it must stand, and nobody need add anything up. The rows lie beside the
body, in a column of the entry that no bundle and no copy outside has; the body, and so the leaf, holds their digest
alone. They begin with a salt, so that nobody who has the digest can try who might be named in a concern.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Set
from contextlib import suppress
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, Table, Uuid

from store.case_tables import concern_children, concern_sealed, glasses, referrals, shares
from store.columns import UtcTime
from store.damage import UNREADABLE
from store.memory import Row
from store.packing import canonical
from store.tables import actions, case_keys, concern_named, concerns

LINKED = (
    ("named", concern_named, "person"),
    ("sealed", concern_sealed, "person"),
    ("children", concern_children, "pupil"),
)
"""Whom and what a concern is linked with, each in a table of its own: they stand with the concern's own columns."""
CARRIED: Mapping[str, Table] = {
    table.name: table for table in (concerns, actions, referrals, shares, glasses, case_keys)
}
"""The tables whose rows the trail carries, by their names: what is so of a case, all but its words, and that the key of
those is the one under which they were sealed, or was destroyed by two people. Of what is sealed, SHA-256."""
NOT_CARRIED: Mapping[str, str] = {
    "entries": "it is the trail",
    "heads": "it is held against the trail, and made of it",
    "turned_away": "it is a log of its own, and verified like the trail",
    "turned_away_head": "it is held against that log, and made of it",
    "checkpoints": "each is signed",
    "schools": "a key that was changed opens nothing, and the program does not start",
    "people": "it is written anew from the school's file",
    "accounts": "it is written anew from the school's file",
    "pupils": "it is written anew from the school's file",
    "drafts": "nobody has sent it yet: it changes with every page, and leaves no entry",
    "outbox": "it is on its way, and drawn from the rows that are carried",
    "posts": "it is what stands in chat, and drawn from the rows that are carried",
    "steps": "it says who was reminded; what is late stands in the rows that are carried, and on every list",
    "addresses": "it is how a platform is reached, and says nothing of a case",
    "troubles": "it is what is wrong now, and says nothing of a case",
    "concern_references": "the program before counted in it; a reference stands in its concern",
}
"""Every other table but those of the links, and why it is not."""
Told = Mapping[str, object]
"""A row as an entry tells of it, by the names of its columns; what is empty is left out."""
Rows = Mapping[tuple[str, UUID], Told]
"""By table and id."""
_UNTOLD = frozenset({"school", "id", "case"})


def told(row: Row) -> Told:
    """As an entry tells of it."""
    plain = {name: _plain(value) for name, value in row.items() if name not in _UNTOLD}
    return {name: value for name, value in plain.items() if value is not None and value != []}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, Set):
        return sorted(str(one) for one in cast("Set[UUID]", value))
    return sha256(value).hexdigest() if isinstance(value, bytes) else value


def row_of(table: Table, id: UUID, row: Told) -> Row:
    """The row that an entry tells of, as the database would give it: links as ids in one text."""
    plain = {column.name: _typed(column, row.get(column.name)) for column in table.columns}
    links = {name: " ".join(cast("list[str]", row.get(name, []))) for name, _, _ in LINKED}
    return {**plain, **links, "id": id}


def _typed(column: Column[Any], value: object) -> object:
    if isinstance(value, str) and isinstance(column.type, UtcTime):
        return datetime.fromisoformat(value)
    return UUID(value) if isinstance(value, str) and isinstance(column.type, Uuid) else value


def pack(rows: Rows) -> bytes:
    """Empty where there are none: such an entry says that it wrote none."""
    if not rows:
        return b""
    by_table: dict[str, dict[str, Told]] = {}
    for (table, id), row in rows.items():
        by_table.setdefault(table, {})[str(id)] = row
    return canonical({"rows": by_table, "salt": secrets.token_hex(16)})


def unpack(packed: bytes) -> Rows:
    raw: Any = json.loads(packed)
    return {(table, UUID(id)): row for table, rows in raw["rows"].items() for id, row in rows.items()}


def told_in(told: Iterable[bytes], table: Table, id: UUID) -> Row | None:
    """The row as the first of those tells of it that can be read; None where none does. The newest comes first."""
    for packed in told:
        with suppress(*UNREADABLE):
            if (one := unpack(packed).get((table.name, id))) is not None:
                return row_of(table, id, one)
    return None


def stands_as(row: Row, told: Row | None, table: Table) -> bool:
    """Whether the row's own columns are as it was told of."""
    own = [column.name for column in table.columns if column.name not in ("school", "id")]
    return told is not None and all(told[name] == row[name] for name in own)
