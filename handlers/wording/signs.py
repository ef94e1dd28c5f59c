"""Words that stand for signs, pictures or another language, and are nobody's telling: "MUM - GONE - SAD", "[NO] [TV]".

Seen by how they stand: a word or two between marks, each in brackets, or behind the mark of a translation. Not allowed
here: a weight, a word list.
"""

from collections.abc import Sequence

_JOINS = frozenset(["+", "→", "-", ">", "/", "|", "&"])
_OPENS, _CLOSES = "[", "]"
_MEANS = (["which", "means"], ["that", "means"], ["which", "meant"], ["meaning"], ["in", "english"])
LONGEST_SIGN = 2
"""Words that one sign or picture stands for; "mum + dad hit her" is telling."""
FEWEST = 2
"""Signs in a row, each behind a mark, before they are taken for signs: "mum - gone" may be telling that breaks off."""


def are_signs(words: Sequence[str]) -> bool:
    """Whether these words are signs in a row, with or without what they were made with before them."""
    shown = list(words)
    while ":" in shown[:-1]:
        shown = shown[shown.index(":") + 1 :]
    marks = sum(word in _JOINS for word in shown)
    framed = sum(word == _OPENS for word in shown)
    if marks < FEWEST and framed < FEWEST:
        return False
    return all(len(sign) <= LONGEST_SIGN for sign in _apart(shown))


def translates(words: Sequence[str], *, behind: bool) -> bool:
    """Whether it says in English what was said in another language. `behind`: it stands after a quotation."""
    return "=" in words or (behind and any(list(words[: len(said)]) == said for said in _MEANS))


def _apart(words: Sequence[str]) -> list[list[str]]:
    signs: list[list[str]] = [[]]
    for word in words:
        if word in _JOINS or word in {_OPENS, _CLOSES}:
            signs.append([])
        else:
            signs[-1].append(word)
    return signs
