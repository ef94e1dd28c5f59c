"""One slip of the finger repaired, for matching only: the text and its offsets stay as they were typed.

A deletes index (each word with each letter left out) towards the lexicon: a look-up is a handful of dictionary reads.
It is made for one length of word when a slip of that length is first met: most of it never is.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from string import ascii_lowercase

from handlers.wording.lexicon import classes_of, common, forms, grammar_words, vocabulary, words_in_order
from handlers.wording.rules import rule_words, shape_words

SHORTEST = 4
LONGEST = 16
SURELY_MEANT = 7
"""Letters from which on a word with another first letter may still be meant: "Bobby" is not "gobby"."""


@lru_cache(maxsize=4096)
def repaired(word: str) -> str:
    """The word itself when it is known; else the one known word a slip away, if there is one."""
    if not SHORTEST <= len(word) <= LONGEST or not word.isalpha() or word in known_words() or is_inflected(word):
        return word
    longer, same = _index(len(word) + 1), _index(len(word))
    found: list[str] = longer.get(word, "").split()
    for at in range(len(word)):
        shorter = word[:at] + word[at + 1 :]
        if shorter in _targets():
            found.append(shorter)
        found += same.get(shorter, "").split()
    near = [other for other in found if abs(len(other) - len(word)) <= 1 and _one_slip(word, other)]
    near = [other for other in near if other[0] == word[0] or len(word) >= SURELY_MEANT]
    return min(near, key=lambda other: _unlike(word, other), default="") or _with_a_letter(word)


def _with_a_letter(word: str) -> str:
    """The word of the corpus that this is with one letter left out, the slip made most; else the word itself."""
    if len(word) < SHORTEST + 1:
        return word
    known = vocabulary()
    longer = (word[:at] + letter + word[at:] for at in range(1, len(word)) for letter in ascii_lowercase)
    return next((other for other in longer if other in known), word)


def _unlike(word: str, other: str) -> tuple[bool, bool, int, str]:
    """How far-fetched it is that this was meant: a letter is left out more often than put in."""
    return other[0] != word[0], sorted(other) != sorted(word), -len(other), other


def _one_slip(one: str, other: str) -> bool:
    if len(one) != len(other):
        return True  # each is the other with one letter left out
    wrong = [at for at in range(len(one)) if one[at] != other[at]]
    if len(wrong) != 2:
        return len(wrong) == 1
    first, second = wrong
    return second - first <= 2 and one[first] == other[second] and one[second] == other[first]


@lru_cache(maxsize=4096)
def standard(word: str) -> str:
    """The word that a text or dialect form stands for ("telt", "defo", "shoutin"); else the word itself."""
    meant = forms().get(word)
    if meant is not None:
        return meant
    dropped = len(word) > SHORTEST and word.endswith("in") and word not in known_words() and word + "g" in known_words()
    return word + "g" if dropped else word


@lru_cache(maxsize=4096)
def is_word(word: str) -> bool:
    """Whether this is a word that is known, one slip from one, or made like one; what is none of it is a name."""
    if word in known_words() or is_inflected(word) or repaired(word) != word:
        return True
    return any(word.endswith(ending) and len(word) > len(ending) + 2 for ending in _ENDINGS)


_ENDINGS = words_in_order("text_endings")


def is_inflected(word: str) -> bool:
    """Whether a known word stands in it with an ending: "argued", "fights", "worries", "planned"."""
    known = known_words()
    return any(stem in known for stem in stems_of_inflected(word))


def stems_of_inflected(word: str) -> list[str]:
    """What a word may be made from by the ending of a verb or of many; "James" is not made from "jam"."""
    for ending, letters in _INFLECTED:
        stem = word.removesuffix(ending)
        if stem != word and len(stem) >= SHORTEST_STEM:
            doubled = [stem[:-1]] if ending in _DOUBLES and stem[-1] == stem[-2] else []
            return [stem + letter for letter in letters] + doubled
    return []


SHORTEST_STEM = 3
_INFLECTED = (("ies", ("y",)), ("ied", ("y",)), ("ing", ("", "e")), ("ed", ("", "e")), ("s", ("",)))
_DOUBLES = frozenset(["ing", "ed"])


@cache
def _targets() -> frozenset[str]:
    return frozenset(word for word in set(classes_of()) | rule_words() if len(word) > SHORTEST)


@cache
def known_words() -> frozenset[str]:
    """Every word that needs no repair and is no name: those of the guard itself, its corpus, and everyday English."""
    own = frozenset(classes_of()) | rule_words() | grammar_words() | shape_words()
    return own | vocabulary() | common()


@cache
def _index(length: int) -> Mapping[str, str]:
    """The words of one length by what is left of them without a letter; several stand apart by a space."""
    found: dict[str, str] = {}
    for word in sorted(word for word in _targets() if len(word) == length):
        for shorter in {word[:at] + word[at + 1 :] for at in range(length)}:
            other = found.get(shorter)
            found[shorter] = word if other is None else f"{other} {word}"
    return found
