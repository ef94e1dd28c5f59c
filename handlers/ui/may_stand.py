"""What may stand on a card that a chat platform keeps: every card is held against `may_stand.toml` before it leaves.

Each text of a card is one of the sentences there, whole: what moves in it has a declared shape (a reference, a time, a
count, a word of a closed list) or is a value of this school (the name of somebody who works there). Nothing else
passes, so no field of an account can. Pure: whoever sends decides what goes instead (`safe`).
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Final, Literal, TypeAlias, assert_never, cast

from handlers.rules.school import PlaceKind
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Part, Quote, Rows, Sketch, Words
from handlers.ui.shapes import SHAPES

FILE = "handlers/ui/may_stand.toml"
NOBODY = frozenset(
    {
        "a lead", "a member of staff", "a colleague", "somebody no longer here", "Somebody no longer here",
        "somebody who is not on the staff list", "Whoever had it", "Somebody",
    }
)  # fmt: skip
"""What stands in the place of a name that is not known any more."""

VALUES = ("staff", "telephone", "outside", "outside_name")
"""Slots whose value must be one of this school's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What a school may name on a card: its staff, past and present, their numbers, its outside contact."""

    staff: frozenset[str]
    telephone: frozenset[str] = frozenset()
    outside: frozenset[str] = frozenset()
    """Name and number together, as a sentence holds them."""
    outside_name: frozenset[str] = frozenset()


ANSWER: Final = "answer"
COMPLAINT: Final = "complaint"
FORM: Final = "form"
Held: TypeAlias = PlaceKind | Literal["answer", "complaint", "form"]
"""What a card is held against: the place where it stands, or that it answers whoever asked in a chat of their own; and
a sentence of ours beside a field, in a form that somebody fills in there; and whatever that form says."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that may not stand there. The text is for a test alone: it is shown in no log."""

    what: str
    """A code: `heading`, `fact`, `value`, `words`, `button`, `row`, `summary`, `part`."""
    text: str = field(repr=False)

    def sentence(self, place: Held) -> str:
        """For whoever has added it to a card."""
        where = {ANSWER: "in an answer in a chat", FORM: "in a form in a message"}.get(place, f"on a card in a {place}")
        return (
            f"{self.what} {self.text!r} may not stand {where}: {FILE} says what may. Add it there "
            "if a chat platform may keep it for years (ASSURANCE, What chat may hold); if not, it belongs in a window."
        )


Named = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sentences:
    """A list of sentences, made for looking one up: those without a slot as they are, the others by how they begin."""

    whole: frozenset[str]
    shaped: Mapping[str, tuple[str, ...]]

    def takes(self, text: str, own: Own) -> bool:
        return text in self.whole or any(
            _fits(*_compiled(line), text, own)
            for begins in (text.partition(" ")[0], "")
            for line in self.shaped.get(begins, ())
        )


def _fits(pattern: re.Pattern[str], named: Named, text: str, own: Own) -> bool:
    found = pattern.fullmatch(text)
    return found is not None and all(
        value in getattr(own, name) or (name == "staff" and value in NOBODY)
        for name, value in zip(named, found.groups(), strict=True)
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Pairs:
    """What may stand beside what: by the name itself, and where the name has a slot, one after the other."""

    whole: Mapping[str, _Sentences]
    shaped: tuple[tuple[_Sentences, _Sentences], ...]

    def beside(self, name: str, own: Own) -> list[_Sentences]:
        """The values that may stand beside that name; none where the name itself may not stand."""
        known = self.whole.get(name)
        return [known] if known else [values for names, values in self.shaped if names.takes(name, own)]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Zone:
    headings: _Sentences
    summaries: _Sentences
    words: _Sentences
    facts: _Pairs
    rows: _Pairs
    buttons: Mapping[str, _Sentences]


def faults(card: Card, place: Held, own: Own) -> tuple[Fault, ...]:
    """Everything on the card that may not stand there; empty where it may go."""
    return tuple(_faults(card, _zones()[place], own))


def _faults(card: Card, zone: _Zone, own: Own) -> Iterator[Fault]:
    if not zone.summaries.takes(card.summary, own):
        yield Fault("summary", card.summary)
    for part in card.parts:
        yield from _of_part(part, zone, own)


def _of_part(part: Part, zone: _Zone, own: Own) -> Iterable[Fault]:
    match part:
        case Heading(text):
            return _one("heading", zone.headings, text, own)
        case Words(text=text):
            return _one("words", zone.words, text, own)
        case Facts(pairs):
            return _pairs("fact", zone.facts, pairs, own)
        case Buttons(buttons):
            return _buttons(zone, buttons, own)
        case Rows(rows):
            return [
                *_pairs("row", zone.rows, ((row.name, row.value) for row in rows), own),
                *_buttons(zone, (row.button for row in rows), own),
            ]
        case Quote(text) | Sketch(alt=text):
            return [Fault("part", text)]
        case _:
            assert_never(part)


def _one(what: str, among: _Sentences, text: str, own: Own) -> Iterator[Fault]:
    if not among.takes(text, own):
        yield Fault(what, text)


def _pairs(what: str, among: _Pairs, pairs: Iterable[tuple[str, str]], own: Own) -> Iterator[Fault]:
    for name, value in pairs:
        named = among.beside(name, own)
        if not named:
            yield Fault(what, name)
        elif not any(values.takes(value, own) for values in named):
            yield Fault("value", f"{name}: {value}")


def _buttons(zone: _Zone, buttons: Iterable[Button], own: Own) -> Iterator[Fault]:
    for button in buttons:
        if not _may_press(zone, button, own):
            yield Fault("button", f"{button.press.value}: {button.label}")


def _may_press(zone: _Zone, button: Button, own: Own) -> bool:
    labels = zone.buttons.get(button.press.value)
    return labels is not None and labels.takes(button.label, own)


def may_say(text: str, place: Held, own: Own) -> bool:
    """Whether that text may stand there by itself; nothing may."""
    return text == "" or _zones()[place].words.takes(text, own)


def may_tell(name: str, value: str, place: Held, own: Own) -> bool:
    """Whether that fact may."""
    return any(values.takes(value, own) for values in _zones()[place].facts.beside(name, own))


INSTEAD = "Something waits for you in Heard"
OPEN_IT = "Open it to read what it is."
NO_BUTTON = "Type /concern board to see what waits for you."


@dataclass(frozen=True, slots=True, kw_only=True)
class Instead:
    """What is said where a card may not stand."""

    heading: str = INSTEAD
    words: str = OPEN_IT
    alone: str = NO_BUTTON
    """Where none of its presses may stand there either."""


WAITS = Instead()


def safe(card: Card, place: Held, own: Own, says: Instead = WAITS) -> Card:
    """What goes instead of a card that may not: what is said then, and those of its presses that may stand there."""
    zone = _zones()[place]
    buttons = [button for part in card.parts if isinstance(part, Buttons) for button in part.buttons]
    kept = tuple(button for button in buttons if _may_press(zone, button, own))
    if not kept and buttons:
        kept = (replace(buttons[0], label="Open"),)
    words = Words(text=says.words if kept else says.alone)
    parts = (Heading(says.heading), words, Buttons(kept)) if kept else (Heading(says.heading), words)
    return Card(summary=says.heading, parts=parts)


Raw: TypeAlias = dict[str, object]
"""One place's table as the file has it."""
_ORDER: tuple[Held, ...] = (PlaceKind.CHANNEL, PlaceKind.PERSON, PlaceKind.HOME, ANSWER, COMPLAINT, FORM)
"""From the place that may hold the least; each may hold what the one before it may."""


@cache
def _zones() -> Mapping[Held, _Zone]:
    raw = tomllib.loads(Path(__file__).with_name("may_stand.toml").read_text(encoding="utf-8"))
    return {place: _zone([raw.get(one, {}) for one in _ORDER[: at + 1]]) for at, place in enumerate(_ORDER)}


def _zone(held: list[Raw]) -> _Zone:
    headings, summaries, words = (_listed(held, name) for name in ("headings", "summaries", "words"))
    return _Zone(
        headings=_sentences(headings),
        summaries=_sentences([*summaries, *headings, *words]),
        words=_sentences(words),
        facts=_table(held, "facts"),
        rows=_table(held, "rows"),
        buttons={press: _sentences(labels) for press, labels in _mapped(held, "buttons").items()},
    )


def _listed(held: list[Raw], name: str) -> list[str]:
    return [line for one in held for line in cast("list[str]", one.get(name, []))]


def _mapped(held: list[Raw], name: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in held:
        for key, lines in cast("dict[str, list[str]]", one.get(name, {})).items():
            found.setdefault(key, []).extend(lines)
    return found


def _table(held: list[Raw], name: str) -> _Pairs:
    lists = _mapped(held, name)
    whole = {key: _sentences(lines) for key, lines in lists.items() if "{" not in key}
    shaped = tuple((_sentences([key]), _sentences(lines)) for key, lines in lists.items() if "{" in key)
    return _Pairs(whole=whole, shaped=shaped)


def _sentences(lines: Iterable[str]) -> _Sentences:
    """KeyError for an unknown slot."""
    shaped: dict[str, list[str]] = {}
    whole: set[str] = set()
    for line in lines:
        if "{" not in line:
            whole.add(line)
            continue
        first = line.partition(" ")[0]
        shaped.setdefault("" if "{" in first else first, []).append(line)
        if unknown := {*_SLOT.findall(line)} - {*VALUES, *SHAPES}:
            raise KeyError(*unknown)
    return _Sentences(whole=frozenset(whole), shaped={begins: tuple(some) for begins, some in shaped.items()})


_SLOT = re.compile(r"\{(\w+)\}")


@cache
def _compiled(line: str) -> tuple[re.Pattern[str], Named]:
    """The sentence as a pattern, and the slots whose value must be the school's own.

    When something is first held against it: to compile them all takes half a second of a start.
    """
    parts = _SLOT.split(line)
    written, slots = parts[::2], parts[1::2]
    holds = ["(.{1,200}?)" if slot in VALUES else SHAPES[slot] for slot in slots]
    pattern = "".join(re.escape(text) + hold for text, hold in zip(written, [*holds, ""], strict=True))
    return re.compile(pattern, re.ASCII), tuple(slot for slot in slots if slot in VALUES)
