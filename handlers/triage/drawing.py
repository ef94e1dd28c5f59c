"""The cards of a concern for those who receive it, drawn from the state as it is then."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

from handlers import notices, staff
from handlers.assurance.drill_card import drill_card
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.reporter import danger, unsent
from handlers.rules import routing
from handlers.rules.authority import Doing, Relation, may, relations
from handlers.rules.chronology import Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.situation import Situation
from handlers.triage import away, why
from handlers.triage.card import triage_card
from handlers.triage.why import Asked, Seen
from handlers.ui.card import Card


async def draw_triage(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    person = await uow.people.get(notice.to) if notice.to else None
    if concern is None or not await _has_it(uow, concern, person):
        return None
    now = await notices.situation(uow, concern, at=at)
    if concern.drill:
        return drill_card(concern, now)
    asked = await _asked(uow, notice, concern, now, person) if person else None
    return triage_card(concern, now, asked=asked)


async def _asked(uow: UnitOfWork, notice: Notice, concern: Concern, now: Situation, reader: Person) -> Asked | None:
    """Why this person has it as a message of their own; None for the card of the concern itself."""
    if notice.kind is NoticeKind.TRIAGE:
        return None
    step = notice.step or _AT_ONCE
    owner = await staff.name_of(uow, concern.owner) if concern.owner else ""
    seen = Seen(
        concern=concern, now=now, reader=reader.id, step=step, owner=owner,
        said=await _said(uow, concern, step),
    )  # fmt: skip
    return why.asked(seen)


_AT_ONCE = "now_0"
"""The step of a card that has none: somebody said that a child is in danger, and it has been sent since."""


async def _said(uow: UnitOfWork, concern: Concern, step: str) -> Entry | None:
    """The entry of what that step tells of: by its number, and for cards from before they had one the last of them."""
    event = why.EVENTS.get(why.event_of(step))
    if event is None:
        return None
    lines = [line for line in await uow.trail.of(concern.id) if line.entry.deed is event.deed]
    exactly = [line for line in lines if step.endswith(f"_{line.sequence}")]
    return (exactly or lines)[-1].entry if lines else None


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
        return await danger.draw(uow, notice)
    reader = await uow.people.get(notice.to) if notice.to else None
    if reader is not None and reader.id in routing.conflicted(became):
        return None
    if reader is not None and Relation.RECIPIENT not in relations(reader, became):
        return await unsent.waits_no_more(uow, notice)
    return await draw_triage(uow, replace(notice, subject=became.id), at)


def for_another(
    doing: Doing, card: Callable[[Concern, Situation], Card], *, waits: Callable[[Concern], bool]
) -> Callable[[UnitOfWork, Notice, datetime], Awaitable[Card | None]]:
    """A card for whoever may be the second person. Once that is settled it is the concern's own, where they have none
    elsewhere: it took that one's place."""

    async def drawn(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
        concern = await uow.concerns.get(ConcernId(notice.subject))
        reader = await uow.people.get(notice.to) if notice.to else None
        if concern is None or reader is None:
            return None
        able = may(reader, doing, concern)
        if not (able and waits(concern)) and not await notices.stands_in_the_leads_place(uow, concern):
            return await draw_triage(uow, notice, at)
        if not able:
            return None
        return card(concern, await notices.situation(uow, concern, at=at))

    return drawn


async def draw_cover(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await away.draw(uow, notice, at=at)
