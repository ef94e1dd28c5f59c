"""The reporter's own cards: what is not sent, the receipt, a duty of theirs."""

from datetime import datetime

from handlers import notices
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.reporter import danger, duties, raising, unsent
from handlers.reporter.duty_card import duty_card
from handlers.reporter.receipt_card import receipt_card
from handlers.rules.authority import Doing, may
from handlers.rules.concern import ConcernId, ReporterAs
from handlers.ui import say
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
    return receipt_card(concern, now, proof=await raising.raised_proof(uow, concern), danger=shown)


async def draw_duty(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reporter = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return None
    logged = (await notices.situation(uow, concern, at=at)).duty.logged_at
    shown = say.moment(logged, uow.school.calendar) if logged else ""
    return duty_card(concern, since=duties.due_on(notice.step, uow.school.calendar), logged=shown)
