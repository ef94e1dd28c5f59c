"""A staff list as what its names may be typed as: parts, and parts run together. Pure.

A name that is typed in another order, joined or split is found by these; a slip of the finger by `slips`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache
from itertools import pairwise
from uuid import UUID

from handlers.rules import spoken
from handlers.rules.naming_words import PARTICLES, TITLES
from handlers.rules.people import Person, PersonId
from handlers.rules.short_forms import ALSO_WORDS, short_forms
from handlers.rules.slips import Close

_BESIDE = re.compile(r"[(\[“\"]([^)\]”\"]*)[)\]”\"]")
"""What stands in brackets or quotation marks in a name: by what somebody is called."""


NOBODY = PersonId(UUID(int=0))


class Part(IntEnum):
    """What of a name some words are."""

    WHOLE = 0
    FAMILY = 1
    GIVEN = 2


@dataclass(frozen=True, slots=True)
class Name:
    person: PersonId
    given: tuple[str, ...]
    family: tuple[str, ...]
    """Without particles, and what may be a middle name with it: only the bearer knows which it is."""
    rest: tuple[str, ...]
    """Everything behind the given name, particles and all."""

    @property
    def parts(self) -> frozenset[str]:
        return frozenset((*self.given, *self.rest))


def read(person: PersonId, text: str) -> Name:
    """The name taken apart; a surname that stands first with a comma behind it is put last."""
    called = [part for beside in _BESIDE.findall(text) for part in spoken.folded(beside)]
    first, comma, last = _BESIDE.sub(" ", text).partition(",")
    pieces = [spoken.folded(piece) for piece in (f"{last} {first}" if comma and last.strip() else first).split()]
    pieces = [piece for piece in pieces if piece]
    while len(pieces) > 1 and pieces[0][0] in TITLES:
        pieces = pieces[1:]
    given = (*(pieces[0] if pieces else ()), *called)
    rest = tuple(part for piece in pieces[1:] for part in piece) or given
    family = tuple(part for part in rest if part not in PARTICLES) or rest
    return Name(person=person, given=given, family=family, rest=rest)


def _stands_for(letters: str, name: Name) -> bool:
    """Whether a surname begins so, or its parts do."""
    whole = "".join(name.rest)
    firsts = {"".join(part[0] for part in some) for some in (name.rest, name.family)}
    return letters in firsts or any(part.startswith(letters) for part in (*name.rest, *name.family, whole))


def _typed_as(name: Name) -> set[tuple[str, Part]]:
    """Every word that is a part of the name or several of them run together."""
    given, family, rest = name.given, name.family, name.rest
    found = {(part, Part.GIVEN) for part in (*given, "".join(given))}
    found |= {(part, Part.FAMILY) for part in (*family, "".join(family), "".join(rest))}
    found |= {("".join(pair), Part.FAMILY) for pair in pairwise(rest)}
    wholes = [(given, rest), (given, family), (given[:1], family[-1:]), (given[:1], rest)]
    for front, back in wholes if rest is not given else ():  # somebody of one name alone has no whole beside it
        found |= {("".join((*front, *back)), Part.WHOLE), ("".join((*back, *front)), Part.WHOLE)}
    return {(word, part) for word, part in found if word}


def _for_short(name: Name) -> set[tuple[str, Part]]:
    """What their given name is called for short; not what is a word too, for an account has that word."""
    forms = {form for given in name.given for form in short_forms(given)}
    return {(form, Part.GIVEN) for form in forms - ALSO_WORDS - set(name.parts)}


_ENDED = 5
"""Letters of a name that another one may end where this one has a Slavic ending."""


def _ended(part: str) -> set[str]:
    """A surname as a man of the family, or a woman of it, bears it: Novak and Nováková, Petrov and Petrova, Hájek and
    Hájková, Kowalski and Kowalska. Where somebody here bears it so, it is theirs alone."""
    if len(part) < _ENDED or not part.isascii():
        return set()
    stem, end = part[:-3], part[-3:]
    if end in ("ova", "owa"):
        return {stem, part[:-1]} | ({f"{stem[:-1]}ek"} if stem.endswith("k") else set())
    if end in ("eva", "ewa"):
        return {part[:-1]}
    if end in ("ska", "cka"):
        return {f"{part[:-1]}i", f"{part[:-1]}y"}
    if end in ("ski", "sky", "cki", "cky"):
        return {f"{part[:-1]}a"}
    if part.endswith(("ov", "ow", "ev", "ew")):
        return {f"{part}a"}
    without = f"{part[:-2]}k" if part.endswith("ek") else part
    return {f"{without}ova", f"{without}owa"} if part[-1] not in "aeiouy" else set()


_RUN_ON = re.compile(
    "[\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3041-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Thai, Lao, Burmese, Khmer, Japanese and Chinese: no space stands between their words."""
_JOINED_ON = re.compile("[\u0590-\u06ff\u1100-\u11ff]")
"""Hebrew, Arabic, Korean: what belongs to a name is written on to it ("and", "to")."""
_LETTERS = 4
"""Of a name in these before it is looked for inside a word."""


def _inside(name: Name) -> set[str]:
    """What of a name is looked for inside a word, where its script has no space around a name."""
    known = {(word, part) for word, part in _typed_as(name) if len(word) > 1}
    found = {word for word, _ in known if all(map(_RUN_ON.match, word))}
    found |= {
        word for word, part in known if part is not Part.GIVEN and len(word) >= _LETTERS and _JOINED_ON.match(word)
    }
    whole = "".join(name.given)
    called = {whole[1:]} if name.given == name.rest and len(whole) == 3 and whole in found else set[str]()
    return found | called  # of a Chinese name of three the last two are the given name


class Known:
    """Names to be looked up by what somebody typed."""

    def __init__(self, names: Sequence[Name]) -> None:
        self.names = {name.person: name for name in names}
        self._exact: dict[str, list[tuple[PersonId, Part]]] = {}
        for name in names:
            for word, part in sorted(_typed_as(name)):
                self._exact.setdefault(word, []).append((name.person, part))
        self._close, borne = Close(sorted(self._exact)), set(self._exact)
        for name in names:
            ended = {(form, Part.FAMILY) for part in name.family for form in _ended(part) if form not in borne}
            for word, part in sorted(_for_short(name) | ended):
                self._exact.setdefault(word, []).append((name.person, part))
        self._inside = [(name.person, word) for name in names for word in sorted(_inside(name))]
        self.longest = max(map(len, self._exact), default=0)

    def inside(self, word: str) -> Sequence[PersonId]:
        """Whose name stands inside that word, in a script that is written so."""
        if word.isascii() or not self._inside:
            return ()
        return list(dict.fromkeys(person for person, part in self._inside if part in word and part != word))

    def begun(self, letters: str) -> Sequence[PersonId]:
        """Whose surname those letters stand for behind a title: "Mr O", "Mrs O'B", "Ms SJ"."""
        return [one.person for one in self.names.values() if one.rest is not one.given and _stands_for(letters, one)]

    def by_initials(self, letters: str) -> Sequence[PersonId]:
        """Whose initials they are: "MP", "K.O'B."."""
        given, rest = letters[:1], letters[1:]
        named = (one for one in self.names.values() if one.rest is not one.given and rest)
        return [one.person for one in named if one.given and one.given[0][0] == given and _stands_for(rest, one)]

    def exactly(self, word: str) -> Sequence[tuple[PersonId, Part]]:
        return self._exact.get(word, ())

    def closely(self, word: str) -> Sequence[tuple[PersonId, Part]]:
        """By a slip or two; not those whom the word itself finds."""
        return [found for known in self._close.to(word) for found in self._exact[known]]


@lru_cache(maxsize=2048)
def of_one(name: str) -> Known:
    """A name alone, of somebody who is on no staff list: a school's pupils are looked for again and again."""
    return Known([read(NOBODY, name)])


@lru_cache(maxsize=8)
def of(people: tuple[Person, ...]) -> Known:
    """The staff list, made ready once for as long as it stays as it is."""
    return Known([read(person.id, person.name) for person in people])
