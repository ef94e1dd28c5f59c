"""What `/concern` and each word after it do: a row of its wing. Anything that is no word of ours begins the form.

What is nearly a word of ours is asked about (`asked`): it may be either.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from handlers import notices, staff, wings
from handlers.conversation import CommandTyped, Reply, Tell
from handlers.desk import asked
from handlers.errors import NotYourCommand, Refused
from handlers.ports import UnitOfWork
from handlers.reporter.commands import begin
from handlers.rules import near_words
from handlers.rules.people import Person
from handlers.ui import plain
from handlers.ui.card import Card
from handlers.wing import Command

_LONGEST = 4
"""Words of a name or a reference; more of them after `find` are a sentence."""


async def take(uow: UnitOfWork, inbound: CommandTyped, *, by: Person, at: datetime) -> Reply:
    """Answer a command. A message that is reported is never read for a word."""
    meant = None if inbound.reports else _meant(inbound.text, by)
    if meant is None and inbound.stray:
        return await asked.stray(uow, inbound, await _help_card(uow, by, at=at), by=by, at=at)
    if meant is None:
        return await begin(uow, inbound, by, at)
    if not meant.sure:
        return await asked.about(uow, inbound, meant.command, by=by, at=at)
    return await _answered(uow, replace(inbound, text=meant.text), meant.command, by=by, at=at)


async def pressed(uow: UnitOfWork, subject: UUID, by: Person, at: datetime) -> Reply:
    """Whoever was asked says that they meant the command: as if it had been typed rightly."""
    command = next((one for one in WORDS.values() if asked.id_of(one.word) == subject), None)
    accounts = await uow.people.accounts(by.id)
    if command is None or not accounts:
        raise Refused("This button does not work any more. Type /concern help to see what you can type.")
    return await _answered(uow, CommandTyped(who=accounts[0], text=command.word), command, by=by, at=at)


async def _answered(uow: UnitOfWork, inbound: CommandTyped, command: Command, *, by: Person, at: datetime) -> Reply:
    if not by.among(command.roles):
        raise NotYourCommand(
            f"/concern {command.word} is for {command.whom}. Type /concern help to see what you can type."
        )
    return await command.answer(uow, inbound, by, at)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    command: Command
    text: str
    """The word and what belongs to it, as its wing reads it."""
    sure: bool


def _meant(typed: str, by: Person) -> _Meant | None:
    """The command that was typed, or nearly; None for what is no word of ours."""
    words = near_words.plain(typed)
    if whole := WORDS.get(" ".join(words)):
        return _Meant(command=whole, text=whole.word, sure=True)
    first = WORDS.get(words[0]) if words else None
    if first is not None and first.more:
        return _with_more(first, near_words.after(typed, first.word), by)
    near = near_words.near(typed, [word for word, command in WORDS.items() if by.among(command.roles)])
    return _Meant(command=WORDS[near], text="", sure=False) if near else None


def _with_more(command: Command, more: str, by: Person) -> _Meant:
    """A sentence is not looked for; nor are words of somebody whose command it is not: they may be a concern."""
    theirs = by.among(command.roles) or not any(letter.isalpha() for letter in more)
    return _Meant(command=command, text=f"{command.word} {more}", sure=theirs and len(more.split()) <= _LONGEST)


async def _help(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """Who the leads are, their numbers, what happens to a report, and what that person may type."""
    return Tell(await _help_card(uow, by, at=at))


async def _help_card(uow: UnitOfWork, by: Person, *, at: datetime) -> Card:
    leads = await staff.to_ring(uow, await notices.leads(uow), at=at)
    return plain.help_card(uow.school, leads, lines(by))


def lines(by: Person) -> tuple[tuple[str, str], ...]:
    """What that person may type, and what it does: made from the rows."""
    rows = (command for command in WORDS.values() if command.does and by.among(command.roles))
    return tuple((f"/concern {command.word}", command.does) for command in rows)


HELP = Command(word="help", answer=_help, does="this")
WORDS: Mapping[str, Command] = {
    command.word: command for command in (*(one for wing in wings.EVERY for one in wing.commands), HELP)
}
