"""Reads the personal duties of a guidance pack: whom each binds, what calls for it, by when, when it does not bind."""

from collections.abc import Mapping
from datetime import time
from typing import Final, cast

from handlers.rules.duty import By, Duty, fold
from handlers.rules.parse_pack import SOURCE, Reading, Table
from handlers.rules.source import Document, Source

MOST_LINES = 2
SAID: Final = ("limit", "exceptions", "deterring")
"""What is said of a duty in words, each with a source of its own; the exceptions must be."""
_DUTY = frozenset(
    {
        "key", "title", "binds", "kinds", "phrases", "text", "whom", "ring", "authority", "in_force", "deadline", *SAID,
        *SOURCE,
    }
)
_DEADLINE = frozenset({"by", "close", *SOURCE})
_TEXT = frozenset({"text", *SOURCE})
_Documents = Mapping[str, Document]


def duties_of(reading: Reading, raw: Table, documents: _Documents, kinds: frozenset[str]) -> tuple[Duty, ...]:
    found = [_duty(reading, table, documents, kinds) for table in reading.tables(raw, "duties")]
    whole = [duty for duty in found if duty is not None]
    for key in {duty.key for duty in whole if [other.key for other in whole].count(duty.key) > 1}:
        reading.fault(f"duties.{key}", "this key stands twice")
    return tuple(whole)


def _duty(reading: Reading, table: Table, documents: _Documents, kinds: frozenset[str]) -> Duty | None:
    key = reading.text(table, "key", "duties")
    where = f"duties.{key}"
    _check_duty(reading, table, kinds, where)
    source = reading.source(table, documents, where)
    deadline = _deadline(reading, table.get("deadline"), documents, f"{where}.deadline")
    said = _said(reading, table, documents, where)
    if source is None or deadline is None:
        return None
    by, close, deadline_from = deadline
    return Duty(
        key=key,
        title=reading.text(table, "title", where),
        binds=reading.text(table, "binds", where),
        kinds=frozenset(reading.texts(table, "kinds", where)),
        phrases=tuple(fold(phrase) for phrase in reading.texts(table, "phrases", where)),
        text=reading.texts(table, "text", where),
        whom=reading.text(table, "whom", where),
        ring=reading.text(table, "ring", where),
        authority=table.get("authority") is True,
        by=by,
        close=close,
        deadline=deadline_from,
        in_force=reading.day(table, "in_force", where, needed=False),
        source=source,
        **said,
    )


def _deadline(
    reading: Reading, value: object, documents: _Documents, where: str
) -> tuple[By, time | None, Source] | None:
    table = reading.table(value, where, like="{ by = \"...\", source = \"...\", ... }")
    reading.only(table, _DEADLINE, where)
    source, by, close = reading.source(table, documents, where), table.get("by"), table.get("close")
    if by not in tuple(By):
        reading.fault(where, f"`by` must be one of: {', '.join(By)}")
        return None
    if by == By.NEXT_WORKING_DAY and not isinstance(close, time):
        reading.fault(where, "`close` must be an hour, as in 17:00:00: when the working day is over")
    return None if source is None else (By(str(by)), close if isinstance(close, time) else None, source)


def _said(reading: Reading, table: Table, documents: _Documents, where: str) -> dict[str, str]:
    """The texts beside the duty's own, by their names."""
    if "exceptions" not in table:
        reading.fault(where, "`exceptions` must say when it does not bind")
    found: dict[str, str] = {}
    for name in (name for name in SAID if name in table):
        one = reading.table(table[name], f"{where}.{name}")
        reading.only(one, _TEXT, f"{where}.{name}")
        reading.source(one, documents, f"{where}.{name}")
        found[name] = reading.text(one, "text", f"{where}.{name}")
    return found


def _check_duty(reading: Reading, table: Table, kinds: frozenset[str], where: str) -> None:
    reading.only(table, _DUTY, where)
    listed = table.get("kinds")
    named = {str(kind) for kind in cast("list[object]", listed)} if isinstance(listed, list) else set[str]()
    if strangers := sorted(named - kinds):
        reading.fault(where, f"there is no kind {', '.join(strangers)}")
    lines = table.get("text")
    if isinstance(lines, list) and len(cast("list[object]", lines)) > MOST_LINES:
        reading.fault(where, f"`text` has more than {MOST_LINES} lines")
