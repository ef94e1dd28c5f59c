"""Indexes, so that no question takes longer for what has been stored over the years."""

from alembic import op

revision = "0005"
down_revision = "0004"

_NEW = {
    "concerns": (("reporter", "submitted_at"), ("submitted_at",)),
    "concern_named": (("person", "concern"),),
    "actions": (("owner", "status"),),
    "drafts": (("owner", "at"),),
    "posts": (("message",),),
    "glasses": (("asked_by",), ("until",)),
}
_OLD = {"concerns": "reporter", "actions": "owner"}
"""What a longer one serves as well."""


def upgrade() -> None:
    for table, wanted in _NEW.items():
        for columns in wanted:
            op.create_index("_".join(("ix", table, "school", *columns)), table, ["school", *columns])
    for table, column in _OLD.items():
        op.drop_index(f"ix_{table}_school_{column}", table)


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
