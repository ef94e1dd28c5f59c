"""A notice from outside (`/concern notice`): raised as a concern about the child, and known before the first lesson.

Nothing is owed to whoever gave it, so no clock of an agency runs. The leads are the school's key adults: they have it
as they have any concern, and where it came while school was closed they are told again before the first lesson.
"""

from datetime import datetime

from handlers import notices, ticking
from handlers.account.reported import Reported
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.reporter import raising
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.inbound import NOTICE, STEP, press_at
from handlers.rules.people import Person


async def raise_notice(
    uow: UnitOfWork, reported: Reported, *, id: ConcernId, by: Person, at: datetime
) -> raising.Raised:
    """Raise it, with the plain fact that it is a notice: that is all that its clock needs to know."""
    return await raising.raise_concern(uow, reported, id=id, by=by, at=at, codes={NOTICE: "yes"})


async def before_first_lesson(units: UnitsOfWork, *, at: datetime) -> int:
    """Tell those who receive a notice that nobody has taken on, half an hour before school opens; returns how many."""

    async def find(uow: UnitOfWork) -> list[ConcernId]:
        waiting = await uow.concerns.unaccepted()
        await uow.steps.taken_of([concern.id for concern in waiting])
        return [concern.id for concern in waiting if await _is_due(uow, concern, at=at)]

    return await ticking.each(units, find, lambda uow, one: _press(uow, one, at=at))


async def _is_due(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    due = press_at(uow.school.calendar, recorded=concern.submitted_at)
    if due is None or at < due or concern.owner is not None or STEP in await uow.steps.taken(concern.id):
        return False
    return any(line.entry.deed is Deed.RAISED and NOTICE in line.entry.facts for line in await uow.trail.of(concern.id))


async def _press(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    if concern is None or not await _is_due(uow, concern, at=at) or not await uow.steps.take(id, STEP, at=at):
        return False
    facts = {"step": STEP, "rung": str(concern.rung)}
    await uow.trail.append(Entry(deed=Deed.CHASED, at=at, by=None, thing=id, facts=facts))
    await notices.tell(uow, NoticeKind.CHASE, await notices.first_told(uow, concern), id, step=STEP)
    return True
