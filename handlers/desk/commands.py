"""What `/concern` and each word after it do: a row of its wing. Anything that is no word of ours begins the form."""

from collections.abc import Mapping
from datetime import datetime

from handlers import notices, wings
from handlers.conversation import CommandTyped, Reply, Tell
from handlers.errors import NotYourCommand
from handlers.ports import UnitOfWork
from handlers.reporter.commands import begin
from handlers.rules.people import Person
from handlers.ui import plain
from handlers.wing import Command


async def take(uow: UnitOfWork, inbound: CommandTyped, *, by: Person, at: datetime) -> Reply:
    """Answer a command. A message that is reported is never read for a word."""
    command = None if inbound.message else _named(" ".join(inbound.text.casefold().split()))
    if command is None:
        return await begin(uow, inbound, by, at)
    if not by.among(command.roles):
        raise NotYourCommand(f"/concern {command.word} is for {command.whom}. To raise a concern, type /concern.")
    return await command.answer(uow, inbound, by, at)


def _named(typed: str) -> Command | None:
    first = WORDS.get(typed.partition(" ")[0])
    return WORDS.get(typed) or (first if first is not None and first.more else None)


async def _help(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """Who the leads are, their numbers, what happens to a report, and what that person may type."""
    return Tell(plain.help_card(uow.school, await notices.leads(uow), lines(by)))


def lines(by: Person) -> tuple[tuple[str, str], ...]:
    """What that person may type, and what it does: made from the rows."""
    rows = (command for command in WORDS.values() if command.does and by.among(command.roles))
    return tuple((f"/concern {command.word}", command.does) for command in rows)


HELP = Command(word="help", answer=_help, does="this")
WORDS: Mapping[str, Command] = {
    command.word: command for command in (*(one for wing in wings.EVERY for one in wing.commands), HELP)
}
