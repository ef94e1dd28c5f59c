"""Who asks, who tells and how: the shapes of a question, of telling, and of a voice, named for the own words models.

Not allowed here: a weight, a decision about a phrase. The shapes are patterns in `data/speech.toml`.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import cast

from handlers.wording.features import word_features
from handlers.wording.lexicon import DATA, members, read_toml, words_in_order, words_of
from handlers.wording.shapes import Index, first_places, index_of
from handlers.wording.text import NAME, Tokens

_ASKING = words_of("speech_asking")
_HEARERS = words_of("speech_hearers") | {NAME}
_REPLIES = words_of("speech_replies")
_ASKERS = words_of("speech_askers")
_CHILD = words_of("speech_third") | {NAME}
_SUBJECTS = words_of("speech_subjects") | {NAME}
_LABELS = words_of("speech_labels") | {NAME}
_INTERROGATIVE = words_of("speech_interrogative")
_MAY_ASK = _INTERROGATIVE | {"it", "that", "is"}
_NO_VERB = words_of("speech_no_verb")
_KINDS = words_in_order("speech_kinds_of_question")
_LINKS = {
    **dict.fromkeys(words_of("speech_about"), "about"),
    **dict.fromkeys(words_of("speech_what"), "what"),
    "that": "that",
    "how": "how",
}
FURTHEST = 16
"""Words after a verb of telling in which the clause that was told is looked for."""


@cache
def _shapes() -> Mapping[str, Index]:
    tables = cast("Mapping[str, Mapping[str, Mapping[str, Sequence[str]]]]", read_toml("speech.toml"))
    return {group: index_of({name: entry["match"] for name, entry in named.items()}) for group, named in tables.items()}


def shapes_in(group: str, words: Sequence[str]) -> dict[str, int]:
    """The shapes of a group (told, asked, voice, taught) that the words hold, each with its first place."""
    return first_places(_shapes()[group], words)


def told_features(words: Sequence[str]) -> list[str]:
    """How a stretch of narration tells: by a verb of telling with or without what was told, in gist, or as a fact."""
    there = shapes_in("told", words)
    found = [f"told:{name}{'^' if place < 2 else ''}" for name, place in there.items()]
    found += [f"untold:{name}" for name in ("tells", "gist") if name not in there]
    if "others" in there and there["others"] + 1 >= there.get("tells", 99):
        there.pop("tells")
    content = _content(words, there.get("tells", there.get("gist", -1)) + 1)
    found += [f"rest:{content}", "way:" + "+".join([*sorted(there), content])]
    return found


def _content(words: Sequence[str], start: int) -> str:
    """What follows: a clause, a clause after "about" or a question word, or no more than a noun."""
    link = ""
    for at in range(start, min(len(words) - 1, start + FURTHEST)):
        word = words[at]
        link = _LINKS.get(word, link)
        subject = word in _SUBJECTS or word in members("family")
        if subject and _is_verb(words[at + 1]):
            return f"{link}clause"
    return f"{link}noun"


def _is_verb(word: str) -> bool:
    tag = word_features(word)[0]
    return word[0].isalpha() and tag not in _NO_VERB and word not in members("family", "person")


def asked_features(words: Sequence[str], *, asks: bool, said: frozenset[str]) -> list[str]:
    """The kind of a question, and whether what it holds has been said before; `said` has the stems spoken so far."""
    there = shapes_in("asked", words)
    names = sorted(there)
    found = [f"ask:{name}" for name in names] + [f"ask:{name}?{asks}" for name in names]
    kind = next((name for name in _KINDS if name in there), "none")
    found += ["asks:" + "+".join(names), f"unasked:{'open' in there}{'neutral' in there}"]
    if "or" in words and asks:
        found.append("or+" + "+".join(name for name in names if name in {"neutral", "open"}))
    stems = stems_of(words)
    told_before = "none" if not said else "some" if stems & said else "other"
    found += [f"said:{told_before}", f"{kind}+said:{told_before}"]
    harm = members("harm").intersection(words)
    if harm:
        echoed = bool(stems_of(sorted(harm)) & said)
        found += [f"harm+said:{echoed}", f"{kind}+harm:{echoed}"]
    return found


def stems_of(words: Sequence[str]) -> frozenset[str]:
    """The beginnings of the words that mean something, to tell whether a thing was spoken of before."""
    return frozenset(word[:4] for word in words if word in members("harm") or word_features(word)[0][:1] in {"_", ""})


@cache
def _stems() -> frozenset[str]:
    return frozenset((DATA / "grown.txt").read_text(encoding="utf-8").split())


@lru_cache(maxsize=4096)
def is_grown(word: str) -> bool:
    """Whether the word begins as words of court, clinic and casework do (`data/grown.txt`)."""
    return any(word[:size] in _stems() for size in range(4, min(len(word), 11) + 1))


def voice_of(words: Sequence[str]) -> str:
    """Whose account the unquoted words are: the child's, the writer's, both or neither to be told."""
    there = shapes_in("voice", words)
    return "+".join(sorted(there)) or "none"


def asked_parts(tokens: Tokens, start: int, end: int) -> list[tuple[int, int, bool]]:
    """Narration cut where somebody's question stands in it without marks: "I asked | did he do it | and she said"."""
    if tokens.words[start + 1 : start + 2] == [":"] and end > start + 3 and _label(tokens, start):
        return [(start, end, True)]
    for at in range(start, end - 1):
        opens = _question_after(tokens, at, end)
        if opens:
            closes = _reply_at(tokens, opens, end)
            return [(start, opens, False), (opens, closes, True), *_rest(closes, end)]
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


def _question_after(tokens: Tokens, at: int, end: int) -> int:
    """Where the question begins when "I asked" stands here, or 0."""
    if not _asks_at(tokens, at):
        return 0
    place = at + 2
    while place < end and place < at + 6 and (tokens.words[place] in _HEARERS or tokens.symbols[place] == NAME):
        place += 1
    enough = place + 3 <= end
    return place if enough and tokens.words[place] in _MAY_ASK else 0


def _reply_at(tokens: Tokens, start: int, end: int) -> int:
    """Where what was answered begins: "and she said", ", he nodded"."""
    for at in range(start + 2, end - 2):
        who = tokens.words[at + 1] in _CHILD or tokens.symbols[at + 1] == NAME
        if tokens.words[at] in {"and", ",", "but", "-"} and who and tokens.words[at + 2] in _REPLIES:
            return at
    return end
