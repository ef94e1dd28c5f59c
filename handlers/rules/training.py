"""Which findings recur in which department, as counts of accounts. Pure; it has never seen a name or a word.

Small numbers are never told apart: what fewer than five accounts show is "fewer than 5", and a department is shown
by itself only with five accounts by three people or more, else it is counted with all the others.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from handlers.rules.calendar import Calendar, Term

FEWEST_ACCOUNTS = 5
FEWEST_WRITERS = 3
"""A department of one or two people would be a name by another word."""
MOST_KINDS = 3
TOGETHER = ""
"""The key of what is counted together: small departments and people of none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One account as the trail has it: who wrote it, where they work, what was found in it."""

    writer: UUID | None
    department: str
    kinds: frozenset[str]
    open: frozenset[str]
    """What it did not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One department. A number of None is fewer than five and more than none."""

    department: str
    accounts: int | None
    kinds: tuple[tuple[str, int | None], ...] = ()
    """The kinds found in most accounts, with in how many; at most three."""
    open: tuple[tuple[str, int | None], ...] = ()


@dataclass(slots=True)
class _Pile:
    accounts: list[Written] = field(default_factory=list[Written])

    def enough(self) -> bool:
        return len(self.accounts) >= FEWEST_ACCOUNTS and len({one.writer for one in self.accounts}) >= FEWEST_WRITERS


def rows(written: Iterable[Written]) -> tuple[Row, ...]:
    """By department in the order of the alphabet, what is counted together last."""
    piles: dict[str, _Pile] = {}
    for one in written:
        piles.setdefault(one.department.strip(), _Pile()).accounts.append(one)
    together = piles.pop(TOGETHER, _Pile())
    for name in [name for name, pile in piles.items() if not pile.enough()]:
        together.accounts += piles.pop(name).accounts
    shown = [_row(name, piles[name]) for name in sorted(piles, key=str.casefold)]
    if not together.accounts:
        return tuple(shown)
    return (*shown, _row(TOGETHER, together) if together.enough() else Row(department=TOGETHER, accounts=None))


def _row(name: str, pile: _Pile) -> Row:
    return Row(
        department=name,
        accounts=len(pile.accounts),
        kinds=_most(one.kinds for one in pile.accounts),
        open=_most(one.open for one in pile.accounts),
    )


def _most(found: Iterable[frozenset[str]]) -> tuple[tuple[str, int | None], ...]:
    """The commonest first; those of which there are few stand in the order of the alphabet, so it tells nothing."""
    counted = Counter(key for keys in found for key in keys)
    many = sorted((key for key, count in counted.items() if count >= FEWEST_ACCOUNTS), key=lambda k: (-counted[k], k))
    few = sorted(counted.keys() - set(many))
    return tuple((key, counted[key] if key in many else None) for key in [*many, *few][:MOST_KINDS])


def term_at(calendar: Calendar, day: date, *, back: int = 0) -> Term | None:
    """The term of that day, in the holidays the one before it; `back` terms earlier. None where there is none."""
    begun: Sequence[Term] = sorted((term for term in calendar.terms if term.first <= day), key=lambda term: term.first)
    return begun[-1 - back] if len(begun) > back else None
