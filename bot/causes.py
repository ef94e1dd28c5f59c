"""Before the desk: says of each request by which platform it came, and gives it an id that its entries share; and whose
it is, to whoever measures it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from uuid import uuid4

from bot.front import FrontDesk
from bot.meters import is_of
from handlers.conversation import Inbound, Reply, Who
from handlers.rules.people import Login
from handlers.rules.school import SchoolId
from store.cause import caused_by

GATE = "gate"
"""Of what was turned away before anybody knew who it was."""


@dataclass(frozen=True, slots=True)
class Caused:
    """A desk whose entries say what caused them. The id is ours: nothing that was sent is in it."""

    desk: FrontDesk
    school_of: Callable[[Login], Awaitable[SchoolId | None]]

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        is_of(await self.school_of(inbound.who))
        with caused_by(inbound.who.platform, uuid4().hex):
            return await self.desk.answer(inbound, guest=guest)

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        with caused_by(who.platform if who else GATE, uuid4().hex):
            await self.desk.turned_away(why, who)
