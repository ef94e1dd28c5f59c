"""The morning digest: once a school day, to the leads' places. Runs inside the caller's unit of work."""

from collections.abc import Sequence
from datetime import datetime

from handlers import board_standing, days_lists, notices
from handlers.notice import NoticeKind
from handlers.overview.digest_card import Morning, digest_card
from handlers.overview.waits import in_order, of_action, of_concern
from handlers.ports import UnitOfWork
from handlers.rules import clocks, routing
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Status
from handlers.rules.people import Person
from handlers.ui import say
from handlers.ui.card import Card
from handlers.ui.lines import Line


async def send_digest(uow: UnitOfWork, *, at: datetime) -> bool:
    """Put the day's digest into the outbox, once, whoever asks and however often. True for the one who did."""
    calendar = uow.school.calendar
    day = at.astimezone(calendar.zone).date().isoformat()
    subject = days_lists.digest(uow, at.astimezone(calendar.zone).date())
    if not clocks.digest_due(calendar, at=at) or not await uow.steps.take(subject, "digest", at=at):
        return False
    await uow.trail.append(Entry(deed=Deed.DIGESTED, at=at, by=None, thing=None, facts={"day": day}))
    await notices.tell_the_leads_place(uow, NoticeKind.DIGEST, subject)
    await board_standing.refresh_all(uow)
    return True


async def draw(uow: UnitOfWork, *, at: datetime) -> Card:
    """The digest as things stand now."""
    return digest_card(await morning(uow, at=at), uow.school.calendar, at=at)


async def morning(uow: UnitOfWork, *, at: datetime, by: Person | None = None) -> Morning:
    """Only what may stand in the leads' places, and of that what `by` may read."""
    shown = await for_the_leads(uow, by=by)
    calendar = uow.school.calendar
    return Morning(
        waiting=in_order(_line(one, calendar, at=at) for one in shown if one.owner is None),
        owned=in_order(_line(one, calendar, at=at) for one in shown if one.owner and one.status is not Status.TRIAGED),
        decided=in_order(_line(one, calendar, at=at) for one in shown if one.status is Status.TRIAGED),
        overdue=await overdue(uow, shown, at=at),
        oldest=say.day(min(one.submitted_at for one in shown), calendar) if shown else "",
        dead=await uow.outbox.stuck(),
    )


async def for_the_leads(uow: UnitOfWork, *, by: Person | None = None) -> list[Concern]:
    """What is open and may stand in the leads' places, drills left out; of that what `by` may read."""
    people = await uow.people.all()
    shown = [c for c in await uow.concerns.open() if not c.drill and routing.fits_the_leads_place(c, people)]
    return [concern for concern in shown if by is None or may(by, Doing.READ, concern)]


async def overdue(uow: UnitOfWork, shown: Sequence[Concern], *, at: datetime) -> list[Line]:
    """The actions of those concerns that are overdue."""
    known = {concern.id: concern for concern in shown}
    late = [action for action in await uow.actions.open() if action.concern in known and action.overdue(at=at)]
    return in_order(of_action(action, known[action.concern], uow.school.calendar, at=at) for action in late)


def _line(concern: Concern, calendar: Calendar, *, at: datetime) -> Line:
    return of_concern(concern, stands(concern), calendar, at=at)


def stands(concern: Concern) -> str:
    """How soon, and where it is: no name, for nobody is compared."""
    decided = "decided" if concern.status is Status.TRIAGED else "accepted" if concern.owner else "waiting"
    return f"{say.URGENCY[concern.urgency]}, {decided}"
