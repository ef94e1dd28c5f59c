"""Indexes of the outbox: the first of each place is found whatever waits behind it, and so is what hangs.

They are as small as what they hold: nothing is set aside or dead in a school where all is well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"

_NEW = {
    "in_order": (("stream", "id"), "state <> 'dead' AND aside_at IS NULL"),
    "aside": (("id",), "aside_at IS NOT NULL"),
    "dead": (("id",), "state = 'dead'"),
}


def upgrade() -> None:
    for name, (columns, which) in _NEW.items():
        only = sa.text(which)
        op.create_index(
            f"ix_outbox_{name}", "outbox", ["school", *columns], sqlite_where=only, postgresql_where=only
        )


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
