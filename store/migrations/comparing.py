"""Compares what the migrations make with what `store.tables` describes.

Alembic compares tables, columns, keys and indexes; the checks in words and the triggers are compared here.
"""

from collections import Counter

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, inspect, text

from store.engine import make_engine
from store.migrations.running import upgrade
from store.schema import metadata
from store.trail_tables import checkpoints, entries, turned_away

_REFUSED = {"sqlite": ("update", "delete", "replace"), "postgresql": ("update", "delete")}
"""SQLite would replace a row by INSERT OR REPLACE without a word."""
_TRIGGERS = {
    "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal",
}
_PATIENCE = 60.0


async def differences(url: str) -> list[str]:
    """What differs between `store.tables` and the database at that address, once it is migrated."""
    engine = make_engine(url, deadline=_PATIENCE, migrating=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(upgrade)
            return await connection.run_sync(_differences)
    finally:
        await engine.dispose()


def _differences(connection: Connection) -> list[str]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    found = [str(difference) for difference in compare_metadata(context, metadata)]
    return found + _checks(connection) + _triggers(connection)


def _checks(connection: Connection) -> list[str]:
    lines: list[str] = []
    inspector = inspect(connection)
    there = set(inspector.get_table_names())
    for table in (table for table in metadata.sorted_tables if table.name in there):
        wanted = Counter(str(check.name) for check in table.constraints if isinstance(check, CheckConstraint))
        found = Counter(str(check["name"]) for check in inspector.get_check_constraints(table.name))
        differing = sorted(((wanted - found) + (found - wanted)).keys())
        lines += [f"{table.name}: the check {name} is on one side only" for name in differing]
    return lines


def _triggers(connection: Connection) -> list[str]:
    refused = _REFUSED[connection.dialect.name]
    wanted = {f"{table.name}_refuse_{deed}" for table in (entries, turned_away, checkpoints) for deed in refused}
    found = set(connection.execute(text(_TRIGGERS[connection.dialect.name])).scalars())
    return [f"the trigger {name} is on one side only" for name in sorted(wanted ^ found)]
