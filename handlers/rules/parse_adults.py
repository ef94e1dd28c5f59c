"""Reads what a guidance pack holds of adults: harm limbs, outcomes, who may bar them, the clocks of the steps."""

from collections.abc import Mapping
from typing import Final

from handlers.rules.adults import Adults, Barring, Calls, Clock, Finding, Outcome
from handlers.rules.parse_pack import SOURCE, Reading, Table
from handlers.rules.source import Document

LONGEST: Final = 75
"""Characters of a limb, or of the name of a body: they are options in a list (Slack)."""
_LIMB = frozenset({"key", "text", *SOURCE})
_FINDING = frozenset({"key", "label", "text", "in_reference", *SOURCE})
_TEXT = frozenset({"text", *SOURCE})
_BARRING = frozenset({"key", "name", "calls", "text", "within", *SOURCE})
_DAYS = frozenset({"days", *SOURCE})
_Documents = Mapping[str, Document]


def adults_of(reading: Reading, raw: Table, documents: _Documents) -> Adults:
    """All of it; what is not whole is kept as a fault with its place."""
    limbs = tuple(_limb(reading, one, documents) for one in reading.tables(raw, "harm_limbs"))
    outcomes = [_finding(reading, one, documents) for one in reading.tables(raw, "findings")]
    barring = [_barring(reading, one, documents) for one in reading.tables(raw, "barring")]
    found = tuple(one for one in outcomes if one is not None)
    if sorted(one.finding for one in found) != sorted(Finding):
        reading.fault("findings", f"each of these must stand there once: {', '.join(Finding)}")
    for key in sorted({key for key, _ in limbs if [other for other, _ in limbs].count(key) > 1}):
        reading.fault(f"harm_limbs.{key}", "this key stands twice")
    bodies = tuple(one for one in barring if one is not None)
    for key in sorted({one.key for one in bodies if [other.key for other in bodies].count(one.key) > 1}):
        reading.fault(f"barring.{key}", "this key stands twice")
    return Adults(limbs=limbs, outcomes=found, barring=bodies, days=_clocks(reading, raw, documents))


def _limb(reading: Reading, table: Table, documents: _Documents) -> tuple[str, str]:
    key = reading.text(table, "key", "harm_limbs")
    where = f"harm_limbs.{key}"
    reading.only(table, _LIMB, where)
    reading.source(table, documents, where)
    return key, _short(reading, table, "text", where)


def _short(reading: Reading, table: Table, name: str, where: str) -> str:
    text = reading.text(table, name, where)
    if len(text) > LONGEST:
        reading.fault(where, f"`{name}` is longer than {LONGEST} characters")
    return text


def _finding(reading: Reading, table: Table, documents: _Documents) -> Outcome | None:
    key = reading.text(table, "key", "findings")
    where = f"findings.{key}"
    reading.only(table, _FINDING, where)
    reading.source(table, documents, where)
    said = reading.table(table.get("in_reference"), f"{where}.in_reference")
    reading.only(said, _TEXT, f"{where}.in_reference")
    reading.source(said, documents, f"{where}.in_reference")
    label, text = _short(reading, table, "label", where), reading.text(table, "text", where)
    in_reference = reading.text(said, "text", f"{where}.in_reference")
    if key not in tuple(Finding):
        reading.fault(where, f"`key` must be one of: {', '.join(Finding)}")
        return None
    return Outcome(finding=Finding(key), label=label, text=text, in_reference=in_reference)


def _barring(reading: Reading, table: Table, documents: _Documents) -> Barring | None:
    key = reading.text(table, "key", "barring")
    where = f"barring.{key}"
    reading.only(table, _BARRING, where)
    source, calls = reading.source(table, documents, where), table.get("calls")
    if calls not in tuple(Calls):
        reading.fault(where, f"`calls` must be one of: {', '.join(Calls)}")
    within = reading.table(table.get("within"), f"{where}.within")
    reading.only(within, _DAYS, f"{where}.within")
    reading.source(within, documents, f"{where}.within")
    days = _days(reading, within, f"{where}.within")
    name, text = _short(reading, table, "name", where), reading.text(table, "text", where)
    if source is None or calls not in tuple(Calls):
        return None
    return Barring(key=key, name=name, calls=Calls(str(calls)), text=text, days=days, source=source)


def _clocks(reading: Reading, raw: Table, documents: _Documents) -> dict[Clock, int]:
    found: dict[Clock, int] = {}
    tables = reading.table(raw.get("adult_clocks"), "adult_clocks")
    for name, value in tables.items():
        where = f"adult_clocks.{name}"
        table = reading.table(value, where)
        reading.only(table, _DAYS, where)
        reading.source(table, documents, where)
        if name not in tuple(Clock):
            reading.fault(where, f"it must be one of: {', '.join(Clock)}")
            continue
        found[Clock(name)] = _days(reading, table, where)
    if missing := sorted(set(Clock) - set(found)):
        reading.fault("adult_clocks", f"there must be a clock for: {', '.join(missing)}")
    return found


def _days(reading: Reading, table: Table, where: str) -> int:
    value = table.get("days")
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    reading.fault(where, "`days` must be a number of days, 1 or more")
    return 1
