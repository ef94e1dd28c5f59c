"""Slips of the finger: words that differ by a letter or two, found without comparing each with each. Pure.

A slip is a letter too many, too few, another one, or two neighbours that have changed places.
"""

from collections.abc import Iterator, Mapping, Sequence

SHORT, LONG = 4, 8


def allowed(word: str) -> int:
    """How many slips that word may have and still be read: none in three letters, one, from eight on two."""
    if len(word) < SHORT:
        return 0
    return 1 if len(word) < LONG else 2


def cut(word: str, most: int) -> set[str]:
    """The word with up to that many letters left out, two at the most: words so close have one such in common."""
    found = {word}
    sizes = range(len(word))
    if most:
        found.update([word[:at] + word[at + 1 :] for at in sizes])
    if most > 1:
        found.update([word[:at] + word[at + 1 : to] + word[to + 1 :] for to in sizes for at in range(to)])
    return found


class Close:
    """Words to be found by others that are a slip or two away."""

    def __init__(self, known: Sequence[str]) -> None:
        self._by_cut: Mapping[str, tuple[str, ...]] = _gathered(known)
        lengths = [len(word) for word in known if allowed(word)]
        self._shortest, self._longest = min(lengths, default=0), max(lengths, default=0)

    def to(self, word: str) -> Iterator[str]:
        """Those of the known words that may be meant by it, the word itself left out."""
        most = 2 if len(word) >= LONG - 2 else 1
        if not self._shortest - 1 <= len(word) <= self._longest + 2:
            return
        near = {known for left in cut(word, most) for known in self._by_cut.get(left, ())}
        for known in sorted(near - {word}):
            if slips(known, word) <= allowed(known):
                yield known


def _gathered(known: Sequence[str]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for word in dict.fromkeys(known):
        for left in cut(word, allowed(word)) if allowed(word) else ():
            found.setdefault(left, []).append(word)
    return {left: tuple(words) for left, words in found.items()}


def slips(one: str, other: str) -> int:
    """How many slips lie between them (Damerau and Levenshtein, neighbours changed once)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for at, letter in enumerate(one, 1):
        here = [at]
        for to, second in enumerate(other, 1):
            least = min(last[to] + 1, here[to - 1] + 1, last[to - 1] + (letter != second))
            if at > 1 and to > 1 and letter == other[to - 2] and one[at - 2] == second:
                least = min(least, before[to - 2] + 1)
            here.append(least)
        before, last = last, here
    return last[-1]
