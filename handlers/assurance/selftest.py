"""The nightly self-test: of every possible subject, who would receive it and whether they can be reached.

What is wrong is counted, kept, and told to the head and the technician without a subject's name: `python -m bot check`
shows the table. A night without a fault takes the alarm of that week away.
"""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from handlers import notices, ticking
from handlers.notice import Notice, NoticeKind
from handlers.ports import UnitOfWork, UnitsOfWork
from handlers.rules import selftest
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Deed, Entry
from handlers.rules.people import Person, PersonId, Role
from handlers.rules.selftest import GRAVE, Row
from handlers.ui.card import Card
from handlers.ui.plain import alarm_card

STEP = "self_test"
_FROM = timedelta(hours=2, minutes=30)
"""After midnight on the school's clock: when nobody works in it (D)."""
_LATEST = timedelta(hours=8)
"""A program that was down at night does it still in the morning."""


async def run_all(units: UnitsOfWork, platforms: Collection[str], *, at: datetime) -> int:
    """Test every school that has not been tested this night; returns how many were."""
    return await ticking.each(units, ticking.once, lambda uow, _: run_school(uow, platforms, at=at))


async def run_school(uow: UnitOfWork, platforms: Collection[str], *, at: datetime) -> bool:
    """Once a night, whoever ticks and however often. `platforms`: those that are set up."""
    night = _night(uow.school.calendar, at)
    subject = _week(uow, at)
    if night is None or not await uow.steps.take(uow.school.id, f"{STEP}:{night}", at=at):
        return False
    found = selftest.faults(await table(uow, platforms, at=at))
    counted = {fault.value: str(count) for fault, count in found.items() if count}
    await uow.trail.append(Entry(deed=Deed.SELF_TESTED, at=at, by=None, thing=subject, facts=counted))
    if grave := sum(found[fault] for fault in GRAVE):
        facts = {"why": "nobody_could_be_reached", "subjects": str(grave)}
        await uow.trail.append(Entry(deed=Deed.ALARMED, at=at, by=None, thing=None, facts=facts))
        await notices.tell(uow, NoticeKind.ALARM, await keepers(uow), subject, step=STEP)
    await notices.redraw(uow, subject)
    return True


async def keepers(uow: UnitOfWork) -> Sequence[Person]:
    """Who is told when the way itself is broken: the head and the technician; without either, the leads."""
    people = await uow.people.with_roles({Role.HEAD, Role.TECHNICIAN})
    return people or await notices.leads(uow)


async def table(uow: UnitOfWork, platforms: Collection[str], *, at: datetime) -> tuple[Row, ...]:
    people = await uow.people.all()
    sealed = [concern for concern in await uow.concerns.open() if concern.sealed and not concern.drill]
    reached = await _reachable(uow, people, platforms)
    return selftest.rows(people, reached, policy=uow.school.policy, sealed=sealed, at=at)


async def _reachable(
    uow: UnitOfWork, people: Sequence[Person], platforms: Collection[str]
) -> frozenset[PersonId]:
    """By the account that they are written to: the one they prefer."""
    places = {person.id: await notices.place_of(uow, person) for person in people}
    return frozenset(id for id, place in places.items() if place is not None and place.platform in platforms)


def _night(calendar: Calendar, at: datetime) -> str | None:
    local = at.astimezone(calendar.zone)
    since = timedelta(hours=local.hour, minutes=local.minute)
    return local.date().isoformat() if _FROM <= since < _LATEST else None


def _week(uow: UnitOfWork, at: datetime) -> UUID:
    """One alarm a week, drawn again each night."""
    year, week, _ = at.astimezone(uow.school.calendar.zone).isocalendar()
    return uuid5(uow.school.id, f"{STEP}/{year}-{week}")


async def draw(uow: UnitOfWork, notice: Notice) -> Card | None:
    """What the newest test of that week found; None when all is well again."""
    tests = [line.entry for line in await uow.trail.of(notice.subject) if line.entry.deed is Deed.SELF_TESTED]
    count = sum(int(tests[-1].facts.get(fault.value, "0")) for fault in GRAVE) if tests else 0
    if not count:
        return None
    subjects = "1 possible subject" if count == 1 else f"{count} possible subjects"
    return alarm_card(f"A concern about {subjects} would reach nobody: run python -m bot check.")
