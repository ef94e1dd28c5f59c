"""One person may hold several posts: `people.role` becomes `people.roles`, words with a space between.

A row with one word stands as it was, for one word is such a list. The program before this one reads the old name: it is
stopped before the schema is brought up.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    with op.batch_alter_table("people") as people:
        people.alter_column(
            "role", new_column_name="roles", existing_type=sa.String(length=40), type_=sa.String(length=200),
            existing_nullable=False,
        )  # fmt: skip


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
