"""An index, so that the log of low-level concerns reads those about adults and no child's."""

from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    op.create_index("ix_concerns_school_about", "concerns", ["school", "about"])


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
