"""Board, huddle and digest."""

from datetime import date, datetime

from handlers import days_lists
from handlers.notice import Notice
from handlers.overview import board, digests, huddles
from handlers.ports import UnitOfWork
from handlers.ui.card import Card


async def draw_board(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await board.draw(uow, notice, at=at)


async def draw_huddle(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Of its own week alone: what lists a week that is over is not drawn as if it were this one's."""
    return await huddles.draw(uow, at=at) if notice.subject == days_lists.huddle(uow, _day(uow, at)) else None


async def draw_digest(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Of its own day alone, as above."""
    return await digests.draw(uow, at=at) if notice.subject == days_lists.digest(uow, _day(uow, at)) else None


def _day(uow: UnitOfWork, at: datetime) -> date:
    return at.astimezone(uow.school.calendar.zone).date()
