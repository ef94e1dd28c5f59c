"""Reads the notices of a guidance pack: what somebody outside tells the school."""

from collections.abc import Collection, Mapping

from handlers.rules.inbound import Inbound
from handlers.rules.parse_pack import SOURCE, Reading, Table
from handlers.rules.source import Document

_NOTICE = frozenset({"key", "name", "kinds", "text", "before_lesson", *SOURCE})
_BEFORE = frozenset({"text", *SOURCE})


def notices_of(
    reading: Reading, raw: Table, documents: Mapping[str, Document], kinds: Collection[str]
) -> tuple[Inbound, ...]:
    """Every notice in the pack's order; no key twice. A nation may have none."""
    found = [_notice(reading, table, documents, kinds) for table in _tables(reading, raw)]
    keys = [one.key for one in found]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reading.fault(f"notices.{key}", "this key stands twice")
    return tuple(found)


def _tables(reading: Reading, raw: Table) -> list[Table]:
    return reading.tables(raw, "notices") if "notices" in raw else []


def _notice(reading: Reading, table: Table, documents: Mapping[str, Document], kinds: Collection[str]) -> Inbound:
    key = reading.text(table, "key", "notices")
    where = f"notices.{key}"
    reading.only(table, _NOTICE, where)
    reading.source(table, documents, where)
    before = reading.table(table.get("before_lesson"), f"{where}.before_lesson")
    reading.only(before, _BEFORE, f"{where}.before_lesson")
    reading.source(before, documents, f"{where}.before_lesson")
    about = reading.texts(table, "kinds", where)
    if strange := sorted(set(about) - set(kinds)):
        reading.fault(where, f"there is no kind {', '.join(strange)}")
    return Inbound(
        key=key, name=reading.text(table, "name", where), kinds=about, text=reading.text(table, "text", where),
        before_lesson=reading.text(before, "text", f"{where}.before_lesson"),
    )  # fmt: skip
