"""A list of pupils that was not taken over: kept, and told to the head and the technician until one is.

It is looked at when the program starts, for it reads the list then. No child is named; the numbers say how bad it is.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID, uuid5

from handlers import notices
from handlers.assurance import selftest
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork
from handlers.rules.chronology import Deed, Entry
from handlers.rules.roll import Held, Why
from handlers.ui.card import Card
from handlers.ui.plain import alarm_card

STEP = "roll"


async def note(uow: UnitOfWork, held: Held | None, *, at: datetime) -> bool:
    """Keep and tell what became of the list at this start; says whether anybody is told.

    Once a day, whoever starts and however often. When all is well again the alarm goes.
    """
    subject = _subject(uow)
    if held is None:
        if await _is_held(uow, subject):
            await uow.trail.append(Entry(deed=Deed.ROLL, at=at, by=None, thing=subject))
            await notices.redraw(uow, subject)
        return False
    facts = _facts(held)
    day = at.astimezone(uow.school.calendar.zone).date().isoformat()
    if not await uow.steps.take(subject, f"{STEP}:{day}:{':'.join(facts.values())}", at=at):
        return False
    await uow.trail.append(Entry(deed=Deed.ROLL, at=at, by=None, thing=subject, facts=facts))
    await notices.tell(uow, NoticeKind.ALARM, await selftest.keepers(uow), subject, step=f"{STEP}:{day}")
    await notices.redraw(uow, subject)
    return True


def _subject(uow: UnitOfWork) -> UUID:
    return uuid5(uow.school.id, STEP)


def _facts(held: Held) -> dict[str, str]:
    change = held.turnover
    if held.why is Why.UNREADABLE:
        return {"why": held.why.value, "before": str(change.before)}
    return {
        "why": held.why.value,
        "before": str(change.before),
        "lost": str(change.lost),
        "renamed": str(change.renamed),
    }


async def _newest(uow: UnitOfWork, subject: UUID) -> Entry | None:
    found = [line.entry for line in await uow.trail.of(subject) if line.entry.deed is Deed.ROLL]
    return found[-1] if found else None


async def _is_held(uow: UnitOfWork, subject: UUID) -> bool:
    newest = await _newest(uow, subject)
    return newest is not None and "why" in newest.facts


async def draw(uow: UnitOfWork, notice: Notice) -> Card | None:
    """What became of the newest list; None when it was taken over."""
    newest = await _newest(uow, notice.subject)
    if newest is None or "why" not in newest.facts:
        return None
    return alarm_card(f"{_what(newest.facts)} {STILL.format(before=newest.facts['before'])}")


STILL = (
    "So the list of before still stands, with {before} children in it. Whoever has joined since then cannot be chosen "
    "by name: choose “not on the roll” and write the name. Ask your technician to run python -m bot check."
)


def _what(facts: Mapping[str, str]) -> str:
    if facts["why"] == Why.UNREADABLE:
        return "The new list of pupils could not be read."
    lost = f"take {facts['lost']} children off the roll" if facts["lost"] != "0" else ""
    renamed = f"give {facts['renamed']} children another name" if facts["renamed"] != "0" else ""
    return f"The new list of pupils was not taken over: it would {' and '.join(filter(None, (lost, renamed)))}."
