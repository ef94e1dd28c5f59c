"""Each school day the chair of governors and the data protection officer are given how far the audit trail has come.

It is a copy outside the database: whoever rewrites the trail does not reach what lies with them. It holds a number and
words that stand for the whole trail, and nothing of any concern. Where the school file names neither, nobody is told.
"""

from datetime import datetime
from uuid import UUID, uuid5

from handlers import notices, ticking
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules.chronology import Reached
from handlers.rules.people import Role
from handlers.ui import say
from handlers.ui.card import Card, Facts, Heading, Words

STEP = "checkpoint"
KEEPERS = frozenset({Role.CHAIR, Role.DPO})


async def send_all(units: UnitsOfWork, *, at: datetime) -> int:
    """Give them to every school's keepers; returns for how many schools that was done."""
    return await ticking.each(units, ticking.once, lambda uow, _: send(uow, at=at))


async def send(uow: UnitOfWork, *, at: datetime) -> bool:
    """Once a day while school is open, whoever ticks and however often; nothing before anything was signed."""
    calendar, subject = uow.school.calendar, _subject(uow)
    if not calendar.is_open(at) or not (keepers := await uow.people.with_roles(KEEPERS)):
        return False
    newest = await uow.checkpoints.newest()
    day = at.astimezone(calendar.zone).date().isoformat()
    if newest is None or not await uow.steps.take(subject, f"{STEP}:{day}", at=at):
        return False
    await notices.tell(uow, NoticeKind.CHECKPOINT, keepers, subject, step=f"{STEP}:{day}:{newest.entries}")
    return True


async def draw(uow: UnitOfWork, notice: Notice, at: datetime) -> Card | None:
    """What was signed then, always the same; nothing to whoever keeps none any more."""
    _, day, entries = notice.step.split(":")
    keepers = await uow.people.with_roles(KEEPERS)
    reached = await uow.checkpoints.at(int(entries))
    if reached is None or notice.to not in {keeper.id for keeper in keepers}:
        return None
    return card(reached, say.written(datetime.fromisoformat(day).date()))


def card(reached: Reached, day: str) -> Card:
    return Card(
        summary="A copy of the audit trail's end, to keep",
        parts=(
            Heading("A copy of the audit trail's end, to keep"),
            Facts((("Day", day), ("Entries so far", str(reached.entries)), ("Line to keep", reached.line))),
            Words(text=WHAT_FOR, subtle=True),
        ),
    )


WHAT_FOR = (
    "You need do nothing. The line stands for the whole trail up to this day, and holds nothing of any concern. If it "
    "is ever asked whether the record was changed, give this line to the inspector or to your technician: with it they "
    "can tell. It counts because it lies with you and not in the database, so leave this message here."
)


def _subject(uow: UnitOfWork) -> UUID:
    return uuid5(uow.school.id, STEP)
