"""Own words: words reported, summed up or put into an adult's, and questions that suggest their answer.

Swearing, dialect, another language, signs, pictures and silence are no fault: what is here is never to find them.
"""

from dataclasses import replace

from handlers.wording.features import word_features
from handlers.wording.kinds import NARRATION_KINDS, Kind, Mark
from handlers.wording.lexicon import words_of
from handlers.wording.linear import best_of, model
from handlers.wording.pieces import Piece, pieces
from handlers.wording.speech import PLAIN, SURE, children_say, ends_in_tag, is_grown
from handlers.wording.telling import AS
from handlers.wording.text import Tokens, tokens_of

_YEARS = (("y", 6), ("year ", 6), ("p", 7), ("primary ", 7))
"""Primary school: to Year 6, in Scotland and Northern Ireland to P7."""
YOUNG = frozenset(["nursery", "r", "reception", *(f"{word}{at + 1}" for word, last in _YEARS for at in range(last))])
_JOINING = words_of("own_words_joining")


def find(text: str, *, year: str) -> list[Mark]:
    """The phrases that are not the child's own words as spoken. `year` is the year group, as the roll names it."""
    tokens = tokens_of(text)
    young = year.strip().lower() in YOUNG
    marks: list[Mark] = []
    told: tuple[int, Mark] | None = None
    for piece in pieces(tokens):
        mark = _question(tokens, piece)
        if mark is None and (mark := _narration(tokens, piece)) is not None:
            if told is not None and told[0] == piece.stretch.sentence and told[1] is marks[-1]:
                mark = replace(marks.pop(), end=mark.end)  # one sentence tells on: one hint, named as it begins
            told = piece.stretch.sentence, mark
        if mark is not None:
            marks.append(mark)
        elif young and says_as_a_child(piece):
            marks += _adult_words(tokens, piece)
    return marks


def leading(text: str) -> list[Mark]:
    """The questions of a field that holds nothing else: each line is what the adult asked, with marks or without."""
    found: list[Mark] = []
    begin = looked = 0
    for line in text.split("\n"):
        if len(line.strip()) >= SHORTEST_ASKED and looked < MOST_ASKED:
            found += _leading_in(line, begin)
            looked += 1
        begin += len(line) + 1
    return found


SHORTEST_ASKED, MOST_ASKED = 8, 190
"""Characters of a question that can lead, and lines looked at: the field takes 1,500 characters, 187 such lines."""


def _leading_in(line: str, begin: int) -> list[Mark]:
    if any(mark in line for mark in _QUOTES):
        return [replace(one, start=begin + one.start, end=begin + one.end) for one in _led(line)]
    if ends_in_tag(tokens_of(line).words):
        first = len(line) - len(line.lstrip())
        kind = Kind.LEADING_QUESTION
        return [Mark(start=begin + first, end=begin + len(line.rstrip()), kind=kind, rule=f"{kind}.tag")]
    mark = "" if line.rstrip()[-1:] in _MARKED_END else "?"
    off = begin - len(_ASKS)
    found = _led(f'{_ASKS}{line.rstrip()}{mark}"')
    most = begin + len(line.rstrip())
    return [replace(one, start=max(begin, one.start + off), end=min(most, one.end + off)) for one in found]


def _led(text: str) -> list[Mark]:
    return [mark for mark in find(text, year="") if mark.kind is Kind.LEADING_QUESTION]


_MARKED_END = frozenset(".?!")
_ASKS = 'I asked, "'
_QUOTES = '"“”„«»'


TOLD_BONUS, NEVER = 9_000, -9_000
"""In thousandths of the score: more than any piece can have for it or against it."""


def bonus(features: frozenset[str]) -> int:
    """What grammar adds to the score of a stretch of telling: what is plainly told or shown it decides alone."""
    return NEVER if PLAIN in features else TOLD_BONUS if SURE in features else 0


def asked_bonus(features: frozenset[str]) -> int:
    """The same of a question or a word: the model alone marks no question without a shape, no word of every day."""
    return NEVER if PLAIN in features else 0


def _question(tokens: Tokens, piece: Piece) -> Mark | None:
    if piece.leads_nobody or model("own.leading_question").score(piece.features) + asked_bonus(piece.features) <= 0:
        return None
    return _mark(tokens, piece, Kind.LEADING_QUESTION)


def _narration(tokens: Tokens, piece: Piece) -> Mark | None:
    if not piece.narrates:
        return None
    if model("own.narration").score(piece.features) + bonus(piece.features) <= 0:
        return None
    return _mark(tokens, piece, _way(piece.features))


def _way(features: frozenset[str]) -> Kind:
    """How it is told: as grammar says where it decides, else as the model does."""
    for kind in NARRATION_KINDS:
        if AS + kind in features:
            return kind
    return Kind(best_of(NARRATION_KINDS, features, prefix="own."))


def says_as_a_child(piece: Piece) -> bool:
    """Whether a child is quoted here, in words that no lesson or lady taught."""
    return piece.said_by_child and not piece.taught


def word_view(piece: Piece, at: int) -> frozenset[str]:
    """What the model sees of one word a child is quoted with."""
    word = piece.symbols[at][0]
    before = piece.symbols[at - 1][0] if at else "^"
    after = piece.symbols[at + 1][0] if at + 1 < len(piece.symbols) else "$"
    own = word_features(word)[1]
    endings = [f"e{size}:{word[-size:]}" for size in (3, 4, 5) if len(word) > size + 2]
    size = min(len(word), 12)
    beside = ["bw:" + before, "aw:" + after, *_around(piece, at)]
    said = [PLAIN] if word.removesuffix("'s") in children_say() else []
    return frozenset([*own, *endings, f"size:{size}", f"long:{size > 8}", *beside, *said])


_NOTHING = frozenset[str]()


def _around(piece: Piece, at: int) -> list[str]:
    """Whether it is an adult's word by its stem, and whether such a word stands near."""
    near = [word for word, _ in piece.symbols[max(0, at - 2) : at] + piece.symbols[at + 1 : at + 3]]
    found = ["near:grown"] if any(is_grown(word) for word in near) else []
    return [*found, "grown"] if is_grown(piece.symbols[at][0]) else found


def _adult_words(tokens: Tokens, piece: Piece) -> list[Mark]:
    learnt = model("own.adult_vocabulary")
    found: list[tuple[int, int]] = []
    for at, (word, _) in enumerate(piece.symbols):
        view = word_view(piece, at) if word[0].isalpha() else _NOTHING
        if view and learnt.score(view) + asked_bonus(view) > 0:
            if found and _joins(piece, found[-1][1], at):
                found[-1] = (found[-1][0], at)
            else:
                found.append((at, at))
    return [_marked(tokens, piece.symbols[a][1], piece.symbols[b][1], Kind.ADULT_VOCABULARY) for a, b in found]


def _joins(piece: Piece, one: int, other: int) -> bool:
    """Whether nothing stands between two words but a hyphen or one small word: "under the influence of substances"."""
    between = [word for word, _ in piece.symbols[one + 1 : other]]
    return not between or (len(between) == 1 and between[0] in _JOINING)


def _mark(tokens: Tokens, piece: Piece, kind: Kind) -> Mark:
    first, last = piece.symbols[0][1], piece.stretch.end - 1
    while last > first and not tokens.words[last][0].isalnum() and tokens.words[last] != "?":
        last -= 1
    return _marked(tokens, first, last, kind)


def _marked(tokens: Tokens, first: int, last: int, kind: Kind) -> Mark:
    return Mark(start=tokens.starts[first], end=tokens.ends[last], kind=kind, rule=f"{kind}.model")
