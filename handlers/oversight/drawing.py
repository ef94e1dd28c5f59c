"""The month's records to look at."""

from datetime import datetime

from handlers.notice import Notice
from handlers.oversight import quality
from handlers.ports import UnitOfWork
from handlers.ui.card import Card


async def draw_sample(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Of its own month alone: what lists a month that is over is not drawn as if it were this one's."""
    lead = await uow.people.get(notice.to) if notice.to else None
    if notice.subject != quality.subject_of(uow, at):
        return None
    return await quality.draw_sample(uow, lead, at=at) if lead else None
