"""What a reporter types: `/concern` itself, the short form, and the words that go with them."""

from datetime import datetime
from uuid import uuid4

from handlers.account import police_notice, quick
from handlers.conversation import CommandTyped, OpenForm, Reply, Tell
from handlers.ports import UnitOfWork
from handlers.reporter import drafts, reported_message, unsent, way_in_card
from handlers.rules.calendar import Calendar
from handlers.rules.people import Person
from handlers.wing import Command


async def begin(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    """The form at once, or where nothing can be opened a card with the way in."""
    key = uuid4()
    form = await drafts.begin(uow, key, facts=_as_facts(inbound, uow.school.calendar), by=by, at=at)
    if inbound.in_chat:
        before = await unsent.begun_by(uow, by, at=at, less=key)
        return Tell(way_in_card.way_in(key, before, typed=_stands(inbound)))
    return OpenForm(await unsent.offer(uow, form, by=by, at=at))


def _stands(inbound: CommandTyped) -> str:
    """Where the words of a concern stand beside the form, when they were typed into a chat."""
    if not inbound.text.strip():
        return ""
    return way_in_card.STANDS_ELSEWHERE if inbound.shared else way_in_card.STANDS_HERE


def _as_facts(inbound: CommandTyped, calendar: Calendar) -> str:
    """Words typed after the command, or the message that is being reported, as the first line of the facts."""
    return reported_message.as_facts(inbound, calendar) if inbound.reports else inbound.text.strip()


async def _quick(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    key = uuid4()
    return Tell(way_in_card.quick_way_in(key)) if inbound.in_chat else OpenForm(quick.form(str(key), {}, {}))


async def _notice(uow: UnitOfWork, inbound: CommandTyped, by: Person, at: datetime) -> Reply:
    key = uuid4()
    if inbound.in_chat:
        return Tell(way_in_card.notice_way_in(key))
    return OpenForm(police_notice.form(str(key), {}, {}))


COMMANDS = (
    Command(
        word="quick", answer=_quick,
        does="three answers, for when there is no time; the rest is asked for the same day",
    ),
    Command(
        word="notice", answer=_notice,
        does="what the police told school about a child (Operation Encompass): record it before the first lesson",
    ),
)
