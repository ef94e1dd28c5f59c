"""What a text is made of: quotations, attributed clauses, sentences, clauses. Not allowed here: a judgement.

Each function goes once over the tokens; nothing looks further than a fixed distance back or ahead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.wording.lexicon import members, words_of
from handlers.wording.text import NAME, Tokens

_TITLES = words_of("structure_titles")
ENDS = frozenset(".!?\n")
_OPENS_AFTER = frozenset("\n([-:,.;!?/*")
SPEECH = words_of("structure_speech")
_ATTRIBUTING = words_of("structure_attributing")
_DOCUMENTS = members("document") | words_of("structure_documents")
_SOURCES = members("family", "role", "person") | words_of("structure_sources")
_NOBODY = words_of("structure_nobody")
_BREAKS = words_of("structure_breaks")


@dataclass(frozen=True, slots=True)
class Quote:
    """Token indexes: the opening mark and the closing mark."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Clause:
    """Tokens `start` to `end` (not counted); `link` is the word or mark it hangs on to the clause before with."""

    start: int
    end: int
    sentence: int
    link: str
    masked: bool = False


def quotes_of(tokens: Tokens) -> list[Quote]:
    """Outermost quotations. Marks are read by what stands beside them, so one quotation may lie inside another."""
    text = tokens.text
    found: list[Quote] = []
    stack: list[int] = []
    curly = "“" in text
    for at, word in enumerate(tokens.words):
        if word != '"' and not (word == "'" and _single_is_mark(tokens, at, inside=bool(stack))):
            continue
        opens = _opens(tokens, at, depth=len(stack), curly=curly)
        if opens:
            stack.append(at)
        elif stack:
            start = _matching(tokens, stack, word)
            if not stack:
                found.append(Quote(start, at))
    return found if not stack else found + _toggled(tokens, stack[0])


def _matching(tokens: Tokens, stack: list[int], word: str) -> int:
    while len(stack) > 1 and tokens.words[stack[-1]] != word:
        stack.pop()
    return stack.pop()


def _opens(tokens: Tokens, at: int, *, depth: int, curly: bool) -> bool:
    mark = tokens.text[tokens.starts[at]]
    if mark in "“‘„«‚":
        return True
    if mark in "”»" or (mark == "’" and curly):
        return False
    before = tokens.text[tokens.starts[at] - 1] if tokens.starts[at] else " "
    after = tokens.text[tokens.ends[at]] if tokens.ends[at] < len(tokens.text) else " "
    opening = (before.isspace() or before in "([-:/\"'“‘") and not after.isspace()
    closing = (after.isspace() or after in ")].,;:!?-\"'”’") and not before.isspace()
    if opening == closing:
        return depth == 0
    return opening


def _single_is_mark(tokens: Tokens, at: int, *, inside: bool) -> bool:
    before = tokens.text[tokens.starts[at] - 1] if tokens.starts[at] else " "
    after = tokens.text[tokens.ends[at]] if tokens.ends[at] < len(tokens.text) else " "
    if before.isalnum() and after.isalnum():
        return False
    if after.isalnum() and not before.isalnum():
        # 'cos, 'til, 'em: an opening mark needs a closing one within reach.
        ahead = range(at + 1, min(at + 80, len(tokens)))
        return any(tokens.words[i] == "'" and tokens.text[tokens.starts[i] - 1] != " " for i in ahead)
    return inside


def _toggled(tokens: Tokens, start: int) -> list[Quote]:
    marks = [at for at in range(start, len(tokens)) if tokens.words[at] == '"']
    return [Quote(a, b) for a, b in zip(marks[::2], marks[1::2], strict=False)]


def sentence_ends(tokens: Tokens, inside: list[bool]) -> list[int]:
    """Index after the last token of each sentence; a mark inside a quotation ends none."""
    ends: list[int] = []
    for at, word in enumerate(tokens.words):
        if word not in ENDS or (inside[at] and word != "\n"):
            continue
        if word == "." and at and is_short_form(tokens, at - 1):
            continue
        if ends and ends[-1] == at:
            ends[-1] = at + 1
        else:
            ends.append(at + 1)
    if not ends or ends[-1] != len(tokens):
        ends.append(len(tokens))
    return ends


def bounds_of(tokens: Tokens, clause: Clause) -> tuple[int, int]:
    """About where the sentence of a clause begins and ends: as far as no mark ends it, and not far."""
    first, last = clause.start, clause.end
    while first > max(0, clause.start - LONGEST_CLAUSE) and tokens.words[first - 1] not in ENDS:
        first -= 1
    while last < min(len(tokens), clause.end + LONGEST_CLAUSE) and tokens.words[last - 1] not in ENDS:
        last += 1
    return first, last


def is_short_form(tokens: Tokens, at: int) -> bool:
    """Whether the stop behind a word belongs to it: "Mr.", "no. 4", "J. Black"; not "Mr R. I wrote" or "the 10s."."""
    word = tokens.words[at]
    behind = tokens.words[at + 2] if at + 2 < len(tokens) else ""
    if word == "no":
        return behind[:1].isdigit()
    if word in _TITLES:
        return True
    initial = len(word) == 1 and tokens.symbols[at] == NAME and not (at and tokens.words[at - 1][0].isdigit())
    return initial and bool(behind) and behind not in _SUBJECTS


def inside_of(tokens: Tokens, quotes: list[Quote]) -> list[bool]:
    """For each token whether it stands inside a quotation (the marks count as inside)."""
    inside = [False] * len(tokens)
    for quote in quotes:
        for at in range(quote.start, quote.end + 1):
            inside[at] = True
    return inside


def attributed(tokens: Tokens, start: int, end: int) -> int:
    """Where in the sentence what somebody said begins, up to its end; `end` when nobody is reported."""
    near = range(start, min(end, start + FURTHEST_SAID))
    return next((at for at in near if tokens.words[at] in _REPORTS and _reports(tokens, start, at, end)), end)


FURTHEST_SAID = 40


def _reports(tokens: Tokens, start: int, at: int, end: int) -> bool:
    words, word = tokens.words, tokens.words[at]
    after = words[at + 1] if at + 2 < end else ""
    if word == "according":
        return after == "to" and _NOBODY.isdisjoint(words[at + 2 : min(end, at + 5)])
    if word in _TOLD and after == "by" and _is_source(tokens, at + 2, min(end, at + 5)):
        return True
    if word in _TOLD and after in _HEARERS and _begins(words, at, start):
        return True  # "told me at the gate he lost his job": the child did
    return at > start and word in _ATTRIBUTING and not _tells_nothing(words, at) and _has_teller(tokens, start, at)


def _tells_nothing(words: list[str], at: int) -> bool:
    """Whether the verb is one of another sense: what is asked for is an action, and "they say" is everybody."""
    after = words[at + 1] if at + 1 < len(words) else ""
    if words[at] in _RANG:
        return after not in _RANG_THAT  # "Mum rang, he was up in the night", and not "Dad rang the bell"
    return (words[at] == "say" and words[at - 1] == "they") or (words[at] == "asked" and after == "for")


def _has_teller(tokens: Tokens, start: int, at: int) -> bool:
    low = _said_by(tokens.words, start, at)
    return _is_source(tokens, low, at) and not _is_nobody(tokens, low, at)


def _is_nobody(tokens: Tokens, low: int, at: int) -> bool:
    """Whether whoever says it has no name: "people", "staff", "some of the girls", "parents at the gate"."""
    words = tokens.words
    group = not _GROUP.isdisjoint(words[low:at]) and not _SOME.isdisjoint(words[low : low + 3])
    opens = words[low] in _NOBODY and not _is_source(tokens, low + 1, at)
    return group or opens or not _NOBODY.isdisjoint(words[max(low, at - 2) : at])


_GROUP = words_of("structure_group")
_SOME = words_of("structure_some")


def _said_by(words: list[str], start: int, at: int) -> int:
    """Where to look from for who says it: not over what joins a sentence of its own ("I sat there, and it's said")."""
    low = max(start, at - 7)
    return next((place + 1 for place in range(at - 1, low - 1, -1) if words[place] in _JOINS), low)


_RANG = words_of("structure_rang")
_RANG_THAT = frozenset(",:-")
_JOINS = words_of("structure_joins") | frozenset(":;-(\n")
_TOLD = words_of("structure_told")
_HEARERS = words_of("structure_hearers")
_REPORTS = _ATTRIBUTING | _TOLD | frozenset(["according"])


def _begins(words: list[str], at: int, start: int) -> bool:
    return at == start or words[at - 1] in _JOINS or words[at - 1] == ","


def _is_source(tokens: Tokens, first: int, last: int) -> bool:
    """Whether somebody or something that can say a thing is named between two tokens."""
    return any(
        tokens.symbols[at] == NAME or tokens.words[at] in _SOURCES or tokens.words[at] in _DOCUMENTS
        for at in range(first, last)
    )


def clauses_of(tokens: Tokens, inside: list[bool]) -> Iterator[Clause]:
    """Sentences cut at commas, dashes and joining words; the part that reports somebody's words is masked."""
    start = 0
    for number, end in enumerate(sentence_ends(tokens, inside)):
        said = attributed(tokens, start, end)
        if _is_told_before(tokens, start, said, end):
            yield Clause(start, said, number, "<said>", masked=True)
            start = said
        said_ends = _said_ends(tokens, said, end)
        yield from _cut(tokens, start, said, number, inside)
        if said < end:
            yield Clause(said, said_ends, number, "<said>", masked=True)
            yield from _cut(tokens, said_ends, end, number, inside)
        start = end


def _is_told_before(tokens: Tokens, start: int, said: int, end: int) -> bool:
    """Whether who said it stands behind what was said: "Fell off her scooter on Sunday, Dad told me."."""
    behind = _behind_hearer(tokens, said + 1)
    if said >= end or (behind < end and tokens.words[behind] not in _TOLD_SO_FAR):
        return False
    commas = [at for at in range(max(start + 2, said - FURTHEST_SOURCE), said) if tokens.words[at] == ","]
    return bool(commas) and not any(word in _JOINS for word in tokens.words[commas[-1] + 1 : said])


def _behind_hearer(tokens: Tokens, at: int) -> int:
    """Where it goes on behind whoever was told: "me", "us", "Mrs Kaur", "the TA"; `at` itself where nobody is named."""
    if tokens.words[at : at + 1] in _TO_US:
        return at + 1
    last = at
    while last < min(len(tokens), at + LONGEST_HEARER) and _is_hearer(tokens, last):
        last += 1
    return last


def _is_hearer(tokens: Tokens, at: int) -> bool:
    return tokens.symbols[at] == NAME or tokens.words[at] in _TITLES | _BEFORE_HEARER or tokens.words[at] in _ROLES


LONGEST_HEARER = 3
_BEFORE_HEARER = words_of("structure_before_hearer")
_ROLES = members("role")
FURTHEST_SOURCE = 4
"""Tokens between the comma and the verb: ", his nan Pat said"."""
_TO_US = (["me"], ["us"])
_TOLD_SO_FAR = words_of("structure_told_so_far")


def _said_ends(tokens: Tokens, said: int, end: int) -> int:
    for at in range(said + 2, end):
        word, after = tokens.words[at], tokens.words[at + 1] if at + 1 < end else ""
        if word in {"but", "which"} or (word == "so" and (tokens.words[at - 1] == "," or after in _SUBJECTS)):
            return at
        if tokens.words[at - 1] == "," and word in _SAID_ENDS:
            return at
    return end


_SAID_ENDS = words_of("structure_said_ends")
LONGEST_CLAUSE = 60
"""Tokens. What is longer has no punctuation and is cut where it stands, so that no clause is ever large."""
_CUTS = frozenset(",;:-()\n")


def _cut(tokens: Tokens, start: int, end: int, number: int, inside: list[bool]) -> Iterator[Clause]:
    words = tokens.words
    link, begin = "", start
    for at in range(start + 1, end):
        if at > begin and not inside[at] and _cuts_at(tokens, at, begin, end):
            yield Clause(begin, at, number, link)
            link, begin = words[at], at + 1 if words[at] in _CUTS or words[at] == "and" else at
        elif at == begin and words[at] == "and" and at + 1 < end:
            link, begin = "and", at + 1  # ", and": what is joined on is a clause like any other
    if begin < end:
        yield Clause(begin, end, number, link)


def _cuts_at(tokens: Tokens, at: int, begin: int, end: int) -> bool:
    word, size = tokens.words[at], at - begin
    if word in _CUTS:
        return word != "-" or tokens.starts[at] != tokens.ends[at - 1]
    if word == "and":
        starts_anew = at + 1 < end and (tokens.words[at + 1] in _SUBJECTS or tokens.symbols[at + 1] == NAME)
        return (size >= 3 and starts_anew) or size >= LONGEST_CLAUSE or (size == 2 and _i_goes_on(tokens, at, end))
    return (word in _BREAKS and size >= 2) or size >= LONGEST_CLAUSE


def _i_goes_on(tokens: Tokens, at: int, end: int) -> bool:
    """Whether "and I" begins what the writer did: "He's lonely and I wrote it down", not "Mr Khan and I went"."""
    with_whom = tokens.symbols[at - 1] == NAME or tokens.words[at - 1] in _SOURCES
    return not with_whom and at + 1 < end and tokens.words[at + 1] == "i"


_SUBJECTS = words_of("structure_subjects")
