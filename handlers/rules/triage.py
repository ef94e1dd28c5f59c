"""What a decision needs: a second reader, and a day on which it is looked at again. Pure (DOMAIN, life, clocks)."""

from collections.abc import Collection
from datetime import datetime, timedelta

from handlers.rules.calendar import Calendar
from handlers.rules.concern import Level, Outcome

_GRAVE_KINDS = frozenset({"sexual", "sexual_violence", "fgm", "cse", "cce", "slavery"})
"""Sexual abuse, FGM and exploitation: no further action there has a second reader at any level."""
_WEEKS: dict[Outcome, int] = {
    Outcome.REFERRAL: 2,
    Outcome.EARLY_HELP: 4,
    Outcome.INTERNAL_SUPPORT: 6,
    Outcome.MONITORING: 6,
    Outcome.ADULT_CONDUCT: 6,
    Outcome.NO_FURTHER_ACTION: 12,
}
"""Until it is looked at again: protection plan 2, early help 4, monitoring 6, no further action 12; all (D)."""


def needs_second(outcome: Outcome, level: Level | None, kinds: Collection[str], *, injured: bool) -> bool:
    """No further action at medium level or above, or for sexual abuse, an injury, FGM or exploitation."""
    if outcome is not Outcome.NO_FURTHER_ACTION:
        return False
    return level in {Level.MEDIUM, Level.HIGH} or injured or bool(_GRAVE_KINDS & set(kinds))


def review_at(outcome: Outcome, calendar: Calendar, *, at: datetime) -> datetime:
    """When school opens on the first school day that many weeks on."""
    then = at + timedelta(weeks=_WEEKS[outcome])
    day = then.astimezone(calendar.zone).date()
    return calendar.opening(day) if calendar.is_school_day(day) else calendar.next_opening(then)
