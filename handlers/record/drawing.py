"""The card of what is shared with somebody."""

from datetime import datetime

from handlers import notices
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.record.share_card import share_card
from handlers.rules import routing
from handlers.rules.share import ShareId
from handlers.ui.card import Card


async def draw_share(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """Nothing to somebody who is named in it by now, or from whom it is sealed: not even that it ended."""
    given = await uow.shares.get(ShareId(notice.subject))
    concern = await uow.concerns.get(given.concern) if given else None
    if given is None or concern is None or given.to in routing.conflicted(concern):
        return None
    if concern.sealed and given.to not in concern.sealed_to:
        return None
    return share_card(given, concern, await notices.situation(uow, concern, at=at))
