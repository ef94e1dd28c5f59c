"""The morning digest: once a school day, to the leads' places. Runs inside the caller's unit of work."""

from datetime import datetime
from uuid import uuid5

from handlers import board_standing, notices
from handlers.actions.card import reference
from handlers.notice import NoticeKind
from handlers.overview.digest_card import Morning, digest_card
from handlers.ports import UnitOfWork
from handlers.rules import clocks, routing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Status
from handlers.ui.card import Card


async def send_digest(uow: UnitOfWork, *, at: datetime) -> bool:
    """Put the day's digest into the outbox, once, whoever asks and however often. True for the one who did."""
    calendar = uow.school.calendar
    day = at.astimezone(calendar.zone).date().isoformat()
    subject = uuid5(uow.school.id, f"digest/{day}")
    if not clocks.digest_due(calendar, at=at) or not await uow.steps.take(subject, "digest", at=at):
        return False
    await uow.trail.append(Entry(deed=Deed.DIGESTED, at=at, by=None, thing=None, facts={"day": day}))
    await notices.tell_the_leads_place(uow, NoticeKind.DIGEST, subject)
    await board_standing.refresh_all(uow)
    return True


async def draw(uow: UnitOfWork, *, at: datetime) -> Card:
    """The digest as things stand now: only what may stand in the leads' places."""
    people = await uow.people.all()
    shown = [c for c in await uow.concerns.open() if not c.drill and routing.fits_the_leads_place(c, people)]
    overdue = await _overdue(uow, {concern.id: concern for concern in shown}, at=at)
    morning = Morning(
        waiting=[concern for concern in shown if concern.owner is None],
        owned=[concern for concern in shown if concern.owner and concern.status is not Status.TRIAGED],
        decided=[concern for concern in shown if concern.status is Status.TRIAGED],
        overdue=overdue,
        dead=await uow.outbox.dead(),
    )
    return digest_card(morning, uow.school.calendar, at=at)


async def _overdue(uow: UnitOfWork, shown: dict[object, Concern], *, at: datetime) -> list[str]:
    actions = await uow.actions.open()
    return [reference(a, shown[a.concern]) for a in actions if a.concern in shown and a.overdue(at=at)]
