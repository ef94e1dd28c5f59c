"""Chases what an owned concern waits for: an offer, a decision, a second reader, a sign-off, a review; or who left.

As `chasing`: a query over the state, each step once, one concern in one transaction of its own.
"""

from collections.abc import Sequence
from datetime import datetime

from handlers import board_standing, notices, ticking
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.rules import case_clocks, routing
from handlers.rules.case_clocks import Step, Whom
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, Status
from handlers.rules.people import Person
from handlers.triage import away


async def chase_owned(units: UnitsOfWork, *, at: datetime) -> int:
    """Carry every owned concern to the step that is due; returns how many were chased."""

    async def find(uow: UnitOfWork) -> list[ConcernId]:
        return [concern.id for concern in await uow.concerns.open() if await _anything_due(uow, concern, at=at)]

    return await ticking.each(units, find, lambda uow, one: _chase(uow, one, at=at))


async def _anything_due(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    """Whether it is worth a transaction of its own."""
    if concern.owner is None:
        return False
    calendar = uow.school.calendar
    here = {person.id for person in await uow.people.all()}
    lapsed = (ends := case_clocks.offer_ends(concern, calendar)) is not None and ends <= at
    due = {step.name for step in case_clocks.due_steps(concern, calendar, at=at)}
    fresh = bool(due) and not due <= set(await uow.steps.taken(concern.id))
    return lapsed or fresh or concern.owner not in here


async def _chase(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    if concern is None or concern.owner is None or concern.status is Status.CLOSED:
        return False
    lapsed = await _lapse(uow, concern, at=at)
    left = await _left(uow, concern, at=at)
    return await _remind(uow, concern, at=at) or lapsed or left


async def _lapse(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    """Nobody answered the offer in time: it stays with its owner, who is told."""
    ends = case_clocks.offer_ends(concern, uow.school.calendar)
    if ends is None or ends > at:
        return False
    facts = {"to": str(concern.offered_to)}
    kept = concern.withdraw_offer()
    await record(uow, kept, because=Entry(deed=Deed.OFFER_LAPSED, at=at, by=None, thing=concern.id, facts=facts))
    owner = await _people(uow, concern, Whom.OWNER)
    await notices.tell(uow, NoticeKind.CHASE, owner, concern.id, step=f"lapsed_{kept.version}")
    return True


async def _left(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    """Its owner is no longer here: everyone who receives it is told, once."""
    owner = await uow.people.get(concern.owner) if concern.owner else None
    if (owner is not None and owner.active) or not await uow.steps.take(concern.id, f"left:{concern.owner}", at=at):
        return False
    facts = {"step": "owner_left"}
    await uow.trail.append(Entry(deed=Deed.CHASED, at=at, by=None, thing=concern.id, facts=facts))
    await notices.tell(uow, NoticeKind.CHASE, await _people(uow, concern, Whom.LEADS), concern.id, step="owner_left")
    return True


async def _remind(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    due = case_clocks.due_steps(concern, uow.school.calendar, at=at)
    fresh = [step for step in due if await uow.steps.take(concern.id, step.name, at=at)]
    if not fresh:
        return False
    reached = fresh[-1].name
    facts = {"step": reached}
    await uow.trail.append(Entry(deed=Deed.CHASED, at=at, by=None, thing=concern.id, facts=facts))
    told = [*await _told(uow, concern, fresh), await away.cover_of(uow, concern, at=at)]
    await notices.tell(uow, NoticeKind.CHASE, {one.id: one for one in told if one}.values(), concern.id, step=reached)
    await board_standing.follow(uow, concern)
    return True


async def _told(uow: UnitOfWork, concern: Concern, steps: Sequence[Step]) -> Sequence[Person]:
    groups = [await _people(uow, concern, step.whom) for step in steps]
    return list({person.id: person for group in groups for person in group}.values())


async def _people(uow: UnitOfWork, concern: Concern, whom: Whom) -> Sequence[Person]:
    owner = await uow.people.get(concern.owner) if concern.owner else None
    here = [person for person in await uow.people.all() if routing.receives(concern, person)]
    match whom:
        case Whom.OWNER:
            return [owner] if owner is not None and owner in here else here
        case Whom.OTHERS:
            return [p for p in here if p.id not in {concern.decided_by, concern.close_proposed_by}] or here
        case Whom.LEADS:
            return here
