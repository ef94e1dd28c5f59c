"""Named shapes: patterns of a data file under a name, found in one walk over the words. Not allowed here: a pattern."""

from collections.abc import Iterable, Mapping, Sequence

from handlers.wording.rules import Pattern, compile_pattern, matches

Index = Mapping[str, tuple[tuple[str, tuple[Pattern, ...]], ...]]
"""By the word a pattern may begin with: the names, each with its patterns."""


def index_of(tables: Mapping[str, Iterable[str]]) -> Index:
    """The patterns of several names, ready to be found together."""
    found: dict[str, dict[str, list[Pattern]]] = {}
    for name, lines in tables.items():
        for line in lines:
            pattern = compile_pattern(line)
            first = pattern.parts[0]
            for word in first if not isinstance(first, int) else ():
                found.setdefault(word, {}).setdefault(name, []).append(pattern)
    return {word: tuple((name, tuple(those)) for name, those in names.items()) for word, names in found.items()}


def places_of(index: Index, words: Sequence[str]) -> dict[str, list[int]]:
    """Each name whose shape is there, with every place it begins at."""
    found: dict[str, list[int]] = {}
    for at, word in enumerate(words):
        for name, patterns in index.get(word, ()):
            if matches(words, at, patterns):
                found.setdefault(name, []).append(at)
    return found


def first_places(index: Index, words: Sequence[str]) -> dict[str, int]:
    """Each name whose shape is there, with the first place it begins at."""
    found: dict[str, int] = {}
    for at, word in enumerate(words):
        for name, patterns in index.get(word, ()):
            if name not in found and matches(words, at, patterns):
                found[name] = at
    return found
