"""Whom to ring: names with their telephone numbers, whoever is away after everybody who is here. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from handlers.rules.calendar import Calendar
from handlers.rules.people import Person, PersonId
from handlers.ui import say

NO_NUMBER = "no number given"
Pair: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    here: tuple[Pair, ...] = ()
    away: tuple[Pair, ...] = ()
    """Each says until when."""

    def __bool__(self) -> bool:
        return bool(self.here or self.away)

    def with_outside(self, outside: Pair) -> tuple[Pair, ...]:
        """The outside number before whoever is away."""
        return (*self.here, *([outside] if outside[1] else []), *self.away)

    def listed(self) -> tuple[Pair, ...]:
        return (*self.here, *self.away)

    def given(self) -> "Numbers":
        """Those of whom a number is kept."""
        return Numbers(here=_given(self.here), away=_given(self.away))


NOBODY = Numbers()


def numbers(
    people: Iterable[Person], names: Mapping[PersonId, str], away: Mapping[PersonId, date], calendar: Calendar
) -> Numbers:
    """Each in the order given. `away`: the last day of whoever is away now."""
    here: list[Pair] = []
    gone: list[Pair] = []
    for one in people:
        name, last = names.get(one.id, one.name), away.get(one.id)
        until = "" if last is None else f" (away until {say.date_of(last, calendar)})"
        (here if last is None else gone).append((f"{name}{until}", one.telephone or NO_NUMBER))
    return Numbers(here=tuple(here), away=tuple(gone))


def _given(pairs: Sequence[Pair]) -> tuple[Pair, ...]:
    return tuple(pair for pair in pairs if pair[1] != NO_NUMBER)
