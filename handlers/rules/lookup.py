"""Finding by name as it is typed in a hurry, staff and pupils alike. Pure. A query is never kept and never logged.

Capitals, accents, apostrophes, hyphens, dots and a space too many or too few make no difference (`spoken`). Where
nobody is found so, a title and the s of whose something is are left out, and what somebody is called for short is their
name.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from handlers.rules import spoken
from handlers.rules.naming_words import TITLES
from handlers.rules.short_forms import short_forms

T = TypeVar("T")
BETWEEN = "·"
"""Stands in a label between the name and what tells it apart: a label that is typed whole finds its own."""
_RUN_TOGETHER = 4
"""Letters of a word from which on it is looked for also where a space was left out."""


def fold(text: str) -> str:
    """The words by which it is compared, one space between."""
    return " ".join(spoken.searched(text))


@dataclass(frozen=True, slots=True)
class Line(Generic[T]):
    """Somebody who can be found."""

    thing: T
    text: str
    """Folded: the name, and whatever else may be typed for them."""
    joined: str
    """The same without its spaces."""


def line(thing: T, name: str, also: str = "") -> Line[T]:
    text = fold(f"{name} {also}")
    return Line(thing, text, text.replace(" ", ""))


def search(lines: Iterable[Line[T]], query: str, *, parts: int = 1) -> Sequence[T]:
    """First those whose name begins so, then those with words that begin so, then the rest; in their order.

    Of a whole label the first `parts` are looked for: of `Mia Patel · 8B · Year 8` the name and the form.
    """
    typed, known = " ".join(query.split(BETWEEN)[:parts]), tuple(lines)
    wanted = fold(typed)
    words = wanted.split()
    if not words:
        return ()
    found = [one for one in known if all(_in(one, word) for word in words)]
    if not found:
        words = [word for word in spoken.folded(typed) if word not in TITLES]
        told = any(len(word) > 1 for word in words)
        found = [one for one in known if told and all(_called(one, word) for word in words)]
    found.sort(key=lambda one: _rank(one.text, wanted, words))
    return tuple(one.thing for one in found)


def _in(one: Line[T], word: str) -> bool:
    return word in one.text or (len(word) >= _RUN_TOGETHER and word in one.joined)


def _called(one: Line[T], word: str) -> bool:
    """The word itself, or a name that is called so for short."""
    forms = short_forms(word)
    return _in(one, word) or any(part in forms for part in one.text.split())


def _rank(text: str, wanted: str, words: Sequence[str]) -> int:
    if text.startswith(wanted):
        return 0
    spaced = f" {text}"
    return 1 if all(f" {word}" in spaced for word in words) else 2
