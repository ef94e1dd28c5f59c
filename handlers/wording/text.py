"""Text into tokens with offsets. The text itself is never changed; every look-alike is replaced by one character.

A name is known without its capital, for half of the staff type none: it is a word nobody knows, one of the names of
the corpus, or a word that stands where only a name can ("Grace hit him").
Not allowed here: a pattern that can backtrack. The only regular expression has disjoint parts, so it is linear.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from handlers.wording.lexicon import NAME, NUMBER, QUOTED, members, names, words_of
from handlers.wording.spelling import is_word, standard

MOST_TOKENS = 3_000
"""Tokens looked at. The longest answer a form takes has 3,000 characters (forms/model.py), so it is looked at whole."""

_ALIKE = str.maketrans("“”„«»‟＂‘’‚‛ʼ`´–—‐‑−\u00a0\u2009\u202f…", '"""""""' + "'" * 7 + "-----" + "   " + ".")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.:/]\d+)*|[^\w\s]|_|\n")
_TITLES = words_of("text_titles")
_NOT_NAMES = words_of("text_not_names")
_NAMES_THAT_ARE_WORDS = words_of("text_names_that_are_words")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: the word in lower case and in its standard form, its start and end, what stands for it.

    A symbol is a name, a number, or the word itself.
    """

    text: str
    words: list[str]
    starts: list[int]
    ends: list[int]
    symbols: list[str]

    def __len__(self) -> int:
        return len(self.words)


def tokens_of(text: str) -> Tokens:
    """The tokens of a text, at most MOST_TOKENS of them; offsets are code points of the text given."""
    plain = text.translate(_ALIKE)
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for found in _TOKEN.finditer(plain):
        words.append(standard(found.group().lower()))
        starts.append(found.start())
        ends.append(found.end())
        if len(words) == MOST_TOKENS:
            break
    return Tokens(text, words, starts, ends, _symbols(words, starts, ends))


def _symbols(words: list[str], starts: list[int], ends: list[int]) -> list[str]:
    """Names and numbers masked: a finding must not hang on what a child is called, or on how it is written."""
    symbols: list[str] = []
    for at, word in enumerate(words):
        joined = at > 0 and symbols[-1] == NAME and starts[at] == ends[at - 1]
        if word[0].isdigit():
            symbols.append(NUMBER)
        elif joined and (word == "-" or words[at - 1] == "-"):
            symbols.append(NAME)  # Mei-Ling
        elif word[0].isalpha() and _is_name(words, at):
            symbols.append(NAME)
        else:
            symbols.append(word)
    return symbols


def _is_name(words: list[str], at: int) -> bool:
    told = told_alone(words[at])
    if told == _NEVER:
        return False
    if at and words[at - 1] in _TITLES:
        return True
    return _stands_as_name(words, at) if told == _MAY_BE else told == _IS


_NEVER, _IS_NOT, _MAY_BE, _IS = "never", "is not", "may be", "is"


@lru_cache(maxsize=4096)
def told_alone(word: str) -> str:
    """What a word says of itself: that it is never a name, or only behind a title; that it may be one, or is."""
    base = word[:-2] if word.endswith("'s") else word
    if base in _NOT_NAMES or word in _NOT_NAMES:
        return _NEVER
    if word in _never_names():
        return _IS_NOT
    if base in _NAMES_THAT_ARE_WORDS:
        return _MAY_BE
    return _IS if base in names() or not (is_word(word) or is_word(base)) else _IS_NOT


def _stands_as_name(words: list[str], at: int) -> bool:
    """Whether only a name can stand here: no article or pronoun before it, and behind it what somebody does or has."""
    if at and (words[at - 1] in _NO_NAME_AFTER or words[at - 1][0].isdigit()):
        return False
    behind = words[at + 1] if at + 1 < len(words) else ""
    does = behind in members("act", "speech", "perceive", "be", "have") or behind.endswith("ed")
    return does or words[at].endswith("'s") or (at > 0 and words[at - 1] in _NAME_AFTER)


_NO_NAME_AFTER = words_of("text_no_name_after")
_NAME_AFTER = words_of("text_name_after")


@cache
def _never_names() -> frozenset[str]:
    """Conditions and documents are no names wherever they stand: ADHD, Autism, EHCP."""
    return members("diagnosis", "document") - _NAMES_THAT_ARE_WORDS


__all__ = ["MOST_TOKENS", "NAME", "NUMBER", "QUOTED", "Tokens", "tokens_of"]
