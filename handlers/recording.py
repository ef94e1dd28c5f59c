"""How a change is written: the concern or action, its entry, and the cards that must follow, in one transaction."""

from handlers import notices
from handlers.ports import Kind, UnitOfWork
from handlers.rules.action import Action
from handlers.rules.chronology import Entry, Sealed
from handlers.rules.concern import Concern


async def record(uow: UnitOfWork, concern: Concern, *, because: Entry) -> Sealed:
    """Save a changed concern and refresh its cards."""
    sealed = await uow.concerns.save(concern, because=because)
    await notices.refresh(uow, concern)
    return sealed


async def record_action(uow: UnitOfWork, action: Action, concern: Concern, *, because: Entry) -> Sealed:
    """Save a changed action, refresh its card and the concern's (which counts what is open)."""
    sealed = await uow.actions.save(action, because=because)
    owner = await uow.people.get(action.owner)
    if owner is not None:
        await notices.tell(uow, Kind.ACTION, (owner,), action.id)
    for notice in await uow.posts.standing(action.id):
        await uow.outbox.put(notice)
    await notices.refresh(uow, concern)
    return sealed
