"""Danger that is said and not sent yet climbs like "now" until one person says that they are on it.

Each step is taken once, whoever ticks; after the program was down everyone is told once, at the step that has come.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from handlers import notices, ticking
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.reporter import danger, unsent
from handlers.rules import clocks
from handlers.rules.chronology import Deed, Entry
from handlers.rules.clocks import Step


async def chase_danger(units: UnitsOfWork, *, at: datetime) -> int:
    """Carry what nobody is on to the step that is due; returns of how many somebody was told."""

    async def find(uow: UnitOfWork) -> Sequence[UUID]:
        taken = await uow.steps.taken_of(await uow.drafts.untouched(since=at))
        return [key for key, steps in taken.items() if "danger" in steps]

    return await ticking.each(units, find, lambda uow, key: _chase(uow, key, at=at))


async def _chase(uow: UnitOfWork, key: UUID, *, at: datetime) -> bool:
    draft, found = await uow.drafts.get(key), await danger.told(uow, key)
    if draft is None or found is None or found.accepted is not None or not unsent.warns(draft.answers):
        return False
    due = clocks.danger_steps(found.said, at=at)
    fresh = [step for step in due if await uow.steps.take(key, step.name, at=at)]
    if not fresh:
        return False
    reached = fresh[-1]
    facts = {"step": reached.name, "rung": str(int(max(step.rung for step in fresh)))}
    await uow.trail.append(Entry(deed=Deed.DANGER_CHASED, at=at, by=None, thing=key, facts=facts))
    writer = await uow.people.get(draft.owner)
    told = {
        person.id: person
        for step in _once_each(fresh)
        for person in await unsent.climbed(uow, draft.answers, step.rung, by=draft.owner)
    }
    await notices.tell(uow, NoticeKind.DANGER, told.values(), key, step=reached.name)
    await notices.tell(uow, NoticeKind.RING, [writer] if writer else [], key, step=reached.name)
    return True


def _once_each(steps: Sequence[Step]) -> Sequence[Step]:
    """One step for each rung."""
    return list({step.rung: step for step in steps}.values())
