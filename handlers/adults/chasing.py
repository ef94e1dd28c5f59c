"""Chases the steps of an allegation: what is late is worked out from its record, and each step is taken once.

Its owner is told first, from the next working day all who receive it, then once in five working days until it is done.
That the LADO must be told is chased each working day, with the referrals.
"""

from collections.abc import Sequence
from datetime import datetime

from handlers import allegation as cases
from handlers import notices, ticking
from handlers.adults.card import step_due_card
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules import allegation, referral_clocks
from handlers.rules.allegation import Owed
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.ui.card import Card

_AGAIN = 5
"""Working days between two reminders, after the first two."""


async def chase_cases(units: UnitsOfWork, *, at: datetime) -> int:
    """Carry every allegation that is open to the step that is due; returns how many were chased."""

    async def find(uow: UnitOfWork) -> list[ConcernId]:
        return [concern.id for concern in await uow.concerns.open() if await _fresh(uow, concern, at=at)]

    return await ticking.each(units, find, lambda uow, one: _chase(uow, one, at=at))


async def late(uow: UnitOfWork, concern: Concern, *, at: datetime) -> dict[Owed, int]:
    """What is late, each with the working days since it was due; the earliest first."""
    if not allegation.is_about(concern) or concern.closed_at is not None:
        return {}
    case, told = await cases.case_of(uow, concern), await cases.told_at(uow, concern)
    calendar = uow.school.calendar
    owed = allegation.owed(case, ENGLAND.adults, calendar, told=told)
    days = {one: referral_clocks.days_late(one.due, calendar, at=at) for one in owed}
    return {one: count for one, count in days.items() if count is not None}


def reached(days: int) -> int:
    """The reminder that has been reached: on the first day, on the next, and once in five from then on."""
    return min(days, 1) if days < _AGAIN else days - days % _AGAIN


async def _fresh(uow: UnitOfWork, concern: Concern, *, at: datetime) -> set[str]:
    steps = {f"{one.name}:{reached(days)}" for one, days in (await late(uow, concern, at=at)).items()}
    return steps - set(await uow.steps.taken(concern.id)) if steps else set()


async def _chase(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    if concern is None:
        return False
    owed = await late(uow, concern, at=at)
    steps = [f"{one.name}:{reached(days)}" for one, days in owed.items()]
    fresh = [step for step in steps if await uow.steps.take(id, step, at=at)]
    if not fresh:
        return False
    entry = Entry(deed=Deed.ADULT_CHASED, at=at, by=None, thing=id, facts={"step": fresh[0]})
    await uow.trail.append(entry)
    told = await _told(uow, concern, days=max(owed.values()))
    await notices.tell(uow, NoticeKind.STEP_DUE, told, id, step=fresh[0])
    return True


async def _told(uow: UnitOfWork, concern: Concern, *, days: int) -> Sequence[Person]:
    """Whoever owns it; from the next day, and where nobody owns it, all who receive it."""
    owner = await uow.people.get(concern.owner) if concern.owner else None
    told = [owner] if owner is not None and may(owner, Doing.RUN_CASE, concern) else []
    if days or not told:
        told += [one for one in await notices.first_told(uow, concern) if may(one, Doing.RUN_CASE, concern)]
    return list({person.id: person for person in told}.values())


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    concern = await uow.concerns.get(ConcernId(notice.subject))
    reader = await uow.people.get(notice.to) if notice.to else None
    if concern is None or reader is None or not may(reader, Doing.RUN_CASE, concern):
        return None
    owed = await late(uow, concern, at=at)
    first = min(owed, key=lambda one: one.due) if owed else None
    return step_due_card(
        concern, await notices.situation(uow, concern, at=at), since=first.due if first else None,
        days=owed[first] if first else 0, reader=reader.id,
    )  # fmt: skip
