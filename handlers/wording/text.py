"""Text into tokens with offsets. The text itself is never changed; every look-alike is replaced by one character.

Not allowed here: a pattern that can backtrack. The only regular expression has disjoint parts, so it is linear.
"""

import re
from dataclasses import dataclass
from functools import cache

from handlers.wording.lexicon import classes_of, members, vocabulary, words_of

NAME, NUMBER, QUOTED = "<name>", "<num>", "<quote>"
MOST_TOKENS = 3_000
"""Tokens looked at. The longest answer a form takes has 3,000 characters (forms/model.py), so it is looked at whole."""

_ALIKE = str.maketrans("“”„«»‟＂‘’‚‛ʼ`´–—‐‑−\u00a0\u2009\u202f…", '"""""""' + "'" * 7 + "-----" + "   " + ".")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+(?:[.:/]\d+)*|[^\w\s]|_|\n")
_FRESH_AFTER = frozenset(".!?\n:\"'(-*")
_TITLES = words_of("text_titles")
_NOT_NAMES = words_of("text_not_names")
_NAMES_THAT_ARE_WORDS = words_of("text_names_that_are_words")


@dataclass(frozen=True, slots=True)
class Tokens:
    """Parallel lists: the word in lower case, its start and end, what stands for it (a name, a number, itself)."""

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
    raws: list[str] = []
    for found in _TOKEN.finditer(plain):
        raw = found.group()
        raws.append(raw)
        words.append(raw.lower())
        starts.append(found.start())
        ends.append(found.end())
        if len(words) == MOST_TOKENS:
            break
    return Tokens(text, words, starts, ends, _symbols(raws, words))


@cache
def known_words() -> frozenset[str]:
    """Words that are not taken for a name at the start of a sentence."""
    return frozenset(classes_of()) | vocabulary()


def _symbols(raws: list[str], words: list[str]) -> list[str]:
    """Names and numbers masked: a finding must not hang on what a child is called."""
    shouting = _is_shouting(raws)
    known = known_words()
    symbols: list[str] = []
    fresh = True  # at the start of a sentence a capital says nothing
    for at, raw in enumerate(raws):
        word = words[at]
        first = raw[0]
        if first.isdigit():
            symbols.append(NUMBER)
        elif not first.isalpha():
            symbols.append(word)
        elif _is_name(raw, word, fresh=fresh, shouting=shouting, known=known, after=words[at - 1] if at else ""):
            symbols.append(NAME)
        else:
            symbols.append(word)
        fresh = word in _FRESH_AFTER and not (word == "." and at and words[at - 1] in _TITLES)
    return symbols


def _is_name(raw: str, word: str, *, fresh: bool, shouting: bool, known: frozenset[str], after: str) -> bool:
    base = word[:-2] if word.endswith("'s") else word
    if base in _NOT_NAMES or word in _NOT_NAMES:
        return False
    if after in _TITLES:
        return True
    if word in _never_names():
        return False
    if shouting:
        return word not in known and base not in known and len(word) > 2
    if raw[0].islower():
        return False
    if fresh:
        return base in _NAMES_THAT_ARE_WORDS or (word not in known and base not in known)
    return True


@cache
def _never_names() -> frozenset[str]:
    """Conditions and documents keep their capitals wherever they stand: ADHD, Autism, EHCP."""
    return members("diagnosis", "document") - _NAMES_THAT_ARE_WORDS


def _is_shouting(raws: list[str]) -> bool:
    letters = [raw for raw in raws if len(raw) > 2 and raw[0].isalpha()]
    return len(letters) > 3 and sum(raw.isupper() for raw in letters) * 10 > 6 * len(letters)
