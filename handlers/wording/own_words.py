"""Own words: words reported, summed up or put into an adult's, and questions that suggest their answer.

Swearing, dialect, another language, signs, pictures and silence are no fault: what is here is never to find them.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from handlers.wording.features import clause_features, shape_features, word_features
from handlers.wording.kinds import NARRATION_KINDS, Kind, Mark
from handlers.wording.lexicon import members, words_of
from handlers.wording.linear import best_of, model
from handlers.wording.spelling import repaired
from handlers.wording.structure import inside_of, quotes_of
from handlers.wording.text import NAME, Tokens, tokens_of

YOUNG = frozenset({"nursery", "r", "reception", *(f"{word}{year}" for word in ("y", "year ") for year in range(1, 7))})
_ENDS = frozenset(".!?\n")
_ADULT = words_of("own_words_adult")
_ASKED = words_of("own_words_asked")
_CHILD = words_of("own_words_child")
_CHILD_STARTS = words_of("own_words_child_starts")
_I_THE_ADULT = _ASKED | words_of("own_words_i_the_adult")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of narration or one sentence of a quotation: token indexes, and what the model sees."""

    start: int
    end: int
    quoted: bool
    adult: bool
    asks: bool
    symbols: list[tuple[str, int]]
    features: frozenset[str]


def find(text: str, *, year: str) -> list[Mark]:
    """The phrases that are not the child's own words as spoken. `year` is the year group, as the roll names it."""
    tokens = tokens_of(text)
    young = year.strip().lower() in YOUNG
    marks: list[Mark] = []
    for piece in pieces(tokens):
        mark = _question(tokens, piece) or _narration(tokens, piece)
        if mark is not None:
            marks.append(mark)
        elif young and piece.quoted and not piece.adult:
            marks += _adult_words(tokens, piece)
    return marks


def pieces(tokens: Tokens) -> list[Piece]:
    """The text in the order it stands: narration by sentence, quotations by sentence, each with its features."""
    quotes = quotes_of(tokens)
    inside = inside_of(tokens, quotes)
    marks = {quote.start for quote in quotes} | {quote.end for quote in quotes}
    spans = [
        (start, end)
        for start, end in _spans(tokens, inside, marks)
        if any(word[0].isalpha() for word in tokens.words[start:end])
    ]
    return [_piece(tokens, inside, spans, at) for at in range(len(spans))]


def _spans(tokens: Tokens, inside: list[bool], marks: set[int]) -> Iterator[tuple[int, int]]:
    begin = 0
    for at, word in enumerate(tokens.words):
        turns = at in marks
        if turns or word in _ENDS:
            end = at if turns else at + 1
            if end > begin:
                yield begin, end
            begin = at + 1
        elif at and inside[at] != inside[at - 1]:
            yield begin, at
            begin = at
    if begin < len(tokens):
        yield begin, len(tokens)


def _piece(tokens: Tokens, inside: list[bool], spans: list[tuple[int, int]], at: int) -> Piece:
    start, end = spans[at]
    quoted = inside[start]
    words = tokens.words
    before = [(words[i], tokens.symbols[i]) for i in range(max(0, start - 9), start) if not inside[i]][-7:]
    after = [(words[i], tokens.symbols[i]) for i in range(end, min(len(tokens), end + 12)) if not inside[i]][:6]
    adult = quoted and _spoken_by_adult(before, after)
    asks = words[end - 1] == "?"
    symbols = [(repaired(tokens.symbols[i]), i) for i in range(start, end)]
    features = {feature for feature, _ in clause_features(symbols) if feature[:2] != "g:"}
    features.update(shape_features(symbols, link="", first=at == 0, size=0))
    features.update(_place(words, start, end, quoted=quoted, adult=adult, asks=asks, alone=len(spans) == 1))
    features.update("B:" + word for word, _ in before[-3:])
    features.update("A:" + word for word, _ in after[:3])
    if not quoted:
        features.add("next:" + ("quote" if at + 1 < len(spans) and inside[spans[at + 1][0]] else "no"))
        features.add("prev:" + ("quote" if at and inside[spans[at - 1][0]] else "no"))
    return Piece(start, end, quoted, adult, asks, symbols, frozenset(features))


def _place(words: list[str], start: int, end: int, *, quoted: bool, adult: bool, asks: bool, alone: bool) -> list[str]:
    found = [f"q{quoted}", f"q{quoted}a{adult}", f"q{quoted}?{asks}", f"a{adult}?{asks}", f"alone{alone}{quoted}"]
    opening = [word for word in words[start : start + 4] if word[0].isalpha()]
    for size in (1, 2, 3):
        found.append(f"open{size}:{' '.join(opening[:size])}")
        found.append(f"opent{size}:{' '.join(word_features(word)[0] for word in opening[:size])}")
    its = set(words[start:end])
    if "or" in its and asks:
        found.append("choice")
    if asks and "," in words[max(start, end - 5) : end]:
        found.append("tag")
    if its & {"i", "my", "me", "i'm", "im", "mi", "we", "us", "our"}:
        found.append(f"own{quoted}")
    if its & {"you", "your", "you're"}:
        found.append(f"you{asks}")
    if not members("harm").isdisjoint(its):
        found += [f"harm{quoted}", f"harm{adult}?{asks}", "harm:" + " ".join(opening[:1])]
    if not members("tag_end").isdisjoint(words[max(start, end - 4) : end]):
        found.append(f"tagend?{asks}")
    return found


def _spoken_by_adult(before: list[tuple[str, str]], after: list[tuple[str, str]]) -> bool:
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


def _titled(before: list[tuple[str, str]], at: int) -> bool:
    return before[at][1] == NAME and at > 0 and before[at - 1][0] in _ADULT


def _question(tokens: Tokens, piece: Piece) -> Mark | None:
    if model("own.leading_question").score(piece.features) <= 0:
        return None
    return _mark(tokens, piece, Kind.LEADING_QUESTION)


def _narration(tokens: Tokens, piece: Piece) -> Mark | None:
    if not is_narration(piece):
        return None
    if model("own.narration").score(piece.features) <= 0:
        return None
    return _mark(tokens, piece, Kind(best_of(NARRATION_KINDS, piece.features, prefix="own.")))


def is_narration(piece: Piece) -> bool:
    """Whether the writer speaks here: "my dad dont let me eat" is the child, without quotation marks."""
    return not piece.quoted and not _in_first_person([word for word, _ in piece.symbols if word[0].isalpha()])


def _in_first_person(words: list[str]) -> bool:
    if not words or words[0] not in _CHILD_STARTS:
        return False
    if words[0] == "i" and len(words) > 1 and words[1] in _I_THE_ADULT:
        return False
    own = {"i", "my", "me", "i'm", "im", "mi", "we", "us"}
    reported = "told" in words and words[words.index("told") - 1] in {"he", "she", "was"}
    return not own.isdisjoint(words) and not reported


def word_view(piece: Piece, at: int) -> frozenset[str]:
    """What the model sees of one word a child is quoted with."""
    word = piece.symbols[at][0]
    before = piece.symbols[at - 1][0] if at else "^"
    after = piece.symbols[at + 1][0] if at + 1 < len(piece.symbols) else "$"
    own = word_features(word)[1]
    endings = [f"e{size}:{word[-size:]}" for size in (3, 4, 5) if len(word) > size + 2]
    size = min(len(word), 12)
    return frozenset([*own, *endings, f"size:{size}", f"long:{size > 8}", "bw:" + before, "aw:" + after])


def _adult_words(tokens: Tokens, piece: Piece) -> list[Mark]:
    learnt = model("own.adult_vocabulary")
    found: list[tuple[int, int]] = []
    for at, (word, _) in enumerate(piece.symbols):
        if word[0].isalpha() and learnt.score(word_view(piece, at)) > 0:
            if found and found[-1][1] >= at - 1:
                found[-1] = (found[-1][0], at)
            else:
                found.append((at, at))
    return [_marked(tokens, piece.symbols[a][1], piece.symbols[b][1], Kind.ADULT_VOCABULARY) for a, b in found]


def _mark(tokens: Tokens, piece: Piece, kind: Kind) -> Mark:
    last = piece.end - 1
    while last > piece.start and not tokens.words[last][0].isalnum() and tokens.words[last] != "?":
        last -= 1
    return _marked(tokens, piece.start, last, kind)


def _marked(tokens: Tokens, first: int, last: int, kind: Kind) -> Mark:
    return Mark(start=tokens.starts[first], end=tokens.ends[last], kind=kind, rule=f"{kind}.model")
