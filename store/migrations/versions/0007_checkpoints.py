"""Checkpoints: how far each log had come when, signed. They can only be added, like the entries they vouch for."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.create_table(
        "checkpoints",
        sa.Column("school", sa.Uuid(), nullable=False),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("note", sa.LargeBinary(), nullable=False),
        sa.Column("evidence", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("school", "size", name="pk_checkpoints"),
    )
    if op.get_bind().dialect.name == "postgresql":
        for name, deeds in (("update", "UPDATE"), ("delete", "DELETE OR TRUNCATE")):
            op.execute(
                f"CREATE TRIGGER checkpoints_refuse_{name} BEFORE {deeds} ON checkpoints "
                "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()"
            )
        return
    refusal = "SELECT RAISE(ABORT, 'the trail can only be added to')"
    for deed in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER checkpoints_refuse_{deed} BEFORE {deed} ON checkpoints BEGIN {refusal}; END"
        )
    # One that is signed twice at once is passed over (ON CONFLICT DO NOTHING) before it comes to this.
    other = "(note <> NEW.note OR evidence <> NEW.evidence)"
    there = f"EXISTS (SELECT 1 FROM checkpoints WHERE school = NEW.school AND size = NEW.size AND {other})"  # noqa: S608
    op.execute(
        f"CREATE TRIGGER checkpoints_refuse_replace BEFORE INSERT ON checkpoints WHEN {there} BEGIN {refusal}; END"
    )


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
