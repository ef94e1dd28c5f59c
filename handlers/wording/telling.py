"""How a stretch of narration tells: who tells whom what, or who does what at home, as if the writer had seen it.

A child's words are lost in two ways that grammar shows: a verb of telling with its clause (the child is its subject),
and a sentence of a life that is not in the room ("Her uncle wakes her up", "Gets no tea", "He wishes he had not").
Not allowed here: a weight, a word list (they are data).
"""

from collections.abc import Mapping, Sequence

from handlers.wording.features import word_features
from handlers.wording.kinds import Kind
from handlers.wording.lexicon import members, slices_of, words_of
from handlers.wording.retold import HOME, OUTSIDE, ends_in_s, life_features, may_be_a_child_writing
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
_WHILE = words_of("telling_while")
FURTHEST = 16
"""Words after a verb of telling in which the clause that was told is looked for."""
FURTHEST_TELLING = 8
"""Words before a verb of telling that has no subject: "She then went on to say"."""
FURTHEST_TELLER = 5
"""Words before a verb of telling in which its subject is looked for."""
NEVER_TOLD = 99
AS = "as:"
"""Before the kind that grammar gives: the clause of a verb of telling is reported, a topic is summed up."""


def begins_with_telling(words: Sequence[str]) -> bool:
    """Whether an adult tells from the first words on that a child told: "He say me uncle come in night"."""
    tells = places_in("told", words).get("tells", ())
    return any(0 < at <= FURTHEST_FIRST and _teller(words, at) == "child" for at in tells)


FURTHEST_FIRST = 2
"""Words before the verb where a sentence begins with who tells: "Child she tell me"."""


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
    return [*found, *life, *_decided(words, {**places, "tells": tells}, life)]


def _decided(words: Sequence[str], places: Mapping[str, Sequence[int]], life: Sequence[str]) -> list[str]:
    at_home, acts_first = HOME in life, places.get("acts", (NEVER_TOLD,))[0] < 2
    outside = OUTSIDE in life and not acts_first
    tells, gist = places["tells"], places.get("gist", (NEVER_TOLD,))[0]
    told = [at for at in tells if _is_told(words, at) or _is_told_before(words, at)]
    if told:
        return [SURE, *_as_told(words, told[0], at_home=at_home)]
    if _is_summed_up(words, gist) or any(_is_about(words, at) for at in tells):
        return [SURE, AS + Kind.SUMMARY]
    if ((at_home or outside) and not tells) or _thinks(words):
        return [SURE, AS + Kind.PARAPHRASE]
    if not tells and gist == NEVER_TOLD and _is_of_the_room(words):
        return [PLAIN]
    if "acts" in places:
        shown = acts_first and places.keys() <= {"acts", "tells"} and not tells and "made" not in words
        return [PLAIN] if shown and words[0] not in members("family") else []
    own = tells and gist > tells[0] and all(_teller(words, at) == "writer" for at in tells)
    return [PLAIN] if own else []


def _is_of_the_room(words: Sequence[str]) -> bool:
    """Whether the writer has a part in it, or it is what stood there: "There was a note", "In the hall"."""
    stood = words[0] == "there" and words[1:2] in _STOOD and words[2:3] not in _LACKED
    headed = words[0] in _HEADS and len(words) <= LONGEST_HEAD
    return stood or headed or not _PART_OF_IT.isdisjoint(words)


_HEADS = words_of("telling_heads")
LONGEST_HEAD = 4
"""Words of a place or a time that stands by itself."""
_PART_OF_IT = words_of("telling_part_of_it")
_STOOD = slices_of("telling_stood")
_LACKED = slices_of("telling_lacked")


def _as_told(words: Sequence[str], tells: int, *, at_home: bool) -> list[str]:
    """What happened and why, without the words for it, is gist; what a man at home says, the model judges."""
    content = "clause" if _is_told_before(words, tells) else _content(words, tells + 1)
    if content.startswith(("what", "how")):
        return [AS + Kind.SUMMARY] if content.startswith("what") else []
    if not at_home or _teller(words, tells) == "child" or not _TO_US.isdisjoint(words[tells + 1 : tells + 3]):
        return [AS + Kind.REPORTED_SPEECH]
    return [] if tells else [AS + Kind.REPORTED_SPEECH]


def _is_summed_up(words: Sequence[str], gist: int) -> bool:
    if gist == NEVER_TOLD:
        return False
    return (gist < 2 and _WRITERS.isdisjoint(words[:gist])) or _teller(words, gist) == "child"


def _is_about(words: Sequence[str], tells: int) -> bool:
    """Whether it is told what was spoken of and not what was said: "told me about the shed", "described a row"."""
    behind = [word for word in words[tells + 1 : tells + 4] if word not in _TO_WHOM]
    if not behind or _negated(words, tells) or _content(words, tells + 1).endswith("clause"):
        return False
    goes_on = tells < 2 or (tells < FURTHEST_TELLING and words[tells - 1] in _THEN)
    by_child = _teller(words, tells) == "child" or (goes_on and _WRITERS.isdisjoint(words[:tells]))
    if words[tells] in _TOPICAL:
        return by_child and behind[0] not in _NO_TOPIC
    return by_child and not _ABOUT.isdisjoint(behind[:2]) and words[tells + 1] in _ABOUT | _TO_US


_THEN = words_of("telling_then")
_ABOUT = words_of("speech_about")
_TOPICAL = words_of("speech_topical")
_TO_US = words_of("telling_to_us")
_TO_WHOM = _TO_US | words_of("telling_to_whom")
_NO_TOPIC = words_of("speech_no_topic")


def _thinks(words: Sequence[str]) -> bool:
    """Whether a child is told of as it thinks or fears ("He thought his mum had gone"): nobody can see that."""
    at = next((at for at, word in enumerate(words[:FURTHEST_TELLER]) if word in _MENTAL), -1)
    if at < 1 or _teller(words, at) != "child" or _negated(words, at):
        return False
    return _content(words, at + 1) in {"clause", "thatclause"}


_MENTAL = words_of("speech_mental")


def _negated(words: Sequence[str], at: int) -> bool:
    return any(word in _NOT or word.endswith("n't") for word in words[max(0, at - 2) : at])


_NOT = words_of("telling_not")


def _is_told(words: Sequence[str], tells: int) -> bool:
    behind = words[tells + 1 : tells + 2]
    if not _content(words, tells + 1).endswith("clause") or _is_no_clause(words, tells):
        return False
    if behind == ["nothing"] and not _happens(words[tells + 2 : tells + 3]):
        return False
    if words[tells] in _SIGNS and "that" not in words[tells:]:
        return False
    if _negated(words, tells) or _asks_leave(words, tells):
        return False  # "did not say who it was" is what was not said
    teller = _teller(words, tells)
    if tells and may_be_a_child_writing(words, tells - 1):
        return False
    if behind and behind[0] == "from":
        return True  # "I gather from him that"
    if teller or tells >= FURTHEST_TELLING or words[tells] == "asked":
        return teller == "child"
    return _WRITERS.isdisjoint(words[:tells]) and not _by_writer(words, tells)


def _asks_leave(words: Sequence[str], tells: int) -> bool:
    """ "She asked if we could go outside": what a child wants to do now."""
    return words[tells] == "asked" and not _MAY.isdisjoint(words[tells + 2 : tells + 6])


_MAY = words_of("telling_may")


def _by_writer(words: Sequence[str], tells: int) -> bool:
    """Whether a note without its subject has its writer's words: "Told him I would", "Explained to her that she"."""
    behind = [word for word in words[tells + 1 : tells + 4] if word != "to"]
    to_child = len(behind) > 1 and behind[0] in _THEM and (behind[1] in _SUBJECTS or behind[1] in _OPENS_A_CLAUSE)
    return to_child or not _OURSELVES.isdisjoint(words[tells + 1 : tells + 5])


_THEM = words_of("telling_them")
_OPENS_A_CLAUSE = _SUBJECT_AND_VERB | words_of("telling_opens_a_clause")
_OURSELVES = words_of("telling_ourselves")


def _happens(behind: Sequence[str]) -> bool:
    """Whether it is told that nothing is so ("said nothing happened"), and not nothing told."""
    return bool(behind) and (behind[0] in _FINITE or behind[0].endswith("ed"))


def _is_told_before(words: Sequence[str], tells: int) -> bool:
    """Whether what is told stands before the verb: "It was his cousin, he said"."""
    if tells < SHORTEST_BEFORE or words[tells] not in _SAID or words[tells - 2] != ",":
        return False
    ends = tells + 1 + (words[tells + 1 : tells + 2] in _US)
    return _teller(words, tells) == "child" and words[ends : ends + 1] in _AT_AN_END and _tells_of(words[: tells - 2])


def _tells_of(words: Sequence[str]) -> bool:
    return any(word in _FINITE or word in _SUBJECT_AND_VERB or ends_in_s(word) for word in words)


SHORTEST_BEFORE = 4
_SAID = words_of("telling_said")
_US = slices_of("telling_us")
_AT_AN_END = (list[str](), [","], ["."], ["and"], ["but"])


def _is_no_clause(words: Sequence[str], tells: int) -> bool:
    """Whether what follows is what was said ("said it again") or who says it ("said Miss Begum")."""
    behind, next_word = words[tells + 1 : tells + 2], words[tells + 2 : tells + 3]
    if behind == ["it"]:
        if len(words) == tells + 3:
            return True  # "Somali, she told me it is"
        return not _happens(next_word) and not (next_word and ends_in_s(next_word[0]))
    return words[tells] not in _TOLD and not _TITLES.isdisjoint(behind)


_SIGNS = words_of("telling_signs")
_TOLD = words_of("telling_told")
_TITLES = words_of("telling_titles")


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


_PASSIVE = words_of("telling_passive")


def _content(words: Sequence[str], start: int) -> str:
    """What follows: a clause, a clause after "about" or a question word, or no more than a noun."""
    link, named = "", False
    if words[start : start + 1] == [","] and words[start + 1 : start + 2] in _GOES_ON:
        return "noun"  # "He whispered, then he cried"
    for at in range(start, min(len(words), start + FURTHEST)):
        word = words[at]
        if word in _WHILE and "that" not in words[at:]:
            break  # "he said when he saw the car" tells when
        link = _LINKS.get(word, link)
        if word == "that" and words[at + 1 : at + 2] and words[at + 1] in _OPENS_WHAT_IS_SAID and at + 3 < len(words):
            return "thatclause"
        if word in _SUBJECT_AND_VERB or (at == start and word in _DOING):
            return f"{link}clause"
        subject = (word in _SUBJECTS and (word != "who" or at == start)) or word in members("family")
        if subject and at + 1 < len(words) and _does(word, words[at + 1]) and words[at + 1 :] not in _MEANS:
            return f"{link}clause"
        if named and link in {"", "that"} and (word in _FINITE or _does_to(words, at)):
            return f"{link}clause"
        named = word not in _BREAKS and (named or word not in _HEARERS)
    return f"{link}noun"


def _does_to(words: Sequence[str], at: int) -> bool:
    """Whether somebody does something in a form without its ending: "the father not let him", "the man push him"."""
    if words[at] == "not":
        return words[at + 1 : at + 2] != ["to"]
    bare = word_features(words[at])[0] in _BARE_VERB and words[at] not in _NOT_BARE
    return bare and words[at + 1 : at + 2] in _WHOM


_BARE_VERB = frozenset(["_", "ACT"])
_NOT_BARE = words_of("retold_no_subject_after") | words_of("speech_hearers")
_WHOM = slices_of("telling_whom")
_GOES_ON = slices_of("telling_goes_on")
_MEANS = slices_of("telling_means")
"""What stands before the words themselves: "Somali, she told me it is"."""
_OPENS_WHAT_IS_SAID = words_of("speech_opens_what_is_said")
_DOING = words_of("telling_doing")
_BREAKS = words_of("telling_breaks")
_HEARERS = words_of("speech_hearers") | words_of("telling_hearers")


def _does(subject: str, word: str) -> bool:
    """Whether a word may be what the subject does: behind "he" any word that is no small one ("he take the phone")."""
    return _is_verb(word) or (subject in _NOMINATIVE and word_features(word)[0] in _BARE_VERB)


_NOMINATIVE = words_of("telling_nominative")


def _is_verb(word: str) -> bool:
    tag = word_features(word)[0]
    return word[0].isalpha() and tag not in _NO_VERB and word not in members("family", "person")
