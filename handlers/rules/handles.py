"""Names inside a word that is no word: a username, several run together (`noahbc`, `noah123`, `NoahandZoe`). Pure.

Online every name is such a word. One too many is hidden rather than one too few.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import permutations

from handlers.rules import spoken
from handlers.rules.known_names import Name
from handlers.rules.naming_words import ORDINARY
from handlers.rules.typed_words import Word

_SHORTEST, _OF_TWO = 3, 2
"""Letters of a part of a name that is looked for inside a word; and of two that are the whole word."""
_SIGNS = "@#"


class Handles:
    """Looked for in texts of one document. `others`: each name with what is put there; `less`: parts that are kept."""

    def __init__(self, others: Sequence[tuple[str, Name]], *, less: Collection[str]) -> None:
        self._parts = [
            (part, says) for says, name in others for part in sorted(name.parts)
            if len(part) >= _SHORTEST and part not in less
        ]  # fmt: skip
        self._pairs = {
            first + last: says for says, name in others
            for first, last in permutations([part for part in name.parts if len(part) >= _OF_TWO], 2)
            if not {first, last} & set(less)
        }  # fmt: skip

    def found(self, text: str, words: Sequence[Word]) -> Iterator[tuple[int, str]]:
        """Which words hold names, and what is put there."""
        for at, word in enumerate(words):
            if says := self._inside(text, word):
                yield at, " or ".join(dict.fromkeys(says))

    def _inside(self, text: str, word: Word) -> list[str]:
        letters = "".join(spoken.folded("".join(one for one in word.typed if one.isalpha())))
        if pair := self._pairs.get(letters):
            return [pair]
        inside = [(part, says) for part, says in self._parts if part in letters and part != letters]
        whole = [says for part, says in self._parts if part == letters]
        is_one = any(one.isdigit() for one in word.typed) or text[: word.start].endswith(tuple(_SIGNS))
        if is_one:
            return [*whole, *(says for _, says in inside)]
        several = len({part for part, _ in inside}) > 1 and sum(len(part) for part, _ in inside[:2]) <= len(letters)
        return [says for _, says in inside] if several and letters not in ORDINARY else []
