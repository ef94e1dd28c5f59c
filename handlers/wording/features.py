"""What the model sees of a clause: its words, their classes, its shape. Not allowed here: a weight.

Names, numbers and quotations are placeholders, so a finding cannot hang on what a child is called.
"""

from functools import cache, lru_cache
from itertools import pairwise

from handlers.wording.lexicon import classes_of, words_in_order, words_of
from handlers.wording.structure import Clause
from handlers.wording.text import NAME, NUMBER, QUOTED, Tokens

_FUNCTION = words_of("features_function")
_CONCRETE = words_of("features_concrete")
_NO_FEATURE = words_of("features_no_feature")
_TAG_ORDER = words_in_order("features_tag_order")


@cache
def _tag(word: str) -> str:
    if word in _FUNCTION:
        return word
    its = classes_of().get(word, ())
    for name in _TAG_ORDER:
        if name in its:
            return name.upper()
    return ""


@lru_cache(maxsize=4096)
def word_features(word: str) -> tuple[str, tuple[str, ...]]:
    """A word's tag and the features that need no neighbour."""
    if word[0] == "<" or not word[0].isalpha():
        return word, ("w:" + word,)
    base = word[:-2] if word.endswith("'s") and word not in _FUNCTION else word
    found = ["w:" + base]
    if base not in _FUNCTION:
        if len(base) > 4:
            found.append("p:" + base[:4])
            found.append("s:" + base[-3:])
        if len(base) > 6:
            found.append("p:" + base[:6])
        found += ["c:" + name for name in classes_of().get(base, ()) if name not in _NO_FEATURE]
    if len(base) > 2:
        edged = f"^{base}$"
        found += ["g:" + edged[at : at + size] for size in (3, 4) for at in range(len(edged) - size + 1)]
    return _tag(base) or _ending(base), tuple(found)


@lru_cache(maxsize=4096)
def coarse_features(word: str) -> tuple[str, tuple[str, ...]]:
    """The same without the runs of letters, which cost more time than they tell where words are many."""
    tag, own = word_features(word)
    return tag, tuple(feature for feature in own if feature[:2] != "g:")


def _ending(word: str) -> str:
    for ending in ("ing", "ed", "ly", "er", "est", "ness", "ful", "less", "ish", "y", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return "_" + ending
    return "_"


def symbols_of(tokens: Tokens, clause: Clause, inside: list[bool]) -> list[tuple[str, int]]:
    """The clause's symbols with their token indexes: a quotation and a run of names count once."""
    found: list[tuple[str, int]] = []
    for at in range(clause.start, clause.end):
        symbol = QUOTED if inside[at] else tokens.symbols[at]
        if symbol in {QUOTED, NAME} and found and found[-1][0] == symbol:
            continue
        found.append((symbol, at))
    return found


def clause_features(symbols: list[tuple[str, int]], *, grams: bool = True) -> list[tuple[str, int]]:
    """Features of the words and their order, each with the place in `symbols` it hangs on."""
    view = word_features if grams else coarse_features
    found: list[tuple[str, int]] = []
    t1 = "^"
    for place, (word, _) in enumerate(symbols):
        tag, own = view(word)
        found += [(feature, place) for feature in own]
        found.append((f"t:{t1} {tag}", place))
        t1 = tag
    found.append((f"t:{t1} $", len(symbols) - 1))
    return found


def pair_features(symbols: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """Each word with the next and with the one after that: how a turn of phrase shows, with a word in it changed."""
    words = ["^", *(word for word, _ in symbols), "$"]
    last = len(symbols) - 1
    found = [(f"b:{one} {two}", min(at, last)) for at, (one, two) in enumerate(pairwise(words))]
    apart = zip(words, words[2:], strict=False)
    return found + [(f"k:{one} {two}", min(at, last)) for at, (one, two) in enumerate(apart)]


def shape_features(symbols: list[tuple[str, int]]) -> list[str]:
    """Features of the clause as a whole: of nothing beside it."""
    words = {word for word, _ in symbols}
    found = [f"len:{min(len(symbols), 12) // 2}"]
    found += [f"has:{word}" for word in (NUMBER, QUOTED, NAME) if word in words]
    found.append("start:" + (word_features(symbols[0][0])[0] if symbols else ""))
    tags = {word_features(word)[0] for word in words}
    content = [w for w, _ in symbols if w[0].isalpha() and w not in _FUNCTION]
    plain = sum(1 for w in content if not _CONCRETE.isdisjoint(classes_of().get(w, ())))
    found.append(f"plain:{plain * 4 // max(1, len(content))}")
    if not tags & {"ACT", "PERCEIVE", "SPEECH", "was", "were", "had", "did", "_ed", "is", "are", "has"}:
        found.append("noverb")
    if "_ed" in tags or "ACT" in tags or "PERCEIVE" in tags:
        found.append("past")
    return found
