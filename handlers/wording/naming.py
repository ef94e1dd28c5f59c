"""Shapes by which a fault is named (`data/naming.toml`): what grammar tells of its kind.

A shape finds nothing by itself. Each that holds is one more thing for the models of kind to weigh.
Not allowed here: a phrase, a mark.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from handlers.wording.rules import Pattern, Rule, holds, matches, read

SHAPES = "naming.toml"
Begun = tuple[Rule, str, Pattern]
"""A shape, the name of one of its patterns, and that pattern."""


@cache
def shapes() -> tuple[Rule, ...]:
    """Every shape, in the order of the file."""
    return read(SHAPES)


@cache
def _by_first() -> Mapping[str, tuple[Begun, ...]]:
    """The patterns by a word that they begin with: each clause asks few of them."""
    found: dict[str, list[Begun]] = {}
    for shape in shapes():
        for number, pattern in enumerate(shape.patterns):
            first = pattern.parts[0]
            for word in first if not isinstance(first, int) else ():
                found.setdefault(word, []).append((shape, f"n:{shape.id}.{number}", pattern))
    return {word: tuple(begun) for word, begun in found.items()}


def naming_features(words: Sequence[str]) -> frozenset[str]:
    """What the models of kind see of a clause's shapes: each one's kind, its name and which of its patterns hold."""
    index, found, seen = _by_first(), set[str](), dict[str, Rule]()
    for at, word in enumerate(words):
        for shape, name, pattern in index.get(word, ()):
            if name not in found and matches(words, at, (pattern,)):
                found.add(name)
                seen[shape.id] = shape
    for shape in seen.values():
        if any(holds(words, pattern) for pattern in shape.unless):
            found = {name for name in found if not name.startswith(f"n:{shape.id}.")}
        else:
            found |= {f"n:{shape.kind}", f"n:{shape.id}"}
    return frozenset(found)
