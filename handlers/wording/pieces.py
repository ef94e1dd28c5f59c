"""What an account of a child's words is made of: stretches of telling, sentences spoken, and who speaks them.

Each piece is seen by itself: what stands beside it is no feature, so a true neighbour changes no verdict. Three things
reach over, each in one place here: who says a quotation (`speakers`), what a child has been quoted with before, and
that a child who writes without marks goes on writing. Not allowed here: a weight, a mark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from handlers.wording.features import clause_features, shape_features, word_features
from handlers.wording.lexicon import members, slices_of, words_of
from handlers.wording.retold import lives
from handlers.wording.signs import are_signs, translates
from handlers.wording.speakers import Speaker, speaker_of
from handlers.wording.speech import (
    ECHO,
    PLAIN,
    SURE,
    asked_features,
    asked_parts,
    ends_in_tag,
    joined_parts,
    loose_parts,
    shapes_in,
    told_of,
)
from handlers.wording.spelling import repaired
from handlers.wording.structure import ENDS, Quote, inside_of, is_short_form, quotes_of
from handlers.wording.telling import begins_with_telling, told_features
from handlers.wording.text import Tokens

MOST_PIECES = 800
"""Pieces looked at: an account of 3,000 characters has a hundred."""
MOST_STEMS = 200
"""Stems remembered of what a child has said: enough for any account, a bound for a hostile one."""
_ASKED = words_of("own_words_asked")
_CHILD_STARTS = words_of("own_words_child_starts")
_CHILDS_OWN = words_of("own_words_childs_own")
_FIRST_PERSON = words_of("own_words_first_person")
_I_THE_ADULT = _ASKED | words_of("own_words_i_the_adult")
_CHILD_ASKS = words_of("pieces_child_asks")
"""What a child says in a question, and no adult does in one that leads."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Token indexes of a piece, and how it stands in its sentence."""

    start: int
    end: int
    sentence: int
    """Counted over whole sentences: a quotation in the middle ends none."""
    quoted: bool
    asked: bool = False
    """Whether it is a question told without marks."""
    speaker: Speaker = ""
    quotation: int = -1
    """The token that opens the quotation it stands in."""
    beside: str = ""
    """Whether it leads to a quotation of its own sentence, or comes behind one."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch and what the model sees of it."""

    stretch: Stretch
    asks: bool
    narrates: bool
    """Whether the writer tells here in words of their own: no question of theirs, no child writing."""
    taught: bool
    """Whether the child says there, or said before in that quotation, whose word it is: "the NSPCC lady said that is
    neglect", "mum says he's an alcoholic"."""
    symbols: list[tuple[str, int]]
    features: frozenset[str]

    @property
    def said_by_child(self) -> bool:
        """Whether a child is quoted here: an adult is only where that is plain."""
        return self.stretch.quoted and self.stretch.speaker != "adult"

    @property
    def leads_nobody(self) -> bool:
        """Whether it is a child who asks ("she asked", "Miss, ...", "They can't stop me, can they?"), or what is asked
        after was told before."""
        spoken = {word for word, _ in self.symbols}
        of_oneself = not _OWN.isdisjoint(spoken) and (_YOU | _GUESSES).isdisjoint(spoken)
        by_child = self.stretch.speaker == "child" or not _CHILD_ASKS.isdisjoint(spoken)
        return by_child or (self.stretch.quoted and of_oneself) or ECHO in self.features


@dataclass(frozen=True, slots=True)
class Own:
    """Why words may be the child's own that would else be another's."""

    written: bool
    taught: bool


def pieces(tokens: Tokens) -> list[Piece]:
    """The text in the order it stands: narration by clause, quotations by sentence, each with its features."""
    stretches = list(islice(_stretches(tokens), MOST_PIECES))
    written = _written_by_child(tokens, stretches)
    found: list[Piece] = []
    said: frozenset[str] = frozenset()
    taught = -1
    for stretch in stretches:
        if stretch.quoted and shapes_in("taught", tokens.words[stretch.start : stretch.end]):
            taught = stretch.quotation
        own = Own(written=stretch.start in written, taught=stretch.quotation == taught >= 0)
        piece = _piece(tokens, stretch, said=said, own=own)
        found.append(piece)
        if piece.said_by_child and not piece.asks and len(said) < MOST_STEMS:
            said |= told_of([word for word, _ in piece.symbols])
    return found


def _written_by_child(tokens: Tokens, stretches: list[Stretch]) -> frozenset[int]:
    """The starts of what a child writes without marks: after "my dad" it writes on until an adult's own words come.

    What it wrote before in that sentence is its own too.
    """
    found, run = set[int](), list[int]()
    writes, sentence = False, -1
    for one in stretches:
        if one.quoted:
            continue
        voice = shapes_in("voice", tokens.symbols[one.start : one.end])
        words = tokens.words[one.start : one.end]
        begins = ("child" in voice or _speaks_of_me(words)) and not begins_with_telling(words)
        writes = "adult" not in voice and (writes or begins)
        run = [*run, one.start] if one.sentence == sentence and "adult" not in voice else [one.start]
        sentence = one.sentence
        if writes:
            found.update(run)
            run = []
    return frozenset(found)


def _speaks_of_me(words: Sequence[str]) -> bool:
    """Whether whoever writes is "me" where another would be "I": "me no sleep", and not "me and Mrs Patel saw"."""
    return words[0] == "me" and len(words) > 1 and words[1] not in _WITH_ME


_WITH_ME = words_of("pieces_with_me")


def _invites(words: Sequence[str]) -> bool:
    """Whether the adult asks here for more, without a mark of a question: "Tell me more about that"."""
    return words[0] in _INVITE and words[1:2] in _ME and (words[2:3] in _MORE or words[2:4] in _OF_THAT)


_INVITE = words_of("pieces_invite")
_ME = slices_of("pieces_me")
_MORE = slices_of("pieces_more")
_OF_THAT = slices_of("pieces_of_that")


def _stretches(tokens: Tokens) -> Iterator[Stretch]:
    quotes = quotes_of(tokens)
    inside = inside_of(tokens, quotes)
    speakers: dict[int, Speaker] = {quote.start: speaker_of(tokens, quote, inside) for quote in quotes}
    sentence = 0
    for start, end, quote in _sentences(tokens, quotes):
        if any(word[0].isalpha() for word in tokens.words[start:end]):
            if quote is not None:
                yield Stretch(
                    start, end, sentence, quoted=True, speaker=speakers[quote.start], quotation=quote.start
                )
            else:
                yield from _told(tokens, start, end, sentence, inside)
        sentence += quote is None and tokens.words[end - 1] in ENDS


def _told(tokens: Tokens, start: int, end: int, sentence: int, inside: list[bool]) -> Iterator[Stretch]:
    """One sentence of narration, as far as no quotation breaks it, cut into what may be judged alone."""
    for one, other, asked in _parts(tokens, start, end):
        leads = other == end < len(tokens) and inside[end] and tokens.words[end - 1] not in ENDS
        behind = one == start > 0 and inside[start - 1]
        beside = "leads" if leads else "behind" if behind else "by itself"
        yield Stretch(one, other, sentence, quoted=False, asked=asked, beside=beside)


def _parts(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it is a question: what a heading or a comma joins on is asked and told by itself."""
    for part, its_end in loose_parts(tokens, start, end):
        for first, last, asked in asked_parts(tokens, part, its_end):
            told = [(first, last)] if asked else joined_parts(tokens, first, last)
            yield from ((one, other, asked) for one, other in told)


def _sentences(tokens: Tokens, quotes: list[Quote]) -> Iterator[tuple[int, int, Quote | None]]:
    """Start, end and the quotation it stands in, if it stands in one."""
    opening = {quote.start: quote for quote in quotes}
    closing = {quote.end for quote in quotes}
    begin, quote = 0, None
    for at, word in enumerate(tokens.words):
        turns = at in opening or at in closing
        if turns or (word in ENDS and not (word == "." and at and is_short_form(tokens, at - 1))):
            end = at if turns else at + 1
            if end > begin:
                yield begin, end, quote
            begin = at + 1
        if at in opening:
            quote = opening[at]
        elif at in closing:
            quote = None
    if begin < len(tokens):
        yield begin, len(tokens), quote


def _piece(tokens: Tokens, stretch: Stretch, *, said: frozenset[str], own: Own) -> Piece:
    words = tokens.words[stretch.start : stretch.end]
    symbols = _without_stop([(repaired(tokens.symbols[at]), at) for at in range(stretch.start, stretch.end)])
    plain = [word for word, _ in symbols]
    asks = words[-1] == "?"
    features = {feature for feature, _ in clause_features(symbols, grams=False)}
    features.update(shape_features(symbols), _shape(plain, stretch, asks=asks))
    if not stretch.quoted:
        told = told_features(plain)
        features.update(feature for feature in told if feature != PLAIN or not stretch.asked)
        if len(plain) == 1 and SURE not in features and not asks:
            features.add(PLAIN)  # a word on a card, a name in a list
        if are_signs(plain) or translates(plain, behind=stretch.beside == "behind") or _invites(plain):
            features.add(PLAIN)
    if stretch.quoted or stretch.asked:
        features.update(asked_features(plain, asks=asks, said=said))
    if not stretch.quoted:
        features.update(f"voice:{name}" for name in shapes_in("voice", plain))
        features.update((f"asked{stretch.asked}?{asks}", f"beside:{stretch.beside}"))
        announces = stretch.beside == "leads" and words[-1] == ":"
        tells_on = "that" in plain or (lives(features) and words[0] != "(")
        if announces or (stretch.beside == "behind" and not tells_on):
            features.add(PLAIN)  # "he wrote:", "she said of herself", "(dad shouts)" belong to the quotation
    elif not asks and features.isdisjoint(_MAY_LEAD):
        features.add(PLAIN)
    narrates = not (stretch.quoted or stretch.asked or own.written or _in_first_person(plain))
    return Piece(stretch, asks, narrates, own.taught, symbols, frozenset(features))


def _without_stop(symbols: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """The words without the stop or comma at their ends: a question mark tells something, a full stop nothing."""
    first, last = 0, len(symbols)
    while last > 1 and symbols[last - 1][0] in _STOPS:
        last -= 1
    while first < last - 1 and symbols[first][0] in _STOPS:
        first += 1
    return symbols[first:last]


_MAY_LEAD = frozenset(["unplain", "harm?False"])
"""What an unmarked question has: a shape of one, or a word of harm. Without both nobody is led by it."""
_STOPS = frozenset(".!,;:-\n")


def _shape(words: list[str], stretch: Stretch, *, asks: bool) -> list[str]:
    """How it begins, who speaks it, whether it offers a choice, ends in a tag, speaks of harm."""
    quoted, by = stretch.quoted, stretch.speaker or "-"
    found = [f"q{quoted}", f"q{quoted}?{asks}", f"by:{by}", f"by:{by}?{asks}"]
    spoken = [word for word in words if word[0].isalpha() or word[0] == "<"]
    for size in (1, 2, 3):
        found.append(f"open{size}:{' '.join(spoken[:size])}")
        found.append(f"opent{size}:{' '.join(word_features(word)[0] for word in spoken[:size])}")
    its = set(words)
    if "or" in its and asks:
        found.append("choice")
    if asks and ("," in words[-5:] or ends_in_tag(words)):
        found.append("tag")
    if its & _OWN:
        found.append(f"own{quoted}")
    if its & _YOU:
        found.append(f"you{asks}")
    if not members("harm").isdisjoint(its):
        found += [f"harm{quoted}", f"harm?{asks}", f"harm{by}", "harm:" + " ".join(spoken[:1])]
    if not members("tag_end").isdisjoint(words[-4:]):
        found.append(f"tagend?{asks}")
    return found


_OWN = words_of("pieces_own")
_YOU = words_of("pieces_you")
_GUESSES = words_of("pieces_guesses")
"""What an adult says of itself in a question that leads: "I expect daddy was cross?"."""


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
