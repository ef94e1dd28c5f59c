"""Whether a notice that comes late still stands for something of its own. Everything else is in what its card says.

A message that chases is news while what it asks for is open; hours late it may be answered, or a later one of its kind
may stand behind it in the same chat. Such a one is not sent: whoever comes back to a platform after an outage reads
what is so, once.
"""

from handlers.notice import Notice, NoticeKind
from handlers.ports import Claimed, UnitOfWork
from handlers.triage import why
from handlers.ui import due
from handlers.ui.card import Card

_OF_A_DAY = frozenset({NoticeKind.DIGEST, NoticeKind.HUDDLE})
"""Drawn from how things stand when they are sent: the newest says it all."""
_LADDERS = frozenset({NoticeKind.RING, NoticeKind.DANGER, NoticeKind.OVERDUE, NoticeKind.DUTY, NoticeKind.REFER_DUE})
"""A later step says what an earlier one said, and how late it is by now."""
_ASKS = _LADDERS | {
    NoticeKind.CHASE, NoticeKind.ACTION, NoticeKind.VERIFY, NoticeKind.MORE_TIME, NoticeKind.EXTENDED,
    NoticeKind.ORPHANED, NoticeKind.SECOND, NoticeKind.SIGN_OFF, NoticeKind.MERGE, NoticeKind.REFERRAL,
}  # fmt: skip
"""Sent because something is asked of its reader."""


async def stands_for_itself(uow: UnitOfWork, item: Claimed, card: Card) -> bool:
    """Whether it is to be posted anew. One that stands already is drawn again in any case."""
    notice = item.notice
    if notice.kind in _ASKS and not due.asks(card):
        return False
    if notice.kind in _OF_A_DAY:
        return not await _is_followed(uow, item, of_its_subject=False)
    return not (_is_a_rung(notice) and await _is_followed(uow, item, of_its_subject=True))


async def _is_followed(uow: UnitOfWork, item: Claimed, *, of_its_subject: bool) -> bool:
    """Whether a newer message comes behind it. One that stands already and is only drawn again is none."""
    behind = await uow.outbox.behind(item, of_its_subject=of_its_subject)
    return any([not await uow.posts.find(one) for one in behind])


def _is_a_rung(notice: Notice) -> bool:
    return notice.kind in _LADDERS or (notice.kind is NoticeKind.CHASE and bool(why.not_accepted(notice.step)))
