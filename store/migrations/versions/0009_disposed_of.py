"""When a concern was disposed of: then the keys of its words are gone, and it is found by nothing.

The new column may be empty, so that the program before this one can still write.
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    op.add_column("concerns", sa.Column("disposed_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
