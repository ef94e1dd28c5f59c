"""What was typed and is no command: asked about where it is nearly one, answered honestly where nobody reads it.

Nothing of it is lost. It is put by, sealed, for its writer alone, and is in the form when they say that it is one.
"""

from datetime import datetime
from uuid import UUID, uuid4, uuid5

from handlers.conversation import CommandTyped, Reply, Tell
from handlers.desk import asked_card
from handlers.ports import UnitOfWork
from handlers.reporter import unsent
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person
from handlers.ui.card import Card
from handlers.wing import Command

_WORDS = UUID("3d0f9f0a-6a0e-5b7e-9a55-1f0c1d6e7b42")
"""Ids of words are made from it: a button carries an id and nothing that was typed."""


def id_of(word: str) -> UUID:
    return uuid5(_WORDS, word)


async def about(uow: UnitOfWork, inbound: CommandTyped, command: Command, *, by: Person, at: datetime) -> Reply:
    """Ask whether that command was meant, or a concern. Reaching for what is for others leaves its entry."""
    theirs = by.among(command.roles)
    if not theirs:
        facts = {"why": "not_your_command", "platform": inbound.who.platform}
        await uow.trail.append(Entry(deed=Deed.REFUSED, at=at, by=by.id, thing=None, facts=facts))
    key = await _put_by(uow, inbound, by=by, at=at)
    word = asked_card.Word(text=command.word, whom="" if theirs else command.whom, id=id_of(command.word))
    return Tell(asked_card.asked(key, word, inbound))


async def stray(uow: UnitOfWork, inbound: CommandTyped, help: Card, *, by: Person, at: datetime) -> Reply:
    """Say that it has reached nobody and still stands there, with the way in, then the help."""
    return Tell(asked_card.stray(await _put_by(uow, inbound, by=by, at=at), inbound, help))


async def _put_by(uow: UnitOfWork, inbound: CommandTyped, *, by: Person, at: datetime) -> UUID:
    key = uuid4()
    await unsent.put_by(uow, key, inbound.text.strip(), by=by, at=at)
    return key
