"""The names of the staff, of those who have left too: the record keeps names. Only choosing is limited to who is here.
Their numbers, and who of them is away.

Every name of a member of staff that is shown comes from here; a test holds that.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from uuid import UUID

from handlers.ports import UnitOfWork
from handlers.rules.absence import Absence, latest
from handlers.rules.people import FINDERS, Person, PersonId
from handlers.ui import who
from handlers.ui.numbers import Numbers, numbers

UNKNOWN = "somebody who is not on the staff list"
"""For an id that never was on it: nobody is ever taken off it for good."""


async def names(uow: UnitOfWork) -> Mapping[PersonId, str]:
    """Everybody who works here or did, two of one name told apart by post."""
    return who.names(await uow.people.ever())


def name(known: Mapping[PersonId, str], id: PersonId | str) -> str:
    """The name of that person, by their id or by what an entry holds of it."""
    try:
        return known.get(PersonId(UUID(str(id))), UNKNOWN)
    except ValueError:
        return UNKNOWN


async def name_of(uow: UnitOfWork, id: PersonId | str) -> str:
    return name(await names(uow), id)


async def away(uow: UnitOfWork, person: PersonId, *, at: datetime, words: bool = False) -> Absence | None:
    """What they said last of being away, if it is not over: it may begin on a later day."""
    return latest(await uow.trail.of(person, words=words), at=at, zone=uow.school.calendar.zone)


async def away_now(uow: UnitOfWork, people: Collection[Person], *, at: datetime) -> Mapping[PersonId, Absence]:
    """Those of them who said so and are away now."""
    zone = uow.school.calendar.zone
    said = await absences(uow, people, at=at)
    return {id: absence for id, absence in said.items() if absence.now(at, zone)}


async def absences(uow: UnitOfWork, people: Collection[Person], *, at: datetime) -> Mapping[PersonId, Absence]:
    """What each of them said last of being away, where that is not over, asked in one statement."""
    said = await uow.trail.entries_of([person.id for person in people if person.among(FINDERS)])
    found = {PersonId(id): latest(lines, at=at, zone=uow.school.calendar.zone) for id, lines in said.items()}
    return {id: absence for id, absence in found.items() if absence is not None}


async def to_ring(
    uow: UnitOfWork, people: Collection[Person], *, less: PersonId | None = None, at: datetime
) -> Numbers:
    """Whom to ring of them, `less` whoever would ring: nobody who has left, and whoever is away last."""
    here = [person for person in people if person.active and person.id != less]
    last = {id: absence.last for id, absence in (await away_now(uow, here, at=at)).items()}
    return numbers(here, await names(uow), last, uow.school.calendar)
