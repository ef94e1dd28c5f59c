"""Reads the agencies of a guidance pack and the procedures by which their answers are challenged. """

from collections.abc import Collection, Mapping
from datetime import time
from enum import StrEnum
from typing import TypeVar

from handlers.rules.agency import ALLEGATION, Agency, Make, Stage, Whom
from handlers.rules.duty import Source
from handlers.rules.parse_pack import Reading, Table
from handlers.rules.referral import Method

LONGEST_NAME = 75
"""Characters of an agency's name: it is an option in a list (Slack)."""
_AGENCY = frozenset(
    {"key", "name", "for", "methods", "answer_days", "confirm_days", "make", "challenge", "letter", "source"}
)
_MAKE = frozenset({"days", "when", "close"})
_STAGE = frozenset({"whom", "days"})
_Word = TypeVar("_Word", bound=StrEnum)
_Stages = Mapping[str, tuple[Stage, ...]]


def agencies_of(
    reading: Reading, raw: Table, sources: Mapping[str, Source], duties: Collection[str]
) -> tuple[Agency, ...]:
    """Every agency in the pack's order; no key twice. `duties` are the keys that a deadline may be bound to."""
    stages = _challenges(reading, raw, sources)
    found = [_agency(reading, table, sources, stages) for table in reading.tables(raw, "agencies")]
    whole = [agency for agency in found if agency is not None]
    keys = [agency.key for agency in whole]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        reading.fault(f"agencies.{key}", "this key stands twice")
    for agency in whole:
        if agency.make and agency.make.when not in {ALLEGATION, *duties}:
            reading.fault(f"agencies.{agency.key}", f"`make` must name `{ALLEGATION}` or one of the [[duties]]")
    return tuple(whole)


def _challenges(reading: Reading, raw: Table, sources: Mapping[str, Source]) -> _Stages:
    """The procedures by their names: each at least one stage, and each with a source."""
    found: dict[str, tuple[Stage, ...]] = {}
    for name, value in reading.table(raw.get("challenges"), "challenges").items():
        where = f"challenges.{name}"
        table = reading.table(value, where)
        reading.source(table, sources, where)
        found[name] = tuple(_stage(reading, one, where) for one in reading.tables(table, "stages", where))
    return found


def _stage(reading: Reading, table: Table, where: str) -> Stage:
    _only(reading, table, _STAGE, where)
    return Stage(whom=reading.text(table, "whom", where), days=_days(reading, table, "days", where))


def _agency(reading: Reading, table: Table, sources: Mapping[str, Source], stages: _Stages) -> Agency | None:
    key = reading.text(table, "key", "agencies")
    where = f"agencies.{key}"
    _only(reading, table, _AGENCY, where)
    name = reading.text(table, "name", where)
    if len(name) > LONGEST_NAME:
        reading.fault(where, f"`name` is longer than {LONGEST_NAME} characters")
    challenge = reading.text(table, "challenge", where)
    if challenge not in stages:
        reading.fault(where, "`challenge` must name one of the [challenges]")
    source = reading.source(table, sources, where)
    if source is None:
        return None
    return Agency(
        key=key,
        name=name,
        whom=frozenset(_words(reading, table, "for", where, Whom)),
        methods=_words(reading, table, "methods", where, Method),
        answer_days=_days(reading, table, "answer_days", where),
        stages=stages.get(challenge, ()),
        letter=reading.text(table, "letter", where),
        source=source,
        confirm_days=_days(reading, table, "confirm_days", where) if "confirm_days" in table else None,
        make=_make(reading, table["make"], where) if "make" in table else None,
    )


def _make(reading: Reading, value: object, where: str) -> Make:
    table = reading.table(value, where)
    _only(reading, table, _MAKE, where)
    close = table.get("close")
    if "close" in table and not isinstance(close, time):
        reading.fault(where, "`close` must be an hour, as in 17:00:00: when the working day is over")
    return Make(
        days=_days(reading, table, "days", where),
        when=reading.text(table, "when", where),
        close=close if isinstance(close, time) else None,
    )


def _days(reading: Reading, table: Table, key: str, where: str) -> int:
    value = table.get(key)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 60:
        return value
    reading.fault(where, f"`{key}` must be a number of working days, from 1 to 60")
    return 1


def _words(reading: Reading, table: Table, key: str, where: str, known: type[_Word]) -> tuple[_Word, ...]:
    """The words of that list, which must all be known and none of them twice."""
    texts = reading.texts(table, key, where)
    if not set(texts) <= set(known) or len(set(texts)) != len(texts):
        reading.fault(where, f"`{key}` must be some of: {', '.join(known)}")
        return ()
    return tuple(known(text) for text in texts)


def _only(reading: Reading, table: Table, known: Collection[str], where: str) -> None:
    if unknown := sorted(set(table) - set(known)):
        reading.fault(where, f"nothing is known of {', '.join(f'`{key}`' for key in unknown)}")
