"""Phrases that say where: a preposition and its noun, and what stands before the first full stop or colon.

Not allowed here: a list of places. A place no list has is told by its shape: "in the lambing pen", "Kiln shed, 9.10:".
"""

from collections.abc import Sequence
from functools import cache

from handlers.wording.lexicon import members, words_in_order, words_of
from handlers.wording.text import NAME, NUMBER, QUOTED

_PREPOSITIONS = words_of("phrases_prepositions")
_DETERMINERS = words_of("phrases_determiners")
_OWN = words_of("phrases_own")
_STOPS = words_of("phrases_stops")
_VERBS = words_of("phrases_verbs") | words_of("phrases_joining")
_NOT_IN_HEADINGS = _VERBS - _PREPOSITIONS - words_of("phrases_may_head")
_CLASSES = words_in_order("phrases_classes")
_PLACES = frozenset({"place", "other", "medium", "name"})
_HEADING_ENDS = frozenset(".:-;")
_OPENS_WITH = 14
"""Words in which a heading may end."""
_LONGEST = 6


def phrases_of(words: Sequence[str]) -> set[str]:
    """What the model is told of the phrases of an account."""
    found = _heading(words)
    placed = False
    for at, word in enumerate(words[:-1]):
        if word in _PREPOSITIONS:
            determiner, head, last = _noun(words, at + 1)
            if not head:
                continue
            before = words[at - 1] if at else "^"
            found |= {f"pp:{word} {determiner} {head}", f"pp:{word} {head}", f"ppd:{determiner} {head}"}
            found.add(f"ph:{word} {last}")
            found.add(f"pb:{_class_of(before)} {word} {determiner} {head}")
            placed = placed or (head in _PLACES and determiner != "own" and last not in _MAYBE_NO_PLACE)
    found.add(f"placed:{placed}")
    return found


def places_said(words: Sequence[str]) -> bool:
    """Whether a place is plainly told: "in the hall", "from Reception", "KS1 gate, 9.10:", and not "in his car"."""
    if not _SURE_HEADINGS.isdisjoint(_heading(words)):
        return True
    for at, word in enumerate(words[:-1]):
        if word in _PREPOSITIONS:
            determiner, head, last = _noun(words, at + 1)
            known = head == "place" and determiner != "own"
            unknown = head == "other" and determiner == "the" and word in _STANDS_IN
            if (known or unknown) and _MAYBE_NO_PLACE.isdisjoint([last, *words[at + 1 : at + 3]]):
                return True
    return False


_STANDS_IN = words_of("phrases_stands_in")


_SURE_HEADINGS = frozenset(["heading:place", "heading:medium"])
_MAYBE_NO_PLACE = words_of("phrases_maybe_no_place")


def _noun(words: Sequence[str], start: int) -> tuple[str, str, str]:
    """The determiner, the class of the last word of the phrase that begins here, and that word."""
    determiner, last = "no", ""
    for at in range(start, min(len(words), start + _LONGEST)):
        word = words[at]
        if at == start and word in _DETERMINERS:
            determiner = "own" if word in _OWN else word
            continue
        if word in _STOPS or word in _VERBS or word in _PREPOSITIONS:
            break
        last = word
        if word in {NUMBER, QUOTED}:
            break
    return determiner, _class_of(last) if last else "", last


@cache
def _classed() -> dict[str, str]:
    return {word: name for name in reversed(_CLASSES) for word in members(name)}


def _class_of(word: str) -> str:
    if word == NAME:
        return "name"
    if word in {NUMBER, QUOTED, "^"}:
        return word
    return _classed().get(word, "other")


def _heading(words: Sequence[str]) -> set[str]:
    """What stands before the first stop or colon when no verb does: a time, a place, both."""
    end = next((at for at, word in enumerate(words[:_OPENS_WITH]) if word in _HEADING_ENDS), 0)
    head = words[:end]
    if not end or not _NOT_IN_HEADINGS.isdisjoint(head):
        return {"heading:no"}
    left = {_class_of(word) for word in head if word[0].isalpha() or word[0] == "<"} - {"time", NUMBER}
    return {f"heading:{name}" for name in left} | {f"heading:{'where' if left & _PLACES else 'bare'}"}
