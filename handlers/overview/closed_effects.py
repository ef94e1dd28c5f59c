"""What it does to what is open that school has other hours: which concern counts as "now", whose time moves. No write.

Each is worked out twice, by the calendar as it is and by the one to come: nothing is said here of how long anything is.
"""

from collections.abc import Sequence
from datetime import datetime

from handlers import notices, staff
from handlers.ports import UnitOfWork
from handlers.rules import case_clocks, clocks, home_time, order
from handlers.rules.authority import Doing, may
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, Status, Urgency
from handlers.rules.people import Person
from handlers.ui import say
from handlers.ui.card import Facts, Heading, Words
from handlers.ui.form import Part

MOST = 30
"""Concerns in the window; what is left out is counted, and stands on the board."""
UNMOVED = "Nothing that is open, and that you can read, is moved by it."
_NOW = "These count as “now” from then, and are asked for until somebody has them"
_LATER = "The time of these moves"


async def moves(uow: UnitOfWork, concern: Concern, new: Calendar, *, at: datetime) -> bool:
    """Whether anything that its cards show is another by that calendar."""
    since = await notices.waits_since(uow, concern)
    before, after = (_times(concern, calendar, since=since, at=at) for calendar in (uow.school.calendar, new))
    return before != after


def _times(concern: Concern, calendar: Calendar, *, since: datetime | None, at: datetime) -> tuple[object, ...]:
    steps = tuple(step.due for step in case_clocks.steps(concern, calendar))
    wakes = home_time.wakes_at(concern, calendar, since=since)
    return (expects(concern, calendar, since=since, at=at), case_clocks.offer_ends(concern, calendar), wakes, steps)


def expects(
    concern: Concern, calendar: Calendar, *, since: datetime | None, at: datetime
) -> tuple[datetime | None, datetime | None]:
    """What its reporter is told to expect: by when somebody has it, and while school is closed when it is read."""
    unread = concern.status is Status.SUBMITTED and concern.urgency is not Urgency.NOW
    reads = calendar.next_opening(at) if unread and not calendar.is_open(at) else None
    return clocks.accept_by(concern, calendar, since=since), reads


def wakes_by(concern: Concern, calendar: Calendar, *, since: datetime | None, at: datetime) -> bool:
    """Whether it counts as "now" from this moment or an earlier one."""
    bell = home_time.wakes_at(concern, calendar, since=since)
    return bell is not None and bell <= at


async def shown(uow: UnitOfWork, new: Calendar, *, by: Person, at: datetime) -> tuple[Part, ...]:
    """Of what that person may read: what counts as "now" sooner and whose it is, then what else moves."""
    known = [one for one in await uow.concerns.open() if not one.drill and may(by, Doing.READ, one)]
    in_order = order.known(known, lambda one: order.of_concern(one, new, at=at))
    wake, move = list[tuple[str, str]](), list[tuple[str, str]]()
    for concern in in_order:
        if said := await _wakes(uow, concern, new, at=at):
            wake.append((concern.reference, said))
        elif said := await _moves(uow, concern, new):
            move.append((concern.reference, said))
    if not wake and not move:
        return (Words(text=UNMOVED, subtle=True),)
    return (*_listed(_NOW, wake), *_listed(_LATER, move))


def _listed(title: str, lines: Sequence[tuple[str, str]]) -> tuple[Part, ...]:
    more = (Words(text=f"and {len(lines) - MOST} more: type /concern board", subtle=True),) if len(lines) > MOST else ()
    return (Heading(title), Facts(tuple(lines[:MOST])), *more) if lines else ()


async def _wakes(uow: UnitOfWork, concern: Concern, new: Calendar, *, at: datetime) -> str:
    since = await notices.waits_since(uow, concern)
    before, bell = (home_time.wakes_at(concern, one, since=since) for one in (uow.school.calendar, new))
    if bell is None or bell == before:
        return ""
    when = "At once" if bell <= at else f"From {say.moment(bell, new)}"
    if concern.owner is None:
        return f"{when}, unless somebody accepts it first and says why the child is safe. Nobody has it yet."
    return f"{when}, unless {await staff.name_of(uow, concern.owner)} decides or says why the child is safe."


async def _moves(uow: UnitOfWork, concern: Concern, new: Calendar) -> str:
    since, old = await notices.waits_since(uow, concern), uow.school.calendar
    ends = {
        "To be accepted by": (clocks.accept_by(concern, one, since=since) for one in (old, new)),
        "Decision due by": (case_clocks.decide_by(concern, one) for one in (old, new)),
        "The offer ends": (case_clocks.offer_ends(concern, one) for one in (old, new)),
    }
    for what, (before, after) in ends.items():
        if before is not None and after is not None and before != after:
            return f"{what} {say.moment(after, new)}, not {say.moment(before, old)}"
    return ""
