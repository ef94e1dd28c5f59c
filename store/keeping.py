"""Compare-and-set, once for every noun that has a version: of two changes to one version, one wins. Decides nothing."""

from collections.abc import Mapping
from functools import cache
from uuid import UUID

from sqlalchemy import ColumnElement, Table, Update, bindparam, insert, select, update

from handlers.errors import MovedOn
from store.work import Work


async def keep(
    work: Work, table: Table, id: UUID, version: int, values: Mapping[str, object], *, once: tuple[str, ...] = ()
) -> None:
    """Update where the stored version is that, else insert the first one, at version 1.

    `once` are columns that never change and that no two rows of a school may share together, such as a number within
    its concern. Raises `MovedOn` when the version is another, or when what is `once` has been taken meanwhile.
    """
    its = {"school": work.school, "id": id, "version": version, **{name: values[name] for name in once}}
    stored = {f"its_{name}": value for name, value in its.items()}
    if await work.write(_stored(table, tuple(its)), {**stored, **values, "version": version + 1}) == 1:
        return
    if version != 1 or await _is_taken(work, table, id, [table.c[name] == values[name] for name in once]):
        raise MovedOn
    await work.write(insert(table), {**values, "school": work.school, "id": id, "version": 1})


@cache
def _stored(table: Table, columns: tuple[str, ...]) -> Update:
    """The row of which all those columns are as they were; built once for each table."""
    return update(table).where(*(table.c[name] == bindparam(f"its_{name}") for name in columns))


async def _is_taken(work: Work, table: Table, id: UUID, fixed: list[ColumnElement[bool]]) -> bool:
    same = table.c.id == id
    if fixed:
        taken = fixed[0]
        for column in fixed[1:]:
            taken &= column
        same |= taken
    return await work.first(select(table.c.id).where(table.c.school == work.school, same)) is not None
