"""Where in some words a part of somebody's name stands, as it was typed: joined, split, or with a slip in it. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from handlers.rules.known_names import Known, Part
from handlers.rules.naming_words import FUNCTION, ORDINARY, PARTICLES, TITLES
from handlers.rules.people import PersonId
from handlers.rules.spoken import Word

_JOINED = 5
"""Words that may be one name with spaces typed in it."""
_SPLIT = 3
"""The same with a slip in it."""
_PLURAL = 5
"""Letters of a word whose last s may be no part of the name."""
BETWEEN = 2
"""Words that may stand between a given name and a surname: middle names, particles."""


@dataclass(frozen=True, slots=True)
class Hit:
    person: PersonId
    part: Part
    start: int
    end: int
    exact: bool
    small: bool
    """Every word of it is an ordinary one, written without a capital; of several, an "A" or "The" may have one."""
    capital: bool
    plain: bool
    """Every word of it is one that is no name by itself, capital or not."""


def find(words: Sequence[Word], known: Known, *, strict: bool) -> list[Hit]:
    """Every place; `strict` looks for slips also in what is typed with spaces in it, and in ordinary words alone."""
    small = [not word.capital and _ordinary(word.text) for word in words]
    read = [strict or not one or _beside_a_name(words, at, known) for at, one in enumerate(small)]
    looked_up: dict[tuple[str, bool], Sequence[_Found]] = {}
    found: list[Hit] = []
    for start, end, text in _joined(words, known.longest + 2):
        look = (text, read[start] and end - start <= (_SPLIT if strict else 1))
        if look not in looked_up:
            looked_up[look] = _looked_up(text, known, slips=look[1])
        for person, part, exact in looked_up[look]:
            span = words[start:end]
            plain = [word.text in FUNCTION for word in span]
            weak = [one or (end - start > 1 and plain[at]) for at, one in enumerate(small[start:end])]
            found.append(
                Hit(
                    person, part, start, end, exact=exact, small=all(weak), capital=span[0].capital,
                    plain=all(plain),
                )
            )  # fmt: skip
    return [*found, *_within(words, known)]


def _within(words: Sequence[Word], known: Known) -> Iterator[Hit]:
    """Names in a word of a script that has no spaces between words, or that writes other words on to a name."""
    for at, word in enumerate(words):
        for person in known.inside(word.text):
            yield Hit(person, Part.FAMILY, at, at + 1, exact=True, small=False, capital=True, plain=False)


def _beside_a_name(words: Sequence[Word], at: int, known: Known) -> bool:
    return any(known.exactly(word.text) for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2]))


_Found = tuple[PersonId, Part, bool]


def _looked_up(text: str, known: Known, *, slips: bool) -> Sequence[_Found]:
    exact = dict.fromkeys((*known.exactly(text), *_singular(text, known)))
    near = [found for found in known.closely(text) if found not in exact] if slips else ()
    return [*((who, part, True) for who, part in exact), *((who, part, False) for who, part in near)]


def _ordinary(text: str) -> bool:
    return text in ORDINARY or (text.endswith("s") and text[:-1] in ORDINARY)


def _singular(text: str, known: Known) -> list[tuple[PersonId, Part]]:
    """Whose something is, typed without the apostrophe."""
    if len(text) < _PLURAL or not text.endswith("s"):
        return []
    return [found for found in known.exactly(text[:-1]) if found[1] is not Part.GIVEN]


def _joined(words: Sequence[Word], longest: int) -> Iterator[tuple[int, int, str]]:
    """Each word and each few words in a row run together; letters typed one by one as far as they go."""
    for start in range(len(words)):
        text, letters = "", True
        for end in range(start + 1, len(words) + 1):
            word = words[end - 1].text
            text += word
            letters = letters and len(word) == 1
            if not word or len(text) > longest or (end - start > _JOINED and not letters):
                break
            yield start, end, text


class Around:
    """What stands beside a place in the words."""

    def __init__(self, words: Sequence[Word], known: Known) -> None:
        self._words, self._known = words, known

    def titled(self, start: int) -> bool:
        """Whether a title stands before it, initials between or not."""
        for word in reversed(self._words[max(0, start - BETWEEN - 1) : start]):
            if word.text in TITLES:
                return True
            if len(word.text) != 1:
                return False
        return False

    def initial(self, hit: Hit) -> bool:
        """Whether the letter of their given name stands before or behind it; a lone "a" or "I" is a word of its own."""
        letters = {given[0] for given in self._known.names[hit.person].given}
        beside = [*self._words[max(0, hit.start - BETWEEN) : hit.start][::-1], *self._words[hit.end : hit.end + 1]]
        near = (word for word in beside if len(word.text) == 1)
        return any(word.text in letters and not (hit.small and word.text in {"a", "i"}) for word in near)

    def from_initial(self, hit: Hit) -> int:
        """Where the letter of their given name stands that comes right before it; else where it begins itself."""
        letters = {given[0] for given in self._known.names[hit.person].given}
        before = self._words[hit.start - 1].text if hit.start else ""
        return hit.start - 1 if len(before) == 1 and before in letters else hit.start

    def family_initial(self, hit: Hit) -> bool:
        """Whether the letter of their surname stands behind their given name, as a name is written: "Chidi O."."""
        letters = {part[0] for part in self._known.names[hit.person].family}
        behind = self._words[hit.end : hit.end + 1]
        return hit.capital and any(
            len(one.text) == 1 and one.capital and one.text in letters - {"i"} for one in behind
        )

    def belong(self, one: Hit, other: Hit) -> bool:
        """Whether two parts of one name stand so near to each other that they are the name."""
        first, last = (one, other) if one.start <= other.start else (other, one)
        between = self._words[first.end : last.start]
        if first.end > last.start or len(between) > BETWEEN:
            return False
        parts = self._known.names[one.person].parts
        return all(_may_stand_between(word, parts) for word in between)


def _may_stand_between(word: Word, parts: frozenset[str]) -> bool:
    if len(word.text) == 1 or word.text in parts or word.text in PARTICLES:
        return True
    return word.capital and word.text not in FUNCTION and word.text not in TITLES


def by_person(hits: Sequence[Hit]) -> Mapping[PersonId, list[Hit]]:
    found: dict[PersonId, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.person, []).append(hit)
    return found
