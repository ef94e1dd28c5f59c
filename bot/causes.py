"""Before the desk: says of each request by which platform it came, and gives it an id that its entries share."""

from dataclasses import dataclass
from uuid import uuid4

from bot.front import FrontDesk
from handlers.conversation import Inbound, Reply, Who
from store.cause import caused_by

GATE = "gate"
"""Of what was turned away before anybody knew who it was."""


@dataclass(frozen=True, slots=True)
class Caused:
    """A desk whose entries say what caused them. The id is ours: nothing that was sent is in it."""

    desk: FrontDesk

    async def answer(self, inbound: Inbound, *, guest: bool = False) -> Reply:
        with caused_by(inbound.who.platform, uuid4().hex):
            return await self.desk.answer(inbound, guest=guest)

    async def turned_away(self, why: str, who: Who | None = None) -> None:
        with caused_by(who.platform if who else GATE, uuid4().hex):
            await self.desk.turned_away(why, who)
