"""Who asks, who tells and how: the shapes of a question, of telling, and of a voice, named for the own words models.

Not allowed here: a weight, a decision about a phrase. The shapes are patterns in `data/speech.toml`.
"""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import cast

from handlers.wording.features import word_features
from handlers.wording.lexicon import DATA, members, read_toml, words_in_order, words_of
from handlers.wording.shapes import Index, first_places, index_of, places_of
from handlers.wording.text import NAME, NUMBER, Tokens

_ASKING = words_of("speech_asking")
_HEARERS = words_of("speech_hearers") | {NAME}
_REPLIES = words_of("speech_replies")
_ASKERS = words_of("speech_askers")
_CHILD = words_of("speech_third") | {NAME}
_SUBJECTS = words_of("speech_subjects") | {NAME}
_LABELS = words_of("speech_labels") | {NAME}
_INTERROGATIVE = words_of("speech_interrogative")
_MAY_ASK = _INTERROGATIVE | {"it", "that", "is"}
_KINDS = words_in_order("speech_kinds_of_question")


@cache
def _shapes() -> Mapping[str, Index]:
    tables = cast("Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]", read_toml("speech.toml"))
    return {group: index_of({name: entry["match"] for name, entry in named.items()}) for group, named in tables.items()}


def shapes_in(group: str, words: Sequence[str]) -> dict[str, int]:
    """The shapes of a group (told, asked, voice, taught) that the words hold, each with its first place."""
    return first_places(_shapes()[group], words)


def places_in(group: str, words: Sequence[str]) -> dict[str, list[int]]:
    """The same with every place."""
    return places_of(_shapes()[group], words)


SURE, PLAIN = "r:told", "o:shown"
"""Telling that is plainly another's ("told me that she"), and what is plainly none ("pointed at the door")."""


def asked_features(words: Sequence[str], *, asks: bool, said: frozenset[str]) -> list[str]:
    """The kind of a question, and whether what it holds has been said before; `said` has the stems spoken so far."""
    there = shapes_in("asked", words)
    names = sorted(there)
    found = [f"ask:{name}" for name in names] + [f"ask:{name}?{asks}" for name in names]
    kind = next((name for name in _KINDS if name in there), "none")
    found += ["asks:" + "+".join(names), f"unasked:{'open' in there}{'neutral' in there}"]
    if "or" in words and asks:
        found.append("or+" + "+".join(name for name in names if name in {"neutral", "open"}))
    if not there.keys().isdisjoint(_MAY_SUGGEST):
        found.append("unplain")
    if _suggests_nothing(words, there.keys()):
        found.append(PLAIN)
    stems = stems_of(words)
    told = bool(stems & said)
    about = told_of(words)
    if words[0] in _OPEN_WORDS and about and about <= said and there.keys().isdisjoint(_SUGGESTS) and "or" not in words:
        found.append(ECHO)
    found += [f"said:{told}", f"{kind}+said:{told}"]
    harm = members("harm").intersection(words)
    if harm:
        echoed = bool(stems_of(sorted(harm)) & said)
        found += [f"harm+said:{echoed}", f"{kind}+harm:{echoed}"]
    return found


def _suggests_nothing(words: Sequence[str], names: AbstractSet[str]) -> bool:
    """Whether it is open or asks what a child needs, of nobody else: "When was that?", "Are you ok?"."""
    suggests = "feeling" in names or ("presumes" in names and "neutral" not in names)
    if suggests or names.isdisjoint(("open", "neutral")) or not _ANOTHER.isdisjoint(words):
        return False
    return not ends_in_tag(words)


_ANOTHER = words_of("speech_another") | members("family") | {NAME, "or", "if"}


def ends_in_tag(words: Sequence[str]) -> bool:
    """Whether words end in a tag, with its comma or without: "It was at home wasn't it?"."""
    spoken = [word for word in words if word[0].isalpha()]
    return len(spoken) > _SHORTEST_TAGGED and spoken[-2].endswith("n't") and spoken[-1] in _TAGGED


_TAGGED = words_of("speech_tagged")
_SHORTEST_TAGGED = 3
ECHO = "e:told"
"""An open question after what a child has said before, of nobody else: "Who pushed you?" after "She pushed me"."""
_OPEN_WORDS = words_of("speech_open_words")
_SMALL = words_of("features_function") | _INTERROGATIVE | words_of("speech_small")
_MAY_SUGGEST = frozenset(["tag", "other", "presumes", "feeling"])
_SUGGESTS = frozenset(["feeling"])


def stems_of(words: Sequence[str]) -> frozenset[str]:
    """The beginnings of the words that mean something, to tell whether a thing was spoken of before."""
    return frozenset(word[:4] for word in words if word in members("harm") or word_features(word)[0][:1] in {"_", ""})


def told_of(words: Sequence[str]) -> frozenset[str]:
    """What a child has spoken of: the beginnings of all its words but the small ones."""
    return frozenset(word[:4] for word in words if word[0].isalpha() and word not in _SMALL)


@cache
def _stems() -> frozenset[str]:
    return frozenset((DATA / "grown.txt").read_text(encoding="utf-8").split())


@cache
def children_say() -> frozenset[str]:
    """Long words that children of primary age say: of illness, school, the law as it meets them, and how it felt."""
    return frozenset((DATA / "children_say.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=4096)
def is_grown(word: str) -> bool:
    """Whether the word begins as words of court, clinic and casework do (`data/grown.txt`)."""
    return any(word[:size] in _stems() for size in range(4, min(len(word), 11) + 1))


def asked_parts(tokens: Tokens, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Narration cut where somebody's question stands in it without marks: "I asked | did he do it | and she said"."""
    if tokens.words[start + 1 : start + 2] == [":"] and end > start + 3 and _label(tokens, start):
        return [(start, end, True)]
    for at in range(start, end - 1):
        opens = _question_after(tokens, at, end)
        closes = _reply_at(tokens, opens, end) if opens else 0
        if not opens and (_asks_at(tokens, at) or (at == start and _guesses_at(tokens, at))):
            opens = at + 2 if _asks_at(tokens, at) else at
            closes = _tag_behind(tokens, opens, end)
        if closes:
            before = [(start, opens, False)] if opens > start else []
            return [*before, (opens, closes, True), *_rest(closes, end)]
        if at > start + 2 and tokens.words[start] in _INTERROGATIVE and _asks_at(tokens, at):
            return [(start, at, True), (at, end, False)]
    return [(start, end, tokens.words[end - 1] == "?")]


def _label(tokens: Tokens, at: int) -> bool:
    """Whether "Me:", "Child:" or a name opens a line of what was said."""
    return tokens.words[at] in _LABELS or tokens.symbols[at] == NAME


def _rest(start: int, end: int) -> list[tuple[int, int, bool]]:
    return [(start, end, False)] if start < end else []


def _asks_at(tokens: Tokens, at: int) -> bool:
    return tokens.words[at] in _ASKERS and tokens.words[at + 1] in _ASKING


def _guesses_at(tokens: Tokens, at: int) -> bool:
    """ "I bet that hurt, didn't it": a guess, with its tag a question."""
    return tokens.words[at] == "i" and tokens.words[at + 1] in _GUESSES


def _tag_behind(tokens: Tokens, start: int, end: int) -> int:
    """Where what follows "I said" ends if it ends in a tag: "he shouldn't do that should he | she said no"; else 0."""
    for at in range(start + SHORTEST_TAGGED, end):
        if tokens.words[at] in _TAGGED and tokens.words[at - 1] in _TAGS:
            ends = at + 1 == end or not tokens.words[at + 1][0].isalpha()
            behind = at + 1 + (tokens.words[at + 1 : at + 2] in _JOINED)
            answered = behind + 1 < end and tokens.words[behind + 1] in _REPLIES
            if ends or answered:
                return at + 1 + (tokens.words[at + 1 : at + 2] == ["?"])
    return 0


SHORTEST_TAGGED = 3
"""Tokens before a tag: "that hurt, didn't it"."""
_GUESSES = words_of("pieces_guesses")
_TAGS = words_of("speech_tags")
_JOINED = (["and"], ["but"], ["then"])


def _question_after(tokens: Tokens, at: int, end: int) -> int:
    """Where the question begins when "I asked" stands here, or 0."""
    headed = tokens.words[at] == "asked" and (at == 0 or tokens.words[at - 1] in _ENDS)  # "Asked her did he hit her"
    if not (_asks_at(tokens, at) or headed):
        return 0
    place = at + (1 if headed else 2)
    while place < end and place < at + 6 and (tokens.words[place] in _HEARERS or tokens.symbols[place] == NAME):
        place += 1
    enough = place + 3 <= end
    return place if enough and tokens.words[place] in _MAY_ASK else 0


_ENDS = frozenset(".!?\n")
_TOLD_US = (["told", "me"], ["told", "us"])


def _reply_at(tokens: Tokens, start: int, end: int) -> int:
    """Where what was answered begins: "and she said", ", he nodded"."""
    for at in range(start + 2, end - 2):
        who = tokens.words[at + 1] in _CHILD or tokens.symbols[at + 1] == NAME
        if tokens.words[at] in {"and", ",", "but", "-"} and who and tokens.words[at + 2] in _REPLIES:
            return at
        if at > start + 2 and tokens.words[at] in _CHILD and tokens.words[at + 1 : at + 3] in _TOLD_US:
            return at  # "I asked why he had two coats he told me"
    return end


def loose_parts(tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Narration cut behind a heading of time and place and at ", and": "At 10.40: | he told me , and | I walked on"."""
    found: list[tuple[int, int]] = []
    begin = start
    for at in range(start + 1, end - 1):
        if at - begin >= SHORTEST_HEADING and _is_loose(tokens, at, begin):
            found.append((begin, at))
            begin = at + 1
    return [*found, (begin, end)]


def _is_loose(tokens: Tokens, at: int, begin: int) -> bool:
    word = tokens.words[at]
    if word in _HEADS and at - begin <= LONGEST_HEADING:
        opens = tokens.words[begin] in _HEADING or tokens.symbols[begin] == NUMBER
        return opens and (word != ":" or not {*tokens.words[begin:at], *tokens.symbols[begin:at]}.isdisjoint(_DATED))
    return word == ";" or (word in _JOINS and tokens.words[at - 1] == ",")


def joined_parts(tokens: Tokens, start: int, end: int) -> list[tuple[int, int]]:
    """Narration cut where what is joined on has a subject of its own: "He told me | I walked to the office"."""
    found: list[tuple[int, int]] = []
    begin = start
    for at in range(start + 1, end - 1):
        if at - begin >= SHORTEST_JOINED and tokens.words[at] in _JOINS and _starts_anew(tokens, at):
            found.append((begin, at))
            begin = at + 1
    return [*found, (begin, end)]


def _starts_anew(tokens: Tokens, at: int) -> bool:
    if tokens.words[at] == "-" and tokens.starts[at] == tokens.ends[at - 1]:
        return False
    ahead = next((on for on in range(at + 1, min(at + 4, len(tokens))) if tokens.words[on] not in _LIGHT), at)
    return tokens.words[ahead] in _SUBJECTS or tokens.symbols[ahead] == NAME or tokens.words[ahead] in members("family")


SHORTEST_HEADING, SHORTEST_JOINED = 2, 3
"""Tokens of a clause that another may be joined to: "he and I went" is one."""
_JOINS = words_of("speech_joins")
LONGEST_HEADING = 14
"""Tokens: "Today at 2pm," and "As I was tidying up," say when, not what."""
_HEADS = frozenset([":", ",", "-"])
_HEADING = members("time") | words_of("speech_heading")
_DATED = members("time") | {NUMBER}
_LIGHT = words_of("speech_light")
