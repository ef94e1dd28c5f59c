"""Chases actions that are overdue: a query over the state, each step once, whoever ticks and however often."""

from collections.abc import Collection, Sequence
from datetime import datetime

from handlers import notices, ticking
from handlers.actions.giving import facts_of, watchers
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules import clocks
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.clocks import Nudge
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PersonId


async def chase_actions(units: UnitsOfWork, *, at: datetime) -> int:
    """Nudge who owes an action; from two working days on tell the concern's owner, from three the leads."""

    async def find(uow: UnitOfWork) -> list[ActionId]:
        here = {person.id for person in await uow.people.all()}
        owed = await uow.actions.open()
        taken = await uow.steps.taken_of([action.id for action in owed])
        return [
            action.id for action in owed
            if _any_nudge(uow, action, taken[action.id], at=at) or _moves(action, here, taken[action.id])
        ]

    return await ticking.each(units, find, lambda uow, one: _nudge(uow, one, at=at))


def _any_nudge(uow: UnitOfWork, action: Action, taken: Collection[str], *, at: datetime) -> bool:
    """Whether it is worth a transaction of its own."""
    due = {clocks.nudge_step(nudge, action) for nudge in clocks.due_nudges(action, uow.school.calendar, at=at)}
    return not due <= set(taken)


async def _nudge(uow: UnitOfWork, id: ActionId, *, at: datetime) -> bool:
    action = await uow.actions.get(id)
    concern = await uow.concerns.get(action.concern) if action else None
    if action is None or concern is None:
        return False
    orphaned = await _orphan(uow, concern, action, at=at) or await _is_back(uow, concern, action, at=at)
    due = clocks.due_nudges(action, uow.school.calendar, at=at)
    taken = frozenset(await uow.steps.taken(id) if due else ())
    fresh = [nudge for nudge in due if await _take(uow, action, nudge, taken, at=at)]
    if not fresh:
        return orphaned
    facts = {"action": str(id), "step": fresh[-1].value}
    await uow.trail.append(Entry(deed=Deed.NUDGED, at=at, by=None, thing=concern.id, facts=facts))
    step = clocks.nudge_step(fresh[-1], action)
    owner = await _who_can_do_it(uow, concern, action)
    await notices.tell(uow, NoticeKind.ACTION, (owner,) if owner else (), action.id, step=step)
    above = await _above(uow, concern, action, fresh, left=owner is None)
    await notices.tell(uow, NoticeKind.OVERDUE, above, id, step=step)
    await notices.refresh(uow, concern)
    return True


def _moves(action: Action, here: Collection[PersonId], taken: Collection[str]) -> bool:
    """Whether whoever owes it has left and that is not told yet, or is back again and that is not."""
    return (action.owner in here) is (_times(action, taken, _LEFT) > _times(action, taken, _BACK))


_LEFT, _BACK = "orphaned", "back"


def _times(action: Action, taken: Collection[str], what: str) -> int:
    """How often they have left, or come back, by the steps that were taken of it."""
    return sum(step.startswith(f"{what}:{action.owner}") for step in taken)


def _next(action: Action, taken: Collection[str], what: str) -> str:
    """The first without a number: so it stands in schools that have it already."""
    times = _times(action, taken, what)
    return f"{what}:{action.owner}" + (f":{times}" if times else "")


async def _orphan(uow: UnitOfWork, concern: Concern, action: Action, *, at: datetime) -> bool:
    """Whoever owes it has left: those who can give it to somebody else are told whose it was, once."""
    owner, taken = await uow.people.get(action.owner), await uow.steps.taken(action.id)
    told_already = _times(action, taken, _LEFT) > _times(action, taken, _BACK)
    if owner is None or owner.active or told_already:
        return False
    await uow.steps.take(action.id, _next(action, taken, _LEFT), at=at)
    facts = {**facts_of(action), "whose": str(owner.id), "why": "left"}
    await uow.trail.append(Entry(deed=Deed.ORPHANED, at=at, by=None, thing=concern.id, facts=facts))
    told = await watchers(uow, concern, action, less=owner)
    await notices.tell(uow, NoticeKind.ORPHANED, told, action.id, step=f"orphaned_{action.version}")
    await notices.redraw(uow, action.id)
    return True


async def _is_back(uow: UnitOfWork, concern: Concern, action: Action, *, at: datetime) -> bool:
    """They are on the staff list again, and nobody has it instead: it is theirs as before, and who was told is told."""
    owner, taken = await _who_can_do_it(uow, concern, action), await uow.steps.taken(action.id)
    if owner is None or _times(action, taken, _LEFT) <= _times(action, taken, _BACK):
        return False
    await uow.steps.take(action.id, _next(action, taken, _BACK), at=at)
    await notices.redraw(uow, action.id)
    await notices.tell(uow, NoticeKind.ACTION, (owner,), action.id)
    return True


async def _take(
    uow: UnitOfWork, action: Action, nudge: Nudge, taken: Collection[str], *, at: datetime
) -> bool:
    """Take that nudge under the moment it counts from. Where it was taken before names had one, that is the first."""
    step = clocks.nudge_step(nudge, action)
    if step in taken or (nudge.value in taken and action.chased_from() == await _first_due(uow, action)):
        return False
    return await uow.steps.take(action.id, step, at=at)


async def _first_due(uow: UnitOfWork, action: Action) -> datetime:
    """When it was due when it was given."""
    for line in await uow.trail.of(action.concern):
        if line.entry.deed is Deed.ASSIGNED and line.entry.facts.get("action") == str(action.id):
            return datetime.fromisoformat(line.entry.facts["due"])
    return action.due_at


async def _who_can_do_it(uow: UnitOfWork, concern: Concern, action: Action) -> Person | None:
    """Its owner; None where they have left, or the concern keeps them out by now."""
    owner = await uow.people.get(action.owner)
    able = owner is not None and owner.active and may(owner, Doing.FINISH_ACTION, concern, action)
    return owner if able else None


async def _above(
    uow: UnitOfWork, concern: Concern, action: Action, fresh: Collection[Nudge], *, left: bool
) -> Sequence[Person]:
    """Who else is told, each once: the concern's owner, later all who receive it; at once if who owes it has left."""
    told: list[Person] = []
    if left or {Nudge.PLUS_2, Nudge.PLUS_3} & set(fresh):
        holder = await uow.people.get(concern.owner) if concern.owner else None
        told += [holder] if holder else await notices.first_told(uow, concern)
    if Nudge.PLUS_3 in fresh:
        told += await notices.first_told(uow, concern)
    return list({person.id: person for person in told if person.id != action.owner}.values())
