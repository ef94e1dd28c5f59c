"""Patterns: the accumulation is the evidence (DOMAIN). Pure.

A pattern is a nudge to look, with its evidence listed. It is never a score, and it closes and downgrades nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from handlers.rules.concern import ConcernId, Level
from handlers.rules.people import PersonId, PupilId


class PatternKind(StrEnum):
    """Stored with a dismissal: add, never rename."""

    LOW_LEVEL = "low_level"
    """Of an adult: several low-level concerns. "Low-level" is a term for adults alone."""
    ACCUMULATES = "accumulates"
    LEVEL_RISES = "level_rises"
    SIBLINGS = "siblings"
    SAME_PLACE = "same_place"
    SAME_ADULT = "same_adult"
    NO_VOICE = "no_voice"
    NO_PARENTS = "no_parents"
    RISING = "rising"
    LATE = "late"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the patterns read of one concern: no word that anybody typed but where it was, folded."""

    id: ConcernId
    reference: str
    at: datetime
    children: frozenset[PupilId]
    level: Level | None = None
    kinds: frozenset[str] = frozenset()
    place: str = ""
    """The kind of place, and what was written of it, folded: the bus stop is told apart from the gate."""
    adults: frozenset[PersonId] = frozenset()
    low_level: bool = False
    """Whether it is a low-level concern about an adult."""
    voice: bool = False
    """Whether a child's own words, or that they said nothing, are in it."""
    parents: bool = False
    """Whether contact with parents, or why there was none, is recorded."""
    delay: timedelta | None = None
    """From learning of it to recording it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pattern:
    kind: PatternKind
    about: str
    """What makes it this pattern and no other: a child's id, a place, an adult's id. Never shown."""
    evidence: tuple[Seen, ...]
    """Oldest first; never fewer than two."""

    @property
    def name(self) -> str:
        """Under which it is dismissed: new evidence makes a new name, so that it is noticed again."""
        return f"{self.kind.value}/{self.about}/{'+'.join(sorted(one.reference for one in self.evidence))}"


_FORTNIGHT = timedelta(days=14)
_MONTH = timedelta(days=28)
_TERM = timedelta(days=105)
_DAY = _LATE = timedelta(days=1)
_MOST_PLACES = 3
"""Children in one place before it is noticed."""
_UNTOLD = 4
"""Entries in a row without the child's voice, or without the parents."""


def of_child(child: PupilId, seen: Sequence[Seen], *, siblings: Iterable[PupilId] = (), at: datetime) -> list[Pattern]:
    """What is noticed about one child, over every concern that the reader may see."""
    own = [one for one in _sorted(seen) if child in one.children]
    found = [finder(child, own, at) for finder in _OF_CHILD]
    patterns = [pattern for pattern in found if pattern is not None]
    return [*patterns, *_siblings(child, own, seen, frozenset(siblings), at)]


def of_school(seen: Sequence[Seen], *, at: datetime) -> list[Pattern]:
    """What is noticed across children: the same place, the same adult, reports that come late."""
    recent = [one for one in _sorted(seen) if at - one.at <= _MONTH]
    places = _grouped(recent, lambda one: (one.place,) if one.place else ())
    found = [
        Pattern(kind=PatternKind.SAME_PLACE, about=place, evidence=tuple(held))
        for place, held in places.items()
        if len(_children(held)) >= _MOST_PLACES and len(incidents(held)) >= 2
    ]
    adults = _grouped(_sorted(seen), lambda one: tuple(str(adult) for adult in one.adults))
    found += [
        Pattern(kind=PatternKind.SAME_ADULT, about=adult, evidence=tuple(held))
        for adult, held in adults.items()
        if len(held) >= 2
    ]
    low = _grouped(_sorted(one for one in seen if one.low_level), lambda one: tuple(str(adult) for adult in one.adults))
    found += [
        Pattern(kind=PatternKind.LOW_LEVEL, about=adult, evidence=tuple(held))
        for adult, held in low.items()
        if len(held) >= 2
    ]
    late = tuple(one for one in recent if one.delay is not None and one.delay > _LATE)
    return [*found, *([Pattern(kind=PatternKind.LATE, about="", evidence=late)] if len(late) >= 2 else [])]


def _accumulates(child: PupilId, own: Sequence[Seen], at: datetime) -> Pattern | None:
    """Three or more in a fortnight, whatever was judged of each: judging one takes none out of the evidence."""
    held = tuple(one for one in own if at - one.at <= _FORTNIGHT)
    return Pattern(kind=PatternKind.ACCUMULATES, about=str(child), evidence=held) if len(held) >= 3 else None


def _level_rises(child: PupilId, own: Sequence[Seen], at: datetime) -> Pattern | None:
    """What was judged last is graver than what was judged before it, within a term."""
    judged = [one for one in own if one.level is not None and at - one.at <= _TERM]
    held = tuple(judged[-2:])
    rises = len(held) == 2 and _grave(held[0]) < _grave(held[1])
    return Pattern(kind=PatternKind.LEVEL_RISES, about=str(child), evidence=held) if rises else None


def _grave(one: Seen) -> int:
    return list(Level).index(one.level) if one.level else 0


def _no_voice(child: PupilId, own: Sequence[Seen], at: datetime) -> Pattern | None:
    del at
    held = tuple(own[-_UNTOLD:])
    missing = len(held) == _UNTOLD and not any(one.voice for one in held)
    return Pattern(kind=PatternKind.NO_VOICE, about=str(child), evidence=held) if missing else None


def _no_parents(child: PupilId, own: Sequence[Seen], at: datetime) -> Pattern | None:
    del at
    held = tuple(own[-_UNTOLD:])
    missing = len(held) == _UNTOLD and not any(one.parents for one in held)
    return Pattern(kind=PatternKind.NO_PARENTS, about=str(child), evidence=held) if missing else None


def _rising(child: PupilId, own: Sequence[Seen], at: datetime) -> Pattern | None:
    """Three or more in four weeks, and at least twice as many as in the four weeks before."""
    now = tuple(one for one in own if at - one.at <= _MONTH)
    before = [one for one in own if _MONTH < at - one.at <= 2 * _MONTH]
    rises = len(now) >= 3 and bool(before) and len(now) >= 2 * len(before)
    return Pattern(kind=PatternKind.RISING, about=str(child), evidence=now) if rises else None


_OF_CHILD: tuple[Callable[[PupilId, Sequence[Seen], datetime], Pattern | None], ...] = (
    _accumulates,
    _level_rises,
    _no_voice,
    _no_parents,
    _rising,
)


def _siblings(
    child: PupilId, own: Sequence[Seen], seen: Sequence[Seen], siblings: frozenset[PupilId], at: datetime
) -> list[Pattern]:
    """A brother or sister has a concern in the same four weeks, and it is another one."""
    mine = {one.id for one in own}
    theirs = [one for one in _sorted(seen) if one.children & siblings and one.id not in mine and at - one.at <= _MONTH]
    now = [one for one in own if at - one.at <= _MONTH]
    if not theirs or not now:
        return []
    return [Pattern(kind=PatternKind.SIBLINGS, about=str(child), evidence=tuple(_sorted([*now, *theirs])))]


def incidents(seen: Sequence[Seen]) -> list[list[Seen]]:
    """What may be one thing that happened, told by several: within a day, and of a child in common. One incident with
    several children is no pattern."""
    found: list[list[Seen]] = []
    for one in _sorted(seen):
        same = next((held for held in found if one.at - held[0].at <= _DAY and one.children & _children(held)), None)
        if same is None:
            found.append([one])
        else:
            same.append(one)
    return found


def _children(seen: Sequence[Seen]) -> frozenset[PupilId]:
    return frozenset[PupilId]().union(*(one.children for one in seen))


def _grouped(seen: Sequence[Seen], by: Callable[[Seen], tuple[str, ...]]) -> Mapping[str, list[Seen]]:
    groups: dict[str, list[Seen]] = {}
    for one in seen:
        for key in by(one):
            groups.setdefault(key, []).append(one)
    return groups


def _sorted(seen: Iterable[Seen]) -> list[Seen]:
    return sorted(seen, key=lambda one: (one.at, one.reference))
