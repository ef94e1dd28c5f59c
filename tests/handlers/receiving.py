"""A reporter's receipt: what it says, what waits to be sent, and the way of a concern that it tells of."""

from handlers import notices
from handlers.conversation import Tell
from handlers.notice import Notice, NoticeKind
from handlers.post.cards import draw
from handlers.recording import record
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Outcome
from handlers.ui.card import Buttons, Card, Facts, Press
from tests.handlers.school import LEE, SCHOOL, TESS, Here


def told(form) -> str:
    """Everything that a form or card says."""
    parts = form.parts if hasattr(form, "parts") else ()
    said = [getattr(part, "text", "") for part in parts]
    said += [f"{name}: {value}" for part in parts if isinstance(part, Facts) for name, value in part.pairs]
    return "\n".join(said)


def labels(card: Card) -> list[str]:
    return [button.label for part in card.parts if isinstance(part, Buttons) for button in part.buttons]


async def everything_waiting(here: Here) -> list:
    """Claim and settle until nothing is left: one notice a place comes at a time."""
    found = []
    while True:
        async with here.units(SCHOOL.id) as uow:
            claimed = await uow.outbox.claim(most=50)
            for item in claimed:
                await uow.outbox.settle(item)
        if not claimed:
            return found
        found += [item.notice for item in claimed]


async def receipt(here: Here, concern) -> Card:
    async with here.units(SCHOOL.id) as uow:
        notice = next(
            iter(n for n in await all_for(uow, here) if n.kind is NoticeKind.RECEIPT and n.subject == concern.id)
        )
        card = await draw(uow, notice, at=here.at)
    assert card is not None
    return card


async def all_for(uow, here) -> list:
    place = await notices.place_of(uow, TESS)
    return [Notice(kind=NoticeKind.RECEIPT, place=place, subject=c.id, to=TESS.id) for c in
            await uow.concerns.reported_by(TESS.id)]


async def decided_and_closed(here: Here, concern, *, minutes: int = 0) -> None:
    """By the rules themselves: which forms lead there is another test's matter."""
    for deed, move in (
        (Deed.DECIDED, lambda held: held.decide(Outcome.REFERRAL, by=LEE.id, at=here.at)),
        (Deed.CLOSED, lambda held: held.close(at=here.at, open_actions=0)),
    ):
        here.later(minutes=minutes)
        async with here.units(SCHOOL.id) as uow:
            held = await uow.concerns.get(concern.id)
            await record(uow, move(held), because=Entry(deed=deed, at=here.at, by=LEE.id, thing=concern.id))


async def adds(here, concern, more: str) -> None:
    form = await here.opens(TESS, Press.ADD, concern.id)
    assert isinstance(await here.send(TESS, form, {"more": more}), Tell)
