"""What people do with actions. Each function runs inside the caller's unit of work."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from handlers.access import action_for, concern_for
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.recording import record_action
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, ConcernId
from handlers.rules.people import Person, PersonId, Role


async def assign_action(
    uow: UnitOfWork, id: ConcernId, what: str, *, owner: PersonId, due_at: datetime, by: Person, at: datetime
) -> Action:
    """Give a member of staff something to do by a time. They see that action only."""
    concern = await concern_for(uow, id, Doing.ASSIGN, by=by)
    person = await uow.people.get(owner)
    if person is None or person not in await who_may_owe(uow, concern):
        raise Refused("That person cannot be given this action. Choose somebody else.")
    number = len(await uow.actions.of(id)) + 1
    action = Action(
        id=ActionId(uuid4()),
        concern=id,
        number=number,
        owner=owner,
        assigned_by=by.id,
        assigned_at=at,
        due_at=due_at,
    )
    facts = {"action": str(action.id), "number": str(number), "owner": str(owner), "due": due_at.isoformat()}
    entry = Entry(deed=Deed.ASSIGNED, at=at, by=by.id, thing=id, facts=facts, words={"what": what})
    await record_action(uow, action, concern, because=entry)
    return action


async def who_may_owe(uow: UnitOfWork, concern: Concern) -> Sequence[Person]:
    """Every member of staff but those whom the concern names, by name."""
    people = [p for p in await uow.people.all() if p.id not in concern.named and p.role is not Role.PUPIL]
    return sorted(people, key=lambda person: person.name)


async def finish_action(
    uow: UnitOfWork, id: ActionId, what_done: str, *, by: Person, at: datetime
) -> Action:
    """Its owner, or a lead, says what was done."""
    action, concern = await action_for(uow, id, Doing.FINISH_ACTION, by=by)
    done = action.done(at=at)
    facts = {"action": str(id), "number": str(action.number)}
    words = {"what_done": what_done}
    entry = Entry(deed=Deed.DONE, at=at, by=by.id, thing=concern.id, facts=facts, words=words)
    await record_action(uow, done, concern, because=entry)
    return done


async def what_is_asked(uow: UnitOfWork, action: Action) -> str:
    """The words with which it was assigned."""
    for line in await uow.trail.of(action.concern, words=True):
        if line.entry.deed is Deed.ASSIGNED and line.entry.facts.get("action") == str(action.id):
            return str(line.entry.words.get("what", ""))
    return ""
