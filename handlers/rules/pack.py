"""The guidance pack: words and vocabularies that move with the law, read from data beside this file.

Each concern keeps the edition that it was recorded under. `packs/README.md` says how an edition is kept.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Final

from handlers.rules.adults import Adults
from handlers.rules.agency import Agency
from handlers.rules.due import Usage
from handlers.rules.duty import Duty
from handlers.rules.factor import Factor
from handlers.rules.inbound import Inbound
from handlers.rules.parse_actions import usage_of
from handlers.rules.parse_adults import adults_of
from handlers.rules.parse_agencies import agencies_of
from handlers.rules.parse_duties import duties_of
from handlers.rules.parse_kinds import factors_of, kinds_of, usual_of
from handlers.rules.parse_notices import notices_of
from handlers.rules.parse_pack import PackFaulty, Reading, Table, documents_of, words_of
from handlers.rules.source import Document, Source, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    edition: str
    nation: str
    """Whose law and guidance it is: a school of another is refused at start."""
    since: date
    """From when it holds (`from` in the file)."""
    expires: date
    """The last day on which it may be relied on: by then a new edition of what it rests on has come."""
    words: Mapping[str, str]
    """Guidance, one or two lines each, by the field it stands beside."""
    kinds: tuple[tuple[str, str], ...]
    """Kinds of concern as (key, label); keys are stored, labels are shown."""
    usual: tuple[str, ...]
    """The kinds that are chosen most, by key: they are offered first."""
    sources: Mapping[str, Source]
    """Where each of the words comes from, by the same names."""
    documents: Mapping[str, Document]
    """What its statements, and those of its letters, come from."""
    factors: Mapping[str, Factor]
    """The factors of the children in need census by kind, where one fits."""
    duties: tuple[Duty, ...]
    """The personal duties of whoever reports."""
    actions: Usage
    """What is usual for each kind of action: how urgent it is, by when it is due, how it is done well."""
    agencies: tuple[Agency, ...]
    """Whom a concern may be referred to, in the order in which they are offered."""
    notices: tuple[Inbound, ...]
    """What somebody outside tells the school."""
    adults: Adults
    """Of allegations and low-level concerns: limbs, outcomes, who may bar an adult, clocks."""
    statements: tuple[Statement, ...]
    """Every statement of it with where it comes from, in the order in which they were read."""

    def offered_kinds(self) -> tuple[tuple[str, str], ...]:
        """Every kind as (key, label), as it is offered: the usual ones first."""
        labels = dict(self.kinds)
        first = {key: labels[key] for key in self.usual}
        return tuple({**first, **labels}.items())

    def agency(self, key: str) -> Agency:
        """The agency of that key. KeyError where this edition has none."""
        for agency in self.agencies:
            if agency.key == key:
                return agency
        raise KeyError(key)


FOLDER: Final = resources.files("handlers.rules").joinpath("packs")
_CHOICE: Final = "in_use.toml"
_LETTERS: Final = "_letters.toml"


def in_use(folder: Traversable = FOLDER) -> str:
    """The name of the pack that this installation goes by; `PackFaulty` where the file does not say."""
    reading = Reading()
    name = reading.text(tomllib.loads(folder.joinpath(_CHOICE).read_text("utf-8")), "pack", "in_use")
    if reading.faults:
        raise PackFaulty(_CHOICE, reading.faults)
    return name


def nations(folder: Traversable = FOLDER) -> Mapping[str, str]:
    """The nations for which there is a pack in that folder, each with the name of its last edition."""
    files = (file.name for file in folder.iterdir() if file.name.endswith(".toml"))
    packs = (name.removesuffix(".toml") for name in files if name != _CHOICE and not name.endswith(_LETTERS))
    return {load(name, folder).nation: name for name in sorted(packs, key=_edition)}


def _edition(name: str) -> tuple[str, int]:
    nation, _, number = name.rpartition("_")
    return nation, int(number) if number.isdigit() else 0


def unserved(nation: str, pack: "Pack", there: Mapping[str, str]) -> str:
    """Why a school of that nation cannot be served with that pack; empty where it can. `there`: as `nations` says."""
    if nation == pack.nation:
        return ""
    why = (
        f"Heard does not start for a school in {nation}: the guidance pack in use is {pack.edition}, for {pack.nation}."
        f" Its words, duties and clocks are not those of {nation}."
    )
    if nation in there:
        named = f'write pack = "{there[nation]}" in handlers/rules/packs/{_CHOICE}'
        return f"{why} There is a pack for {nation}: {named}."
    return f"{why} There is no pack for {nation} yet: handlers/rules/packs/another_nation.md says how one is added."


def load(name: str, folder: Traversable = FOLDER) -> Pack:
    """The pack of that file name; `PackFaulty` with every fault when it is not whole."""
    return read(folder.joinpath(f"{name}.toml").read_text("utf-8"), name=name)


def read(text: str, *, name: str) -> Pack:
    """The pack in that TOML; `PackFaulty` names what is wrong and where, all of it at once."""
    try:
        raw: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PackFaulty(name, [f"this is no TOML: {fault}"]) from None
    return of(raw, name=name)


def of(raw: Table, *, name: str) -> Pack:
    """The pack in that table; `PackFaulty` as for `read`."""
    reading = Reading()
    pack = _pack(reading, raw)
    if reading.faults or pack is None:
        raise PackFaulty(name, reading.faults)
    return pack


def _pack(reading: Reading, raw: Table) -> Pack | None:
    documents = documents_of(reading, raw)
    edition, since = reading.text(raw, "edition", "the pack"), reading.day(raw, "from", "the pack")
    expires, nation = reading.day(raw, "expires", "the pack"), reading.text(raw, "nation", "the pack")
    said, cited = words_of(reading, raw, documents)
    kinds, factors = kinds_of(reading, raw, documents), factors_of(reading, raw, documents)
    usual = usual_of(reading, raw, documents, frozenset(key for key, _ in kinds))
    duties = duties_of(reading, raw, documents, frozenset(key for key, _ in kinds))
    agencies = agencies_of(reading, raw, documents, [duty.key for duty in duties])
    actions = usage_of(reading, raw, documents)
    notices = notices_of(reading, raw, documents, [key for key, _ in kinds])
    adults = adults_of(reading, raw, documents)
    if since is None or expires is None:
        return None
    if expires <= since:
        reading.fault("the pack", "`expires` must be after `from`")
    return Pack(
        edition=edition, nation=nation, since=since, expires=expires, words=said, kinds=kinds,
        usual=usual, sources=cited, documents=documents, factors=factors, duties=duties, actions=actions,
        agencies=agencies, notices=notices, adults=adults, statements=tuple(reading.statements),
    )  # fmt: skip


IN_USE: Final = in_use()
ENGLAND: Final = load(IN_USE)
"""The pack in use; its name is that of the only nation that has one so far."""
