"""Reads the parts of a guidance pack: every fault is kept in a sentence that says where it is. Decides nothing else."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final, cast

from handlers.rules.source import Document, RestsOn, Source, Statement

Table = Mapping[str, object]
SOURCE: Final = frozenset({"source", "part", "rests_on", "read_on", "to_read", "quoted_by"})
"""What every statement says of where it comes from; the last three as far as they are so."""
_TABLE: Final = "{ text = \"...\", source = \"...\", ... }"
_DOCUMENT = frozenset({"document", "date", "holds"})
_WORDS = frozenset({"text", *SOURCE})


class PackFaulty(ValueError):
    """A guidance pack that is not whole: a line for each fault."""

    def __init__(self, name: str, faults: Sequence[str]) -> None:
        super().__init__("\n".join(f"{name}: {fault}" for fault in faults))
        self.faults = tuple(faults)


class Reading:
    """Takes values out of tables, and keeps what is wrong with them."""

    def __init__(self) -> None:
        self.faults: list[str] = []
        self.statements: list[Statement] = []
        """Every statement that was read, in order, with where it comes from."""

    def fault(self, where: str, words: str) -> None:
        self.faults.append(f"{where}: {words}")

    def table(self, value: object, where: str, *, like: str = _TABLE) -> Table:
        if isinstance(value, dict):
            return cast("Table", value)
        self.fault(where, f"this must be a table, as in {like}")
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

    def only(self, table: Table, known: Collection[str], where: str) -> None:
        if unknown := sorted(set(table) - set(known)):
            self.fault(where, f"nothing is known of {', '.join(f'`{key}`' for key in unknown)}")

    def source(self, table: Table, documents: Mapping[str, Document], where: str) -> Source | None:
        """What that statement comes from; None where that is not said, or not whole."""
        document, part = self._document(table, documents, where), self.text(table, "part", where)
        rests_on = self._rests_on(table, document, where)
        read_on, to_read = self._read(table, document, where)
        if document is None or rests_on is None:
            return None
        source = Source(
            document=document.title, part=part, date=document.date, rests_on=rests_on, read_on=read_on,
            to_read=to_read, quoted_by=self.text(table, "quoted_by", where) if "quoted_by" in table else "",
        )  # fmt: skip
        self.statements.append(Statement(where=where, source=source))
        return source

    def _document(self, table: Table, documents: Mapping[str, Document], where: str) -> Document | None:
        name = table.get("source")
        if isinstance(name, str) and name in documents:
            return documents[name]
        self.fault(where, "`source` must name one of the [sources]")
        return None

    def _rests_on(self, table: Table, document: Document | None, where: str) -> RestsOn | None:
        said = table.get("rests_on")
        if said not in tuple(RestsOn):
            self.fault(where, f"`rests_on` must be one of: {', '.join(RestsOn)}")
            return None
        if document is not None and said not in {document.holds, RestsOn.DEFAULT}:
            self.fault(where, f"`rests_on` is {said}, and `source` names {document.holds}")
        return RestsOn(str(said))

    def _read(self, table: Table, document: Document | None, where: str) -> tuple[date | None, str]:
        """The day on which it was read, or what is yet to be read: one of the two."""
        if ("read_on" in table) == ("to_read" in table):
            self.fault(where, "give `read_on`, a day, or `to_read`, what somebody who knows the law has to read")
        day = self.day(table, "read_on", where) if "read_on" in table else None
        if day and document and day < document.date:
            self.fault(where, "`read_on` is before the day of its document")
        return day, self.text(table, "to_read", where) if "to_read" in table else ""


def documents_of(reading: Reading, raw: Table) -> dict[str, Document]:
    found: dict[str, Document] = {}
    for name, value in reading.table(raw.get("sources"), "sources").items():
        where = f"sources.{name}"
        table = reading.table(value, where)
        reading.only(table, _DOCUMENT, where)
        title, day = reading.text(table, "document", where), reading.day(table, "date", where)
        holds = table.get("holds")
        if holds not in tuple(RestsOn):
            reading.fault(where, f"`holds` must be one of: {', '.join(RestsOn)}")
        elif day:
            found[name] = Document(title=title, date=day, holds=RestsOn(str(holds)))
    return found


def words_of(
    reading: Reading, raw: Table, documents: Mapping[str, Document]
) -> tuple[dict[str, str], dict[str, Source]]:
    """The texts by their names, and where each comes from."""
    said: dict[str, str] = {}
    cited: dict[str, Source] = {}
    for key, value in reading.table(raw.get("words"), "words").items():
        where = f"words.{key}"
        table = reading.table(value, where)
        reading.only(table, _WORDS, where)
        said[key] = reading.text(table, "text", where)
        if source := reading.source(table, documents, where):
            cited[key] = source
    return said, cited
