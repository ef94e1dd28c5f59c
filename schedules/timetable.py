"""When things happen. One page of times that call use cases: no state, no rule, no query here.

Every process may tick, as often as it likes: what was done at which step is a row with a unique key (`ports.Steps`).
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from handlers import ticking
from handlers.actions import chasing as action_chasing
from handlers.assurance import drill, selftest
from handlers.oversight import quality
from handlers.overview import digests, huddles
from handlers.ports import UnitsOfWork
from handlers.referrals import chasing as referral_chasing
from handlers.reporter import draft_chasing, duties
from handlers.triage import away, chasing
from handlers.triage import chasing_owned as case_chasing
from handlers.triage.chasing import Directories


@dataclass(frozen=True, slots=True, kw_only=True)
class Uses:
    """What the jobs work with."""

    units: UnitsOfWork
    directories: Directories


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    name: str
    every: float
    """Seconds between ticks: how late a step may be, not how often it happens."""
    run: Callable[[Uses, datetime], Awaitable[object]]


async def _chase_unaccepted(uses: Uses, at: datetime) -> None:
    await chasing.chase_unaccepted(uses.units, uses.directories, at=at)


async def _chase_owned(uses: Uses, at: datetime) -> None:
    await case_chasing.chase_owned(uses.units, at=at)


async def _chase_actions(uses: Uses, at: datetime) -> None:
    await action_chasing.chase_actions(uses.units, at=at)


async def _chase_drafts(uses: Uses, at: datetime) -> None:
    await draft_chasing.chase_drafts(uses.units, at=at)


async def _send_digests(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: digests.send_digest(uow, at=at))


async def _send_huddles(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: huddles.send_huddle(uow, at=at))


async def _tell_of_cover(uses: Uses, at: datetime) -> None:
    await away.tell_on_the_day(uses.units, at=at)


async def _send_samples(uses: Uses, at: datetime) -> None:
    await ticking.each(uses.units, ticking.once, lambda uow, _: quality.send_sample(uow, at=at))


async def _self_test(uses: Uses, at: datetime) -> None:
    await selftest.run_all(uses.units, uses.directories.keys(), at=at)


async def _drill(uses: Uses, at: datetime) -> None:
    await drill.drill_all(uses.units, at=at)


async def _remind_of_duties(uses: Uses, at: datetime) -> None:
    await duties.remind_all(uses.units, at=at)


async def _chase_referrals(uses: Uses, at: datetime) -> None:
    await referral_chasing.chase_referrals(uses.units, at=at)


async def _chase_allegations(uses: Uses, at: datetime) -> None:
    await referral_chasing.chase_allegations(uses.units, at=at)


TIMETABLE: tuple[Job, ...] = (
    Job(name="chase_unaccepted", every=15, run=_chase_unaccepted),
    Job(name="chase_owned", every=60, run=_chase_owned),
    Job(name="chase_actions", every=60, run=_chase_actions),
    Job(name="chase_drafts", every=60, run=_chase_drafts),
    Job(name="chase_referrals", every=60, run=_chase_referrals),
    Job(name="chase_allegations", every=60, run=_chase_allegations),
    Job(name="morning_digest", every=60, run=_send_digests),
    Job(name="monthly_sample", every=300, run=_send_samples),
    Job(name="weekly_huddle", every=60, run=_send_huddles),
    Job(name="cover_begins", every=60, run=_tell_of_cover),
    Job(name="self_test", every=300, run=_self_test),
    Job(name="drill", every=60, run=_drill),
    Job(name="remind_of_duties", every=300, run=_remind_of_duties),
)
