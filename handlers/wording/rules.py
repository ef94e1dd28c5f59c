"""The rules of `data/rules.toml`, `data/vague.toml` and `data/short.toml`, matched over tokens.

Not allowed here: a phrase, a regular expression.

A pattern is words and gaps: `a|b` is either word, `<family>` a class of the lexicon, `<name>` and `<num>` the
placeholders, `*3` up to three words of any kind. `[` and `]` enclose the part that is marked when it is not the whole.
`^` before the first word and `$` behind the last hold it to the ends of the clause. A match never leaves its clause,
and a gap is bounded, so the cost is bounded by the length of the text.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from handlers.wording.kinds import Kind
from handlers.wording.lexicon import NAME, NUMBER, QUOTED, members, read_toml

Part = frozenset[str] | int
FILES = ("rules.toml", "vague.toml", "short.toml")
_Entries = Sequence[Mapping[str, object]]
_PLACEHOLDERS = frozenset({NAME, NUMBER, QUOTED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    parts: tuple[Part, ...]
    opens: int
    closes: int
    before: int | None = None
    """The most words that may stand before it in its clause; any number where nothing is said."""
    last: bool = False
    second: frozenset[str] = frozenset()
    """What must come next, within `reach` words: most patterns fail there, so it is asked first."""
    reach: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    id: str
    kind: Kind
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]
    sure: bool
    """Whether it decides alone. A rule that is not sure only helps the model."""
    loose: bool
    """Whether its kind is right in fewer than nine of ten of its marks: the clause's words may overrule it."""
    when: bool
    """Whether it is about a time, so that a date beside it speaks against it."""
    yes: tuple[str, ...]
    no: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Places of the symbols that were marked: `start` to `end` (not counted)."""

    start: int
    end: int
    rule: Rule


def compile_pattern(words: str) -> Pattern:
    """A pattern of the file, ready to match."""
    parts: list[Part] = []
    opens, closes = 0, -1
    split = words.split()
    first, last = split[0] == "^", split[-1] == "$"
    before = 0 if first else None
    for word in split[first : len(split) - last]:
        if word == "[":
            opens = len(parts)
        elif word == "]":
            closes = len(parts)
        elif not parts and word[0] == "*" and len(word) > 1:
            before = int(word[1:]) if first else None  # a gap before the first word is no part of what is marked
        else:
            parts.append(int(word[1:]) if word[0] == "*" and len(word) > 1 else _either(word))
    closes = len(parts) if closes < 0 else closes
    second, reach = _next_of(parts)
    return Pattern(
        parts=tuple(parts), opens=opens, closes=closes, before=before, last=last, second=second, reach=reach
    )


def _next_of(parts: Sequence[Part]) -> tuple[frozenset[str], int]:
    gap = 0
    for part in parts[1:]:
        if not isinstance(part, int):
            return part, gap + 1
        gap = part
    return frozenset(), 0


@cache
def _either(word: str) -> frozenset[str]:
    found: set[str] = set()
    for one in word.split("|"):
        is_class = one.startswith("<") and one not in _PLACEHOLDERS
        found |= members(one[1:-1]) if is_class else {one}
    return frozenset(found)


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule, in the order of the files."""
    return tuple(rule for name in FILES for rule in read(name))


def read(name: str) -> tuple[Rule, ...]:
    """The rules of one file."""
    return tuple(_rule(entry) for entry in cast("_Entries", read_toml(name)["rule"]))


def _rule(entry: Mapping[str, object]) -> Rule:
    def lines(name: str) -> tuple[str, ...]:
        return tuple(cast("Sequence[str]", entry.get(name, ())))

    return Rule(
        id=str(entry["id"]),
        kind=Kind(str(entry["kind"])),
        patterns=tuple(compile_pattern(line) for line in lines("match")),
        unless=tuple(compile_pattern(line) for line in lines("unless")),
        sure=bool(entry.get("sure", False)),
        loose=bool(entry.get("loose", False)),
        when=bool(entry.get("when", False)),
        yes=lines("yes"),
        no=lines("no"),
    )


@cache
def rule_words() -> frozenset[str]:
    """The words the patterns name: spelling is repaired towards them."""
    return frozenset(word for word in words_in(rules()) if word.isalpha())


def words_in(some: Iterable[Rule]) -> frozenset[str]:
    """Every word that the patterns of some rules name."""
    parts = (part for rule in some for pattern in rule.patterns for part in pattern.parts)
    return frozenset(word for part in parts if not isinstance(part, int) for word in part)


@cache
def shape_words() -> frozenset[str]:
    """The words that the shapes of speech and of a slot name: known words too, though nothing is repaired to them."""
    groups = cast("Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]", read_toml("speech.toml")).values()
    spoken = [line for named in groups for entry in named.values() for line in entry["match"]]
    slots = [line for lines in cast("Mapping[str, Sequence[str]]", read_toml("slots.toml")).values() for line in lines]
    parts = (part for line in [*spoken, *slots] for part in line.split())
    return frozenset(word for part in parts for word in part.split("|") if word.isalpha())


@cache
def _by_first() -> Mapping[str, tuple[tuple[Rule, Pattern], ...]]:
    found: dict[str, list[tuple[Rule, Pattern]]] = {}
    for rule in rules():
        for pattern in rule.patterns:
            first = pattern.parts[0]
            for word in first if not isinstance(first, int) else ():
                found.setdefault(word, []).append((rule, pattern))
    return {word: tuple(pairs) for word, pairs in found.items()}


def matches(symbols: Sequence[str], at: int, patterns: Sequence[Pattern]) -> bool:
    """Whether one of the patterns begins here and holds."""
    return any(_match(symbols, at, pattern) is not None for pattern in patterns)


def hits_in(symbols: Sequence[str]) -> list[Hit]:
    """The rules that hold in one clause, from left to right, none overlapping; of several at one place the longest."""
    index = _by_first()
    found: list[Hit] = []
    excused: dict[str, bool] = {}  # by rule: asked once for a clause, however often the rule begins to match
    at = 0
    while at < len(symbols):
        pairs = index.get(symbols[at])
        best = _best_at(symbols, at, pairs, excused) if pairs else None
        if best is not None:
            found.append(best)
        at = best.end if best is not None and best.end > at else at + 1
    return found


def _best_at(
    symbols: Sequence[str], at: int, pairs: Sequence[tuple[Rule, Pattern]], excused: dict[str, bool]
) -> Hit | None:
    best: Hit | None = None
    for rule, pattern in pairs:
        places = _match(symbols, at, pattern)
        if places is None or _is_excused(symbols, rule, excused):
            continue
        start, end = places[pattern.opens], places[pattern.closes]
        if best is None or end - start > best.end - best.start:
            best = Hit(start=start, end=end, rule=rule)
    return best


def _is_excused(symbols: Sequence[str], rule: Rule, excused: dict[str, bool]) -> bool:
    if rule.id not in excused:
        excused[rule.id] = any(holds(symbols, pattern) for pattern in rule.unless)
    return excused[rule.id]


def holds(symbols: Sequence[str], pattern: Pattern) -> bool:
    """Whether a pattern begins and ends somewhere in a clause."""
    first = pattern.parts[0]
    begins = [at for at, word in enumerate(symbols) if isinstance(first, int) or word in first]
    return any(_match(symbols, at, pattern) is not None for at in begins)


def _match(symbols: Sequence[str], at: int, pattern: Pattern) -> list[int] | None:
    """The places of a pattern that begins here, where it may begin and end here."""
    if pattern.before is not None and at > pattern.before:
        return None
    if pattern.reach and pattern.second.isdisjoint(symbols[at + 1 : at + 1 + pattern.reach]):
        return None
    places = _places(symbols, at, pattern.parts)
    return None if places is None or (pattern.last and places[-1] < len(symbols)) else places


def _places(symbols: Sequence[str], at: int, parts: tuple[Part, ...]) -> list[int] | None:
    """Where each part begins, and where the last one ends; a gap takes as little as it can."""
    places: list[int] = []
    gap = 0
    for part in parts:
        if isinstance(part, int):
            places.append(at)
            gap = part
            continue
        last = min(at + gap, len(symbols) - 1)
        while at <= last and symbols[at] not in part:
            at += 1
        if at > last:
            return None
        places.append(at)
        at += 1
        gap = 0
    return [*places, at]
