"""Reads the agencies of a guidance pack and the procedures by which their answers are challenged. """

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import TypeVar

from handlers.rules.agency import ALLEGATION, Agency, Days, Make, Stage, Whom
from handlers.rules.parse_pack import SOURCE, Reading, Table
from handlers.rules.referral import Method
from handlers.rules.source import Document, Source

LONGEST_NAME = 75
"""Characters of an agency's name: it is an option in a list (Slack)."""
_AGENCY = frozenset(
    {"key", "name", "for", "methods", "answer", "confirm", "make", "sending", "challenge", "letter", "retired", *SOURCE}
)
_SENDING = frozenset({"text", *SOURCE})
_WITHIN = frozenset({"days", *SOURCE})
_MAKE = frozenset({"days", "when", "close", *SOURCE})
_CHALLENGE = frozenset({"stages", *SOURCE})
_STAGE = frozenset({"whom", "days"})
_DAYS = "{ days = 1, source = \"...\", ... }"
_Word = TypeVar("_Word", bound=StrEnum)
_Documents = Mapping[str, Document]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Procedure:
    """How an answer is challenged."""

    stages: tuple[Stage, ...]
    source: Source


def agencies_of(reading: Reading, raw: Table, documents: _Documents, duties: Collection[str]) -> tuple[Agency, ...]:
    """Every agency in the pack's order; no key twice. `duties` are the keys that a deadline may be bound to."""
    procedures = _challenges(reading, raw, documents)
    found = [_agency(reading, table, documents, procedures) for table in reading.tables(raw, "agencies")]
    whole = [agency for agency in found if agency is not None]
    keys = [agency.key for agency in whole]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reading.fault(f"agencies.{key}", "this key stands twice")
    for agency in whole:
        if agency.make and agency.make.when not in {ALLEGATION, *duties}:
            reading.fault(f"agencies.{agency.key}", f"`make` must name `{ALLEGATION}` or one of the [[duties]]")
    return tuple(whole)


def _challenges(reading: Reading, raw: Table, documents: _Documents) -> Mapping[str, _Procedure | None]:
    """The procedures by their names: each at least one stage, and each with a source."""
    found: dict[str, _Procedure | None] = {}
    for name, value in reading.table(raw.get("challenges"), "challenges").items():
        where = f"challenges.{name}"
        table = reading.table(value, where)
        reading.only(table, _CHALLENGE, where)
        source = reading.source(table, documents, where)
        stages = tuple(_stage(reading, one, where) for one in reading.tables(table, "stages", where))
        found[name] = None if source is None else _Procedure(stages=stages, source=source)
    return found


def _stage(reading: Reading, table: Table, where: str) -> Stage:
    reading.only(table, _STAGE, where)
    return Stage(whom=reading.text(table, "whom", where), days=_days(reading, table, where))


def _agency(
    reading: Reading, table: Table, documents: _Documents, procedures: Mapping[str, _Procedure | None]
) -> Agency | None:
    key = reading.text(table, "key", "agencies")
    where = f"agencies.{key}"
    reading.only(table, _AGENCY, where)
    name = reading.text(table, "name", where)
    if len(name) > LONGEST_NAME:
        reading.fault(where, f"`name` is longer than {LONGEST_NAME} characters")
    challenge = reading.text(table, "challenge", where)
    if challenge not in procedures:
        reading.fault(where, "`challenge` must name one of the [challenges]")
    procedure = procedures.get(challenge)
    source = reading.source(table, documents, where)
    answer = _owed(reading, table.get("answer"), documents, f"{where}.answer")
    confirm = _owed(reading, table["confirm"], documents, f"{where}.confirm") if "confirm" in table else None
    make = _make(reading, table["make"], documents, f"{where}.make") if "make" in table else None
    whom, methods = _words(reading, table, "for", where, Whom), _words(reading, table, "methods", where, Method)
    letter = reading.text(table, "letter", where)
    if source is None or answer is None or procedure is None:
        return None
    return Agency(
        key=key, name=name, whom=frozenset(whom), methods=methods, letter=letter, source=source, answer=answer,
        confirm=confirm, make=make, stages=procedure.stages, stages_from=procedure.source,
        retired=table.get("retired") is True,
        sending=_sending(reading, table["sending"], documents, f"{where}.sending") if "sending" in table else "",
    )  # fmt: skip


def _sending(reading: Reading, value: object, documents: _Documents, where: str) -> str:
    table = reading.table(value, where)
    reading.only(table, _SENDING, where)
    reading.source(table, documents, where)
    return reading.text(table, "text", where)


def _owed(reading: Reading, value: object, documents: _Documents, where: str) -> Days | None:
    """A number of working days with a source of its own: what an agency does may be law, its days our default."""
    table = reading.table(value, where, like=_DAYS)
    reading.only(table, _WITHIN, where)
    days, source = _days(reading, table, where), reading.source(table, documents, where)
    return None if source is None else Days(days=days, source=source)


def _make(reading: Reading, value: object, documents: _Documents, where: str) -> Make | None:
    table = reading.table(value, where, like=_DAYS)
    reading.only(table, _MAKE, where)
    close, source = table.get("close"), reading.source(table, documents, where)
    if "close" in table and not isinstance(close, time):
        reading.fault(where, "`close` must be an hour, as in 17:00:00: when the working day is over")
    days, when = _days(reading, table, where), reading.text(table, "when", where)
    if source is None:
        return None
    return Make(days=days, when=when, source=source, close=close if isinstance(close, time) else None)


def _days(reading: Reading, table: Table, where: str) -> int:
    value = table.get("days")
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60:
        return value
    reading.fault(where, "`days` must be a number of working days, from 1 to 60")
    return 1


def _words(reading: Reading, table: Table, key: str, where: str, known: type[_Word]) -> tuple[_Word, ...]:
    """The words of that list, which must all be known and none of them twice."""
    texts = reading.texts(table, key, where)
    if not set(texts) <= set(known) or len(set(texts)) != len(texts):
        reading.fault(where, f"`{key}` must be some of: {', '.join(known)}")
        return ()
    return tuple(known(text) for text in texts)
