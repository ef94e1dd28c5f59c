"""Giving somebody something to do, and hearing that it is done. Runs inside the caller's unit of work.

What may become of an action on the way is in `handlers.actions.moves`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from handlers import notices
from handlers.access import action_for, concern_for
from handlers.errors import Refused
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.record import of_several
from handlers.recording import record_action
from handlers.rules import routing, whose
from handlers.rules.action import Action, ActionId, ActionKind
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import CannotMove, Concern, ConcernId, Status, Urgency
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.whose import Children


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What somebody is asked to do."""

    what: str
    owner: PersonId
    kind: ActionKind = ActionKind.OTHER
    urgency: Urgency | None = None
    """None for what is usual for its kind."""
    due_at: datetime | None = None
    """None where it is worked out from kind and urgency."""
    children: Children = frozenset()
    """About whom, of several; nobody chosen is everybody."""


async def assign_action(uow: UnitOfWork, id: ConcernId, asked: Asked, *, by: Person, at: datetime) -> Action:
    """Give a member of staff something to do by a time. They see that action only."""
    concern = await concern_for(uow, id, Doing.ASSIGN, by=by)
    must_be_open(concern)
    await must_be_able(uow, concern, asked.owner)
    urgency = asked.urgency or ENGLAND.actions.urgency(asked.kind)
    action = Action(
        id=ActionId(uuid4()),
        concern=id,
        number=await next_number(uow, concern),
        owner=asked.owner,
        assigned_by=by.id,
        assigned_at=at,
        due_at=asked.due_at or usual_due(uow, asked.kind, urgency, at=at),
        kind=asked.kind,
        urgency=urgency,
    )
    given = {"owner": str(action.owner), "due": action.due_at.isoformat(), "kind": action.kind.value}
    facts = {**facts_of(action), **given, "urgency": urgency.value, **of_several.fact(concern, asked.children)}
    entry = Entry(deed=Deed.ASSIGNED, at=at, by=by.id, thing=id, facts=facts, words={"what": asked.what})
    await record_action(uow, action, concern, because=entry)
    return action


def usual_due(uow: UnitOfWork, kind: ActionKind, urgency: Urgency, *, at: datetime) -> datetime:
    """By when it is due if it is given now and nobody names a time."""
    return ENGLAND.actions.due(kind, urgency, calendar=uow.school.calendar, at=at)


def must_be_open(concern: Concern) -> None:
    if concern.merged_into is not None:
        raise CannotMove("This concern has been merged into another one. Look there.")
    if concern.status is Status.CLOSED:
        raise CannotMove("This concern is closed. Reopen it first.")


async def must_be_able(uow: UnitOfWork, concern: Concern, owner: PersonId) -> None:
    """Whoever is to owe it must be on the staff list, and neither named in the concern nor too close to it."""
    if owner not in {person.id for person in await who_may_owe(uow, concern)}:
        raise Refused("That person cannot be given this action. Choose somebody else.")


async def who_may_owe(uow: UnitOfWork, concern: Concern) -> Sequence[Person]:
    """Every member of staff but those whom the concern keeps out, by name."""
    left_out = routing.conflicted(concern)
    people = [p for p in await uow.people.all() if p.id not in left_out and not p.has(Role.PUPIL)]
    return sorted(people, key=lambda person: person.name)


async def next_number(uow: UnitOfWork, concern: Concern) -> int:
    return max((action.number for action in await uow.actions.of(concern.id)), default=0) + 1


def facts_of(action: Action) -> dict[str, str]:
    """Which action an entry is about."""
    return {"action": str(action.id), "number": str(action.number)}


async def finish_action(uow: UnitOfWork, id: ActionId, what_done: str, *, by: Person, at: datetime) -> Action:
    """Its owner, or a lead, says what was done; somebody else is asked to verify it."""
    action, concern = await action_for(uow, id, Doing.FINISH_ACTION, by=by)
    done = action.done(at=at)
    entry = Entry(
        deed=Deed.DONE, at=at, by=by.id, thing=concern.id, facts=facts_of(action), words={"what_done": what_done}
    )
    await record_action(uow, done, concern, because=entry)
    verifying = await watchers(uow, concern, done, less=by)
    await notices.tell(uow, NoticeKind.VERIFY, verifying, id, step=f"done_{done.version}")
    return done


async def watchers(uow: UnitOfWork, concern: Concern, action: Action, *, less: Person) -> Sequence[Person]:
    """Who looks after an action that others owe: the concern's owner, or where they cannot, all who receive it."""
    out = {action.owner, less.id}
    holder = await uow.people.get(concern.owner) if concern.owner else None
    if holder and holder.active and holder.id not in out and may(holder, Doing.RUN_ACTION, concern, action):
        return (holder,)
    return [person for person in await notices.first_told(uow, concern) if person.id not in out]


async def done_by(uow: UnitOfWork, action: Action) -> PersonId | None:
    """Who said last that it is done."""
    lines = [line.entry for line in await uow.trail.of(action.concern) if line.entry.deed is Deed.DONE]
    return next((e.by for e in reversed(lines) if e.facts.get("action") == str(action.id)), None)


async def what_is_asked(uow: UnitOfWork, action: Action) -> str:
    """The words with which it was assigned."""
    entry = await _given(uow, action)
    return str(entry.words.get("what", "")) if entry else ""


async def about_whom(uow: UnitOfWork, action: Action, concern: Concern) -> Children:
    """The children it is about: those who were chosen, else all of its concern."""
    entry = await _given(uow, action)
    return frozenset(whose.ids(entry.facts.get(whose.FOR, "") if entry else "")) or concern.children


async def _given(uow: UnitOfWork, action: Action) -> Entry | None:
    """The entry that says that it was given, its words opened."""
    for line in await uow.trail.of(action.concern, words=True):
        if line.entry.deed is Deed.ASSIGNED and line.entry.facts.get("action") == str(action.id):
            return line.entry
    return None
