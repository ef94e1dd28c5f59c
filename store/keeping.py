"""Compare-and-set, once for every noun that has a version: of two changes to one version, one wins. Decides nothing."""

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from sqlalchemy import Table, Update, bindparam, update
from sqlalchemy.sql.base import Executable

from handlers.errors import MovedOn
from store import statements
from store.memory import Row
from store.work import Work


async def keep(
    work: Work,
    table: Table,
    by_id: Executable,
    *,
    id: UUID,
    version: int,
    values: Mapping[str, object],
    once: tuple[str, ...] = (),
) -> Row:
    """Insert it where there is none, at version 1, else update where the stored version is that one; returns the row.

    `by_id` finds what is stored: who changes something has read it in this unit of work, so that costs nothing.
    `once` are columns that never change and that no two rows of a school may share together, such as a number within
    its concern. Raises `MovedOn` when the version is another, or when what is `once` has been taken meanwhile.
    """
    if await work.first(by_id, id=id) is None:
        row = await _begin(work, table, {**values, "school": work.school, "id": id, "version": version})
    else:
        row = await _change(work, table, {**values, "school": work.school, "id": id, "version": version}, once)
    work.tell(table, row)
    return row


async def _change(work: Work, table: Table, row: Row, once: tuple[str, ...]) -> Row:
    its = {name: row[name] for name in ("school", "id", "version", *once)}
    stored = {f"its_{name}": value for name, value in its.items()}
    values = {name: value for name, value in row.items() if name not in ("school", "id")}
    if await work.write(_stored(table, tuple(its)), {**stored, **values, "version": row["version"] + 1}) != 1:
        raise MovedOn
    return {**row, "version": row["version"] + 1}


async def _begin(work: Work, table: Table, row: Row) -> Row:
    if row["version"] != 1 or await work.write(statements.fresh(work.connection, table), dict(row)) != 1:
        raise MovedOn
    return row


@cache
def _stored(table: Table, columns: tuple[str, ...]) -> Update:
    """The row of which all those columns are as they were; built once for each table."""
    return update(table).where(*(table.c[name] == bindparam(f"its_{name}") for name in columns))
