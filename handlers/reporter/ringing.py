"""Who was asked and has not answered, and whom whoever reported it rings: drawn from the state as it is now.

Of one about a child and an adult both parts are told in one message: it stands under the child's part (`notices`).
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers import notices, staff
from handlers.notice import Notice
from handlers.ports import UnitOfWork
from handlers.reporter import receipt_card, ring_card
from handlers.reporter.ring_card import Asked
from handlers.rules import case_clocks, clocks, home_time, routing
from handlers.rules.authority import Doing, may
from handlers.rules.concern import About, Concern, ReporterAs, Status
from handlers.rules.people import Person
from handlers.rules.routing import Rung
from handlers.ui import say
from handlers.ui.card import Card


@dataclass(frozen=True, slots=True, kw_only=True)
class _Waits:
    """A part of which an answer is due that nobody has given."""

    concern: Concern
    since: datetime


async def draw(uow: UnitOfWork, notice: Notice, concern: Concern, *, at: datetime) -> Card | None:
    """Nothing new once somebody has answered; nothing at all to a reporter who has lost it."""
    reporter = await uow.people.get(notice.to) if notice.to else None
    if reporter is None or not may(reporter, Doing.SEE_RECEIPT, concern):
        return None
    parts = [one for one in await _parts(uow, concern, reporter) if may(reporter, Doing.SEE_RECEIPT, one)]
    waits = [found for one in parts if (found := await _waits(uow, one, notice.step, at=at)) is not None]
    if not waits:
        state = receipt_card.status(parts[0], await notices.held_by(uow, parts[0]))
        return ring_card.settled(parts[0], state) if await uow.posts.find(notice) else None
    first = waits[0]
    staffed = first.concern.owner is not None and first.concern.reporter_as is ReporterAs.STAFF
    owner = await staff.name_of(uow, first.concern.owner) if staffed and first.concern.owner else ""
    shown = say.moment(first.since, uow.school.calendar)
    every = await asked(uow, [one.concern for one in waits], reporter, at=at)
    return ring_card.ring_card(
        first.concern, notice.step, every, since=shown, owner=owner, passed=first.since <= at
    )


async def _parts(uow: UnitOfWork, concern: Concern, reporter: Person) -> list[Concern]:
    """The whole first, then the child's part of it; most concerns are one."""
    if concern.about is not About.CHILD:
        return [concern]
    theirs = await uow.concerns.reported_by(reporter.id)
    whole = [one for one in theirs if one.about is About.BOTH and routing.childs_part_of(one.id) == concern.id]
    return [*whole, concern]


async def _waits(uow: UnitOfWork, concern: Concern, step: str, *, at: datetime) -> _Waits | None:
    since = await _due_since(uow, concern, step, at=at)
    return None if since is None else _Waits(concern=concern, since=since)


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


async def asked(uow: UnitOfWork, concerns: Sequence[Concern], reporter: Person, *, at: datetime) -> Asked:
    """Who had them on the rungs below the ones that they have come to, and who has them since; each once, and never
    whoever reads it."""
    people = [person for person in await uow.people.all() if person.id != reporter.id]
    had = [person for person in people if any(_had(one, person) for one in concerns)]
    have = [one for one in people if one not in had and any(routing.receives(concern, one) for concern in concerns)]
    everybody = all(one.rung >= Rung.OUTSIDE for one in concerns)
    return await told(uow, had, have, everybody=everybody, at=at)


async def told(
    uow: UnitOfWork, had: Collection[Person], have: Collection[Person], *, everybody: bool, at: datetime
) -> Asked:
    """Whom to ring of those who were asked before and those who are asked now; a chat asks nobody who has none."""
    without = [one for one in (*had, *have) if not await uow.people.accounts(one.id)]
    outside = uow.school.outside
    return Asked(
        silent=await staff.to_ring(uow, [one for one in had if one not in without], at=at),
        fresh=await staff.to_ring(uow, [one for one in have if one not in without], at=at),
        unwritten=await staff.to_ring(uow, without, at=at),
        closed=not uow.school.calendar.is_open(at), everybody=everybody,
        outside=(f"{outside.name} (outside school)", outside.telephone),
    )  # fmt: skip


def _had(concern: Concern, person: Person) -> bool:
    top = concern.rung >= Rung.OUTSIDE
    return routing.receives(replace(concern, rung=concern.rung if top else max(concern.rung - 1, 0)), person)
