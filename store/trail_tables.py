"""The schema of the trail: its entries, those who were turned away, and checkpoints.

As `store.tables`: but for the words of an entry, which are sealed, nothing here holds a word that anybody typed.
"""

from uuid import UUID

from sqlalchemy import BigInteger, CheckConstraint, Column, Computed, Index, Integer, String, Table, Uuid, text

from store.columns import count, plain_bytes, same_school, school_key, sealed
from store.statements import said
from store.tables import metadata

_HASH = "SHA-256 of bodies that are plain themselves"
_BEFORE = text("wrote IS NULL")  # no program told of rows then


def _said(name: str, length: int) -> Column[str]:
    """What the body says, for an index. The database works it out: nobody writes it, so an older program's has it too.
    """
    why = {"plain": "it stands in the body"}
    return Column(name, String(length), Computed(said(name, length)), nullable=True, info=why)


entries = Table(
    "entries",
    metadata,
    school_key(),
    Column("sequence", BigInteger, primary_key=True, autoincrement=False),
    Column("thing", Uuid, nullable=True),
    plain_bytes("body", why="ids, times, a deed and codes: what a stranger must be able to verify"),
    plain_bytes("leaf", why=_HASH),
    sealed("words", optional=True),
    plain_bytes("wrote", why="rows as they stand in plain tables: ids, times and codes", optional=True),
    _said("at", 32),
    _said("deed", 64),
    same_school("schools"),
    Index(None, "school", "thing", "sequence"),
    Index(None, "school", "deed", "at"),
    Index("ix_entries_before_rows", "school", "sequence", "thing", sqlite_where=_BEFORE, postgresql_where=_BEFORE),
    CheckConstraint("sequence >= 1", name="entries_count_from_one"),
)

turned_away = Table(
    "turned_away",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    plain_bytes("body", why="a time, a deed and codes: nothing that was sent"),
    plain_bytes("leaf", why=_HASH),
)
"""A log of its own, without a school: whoever is turned away at the gate belongs to none. `id` is its sequence."""

turned_away_head = Table(
    "turned_away_head",
    metadata,
    Column("one", Integer, primary_key=True, autoincrement=False),
    count("sequence"),
    plain_bytes("newest", why=_HASH),
    plain_bytes("peaks", why=_HASH),
    CheckConstraint("one = 1", name="there_is_one_head"),
)
"""How far that log has come, in its one row."""

NOBODYS = UUID(int=0)
"""In place of a school: the log of those turned away."""

checkpoints = Table(
    "checkpoints",
    metadata,
    school_key(),
    Column("size", BigInteger, primary_key=True, autoincrement=False),
    plain_bytes("note", why="a log's name, size, root and signature"),
    plain_bytes("evidence", why=_HASH),
)
"""Of every log, that of nobody's school too: so no school need be enrolled for one."""
