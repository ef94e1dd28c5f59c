"""What is concrete beside a vague word: how many, how large, in which words. Not allowed here: a word list.

"Some marks" is vague until "two, each 5mm" follows; "an unkind comment" until the comment does. A clock is no count.
"""

from collections.abc import Sequence

from handlers.wording.lexicon import members, words_of
from handlers.wording.structure import Clause
from handlers.wording.text import NUMBER, QUOTED

Symbols = Sequence[tuple[str, int]]
_CLOCK_AFTER = words_of("detail_clock_after")
_ON_RECORD = words_of("detail_on_record")
_SPELT_OUT = frozenset([":", "(", "-"])
_NEAR = 3
_SHORT = 4
_ASIDE = 2
"""Words that may stand between: "a bruise on her cheek, oval, about 2cm"."""


def is_concrete(symbols: Symbols) -> bool:
    """Whether the words say how many of what, how large, or in which words."""
    words = [word for word, _ in symbols]
    numbers, counted, measures = members("number"), members("countable", "measure", "mark"), members("measure")
    for at, word in enumerate(words):
        if word == QUOTED or word in _ON_RECORD:
            return True
        if word != NUMBER and word not in numbers:
            continue
        timed = at > 0 and words[at - 1] in _CLOCK_AFTER and word == NUMBER
        clock = timed and measures.isdisjoint(words[at + 1 : at + 2])  # "about 2cm" is none
        if not clock and not counted.isdisjoint(words[at + 1 : at + 1 + _NEAR]):
            return True
    return False


def is_dated(symbols: Symbols) -> bool:
    """Whether the words name a day that can be found again."""
    words = {word for word, _ in symbols}
    return not members("time").isdisjoint(words) and NUMBER in words


def dated_behind(clauses: Sequence[Clause], symbols: Sequence[Symbols], at: int) -> bool:
    """Whether a time is dated in its clause, or in one that hangs on to it and tells of nothing else."""
    if is_dated(symbols[at]):
        return True
    behind = at + 1
    if behind >= len(clauses) or clauses[behind].sentence != clauses[at].sentence:
        return False
    tells = members("act", "speech", "perceive", "be", "have")
    return is_dated(symbols[behind]) and tells.isdisjoint(word for word, _ in symbols[behind])


def spelt_out(clauses: Sequence[Clause], symbols: Sequence[Symbols], at: int) -> bool:
    """Whether what is concrete comes behind a clause, in the same sentence: a colon or a comma on."""
    sentence = clauses[at].sentence
    for after in range(at + 1, min(at + 1 + _NEAR, len(clauses))):
        if clauses[after].sentence != sentence or clauses[after].link == "and":
            return False
        if _writer_goes_on(symbols[after]):
            return False
        behind = clauses[at + 1].link in _SPELT_OUT
        if is_concrete(symbols[after]) or _is_shown(symbols[after], behind=behind):
            return True
        if not behind and len(symbols[after]) > _ASIDE:
            return False
    return False


def _writer_goes_on(symbols: Symbols) -> bool:
    """Whether the writer tells there what they did next: "- I logged it at 3" is no detail of what stands before."""
    words = [word for word, _ in symbols[:4]]
    return words[:1] == ["i"] and members("perceive").isdisjoint(words)


def _is_shown(symbols: Symbols, *, behind: bool) -> bool:
    """Whether what was seen stands there: a number alone, or parts of a body, colours, clothes, what somebody did."""
    words = {word for word, _ in symbols}
    alone = len(symbols) <= _SHORT and words.isdisjoint(_CLOCK_AFTER | members("person"))
    if behind and alone and not words.isdisjoint(members("number") | {NUMBER}):
        return True
    seen = sum(not members(name).isdisjoint(words) for name in _SEEN)
    if behind:
        return seen > 0 or not members("act").isdisjoint(words)
    return seen > (0 if symbols and symbols[0][0] == "with" else 1)


def detail_features(symbols: Symbols, *, here: bool, after: bool) -> list[str]:
    """What the model sees of it: whether a word that leaves something open stands alone."""
    words = {word for word, _ in symbols}
    open_words = [name for name in _OPEN if not members(name).isdisjoint(words)]
    found = ["d:here"] if here else []
    found += ["d:after"] if after else []
    return found if here or after else found + [f"d:bare {name}" for name in open_words]


_SEEN = ("body", "mark", "colour", "clothes", "basis")
_OPEN = ("happening", "unsaid", "unsaid_what", "loose_amount", "out_of_sorts", "standing", "vague_amount")
