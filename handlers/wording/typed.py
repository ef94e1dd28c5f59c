"""What somebody typed about a mark, so that no example shows them their own sentence. Not allowed here: a judgement."""

from handlers.wording.lexicon import members, words_of
from handlers.wording.structure import ENDS
from handlers.wording.text import tokens_of

_SMALL = words_of("features_function") | members("family", "person")
STEM = 5
"""Letters by which "depressed" and "depression" are one word."""


def sentence_about(text: str, start: int, end: int) -> str:
    """The text from the end of a sentence before the mark to the end of its own."""
    first = max((text.rfind(mark, 0, start) + 1 for mark in ENDS), default=0)
    last = min((at for mark in ENDS if (at := text.find(mark, end)) >= 0), default=len(text))
    return text[first:last]


def words_that_mean(text: str) -> frozenset[str]:
    """The beginnings of the words of a text, but for the small ones and whoever it is about."""
    return frozenset(word[:STEM] for word in tokens_of(text).words if word.isalpha() and word not in _SMALL)
