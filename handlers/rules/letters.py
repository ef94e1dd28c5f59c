"""Templates of draft letters, read from data beside the guidance pack. Pure; what fills them is in `letters`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from string import Formatter

from handlers.rules.pack import ENGLAND, IN_USE, Pack
from handlers.rules.parse_pack import SOURCE, PackFaulty, Reading, Table
from handlers.rules.source import Document, Source, Statement

CHALLENGE = "challenge"
"""The template once the agency's answer is challenged, whatever the agency."""
BLANKS = frozenset({"school", "agency", "reference", "sent", "answer_by", "signer", "stage", "whom"})
"""What may stand in braces."""
_LETTER = frozenset({"key", "title", "opening", "sections", "closing", *SOURCE})


class Section(StrEnum):
    """A part of a letter that is filled from the record."""

    REFERRAL = "referral"
    ANSWERS = "answers"
    CHILDREN = "children"
    ADULT = "adult"
    WHEN = "when"
    FACTS = "facts"
    OWN_WORDS = "own_words"
    QUESTIONS = "questions"
    OTHERS = "others"
    LOOKED = "looked"
    MARKS = "marks"
    VIEW = "view"
    DONE = "done"
    PARENTS = "parents"
    WISHES = "wishes"
    EARLIER = "earlier"
    CHRONOLOGY = "chronology"


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    key: str
    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    closing: tuple[str, ...]
    source: Source | None
    """Where what it asserts of the law or of guidance comes from; there is none only in a file that is refused."""


def load(name: str, pack: Pack) -> Mapping[str, Template]:
    """The letters of that file by their keys; `PackFaulty` where one is not whole, or an agency has none."""
    text = resources.files("handlers.rules").joinpath("packs", f"{name}.toml").read_text("utf-8")
    return read(text, pack, name=name)


def read(text: str, pack: Pack, *, name: str) -> Mapping[str, Template]:
    try:
        raw: Table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise PackFaulty(name, [f"this is no TOML: {fault}"]) from None
    return of(raw, pack, name=name)


def of(raw: Table, pack: Pack, *, name: str) -> Mapping[str, Template]:
    """The letters in that table; `PackFaulty` as for `load`."""
    reading = Reading()
    found: dict[str, Template] = {}
    for table in reading.tables(raw, "letters"):
        template = _template(reading, table, pack.documents)
        if template.key in found:
            reading.fault(f"letters.{template.key}", "this key stands twice")
        found[template.key] = template
    for wanted in (*(agency.letter for agency in pack.agencies), CHALLENGE):
        if wanted not in found:
            reading.fault("the letters", f"there is no letter {wanted}")
    if reading.faults:
        raise PackFaulty(name, reading.faults)
    return found


def _template(reading: Reading, table: Table, documents: Mapping[str, Document]) -> Template:
    key = reading.text(table, "key", "letters")
    where = f"letters.{key}"
    reading.only(table, _LETTER, where)
    sections = reading.texts(table, "sections", where)
    if strangers := sorted(set(sections) - set(Section)):
        reading.fault(where, f"there is no section {', '.join(strangers)}")
    template = Template(
        key=key,
        title=reading.text(table, "title", where),
        opening=reading.texts(table, "opening", where),
        sections=tuple(Section(section) for section in sections if section in set(Section)),
        closing=reading.texts(table, "closing", where),
        source=reading.source(table, documents, where),
    )
    for text in (template.title, *template.opening, *template.closing):
        _check_blanks(reading, text, where)
    return template


def _check_blanks(reading: Reading, text: str, where: str) -> None:
    try:
        used = {blank for _, blank, _, _ in Formatter().parse(text) if blank is not None}
    except ValueError:
        reading.fault(where, "a brace stands alone in its words")
        return
    if unknown := sorted(used - BLANKS):
        reading.fault(where, f"nothing is known of {', '.join('{' + name + '}' for name in unknown)}")


def statements(letters: Mapping[str, Template]) -> tuple[Statement, ...]:
    """What each of them rests on, by its place."""
    return tuple(Statement(where=f"letters.{key}", source=one.source) for key, one in letters.items() if one.source)


LETTERS = load(f"{IN_USE}_letters", ENGLAND)
