"""The weekly huddle: once a school week, to the leads' places. Runs inside the caller's unit of work."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import uuid5

from handlers import notices, staff
from handlers.actions.card import reference
from handlers.notice import NoticeKind
from handlers.overview.huddle_card import Week, huddle_card
from handlers.ports import UnitOfWork
from handlers.referrals.card import reference as referral_reference
from handlers.rules import clocks, routing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Second, Status
from handlers.rules.people import PersonId
from handlers.ui import say
from handlers.ui.card import Card


async def send_huddle(uow: UnitOfWork, *, at: datetime) -> bool:
    """Put the week's huddle into the outbox, once, whoever asks and however often. True for the one who did."""
    calendar = uow.school.calendar
    year, week, _ = at.astimezone(calendar.zone).date().isocalendar()
    subject = uuid5(uow.school.id, f"huddle/{year}-{week}")
    if not clocks.huddle_due(calendar, at=at) or not await uow.steps.take(subject, "huddle", at=at):
        return False
    facts = {"week": f"{year}-{week:02d}"}
    await uow.trail.append(Entry(deed=Deed.HUDDLED, at=at, by=None, thing=None, facts=facts))
    await notices.tell_the_leads_place(uow, NoticeKind.HUDDLE, subject)
    return True


async def draw(uow: UnitOfWork, *, at: datetime) -> Card:
    """The huddle as things stand now: only what may stand in the leads' places; drills left out."""
    people = await uow.people.all()
    shown = [c for c in await uow.concerns.open() if routing.fits_the_leads_place(c, people) and not c.drill]
    calendar = uow.school.calendar
    ends = clocks.week_ends(calendar, at=at)
    week = Week(
        waiting=[c.reference for c in shown if c.owner is None],
        undecided=[c.reference for c in shown if c.owner and c.status is not Status.TRIAGED],
        seconds=[c.reference for c in shown if c.second is Second.WANTED or c.close_proposed_by],
        reviews=[c.reference for c in shown if c.status is Status.TRIAGED and c.review_at and c.review_at < ends],
        overdue=await _overdue(uow, shown, at=at),
        agencies=await _agencies(uow, shown, at=at),
        held=_held(shown, await staff.names(uow)),
        oldest=say.day(min(c.submitted_at for c in shown), calendar) if shown else "",
        dead=await uow.outbox.dead(),
    )
    return huddle_card(week, calendar, at=at)


async def _overdue(uow: UnitOfWork, shown: Sequence[Concern], *, at: datetime) -> list[str]:
    known = {concern.id: concern for concern in shown}
    late = [action for action in await uow.actions.open() if action.overdue(at=at)]
    return [reference(action, known[action.concern]) for action in late if action.concern in known]


async def _agencies(uow: UnitOfWork, shown: Sequence[Concern], *, at: datetime) -> list[str]:
    known = {concern.id: concern for concern in shown}
    live = [one for one in await uow.referrals.live() if one.concern in known]
    return [referral_reference(one, known[one.concern]) for one in live if one.late(at=at) or not one.waiting]


def _held(shown: Sequence[Concern], names: Mapping[PersonId, str]) -> list[tuple[str, int]]:
    """In the order of the names: this is not a table of who does most."""
    counts = Counter(concern.owner for concern in shown if concern.owner)
    return sorted((staff.name(names, owner), count) for owner, count in counts.items())
