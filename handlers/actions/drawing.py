"""Draws an action's cards for whoever they stand before, from the state as it is now.

Whoever had it and has it no longer is told that and no more; whoever is named by now, or watched over it and may no
longer, loses the card itself.
"""

from datetime import datetime

from handlers import notices
from handlers.actions.card import AGAIN, EXTENDED, SENT_BACK, Watch, Watched, action_card, gone_card, watch_card
from handlers.actions.giving import done_by
from handlers.actions.moves import asked_for
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules import routing
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed
from handlers.ui.card import Card

WATCH = {
    NoticeKind.OVERDUE: Watch.OVERDUE,
    NoticeKind.VERIFY: Watch.DONE,
    NoticeKind.MORE_TIME: Watch.ASKED,
    NoticeKind.EXTENDED: Watch.EXTENDED,
    NoticeKind.ORPHANED: Watch.ORPHANED,
}

TOLD = {SENT_BACK: Deed.SENT_BACK, EXTENDED: Deed.EXTENDED, AGAIN: Deed.REASSIGNED}
"""What a message tells its owner of, by how its step begins."""


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    action = await uow.actions.get(ActionId(notice.subject))
    concern = await uow.concerns.get(action.concern) if action else None
    reader = await uow.people.get(notice.to) if notice.to else None
    if action is None or concern is None or reader is None:
        return None
    watches = notice.kind in WATCH
    doing = Doing.RUN_ACTION if watches else Doing.FINISH_ACTION
    theirs = reader.id == action.owner
    if not may(reader, doing, concern, action) or not (watches or theirs):
        return None if watches or reader.id in routing.conflicted(concern) else gone_card()
    now = await notices.situation(uow, concern, at=at)
    if not watches:
        return action_card(action, concern, now, step=notice.step, said=await _said(uow, action, notice.step))
    theirs = theirs or reader.id == await done_by(uow, action)
    asked, _ = await asked_for(uow, action)
    owner = await uow.people.get(action.owner)
    left = owner is not None and not owner.active
    able = owner is not None and not left and may(owner, Doing.FINISH_ACTION, concern, action)
    if notice.kind is NoticeKind.ORPHANED and able:
        return None  # they are back, or somebody else has it now
    watched = Watched(why=WATCH[notice.kind], theirs=theirs, left=left, asked=asked, step=notice.step)
    return watch_card(action, concern, now, watched)


async def _said(uow: UnitOfWork, action: Action, step: str) -> datetime | None:
    """When that was of which the step tells."""
    event, _, number = step.rpartition("_")
    for line in await uow.trail.of(action.concern) if event in TOLD else ():
        facts, which = line.entry.facts, line.entry.facts.get("extensions") or str(line.sequence)
        if line.entry.deed is TOLD[event] and facts.get("action") == str(action.id) and which == number:
            return line.entry.at
    return None
