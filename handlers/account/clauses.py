"""A text in clauses, for what moves with a phrase: cut at commas, dashes and joining words, never in a quotation.

The guard has clauses of its own, which are tuned for what it finds; these are for what reads well and stay as they
are when it learns. Not allowed here: a judgement of any word.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.wording.lexicon import members
from handlers.wording.structure import Quote, attributed, inside_of, quotes_of, sentence_ends
from handlers.wording.text import NAME, Tokens, tokens_of


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` to `end` (not counted); `link` is the mark or word that parts it from the one before."""

    start: int
    end: int
    sentence: int
    link: str
    said: bool = False
    """It tells what somebody said, from the verb on."""


@dataclass(frozen=True, slots=True)
class Read:
    """A text read once: its tokens, its quotations, its clauses."""

    tokens: Tokens
    quotes: list[Quote]
    clauses: list[Clause]


def read(text: str) -> Read:
    tokens = tokens_of(text)
    quotes = quotes_of(tokens)
    return Read(tokens, quotes, [clause for clause in _clauses(tokens, quotes) if clause.start < clause.end])


def _clauses(tokens: Tokens, quotes: list[Quote]) -> Iterator[Clause]:
    inside = inside_of(tokens, quotes)
    start = 0
    for number, end in enumerate(sentence_ends(tokens, inside)):
        said = attributed(tokens, start, end)
        while said < end and inside[said]:
            said += 1
        over = next((at for at in range(said + 2, end) if tokens.words[at] in _ENDS_SPEECH and not inside[at]), end)
        yield from _cut(tokens, start, said, number, inside)
        if said < end:
            yield Clause(said, over, number, "", said=True)
            yield from _cut(tokens, over, end, number, inside)
        start = end


def _cut(tokens: Tokens, start: int, end: int, number: int, inside: list[bool]) -> Iterator[Clause]:
    link, begin = "", start
    for at in range(start + 1, end):
        if at > begin and not inside[at] and _cuts(tokens, at, begin, end):
            yield Clause(begin, at, number, link)
            link = tokens.words[at]
            begin = at + 1 if link in _MARKS else at
    yield Clause(begin, end, number, link)


def _cuts(tokens: Tokens, at: int, begin: int, end: int) -> bool:
    word = tokens.words[at]
    if word in _MARKS:
        return word != "-" or tokens.starts[at] != tokens.ends[at - 1]
    if at - begin < 2:
        return False
    return word in _JOINS or (word == "and" and at + 1 < end and is_subject(tokens, at + 1))


def stands(tokens: Tokens, clause: Clause) -> bool:
    """Whether that clause could be a sentence of its own."""
    first = tokens.words[clause.start]
    if first in _HANGS:
        return False
    if first in _MAY_HANG and clause.start + 1 < clause.end and is_subject(tokens, clause.start + 1):
        return False
    return clause.said or has_verb(tokens, clause)


def has_verb(tokens: Tokens, clause: Clause) -> bool:
    words = tokens.words[clause.start : clause.end]
    return any(word in _VERBS or (word.endswith("ed") and len(word) > 3) for word in words)


def has_subject(tokens: Tokens, clause: Clause) -> bool:
    """Whether it says of whom it speaks, behind a joining word too."""
    joined = tokens.words[clause.start] in _JOINS | {"and"}
    return is_subject(tokens, clause.start + 1 if joined and clause.end - clause.start > 1 else clause.start)


def is_subject(tokens: Tokens, at: int) -> bool:
    return tokens.words[at] in _SUBJECTS or tokens.symbols[at] == NAME


_MARKS = frozenset(",;:-()\n")
_JOINS = frozenset({"but", "so", "because", "cos", "although", "though", "however", "therefore", "which"})
_ENDS_SPEECH = frozenset({"but", "which"})
_HANGS = frozenset(
    {"because", "cos", "although", "though", "which", "who", "whose", "when", "whenever", "while", "if", "unless"}
)
_MAY_HANG = frozenset({"after", "as", "before", "since", "until", "once"})
"""They open a clause (`after he came in`) or only say when (`after break he came in`)."""
_SUBJECTS = members("family", "role") | {
    "i", "he", "she", "they", "it", "we", "you", "there", "nobody", "everybody", "somebody", "someone", "everyone",
    "the", "a", "an", "this", "that", "these", "those", "my", "his", "her", "our", "their", "both",
}
_VERBS = members("act", "speech", "perceive") | {
    "is", "isn't", "was", "wasn't", "were", "weren't", "are", "be", "been", "has", "hasn't", "had", "hadn't", "have",
    "did", "didn't", "does", "do", "would", "could",
}
