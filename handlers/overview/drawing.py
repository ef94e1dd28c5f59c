"""Board, huddle and digest."""

from datetime import datetime

from handlers.notice import Notice
from handlers.overview import board, digests, huddles
from handlers.ports import UnitOfWork
from handlers.ui.card import Card


async def draw_board(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await board.draw(uow, notice, at=at)


async def draw_huddle(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await huddles.draw(uow, at=at)


async def draw_digest(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    return await digests.draw(uow, at=at)
