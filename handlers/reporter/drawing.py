"""The reporter's own cards: what is not sent, the receipt, a duty of theirs."""

from datetime import datetime

from handlers import notices
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.reporter import danger, duty_chasing, raising, ringing, unsent
from handlers.reporter.receipt_card import MOVED, receipt_card
from handlers.rules.authority import Doing, may
from handlers.rules.concern import ConcernId, ReporterAs
from handlers.ui.card import Card


async def draw_draft(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await unsent.draw(uow, notice, at=at)


async def draw_receipt(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Nothing to a reporter who is named in it by now: they lose it as everybody does."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reporter = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return None
    now = await notices.situation(uow, concern, at=at)
    waits = concern.owner is None and concern.reporter_as is ReporterAs.STAFF
    shown = await danger.for_the_receipt(uow, concern.id, at=at) if waits else ""
    moved = notice.step.startswith(MOVED) and waits
    return receipt_card(concern, now, proof=await raising.raised_proof(uow, concern), danger=shown, moved=moved)


async def draw_ring(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Of a concern, or of what somebody is still writing because somebody may be in danger."""
    concern = await uow.concerns.get(ConcernId(notice.subject))
    return await ringing.draw(uow, notice, concern, at=at) if concern else await danger.draw_ring(uow, notice, at=at)


async def draw_duty(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reader = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reader is None:
        return None
    return await duty_chasing.draw(uow, notice, concern, reader, at=at)
