"""The cards of a concern for those who receive it, drawn from the state as it is then."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from handlers import notices
from handlers.assurance.drill_card import drill_card
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.reporter import unsent
from handlers.rules import routing
from handlers.rules.authority import Doing, Relation, may, relations
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.situation import Situation
from handlers.triage import away
from handlers.triage.card import triage_card
from handlers.ui.card import Card


async def draw_triage(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    person = await uow.people.get(notice.to) if notice.to else None
    if concern is None or not await _has_it(uow, concern, person):
        return None
    now = await notices.situation(uow, concern, at=at)
    if concern.drill:
        return drill_card(concern, now)
    return triage_card(concern, now, chased=notice.kind is not NoticeKind.TRIAGE)


async def _has_it(uow: UnitOfWork, concern: Concern, person: Person | None) -> bool:
    """Whether its card may stand before that person, or (None) in the leads' place: asked afresh at each drawing."""
    if person is None:
        return routing.fits_the_leads_place(concern, await uow.people.all())
    if person.id in routing.conflicted(concern):
        return False
    return may(person, Doing.READ, concern) or person in await notices.first_told(uow, concern)


async def draw_danger(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """What became of it once it has been sent; until then that somebody is writing."""
    became = await unsent.what_became(uow, notice.subject)
    if became is None:
        return await unsent.danger(uow, notice)
    reader = await uow.people.get(notice.to) if notice.to else None
    if reader is not None and reader.id in routing.conflicted(became):
        return None
    if reader is not None and Relation.RECIPIENT not in relations(reader, became):
        return await unsent.waits_no_more(uow, notice)
    return await draw_triage(uow, replace(notice, subject=became.id), at)


def for_another(
    doing: Doing, card: Callable[[Concern, Situation], Card]
) -> Callable[[UnitOfWork, Notice, datetime], Awaitable[Card | None]]:
    """A card for whoever may be the second person, and for nobody else."""

    async def drawn(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
        concern = await uow.concerns.get(ConcernId(notice.subject))
        reader = await uow.people.get(notice.to) if notice.to else None
        if concern is None or reader is None or not may(reader, doing, concern):
            return None
        return card(concern, await notices.situation(uow, concern, at=at))

    return drawn


async def draw_cover(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await away.draw(uow, notice, at=at)
