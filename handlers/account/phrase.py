"""A phrase in its sentence: how it is shown, and what goes with it when it is moved. Pure, over the text alone.

A phrase that is pointed out can be one word, and what is left without it would be no sentence. So its clause goes
with it, or its sentence where the rest could not stand alone. Not allowed here: to lose, add or change a word, to cut
inside a quotation, or an opinion of what a phrase is (that is `wording`).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.account.clauses import Clause, Read, has_subject, has_verb, read, stands

LONGEST = 240
"""Characters of a sentence or a move that are shown; the middle of a longer one is left out on the screen alone."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (not counted) of a text."""

    start: int
    end: int


def sentence(text: str, phrase: Span) -> Span:
    """The sentence around the phrase, or the sentences where it reaches over several."""
    seen = read(text)
    around = _touched(seen, phrase)
    return _whole(seen, phrase, around[0].sentence, around[-1].sentence) if around else phrase


def moves(text: str, phrase: Span) -> Span:
    """What is taken out when the phrase is moved: its clause where the rest still stands, else its sentence."""
    seen = read(text)
    around = _touched(seen, phrase)
    if not around:
        return phrase
    whole = _whole(seen, phrase, around[0].sentence, around[-1].sentence)
    clause = _clause(seen, phrase, around)
    reads_well = has_subject(seen.tokens, around[0]) and has_verb(seen.tokens, around[0])
    if clause is None or not (reads_well or _reports(seen, whole)):
        return whole
    return clause


def shown(text: str, *marked: Span) -> str:
    """The sentence on one line, each phrase in it between “ and ”."""
    around = sentence(text, Span(marked[0].start, marked[-1].end))
    found, at = "", around.start
    for span in marked:
        words = _clip(text[span.start : span.end], most=LONGEST)
        found += f"{_clip(text[at : span.start], most=LONGEST // 2)}“{words}”"
        at = span.end
    return " ".join((found + _clip(text[at : around.end], most=LONGEST // 2)).split())


def told(text: str, span: Span) -> str:
    """A span as it stands in another field: a comma that it hung on by comes last."""
    raw = text[span.start : span.end].strip()
    joint = raw[: len(raw) - len(raw.lstrip(",; "))]
    return raw[len(joint) :] + "".join(joint.split()) if len(joint) < len(raw) else raw


def clipped(words: str) -> str:
    """Words on one line, short enough to be read at a glance."""
    return _clip(" ".join(words.split()), most=LONGEST)


def taken_out(text: str, spans: Sequence[Span]) -> tuple[str, tuple[str, ...]]:
    """The text without those spans, and each of them as it stands elsewhere. Spans that touch are one.

    Every character is in the one or in the others, white space aside: see `tests/handlers/account/test_phrase.py`.
    """
    whole = _merged(text, spans)
    left = text
    for span in reversed(whole):
        left = _closed(left[: span.start], left[span.end :])
    return left, tuple(told(text, span) for span in whole)


def _merged(text: str, spans: Sequence[Span]) -> list[Span]:
    """In order, without overlap; a mark or a joining word left alone between two, or at an end, goes along."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and (span.start <= merged[-1].end or not _has_words(text[merged[-1].end : span.start])):
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return [_with_its_mark(text, span) for span in merged]


def _with_its_mark(text: str, span: Span) -> Span:
    """A full stop with nothing left before it in its line goes along."""
    before = text[: span.start].rstrip(" \t")
    end = span.end
    if not before or before[-1] in "\n.!?":
        while end < len(text) and text[end] in ".!?":
            end += 1
    return Span(span.start, end)


def _has_words(text: str) -> bool:
    return any(character.isalnum() for character in text)


def _closed(before: str, after: str) -> str:
    """What stood on both sides of a gap, with one space or line between them, not two."""
    if not before or before[-1].isspace():
        after = after.lstrip(" \t")
    if not after or after[0] in "\n.,;!?":
        before = before.rstrip(" \t")
    if after.startswith("\n") and (not before or before[-1] == "\n"):
        after = after[1:]
    apart = " " if before and after and before[-1].isalnum() and after[0].isalnum() else ""
    return before + apart + after


def _clip(text: str, *, most: int) -> str:
    if len(text) <= most:
        return text
    return f"{text[: most // 2]} … {text[-(most // 2) :]}"


def _touched(seen: Read, phrase: Span) -> list[Clause]:
    """The clauses that hold any of the phrase; none where it is beyond what is looked at."""
    starts, ends = seen.tokens.starts, seen.tokens.ends
    return [one for one in seen.clauses if starts[one.start] < phrase.end and ends[one.end - 1] > phrase.start]


def _whole(seen: Read, phrase: Span, first: int, last: int) -> Span:
    """The sentences of those numbers, without the line's end."""
    its = [clause for clause in seen.clauses if first <= clause.sentence <= last]
    indexes = [at for at in range(its[0].start, its[-1].end) if seen.tokens.words[at] != "\n"]
    return _span(seen, phrase, indexes[0], indexes[-1]) if indexes else phrase


def _clause(seen: Read, phrase: Span, around: Sequence[Clause]) -> Span | None:
    """The clauses around the phrase with the mark they hang on by; None where the rest would not stand."""
    if around[0].sentence != around[-1].sentence:
        return None
    its = [clause for clause in seen.clauses if clause.sentence == around[0].sentence]
    first, last = its.index(around[0]), its.index(around[-1])
    before, after = its[:first], its[last + 1 :]
    if before and after and _between_commas(seen, around, after):
        return _span(seen, phrase, around[0].start, after[0].start - 1)
    if after and after[0].said:
        return None
    if any(stands(seen.tokens, clause) for clause in before):
        return _from_the_joint(seen, phrase, before, around, after)
    if not before and after and has_subject(seen.tokens, after[0]) and stands(seen.tokens, after[0]):
        return _span(seen, phrase, around[0].start, after[0].start - 1)
    return None


def _between_commas(seen: Read, around: Sequence[Clause], after: Sequence[Clause]) -> bool:
    return around[0].link == "," and seen.tokens.words[after[0].start - 1] == ","


def _from_the_joint(
    seen: Read, phrase: Span, before: Sequence[Clause], around: Sequence[Clause], after: Sequence[Clause]
) -> Span:
    """What follows the clauses before it, with the mark between; the sentence keeps its end."""
    last = around[-1].end - 1
    if after:
        return _span(seen, phrase, around[0].start, last)
    while last > around[0].start and seen.tokens.words[last] in _ENDS:
        last -= 1
    return _span(seen, phrase, before[-1].end, last)


def _reports(seen: Read, span: Span) -> bool:
    """Whether it holds what somebody said: that is a fact, and is moved only where it cannot be helped."""
    starts = seen.tokens.starts
    quoted = any(span.start <= starts[quote.start] < span.end for quote in seen.quotes)
    return quoted or any(clause.said and span.start <= starts[clause.start] < span.end for clause in seen.clauses)


def _span(seen: Read, phrase: Span, first: int, last: int) -> Span:
    """From one token to another, both counted; a quotation that is begun is taken whole."""
    starts, ends = seen.tokens.starts, seen.tokens.ends
    start, end = min(starts[first], phrase.start), max(ends[last], phrase.end)
    for quote in seen.quotes:
        opens, closes = starts[quote.start], ends[quote.end]
        if opens < start < closes or opens < end < closes:
            start, end = min(start, opens), max(end, closes)
    return Span(start, end)


_ENDS = frozenset(".!?\n")
