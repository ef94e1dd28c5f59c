"""The only way to get hold of a concern on somebody's behalf. Not found, never forbidden."""

from datetime import datetime
from uuid import UUID

from handlers.errors import CannotBeRead, NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person
from handlers.rules.referral import ReferralId


async def concern_for(
    uow: UnitOfWork, id: ConcernId, doing: Doing, *, by: Person, at: datetime | None = None
) -> Concern:
    """The concern, for that doing, authority read afresh. Raises `NoSuchConcern` for none and for not theirs.

    `at` is given where somebody may come in by the emergency door (reading alone); it is looked for also where there is
    no such concern, so that both take as long.
    """
    concern = await uow.concerns.get(id)
    glass = at is not None and await _is_opened(uow, id, by=by, at=at)
    if concern is None or not may(by, doing, concern, glass=glass):
        raise NoSuchConcern
    return concern


async def may_read(uow: UnitOfWork, concern: Concern | None, *, by: Person, at: datetime) -> bool:
    """Whether they may read it now, by the emergency door too: for lists and searches, which raise nothing.

    The door is looked for also where there is no such concern.
    """
    glass = await _is_opened(uow, concern.id if concern else ConcernId(by.id), by=by, at=at)
    return concern is not None and may(by, Doing.READ, concern, glass=glass)


async def by_reference(uow: UnitOfWork, typed: str, *, by: Person, at: datetime) -> Concern | None:
    """The concern of that reference; what they may see of it is for the caller. Raises `CannotBeRead` to whoever may
    read one that is damaged: to them it must not look as if there were none, and to nobody else as if there were.
    """
    found, hurt = await uow.concerns.find(typed), await uow.concerns.damaged(typed)
    if await may_read(uow, hurt, by=by, at=at) and found is None:
        raise CannotBeRead
    return found


async def opened_to(uow: UnitOfWork, by: Person, *, at: datetime) -> list[tuple[Concern, datetime]]:
    """What the emergency door is open to for that person now, with until when; never what has come to name them."""
    open_now = [glass for glass in await uow.break_glass.asked_by(by.id) if glass.until and glass.open(at=at)]
    ends = {glass.concern: glass.until for glass in open_now if glass.until}
    found = [(await uow.concerns.get(id), until) for id, until in ends.items()]
    return [(one, until) for one, until in found if one is not None and may(by, Doing.READ, one, glass=True)]


async def _is_opened(uow: UnitOfWork, id: ConcernId, *, by: Person, at: datetime) -> bool:
    return any(glass.asked_by == by.id and glass.open(at=at) for glass in await uow.break_glass.of(id))


async def action_for(
    uow: UnitOfWork, id: ActionId, doing: Doing, *, by: Person, at: datetime | None = None
) -> tuple[Action, Concern]:
    """The action and its concern, for that doing; `NoSuchConcern` for none and for not theirs. `at` as above."""
    action = await uow.actions.get(id)
    concern = await uow.concerns.get(action.concern if action else ConcernId(id))
    glass = concern is not None and at is not None and await _is_opened(uow, concern.id, by=by, at=at)
    if action is None or concern is None or not may(by, doing, concern, action, glass=glass):
        raise NoSuchConcern
    return action, concern


async def must_be_allowed(uow: UnitOfWork, subject: UUID, doing: Doing, *, by: Person, at: datetime) -> None:
    """For a form about something, before a word of it is looked at: a form that comes back with complaints shows what
    its window shows. `NoSuchConcern` to whoever lost it since, and where there is none."""
    action = await action_of(uow, subject)
    concern = await concern_of(uow, subject)
    glass = await _is_opened(uow, concern.id if concern else ConcernId(subject), by=by, at=at)
    if concern is None or not may(by, doing, concern, action, glass=glass):
        raise NoSuchConcern


async def action_of(uow: UnitOfWork, subject: UUID) -> Action | None:
    """The action of that id; no authority is asked, and nothing may be told of it."""
    return await uow.actions.get(ActionId(subject))


async def concern_of(uow: UnitOfWork, subject: UUID) -> Concern | None:
    """The concern of that id, or that the action or referral of that id belongs to. As `action_of`."""
    action = await action_of(uow, subject)
    referral = None if action else await uow.referrals.get(ReferralId(subject))
    return await uow.concerns.get(action.concern if action else referral.concern if referral else ConcernId(subject))
