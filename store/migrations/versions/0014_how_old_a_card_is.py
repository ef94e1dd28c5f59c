"""When a notice was put out, by the database's own clock: so that its age counts from there, whoever delivers it.

It may be empty: the program before this one still writes beside it, and what it put out has no age.
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    op.add_column("outbox", sa.Column("put_ms", sa.BigInteger(), nullable=True))


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
