"""The board: asked for by a command, by opening one's own page, by its button."""

from datetime import datetime
from uuid import UUID

from handlers.conversation import CommandTyped, HomeOpened, Reply, Tell
from handlers.counter import Counter
from handlers.overview import board
from handlers.ports import UnitOfWork
from handlers.rules.people import Person
from handlers.rules.school import Place, PlaceKind
from handlers.ui import plain
from handlers.ui.card import Press

BELOW = "Your board follows. It is kept up to date there; an older one further up is not."


async def asked(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern board`: in a window as it is now, in a chat as a card that stays and is kept up to date."""
    if inbound.in_chat and await board.put_at_the_end(uow, by=by):
        return Tell(plain.say(BELOW))
    return Tell(await board.board(uow, by=by, at=at))


async def mine(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern mine`: their own concerns and what they have not sent."""
    return Tell(await board.mine(uow, by=by, at=at))


async def home(uow: UnitOfWork, inbound: HomeOpened, by: Person, at: datetime) -> Reply:
    """Their own page: drawn now, and again whenever it may differ."""
    who = inbound.who
    place = Place(platform=who.platform, tenant=who.tenant, kind=PlaceKind.HOME, id=who.user)
    await board.keep(uow, place, by=by)
    return Tell(await board.board(uow, by=by, at=at))


async def _refresh(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return Tell(await board.board(uow, by=by, at=at))


COUNTER = Counter(presses={Press.BOARD: _refresh})
