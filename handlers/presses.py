"""What each button and command does: one function a press, over the use cases.

A press that opens a form tries the move first and drops what comes of it: whoever may not make it is told
before they type, not after.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid4

from handlers import completing, concerns, drafts, drill, duties, notices, quality, reading, themes, unsent
from handlers.access import concern_for
from handlers.cards import plain
from handlers.cards.model import Press
from handlers.conversation import ButtonPressed, CommandTyped, Inbound, OpenForm, Reply, Tell
from handlers.counters import gathered, glass, patterns, record
from handlers.counters.counter import Pressed
from handlers.errors import Refused
from handlers.finding import FINDERS
from handlers.forms import handling, moves, quick
from handlers.forms import unsent as unsent_form
from handlers.ports import UnitOfWork
from handlers.rules.action import ActionId
from handlers.rules.authority import Doing, may
from handlers.rules.concern import ConcernId
from handlers.rules.people import Person


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
    before = await unsent.begun_by(uow, by, at=at, less=key)
    if inbound.in_chat:
        return Tell(plain.way_in(key, before[: unsent_form.MOST]))
    return OpenForm(unsent_form.offer(form, before))


def _as_facts(inbound: CommandTyped) -> str:
    """Words typed after the command, or the message that is being reported, as the first line of the facts."""
    if inbound.message:
        by = f" by {inbound.author}" if inbound.author else ""
        return f"I am reporting this message{by}, word for word:\n{inbound.message}"
    return inbound.text.strip()


async def take_in(uow: UnitOfWork, inbound: Inbound) -> None:
    """A card in a leads' place that we did not know of is kept, so that it goes or changes with the others: also where
    whoever pressed it is told that there is no such concern. Nothing is looked up for it but the place."""
    if isinstance(inbound, ButtonPressed) and inbound.standing is not None:
        await notices.adopt(uow, inbound.subject, inbound.standing)


async def refresh(uow: UnitOfWork, inbound: ButtonPressed) -> None:
    """A card was pressed that shows what is no longer so: draw it again, also when we did not know of it."""
    action = await uow.actions.get(ActionId(inbound.subject))
    concern = await uow.concerns.get(action.concern if action else ConcernId(inbound.subject))
    if concern is None:
        await notices.redraw(uow, inbound.subject)
        return
    if inbound.standing is not None:
        await notices.adopt(uow, concern.id, inbound.standing)
    if action is not None:
        await notices.redraw(uow, action.id)
    await notices.refresh(uow, concern)


async def help_reply(uow: UnitOfWork, by: Person) -> Reply:
    from_leads = await notices.leads(uow)
    return Tell(plain.help_card(uow.school, from_leads, finds=by.role in FINDERS))


async def themes_reply(uow: UnitOfWork, by: Person, at: datetime, *, back: int) -> Reply:
    """`/concern themes`, and `/concern themes last` for the term before."""
    return Tell(await themes.themes(uow, by=by, at=at, back=back))


def quick_reply(*, in_chat: bool) -> Reply:
    key = uuid4()
    return Tell(plain.quick_way_in(key)) if in_chat else OpenForm(quick.form(str(key), {}, {}))


def find_reply(inbound: CommandTyped, by: Person) -> Reply:
    """`/concern find`: the window; in a chat the way to it, and what was typed is kept nowhere."""
    form = record.open_find(inbound.text.strip()[len("find") :], by)
    return Tell(plain.find_way_in(moves.subject(form.key))) if inbound.in_chat else OpenForm(form)


async def quality_reply(uow: UnitOfWork, by: Person, at: datetime, *, back: int) -> Reply:
    """`/concern quality`, and `/concern quality last` for the term before."""
    return Tell(await quality.figures(uow, by=by, at=at, back=back))


async def patterns_reply(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    form = await patterns.open_patterns(uow, by, at)
    return Tell(plain.patterns_way_in(moves.subject(form.key))) if inbound.in_chat else OpenForm(form)


async def unlock_reply(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """`/concern unlock`: not "emergency" or "help", for that is what somebody types who needs 999 and the form."""
    return glass.unlock_reply(by, in_chat=inbound.in_chat)


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


async def _complete(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    key = await completing.open_rest(uow, ConcernId(subject), by=by, at=at)
    return OpenForm(await duties.beside(uow, await drafts.begin(uow, key, by=by, at=at), at=at))


async def _throw_away(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await unsent.ask_again(uow, subject, moves.key(subject), by=by, at=at))


async def _open(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    if await uow.concerns.get(ConcernId(subject)) is None:
        return OpenForm(await drafts.look_in(uow, subject, by=by, at=at))
    return OpenForm(await reading.open_concern(uow, ConcernId(subject), page=1, by=by, at=at))


async def _accept(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concerns.accept_concern(uow, ConcernId(subject), by=by, at=at)
    if concern.drill:
        await drill.pass_drill(uow, concern, at=at)
        return Tell(plain.say("Thank you: the test has passed. There is nothing else to do."))
    return Tell(plain.say(f"You have accepted concern {concern.reference}. It is yours now."))


async def _add(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.ADD, by=by)
    return OpenForm(moves.add(moves.key(subject), concern.reference))


async def _duty(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    return OpenForm(await duties.read_duty(uow, ConcernId(subject), by=by, at=at))


async def _not_satisfied(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    concern = await concern_for(uow, ConcernId(subject), Doing.SEE_RECEIPT, by=by)
    return OpenForm(handling.form(moves.key(subject), concern.reference))


_PRESSES: Mapping[Press, Pressed] = {
    **gathered.PRESSES,
    Press.START: _start,
    Press.START_HERE: _start,
    Press.RAISE: _raise,
    Press.QUICK: _quick,
    Press.QUICK_HERE: _quick,
    Press.COMPLETE: _complete,
    Press.THROW_AWAY: _throw_away,
    Press.OPEN: _open,
    Press.ACCEPT: _accept,
    Press.ADD: _add,
    Press.DUTY: _duty,
    Press.NOT_SATISFIED: _not_satisfied,
}
