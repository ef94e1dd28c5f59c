"""What takes two: one proposes, another who may do it too answers, and what nobody answers lapses.

That it is proposed is an entry and is read back from there, so nothing is held up by it; a new proposal takes the place
of the one before, and that of somebody who has lost the concern since (named, sealed out, left) stands no longer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from handlers.ports import UnitOfWork
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Sealed
from handlers.rules.concern import CannotMove, Concern, SettledAlready
from handlers.rules.people import Person
from handlers.rules.two_people import lapses

TOO_LONG_AGO = "This was proposed too long ago. It can be proposed again."


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """What may be proposed of a concern."""

    proposed: Deed
    ends: Collection[Deed]
    """What settles it."""
    doing: Doing
    """What both must be allowed to do."""
    none: str
    """What is said where nobody has proposed it, or it is settled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    line: Sealed
    by: Person

    def lapsed(self, at: datetime) -> bool:
        return at >= lapses(self.line.entry.at)


async def pending(uow: UnitOfWork, matter: Matter, concern: Concern, *, at: datetime) -> Proposed | None:
    """What waits for an answer: nothing has settled it since, and its time is not over."""
    found = await _newest(uow, matter, concern)
    return found if found and not found.lapsed(at) else None


async def to_answer(
    uow: UnitOfWork, matter: Matter, concern: Concern, *, by: Person, at: datetime | None
) -> Proposed:
    """What that person may answer. `at` is given where they answer it; without, it is only shown to them again."""
    found = await _newest(uow, matter, concern)
    if found is None:
        raise SettledAlready(matter.none)
    if found.by.id == by.id:
        raise CannotMove("Somebody else must agree: not whoever proposed it.")
    if at is not None and found.lapsed(at):
        raise CannotMove(TOO_LONG_AGO)
    return found


async def _newest(uow: UnitOfWork, matter: Matter, concern: Concern) -> Proposed | None:
    told = [
        line
        for line in await uow.trail.of(concern.id, words=True)
        if line.entry.deed in {matter.proposed, *matter.ends} and "from" not in line.entry.facts
    ]
    if not told or told[-1].entry.deed is not matter.proposed or told[-1].entry.by is None:
        return None
    by = await uow.people.get(told[-1].entry.by)
    return Proposed(line=told[-1], by=by) if by and may(by, matter.doing, concern) else None
