"""Beside each entry lie the rows that were written with it, so that the tables can be held against the trail.

The new column may be empty, so that the program before this one can still write: its entries tell of no rows. The rows
that stand here already are brought under the trail when the program starts (`store.bringing`).
"""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    op.add_column("entries", sa.Column("wrote", sa.LargeBinary(), nullable=True))
    before = sa.text("wrote IS NULL")
    op.create_index(
        "ix_entries_before_rows", "entries", ["school", "sequence", "thing"],
        sqlite_where=before, postgresql_where=before,
    )  # fmt: skip


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
