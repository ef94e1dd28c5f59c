"""The whole of a list of which a card shows the first, for one person: read afresh, and only what they may see.

Which list it is, the press says by its subject (`ui.whole`). Changes nothing.
"""

from datetime import datetime
from uuid import UUID

from handlers.errors import NoSuchConcern
from handlers.overview import board, digests, huddles, names
from handlers.ports import UnitOfWork
from handlers.rules.people import FINDERS, Person, PersonId
from handlers.triage import away
from handlers.ui import keys, listing, whole
from handlers.ui.form import Form
from handlers.ui.lines import Listed, pressing_first

ID = "list"
TITLES = {
    whole.BOARD: "Your board",
    whole.MINE: "Your concerns",
    whole.DIGEST: "This morning",
    whole.HUDDLE: "This week",
}


async def page(uow: UnitOfWork, key: str, *, number: int, by: Person, at: datetime) -> Form:
    """Page `number` of the list that the key names, with whom each is about as far as they may read it.

    `NoSuchConcern` where it is not theirs.
    """
    lists = await of(uow, keys.subject(key), by=by, at=at)
    told = await names.of(uow, listing.on_page(lists, number), by=by, at=at)
    return listing.window(blank(key), lists, number=number, told=told)


def blank(key: str) -> Form:
    named = {str(subject): title for subject, title in TITLES.items()}
    return listing.blank(ID, key, named.get(key.partition(":")[0], "What is theirs"))


async def of(uow: UnitOfWork, subject: UUID, *, by: Person, at: datetime) -> list[Listed]:
    """The lists that have anything in them."""
    found = await _found(uow, subject, by=by, at=at)
    return [listed for listed in found if listed.lines]


async def _found(uow: UnitOfWork, subject: UUID, *, by: Person, at: datetime) -> list[Listed]:
    if subject == whole.BOARD:
        return (await board.waits(uow, by=by, at=at)).whole()
    if subject == whole.MINE:
        return await board.all_of_mine(uow, by=by, at=at)
    if subject not in (whole.DIGEST, whole.HUDDLE):
        return await _covered(uow, PersonId(subject), by=by, at=at)
    if not by.among(FINDERS):
        raise NoSuchConcern
    if subject == whole.DIGEST:
        return pressing_first((await digests.morning(uow, at=at, by=by)).lists())
    return pressing_first((await huddles.week(uow, at=at, by=by)).lists())


async def _covered(uow: UnitOfWork, person: PersonId, *, by: Person, at: datetime) -> list[Listed]:
    """What is left of what somebody owns who is away, for who covers for them."""
    await away.covered_by(uow, person, by, at=at)
    absent = await uow.people.get(person)
    if absent is None:
        raise NoSuchConcern
    return [Listed(title=f"You cover for {absent.name}", lines=await away.left_for(uow, absent, by, at=at))]
