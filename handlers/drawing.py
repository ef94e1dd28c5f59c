"""Draws the card that a notice stands for, from the state as it is now."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from handlers import concerns, digests, notices
from handlers.cards.action import action_card, overdue_card
from handlers.cards.model import Card
from handlers.cards.plain import alarm_card, danger_card
from handlers.cards.receipt import receipt_card
from handlers.cards.triage import triage_card
from handlers.ports import Kind, Notice, UnitOfWork
from handlers.rules.action import ActionId
from handlers.rules.authority import Relation, relations
from handlers.rules.concern import ConcernId

CHANNEL_ALARM = (
    "The leads' channel cannot be used: it is not private, has somebody in it who is not a lead, or the app is "
    "not in it. Cards are sent to each lead directly until it is put right. Ask your technician to run the check."
)


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """The card, or None where there is nothing to show that person any more."""
    return await _BY_KIND[notice.kind](uow, notice, at)


async def _triage(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    person = await uow.people.get(notice.to) if notice.to else None
    if concern is None or (person and Relation.NAMED in relations(person, concern)):
        return None
    now = await notices.situation(uow, concern, at=at)
    return triage_card(concern, now, chased=notice.kind is not Kind.TRIAGE)


async def _danger(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """What became of it once it has been sent; until then that somebody is writing."""
    if await uow.concerns.get(ConcernId(notice.subject)) is not None:
        return await _triage(uow, notice, at)
    return danger_card(notice.subject)


async def _receipt(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    if concern is None:
        return None
    now = await notices.situation(uow, concern, at=at)
    return receipt_card(concern, now, proof=await concerns.raised_proof(uow, concern))


async def _action(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    action = await uow.actions.get(ActionId(notice.subject))
    concern = await uow.concerns.get(action.concern) if action else None
    if action is None or concern is None:
        return None
    now = await notices.situation(uow, concern, at=at)
    if notice.kind is Kind.OVERDUE:
        return overdue_card(action, concern, now)
    return action_card(action, concern, now, step=notice.step)


async def _digest(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await digests.draw(uow, at=at)


async def _alarm(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return alarm_card(CHANNEL_ALARM)


_BY_KIND: dict[Kind, Callable[[UnitOfWork, Notice, datetime], Awaitable[Card | None]]] = {
    Kind.TRIAGE: _triage,
    Kind.CHASE: _triage,
    Kind.DANGER: _danger,
    Kind.RECEIPT: _receipt,
    Kind.ACTION: _action,
    Kind.OVERDUE: _action,
    Kind.DIGEST: _digest,
    Kind.ALARM: _alarm,
}
