"""What `/concern` and each word after it do. To add one, name it in `_WORDS`; anything else begins the form."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from uuid import uuid4

from handlers import notices
from handlers.account import quick
from handlers.conversation import CommandTyped, OpenForm, Reply, Tell
from handlers.need_to_know import break_glass_counter as glass
from handlers.oversight import patterns_counter as patterns
from handlers.oversight import quality, themes
from handlers.overview import counter as board
from handlers.ports import UnitOfWork
from handlers.record import counter as record
from handlers.reporter import drafts, unsent, unsent_form
from handlers.reporter import way_in_card as way_in
from handlers.rules.people import FINDERS, Person
from handlers.triage import away_counter as away
from handlers.ui import keys as moves
from handlers.ui import plain

Command = Callable[[UnitOfWork, CommandTyped, Person, datetime], Awaitable[Reply]]


async def take(uow: UnitOfWork, inbound: CommandTyped, *, by: Person, at: datetime) -> Reply:
    """Answer a command. A message that is reported is never read for a word."""
    typed = " ".join(inbound.text.casefold().split())
    word = "find" if typed.startswith("find ") else typed
    command = _begin if inbound.message else _WORDS.get(word, _begin)
    return await command(uow, inbound, by, at)


async def _begin(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """The form at once, or where nothing can be opened a card with the way in."""
    key = uuid4()
    form = await drafts.begin(uow, key, facts=_as_facts(inbound), by=by, at=at)
    before = await unsent.begun_by(uow, by, at=at, less=key)
    if inbound.in_chat:
        return Tell(way_in.way_in(key, before[: unsent_form.MOST]))
    return OpenForm(unsent_form.offer(form, before))


def _as_facts(inbound: CommandTyped) -> str:
    """Words typed after the command, or the message that is being reported, as the first line of the facts."""
    if inbound.message:
        by = f" by {inbound.author}" if inbound.author else ""
        return f"I am reporting this message{by}, word for word:\n{inbound.message}"
    return inbound.text.strip()


async def _quick(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    key = uuid4()
    return Tell(way_in.quick_way_in(key)) if inbound.in_chat else OpenForm(quick.form(str(key), {}, {}))


async def _help(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    from_leads = await notices.leads(uow)
    return Tell(plain.help_card(uow.school, from_leads, finds=by.role in FINDERS))


async def _find(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """The window; in a chat the way to it, and what was typed is kept nowhere."""
    form = record.open_find(inbound.text.strip()[len("find") :], by)
    return Tell(plain.find_way_in(moves.subject(form.key))) if inbound.in_chat else OpenForm(form)


async def _patterns(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    form = await patterns.open_patterns(uow, by, at)
    return Tell(plain.patterns_way_in(moves.subject(form.key))) if inbound.in_chat else OpenForm(form)


async def _unlock(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """Not "emergency" or "help", for that is what somebody types who needs 999 and the form."""
    return glass.unlock_reply(by, in_chat=inbound.in_chat)


def _themes(back: int) -> Command:
    async def answer(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
        return Tell(await themes.themes(uow, by=by, at=at, back=back))

    return answer


def _quality(back: int) -> Command:
    async def answer(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
        return Tell(await quality.of_term(uow, by=by, at=at, back=back))

    return answer


_WORDS: dict[str, Command] = {
    "away": away.asked,
    "back": away.back,
    "board": board.asked,
    "find": _find,
    "help": _help,
    "mine": board.mine,
    "patterns": _patterns,
    "quality": _quality(0),
    "quality last": _quality(1),
    "quick": _quick,
    "themes": _themes(0),
    "themes last": _themes(1),
    "unlock": _unlock,
}
