"""A word of a list, however it was typed, and what is nearly one. Pure; which words there are is said by who asks.

A near miss is never taken for the word: it may be the beginning of a concern, so somebody is asked.
"""

import unicodedata
from collections.abc import Collection, Sequence

from handlers.rules.slips import SHORT, slips

COMMAND = "concern"
"""Typed twice by whoever types it as a word too: `/concern /concern mine`."""
MOST = 1
"""Words that may follow a word with a slip in it: more of them are a sentence, and `mind the gap` is no `mine`."""


def plain(typed: str) -> tuple[str, ...]:
    """The words in small letters, without what stands about them: `[Mine]!` is `mine`."""
    words = [_plain(word) for word in typed.split()]
    known = [word for word in words if word]
    while len(known) > 1 and known[0] == COMMAND:
        known = known[1:]
    return tuple(known)


def after(typed: str, word: str) -> str:
    """What was typed after that word, which is one of the first, as it was typed."""
    words = typed.split()
    found = next((at for at, one in enumerate(words) if _plain(one) == word), len(words))
    return " ".join(words[found + 1 :])


def near(typed: str, known: Collection[str]) -> str | None:
    """The word of the list that may be meant: with more words after it, or with one slip in it; else None.

    The longest first: `quality last term` is `quality last` and more.
    """
    words = plain(typed)
    longest = sorted(known, key=lambda one: (-len(one.split()), one))
    return next((one for one in longest if _is_near(words, one.split())), None)


def _is_near(words: Sequence[str], known: Sequence[str]) -> bool:
    return list(words[: len(known)]) == list(known) or _slipped(words, known)


def _slipped(words: Sequence[str], known: Sequence[str]) -> bool:
    if "".join(words) == "".join(known):
        return True
    if not 0 <= len(words) - len(known) <= MOST:
        return False
    off = [(one, other) for one, other in zip(known, words, strict=False) if one != other]
    return len(off) == 1 and len(off[0][0]) >= SHORT and slips(*off[0]) == 1


def _plain(word: str) -> str:
    folded = unicodedata.normalize("NFKC", word).casefold()
    return "".join(letter for letter in folded if letter.isalnum() or letter == "-").strip("-")
