"""What each button does: one function a press, over the use cases; most stand at their `counters`.

A press that opens a form tries the move first and drops what comes of it: whoever may not make it is told
before they type, not after.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from handlers import notices
from handlers.account import quick
from handlers.assurance import drill
from handlers.conversation import ButtonPressed, Inbound, OpenForm, Reply, Tell
from handlers.counter import Pressed
from handlers.desk import counters as gathered
from handlers.errors import Refused
from handlers.ports import UnitOfWork
from handlers.record import window as reading
from handlers.reporter import drafts, duties, unsent
from handlers.reporter import raising as concerns
from handlers.rules.action import ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person
from handlers.triage import taking
from handlers.ui import plain
from handlers.ui.card import Press


async def take(uow: UnitOfWork, inbound: ButtonPressed, *, by: Person, at: datetime) -> Reply:
    """Answer a press. A card that we did not know of is kept, so that it is updated with the others."""
    reply = await _PRESSES[inbound.press](uow, inbound.subject, by, at)
    await notices.take_in(uow, inbound.subject, inbound)
    return reply


async def take_in(uow: UnitOfWork, inbound: Inbound) -> None:
    """A card in a leads' place that we did not know of is kept, so that it goes or changes with the others: also where
    whoever pressed it is told that there is no such concern. Nothing is looked up for it but the place."""
    if isinstance(inbound, ButtonPressed):
        await notices.take_in(uow, inbound.subject, inbound)


async def refresh(uow: UnitOfWork, inbound: ButtonPressed) -> None:
    """A card was pressed that shows what is no longer so: draw it again, also when we did not know of it."""
    action = await uow.actions.get(ActionId(inbound.subject))
    concern = await uow.concerns.get(action.concern if action else ConcernId(inbound.subject))
    if concern is None:
        await notices.redraw(uow, inbound.subject)
        return
    await notices.take_in(uow, concern.id, inbound)
    if action is not None:
        await notices.redraw(uow, action.id)
    await notices.refresh(uow, concern)


async def _start(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    await unsent.must_not_be_gone(uow, subject)
    return OpenForm(await duties.beside(uow, await drafts.begin(uow, subject, by=by, at=at), at=at))


async def _raise(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """As `/concern`, wherever it is pressed and however often: each time under a key of its own."""
    return OpenForm(await unsent.offer(uow, await drafts.begin(uow, uuid4(), by=by, at=at), by=by, at=at))


async def _quick(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    if sent := await uow.concerns.get(ConcernId(subject)):
        own = "This form has been sent already. Type /concern quick to begin a new one."
        raise Refused(own if may(by, Doing.SEE_RECEIPT, sent) else concerns.ANOTHERS_FORM)
    return OpenForm(quick.form(str(subject), {}, {}))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    if await uow.concerns.get(ConcernId(subject)) is None:
        return OpenForm(await drafts.look_in(uow, subject, by=by, at=at))
    return OpenForm(await reading.open_concern(uow, ConcernId(subject), page=1, by=by, at=at))


async def _accept(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await taking.accept_concern(uow, ConcernId(subject), by=by, at=at)
    if concern.drill:
        await drill.pass_drill(uow, concern, at=at)
        return Tell(plain.say("Thank you: the test has passed. There is nothing else to do."))
    return Tell(plain.say(f"You have accepted concern {concern.reference}. It is yours now."))


_PRESSES: Mapping[Press, Pressed] = {
    **gathered.PRESSES,
    Press.START: _start,
    Press.START_HERE: _start,
    Press.RAISE: _raise,
    Press.QUICK: _quick,
    Press.QUICK_HERE: _quick,
    Press.OPEN: _open,
    Press.ACCEPT: _accept,
}
