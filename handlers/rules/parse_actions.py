"""Reads what a guidance pack says of actions: every fault is kept in a sentence that says where it is."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from handlers.rules.action import ActionKind
from handlers.rules.concern import Urgency
from handlers.rules.due import Usage, Usual, Within
from handlers.rules.parse_pack import SOURCE, Reading, Table
from handlers.rules.source import Document

LONGEST_LABEL = 50
"""Characters: it is an option in a list (75 in Slack), with the usual urgency behind it."""
LONGEST_HINT = 150
"""Characters: it stands beneath a field (Slack's hint of an input)."""
_LENGTHS = frozenset({"minutes", "school_hours", "school_days"})
_USUAL = frozenset({"key", "label", "urgency", "within", "hint", *SOURCE})
V = TypeVar("V", bound=StrEnum)


def usage_of(reading: Reading, raw: Table, documents: Mapping[str, Document]) -> Usage:
    """What is usual for every kind of action and for every urgency: none may be left out."""
    urgencies: dict[Urgency, Within] = {}
    lengths = reading.table(raw.get("within"), "within")
    reading.source(lengths, documents, "within")
    for key, value in ((key, value) for key, value in lengths.items() if key not in SOURCE):
        if urgency := _known(reading, Urgency, key, f"within.{key}"):
            urgencies[urgency] = _within(reading, value, f"within.{key}")
    kinds: dict[ActionKind, Usual] = {}
    for table in reading.tables(raw, "actions"):
        _usual(reading, table, documents, kinds)
    _missing(reading, "within", set(Urgency) - set(urgencies))
    _missing(reading, "actions", set(ActionKind) - set(kinds))
    return Usage(kinds=kinds, urgencies=urgencies)


def _usual(
    reading: Reading, table: Table, documents: Mapping[str, Document], found: dict[ActionKind, Usual]
) -> None:
    key = reading.text(table, "key", "actions")
    where = f"actions.{key}"
    reading.only(table, _USUAL, where)
    kind, urgency = _known(reading, ActionKind, key, where), _known(reading, Urgency, table.get("urgency"), where)
    label, hint = (reading.text(table, name, where) for name in ("label", "hint"))
    within, source = _within(reading, table.get("within"), where), reading.source(table, documents, where)
    for name, text, most in (("label", label, LONGEST_LABEL), ("hint", hint, LONGEST_HINT)):
        if len(text) > most:
            reading.fault(where, f"`{name}` is longer than {most} characters")
    if kind is None or urgency is None or source is None:
        return
    if kind in found:
        reading.fault(where, "this key stands twice")
    found[kind] = Usual(label=label, urgency=urgency, within=within, hint=hint, source=source)


def _known(reading: Reading, words: type[V], value: object, where: str) -> V | None:
    if value in tuple(words):
        return words(str(value))
    reading.fault(where, f"`{value}` is none of: {', '.join(words)}")
    return None


def _within(reading: Reading, value: object, where: str) -> Within:
    table = reading.table(value, where)
    given = [(key, length) for key, length in table.items() if key in _LENGTHS]
    key, length = given[0] if len(given) == len(table) == 1 else ("", None)
    least = 0 if key == "school_days" else 1
    if isinstance(length, int) and not isinstance(length, bool) and length >= least:
        return Within(**{key: length})
    reading.fault(where, "give one length, as in { school_hours = 2 }: minutes, school_hours or school_days")
    return Within(school_days=0)


def _missing(reading: Reading, where: str, left_out: set[V]) -> None:
    if left_out:
        reading.fault(where, f"nothing is said of {', '.join(sorted(left_out))}")
