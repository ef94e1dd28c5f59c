"""Whether a stretch of narration tells of a life that is not in the room, as if the writer had seen it.

What the writer saw is what a child did there, in the past ("She pulled her sleeve down"). What goes on at home is told
of whoever is there ("Her uncle wakes her up", "The lads make him hold it"), or of the child as a state, a habit or a
wish ("Gets no tea", "He is not allowed in", "She wishes she had not"). Not allowed here: a weight, a word list.
"""

from collections.abc import Collection, Sequence
from itertools import pairwise

from handlers.wording.features import word_features
from handlers.wording.lexicon import members, slices_of, words_of
from handlers.wording.text import NAME

HOME, OUTSIDE = "life:home", "life:outside"
"""Told of a life at home by who acts there or how a child lives; by what was done to it, or where."""
_CHILD = words_of("speech_third") | words_of("speech_tellers") | {NAME}
_CHILD_IS = words_of("speech_subject_and_verb")
_WRITERS = words_of("speech_writers")
_OUTSIDERS = words_of("retold_outsiders") | members("family")
_TOYS = words_of("retold_toys")
_NOW = words_of("retold_now")
_OF_A_LIFE = words_of("retold_of_a_life")
_STATES = words_of("retold_states") | members("emotion")
_STARTS = words_of("retold_starts")
_WISHES = words_of("retold_wishes")
_STARTS_WITH_MORE = words_of("retold_starts_with_more")
_ONESELF = words_of("retold_oneself")
_IN_THE_ROOM = words_of("retold_in_the_room")
_NO_VERB = words_of("retold_no_verb")
_OF_SPEAKING = words_of("retold_not_speaking")
"""What a child can or will not do in the room: "He cannot remember the words", "She does not want to talk"."""
_SEEN_NOW = words_of("retold_seen_now")
_IS = words_of("retold_is")
_PLURAL = words_of("retold_plural")
_BARE = words_of("retold_bare")
_THIRD = words_of("retold_third")
_NO_SUBJECT_AFTER = words_of("retold_no_subject_after")
SHORTEST_PAST = 3
"""Letters of "red", which ends as a past does."""
FURTHEST_SUBJECT, FURTHEST_VERB = 8, 6
"""Words in which the subject is looked for, and behind it its verb: "Since Christmas his mum", "the man in the app"."""


def lives(features: Collection[str]) -> bool:
    """Whether it is told of a life elsewhere, and nobody is said to tell it: "Her nan slaps her legs"."""
    return not {HOME, OUTSIDE}.isdisjoint(features) and not any(one.startswith("told:") for one in features)


def life_features(words: Sequence[str]) -> list[str]:
    """Who acts and when, and whether that alone says it was not seen in the room."""
    at, who = _subject(words)
    when = _verb(words, at) if who in {"home", "child", "thing"} else ""
    found = [f"who:{who}", f"who:{who}+{when}"]
    if _at_home(words, at, who, when):
        return [*found, HOME]
    return [*found, OUTSIDE] if who != "writer" and _outside_the_room(words, who, when) else found


def _subject(words: Sequence[str]) -> tuple[int, str]:
    if _begins(words):
        return -1, ""
    for at, word in enumerate(words[:FURTHEST_SUBJECT]):
        if word in _WRITERS:
            return at, "writer"
        if word in _OUTSIDERS and not _only_near(words, at):
            return at, "home"
        if word == "they" and not _ONE.isdisjoint(words[at + 1 :]):
            return at, "home"
        if word in _CHILD or word in _CHILD_IS:
            return at, "child"
    return (0, "thing") if words[0] in _SOME else (-1, "")


_ONE_THING = words_of("retold_one_thing")
_SOME = _ONE_THING | words_of("retold_some")


def _only_near(words: Sequence[str], at: int) -> bool:
    """Whether somebody is named but does nothing: "the mummy doll", "at the photo of his uncle"."""
    behind = words[at + 1 : at + 2]
    low = max(0, at - 3)
    return bool(_TOYS.intersection(behind)) or not _NO_SUBJECT_AFTER.isdisjoint(words[low:at])


def _verb(words: Sequence[str], at: int) -> str:
    """Whether the first verb behind a subject tells of now or of the past."""
    behind = words[at + 1 : at + 1 + FURTHEST_VERB]
    if words[at] in _PLURAL and behind and word_features(behind[0])[0] in _BASE:
        return "now"
    for before, word in pairwise([words[at], *behind]):
        if word in _NOW or (before not in _DETERMINERS and ends_in_s(word)):
            return "now"
        ended = word.endswith("ed") and len(word) > SHORTEST_PAST
        if ended or word in _PAST_FORMS or word_features(word)[0] in _PAST:
            return "past"
    return ""


_ONE = words_of("retold_one")
_BASE = frozenset(["_", "_y"])
_DETERMINERS = words_of("retold_determiners")
_PAST_FORMS = words_of("speech_finite")
_PAST = frozenset(["ACT", "PERCEIVE", "SPEECH", "_ed"])


def ends_in_s(word: str) -> bool:
    """Whether a word may be a verb of now by its ending."""
    return len(word) > 3 and word[-1] == "s" and word[-2:] not in {"'s", "ss", "us"} and word not in _NO_VERB


def _outside_the_room(words: Sequence[str], who: str, when: str) -> bool:
    """Whether what is told of happened where no staff were: at home, to a child, or as something that is always so."""
    if not (_WRITERS | _ONESELF | _TOYS | _RECORD).isdisjoint(words):
        return False
    if _is_done_to(words, who) or _lacks(words):
        return True
    if words[0] == "it" and words[1:2] in _HAPPENED and _WEATHER.isdisjoint(words):
        return True
    if who == "thing" or words[0] in _OF_ONE:
        now = when == "now" or (words[0] in _OF_ONE and _verb(words, 0) == "now")
        return words[0] in _ONE_THING | _OF_ONE and now and _IN_THE_ROOM.isdisjoint(words) and not _shows(words)
    told_of = (who == "child" and bool(when)) or (words[0] in _IS and who == "")
    return told_of and _is_elsewhere(words)


def _is_done_to(words: Sequence[str], who: str) -> bool:
    """ "She was grabbed by the hair", "The door gets locked", "Left alone with the twins"."""
    if words[:2] == ["left", "alone"]:
        return True
    passive = any(one in _PASSIVE and other in _DONE_TO for one, other in pairwise(words))
    if words[0] in _PASSIVE and words[1:2] and words[1] in _DONE_TO and _IN_THE_ROOM.isdisjoint(words):
        return True  # "Was smacked for wetting the bed"
    begins = words[0] in _DONE_TO and not _ELSEWHEN.isdisjoint(words)
    somebodys = words[0].endswith("'s") or words[0] in _OF_ONE or words[0] in _ONE_THING
    return begins or (passive and (somebodys or who in {"child", "thing", "home"}))


def _lacks(words: Sequence[str]) -> bool:
    """ "No electric since Tuesday", "Nothing to eat at weekends", and not "No words for ten minutes"."""
    if words[0] not in _LACK or not _NOT_LACK.isdisjoint(words):
        return False
    return not (_SINCE | _ELSEWHEN).isdisjoint(words[1:])


def _shows(words: Sequence[str]) -> bool:
    """Whether it is what can be seen on somebody: "There is a mark on her arm"."""
    return not members("mark", "body", "clothes").isdisjoint(words)


def _is_elsewhere(words: Sequence[str]) -> bool:
    """Whether a place is named that is no part of a school."""
    if not _IN_THE_ROOM.isdisjoint(words):
        return False
    last = len(words) - 1
    at_home = [at for at in range(last) if words[at] == "at" and words[at + 1] == "home"]
    return any(at + 1 == last or words[at + 2] != "time" for at in at_home) or not _ELSEWHERE.isdisjoint(words)


_HAPPENED = slices_of("retold_happened")
_WEATHER = words_of("retold_weather")
_OF_ONE = words_of("retold_of_one")
_PASSIVE = words_of("retold_is") | words_of("retold_gets")
_DONE_TO = words_of("retold_done_to")
_LACK = words_of("retold_lack")
_NOT_LACK = words_of("retold_not_lack")
_SINCE = words_of("retold_since")
_RECORD = words_of("retold_record")
_ELSEWHEN = members("elsewhen")
_ELSEWHERE = members("elsewhere") - words_of("retold_maybe_here")


def may_be_a_child_writing(words: Sequence[str], at: int) -> bool:
    """Whether a parent is called as a child does and nobody as an adult would: "mum said its only till Friday"."""
    tells_much = len(words) >= LONGEST_FRAGMENT and _FIRST.isdisjoint(words) and _SAYING.isdisjoint(words)
    return words[at] in _BARE and _THIRD.isdisjoint(words) and not tells_much


LONGEST_FRAGMENT = 5
"""Words from which on "Dad threw a plate at it" is a writer's sentence, and no longer signs or a child's few words."""
_FIRST = words_of("own_words_first_person")
_SAYING = words_of("own_words_asked") | words_of("retold_saying")


def _at_home(words: Sequence[str], at: int, who: str, when: str) -> bool:
    if who == "writer" or not _ONESELF.isdisjoint(words) or (who == "home" and not _IN_THE_ROOM.isdisjoint(words)):
        return False
    if who == "home":
        return bool(when) and not may_be_a_child_writing(words, at)
    return _state(words, at) if who == "child" else who == "" and _begins(words)


def _begins(words: Sequence[str]) -> bool:
    """Whether a life is told of without its subject: "Gets no tea", "Not allowed out", "Scared of her cousin"."""
    wishes = words[0] == "would" and bool(_WISHES.intersection(words[1:2]))
    return wishes or words[0] in _STARTS or (words[0] in _STARTS_WITH_MORE and not _STATES.isdisjoint(words[1:4]))


def _state(words: Sequence[str], at: int) -> bool:
    """Whether a child is told of as it lives or feels: what it has to, gets, wants, is made to."""
    behind = words[at + 1 : at + 4]
    if at > 1 or not behind or not _OF_SPEAKING.isdisjoint(words):
        return False
    if not _OF_A_LIFE.isdisjoint(behind[:2]) or (ends_in_s(behind[0]) and behind[0] not in _SEEN_NOW):
        return True
    return (words[at] in _CHILD_IS or behind[0] in _IS) and not _STATES.isdisjoint(behind)
