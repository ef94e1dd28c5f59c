"""Bare initials of children in a text: "N.B.", "N B", "NB". Pure.

What else such letters may stand for in a school ("the TA", "in PE", "3 cm") stays; `short_forms` has which.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from handlers.rules.known_names import Name
from handlers.rules.naming_words import ORDINARY
from handlers.rules.short_forms import ABBREVIATIONS, BEFORE, UNITS
from handlers.rules.typed_words import Word

_BETWEEN = frozenset({".", ". ", " ", "-", "/"})
"""What may stand between two letters that are typed one by one."""
_SHORTEST = 2
_LONGEST = 4
"""Letters of the longest that are looked for."""
_CLOCK = frozenset({"am", "pm", "eg", "ie"})
"""Letters with dots that are no name when they are small."""


class Initials:
    """Of the children of one document."""

    def __init__(self, others: Iterable[tuple[str, Name]], *, less: Iterable[Name]) -> None:
        """`others`: each with its alias. `less`: those whom the document is for, whose own letters stay."""
        own = {letters for name in less for letters in initials(name)}
        self._aliases: dict[str, list[str]] = {}
        for alias, name in others:
            for letters in initials(name) - own:
                known = self._aliases.setdefault(letters, [])
                known += [one for one in (alias,) if one not in known]
        self._sizes = sorted({len(letters) for letters in self._aliases}, reverse=True)

    def found(self, text: str, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """From which word to which they stand, and for whom."""
        for at, word in enumerate(words):
            if (said := self._aliases.get(_letters(word))) and _stands_as_a_name(words, at):
                yield at, at, " or ".join(said)
            for size in self._sizes:
                typed = _one_by_one(text, words[at : at + size])
                if len(typed) == size and (said := self._aliases.get(typed)):
                    yield at, at + size - 1, " or ".join(said)


def _letters(word: Word) -> str:
    """The word, less the "s" of a forgotten apostrophe."""
    return word.text[:-1] if _in_capitals(word) and not word.typed.isupper() else word.text


def _in_capitals(word: Word) -> bool:
    return word.typed.isupper() or (len(word.typed) > _SHORTEST and word.typed[:-1].isupper() and word.typed[-1] == "s")


def _stands_as_a_name(words: Sequence[Word], at: int) -> bool:
    """Typed together: in capitals, unless all is; small, where it is no word, no unit and no abbreviation."""
    word, before = words[at], words[at - 1].text if at else ""
    if not _in_capitals(word):
        figures = before.isdigit()
        small = word.typed.islower() and not figures
        return small and not word.plain and word.text not in ABBREVIATIONS | UNITS | _CLOCK
    if word.text in ABBREVIATIONS and before in BEFORE:
        return False
    return word.text not in ORDINARY or not _shouts(words, at)


def _shouts(words: Sequence[Word], at: int) -> bool:
    """Whether the words beside it are in capitals as well."""
    beside = [word.typed for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2])]
    return any(typed.isupper() and len(typed) > 1 for typed in beside)


def _one_by_one(text: str, words: Sequence[Word]) -> str:
    """The letters that these words are, in capitals or with dots; empty where they are no such row."""
    if len(words) < 2 or any(len(word.typed) != 1 or not word.typed.isalpha() for word in words):
        return ""
    between = [text[one.end : other.start] for one, other in pairwise(words)]
    letters = "".join(word.text for word in words)
    capitals = all(word.capital for word in words)
    dotted = all(mark.startswith(".") for mark in between) and letters not in _CLOCK
    return letters if set(between) <= _BETWEEN and (capitals or dotted) else ""


def initials(name: Name) -> frozenset[str]:
    """How that name may be shortened to its first letters: the first with any surname, with the last, with them all."""
    first = {part[0] for part in name.given}
    whole = ("".join(part[0] for part in some) for some in (name.family, name.rest))
    rests = [*(part[0] for part in name.family), *whole]
    found = {letter + rest for letter in first for rest in rests} if name.rest != name.given else set[str]()
    return frozenset(one for one in found if 1 < len(one) <= _LONGEST)
