"""The names of the staff, of those who have left too: the record keeps names. Only choosing is limited to who is here.

Every name of a member of staff that is shown comes from here; a test holds that.
"""

from collections.abc import Mapping
from uuid import UUID

from handlers.ports import UnitOfWork
from handlers.rules.people import PersonId
from handlers.ui import who

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
