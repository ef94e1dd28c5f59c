"""From a notice to the card that it stands for, drawn by the wing whose it is from the state as it is now."""

from datetime import datetime

from handlers import notices, wings
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.ui.card import Card


async def draw(uow: UnitOfWork, notice: Notice, *, at: datetime) -> Card | None:
    """The card, or None where there is nothing to show that person any more: a newer message may stand in its place."""
    return None if await notices.is_replaced(uow, notice) else await wings.DRAWS[notice.kind](uow, notice, at)
