"""How a stretch of narration tells: who tells whom what, or who does what at home, as if the writer had seen it.

A child's words are lost in two ways that grammar shows: a verb of telling with its clause (the child is its subject),
and a sentence of a life that is not in the room ("Her uncle wakes her up", "Gets no tea", "He wishes he had not").
Not allowed here: a weight, a word list (they are data).
"""

from collections.abc import Mapping, Sequence

from handlers.wording.features import word_features
from handlers.wording.lexicon import members, words_of
from handlers.wording.retold import HOME, life_features, may_be_a_child_writing
from handlers.wording.speech import PLAIN, SURE, places_in
from handlers.wording.text import NAME

_SUBJECTS = words_of("speech_subjects") | {NAME}
_SUBJECT_AND_VERB = words_of("speech_subject_and_verb")
_NO_VERB = words_of("speech_no_verb")
_FINITE = words_of("speech_finite")
_PASSED_OVER = words_of("speech_before_a_verb")
_WRITERS = words_of("speech_writers")
_TELLERS = words_of("speech_third") | words_of("speech_tellers") | {NAME}
_LINKS = {
    **dict.fromkeys(words_of("speech_about"), "about"),
    **dict.fromkeys(words_of("speech_what"), "what"),
    "that": "that",
    "how": "how",
}
_WHILE = frozenset(["when", "while", "as", "after", "before"])
FURTHEST = 16
"""Words after a verb of telling in which the clause that was told is looked for."""
FURTHEST_TELLING = 8
"""Words before a verb of telling that has no subject: "She then went on to say"."""
FURTHEST_TELLER = 5
"""Words before a verb of telling in which its subject is looked for."""
NEVER_TOLD = 99


def told_features(words: Sequence[str]) -> list[str]:
    """How a stretch of narration tells: by a verb of telling with or without what was told, in gist, or as a fact."""
    places = places_in("told", words)
    there = {name: its[0] for name, its in places.items()}
    found = [f"told:{name}{'^' if place < 2 else ''}" for name, place in there.items()]
    found += [f"untold:{name}" for name in ("tells", "gist") if name not in there]
    tells = [at for at in places.get("tells", ()) if not any(o <= at <= o + 3 for o in places.get("others", ()))]
    content = _content(words, tells[0] + 1 if tells else there.get("gist", -1) + 1)
    told = [name for name in sorted(there) if name != "tells" or tells]
    found += [f"rest:{content}", "way:" + "+".join([*told, content])]
    life = life_features(words)
    return [*found, *life, *_decided(words, {**places, "tells": tells}, at_home=HOME in life)]


def _decided(words: Sequence[str], places: Mapping[str, Sequence[int]], *, at_home: bool) -> list[str]:
    tells, gist = places["tells"], places.get("gist", (NEVER_TOLD,))[0]
    if any(_is_told(words, at) for at in tells) or _is_summed_up(words, gist):
        return [SURE]
    if at_home and not tells:
        return [SURE]
    if "acts" in places:
        shown = places["acts"][0] < 2 and places.keys() <= {"acts", "tells"} and not tells and "made" not in words
        return [PLAIN] if shown and words[0] not in members("family") else []
    own = tells and gist > tells[0] and all(_teller(words, at) == "writer" for at in tells)
    return [PLAIN] if own else []


def _is_summed_up(words: Sequence[str], gist: int) -> bool:
    if gist == NEVER_TOLD:
        return False
    return (gist < 2 and _WRITERS.isdisjoint(words[:gist])) or _teller(words, gist) == "child"


def _is_told(words: Sequence[str], tells: int) -> bool:
    behind = words[tells + 1 : tells + 2]
    if not _content(words, tells + 1).endswith("clause") or not _NOT_TOLD.isdisjoint(behind):
        return False
    if behind == ["nothing"] and not _happens(words[tells + 2 : tells + 3]):
        return False
    if words[tells] in _SIGNS and "that" not in words[tells:]:
        return False
    teller = _teller(words, tells)
    if tells and may_be_a_child_writing(words, tells - 1):
        return False
    if behind and behind[0] == "from":
        return True  # "I gather from him that"
    return teller == "child" or (not teller and tells < FURTHEST_TELLING and _WRITERS.isdisjoint(words[:tells]))


def _happens(behind: Sequence[str]) -> bool:
    """Whether it is told that nothing is so ("said nothing happened"), and not nothing told."""
    return bool(behind) and (behind[0] in _FINITE or behind[0].endswith("ed"))


_SIGNS = frozenset(["signed", "indicated"])
_NOT_TOLD = frozenset(["it", "mr", "mrs", "miss", "ms"])
"""Behind a verb of telling: what is no clause, and who says it ("said Miss Begum")."""


def _teller(words: Sequence[str], tells: int) -> str:
    """Who the subject of a verb of telling is: the word before it, over what may stand between."""
    for at in range(tells - 1, max(-1, tells - 1 - FURTHEST_TELLER), -1):
        word = words[at]
        if word in _TELLERS or word in _SUBJECT_AND_VERB:
            titled = at and words[at - 1] in _WRITERS
            return "writer" if titled else "child"
        if word in _WRITERS:
            return "writer"
        if word in _PASSIVE or not (word in _PASSED_OVER or word.endswith("ly")):
            return ""
    return ""


_PASSIVE = frozenset(["was", "were", "been", "being"])


def _content(words: Sequence[str], start: int) -> str:
    """What follows: a clause, a clause after "about" or a question word, or no more than a noun."""
    link, named = "", False
    for at in range(start, min(len(words), start + FURTHEST)):
        word = words[at]
        if word in _WHILE and "that" not in words[at:]:
            break  # "he said when he saw the car" tells when
        link = _LINKS.get(word, link)
        if word in _SUBJECT_AND_VERB or (at == start and word in _DOING):
            return f"{link}clause"
        subject = (word in _SUBJECTS and (word != "who" or at == start)) or word in members("family")
        if subject and at + 1 < len(words) and _is_verb(words[at + 1]) and words[at + 1 :] not in _MEANS:
            return f"{link}clause"
        if named and word in _FINITE and link in {"", "that"}:
            return f"{link}clause"
        named = word not in _BREAKS and (named or word not in _HEARERS)
    return f"{link}noun"


_MEANS = (["is"], ["was"], ["means"])
"""What stands before the words themselves: "Somali, she told me it is"."""
_DOING = frozenset(["being", "having", "feeling", "getting", "seeing", "knowing"])
_BREAKS = frozenset([",", "and", ";", "but"])
_HEARERS = words_of("speech_hearers") | {"me", "us", ",", "that"}


def _is_verb(word: str) -> bool:
    tag = word_features(word)[0]
    return word[0].isalpha() and tag not in _NO_VERB and word not in members("family", "person")
