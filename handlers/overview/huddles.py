"""The weekly huddle: once a school week, to the leads' places. Runs inside the caller's unit of work."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from handlers import days_lists, notices, staff
from handlers.notice import NoticeKind
from handlers.overview import digests
from handlers.overview.huddle_card import Week, huddle_card
from handlers.overview.waits import in_order, of_concern, of_referral
from handlers.ports import UnitOfWork
from handlers.rules import clocks
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern, Second, Status
from handlers.rules.people import Person, PersonId
from handlers.ui import say
from handlers.ui.card import Card
from handlers.ui.lines import Line


async def send_huddle(uow: UnitOfWork, *, at: datetime) -> bool:
    """Put the week's huddle into the outbox, once, whoever asks and however often. True for the one who did."""
    calendar = uow.school.calendar
    year, week, _ = at.astimezone(calendar.zone).date().isocalendar()
    subject = days_lists.huddle(uow, at.astimezone(calendar.zone).date())
    if not clocks.huddle_due(calendar, at=at) or not await uow.steps.take(subject, "huddle", at=at):
        return False
    facts = {"week": f"{year}-{week:02d}"}
    await uow.trail.append(Entry(deed=Deed.HUDDLED, at=at, by=None, thing=None, facts=facts))
    await notices.tell_the_leads_place(uow, NoticeKind.HUDDLE, subject)
    return True


async def draw(uow: UnitOfWork, *, at: datetime) -> Card:
    """The huddle as things stand now."""
    return huddle_card(await week(uow, at=at), uow.school.calendar, at=at)


async def week(uow: UnitOfWork, *, at: datetime, by: Person | None = None) -> Week:
    """Only what may stand in the leads' places, and of that what `by` may read."""
    shown = await digests.for_the_leads(uow, by=by)
    calendar = uow.school.calendar
    ends = clocks.week_ends(calendar, at=at)

    def lines(wanted: Callable[[Concern], object]) -> list[Line]:
        found = [one for one in shown if wanted(one)]
        return in_order(of_concern(one, digests.stands(one), calendar, at=at) for one in found)

    return Week(
        waiting=lines(lambda one: one.owner is None),
        undecided=lines(lambda one: one.owner and one.status is not Status.TRIAGED),
        seconds=lines(lambda one: one.second is Second.WANTED or one.close_proposed_by),
        reviews=lines(lambda one: one.status is Status.TRIAGED and one.review_at and one.review_at < ends),
        overdue=await digests.overdue(uow, shown, at=at),
        agencies=await _agencies(uow, shown, at=at),
        held=_held(shown, await staff.names(uow)),
        oldest=say.day(min(c.submitted_at for c in shown), calendar) if shown else "",
        dead=await uow.outbox.stuck(),
    )


async def _agencies(uow: UnitOfWork, shown: Sequence[Concern], *, at: datetime) -> list[Line]:
    known = {concern.id: concern for concern in shown}
    live = [one for one in await uow.referrals.live() if one.concern in known]
    late = [one for one in live if one.late(at=at) or not one.waiting]
    return in_order(of_referral(one, known[one.concern], uow.school.calendar, at=at) for one in late)


def _held(shown: Sequence[Concern], names: Mapping[PersonId, str]) -> list[tuple[str, int]]:
    """In the order of the names: this is not a table of who does most."""
    counts = Counter(concern.owner for concern in shown if concern.owner)
    return sorted((staff.name(names, owner), count) for owner, count in counts.items())
