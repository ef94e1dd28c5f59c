"""Whether a word that is a surname and an ordinary word too stands in a text as a name: Green, Young, Hall, Park. Pure.

It is read from what stands beside it. In doubt in the middle of a sentence it is a name, at the beginning it is none:
there every word has a capital.
"""

from collections.abc import Collection, Sequence

from handlers.rules.naming_words import BEFORE_A_THING, DEEDS, FUNCTION, MONTHS_AND_LESSONS, ORDINARY, TITLES
from handlers.rules.typed_words import Word

_ENDS = frozenset(".!?:;\n\r\t•|\"“”‘([–—")
_APART = _ENDS | frozenset(",/&)]}'’")


def stands_as_a_name(text: str, words: Sequence[Word], at: int) -> bool:
    """Typed as a name: with a capital, and where it is an ordinary word too not as that word."""
    word = words[at]
    if not word.capital:
        return False
    return word.text not in ORDINARY or _is_meant(text, words, at)


def _is_meant(text: str, words: Sequence[Word], at: int) -> bool:
    word, before, after = words[at], _beside(words, at - 1), _beside(words, at + 1)
    if before is not None and before.text in TITLES:
        return True
    if word.text in FUNCTION or (len(word.typed) > 1 and word.typed.isupper()) or _go_together(text, word, after):
        return False
    begins = before is None or _has(text, before.end, word.start, _ENDS)
    if not begins and (_is_before_a_thing(before) or _go_together(text, before, word)):
        return False
    if begins or word.text in MONTHS_AND_LESSONS:
        return _is_whose(text, word) or (after is not None and after.text in DEEDS)
    return True


def _beside(words: Sequence[Word], at: int) -> Word | None:
    return words[at] if 0 <= at < len(words) else None


def _is_before_a_thing(word: Word | None) -> bool:
    return word is not None and (word.text in BEFORE_A_THING or word.text[:1].isdigit())


def _go_together(text: str, one: Word | None, other: Word | None) -> bool:
    """`Hyde Park`, `Park Road`, `Sports Hall`: capitals side by side are the name of something."""
    if one is None or other is None or not (one.capital and other.capital):
        return False
    return not ({one.text, other.text} & FUNCTION or _has(text, one.end, other.start, _APART))


def _has(text: str, start: int, end: int, marks: Collection[str]) -> bool:
    return any(mark in marks for mark in text[start:end])


def _is_whose(text: str, word: Word) -> bool:
    return text[word.end : word.end + 2].casefold() in {"'s", "’s"}
