"""From when a concern counts as "now", and until when somebody named has said that the child is safe.

Every new column may be empty, so that the program before this one can still write.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("concerns") as concerns:
        concerns.add_column(sa.Column("now_since", sa.DateTime(timezone=True), nullable=True))
        concerns.add_column(sa.Column("safe_until", sa.DateTime(timezone=True), nullable=True))
        concerns.add_column(sa.Column("safe_by", sa.Uuid(), nullable=True))
        concerns.create_foreign_key("fk_concerns_school_safe_by", "people", ["school", "safe_by"], ["school", "id"])
        concerns.create_check_constraint(
            "somebody_named_says_until_when_it_is_safe", "(safe_until IS NULL) = (safe_by IS NULL)"
        )
        concerns.create_check_constraint("what_counts_as_now_is_now", "now_since IS NULL OR urgency = 'now'")


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
