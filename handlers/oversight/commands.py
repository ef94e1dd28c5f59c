"""Patterns, quality and themes, as a lead or the head asks for them."""

from datetime import datetime

from handlers.conversation import CommandTyped, OpenForm, Reply, Tell
from handlers.oversight import figures_counter, patterns_counter
from handlers.ports import UnitOfWork
from handlers.rules.people import Person
from handlers.ui import keys, plain
from handlers.wing import Command

_FOR = figures_counter.READERS
_WHOM = "the safeguarding leads and the head"


async def _patterns(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    form = await patterns_counter.open_patterns(uow, by, at)
    return Tell(plain.patterns_way_in(keys.subject(form.key))) if inbound.in_chat else OpenForm(form)


COMMANDS = (
    Command(
        word="patterns", answer=_patterns, roles=_FOR, whom=_WHOM,
        does="what adds up across children, each with its evidence; dismissed with a reason",
    ),
    Command(
        word="quality", answer=figures_counter.answer("quality"), roles=_FOR, whom=_WHOM,
        does="how good this term's records are, never whose; quality last for the term before",
    ),
    Command(word="quality last", answer=figures_counter.answer("quality last"), roles=_FOR, whom=_WHOM, does=""),
    Command(
        word="themes", answer=figures_counter.answer("themes"), roles=_FOR, whom=_WHOM,
        does="what to train next, by department; themes last for the term before",
    ),
    Command(word="themes last", answer=figures_counter.answer("themes last"), roles=_FOR, whom=_WHOM, does=""),
)
