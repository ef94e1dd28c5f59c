"""Who was asked and has not answered, and whom whoever reported it rings: drawn from the state as it is now."""

from dataclasses import replace
from datetime import datetime

from handlers import notices, staff
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.reporter import receipt_card, ring_card
from handlers.reporter.ring_card import Asked
from handlers.rules import case_clocks, clocks, home_time, routing
from handlers.rules.authority import Doing, may
from handlers.rules.concern import Concern, ReporterAs, Status
from handlers.rules.routing import Rung
from handlers.ui import say
from handlers.ui.card import Card


async def draw(uow: UnitOfWork, notice: Notice, concern: Concern, *, at: datetime) -> Card | None:
    """Nothing new once somebody has answered; nothing at all to a reporter who has lost it."""
    reporter = await uow.people.get(notice.to) if notice.to else None
    if reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return None
    since = await _due_since(uow, concern, notice.step, at=at)
    if since is None:
        state = receipt_card.status(concern, await notices.held_by(uow, concern))
        return ring_card.settled(concern, state) if await uow.posts.find(notice) else None
    staffed = concern.owner is not None and concern.reporter_as is ReporterAs.STAFF
    owner = await staff.name_of(uow, concern.owner) if staffed and concern.owner else ""
    shown = say.moment(since, uow.school.calendar)
    return ring_card.ring_card(
        concern, notice.step, await asked(uow, concern, at=at), since=shown, owner=owner, passed=since <= at
    )


async def _due_since(uow: UnitOfWork, concern: Concern, step: str, *, at: datetime) -> datetime | None:
    """Since when an answer is due that nobody has given; None where somebody has."""
    if concern.owner is not None and not _was_owned(concern, step):
        return None
    if concern.status is Status.CLOSED or home_time.settled(concern) or (concern.safe_until or at) > at:
        return None
    if step.startswith(ring_card.UNDECIDED):
        since = case_clocks.climbs_from(concern, uow.school.calendar)
        return since if since is not None and since <= at else None
    if step.startswith(ring_card.HOME_TIME):
        return concern.now_since
    return clocks.accept_by(concern, uow.school.calendar, since=await notices.waits_since(uow, concern))


def _was_owned(concern: Concern, step: str) -> bool:
    """Whether it is about what an owner owes; a relative is not told what is done with it (`ReporterAs`)."""
    if concern.reporter_as is not ReporterAs.STAFF or concern.accepted_at is None:
        return False
    before_the_bell = concern.now_since is not None and concern.accepted_at <= concern.now_since
    return step.startswith(ring_card.UNDECIDED) or (step.startswith(ring_card.HOME_TIME) and before_the_bell)


async def asked(uow: UnitOfWork, concern: Concern, *, at: datetime) -> Asked:
    """Who had it on the rungs below the one that it has come to, and who has it since."""
    people = await uow.people.all()
    top = concern.rung >= Rung.OUTSIDE
    below = replace(concern, rung=concern.rung if top else max(concern.rung - 1, 0))
    before = [person for person in people if routing.receives(below, person)]
    since = [person for person in people if routing.receives(concern, person) and person not in before]
    outside = uow.school.outside
    return Asked(
        silent=ring_card.numbers(before), fresh=ring_card.numbers(since), closed=not uow.school.calendar.is_open(at),
        everybody=top, outside=(f"{outside.name} (outside school)", outside.telephone),
    )  # fmt: skip

