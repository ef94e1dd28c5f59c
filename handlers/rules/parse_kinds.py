"""Reads the kinds of concern of a guidance pack, and the factor codes of the census that fit them."""

from collections.abc import Mapping

from handlers.rules.factor import Factor
from handlers.rules.parse_pack import SOURCE, Reading, Table
from handlers.rules.source import Document

LONGEST_KIND = 75
"""Characters of a kind's label: it is an option in a list (Slack)."""
_KIND = frozenset({"key", "label", "cin", *SOURCE})
_CIN = frozenset({"code", "by_child", "by_adult", "one_of", *SOURCE})
_CENSUS = frozenset({"codes", *SOURCE})
_USUAL = frozenset({"kinds", *SOURCE})


def kinds_of(reading: Reading, raw: Table, documents: Mapping[str, Document]) -> tuple[tuple[str, str], ...]:
    """Keys and labels in their order; no key twice."""
    found: dict[str, str] = {}
    for table in reading.tables(raw, "kinds"):
        key = reading.text(table, "key", "kinds")
        where = f"kinds.{key}"
        reading.only(table, _KIND, where)
        label = reading.text(table, "label", where)
        reading.source(table, documents, where)
        if key in found:
            reading.fault(where, "this key stands twice")
        if len(label) > LONGEST_KIND:
            reading.fault(where, f"`label` is longer than {LONGEST_KIND} characters")
        found[key] = label
    return tuple(found.items())


def usual_of(
    reading: Reading, raw: Table, documents: Mapping[str, Document], known: frozenset[str]
) -> tuple[str, ...]:
    """The keys that are offered first; none where the pack does not say."""
    if "usual" not in raw:
        return ()
    table = reading.table(raw["usual"], "usual")
    reading.only(table, _USUAL, "usual")
    reading.source(table, documents, "usual")
    keys = reading.texts(table, "kinds", "usual")
    if strange := sorted(set(keys) - known):
        reading.fault("usual", f"there is no kind {', '.join(strange)}")
    return tuple(dict.fromkeys(keys))


def factors_of(reading: Reading, raw: Table, documents: Mapping[str, Document]) -> dict[str, Factor]:
    """What the census has for each kind, for the kinds that fit one of its codes."""
    census = reading.table(raw.get("census"), "census")
    reading.only(census, _CENSUS, "census")
    reading.source(census, documents, "census")
    codes = frozenset(reading.texts(census, "codes", "census"))
    found: dict[str, Factor] = {}
    for table in reading.tables(raw, "kinds"):
        if "cin" in table:
            where = f"kinds.{table.get('key')}.cin"
            found[str(table.get("key"))] = _factor(reading, table["cin"], documents, codes, where)
    return found


def _factor(
    reading: Reading, value: object, documents: Mapping[str, Document], codes: frozenset[str], where: str
) -> Factor:
    table = reading.table(value, where)
    reading.only(table, _CIN, where)
    reading.source(table, documents, where)
    if {key for key in table if key not in SOURCE} not in ({"code"}, {"by_child", "by_adult"}, {"one_of"}):
        reading.fault(where, "give `code`, or `by_child` and `by_adult`, or `one_of`")
    single = {key: reading.text(table, key, where) for key in ("code", "by_child", "by_adult") if key in table}
    several = reading.texts(table, "one_of", where) if "one_of" in table else ()
    if strange := sorted({*single.values(), *several} - codes):
        reading.fault(where, f"the census has no code {', '.join(strange)}")
    return Factor(**single, one_of=several)
