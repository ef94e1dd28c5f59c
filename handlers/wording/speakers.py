"""Who says a quotation, by the words beside it. Not allowed here: what is said in it, a name."""

from handlers.wording.lexicon import words_of
from handlers.wording.text import NAME, Tokens

_ADULT = words_of("own_words_adult")
_ASKED = words_of("own_words_asked")
_CHILD = words_of("own_words_child")
_CHILD_SPEAKS = _CHILD - {"a"}
_MARKS = frozenset("\"',:-")


def spoken_by_adult(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> bool:
    """Who speaks, by the words beside the quotation: "I asked", "Me:", "said the tutor". A child unless it is plain."""
    lead = [word for word, _ in before]
    if lead and lead[-1] == ":" and _ADULT.intersection(lead[-4:-1]):
        return True
    for at, word in enumerate(lead):
        if word in _ASKED and at and (lead[at - 1] in _ADULT or _titled(before, at - 1)):
            return True
    trail = [word for word, _ in after]
    for at, word in enumerate(trail[:4]):
        if word in _ASKED:
            beside = set(trail[max(0, at - 2) : at + 4])
            return bool(beside & _ADULT) and trail[max(0, at - 1)] not in _CHILD
    return False


def spoken_by_child(tokens: Tokens, start: int, end: int) -> bool:
    """Whether "he said" or "said Kai" follows the quotation in its own sentence, or "she asked:" leads to it."""
    words, symbols = tokens.words, tokens.symbols
    lead = [at for at in range(max(0, start - 4), start) if words[at] not in _MARKS]
    if len(lead) > 1 and words[lead[-1]] in _ASKED and _is_child(tokens, lead[-2]):
        return True
    trail = [at for at in range(end, min(len(words), end + 4)) if words[at] not in _MARKS]
    if len(trail) < 2:
        return False
    one, two = trail[:2]
    if words[one] in _CHILD and words[two] in _ASKED:
        return tokens.text[tokens.starts[one]].islower()
    return (symbols[one] == NAME and words[two] in _ASKED) or (words[one] in _ASKED and symbols[two] == NAME)


def _is_child(tokens: Tokens, at: int) -> bool:
    return tokens.words[at] in _CHILD_SPEAKS or (tokens.symbols[at] == NAME and tokens.words[at - 1] not in _ADULT)


def _titled(before: list[tuple[str, str]], at: int) -> bool:
    return before[at][1] == NAME and at > 0 and before[at - 1][0] in _ADULT
