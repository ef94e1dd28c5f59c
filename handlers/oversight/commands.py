"""Patterns, quality and themes, as a lead or the head asks for them."""

from datetime import datetime

from handlers.conversation import CommandTyped, OpenForm, Reply, Tell
from handlers.oversight import patterns_counter, quality, themes
from handlers.ports import UnitOfWork
from handlers.rules.people import LEADS, Person, Role
from handlers.ui import keys, plain
from handlers.wing import Answer, Command

_FOR = LEADS | {Role.HEAD}
_WHOM = "the safeguarding leads and the head"


async def _patterns(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    form = await patterns_counter.open_patterns(uow, by, at)
    return Tell(plain.patterns_way_in(keys.subject(form.key))) if inbound.in_chat else OpenForm(form)


def _themes(back: int) -> Answer:
    async def answer(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
        return Tell(await themes.themes(uow, by=by, at=at, back=back))

    return answer


def _quality(back: int) -> Answer:
    async def answer(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
        return Tell(await quality.of_term(uow, by=by, at=at, back=back))

    return answer


COMMANDS = (
    Command(
        word="patterns", answer=_patterns, roles=_FOR, whom=_WHOM,
        does="what adds up across children, each with its evidence; dismissed with a reason",
    ),
    Command(
        word="quality", answer=_quality(0), roles=_FOR, whom=_WHOM,
        does="how good this term's records are, never whose; quality last for the term before",
    ),
    Command(word="quality last", answer=_quality(1), roles=_FOR, whom=_WHOM, does=""),
    Command(
        word="themes", answer=_themes(0), roles=_FOR, whom=_WHOM,
        does="what to train next, by department; themes last for the term before",
    ),
    Command(word="themes last", answer=_themes(1), roles=_FOR, whom=_WHOM, does=""),
)
