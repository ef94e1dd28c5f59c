"""Whoever asked for a letter is told once that the ask has ended: as a deed ends it, else after its time."""

from datetime import datetime
from typing import Final

from handlers import notices
from handlers.notice import NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules import asked_letters
from handlers.rules.asked_letters import Ask
from handlers.rules.authority import Doing, may
from handlers.rules.chronology import Deed, Sealed
from handlers.rules.concern import Concern
from handlers.rules.people import Person

ENDED: Final = "ended"
"""What a notice of it tells; behind it stands which ask."""


def step(ask: Ask) -> str:
    return f"{ENDED}_{ask.proof}"


def may_have_it(person: Person | None, concern: Concern) -> bool:
    """Whether it is still for them: whoever it is not is told nothing."""
    return person is not None and person.active and may(person, Doing.EXPORT, concern)


async def by_deed(uow: UnitOfWork, concern: Concern, written: Sealed) -> None:
    """What was just written of the concern may have ended some."""
    if written.entry.deed in asked_letters.ENDS | {Deed.LETTER_ASKED}:
        for ask in asked_letters.ended(await uow.trail.of(concern.id), written):
            await tell(uow, concern, ask, at=written.entry.at)


async def tell(uow: UnitOfWork, concern: Concern, ask: Ask, *, at: datetime) -> bool:
    if not await uow.steps.take(ask.referral, step(ask), at=at):
        return False
    person = await uow.people.get(ask.by)
    if person is None or not may_have_it(person, concern):
        return False
    await notices.tell(uow, NoticeKind.LETTER, (person,), ask.referral, step=step(ask))
    return True
