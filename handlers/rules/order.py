"""The one order of whatever waits or is read again: first what must not be missed, so that what is cut is the least.

Danger, then what is late, then how soon, then age. Pure; every list, count and search of the program goes through it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from handlers.rules import case_clocks, clocks
from handlers.rules.action import Action
from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, Level, Status, Urgency
from handlers.rules.patterns import Pattern
from handlers.rules.referral import Referral

T = TypeVar("T")
Key = tuple[int, int, int, float]
"""Sorted upwards: the smallest must be missed least."""

_SOONEST = tuple(Urgency)
"""How soon somebody must act, the soonest first, as `Urgency` names them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """What the order looks at, of a concern, an action or a referral."""

    urgency: Urgency
    since: datetime
    """When it came, or is due."""
    late: bool = False
    """Something of it is overdue, or has been refused."""
    over: bool = False
    """It is closed: nothing of it waits."""
    grave: bool = False
    """A lead has judged it high."""

    @property
    def pressing(self) -> bool:
        """Somebody may be in danger, or something is late: to be acted on first."""
        return not self.over and (self.urgency is Urgency.NOW or self.late)


def of_concern(concern: Concern, calendar: Calendar, *, at: datetime) -> Weight:
    """As it stands at that moment."""
    by = clocks.accept_by(concern, calendar)
    late = by is not None and by <= at
    return Weight(
        urgency=concern.urgency,
        since=concern.submitted_at,
        late=late or bool(case_clocks.due_steps(concern, calendar, at=at)),
        over=concern.status is Status.CLOSED,
        grave=concern.level is Level.HIGH,
    )


def of_action(action: Action, concern: Concern, *, at: datetime) -> Weight:
    """As soon as the concern or the action asks, whichever is sooner."""
    soonest = min(concern.urgency, action.urgency, key=_SOONEST.index)
    return Weight(urgency=soonest, since=action.due_at, late=action.overdue(at=at), over=not action.live)


def of_referral(referral: Referral, concern: Concern, *, at: datetime) -> Weight:
    late = referral.late(at=at) or referral.unconfirmed(at=at) or (referral.live and not referral.waiting)
    return Weight(urgency=concern.urgency, since=referral.answer_by, late=late, over=not referral.live)


def of_pattern(pattern: Pattern) -> Weight:
    """As pressing as the gravest of its evidence; of two alike the newer evidence first (`known`)."""
    levels = {one.level for one in pattern.evidence}
    grave = Level.HIGH in levels
    urgency = Urgency.TODAY if grave else Urgency.WEEK if Level.MEDIUM in levels else Urgency.RECORD
    return Weight(urgency=urgency, since=max(one.at for one in pattern.evidence), grave=grave)


def waiting(things: Iterable[T], weigh: Callable[[T], Weight]) -> list[T]:
    """What somebody must do: of two alike the older first."""
    return sorted(things, key=lambda thing: _key(weigh(thing), newest=False))


def known(things: Iterable[T], weigh: Callable[[T], Weight]) -> list[T]:
    """What is read again: what waits before what is over, and of two alike the newer first."""
    return sorted(things, key=lambda thing: _key(weigh(thing), newest=True))


def _key(weight: Weight, *, newest: bool) -> Key:
    age = weight.since.timestamp()
    if weight.over:
        first = weight.grave or weight.urgency is Urgency.NOW
        return 2, not first, 0, -age
    danger = weight.urgency is Urgency.NOW
    return int(not danger), int(not weight.late), _SOONEST.index(weight.urgency), -age if newest else age
