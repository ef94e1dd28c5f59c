"""Chases what an owned concern waits for: an offer, a decision, a second reader, a sign-off, a review; or who left.

At home time, what its owner has neither decided nor said to be safe counts as "now", and climbs.
As `chasing`: a query over the state, each step once, one concern in one transaction of its own.
"""

from collections.abc import Sequence
from datetime import datetime

from handlers import board_standing, notices, ticking, waking
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.rules import case_clocks, clocks, home_time, routing
from handlers.rules.case_clocks import Step, Whom
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId, ReporterAs, Status
from handlers.rules.people import Person, PersonId
from handlers.triage import away


async def chase_owned(units: UnitsOfWork, *, at: datetime) -> int:
    """Carry every owned concern to the step that is due; returns how many were chased."""

    async def find(uow: UnitOfWork) -> list[ConcernId]:
        owned = [concern for concern in await uow.concerns.open() if concern.owner is not None]
        await uow.steps.taken_of([concern.id for concern in owned])
        return [concern.id for concern in owned if await _anything_due(uow, concern, at=at)]

    return await ticking.each(units, find, lambda uow, one: _chase(uow, one, at=at))


async def _anything_due(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    """Whether it is worth a transaction of its own."""
    calendar = uow.school.calendar
    lapsed = (ends := case_clocks.offer_ends(concern, calendar)) is not None and ends <= at
    lapsed = lapsed or not await _may_have_it(uow, concern, concern.offered_to)
    due = {step.name for step in case_clocks.due_steps(concern, calendar, at=at)}
    fresh = bool(due) and not due <= set(await uow.steps.taken(concern.id))
    bell = home_time.wakes_at(concern, calendar)
    able = await _may_have_it(uow, concern, concern.owner)
    return lapsed or fresh or not able or (bell is not None and bell <= at)


async def _may_have_it(uow: UnitOfWork, concern: Concern, id: PersonId | None) -> bool:
    """Whoever that is, if anybody, is here and receives such concerns."""
    person = await uow.people.get(id) if id else None
    return id is None or (person is not None and routing.receives(concern, person))


async def _chase(uow: UnitOfWork, id: ConcernId, *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    if concern is None or concern.owner is None or concern.status is Status.CLOSED:
        return False
    if await _gone(uow, concern, at=at):
        return True
    woken = await waking.at_home_time(uow, concern, at=at)
    lapsed = await _lapse(uow, woken, at=at)
    latest = await uow.concerns.get(id) or woken
    return await _remind(uow, latest, at=at) or lapsed or woken is not concern


async def _lapse(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    """Nobody answered the offer in time, or who should can have it no longer: it stays with its owner, who is told."""
    ends = case_clocks.offer_ends(concern, uow.school.calendar)
    offered = await uow.people.get(concern.offered_to) if concern.offered_to else None
    if ends is None or offered is None or (ends > at and routing.receives(concern, offered)):
        return False
    facts = {"to": str(offered.id)}
    kept = concern.withdraw_offer()
    lapsed = Entry(deed=Deed.OFFER_LAPSED, at=at, by=None, thing=concern.id, facts=facts)
    sealed = await record(uow, kept, because=lapsed)
    owner = await _people(uow, concern, Whom.OWNER)
    await notices.tell(uow, NoticeKind.CHASE, owner, concern.id, step=f"lapsed_{sealed.sequence}")
    return True


async def _gone(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Concern | None:
    """Its owner has left, or has it by their post no longer: it goes back to those who receive it, and says so."""
    owner = await uow.people.get(concern.owner) if concern.owner else None
    if owner is None or routing.receives(concern, owner):
        return None
    back = concern.without_owner()
    await uow.steps.take(concern.id, f"{clocks.RETURNED}{concern.version}", at=at)
    facts = {"whose": str(owner.id), "why": "post" if owner.active else "left"}
    gone = Entry(deed=Deed.OWNER_GONE, at=at, by=None, thing=concern.id, facts=facts)
    sealed = await record(uow, back, because=gone)
    told = await notices.first_told(uow, back)
    await notices.tell(uow, NoticeKind.CHASE, told, concern.id, step=f"owner_gone_{sealed.sequence}")
    return await uow.concerns.get(concern.id)


async def _remind(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    due = case_clocks.due_steps(concern, uow.school.calendar, at=at)
    fresh = [step for step in due if await uow.steps.take(concern.id, step.name, at=at)]
    if not fresh:
        return False
    reached = fresh[-1].name
    told = [*await _told(uow, concern, fresh), await away.cover_of(uow, concern, at=at)]
    found = [await notices.chased(uow, concern, step.rung) for step in fresh if step.rung is not None]
    told += [person for _, there in found for person in there]
    await notices.tell(uow, NoticeKind.CHASE, {one.id: one for one in told if one}.values(), concern.id, step=reached)
    await _carry(uow, concern, reached, [rung for rung, _ in found], at=at)  # after: the plain card gives way to that
    if concern.reporter_as is ReporterAs.STAFF and any(step.rung is not None for step in fresh):
        await notices.tell_who_reported(uow, concern, step=reached)
    await board_standing.follow(uow, concern)
    return True


async def _carry(uow: UnitOfWork, concern: Concern, reached: str, rungs: Sequence[int], *, at: datetime) -> None:
    """Keep what was reached, and carry it as far up as those rungs say."""
    entry = Entry(deed=Deed.CHASED, at=at, by=None, thing=concern.id, facts={"step": reached})
    if rungs:
        await record(uow, concern.carry_to(max(rungs), at=at), because=entry)
    else:
        await uow.trail.append(entry)


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
