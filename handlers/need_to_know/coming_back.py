"""Whoever left and is on the staff list again, under another key, is kept from what they were kept from before.

A concern names people by their keys. With a new one somebody would read what is about themselves, so whoever may be the
same person (`rules.same_person`) loses it as somebody who is too close to it, with that reason in its chronology.
"""

from datetime import datetime

from handlers import ticking
from handlers.need_to_know import naming
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules import routing, same_person
from handlers.rules.concern import Concern, ConcernId, ReporterAs
from handlers.rules.people import Person, PersonId

REASON = (
    "Somebody of this name, or with this e-mail address, was kept from it, and has left. They may be the same person."
)


async def name_again(units: UnitsOfWork, *, at: datetime) -> int:
    """Name them in each such concern, once; returns in how many."""

    async def find(uow: UnitOfWork) -> list[tuple[ConcernId, PersonId]]:
        pairs = same_person.back_again(await uow.people.ever())
        return [(one.id, here.id) for here, gone in pairs for one in await _kept_from(uow, gone) if _may_see(here, one)]

    async def name(uow: UnitOfWork, what: tuple[ConcernId, PersonId]) -> bool:
        concern, here = await uow.concerns.get(what[0]), await uow.people.get(what[1])
        if concern is None or here is None or not _may_see(here, concern):
            return False
        await naming.name_close(uow, concern, here, REASON, at=at)
        return True

    return await ticking.each(units, find, name)


async def _kept_from(uow: UnitOfWork, gone: Person) -> list[Concern]:
    """What names them, and what they reported as its subject or as a relative."""
    own = [one for one in await uow.concerns.reported_by(gone.id) if one.reporter_as is not ReporterAs.STAFF]
    return [*await uow.concerns.naming(gone.id), *own]


def _may_see(here: Person, concern: Concern) -> bool:
    return here.id not in routing.conflicted(concern) and concern.disposed_at is None
