"""Who may be meant in an account, what its writer answered about each, and what that makes of them. Pure.

An answer holds for the words it was given about: where these change, or nobody answers, the person counts as named.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from handlers.rules import meant, routing, spoken
from handlers.rules.chronology import Answers
from handlers.rules.concern import About
from handlers.rules.meant import Asks, Sure
from handlers.rules.people import Person, PersonId

ANSWER = "meant"
"""The answer that no field asks for and that keeps what was asked and answered."""
MOST = 6
"""So many are asked about; whoever is meant beside them counts as named."""
_STAMP = 8


class Verdict(StrEnum):
    """What the writer says that somebody has to do with it."""

    ABOUT = "about"
    CLOSE = "close"
    NO = "no"
    """Mentioned, told or helping, or somebody else of that name."""
    UNSURE = "unsure"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    text: str
    asks: Asks


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What must be known of an account to read the names in it."""

    about: About
    typed: Sequence[Typed]
    reporter: PersonId
    picked: PersonId | None = None
    """The adult whom it is about, where they were picked: nothing is left to ask about them."""
    close: PersonId | None = None
    pupils: tuple[str, ...] = ()
    """The names of the children who were picked."""
    given_to: frozenset[PersonId] = frozenset()
    """Whoever is given something of it now, whatever their post."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    person: Person
    as_the_adult: bool
    """Their name stands where an adult is asked for whom it is about."""
    sure: Sure
    stamp: str
    """Of the words in which they were found."""
    verdict: Verdict = Verdict.UNANSWERED

    @property
    def named(self) -> bool:
        """Whether they have nothing of it."""
        return self.verdict is not Verdict.NO

    @property
    def subject(self) -> bool:
        """Whether it is about them: it goes where a concern about them goes."""
        return _subject(self.verdict, as_the_adult=self.as_the_adult)


def _subject(verdict: Verdict, *, as_the_adult: bool) -> bool:
    open_still = {Verdict.UNSURE, Verdict.UNANSWERED}
    return verdict is Verdict.ABOUT or (as_the_adult and verdict in open_still)


def in_account(account: Account, staff: Sequence[Person]) -> tuple[Meant, ...]:
    """Everyone who may be meant and could have it, or is named as the adult; the surest first."""
    found: dict[PersonId, list[tuple[Typed, Sure]]] = {}
    for typed in account.typed:
        for person, sure in meant.read(typed.text, staff, typed.asks, pupils=account.pupils).items():
            found.setdefault(person, []).append((typed, sure))
    all_of_them = [one for person in staff if (one := _meant(person, found.get(person.id, ()), account))]
    return tuple(sorted(all_of_them, key=lambda one: (not one.as_the_adult, one.sure)))


def _meant(person: Person, found: Iterable[tuple[Typed, Sure]], account: Account) -> Meant | None:
    here = [(typed, sure) for typed, sure in found if _counts(person, typed.asks, account)]
    if not here:
        return None
    texts = sorted({" ".join(spoken.folded(typed.text)) for typed, _ in here})
    stamp = hashlib.sha256("\n".join(texts).encode("utf-8", "replace")).hexdigest()[:_STAMP]
    adult = any(typed.asks is Asks.ADULT for typed, _ in here)
    return Meant(person=person, as_the_adult=adult, sure=min(sure for _, sure in here), stamp=stamp)


def _counts(person: Person, asks: Asks, account: Account) -> bool:
    """Whether a name in such a field makes somebody meant: anybody as the adult, else who could come to have it."""
    if person.id == account.picked:
        return False
    if asks is Asks.ADULT:
        return True
    if not person.active or person.id in {account.reporter, account.close}:
        return False
    everybody = asks is not Asks.WORDS and account.about in {About.ADULT, About.BOTH}
    return everybody or person.id in account.given_to or person.among(routing.MAY_HAVE_ONE)


def with_kept(found: Iterable[Meant], answers: Answers) -> tuple[Meant, ...]:
    """With what was answered before, where the words are the same."""
    known = {(id, stamp): verdict for id, verdict, stamp, _ in _records(answers)}
    return tuple(replace(one, verdict=known.get((one.person.id, one.stamp), one.verdict)) for one in found)


def with_answers(found: Sequence[Meant], said: Mapping[PersonId, str]) -> tuple[Meant, ...]:
    """With what is answered now; only of whom was asked about, and only what was offered."""
    offered = {verdict.value for verdict in Verdict} - {Verdict.UNANSWERED.value}
    answers = {one.person.id: said.get(one.person.id, "") for one in found[:MOST]}
    given = {id: Verdict(answer) for id, answer in answers.items() if answer in offered}
    return tuple(replace(one, verdict=given.get(one.person.id, one.verdict)) for one in found)


def carried(found: Iterable[Meant], before: Iterable[Meant]) -> tuple[Meant, ...]:
    """With the answers of before, where only the place of the words has changed since."""
    known = {one.person.id: one.verdict for one in before}
    return tuple(replace(one, verdict=known.get(one.person.id, one.verdict)) for one in found)


def unanswered(found: Sequence[Meant]) -> tuple[Meant, ...]:
    """Whom somebody could still say something about."""
    return tuple(one for one in found[:MOST] if one.verdict is Verdict.UNANSWERED)


def kept(answers: Answers, found: Iterable[Meant]) -> Answers:
    """The answers with what was asked and answered about each."""
    lines = tuple(
        ":".join((str(one.person.id), one.verdict, one.stamp, "adult" if one.as_the_adult else "words"))
        for one in found
    )
    return {**typed(answers), **({ANSWER: lines} if lines else {})}


def typed(answers: Answers) -> Answers:
    """The answers without what was asked about them."""
    return {name: value for name, value in answers.items() if name != ANSWER}


def told(answers: Answers) -> tuple[tuple[PersonId, Verdict], ...]:
    """Who was asked about, and what was answered, as it was kept."""
    return tuple((id, verdict) for id, verdict, _, _ in _records(answers))


def subjects(answers: Answers) -> tuple[PersonId, ...]:
    """Whom it is about, of those whose names were typed, as it was kept."""
    return tuple(id for id, verdict, _, adult in _records(answers) if _subject(verdict, as_the_adult=adult))


def _records(answers: Answers) -> Iterator[tuple[PersonId, Verdict, str, bool]]:
    lines = answers.get(ANSWER, ())
    for line in (lines,) if isinstance(lines, str) else lines:
        id, verdict, stamp, where = line.split(":")
        yield PersonId(UUID(id)), Verdict(verdict), stamp, where == "adult"


def about(said: About, found: Collection[Meant]) -> About:
    """What it is about: a child and an adult, where somebody who was named in words of a child is its subject."""
    return About.BOTH if said is About.CHILD and any(one.subject for one in found) else said
