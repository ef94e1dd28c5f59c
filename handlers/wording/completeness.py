"""Completeness: which of who, when, where, observer and quantity an account leaves open. One small model for each slot.

Not allowed here: a demand. A slot that is missing is a question to ask, never a reason to hold an account back.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import cast

from handlers.wording.features import clause_features, symbols_of, word_features
from handlers.wording.kinds import Slot
from handlers.wording.lexicon import read_toml
from handlers.wording.linear import together
from handlers.wording.phrases import phrases_of
from handlers.wording.settled import plainly
from handlers.wording.shapes import Index, index_of, places_of
from handlers.wording.spelling import repaired
from handlers.wording.structure import Clause, inside_of, quotes_of
from handlers.wording.text import NUMBER, Tokens, tokens_of

_TOO_FINE = frozenset({"p:", "s:"})
"""Parts of words: they tell opinion from observation, and nothing about where it was."""


def missing(text: str) -> tuple[Slot, ...]:
    """The slots left open, in the order of Slot."""
    view = features(tokens_of(text))
    scores = zip(Slot, together(_MODELS).scores(view), strict=True)
    return tuple(slot for slot, score in scores if score + bonus(slot, view) > 0)


_MODELS = tuple(f"slot.{slot}" for slot in Slot)


def bonus(slot: Slot, view: frozenset[str]) -> int:
    """What grammar adds to the score of a slot: of a day or a room that is plainly said nobody is asked."""
    if f"plain:{slot}" in view:
        return SAID
    return LEFT_OPEN if slot is Slot.WHERE and view >= _NOWHERE else 0


_NOWHERE = frozenset({"ph:in end", "no:place", "placed:False"})
"""An account that has "in the end" and names no place."""
LEFT_OPEN = 300


SAID = -9_000
"""In thousandths of the score: more than any account can have for it."""


def features(tokens: Tokens) -> frozenset[str]:
    """What the models see of an account."""
    inside = inside_of(tokens, quotes_of(tokens))
    symbols = [(repaired(word), at) for word, at in symbols_of(tokens, Clause(0, len(tokens), 0, ""), inside)]
    found = {feature for feature, _ in clause_features(symbols, grams=False) if feature[:2] not in _TOO_FINE}
    found |= _pairs([word for word, _ in symbols])
    found |= _shapes([word for word, _ in symbols])
    found |= phrases_of([word for word, _ in symbols])
    found |= plainly(tokens, symbols)
    found |= {"<clock>"} if any(_is_clock(tokens, at) for at in range(len(tokens))) else set[str]()
    found.add(f"size:{min(len(symbols) // 6, 6)}")
    return frozenset(found)


def _shapes(words: list[str]) -> set[str]:
    """Which phrases of a shape there are, and which are not: a model can only add, so a lack is a feature too."""
    index, names = _patterns()
    places = places_of(index, words)
    found = {f"is:{name}" if name in places else f"no:{name}" for name in names}
    for one, settling, reach in _SETTLED_BY:
        settled = {place for two in settling for at in places.get(two, ()) for place in range(at - reach, at + 2)}
        bare = [at for at in places.get(one, ()) if at not in settled]
        found.add(f"bare:{one}:{min(len(bare), 2)}")
        if one in places and not bare:
            found.add(f"settled:{one}")
    return found


_SETTLED_BY = (
    ("who", ("described", "observer", "nominal"), 9),
    ("quantity", ("measured", "persons", "ago"), 5),
    ("observer", ("teller",), 6),
    ("place", ("unplaced",), 0),
)
"""A shape, the shapes that settle it when they begin soon after it, and how many words that is."""
_MERIDIEM = frozenset({"am", "pm", "oclock", "o'clock", "ish"})


@cache
def _patterns() -> tuple[Index, tuple[str, ...]]:
    tables = cast("Mapping[str, Sequence[str]]", read_toml("slots.toml"))
    return index_of(tables), tuple(tables)


def _pairs(words: list[str]) -> set[str]:
    found: set[str] = set()
    for at in range(len(words) - 1):
        one, two = words[at], words[at + 1]
        found.add(f"b:{one} {two}")
        found.add(f"n:{one} {word_features(two)[0]}")
        found.add(f"m:{word_features(one)[0]} {two}")
        if at + 2 < len(words):
            found.add(f"u:{one} {word_features(two)[0]} {word_features(words[at + 2])[0]}")
    found.add("open:" + " ".join(words[:2]))
    return found


def _is_clock(tokens: Tokens, at: int) -> bool:
    """10.15, 9:05, 3pm, 14/1: a number that is a time or a date."""
    if tokens.symbols[at] != NUMBER:
        return False
    word = tokens.words[at]
    return any(mark in word for mark in ".:/") or not _MERIDIEM.isdisjoint(tokens.words[at + 1 : at + 2])
