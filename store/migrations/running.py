"""Runs the migrations, in the caller's transaction."""

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

_HERE = Path(__file__).parent
_ONE_AT_A_TIME = 0x48_65_61_72_64
"""The number of the lock under which one process migrates a PostgreSQL: "Heard" in ASCII."""


def upgrade(connection: Connection) -> None:
    """Bring the schema to its newest form; of several processes one does it and the others wait."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _ONE_AT_A_TIME})
    if is_newest(connection):
        return
    command.upgrade(config_for(connection), "head")
    if connection.dialect.name == "sqlite" and connection.execute(text("PRAGMA foreign_key_check")).first():
        raise RuntimeError("the migration left a row that points nowhere: nothing has been changed")


def is_newest(connection: Connection) -> bool:
    """Whether the schema is the one that this version of the program works on."""
    return MigrationContext.configure(connection).get_current_heads() == _newest()


@cache
def _newest() -> tuple[str, ...]:
    return tuple(ScriptDirectory(str(_HERE)).get_heads())


def config_for(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_HERE).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config
