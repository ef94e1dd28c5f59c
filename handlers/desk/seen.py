"""A client has a card of ours in front of somebody and asks how it stands: it is drawn as things are now.

Nobody has pressed anything, so nothing is done: but a card that we did not know of, sent before an answer was lost, is
known from now on, and of two in one channel one goes (`notices.seen`).
"""

from datetime import datetime

from handlers import notices, wings
from handlers.conversation import CardSeen, Reply, Tell
from handlers.errors import NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.rules.people import Person
from handlers.ui import plain
from handlers.ui.card import proved


async def take(uow: UnitOfWork, inbound: CardSeen, *, by: Person, at: datetime) -> Reply:
    """What stands in the channel, to who may read there. Raises `NoSuchConcern` to anybody else, and of any other card.
    """
    if by not in await notices.leads(uow) or (notice := await notices.seen(uow, inbound)) is None:
        raise NoSuchConcern
    card = await wings.DRAWS[notice.kind](uow, notice, at)
    if card is None:
        return Tell(plain.nothing_here())
    return Tell(proved(card, uow.posts.proof(notice)))
