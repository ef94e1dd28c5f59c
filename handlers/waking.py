"""Nothing sleeps: a concern counts as "now", and everybody who has it is told, and who reported it whom to ring.

A ground for whoever finds that it must: the clock at home time, the reporter by what they add (`rules.home_time`).
"""

from datetime import datetime, timedelta

from handlers import notices
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.recording import record
from handlers.rules import home_time
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ReporterAs, Status
from handlers.rules.home_time import Why

_FIRST_RUNG = timedelta(minutes=5)
"""Later than this the rung that has been reached is told, and not that it began."""


async def at_home_time(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Concern:
    """The concern as it is when its bell has rung: for "now", or as it was where it may wait.

    It counts from the bell, also where nobody looked before now.
    """
    bell = home_time.wakes_at(concern, uow.school.calendar, since=await notices.waits_since(uow, concern))
    if bell is None or bell > at:
        return concern
    return await count_as_now(uow, concern, Why.BELL, since=bell, at=at)


async def count_as_now(uow: UnitOfWork, concern: Concern, why: Why, *, since: datetime, at: datetime) -> Concern:
    """It is "now" from `since`; who has it and who reported it are told by messages of their own."""
    if concern.status is Status.CLOSED:
        return concern
    await record(uow, home_time.wake(concern, since=since), because=because(concern, why, at=at))
    woken = await uow.concerns.get(concern.id) or concern
    if at < since + _FIRST_RUNG:
        await _tell(uow, woken, step=f"now_0:{since:%Y%m%dT%H%M}")
    return woken


async def _tell(uow: UnitOfWork, woken: Concern, *, step: str) -> None:
    """Its owner, where it has one, is told by the clock of what they owe."""
    if woken.owner is None:
        await notices.tell(uow, NoticeKind.CHASE, await notices.first_told(uow, woken), woken.id, step=step)
    if woken.owner is None or woken.reporter_as is ReporterAs.STAFF:
        await notices.tell_who_reported(uow, woken, step=step)


def because(concern: Concern, why: Why, *, at: datetime) -> Entry:
    """The entry that says why, and what was chosen."""
    facts = {"why": why.value, "urgency": concern.urgency.value}
    return Entry(deed=Deed.COUNTS_AS_NOW, at=at, by=None, thing=concern.id, facts=facts)
