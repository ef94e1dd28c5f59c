"""Who says a quotation, by the words of its own sentence. Not allowed here: what is said in it, a name, a weight."""

from typing import Literal

from handlers.wording.lexicon import words_of
from handlers.wording.structure import ENDS, Quote
from handlers.wording.text import NAME, Tokens

Speaker = Literal["adult", "child", ""]
"""Nobody where the sentence does not say."""
_ADULT = words_of("own_words_adult")
_SAID = words_of("own_words_asked")
_CHILD = words_of("own_words_child")
_CHILD_SPEAKS = _CHILD - {"a"}
_AFTER = words_of("own_words_said_after")
"""A verb of saying that may stand behind the words it is about: "I asked", and not "I wrote this down"."""
_GOES_ON = words_of("own_words_said_goes_on")
_HEARERS = words_of("own_words_said_to")
_WHOM = _HEARERS | _CHILD | words_of("speakers_whom_too")
_PASSED_OVER = frozenset(",-")
LOOKED_BACK, LOOKED_ON = 9, 8
"""Tokens before and behind a quotation in which its speaker is looked for."""


def speaker_of(tokens: Tokens, quote: Quote, inside: list[bool]) -> Speaker:
    """Who speaks: "I asked", "Me:", "said the tutor" is an adult; "she said", "Kai:" a child."""
    return _behind(tokens, quote, inside) or _before(tokens, quote, inside)


def _before(tokens: Tokens, quote: Quote, inside: list[bool]) -> Speaker:
    first = quote.start
    while first and quote.start - first < LOOKED_BACK and not inside[first - 1] and tokens.words[first - 1] not in ENDS:
        first -= 1
    words = tokens.words[first : quote.start]
    if words[-1:] == [":"]:
        labelled = _ADULT.intersection(words[-4:-1])
        if labelled:
            return "adult"
    for at in range(quote.start - 1, first, -1):
        if tokens.words[at] in _SAID:
            return _who(tokens, at - 1, first)
    return ""


def _who(tokens: Tokens, at: int, first: int) -> Speaker:
    """Who the word before a verb of saying is."""
    word = tokens.words[at]
    titled = at > first and tokens.words[at - 1] in _ADULT
    if word in _ADULT or (tokens.symbols[at] == NAME and titled):
        return "adult"
    if word in _CHILD_SPEAKS or tokens.symbols[at] == NAME:
        return "child"
    return ""


def _behind(tokens: Tokens, quote: Quote, inside: list[bool]) -> Speaker:
    at = quote.end + 1
    while at < len(tokens) and tokens.words[at] in _PASSED_OVER:
        at += 1
    last = at
    while last < len(tokens) and last - at < LOOKED_ON and not inside[last] and tokens.words[last] not in ENDS:
        last += 1
    quoted_next = last < len(tokens) and inside[last]
    for verb in range(at, min(last, at + 4)):
        if tokens.words[verb] in _AFTER:
            if verb == at:
                return _named_behind(tokens, at + 1, last)
            if quoted_next or not _ends_there(tokens, verb + 1, last):
                return ""  # it leads to what is said next
            if tokens.words[verb - 1] in {"was", "were"}:
                return "adult"  # "she was asked"
            return _who(tokens, verb - 1, at)
    return ""


def _named_behind(tokens: Tokens, at: int, last: int) -> Speaker:
    """Who is named behind the verb: "said Kai", "asked the TA", "asked Mrs Khan"."""
    if at >= last:
        return ""
    there = tokens.words[at : min(last, at + 3)]
    if there[0] in _ADULT or (there[0] in {"the", "our", "his", "her"} and not _ADULT.isdisjoint(there)):
        return "adult"
    return "child" if there[0] in _CHILD_SPEAKS or "child" in there or tokens.symbols[at] == NAME else ""


def _ends_there(tokens: Tokens, at: int, last: int) -> bool:
    """Whether the verb has no more to tell than to whom and how: "I asked her gently", "he said to the bear"."""
    if tokens.words[at : at + 1] == ["to"] and at + 1 < last and tokens.words[at + 1] in _WHOM:
        return True
    while at < last and (tokens.words[at] in _HEARERS or tokens.symbols[at] == NAME):
        at += 1
    return at >= last or tokens.words[at] in _GOES_ON or tokens.words[at].endswith("ly")
