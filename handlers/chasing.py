"""Chases what is left undone: concerns that nobody has accepted, actions that are overdue.

Overdue is a query over the state as it is now. Each step is taken once, whoever ticks and however often; after days
down everyone is told once, at the step that has been reached. No transaction is open while presence is asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from handlers import notices
from handlers.errors import MovedOn
from handlers.ports import Directory, Kind, Undelivered, UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.rules import clocks
from handlers.rules.action import Action, ActionId
from handlers.rules.chronology import Deed, Entry
from handlers.rules.clocks import Nudge, Step
from handlers.rules.concern import Concern, ConcernId, Urgency
from handlers.rules.people import Account, Person, PersonId
from handlers.rules.routing import Rung
from handlers.rules.school import SchoolId

Directories = Mapping[str, Directory]
"""By platform; one that is missing knows of nobody's absence."""


async def chase_unaccepted(units: UnitsOfWork, directories: Directories, *, at: datetime) -> int:
    """Carry every unaccepted concern to the step that is due; returns how many were chased."""
    chased = 0
    for school in units.schools():
        async with units(school) as uow:
            waiting = [concern.id for concern in await uow.concerns.unaccepted()]
        for id in waiting:
            away = await _away(units, school, id, directories)
            chased += await _chase(units, school, id, away, at=at)
    return chased


async def _chase(
    units: UnitsOfWork, school: SchoolId, id: ConcernId, away: Collection[PersonId], *, at: datetime
) -> bool:
    """One concern in one transaction of its own; one that moves meanwhile is looked at again at the next tick."""
    try:
        async with units(school) as uow:
            concern = await uow.concerns.get(id)
            if concern is None or concern.owner is not None:
                return False
            passed = await _pass_over(uow, concern, away, at=at)
            return await _climb(uow, passed or concern, at=at) or passed is not None
    except MovedOn:
        return False


async def _climb(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    due = clocks.due_steps(concern, uow.school.calendar, at=at)
    fresh = [step for step in due if await uow.steps.take(concern.id, step.name, at=at)]
    if not fresh:
        return False
    reached = fresh[-1].name
    carried = concern.carry_to(max(step.rung for step in fresh), at=at)
    facts = {"step": reached, "rung": str(carried.rung)}
    await record(uow, carried, because=Entry(deed=Deed.CHASED, at=at, by=None, thing=concern.id, facts=facts))
    await notices.tell(uow, Kind.CHASE, await _told(uow, carried, fresh), concern.id, step=reached)
    return True


async def _told(uow: UnitOfWork, concern: Concern, steps: Sequence[Step]) -> Sequence[Person]:
    """Everyone whom those steps reach, each once."""
    pools = [await notices.pool(uow, concern, step.rung) for step in steps]
    return list({person.id: person for pool in pools for person in pool}.values())


async def _pass_over(
    uow: UnitOfWork, concern: Concern, away: Collection[PersonId], *, at: datetime
) -> Concern | None:
    """Go to the next rung at once where everyone on this one is out of office; kept in the trail."""
    here = await notices.pool(uow, concern, concern.rung)
    if not here or not all(person.id in away for person in here):
        return None
    step = f"passed_over_{concern.rung}"
    if not await uow.steps.take(concern.id, step, at=at):
        return None
    carried = concern.carry_to(concern.rung + 1, at=at)
    facts = {"rung": str(carried.rung), "away": " ".join(str(person.id) for person in here)}
    entry = Entry(deed=Deed.PASSED_OVER, at=at, by=None, thing=concern.id, facts=facts)
    await record(uow, carried, because=entry)
    await notices.tell(uow, Kind.CHASE, await notices.pool(uow, carried, carried.rung), concern.id, step=step)
    saved = await uow.concerns.get(concern.id)
    return saved or carried


async def _away(
    units: UnitsOfWork, school: SchoolId, id: ConcernId, directories: Directories
) -> frozenset[PersonId]:
    """Who of those asked to accept an urgent concern is out of office; a platform that does not answer knows nobody."""
    async with units(school) as uow:
        concern = await uow.concerns.get(id)
        if concern is None or concern.urgency is not Urgency.NOW or concern.rung >= Rung.HEAD:
            return frozenset()
        here = await notices.pool(uow, concern, concern.rung)
        accounts = {person.id: await uow.people.accounts(person.id) for person in here}
    users = {platform: await _out_of_office(directories, platform, accounts) for platform in directories}
    return frozenset(
        person for person, held in accounts.items() if any(a.user in users.get(a.platform, frozenset()) for a in held)
    )


async def _out_of_office(
    directories: Directories, platform: str, accounts: Mapping[PersonId, Sequence[Account]]
) -> frozenset[str]:
    asked = [account.user for held in accounts.values() for account in held if account.platform == platform]
    try:
        return await directories[platform].away(asked) if asked else frozenset()
    except Undelivered:
        return frozenset()


async def chase_actions(units: UnitsOfWork, *, at: datetime) -> int:
    """Nudge who owes an action; from two working days on tell the concern's owner, from three the leads."""
    nudged = 0
    for school in units.schools():
        async with units(school) as uow:
            owed = [action.id for action in await uow.actions.open()]
        for id in owed:
            async with units(school) as uow:
                nudged += await _nudge(uow, id, at=at)
    return nudged


async def _nudge(uow: UnitOfWork, id: ActionId, *, at: datetime) -> bool:
    action = await uow.actions.get(id)
    concern = await uow.concerns.get(action.concern) if action else None
    if action is None or concern is None:
        return False
    due = clocks.due_nudges(action, uow.school.calendar, at=at)
    fresh = [nudge for nudge in due if await uow.steps.take(id, nudge.value, at=at)]
    if not fresh:
        return False
    facts = {"action": str(id), "step": fresh[-1].value}
    await uow.trail.append(Entry(deed=Deed.NUDGED, at=at, by=None, thing=concern.id, facts=facts))
    await _tell_who_owes(uow, action, fresh[-1])
    above = await _above(uow, concern, action, fresh)
    await notices.tell(uow, Kind.OVERDUE, above, id, step=fresh[-1].value)
    await notices.refresh(uow, concern)
    return True


async def _tell_who_owes(uow: UnitOfWork, action: Action, nudge: Nudge) -> None:
    owner = await uow.people.get(action.owner)
    if owner is not None and owner.active:
        await notices.tell(uow, Kind.ACTION, (owner,), action.id, step=nudge.value)


async def _above(
    uow: UnitOfWork, concern: Concern, action: Action, fresh: Collection[Nudge]
) -> Sequence[Person]:
    """Who else is told, each once: the concern's owner, later all who receive it; at once if who owes it has left."""
    owner = await uow.people.get(action.owner)
    left = owner is None or not owner.active
    told: list[Person] = []
    if left or {Nudge.PLUS_2, Nudge.PLUS_3} & set(fresh):
        holder = await uow.people.get(concern.owner) if concern.owner else None
        told += [holder] if holder else []
    if Nudge.PLUS_3 in fresh:
        told += await notices.first_told(uow, concern)
    return list({person.id: person for person in told if person.id != action.owner}.values())
