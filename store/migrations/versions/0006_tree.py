"""Each trail becomes a tree (RFC 9162): its leaves are made anew, and its head holds the tree's peaks.

Before anything is changed the chain of before is verified, for new leaves would hide what was done to it; a trail that
does not hold is not brought forward. What receipts showed until now stays true: the chain is made of the bodies, and
they stay as they are. The program before this one does not know the new head, and can write nothing.
"""

import hashlib
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from alembic import op

from store.tree import Peaks, leaf_of

revision = "0006"
down_revision = "0005"



def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(column, sa.types.NullType()) for column in columns))


_HEADS = _table("heads", "school", "sequence", "leaf", "newest", "peaks")
_ENTRIES = _table("entries", "school", "sequence", "body", "leaf")
_AWAY = _table("turned_away", "id", "body", "leaf")
_NOTHING = bytes(32)
_PAGE = 2000
_TABLES = {"entries": "school = NEW.school AND sequence = NEW.sequence", "turned_away": "id = NEW.id"}


class TrailBroken(ValueError):
    """The trail that should be brought forward does not hold; the text is for the technician."""


def upgrade() -> None:
    for table in _TABLES:
        _let(table)
    _heads()
    _turned_away()
    for table in _TABLES:
        _refuse(table)


def _let(table: str) -> None:
    on = f" ON {table}" if op.get_bind().dialect.name == "postgresql" else ""
    for deed in ("update", "delete"):
        op.execute(f"DROP TRIGGER IF EXISTS {table}_refuse_{deed}{on}")


def _refuse(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        # TRUNCATE passes no row by: it is refused with DELETE, once for the whole statement.
        for name, deeds in (("update", "UPDATE"), ("delete", "DELETE OR TRUNCATE")):
            op.execute(
                f"CREATE TRIGGER {table}_refuse_{name} BEFORE {deeds} ON {table} "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    refusal = "SELECT RAISE(ABORT, 'the trail can only be added to')"
    for deed in ("update", "delete"):
        op.execute(f"CREATE TRIGGER {table}_refuse_{deed} BEFORE {deed} ON {table} BEGIN {refusal}; END")
    # What INSERT OR REPLACE takes away fires no trigger of DELETE, unless the connection says that it shall.
    there = f"EXISTS (SELECT 1 FROM {table} WHERE {_TABLES[table]})"  # noqa: S608 (two names of ours)
    op.execute(f"CREATE TRIGGER {table}_refuse_replace BEFORE INSERT ON {table} WHEN {there} BEGIN {refusal}; END")


def _heads() -> None:
    with op.batch_alter_table("heads") as heads:
        heads.add_column(sa.Column("newest", sa.LargeBinary(), nullable=True))
        heads.add_column(sa.Column("peaks", sa.LargeBinary(), nullable=True))
    connection = op.get_bind()
    old = sa.select(_HEADS.c.school, _HEADS.c.sequence, _HEADS.c.leaf)
    for school, sequence, leaf in connection.execute(old).all():
        newest, peaks = _grown(school, sequence, leaf)
        moved = {"newest": newest, "peaks": peaks.packed()}
        connection.execute(sa.update(_HEADS).where(_HEADS.c.school == school).values(moved))
    with op.batch_alter_table("heads") as heads:
        heads.alter_column("newest", existing_type=sa.LargeBinary(), nullable=False)
        heads.alter_column("peaks", existing_type=sa.LargeBinary(), nullable=False)
        heads.drop_column("leaf")


def _grown(school: object, sequence: int, newest: bytes) -> tuple[bytes, Peaks]:
    """The newest leaf and the peaks of that school's tree. Raises `TrailBroken` where the chain does not hold."""
    chained, leaf, peaks = _NOTHING, _NOTHING, Peaks()
    for page in _pages(school):
        for row in page:
            chained = hashlib.sha256(chained + row.body).digest()
            if row.sequence != peaks.size + 1 or row.leaf != chained:
                _broken(school, peaks.size + 1)
            leaf = leaf_of(row.body)
            peaks.add(leaf)
        mine = (_ENTRIES.c.school == sa.bindparam("s"), _ENTRIES.c.sequence == sa.bindparam("n"))
        new = [{"s": school, "n": row.sequence, "new": leaf_of(row.body)} for row in page]
        op.get_bind().execute(sa.update(_ENTRIES).where(*mine).values(leaf=sa.bindparam("new")), new)
    if peaks.size != sequence or chained != newest:
        _broken(school, min(peaks.size, sequence) + 1)
    return leaf, peaks


def _pages(school: object) -> Iterator[list[Any]]:
    columns = sa.select(_ENTRIES.c.sequence, _ENTRIES.c.body, _ENTRIES.c.leaf).where(_ENTRIES.c.school == school)
    last = -1
    while page := _page(columns.where(_ENTRIES.c.sequence > last)):
        yield page
        last = page[-1].sequence


def _page(rows: sa.Select[Any, Any, Any]) -> list[Any]:
    return list(op.get_bind().execute(rows.order_by(_ENTRIES.c.sequence).limit(_PAGE)).all())


def _broken(school: object, sequence: int) -> None:
    raise TrailBroken(
        f"The audit trail of the school {UUID(str(school))} does not hold: entry {sequence} is the first that was "
        "changed or is missing. Nothing has been brought forward. Bring back a backup in which it holds, or ask who "
        "may have written to the database; the version of Heard before this one can still serve it."
    )


def _turned_away() -> None:
    """A log of its own, numbered without gaps: nothing refers to its numbers."""
    with op.batch_alter_table("turned_away") as away:
        away.add_column(sa.Column("leaf", sa.LargeBinary(), nullable=True))
    head = op.create_table(
        "turned_away_head",
        sa.Column("one", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sequence", sa.BigInteger(), nullable=False),
        sa.Column("newest", sa.LargeBinary(), nullable=False),
        sa.Column("peaks", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("one = 1", name="there_is_one_head"),
        sa.PrimaryKeyConstraint("one", name="pk_turned_away_head"),
    )
    connection, leaf, peaks = op.get_bind(), _NOTHING, Peaks()
    for id, body in connection.execute(sa.select(_AWAY.c.id, _AWAY.c.body).order_by(_AWAY.c.id)).all():
        leaf = leaf_of(body)
        peaks.add(leaf)
        connection.execute(sa.update(_AWAY).where(_AWAY.c.id == id).values(id=peaks.size, leaf=leaf))
    with op.batch_alter_table("turned_away") as away:
        away.alter_column("leaf", existing_type=sa.LargeBinary(), nullable=False)
    op.bulk_insert(head, [{"one": 1, "sequence": peaks.size, "newest": leaf, "peaks": peaks.packed()}])


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
