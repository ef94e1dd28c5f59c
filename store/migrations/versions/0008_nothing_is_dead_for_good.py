"""Waits by the database's clock, what was told in another way or set aside, and the troubles that last.

Every new column may be empty, so that the program before this one can still write. What was given up waits again: each
card once, in its old place in the order; the card is drawn when it is carried, so what is no longer so is not sent.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

REVIVED = (
    """DELETE FROM outbox WHERE state = 'dead' AND EXISTS (
        SELECT 1 FROM outbox AS other WHERE other.school = outbox.school AND other.same = outbox.same
        AND (other.state = 'waiting' OR (other.state = 'dead' AND other.id < outbox.id)))""",
    "UPDATE outbox SET state = 'waiting', attempts = 0, not_before = NULL WHERE state = 'dead'",
)


def upgrade() -> None:
    with op.batch_alter_table("outbox") as outbox:
        outbox.add_column(sa.Column("due_ms", sa.BigInteger(), nullable=True))
        outbox.add_column(sa.Column("told_at", sa.DateTime(timezone=True), nullable=True))
        outbox.add_column(sa.Column("aside_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "troubles",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("trouble", sa.String(40), nullable=False),
        sa.Column("where", sa.String(600), nullable=False),
        sa.Column("reason", sa.String(64), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["school"], ["schools.school"], name="fk_troubles_school_schools"),
        sa.PrimaryKeyConstraint("school", "trouble", "where", name="pk_troubles"),
    )
    for statement in REVIVED:
        op.execute(statement)


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
