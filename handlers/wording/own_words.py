"""Own words: words reported, summed up or put into an adult's, and questions that suggest their answer.

Swearing, dialect, another language, signs, pictures and silence are no fault: what is here is never to find them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from handlers.wording.features import clause_features, shape_features, word_features
from handlers.wording.kinds import NARRATION_KINDS, Kind, Mark
from handlers.wording.lexicon import members, words_of
from handlers.wording.linear import best_of, model
from handlers.wording.speakers import spoken_by_adult, spoken_by_child
from handlers.wording.speech import asked_features, asked_parts, is_grown, shapes_in, stems_of, told_features, voice_of
from handlers.wording.spelling import repaired
from handlers.wording.structure import inside_of, quotes_of
from handlers.wording.text import Tokens, tokens_of

YOUNG = frozenset({"nursery", "r", "reception", *(f"{word}{year}" for word in ("y", "year ") for year in range(1, 7))})
_ENDS = frozenset(".!?\n")
_ASKED = words_of("own_words_asked")
_CHILD_STARTS = words_of("own_words_child_starts")
_CHILDS_OWN = words_of("own_words_childs_own")
_FIRST_PERSON = words_of("own_words_first_person")
_JOINING = words_of("own_words_joining")
_I_THE_ADULT = _ASKED | words_of("own_words_i_the_adult")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of narration or one sentence of a quotation: token indexes, and what the model sees."""

    start: int
    end: int
    quoted: bool
    adult: bool
    child: bool
    asks: bool
    narrates: bool
    """Whether the writer tells here in words of their own: no question of theirs, no child writing."""
    taught: bool
    """Whether a child says where a word was learnt: "the NSPCC lady said that is neglect" is the child's own word."""
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
    if _is_tagged(line):
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


def _is_tagged(line: str) -> bool:
    """Whether it ends in a tag, with its comma or without: "It was at home wasn't it?"."""
    return _ends_in_tag(tokens_of(line).words)


def _ends_in_tag(words: list[str]) -> bool:
    spoken = [word for word in words if word[0].isalpha()]
    return len(spoken) > _SHORTEST_TAGGED and spoken[-2].endswith("n't") and spoken[-1] in _TAGGED


_MARKED_END = frozenset(".?!")
_TAGGED = frozenset(["it", "he", "she", "they", "you", "we"])
_SHORTEST_TAGGED = 3
_ASKS = 'I asked, "'
_QUOTES = '"“”„«»'


def pieces(tokens: Tokens) -> list[Piece]:
    """The text in the order it stands: narration by sentence, quotations by sentence, each with its features."""
    quotes = quotes_of(tokens)
    inside = inside_of(tokens, quotes)
    marks = {quote.start for quote in quotes} | {quote.end for quote in quotes}
    spans = list(islice((span for span in _spans(tokens, inside, marks) if _has_words(tokens, span)), MOST_PIECES))
    voice = voice_of([symbol for symbol, quoted in zip(tokens.symbols, inside, strict=True) if not quoted])
    found: list[Piece] = []
    said: frozenset[str] = frozenset()
    for at in range(len(spans)):
        piece = _piece(tokens, inside, spans, at, voice=voice, said=said)
        found.append(piece)
        if piece.quoted and not piece.adult and not piece.asks and len(said) < MOST_STEMS:
            said |= stems_of([word for word, _ in piece.symbols])
    return found


def _has_words(tokens: Tokens, span: tuple[int, int, bool]) -> bool:
    return any(word[0].isalpha() for word in tokens.words[span[0] : span[1]])


MOST_PIECES = 800
"""Pieces looked at: an account of 3,000 characters has a hundred."""
MOST_STEMS = 200
"""Stems remembered of what a child has said: enough for any account, a bound for a hostile one."""


def _spans(tokens: Tokens, inside: list[bool], marks: set[int]) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a question told without marks."""
    for start, end in _sentences(tokens, inside, marks):
        if inside[start]:
            yield start, end, False
        else:
            yield from asked_parts(tokens, start, end)


def _sentences(tokens: Tokens, inside: list[bool], marks: set[int]) -> Iterator[tuple[int, int]]:
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


def _piece(
    tokens: Tokens, inside: list[bool], spans: list[tuple[int, int, bool]], at: int, *, voice: str, said: frozenset[str]
) -> Piece:
    start, end, asked = spans[at]
    quoted = inside[start]
    words = tokens.words
    before = [(words[i], tokens.symbols[i]) for i in range(max(0, start - 9), start) if not inside[i]][-7:]
    after = [(words[i], tokens.symbols[i]) for i in range(end, min(len(tokens), end + 12)) if not inside[i]][:6]
    adult = quoted and spoken_by_adult(before, after)
    asks = words[end - 1] == "?"
    child = quoted and not adult and spoken_by_child(tokens, start, end)
    symbols = _without_stop([(repaired(tokens.symbols[i]), i) for i in range(start, end)])
    plain = [word for word, _ in symbols]
    features = {feature for feature, _ in clause_features(symbols, grams=False)}
    features.update(shape_features(symbols))
    features.update(_place(words, start, end, quoted=quoted, adult=adult, asks=asks, alone=len(spans) == 1))
    features.update("B:" + word for word, _ in before[-3:])
    features.update("A:" + word for word, _ in after[:3])
    if quoted or asked:
        features.update(asked_features(plain, asks=asks, said=said))
        features.update(_reply(tokens, inside, spans, at))
    if not quoted:
        features.update(told_features(plain))
        features.update((f"voice:{voice}", f"asked{asked}?{asks}"))
        features.add("next:" + ("quote" if at + 1 < len(spans) and inside[spans[at + 1][0]] else "no"))
        features.add("prev:" + ("quote" if at and inside[spans[at - 1][0]] else "no"))
    taught = quoted and bool(shapes_in("taught", words[start:end]))
    narrates = not quoted and not asked and voice != "child" and not _in_first_person(plain)
    return Piece(start, end, quoted, adult, child, asks, narrates, taught, symbols, frozenset(features))


def _without_stop(symbols: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The words without the stop or comma at their ends: a question mark tells something, a full stop nothing."""
    first, last = 0, len(symbols)
    while last > 1 and symbols[last - 1][0] in ".!,;\n":
        last -= 1
    while first < last - 1 and symbols[first][0] in ".!,;\n":
        first += 1
    return symbols[first:last]


def _reply(tokens: Tokens, inside: list[bool], spans: list[tuple[int, int, bool]], at: int) -> list[str]:
    """How the next quotation begins: "I never said that" is what a question that presumed is answered with."""
    following = next((span for span in spans[at + 1 : at + 4] if inside[span[0]]), None)
    if following is None:
        return ["R:none"]
    opening = [word for word in tokens.words[following[0] : following[0] + 6] if word[0].isalpha()]
    return [f"R{size}:{' '.join(opening[:size])}" for size in (1, 2)] + [f"R?{tokens.words[following[1] - 1] == '?'}"]


def _place(words: list[str], start: int, end: int, *, quoted: bool, adult: bool, asks: bool, alone: bool) -> list[str]:
    found = [f"q{quoted}", f"q{quoted}a{adult}", f"q{quoted}?{asks}", f"a{adult}?{asks}", f"alone{alone}{quoted}"]
    opening = [word for word in words[start : start + 4] if word[0].isalpha()]
    for size in (1, 2, 3):
        found.append(f"open{size}:{' '.join(opening[:size])}")
        found.append(f"opent{size}:{' '.join(word_features(word)[0] for word in opening[:size])}")
    its = set(words[start:end])
    if "or" in its and asks:
        found.append("choice")
    if asks and ("," in words[max(start, end - 5) : end] or _ends_in_tag(words[start:end])):
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


def _question(tokens: Tokens, piece: Piece) -> Mark | None:
    if piece.child or model("own.leading_question").score(piece.features) <= 0:
        return None
    return _mark(tokens, piece, Kind.LEADING_QUESTION)


def _narration(tokens: Tokens, piece: Piece) -> Mark | None:
    if not piece.narrates:
        return None
    if model("own.narration").score(piece.features) <= 0:
        return None
    return _mark(tokens, piece, Kind(best_of(NARRATION_KINDS, piece.features, prefix="own.")))


def _in_first_person(plain: list[str]) -> bool:
    """Whether a child writes here, without quotation marks: "my dad dont let me eat"."""
    words = [word for word in plain if word[0].isalpha()]
    if not words or words[0] not in _CHILD_STARTS:
        return False
    if words[0] == "i" and len(words) > 1 and words[1] in _I_THE_ADULT:
        return False
    if _FIRST_PERSON.isdisjoint(words) or "gist" in shapes_in("told", words):
        return False
    return words[0] in _CHILDS_OWN or "adult" not in shapes_in("voice", words)


def says_as_a_child(piece: Piece) -> bool:
    """Whether a child is quoted here, in words that no lesson or lady taught."""
    return piece.quoted and not piece.adult and not piece.taught


def word_view(piece: Piece, at: int) -> frozenset[str]:
    """What the model sees of one word a child is quoted with."""
    word = piece.symbols[at][0]
    before = piece.symbols[at - 1][0] if at else "^"
    after = piece.symbols[at + 1][0] if at + 1 < len(piece.symbols) else "$"
    own = word_features(word)[1]
    endings = [f"e{size}:{word[-size:]}" for size in (3, 4, 5) if len(word) > size + 2]
    size = min(len(word), 12)
    beside = ["bw:" + before, "aw:" + after, *_around(piece, at)]
    return frozenset([*own, *endings, f"size:{size}", f"long:{size > 8}", *beside])


def _around(piece: Piece, at: int) -> list[str]:
    """Whether it is an adult's word by its stem, and whether such a word stands near."""
    near = [word for word, _ in piece.symbols[max(0, at - 2) : at] + piece.symbols[at + 1 : at + 3]]
    found = ["near:grown"] if any(is_grown(word) for word in near) else []
    return [*found, "grown"] if is_grown(piece.symbols[at][0]) else found


def _adult_words(tokens: Tokens, piece: Piece) -> list[Mark]:
    learnt = model("own.adult_vocabulary")
    found: list[tuple[int, int]] = []
    for at, (word, _) in enumerate(piece.symbols):
        if word[0].isalpha() and learnt.score(word_view(piece, at)) > 0:
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
    last = piece.end - 1
    while last > piece.start and not tokens.words[last][0].isalnum() and tokens.words[last] != "?":
        last -= 1
    return _marked(tokens, piece.start, last, kind)


def _marked(tokens: Tokens, first: int, last: int, kind: Kind) -> Mark:
    return Mark(start=tokens.starts[first], end=tokens.ends[last], kind=kind, rule=f"{kind}.model")
