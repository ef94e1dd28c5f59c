"""A courier that keeps what stands where, the post delivered through it, and what was posted read back."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import update

from handlers.platform_ports import Gone, Undelivered
from handlers.post.cards import draw
from handlers.post.deliveries import deliver_due
from handlers.rules.school import Place, PlaceKind
from handlers.ui.card import Buttons, Card
from handlers.ui.plain import nothing_here
from store.delivery_tables import outbox
from tests.handlers.school import LEADS_ON_SLACK, SCHOOL, Here, account


class Post:
    """A courier that keeps what stands in each place, and fails on order."""

    def __init__(self) -> None:
        self.standing: dict[str, tuple[Place, Card]] = {}
        self.faults: list[Undelivered] = []
        self.calls = 0
        self.unfit = ""
        """What is wrong with the leads' place, by its code: then it takes no card."""
        self.reads = True
        self.asked = 0
        """How often it was asked what stands."""
        self.worked_at: datetime | None = None

    def _trip(self, place: Place) -> None:
        self.calls += 1
        if self.faults and place == LEADS_ON_SLACK:
            raise self.faults.pop(0)

    def _stands(self, place: Place, message: str) -> bool:
        """A message is known in its own place alone."""
        return message in self.standing and self.standing[message][0] == place

    async def post(self, place: Place, card: Card) -> str:
        self._trip(place)
        await self.examine(place)
        message = f"m{self.calls}"
        self.standing[message] = (place, card)
        return message

    async def update(self, place: Place, message: str, card: Card) -> None:
        self._trip(place)
        if not self._stands(place, message):
            raise Gone("message_not_found")
        if card != nothing_here():
            await self.examine(place)
        self.standing[message] = (place, card)

    async def withdraw(self, place: Place, message: str) -> None:
        self._trip(place)
        if not self._stands(place, message):
            raise Gone("message_not_found")
        del self.standing[message]

    async def empty(self, place: Place, message: str) -> None:
        await self.update(place, message, nothing_here())

    async def examine(self, place: Place) -> None:
        if self.unfit and place == LEADS_ON_SLACK:
            raise Undelivered(self.unfit, final=True)

    async def find(self, place: Place, mark: str) -> Sequence[str]:
        """Where this platform can be asked (`reads`)."""
        self.asked += 1
        there = [(message, card) for message, (where, card) in self.standing.items() if where == place]
        return [message for message, card in there if card.mark == mark] if self.reads else ()

    def at(self, place: Place) -> list[Card]:
        return [card for where, card in self.standing.values() if where == place]


async def works(here: Here, post: Post, *, beyond: bool = False) -> None:
    """Carry what is due. `beyond`: a card is meant to be kept back, for it holds what chat may not."""
    await time_has_passed(here, post)
    while await deliver_due(here.units, {"slack": post}, at=here.at, mishap=here.desk.mishap):
        pass
    if not beyond:
        assert [one for one in here.mishaps if one.startswith("beyond-chat")] == []


async def time_has_passed(here: Here, post: Post) -> None:
    """A wait is measured by the database's own clock, which no test sets: as much less is left as `here` has moved."""
    since, post.worked_at = post.worked_at or here.at, here.at
    async with here.units._engine.begin() as connection:
        gone = int((here.at - since).total_seconds() * 1000)
        await connection.execute(update(outbox).values(due_ms=outbox.c.due_ms - gone))


def proof_on(post: Post) -> str:
    """The mark that the buttons of the card in the leads' channel carry."""
    parts = [part for card in post.at(LEADS_ON_SLACK) for part in card.parts]
    return next(part.buttons[0].proof for part in parts if isinstance(part, Buttons))


def chat_with(person) -> Place:
    return Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.PERSON, id=account(person).user)


async def delivered(here: Here):
    """Every notice that waits, with its card as it is drawn now; each stands where it was sent from then on."""
    found = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                card = await draw(uow, item.notice, at=here.at)
                if card is not None and not await uow.posts.find(item.notice):
                    await uow.posts.put(item.notice, f"m{item.id}")
                await uow.outbox.settle(item)
                found.append((item.notice, card))
    return found
