"""Clauses that grammar makes plain: what somebody did, an everyday ailment, a liking, a writer's own doubt.

Whatever such a clause scores, it is no fault. Not allowed here: a word list (they are data), a judgement of the model.
"""

from collections.abc import Sequence
from functools import cache

from handlers.wording.features import word_features
from handlers.wording.lexicon import members, slices_of, words_in_order, words_of
from handlers.wording.text import NUMBER


def is_plain(words: Sequence[str]) -> bool:
    """Whether there is a verb of what can be seen or heard, and none of the words that a fault needs."""
    if _has_ailment(words) and _blames().isdisjoint(words):
        return True  # "She has a cold", "Nits in her fringe": of what every child has no fault is made
    if _is_humble(words):
        return True  # "Sorry if this is nothing", "I do not know if it is anything"
    if _is_estimate(words):
        return True  # "She sat there I'd say seven minutes"
    if _is_liking(words):
        return True  # "He enjoys cooking club", "She does not like peas"
    if _goes_on(words):
        return _blames().isdisjoint(set(words) - _ALL)
    seen = any(word_features(word)[0] in _OBSERVABLE for word in words)
    return seen and _cues().isdisjoint(words)


def _is_liking(words: Sequence[str]) -> bool:
    """Whether somebody likes what every child may like: a food, a lesson, a game, an animal."""
    likes = next((at for at, word in enumerate(words[:LATEST_LIKING]) if word in _LIKES), len(words))
    liked = members("pastime", "food").intersection(words[likes + 1 :])
    return bool(liked) and _blames().isdisjoint(set(words) - _LIKES - liked)


def is_never_a_fault(words: Sequence[str]) -> bool:
    """Whether somebody will not talk, or the writer says about how much it was, whatever words say so."""
    talks = [at for at, word in enumerate(words) if word in _TALK and words[max(0, at - 1) : at] == ["to"]]
    wants = bool(talks) and not _WANT.isdisjoint(words[: talks[0]]) and not members("negation").isdisjoint(words)
    blames = _blames().intersection(words) - _WANT - _TALK - _ESTIMATES
    return (wants or _estimates(words)) and not blames


def guesses_what_stands_before(words: Sequence[str], before: Sequence[str]) -> bool:
    """Whether a clause is no more than the writer's "I'd guess" behind an amount: "about forty, I'd guess"."""
    guess = len(words) == GUESS and words[0] in members("first") and words[1] in _ESTIMATES
    return guess and not _AMOUNTS.isdisjoint(before[-GUESS:])


GUESS = 2


def _is_estimate(words: Sequence[str]) -> bool:
    return _estimates(words) and _blames().isdisjoint(words)


def _estimates(words: Sequence[str]) -> bool:
    guesses = [at for at, word in enumerate(words) if word in _ESTIMATES and at and words[at - 1] in members("first")]
    return any(not _AMOUNTS.isdisjoint(words[at + 1 : at + 4]) for at in guesses)


_TALK = words_of("facts_talk")
_WANT = words_of("facts_want")
_ESTIMATES = words_of("facts_estimates")
_AMOUNTS = members("number") | {NUMBER}


LATEST_LIKING = 5
"""Words from the beginning of a clause to the liking: "Ella really does not like peas"."""
_LIKES = words_of("facts_likes")


def _goes_on(words: Sequence[str]) -> bool:
    """Whether a thing or a part of somebody goes on doing what can be seen or heard: "phone pinging all lesson"."""
    first = words[1] if words[0] in _ARTICLES and len(words) > 1 else words[0]
    return first in members("thing", "medium", "body", "clothes") and any(word.endswith("ing") for word in words[1:4])


def _is_humble(words: Sequence[str]) -> bool:
    """Whether the writer says that they do not know: of themselves it is true, and of nobody else."""
    opens = next((size for size in range(2, 5) if " ".join(words[:size]) in _UNSURE_OF), 0)
    return bool(opens) and not _OF_IT.isdisjoint(words[opens : opens + 2]) and _OF_SOMEBODY.isdisjoint(words[opens:])


@cache
def _cues() -> frozenset[str]:
    return members(*_CUES)


@cache
def _blames() -> frozenset[str]:
    return members(*_BLAMES) - members("ailment") - words_of("facts_no_blame")


def _has_ailment(words: Sequence[str]) -> bool:
    """Whether an everyday ailment is named: "a cold" and not "cold with him"."""
    ailments = members("ailment")
    pairs = zip(["", *words], words, strict=False)
    return any(word in ailments and (word not in _OR_ELSE or before in _BEFORE_AILMENT) for before, word in pairs)


_ALL = words_of("facts_all")
_UNSURE_OF = frozenset(" ".join(words) for words in slices_of("facts_unsure_of"))
_OF_IT = words_of("facts_of_it")
_OF_SOMEBODY = members("family") | words_of("facts_of_somebody")
_OR_ELSE = words_of("facts_ailment_or_else")
_BEFORE_AILMENT = words_of("facts_before_ailment")
_OBSERVABLE = frozenset(["ACT", "PERCEIVE", "_ed"])
_ARTICLES = words_of("facts_articles")
_CUES = words_in_order("facts_cues")
_BLAMES = words_in_order("facts_blames")
