"""What is said of rows that are damaged, or not as the trail says: by table and id, never what stands in them."""

from collections.abc import Collection, Sequence

from handlers.ports import Damage
from store.row_verdicts import RowVerdict


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


def of_a_newer_version(found: Collection[Damage]) -> Sequence[str]:
    """One sentence; none where there are none. Nothing is wrong with them."""
    if not found:
        return ()
    ids = ", ".join(f"{one.table} {one.id}" for one in sorted(found))
    return (
        f"A newer version of Heard wrote these, and this one leaves them alone: {ids}. Bring every process of it up to "
        "date.",
    )


def _rows(ids: Sequence[str]) -> str:
    return f"row {ids[0]}" if len(ids) == 1 else f"{len(ids)} rows ({', '.join(ids)})"


def against_the_trail(found: RowVerdict) -> Sequence[str]:
    """A sentence for each row that is not as the trail says, and what is not known."""
    lines = [f"In the table {one.table}, row {one.id} {one.what}." for one in found.faults]
    lines += [f"Not as the trail says: {len(lines)}. Somebody wrote there past the program."] if lines else []
    lines += [f"Rows of cases that are as the trail says: {found.rows}."] if found.rows else []
    if not found.unknown:
        return lines
    ids = ", ".join(f"{table} {id}" for table, id in found.unknown)
    why = "an older version of Heard wrote them last, and did not say how they are"
    return [*lines, f"How these should be is not known, for {why}: {ids}."]
