"""The deed and the time of an entry in columns, with an index: who asks what was done in a term reads nothing else.

The database works both out of the body, of those that stand here too, and nobody can write them: so the triggers that
refuse a change have nothing to refuse, and what the program before this one adds beside it has them as well.
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

_SAID = {"at": 32, "deed": 64}


def upgrade() -> None:
    stored = True if op.get_bind().dialect.name == "postgresql" else None  # SQLite adds none to a table that is there
    for name, length in _SAID.items():
        said = sa.Computed(_said(name, length), persisted=stored)
        op.add_column("entries", sa.Column(name, sa.String(length), said, nullable=True))
    op.create_index("ix_entries_school_deed_at", "entries", ["school", "deed", "at"])


def _said(name: str, length: int) -> sa.TextClause:
    """The text that a body says first under that name."""
    key = f'"{name}":"'
    if op.get_bind().dialect.name == "postgresql":
        key = key.replace(":", r"\:")  # the engine's own, and no parameter
        return sa.text(f"substring(encode(body, 'escape') from '{key}([^\"]{{0,{length}}})\"')")
    rest = f"substr(body, instr(body, x'{key.encode().hex()}') + {len(key)}, {length + 1})"
    return sa.text(f"CAST(substr({rest}, 1, instr({rest}, x'22') - 1) AS TEXT)")


def downgrade() -> None:
    """A schema goes forward only: what a step back would drop is somebody's record."""
    raise RuntimeError("the schema goes forward only")
