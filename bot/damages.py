"""What is said of damaged rows: which they are, by table and id, and never what stands in them."""

from collections.abc import Collection, Sequence

from handlers.ports import Damage


def lines(found: Collection[Damage]) -> Sequence[str]:
    """A sentence for each table that has any, with all of them."""
    by_table: dict[str, list[str]] = {}
    for one in sorted(found):
        by_table.setdefault(one.table, []).append(one.id)
    return [
        f"The database is damaged: in the table {table}, {_rows(ids)} cannot be read, or cannot be right. "
        "Everything else is served. Bring it back from a backup."
        for table, ids in by_table.items()
    ]


def _rows(ids: Sequence[str]) -> str:
    return f"row {ids[0]}" if len(ids) == 1 else f"{len(ids)} rows ({', '.join(ids)})"
