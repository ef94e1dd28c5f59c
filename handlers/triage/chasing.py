"""Chases what is left undone: concerns that nobody has accepted. At home time one of "today" counts as "now".

Overdue is a query over the state as it is now. Each step is taken once, whoever ticks and however often; after days
down everyone is told once, at the step that has been reached. No transaction is open while presence is asked for.
"""

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from datetime import datetime

from handlers import notices, staff, ticking, waking
from handlers.notice import NoticeKind
from handlers.platform_ports import Directory, Undelivered
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.recording import record
from handlers.rules import clocks, home_time, routing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.clocks import Step
from handlers.rules.concern import Concern, ConcernId, Urgency
from handlers.rules.people import Login, Person, PersonId
from handlers.rules.routing import Rung
from handlers.rules.school import SchoolId

Directories = Mapping[str, Directory]
"""By platform; one that is missing knows of nobody's absence."""


async def chase_unaccepted(units: UnitsOfWork, directories: Directories, *, at: datetime) -> int:
    """Carry every unaccepted concern to the step that is due; returns how many were chased."""

    async def find(uow: UnitOfWork) -> list[tuple[ConcernId, frozenset[PersonId]]]:
        unaccepted = await uow.concerns.unaccepted()
        await uow.steps.taken_of([concern.id for concern in unaccepted])
        people = await uow.people.all() if unaccepted else ()
        away = frozenset(await staff.away_now(uow, people, at=at))
        said = away | await notices.out_of_reach(uow, people)
        return [(one.id, said) for one in unaccepted if said or await _any_step(uow, one, at=at)]

    async def one(school: SchoolId, waiting: tuple[ConcernId, frozenset[PersonId]]) -> bool:
        id, said = waiting
        away = said | await _away(units, school, id, directories)
        async with units(school) as uow:
            return await _chase(uow, id, away, at=at)

    return await ticking.each_apart(units, find, one)


async def _any_step(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    """Whether it is worth its own transaction; one of "now" always is, for who is out of office is asked afresh."""
    taken = await uow.steps.taken(concern.id)
    since = clocks.waits_since(concern, taken)
    calendar = uow.school.calendar
    due = {step.name for step in clocks.due_steps(concern, calendar, at=at, since=since)}
    due |= {name for name, moment in _expectations(uow, concern, since=since) if moment <= at}
    bell = home_time.wakes_at(concern, calendar, since=since)
    rings = bell is not None and bell <= at
    return rings or concern.urgency is Urgency.NOW or (bool(due) and not due <= set(taken))


def _expectations(uow: UnitOfWork, concern: Concern, *, since: datetime) -> list[tuple[str, datetime]]:
    moments = clocks.expectations(concern, uow.school.calendar, since=since)
    return [(f"expected:{moment:%Y%m%dT%H%M}", moment) for moment in moments]


async def _chase(uow: UnitOfWork, id: ConcernId, away: Collection[PersonId], *, at: datetime) -> bool:
    concern = await uow.concerns.get(id)
    if concern is None or concern.owner is not None:
        return False
    woken = await waking.at_home_time(uow, concern, at=at)
    await _draw_the_receipt(uow, woken, at=at)
    passed = await _pass_over(uow, woken, away, at=at)
    return await _climb(uow, passed or woken, at=at) or passed is not None or woken is not concern


async def _draw_the_receipt(uow: UnitOfWork, concern: Concern, *, at: datetime) -> None:
    """What it told the reporter to expect has passed: it must not say so any more."""
    since = clocks.waits_since(concern, await uow.steps.taken(concern.id))
    passed = [name for name, moment in _expectations(uow, concern, since=since) if moment <= at]
    if [name for name in passed if await uow.steps.take(concern.id, name, at=at)]:
        await notices.refresh(uow, concern)


async def _climb(uow: UnitOfWork, concern: Concern, *, at: datetime) -> bool:
    since = clocks.waits_since(concern, await uow.steps.taken(concern.id))
    due = clocks.due_steps(concern, uow.school.calendar, at=at, since=since)
    fresh = [step for step in due if await uow.steps.take(concern.id, step.name, at=at)]
    if not fresh:
        return False
    reached = fresh[-1].name
    rung, told = await _reached(uow, concern, fresh)
    carried = concern.carry_to(rung, at=at)
    facts = {"step": reached, "rung": str(carried.rung)}
    await notices.tell(uow, NoticeKind.CHASE, told, concern.id, step=reached)  # first: the plain card gives way to it
    await record(uow, carried, because=Entry(deed=Deed.CHASED, at=at, by=None, thing=concern.id, facts=facts))
    await _tell_who_reported(uow, carried, step=reached)
    return True


async def _tell_who_reported(uow: UnitOfWork, concern: Concern, *, step: str) -> None:
    """Who waits for somebody today is told that a rung has passed; of what may wait longer the receipt says enough."""
    if concern.urgency in {Urgency.NOW, Urgency.TODAY} and not step.startswith(clocks.EACH_DAY):
        await notices.tell_who_reported(uow, concern, step=step)


async def _reached(uow: UnitOfWork, concern: Concern, steps: Sequence[Step]) -> tuple[int, Sequence[Person]]:
    """How far up those steps carry it, and everyone whom they reach, each once."""
    found = [await _of_step(uow, concern, step) for step in steps]
    people = {person.id: person for _, told in found for person in told}
    return max(rung for rung, _ in found), list(people.values())


async def _of_step(uow: UnitOfWork, concern: Concern, step: Step) -> tuple[int, Sequence[Person]]:
    """On another day everybody who has it by then, and not only whoever is new on that rung."""
    if not step.name.startswith(clocks.EACH_DAY):
        return await notices.chased(uow, concern, step.rung)
    rung = max(concern.rung, (await notices.chased(uow, concern, step.rung))[0])
    return rung, await notices.first_told(uow, concern.carry_to(rung, at=step.due))


async def _pass_over(
    uow: UnitOfWork, concern: Concern, away: Collection[PersonId], *, at: datetime
) -> Concern | None:
    """Go to the next rung at once where everyone on this one is out of office; kept in the trail."""
    here = await notices.pool(uow, concern, concern.rung) if concern.rung < Rung.HEAD else ()
    if not here or not all(person.id in away for person in here) or not await _anybody_else(uow, concern, away):
        return None
    step = f"passed_over_{concern.rung}"
    if not await uow.steps.take(concern.id, step, at=at):
        return None
    rung, told = routing.climbed(concern, concern.rung + 1, await uow.people.all())
    carried = concern.carry_to(rung, at=at)
    facts = {"rung": str(carried.rung), "away": " ".join(str(person.id) for person in here)}
    entry = Entry(deed=Deed.PASSED_OVER, at=at, by=None, thing=concern.id, facts=facts)
    await notices.tell(uow, NoticeKind.CHASE, told, concern.id, step=step)
    await record(uow, carried, because=entry)
    await _tell_who_reported(uow, carried, step=step)
    saved = await uow.concerns.get(concern.id)
    return saved or carried


async def _anybody_else(uow: UnitOfWork, concern: Concern, away: Collection[PersonId]) -> bool:
    """Whether somebody further up, as far as the head or whoever stands there, is here: else nobody is passed over."""
    people = await uow.people.all()
    pools = [routing.climbed(concern, rung, people)[1] for rung in range(concern.rung + 1, Rung.HEAD + 1)]
    return any(person.id not in away for pool in pools for person in pool)


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
    out = await _out_of_office(directories, {account for held in accounts.values() for account in held})
    return frozenset(person for person, held in accounts.items() if not out.isdisjoint(held))


async def _out_of_office(directories: Directories, accounts: Collection[Login]) -> frozenset[Login]:
    """Asked by platform and tenant."""
    found: set[Login] = set()
    for platform, tenant in sorted({(account.platform, account.tenant) for account in accounts}):
        there = {one.user: one for one in accounts if (one.platform, one.tenant) == (platform, tenant)}
        if directory := directories.get(platform):
            with suppress(Undelivered):
                found |= {there[user] for user in await directory.away(tenant, there.keys())}
    return frozenset(found)
