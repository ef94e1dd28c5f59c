"""Which clock runs for a referral, and how late it is. Pure (DOMAIN, "Clocks", external).

Agencies count in working days, school holidays included, from the moment a referral was sent.
What is late is chased once a working day: which day has been reached is worked out from the state, nothing is queued.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from handlers.rules.agency import Agency, Make
from handlers.rules.calendar import Calendar
from handlers.rules.referral import SPOKEN, Method, Referral, ReferralStatus

UNDECIDED_AFTER = 1
"""Working days after an agency's no: by then the school has challenged it, or said why it accepts it (D)."""


class Late(StrEnum):
    """What is late about a referral. Stored in the names of steps: add, never rename."""

    ANSWER = "answer"
    """The agency owes an answer."""
    CONFIRMATION = "confirmation"
    """It was made in speech, and has not been put in writing."""
    DECISION = "decision"
    """The agency said no, and the school has neither challenged nor accepted that."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chase:
    """The step that has been reached: one for each working day."""

    late: Late
    stage: int
    days: int
    """Working days since it was due: 0 on the first."""

    @property
    def name(self) -> str:
        """Stored for ever with whom it chased."""
        return f"{self.late}_{self.stage}_{self.days}"


def chased(step: str) -> Chase | None:
    """The chase of that name; None for any other step."""
    late, _, rest = step.partition("_")
    stage, _, days = rest.partition("_")
    if late not in set(Late) or not (stage.isdigit() and days.isdigit()):
        return None
    return Chase(late=Late(late), stage=int(stage), days=int(days))


def answer_by(agency: Agency, calendar: Calendar, *, sent_at: datetime) -> datetime:
    """When the agency's answer is owed."""
    return calendar.after_working_days(sent_at, agency.answer.days)


def confirm_by(agency: Agency, method: Method, calendar: Calendar, *, sent_at: datetime) -> datetime | None:
    """When a referral made in speech must be in writing; None where it is already, or the agency does not ask it."""
    if method not in SPOKEN or agency.confirm is None:
        return None
    return calendar.after_working_days(sent_at, agency.confirm.days)


def stage_by(agency: Agency, stage: int, calendar: Calendar, *, at: datetime) -> datetime:
    """When the answer to that stage of a challenge, begun now, is owed. IndexError past the last stage."""
    return calendar.after_working_days(at, agency.stages[stage - 1].days)


def make_by(make: Make, calendar: Calendar, *, since: datetime) -> datetime:
    """When the agency must have been told, of what was known since then."""
    moment = calendar.after_working_days(since, make.days)
    if make.close is None:
        return moment
    return datetime.combine(moment.astimezone(calendar.zone).date(), make.close, calendar.zone).astimezone(UTC)


def days_late(due: datetime, calendar: Calendar, *, at: datetime) -> int | None:
    """Working days that have passed since it was due: 0 on the first, None while there is time."""
    if at <= due:
        return None
    local = due.astimezone(calendar.zone)
    last = (at.astimezone(calendar.zone).date() - local.date()).days
    ahead = (local.date() + timedelta(days=n) for n in range(1, last + 1))
    marks = (datetime.combine(day, local.time(), calendar.zone) for day in ahead if calendar.is_working_day(day))
    return sum(mark <= at for mark in marks)


def chases(referral: Referral, calendar: Calendar, *, at: datetime) -> tuple[Chase, ...]:
    """The step that each of its clocks has reached by now; none of what is in time."""
    found = ((late, days_late(due, calendar, at=at)) for late, due in _running(referral, calendar))
    return tuple(
        Chase(late=late, stage=stage_of(late, referral), days=days) for late, days in found if days is not None
    )


def running(referral: Referral, calendar: Calendar) -> dict[Late, datetime]:
    """What is waited for, each with the moment at which it is due."""
    return dict(_running(referral, calendar))


def stage_of(late: Late, referral: Referral) -> int:
    """A challenge changes nothing about what was never put in writing: it is chased once a day, whatever the stage."""
    return 0 if late is Late.CONFIRMATION else referral.stage


def _running(referral: Referral, calendar: Calendar) -> Iterator[tuple[Late, datetime]]:
    if referral.waiting:
        yield Late.ANSWER, referral.answer_by
    if referral.live and referral.confirm_by is not None and referral.confirmed_at is None:
        yield Late.CONFIRMATION, referral.confirm_by
    if referral.status is ReferralStatus.REFUSED and referral.answered_at is not None:
        yield Late.DECISION, calendar.after_working_days(referral.answered_at, UNDECIDED_AFTER)
