"""What each button and command does: one function a press, over the use cases.

A press that opens a form tries the move first and drops what comes of it: whoever may not make it is told
before they type, not after.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import UUID, uuid4

from handlers import actions, concerns, drafts, notices, reading
from handlers.access import action_for, concern_for
from handlers.cards import plain
from handlers.cards.action import reference
from handlers.cards.mine import mine_card
from handlers.cards.model import Press
from handlers.conversation import ButtonPressed, CommandTyped, OpenForm, Reply, Tell
from handlers.forms import moves, quick
from handlers.ports import UnitOfWork
from handlers.rules.action import ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.concern import ConcernId, Outcome
from handlers.rules.people import Person
from handlers.rules.routing import Rung

Pressed = Callable[[UnitOfWork, UUID, Person, datetime], Awaitable[Reply]]


async def take(uow: UnitOfWork, inbound: ButtonPressed, *, by: Person, at: datetime) -> Reply:
    """Answer a press. A card that we did not know of is kept, so that it is updated with the others."""
    reply = await _PRESSES[inbound.press](uow, inbound.subject, by, at)
    if inbound.standing is not None:
        await notices.adopt(uow, inbound.subject, inbound.standing)
    return reply


async def begin(uow: UnitOfWork, inbound: CommandTyped, *, by: Person, at: datetime) -> Reply:
    """`/concern`: the form at once, or where nothing can be opened a card with the way in."""
    key = uuid4()
    known = _as_facts(inbound)
    form = await drafts.begin(uow, key, facts=known, by=by, at=at)
    return Tell(plain.way_in(key)) if inbound.in_chat else OpenForm(form)


def _as_facts(inbound: CommandTyped) -> str:
    """Words typed after the command, or the message that is being reported, as the first line of the facts."""
    if inbound.message:
        by = f" by {inbound.author}" if inbound.author else ""
        return f"I am reporting this message{by}, word for word:\n{inbound.message}"
    return inbound.text.strip()


async def refresh(uow: UnitOfWork, inbound: ButtonPressed) -> None:
    """A card was pressed that shows what is no longer so: draw it again, also when we did not know of it."""
    action = await uow.actions.get(ActionId(inbound.subject))
    concern = await uow.concerns.get(action.concern if action else ConcernId(inbound.subject))
    if concern is None:
        return
    if inbound.standing is not None:
        await notices.adopt(uow, concern.id, inbound.standing)
    await notices.refresh(uow, concern)


async def help_reply(uow: UnitOfWork) -> Reply:
    from_leads = await notices.leads(uow)
    return Tell(plain.help_card(uow.school, from_leads))


async def mine_reply(uow: UnitOfWork, by: Person) -> Reply:
    """Their own concerns with the status words, less any that has come to name them."""
    held = await uow.concerns.reported_by(by.id)
    shown = [concern for concern in held if may(by, Doing.SEE_RECEIPT, concern)]
    return Tell(mine_card(shown, uow.school.calendar))


def quick_reply() -> Reply:
    return OpenForm(quick.form(str(uuid4()), {}, {}))


async def _start(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await drafts.begin(uow, subject, by=by, at=at))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    if await uow.concerns.get(ConcernId(subject)) is None:
        return OpenForm(await drafts.look_in(uow, subject, by=by, at=at))
    return OpenForm(await reading.open_concern(uow, ConcernId(subject), page=1, by=by, at=at))


async def _accept(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concerns.accept_concern(uow, ConcernId(subject), by=by, at=at)
    return Tell(plain.say(f"You have accepted concern {concern.reference}. It is yours now."))


async def _escalate(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ESCALATE, by=by)
    concern.escalate(at=at, highest=Rung.OUTSIDE)
    return OpenForm(moves.escalate(moves.key(subject), concern.reference))


async def _hand_over(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.HAND_OVER, by=by)
    others = await concerns.who_may_take(uow, concern, less=by)
    if others:
        concern.hand_over(to=others[0].id, by=by.id)
    return OpenForm(moves.hand_over(moves.key(subject), concern.reference, others))


async def _assign(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ASSIGN, by=by)
    return OpenForm(moves.assign(moves.key(subject), concern.reference, await actions.who_may_owe(uow, concern)))


async def _decide(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.DECIDE, by=by)
    concern.decide(Outcome.MONITORING, by=by.id, at=at)
    return OpenForm(moves.decide(moves.key(subject), concern.reference))


async def _close(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.CLOSE, by=by)
    concern.close(at=at, open_actions=await concerns.still_owed(uow, concern))
    return OpenForm(moves.close(moves.key(subject), concern.reference))


async def _add(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ADD, by=by)
    return OpenForm(moves.add(moves.key(subject), concern.reference))


async def _open_action(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await reading.open_action(uow, ActionId(subject), by=by, at=at))


async def _done(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    action, concern = await action_for(uow, ActionId(subject), Doing.FINISH_ACTION, by=by)
    return OpenForm(moves.done(moves.key(subject), reference(action, concern)))


_PRESSES: dict[Press, Pressed] = {
    Press.START: _start,
    Press.START_HERE: _start,
    Press.OPEN: _open,
    Press.ACCEPT: _accept,
    Press.ESCALATE: _escalate,
    Press.HAND_OVER: _hand_over,
    Press.ASSIGN: _assign,
    Press.DECIDE: _decide,
    Press.CLOSE: _close,
    Press.ADD: _add,
    Press.OPEN_ACTION: _open_action,
    Press.DONE: _done,
}
