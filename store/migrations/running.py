"""Brings the schema to its newest form, in the caller's transaction. Alembic is loaded only where it has to be done.

The migrations are one chain, numbered as their files are: `0004_nothing_sleeps.py` is revision 0004.
"""

from functools import cache
from pathlib import Path

from sqlalchemy import Connection, text

VERSIONS = Path(__file__).parent / "versions"
_ONE_AT_A_TIME = 0x48_65_61_72_64
"""The number of the lock under which one process migrates a PostgreSQL: "Heard" in ASCII."""
_IS_NUMBERED = "SELECT version_num FROM alembic_version"
"""Alembic's own table, of one row."""


def upgrade(connection: Connection) -> None:
    """Bring the schema to its newest form; of several processes one does it and the others wait."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    if is_newest(connection):
        return
    from store.migrations.moving import move  # noqa: PLC0415 (a tenth of a second at every start, for one in a hundred)

    move(connection)
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise RuntimeError("the migration left a row that points nowhere: nothing has been changed")


def is_newest(connection: Connection) -> bool:
    """Whether the schema is the one that this version of the program works on."""
    if not connection.dialect.has_table(connection, "alembic_version"):
        return False
    return list(connection.execute(text(_IS_NUMBERED)).scalars()) == [newest()]


@cache
def newest() -> str:
    """The last of the chain, by its number."""
    return max(file.name for file in VERSIONS.glob("[0-9]*_*.py")).partition("_")[0]
