"""Reads the parts of a guidance pack: every fault is kept in a sentence that says where it is. Decides nothing else."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import cast

from handlers.rules.duty import By, Duty, Source, fold

Table = Mapping[str, object]
LONGEST_KIND = 75
"""Characters of a kind's label: it is an option in a list (Slack)."""
MOST_LINES = 2
_DUTY = frozenset(
    {
        "key", "title", "binds", "kinds", "phrases", "text", "whom", "ring", "authority", "by", "close", "in_force",
        "source",
    }
)


class PackFaulty(ValueError):
    """A guidance pack that is not whole: a line for each fault."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        super().__init__("\n".join(f"{name}: {fault}" for fault in faults))
        self.faults = tuple(faults)


class Reading:
    """Takes values out of tables, and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def fault(self, where: str, words: str) -> None:
        self.faults.append(f"{where}: {words}")

    def table(self, value: object, where: str) -> Table:
        if isinstance(value, dict):
            return cast("Table", value)
        self.fault(where, "this must be a table, as in { text = \"...\", source = \"...\" }")
        return {}

    def tables(self, raw: Table, key: str, where: str = "the pack") -> list[Table]:
        value = raw.get(key)
        if isinstance(value, list) and value:
            return [self.table(one, key) for one in cast("list[object]", value)]
        self.fault(where, f"there must be at least one [[{key}]]")
        return []

    def text(self, table: Table, key: str, where: str) -> str:
        value = table.get(key)
        if isinstance(value, str) and value.strip():
            return value
        self.fault(where, f"`{key}` must be a text")
        return ""

    def texts(self, table: Table, key: str, where: str) -> tuple[str, ...]:
        value = table.get(key)
        listed = cast("list[object]", value) if isinstance(value, list) else []
        texts = tuple(one for one in listed if isinstance(one, str) and one.strip())
        if not texts or len(texts) != len(listed):
            self.fault(where, f"`{key}` must be a list of texts")
        return texts

    def day(self, table: Table, key: str, where: str, *, needed: bool = True) -> date | None:
        value = table.get(key)
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if needed or value not in {None, ""}:
            self.fault(where, f"`{key}` must be a day, as in 2026-09-01")
        return None

    def source(self, table: Table, sources: Mapping[str, Source], where: str, *, key: str = "source") -> Source | None:
        name = table.get(key)
        if isinstance(name, str) and name in sources:
            return sources[name]
        self.fault(where, f"`{key}` must name one of the [sources]")
        return None


def sources_of(reading: Reading, raw: Table) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for name, value in reading.table(raw.get("sources"), "sources").items():
        where = f"sources.{name}"
        table = reading.table(value, where)
        document, paragraph = (reading.text(table, key, where) for key in ("document", "paragraph"))
        if day := reading.day(table, "date", where):
            found[name] = Source(document=document, paragraph=paragraph, date=day)
    return found


def kinds_of(reading: Reading, raw: Table) -> tuple[tuple[str, str], ...]:
    """Keys and labels in their order; no key twice."""
    found: dict[str, str] = {}
    for table in reading.tables(raw, "kinds"):
        key = reading.text(table, "key", "kinds")
        label = reading.text(table, "label", f"kinds.{key}")
        if key in found:
            reading.fault(f"kinds.{key}", "this key stands twice")
        if len(label) > LONGEST_KIND:
            reading.fault(f"kinds.{key}", f"`label` is longer than {LONGEST_KIND} characters")
        found[key] = label
    return tuple(found.items())


def factors_of(reading: Reading, raw: Table) -> dict[str, str]:
    """Census factor codes by kind, for the kinds that have one."""
    found: dict[str, str] = {}
    for table in reading.tables(raw, "kinds"):
        if "cin" in table:
            key, code = str(table.get("key")), reading.text(table, "cin", f"kinds.{table.get('key')}")
            if not _is_factor(code):
                reading.fault(f"kinds.{key}", "`cin` must be a factor code of the census, 1A to 24A")
            found[key] = code
    return found


def _is_factor(code: str) -> bool:
    number, letter = code[:-1], code[-1:]
    return number.isascii() and number.isdigit() and 1 <= int(number) <= 24 and letter in tuple("ABCDEF")


def duties_of(
    reading: Reading, raw: Table, sources: Mapping[str, Source], kinds: frozenset[str]
) -> tuple[Duty, ...]:
    found = [_duty(reading, table, sources, kinds) for table in reading.tables(raw, "duties")]
    whole = [duty for duty in found if duty is not None]
    for key in {duty.key for duty in whole if [other.key for other in whole].count(duty.key) > 1}:
        reading.fault(f"duties.{key}", "this key stands twice")
    return tuple(whole)


def _duty(reading: Reading, table: Table, sources: Mapping[str, Source], kinds: frozenset[str]) -> Duty | None:
    key = reading.text(table, "key", "duties")
    where = f"duties.{key}"
    _check_duty(reading, table, kinds, where)
    source = reading.source(table, sources, where)
    by, close = table.get("by"), table.get("close")
    if source is None or by not in tuple(By):
        return None
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
        by=By(str(by)),
        close=close if isinstance(close, time) else None,
        in_force=reading.day(table, "in_force", where, needed=False),
        source=source,
    )


def _check_duty(reading: Reading, table: Table, kinds: frozenset[str], where: str) -> None:
    if unknown := sorted(set(table) - _DUTY):
        reading.fault(where, f"nothing is known of {', '.join(f'`{key}`' for key in unknown)}")
    if table.get("by") not in tuple(By):
        reading.fault(where, f"`by` must be one of: {', '.join(By)}")
    if table.get("by") == By.NEXT_WORKING_DAY and not isinstance(table.get("close"), time):
        reading.fault(where, "`close` must be an hour, as in 17:00:00: when the working day is over")
    listed = table.get("kinds")
    named = {str(kind) for kind in cast("list[object]", listed)} if isinstance(listed, list) else set[str]()
    if strangers := sorted(named - kinds):
        reading.fault(where, f"there is no kind {', '.join(strangers)}")
    lines = table.get("text")
    if isinstance(lines, list) and len(cast("list[object]", lines)) > MOST_LINES:
        reading.fault(where, f"`text` has more than {MOST_LINES} lines")
