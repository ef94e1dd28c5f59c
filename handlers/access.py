"""The only way to get hold of a concern on somebody's behalf. Not found, never forbidden."""

from handlers.errors import NoSuchConcern
from handlers.ports import UnitOfWork
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person


async def concern_for(uow: UnitOfWork, id: ConcernId, doing: Doing, *, by: Person) -> Concern:
    """The concern, for that doing, authority read afresh. Raises `NoSuchConcern` for none and for not theirs."""
    concern = await uow.concerns.get(id)
    if concern is None or not may(by, doing, concern):
        raise NoSuchConcern
    return concern


async def action_for(
    uow: UnitOfWork, id: ActionId, doing: Doing, *, by: Person
) -> tuple[Action, Concern]:
    """The action and its concern, for that doing; `NoSuchConcern` for none and for not theirs."""
    action = await uow.actions.get(id)
    concern = None if action is None else await uow.concerns.get(action.concern)
    if action is None or concern is None or not may(by, doing, concern, action):
        raise NoSuchConcern
    return action, concern
