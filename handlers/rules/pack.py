"""The guidance pack: words and vocabularies that move with the law, read from data beside this file.

Each concern keeps the edition that it was recorded under. `packs/README.md` says how an edition is kept.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources

from handlers.rules.agency import Agency
from handlers.rules.due import Usage
from handlers.rules.duty import Duty, Source
from handlers.rules.parse_actions import usage_of
from handlers.rules.parse_agencies import agencies_of
from handlers.rules.parse_pack import PackFaulty, Reading, Table, duties_of, factors_of, kinds_of, sources_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    edition: str
    since: date
    """From when it holds (`from` in the file)."""
    words: Mapping[str, str]
    """Guidance, one or two lines each, by the field it stands beside."""
    kinds: tuple[tuple[str, str], ...]
    """Kinds of concern as (key, label); keys are stored, labels are shown."""
    sources: Mapping[str, Source]
    """Where each of the words comes from, by the same names."""
    factors: Mapping[str, str]
    """Factor codes of the children in need census by kind, where one fits."""
    factors_from: Source
    duties: tuple[Duty, ...]
    """The personal duties of whoever reports."""
    actions: Usage
    """What is usual for each kind of action: how urgent it is, by when it is due, how it is done well."""
    agencies: tuple[Agency, ...]
    """Whom a concern may be referred to, in the order in which they are offered."""

    def agency(self, key: str) -> Agency:
        """The agency of that key. KeyError where this edition has none."""
        for agency in self.agencies:
            if agency.key == key:
                return agency
        raise KeyError(key)


def load(name: str) -> Pack:
    """The pack of that file name; `PackFaulty` with every fault when it is not whole."""
    text = resources.files("handlers.rules").joinpath("packs", f"{name}.toml").read_text("utf-8")
    return read(text, name=name)


def read(text: str, *, name: str) -> Pack:
    """The pack in that TOML; `PackFaulty` names what is wrong and where, all of it at once."""
    try:
        raw: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PackFaulty(name, [f"this is no TOML: {fault}"]) from None
    reading = Reading()
    pack = _pack(reading, raw)
    if reading.faults or pack is None:
        raise PackFaulty(name, reading.faults)
    return pack


def _pack(reading: Reading, raw: Table) -> Pack | None:
    sources = sources_of(reading, raw)
    listed = reading.table(raw.get("words"), "words")
    words = {key: reading.table(value, f"words.{key}") for key, value in listed.items()}
    kinds = kinds_of(reading, raw)
    since = reading.day(raw, "from", "the pack")
    edition = reading.text(raw, "edition", "the pack")
    cited = {key: reading.source(word, sources, f"words.{key}") for key, word in words.items()}
    factors_from = reading.source(raw, sources, "the pack", key="factors")
    duties = duties_of(reading, raw, sources, frozenset(key for key, _ in kinds))
    agencies = agencies_of(reading, raw, sources, [duty.key for duty in duties])
    actions = usage_of(reading, raw, sources)
    said = {key: reading.text(word, "text", f"words.{key}") for key, word in words.items()}
    if since is None or factors_from is None:
        return None
    return Pack(
        edition=edition,
        since=since,
        words=said,
        kinds=kinds,
        sources={key: source for key, source in cited.items() if source is not None},
        factors=factors_of(reading, raw),
        factors_from=factors_from,
        duties=duties,
        actions=actions,
        agencies=agencies,
    )


ENGLAND = load("england_1")
