"""The month's records to look at."""

from datetime import datetime

from handlers.notice import Notice
from handlers.oversight import quality
from handlers.ports import UnitOfWork
from handlers.ui.card import Card


async def draw_sample(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    lead = await uow.people.get(notice.to) if notice.to else None
    return await quality.draw_sample(uow, lead, at=at) if lead else None
