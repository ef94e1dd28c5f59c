"""Other children's names taken out of what somebody typed, for a document that is made for one child. Pure.

Each name stands as its alias in square brackets, so that a reader sees that something was put there. Names are read as
`known_names` reads them: any order, accents, hyphens, a slip of the finger, whose something is. One too many is hidden
rather than one too few. Of linked children what a given name is called for short is read too (`short_forms`), names
inside a username (`handles`), bare initials (`initials`), and an initial with a surname that is kept. Of every other
child on the roll any part alone is hidden where it stands as a name (`as_a_name`).
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from handlers.rules import known_names, typed_words
from handlers.rules.as_a_name import stands_as_a_name
from handlers.rules.handles import Handles
from handlers.rules.initials import Initials
from handlers.rules.known_names import Known, Name, Part
from handlers.rules.naming_words import ORDINARY, PARTICLES, TITLES
from handlers.rules.people import PersonId, Pupil
from handlers.rules.short_forms import short_forms
from handlers.rules.typed_words import Word

ANOTHER, SOMEBODY = "another child", "a name"
_WIDEST = 5
"""Words that one name may be typed as."""
_APART = 2
"""Words that may stand between a given name and a surname."""
_SLIPS_FROM = 4
"""Letters of a word in which a slip is looked for."""


@dataclass(frozen=True, slots=True)
class _Hit:
    who: PersonId
    part: Part
    first: int
    last: int
    """The words from `first` to `last`, that one included."""


@dataclass(frozen=True, slots=True)
class _Cover:
    first: int
    last: int
    says: str
    rank: int
    """Of two that overlap the lower one stands."""


class Veil:
    """Over texts of one document."""

    def __init__(
        self,
        mine: Iterable[Pupil],
        others: Mapping[str, Sequence[Pupil]],
        *,
        strangers: Iterable[Pupil] = (),
        typed: Iterable[str] = (),
        staff: Iterable[tuple[PersonId, str]] = (),
    ) -> None:
        """`mine`: whom it is for. `others`: by alias. `strangers`: children on the roll who may come up beside them.
        `typed`: names of children that were written down and not found. `staff`: who keeps their names."""
        own = list(mine)
        self._mine = [_read(one) for one in own]
        self._alias: dict[PersonId, str] = {}
        names: list[Name] = []
        for alias, pupils in others.items():
            for pupil in pupils:
                names.append(_read(pupil))
                self._alias[PersonId(pupil.id)] = alias
        for number, name in enumerate(typed, 1):
            names.append(known_names.read(PersonId(UUID(int=number)), name))
            self._alias[PersonId(UUID(int=number))] = ANOTHER
        self._linked = Known(names)
        self._short = Known([one for name in names for one in self._called_for_short(name)])
        self._initials = Initials([(self._alias[name.person], name) for name in names], less=self._mine)
        known = {*self._alias, *(PersonId(one.id) for one in own)}
        self._handles = Handles(
            [(self._alias[name.person], name) for name in names],
            less={part for name in self._mine for part in name.parts},
        )
        self._strange = Known([_read(one) for one in strangers if PersonId(one.id) not in known])
        self._keep = Known([*self._mine, *(known_names.read(id, name) for id, name in staff)])
        self._own_parts = frozenset(part for name in self._mine for part in name.parts)
        self._own_short = frozenset(form for name in self._mine for part in name.given for form in short_forms(part))
        self._forms = _forms(own, others)

    def _called_for_short(self, name: Name) -> Iterator[Name]:
        """The same child under each short form of the given name."""
        for form in sorted({form for part in name.given for form in short_forms(part)} - set(name.given)):
            who = PersonId(uuid5(name.person, form))
            self._alias[who] = self._alias[name.person]
            yield Name(person=who, given=(form,), family=name.family, rest=name.rest)

    def over(self, text: str) -> str:
        """The text with other children's names and forms hidden."""
        words = list(typed_words.read(text))
        taken: set[int] = set()
        said = dict[int, _Cover]()
        for cover in sorted(self._covers(text, words), key=lambda one: (one.rank, one.first - one.last, one.first)):
            span = range(cover.first, cover.last + 1)
            if taken.isdisjoint(span):
                taken.update(span)
                said[cover.first] = cover
        return _put(text, words, [said[at] for at in sorted(said) if said[at].says])

    def _covers(self, text: str, words: Sequence[Word]) -> Iterator[_Cover]:
        """What is hidden, and what is kept; the kept ones say nothing."""
        kept = list(self._whole(words, self._keep))
        yield from (_Cover(first, last, "", 0) for _, first, last in kept)
        yield from (_Cover(at - 1, at, "", 0) for at in range(1, len(words)) if self._titled_staff(words, at))
        for known in (self._linked, self._short):
            for who, first, last in self._whole(words, known, slips=known is self._linked):
                yield _Cover(first, last, self._alias[who], 1)
        yield from self._alone(words, self._linked, slips=True)
        yield from self._alone(words, self._short, slips=False)
        yield from (_Cover(first, last, says, 2) for first, last, says in self._initials.found(text, words))
        yield from (_Cover(at, at, says, 2) for at, says in self._handles.found(text, words))
        yield from self._shared_surname(words)
        for _, first, last in self._whole(words, self._strange):
            yield _Cover(first, last, ANOTHER, 3)
        yield from self._part_of_a_stranger(text, words)
        yield from (_Cover(first, last, f"form of {self._forms[form]}", 5) for first, last, form in self._typed(words))

    def _typed(self, words: Sequence[Word]) -> Iterator[tuple[int, int, str]]:
        """The forms of the others, as one word or as two: `9C`, `9-C`."""
        for at, word in enumerate(words):
            two = word.text + words[at + 1].text if at + 1 < len(words) and word.text.isdigit() else ""
            yield from ((at, last, form) for last, form in ((at, word.text), (at + 1, two)) if form in self._forms)

    def _shared_surname(self, words: Sequence[Word]) -> Iterator[_Cover]:
        """Of a brother or sister, whose surname is kept, the initial with it: `A. Patel`, `Patel, A`."""
        own = {part[0] for name in self._mine for part in name.given}
        for name in self._linked.names.values():
            initials = {part[0] for part in name.given} - own
            for at, word in enumerate(words):
                if word.text in name.family and word.text in self._own_parts:
                    near = [beside for beside in (at - 1, at + 1) if 0 <= beside < len(words)]
                    for beside in (one for one in near if _is_initial(words[one], initials)):
                        yield _Cover(min(at, beside), max(at, beside), self._alias[name.person], 1)

    def _whole(
        self, words: Sequence[Word], known: Known, *, slips: bool = True
    ) -> Iterator[tuple[PersonId, int, int]]:
        """Where a given name and a surname of one person stand together, in any order, or run together."""
        hits = list(_hits(words, known, slips=slips))
        for hit in hits:
            if hit.part is Part.WHOLE:
                yield hit.who, hit.first, hit.last
        given = [hit for hit in hits if hit.part is Part.GIVEN]
        for family in (hit for hit in hits if hit.part is Part.FAMILY):
            for one in given:
                first, last = sorted((one, family), key=lambda hit: hit.first)
                if one.who == family.who and _near(words, first, last, known.names[one.who]):
                    yield one.who, first.first, last.last

    def _alone(self, words: Sequence[Word], known: Known, *, slips: bool) -> Iterator[_Cover]:
        """A part of a linked child's name, where it is no part of the name of the child whom it is for.

        What that child may be called as well is hidden without saying whose it is.
        """
        found: dict[tuple[int, int], list[str]] = {}
        for hit in _hits(words, known, slips=slips):
            span = words[hit.first : hit.last + 1]
            if all(word.plain for word in span) or any(word.text in self._own_parts for word in span):
                continue
            if hit.part is Part.GIVEN and any(word.text in self._own_short for word in span):
                yield _Cover(hit.first, hit.last, SOMEBODY, 2)
                continue
            aliases = found.setdefault(_with_an_initial(words, hit, known.names[hit.who]), [])
            aliases += [alias for alias in (self._alias[hit.who],) if alias not in aliases]
        for (first, last), aliases in found.items():
            yield _Cover(first, last, " or ".join(aliases), 2)

    def _part_of_a_stranger(self, text: str, words: Sequence[Word]) -> Iterator[_Cover]:
        """A part alone of the name of some child on the roll: it may be another's, so no more is said than that."""
        for hit in _hits(words, self._strange, slips=False):
            span = words[hit.first : hit.last + 1]
            if any(word.text in self._own_parts or not word.capital for word in span):
                continue
            if len(span) > 1 or stands_as_a_name(text, words, hit.first):
                yield _Cover(hit.first, hit.last, SOMEBODY, 4)

    def _titled_staff(self, words: Sequence[Word], at: int) -> bool:
        """`Mrs Bennett` where somebody of that surname works here."""
        families = {word for name in self._keep.names.values() for word in name.family}
        return words[at - 1].text in TITLES and words[at].text in families - self._own_parts


def _with_an_initial(words: Sequence[Word], hit: _Hit, name: Name) -> tuple[int, int]:
    """From where to where, with a letter of the rest of the name beside it: "Noah B", "N. Bennett"."""
    before = {part[0] for part in name.given} if hit.part is Part.FAMILY else set[str]()
    behind = {part[0] for part in name.rest} if hit.part is Part.GIVEN else set[str]()
    first = hit.first - (hit.first > 0 and _is_initial(words[hit.first - 1], before))
    if len(name.rest) > 1 and hit.part is Part.GIVEN:
        behind.add("".join(part[0] for part in name.rest))
    last = hit.last + (hit.last + 1 < len(words) and _is_initial(words[hit.last + 1], behind))
    return first, last


def _is_initial(word: Word, letters: Collection[str]) -> bool:
    return word.capital and word.text in letters


def _read(pupil: Pupil) -> Name:
    """With what they are called beside it, in the brackets in which a roll may have it as well."""
    called = f" ({pupil.preferred})" if pupil.preferred else ""
    return known_names.read(PersonId(pupil.id), f"{pupil.name}{called}")


def _forms(mine: Sequence[Pupil], others: Mapping[str, Sequence[Pupil]]) -> Mapping[str, str]:
    """The forms of the others by how they are typed, less those that are also the form of whom it is for."""
    own = {typed_words.run_together(pupil.form) for pupil in mine}
    found = {typed_words.run_together(pupil.form): alias for alias, pupils in others.items() for pupil in pupils}
    return {form: alias for form, alias in found.items() if len(form) > 1 and form not in own}


def _hits(words: Sequence[Word], known: Known, *, slips: bool) -> Iterator[_Hit]:
    for first in range(len(words)):
        text = ""
        for last in range(first, min(first + _WIDEST, len(words))):
            text += words[last].text
            if len(text) > known.longest + 2:
                break
            exact = [*known.exactly(text), *(known.exactly(text[:-1]) if text.endswith("s") and first == last else ())]
            for who, part in exact:
                yield _Hit(who, part, first, last)
            if slips and first == last and not exact and _may_be_a_slip(words[first]):
                yield from (_Hit(who, part, first, last) for who, part in known.closely(text))


def _may_be_a_slip(word: Word) -> bool:
    return word.capital and len(word.text) >= _SLIPS_FROM and word.text not in ORDINARY


def _near(words: Sequence[Word], first: _Hit, last: _Hit, name: Name) -> bool:
    between = words[first.last + 1 : last.first]
    if first.last >= last.first or len(between) > _APART:
        return False
    if {words[first.first].text, words[last.last].text} & {word.text for word in between}:
        return False  # the same name twice, one after the other
    return all(len(word.text) == 1 or word.text in name.parts or word.text in PARTICLES or
               (word.capital and word.text not in ORDINARY) for word in between)  # fmt: skip


def _put(text: str, words: Sequence[Word], covers: Sequence[_Cover]) -> str:
    parts, at = list[str](), 0
    for cover in covers:
        parts += [text[at : words[cover.first].start], f"[{cover.says}]"]
        at = words[cover.last].end
    return "".join((*parts, text[at:]))
