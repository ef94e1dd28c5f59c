"""The window behind "Show all": its pages, and what is opened from it as if that line's own button had been pressed."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from handlers.conversation import NextPage, OpenForm, Reply
from handlers.counter import Counter, Filed, Pressed, Sent
from handlers.overview import lists
from handlers.ports import UnitOfWork
from handlers.rules.people import Person
from handlers.ui import keys, listing
from handlers.ui.card import Press, Words
from handlers.ui.form import Form

GONE = "Choose one from the list. What is not on it any more has been dealt with, or is not yours to see."


def counter(presses: Mapping[Press, Pressed]) -> Counter:
    """Its counter; `presses` are everybody's, for a line may open anything."""

    async def sent(uow: UnitOfWork, sent: Sent) -> Reply:
        inbound, which = sent.inbound, sent.inbound.values.get(listing.WHICH)
        if inbound.back or which == listing.NEXT:
            number = inbound.page + (-1 if inbound.back else 1)
            return NextPage(await lists.page(uow, inbound.key, number=number, by=sent.by, at=sent.at))
        found = await lists.of(uow, sent.id, by=sent.by, at=sent.at)
        pressed = listing.chosen(which)
        if pressed is None or which not in {listing.key_of(line) for listed in found for line in listed.lines}:
            return NextPage(_gone(await lists.page(uow, inbound.key, number=inbound.page, by=sent.by, at=sent.at)))
        reply = await presses[pressed[0]](uow, pressed[1], sent.by, sent.at)
        return NextPage(reply.form) if isinstance(reply, OpenForm) else reply

    form = Filed(take=sent, blank=lambda key, _: lists.blank(key), once=False)
    return Counter(presses={Press.LIST: _open}, forms={lists.ID: form})


def _gone(page: Form) -> Form:
    return replace(page, parts=(Words(text=GONE, alert=True), *page.parts))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await lists.page(uow, keys.key(subject), number=1, by=by, at=at))
