"""Who on the staff list may be meant by what somebody typed. Pure.

One too many is asked about rather than one too few: whoever is meant and not asked about would be shown an allegation
against themselves. What a given name is called for short is that name (`short_forms`). Initials are read where a
name is asked for or behind a title; nicknames that come from nowhere are not. Nothing here decides what follows.
"""

from collections.abc import Collection, Iterator, Sequence
from enum import IntEnum, StrEnum

from handlers.rules import known_names, spoken
from handlers.rules.known_names import Known, Name, Part
from handlers.rules.name_hits import Around, Hit, by_person, find
from handlers.rules.naming_words import LONGEST_POST, ORDINARY, POSTS, TITLES
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.spoken import Word

FEW = 3
"""So many words are a name and nothing else."""
_GONE = Word("", capital=False)
_LEADS_TO_A_POST = frozenset({"the", "our", "your", "acting", "and", "with", "by", "interim"})


class Asks(StrEnum):
    """What a field asks for, and so how strictly it is read."""

    ADULT = "adult"
    """For an adult whom it is about."""
    PERSON = "person"
    """For somebody: by name, or by what they are here."""
    NAME = "name"
    """For somebody by name; what they are here says nothing, for it is said of everyone who was told."""
    WORDS = "words"
    """For an account, in which people may come up."""


class Sure(IntEnum):
    """How much of a name was found; the surest first."""

    NAME = 0
    NEARLY = 1
    PART = 2
    POST = 3


def read(
    text: str, people: Sequence[Person], asks: Asks, *, pupils: Collection[str] = ()
) -> dict[PersonId, Sure]:
    """Who may be meant. `pupils`: the names of those who were picked; where no adult is asked for, these are theirs."""
    known = known_names.of(tuple(people))
    words = spoken.words(text)
    theirs = [known_names.of_one(name) for name in pupils] if asks is not Asks.ADULT else []
    for pupil in theirs:
        words = _without(words, pupil)
    roll = [name for pupil in theirs for name in pupil.names.values()]
    reading = _Reading(words, known, roll, strict=asks is not Asks.WORDS)
    posts = _posts(words, people) if asks in {Asks.ADULT, Asks.PERSON} else frozenset[PersonId]()
    return {**dict.fromkeys(sorted(posts, key=str), Sure.POST), **reading.found()}


def _without(words: Sequence[Word], pupil: Known) -> tuple[Word, ...]:
    """The words less that pupil's name, where no title stands before it."""
    reading = _Reading(words, pupil, (), strict=False)
    spans = [span for span in reading.names(exact=True) if not reading.around.titled(span[0])]
    taken = {at for start, end in spans for at in range(start, end)}
    return tuple(_GONE if at in taken else word for at, word in enumerate(words))


class _Reading:
    """One text over one staff list."""

    def __init__(self, words: Sequence[Word], known: Known, roll: Sequence[Name], *, strict: bool) -> None:
        self.around = Around(words, known)
        self._strict, self._words, self.known = strict, words, known
        self._words_are_titled = any(word.text in TITLES for word in words)
        self._few = sum(word.text not in TITLES for word in words) <= FEW
        shared = [pupil.parts for pupil in roll]
        namesakes = {name.person for name in known.names.values() if name.parts in shared}
        hits = find(words, known, strict=strict)
        self._hits = [hit for hit in hits if hit.person not in namesakes or self.around.titled(hit.start)]
        self._whole = {person: list(self._wholes(hits)) for person, hits in by_person(self._hits).items()}

    def found(self) -> dict[PersonId, Sure]:
        """The surest that was found of each."""
        taken = [(person, span) for person, spans in self._whole.items() for span, _ in spans]
        found = {
            person: min(Sure.NAME if exact else Sure.NEARLY for _, exact in spans)
            for person, spans in self._whole.items()
            if spans
        }
        for hit in self._hits:
            if hit.person not in found and self._alone(hit) and not _of_another(hit, taken):
                found[hit.person] = Sure.PART
        short = self._in_letters() if self._strict or self._words_are_titled else ()
        return {**dict.fromkeys(short, Sure.PART), **found}

    def _in_letters(self) -> Iterator[PersonId]:
        """Who is meant by a title with a letter or two behind it; where a name is asked for, by initials alone too."""
        for at, word in enumerate(self._words):
            short = word.capital and len(word.text) <= 2
            if short and self.around.titled(at) and not self._is_followed(at):
                letters = _letters(self._words[at : at + _INITIALS])
                yield from self.known.begun(letters) if letters else ()
        alone = [word for word in self._words if word.text not in TITLES]
        letters = "".join(word.text for word in alone)
        if self._strict and 1 < len(letters) <= _INITIALS and all(word.capital for word in alone):
            yield from self.known.by_initials(letters) if letters not in ORDINARY else ()

    def _is_followed(self, at: int) -> bool:
        """Whether a surname comes behind that letter, which is the given name's then."""
        behind = self._words[at + 1 : at + 2]
        return any(len(word.text) > 1 and word.capital and word.text not in ORDINARY for word in behind)

    def names(self, *, exact: bool) -> list[tuple[int, int]]:
        """Where whole names stand."""
        return [span for spans in self._whole.values() for span, is_exact in spans if is_exact or not exact]

    def _wholes(self, hits: Sequence[Hit]) -> Iterator[tuple[tuple[int, int], bool]]:
        """Where that person's whole name stands, and whether it is typed as it is written."""
        given = [hit for hit in hits if hit.part is Part.GIVEN]
        shortened = [hit for hit in given if hit.exact and self.around.family_initial(hit)]
        yield from (((hit.start, hit.end + 1), False) for hit in shortened)
        for hit in hits:
            if hit.part is Part.WHOLE and (hit.exact or not hit.small):
                yield (hit.start, hit.end), hit.exact
            if hit.part is not Part.FAMILY:
                continue
            if not (hit.small and not hit.exact) and self.around.initial(hit):
                yield (self.around.from_initial(hit), hit.end), False
            for other in given:
                if self.around.belong(hit, other) and _together(hit, other):
                    yield (min(hit.start, other.start), max(hit.end, other.end)), hit.exact and other.exact

    def _alone(self, hit: Hit) -> bool:
        """Whether one part of a name is enough where it stands."""
        titled = self.around.titled(hit.start)
        if hit.small and not hit.exact and hit.end - hit.start > 1:
            return False
        if self._strict:
            return not (hit.small or hit.plain) or self._few or titled
        if titled:
            return hit.exact or not hit.small
        return hit.exact and hit.part is Part.FAMILY and not hit.small and not hit.plain


_INITIALS = 4
"""Letters of the longest that are looked for."""


def _letters(words: Sequence[Word]) -> str:
    """The letters that these words begin with: one of two letters, or single ones in a row."""
    if len(words[0].text) == 2:
        return words[0].text
    found = ""
    for word in words:
        if len(word.text) != 1 or not word.capital:
            break
        found += word.text
    return found


def _of_another(hit: Hit, taken: Sequence[tuple[PersonId, tuple[int, int]]]) -> bool:
    """Whether it is a part of the whole name of somebody else."""
    return any(start <= hit.start and hit.end <= end and who != hit.person for who, (start, end) in taken)


def _together(one: Hit, other: Hit) -> bool:
    """An ordinary word is a part of a name beside the other part: with a slip in it, only where none has a capital."""
    slip = next((hit for hit in (one, other) if hit.small and not hit.exact), None)
    if slip is None and not (one.small and other.small):
        return True
    beside = one.end == other.start or other.end == one.start
    if slip is None:
        return beside
    rest = other if slip is one else one
    return beside and rest.exact and not rest.capital and not rest.small


def _posts(words: Sequence[Word], people: Sequence[Person]) -> frozenset[PersonId]:
    """Who holds a post that is named; one word alone is read so only where it is clear that somebody is meant."""
    texts = _lettered([word.text for word in words])
    roles: set[Role] = set()
    at = 0
    while at < len(texts):
        size = next((n for n in range(LONGEST_POST, 0, -1) if tuple(texts[at : at + n]) in POSTS), 0)
        clear = size != 1 or len(texts) <= FEW + 1 or (at > 0 and texts[at - 1] in _LEADS_TO_A_POST)
        if size and clear:
            roles |= POSTS[tuple(texts[at : at + size])]
        at += size or 1
    return frozenset(person.id for person in people if person.among(roles))


def _lettered(texts: Sequence[str]) -> list[str]:
    """Letters with dots between them are one word: D.S.L."""
    found: list[str] = []
    run = False
    for text in texts:
        letter = len(text) == 1
        found[len(found) - 1 :] = [found[-1] + text] if letter and run else [*found[-1:], text]
        run = letter
    return found
