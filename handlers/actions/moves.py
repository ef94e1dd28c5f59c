"""What becomes of an action between its giving and its end. Each function runs inside the caller's unit of work."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from uuid import uuid4

from handlers import notices
from handlers.access import action_for, concern_for
from handlers.actions.card import AGAIN, EXTENDED, SENT_BACK, reference
from handlers.actions.giving import (
    about_whom,
    done_by,
    facts_of,
    must_be_able,
    must_be_open,
    next_number,
    usual_due,
    watchers,
    what_is_asked,
)
from handlers.errors import Refused
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.record import of_several
from handlers.recording import record_action
from handlers.rules.action import Action, ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Answers, Deed, Entry
from handlers.rules.concern import CannotMove, Concern, ConcernId
from handlers.rules.people import Person, PersonId

MANY = 3
"""Extensions from which on the leads are told (DOMAIN, "Life of a concern")."""


async def acknowledge_action(uow: UnitOfWork, id: ActionId, *, by: Person, at: datetime) -> Action:
    """Its owner has it in hand: nobody can say so for them."""
    action, concern = await action_for(uow, id, Doing.FINISH_ACTION, by=by)
    if by.id != action.owner:
        raise Refused("Only the person who owes this action can acknowledge it.")
    return await _keep(uow, action.acknowledge(), concern, Deed.ACKNOWLEDGED, before=action, by=by, at=at)


async def begin_action(uow: UnitOfWork, id: ActionId, *, by: Person, at: datetime) -> Action:
    """They are at it now, or an agency that was waited for has answered."""
    action, concern = await action_for(uow, id, Doing.FINISH_ACTION, by=by)
    return await _keep(uow, action.begin(at=at), concern, Deed.BEGUN, before=action, by=by, at=at)


async def _keep(
    uow: UnitOfWork, action: Action, concern: Concern, deed: Deed, *, before: Action, by: Person, at: datetime
) -> Action:
    """Said twice, it is kept once."""
    if action != before:
        entry = Entry(deed=deed, at=at, by=by.id, thing=concern.id, facts=facts_of(action))
        await record_action(uow, action, concern, because=entry)
    return action


async def wait_for_agency(
    uow: UnitOfWork, id: ActionId, words: Answers, *, until: datetime, by: Person, at: datetime
) -> Action:
    """Nothing can be done before an agency answers. Its name is sealed with the words."""
    action, concern = await action_for(uow, id, Doing.FINISH_ACTION, by=by)
    waiting = action.wait(until=until, at=at)
    facts = {**facts_of(action), "until": until.isoformat()}
    entry = Entry(deed=Deed.WAITING, at=at, by=by.id, thing=concern.id, facts=facts, words=words)
    await record_action(uow, waiting, concern, because=entry)
    return waiting


async def more_time(
    uow: UnitOfWork, id: ActionId, reason: str, *, due_at: datetime, by: Person, at: datetime
) -> bool:
    """More time, with a reason. True where it is given; its owner asks, and those who run the concern give it."""
    action, concern = await action_for(uow, id, Doing.FINISH_ACTION, by=by)
    extended = action.extend(due_at=due_at, at=at)
    if may(by, Doing.RUN_ACTION, concern, action):
        await _extend(uow, extended, concern, reason, by=by, at=at)
        return True
    facts = {**facts_of(action), "until": due_at.isoformat()}
    entry = Entry(deed=Deed.MORE_TIME, at=at, by=by.id, thing=concern.id, facts=facts, words={"reason": reason})
    sealed = await uow.trail.append(entry)
    await notices.redraw(uow, id)
    asked = await watchers(uow, concern, action, less=by)
    await notices.tell(uow, NoticeKind.MORE_TIME, asked, id, step=f"asked_{sealed.sequence}")
    return False


async def _extend(
    uow: UnitOfWork, extended: Action, concern: Concern, reason: str, *, by: Person, at: datetime
) -> None:
    facts = {**facts_of(extended), "due": extended.due_at.isoformat(), "extensions": str(extended.extensions)}
    entry = Entry(deed=Deed.EXTENDED, at=at, by=by.id, thing=concern.id, facts=facts, words={"reason": reason})
    await record_action(uow, extended, concern, because=entry)
    step = f"{EXTENDED}_{extended.extensions}"
    await _tell_owner(uow, extended, step=step, less=by)
    if extended.extensions >= MANY:
        leads = [person for person in await notices.first_told(uow, concern) if person.id != by.id]
        await notices.tell(uow, NoticeKind.EXTENDED, leads, extended.id, step=step)


async def asked_for(uow: UnitOfWork, action: Action, *, words: bool = False) -> tuple[datetime | None, str]:
    """Until when its owner asks for time and, with `words`, why; None where that is answered or was never asked."""
    until, reason = None, ""
    for line in await uow.trail.of(action.concern, words=words):
        if line.entry.facts.get("action") != str(action.id):
            continue
        if line.entry.deed is Deed.MORE_TIME:
            until = datetime.fromisoformat(line.entry.facts["until"])
            reason = str(line.entry.words.get("reason", ""))
        elif line.entry.deed in _ANSWERS_IT:
            until, reason = None, ""
    return until, reason


_ANSWERS_IT = frozenset({Deed.EXTENDED, Deed.REASSIGNED, Deed.DONE, Deed.CANCELLED})


async def verify_action(uow: UnitOfWork, id: ActionId, *, by: Person, at: datetime) -> Action:
    """What was done is what was asked: said by somebody else than whoever did it."""
    action, concern = await action_for(uow, id, Doing.RUN_ACTION, by=by)
    verified = action.verify(by=by.id)
    await _must_not_be_theirs(uow, action, by)
    entry = Entry(deed=Deed.VERIFIED, at=at, by=by.id, thing=concern.id, facts=facts_of(action))
    await record_action(uow, verified, concern, because=entry)
    return verified


async def _must_not_be_theirs(uow: UnitOfWork, action: Action, by: Person) -> None:
    if by.id == await done_by(uow, action):
        raise CannotMove("Somebody else must verify what you did yourself.")


async def send_back_action(
    uow: UnitOfWork, id: ActionId, reason: str, *, due_at: datetime | None = None, by: Person, at: datetime
) -> Action:
    """Not what was asked: it is owed again, and its owner reads why."""
    action, concern = await action_for(uow, id, Doing.RUN_ACTION, by=by)
    must_be_open(concern)
    back = action.send_back(due_at=due_at or _afresh(uow, action, at=at))
    facts = {**facts_of(action), "due": back.due_at.isoformat()}
    entry = Entry(deed=Deed.SENT_BACK, at=at, by=by.id, thing=concern.id, facts=facts, words={"reason": reason})
    sealed = await record_action(uow, back, concern, because=entry)
    await _tell_owner(uow, back, step=f"{SENT_BACK}_{sealed.sequence}", less=by)
    return back


async def reassign_action(
    uow: UnitOfWork, id: ActionId, reason: str, *, to: PersonId, due_at: datetime | None = None, by: Person,
    at: datetime,
) -> Action:  # fmt: skip
    """Somebody else owes it now; whoever owed it before sees nothing of it any more."""
    action, concern = await action_for(uow, id, Doing.RUN_ACTION, by=by)
    must_be_open(concern)
    await must_be_able(uow, concern, to)
    given = action.reassign(to=to, by=by.id, at=at, due_at=due_at or _afresh(uow, action, at=at))
    facts = {**facts_of(action), "owner": str(to), "due": given.due_at.isoformat()}
    entry = Entry(deed=Deed.REASSIGNED, at=at, by=by.id, thing=concern.id, facts=facts, words={"reason": reason})
    had_it = any(notice.to == to for notice in await uow.posts.standing(id))
    sealed = await record_action(uow, given, concern, because=entry)
    if had_it:
        await _tell_owner(uow, given, step=f"{AGAIN}_{sealed.sequence}", less=by)
    return given


def _afresh(uow: UnitOfWork, action: Action, *, at: datetime) -> datetime:
    """The time that it has, or as if it were given now where that has passed."""
    return action.due_at if action.due_at > at else usual_due(uow, action.kind, action.urgency, at=at)


async def _tell_owner(uow: UnitOfWork, action: Action, *, step: str, less: Person) -> None:
    owner = await uow.people.get(action.owner)
    if owner is not None and owner.id != less.id:
        await notices.tell(uow, NoticeKind.ACTION, (owner,), action.id, step=step)


async def cancel_action(uow: UnitOfWork, id: ActionId, reason: str, *, by: Person, at: datetime) -> Action:
    """No longer needed, with the reason."""
    action, concern = await action_for(uow, id, Doing.RUN_ACTION, by=by)
    return await _cancel(uow, action, concern, reason, by=by, at=at)


async def _cancel(
    uow: UnitOfWork, action: Action, concern: Concern, reason: str, *, by: Person, at: datetime,
    facts: Mapping[str, str] | None = None,
) -> Action:  # fmt: skip
    cancelled = action.cancel()
    said = {**facts_of(action), **(facts or {})}
    entry = Entry(deed=Deed.CANCELLED, at=at, by=by.id, thing=concern.id, facts=said, words={"reason": reason})
    await record_action(uow, cancelled, concern, because=entry)
    return cancelled


async def cancel_open(
    uow: UnitOfWork, concern: Concern, reason: str, *, by: Person, at: datetime
) -> Sequence[Action]:
    """Every action of it that is still owed, each with that reason: for whoever closes it."""
    found = await concern_for(uow, concern.id, Doing.RUN_ACTION, by=by)
    live = [action for action in await uow.actions.of(found.id) if action.live]
    return [await _cancel(uow, action, found, reason, by=by, at=at) for action in live]


async def carry_over(
    uow: UnitOfWork, concern: Concern, *, to: ConcernId, by: Person, at: datetime
) -> Sequence[Action]:
    """Every action of it that is still owed goes on in another concern, under a new number, with an entry in both.

    Nothing crosses between what adults and what children have to do with. Raises `Refused` where one may not go there.
    """
    here = await concern_for(uow, concern.id, Doing.RUN_ACTION, by=by)
    there = await concern_for(uow, to, Doing.ASSIGN, by=by)
    must_be_open(there)
    if there.id == here.id or there.route is not here.route:
        raise Refused("The actions cannot be moved to that concern. Choose another, or cancel them with a reason.")
    live = [action for action in await uow.actions.of(here.id) if action.live]
    return [await _carry(uow, action, here, there, by=by, at=at) for action in live]


async def _carry(
    uow: UnitOfWork, action: Action, here: Concern, there: Concern, *, by: Person, at: datetime
) -> Action:
    await must_be_able(uow, there, action.owner)
    number = await next_number(uow, there)
    carried = replace(action, id=ActionId(uuid4()), concern=there.id, number=number, assigned_by=by.id, version=1)
    facts = {
        **facts_of(carried),
        "owner": str(carried.owner),
        "due": carried.due_at.isoformat(),
        "kind": carried.kind.value,
        "urgency": carried.urgency.value,
        "carried_from": str(action.id),
        **of_several.as_fact(await about_whom(uow, action, here)),
    }
    words = {"what": await what_is_asked(uow, action)}
    reason = f"It continues as action {reference(carried, there)}."
    await _cancel(uow, action, here, reason, by=by, at=at, facts={"carried_to": str(carried.id)})
    entry = Entry(deed=Deed.ASSIGNED, at=at, by=by.id, thing=there.id, facts=facts, words=words)
    await record_action(uow, carried, there, because=entry)
    return carried
