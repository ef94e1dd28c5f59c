"""Which days a date may be, said once for every date field: by the way that it looks, and by the concern it hangs from.

What looks back is no day to come, what looks ahead none that has passed. What was done about a concern was not done
before there was one by more than half a year: a slip of the year is asked back, and what was done long ago and is
written down now is taken. Where the time of day counts too, whoever reads the form says more. Pure.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from handlers.rules.chronology import Answers
from handlers.ui import say
from handlers.ui.form import DateField, Field, is_date
from handlers.ui.spoken_days import Looks

FUTURE = "This is in the future. Check the date and the time."
PASSED = "This day has passed already. Choose a later one."
TOO_FAR = "This is more than two years from now. Check the year."
TOO_LONG_AGO = "This is more than a hundred years ago. Check the year."
BEFORE = "This is long before the concern was raised, on {day}. Check the date."
FIRST_DONE = timedelta(days=183)
"""By so much what was done may be earlier than what was raised about it (D)."""
_AHEAD, _BACK = timedelta(days=2 * 366), timedelta(days=100 * 366)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """What a date is held against."""

    today: date
    raised: date | None = None
    """When the concern was raised that the form is about; None where it is about none, or none yet."""


def complaints(fields: tuple[Field, ...], answers: Answers, days: Days) -> Mapping[str, str]:
    """The sentence beside each date that cannot be. What is no date is complained of elsewhere."""
    told = {one.name: _fault(one, answers.get(one.name), days) for one in fields if isinstance(one, DateField)}
    return {name: words for name, words in told.items() if words}


def _fault(field: DateField, value: object, days: Days) -> str:
    if not isinstance(value, str) or not is_date(value):
        return ""
    day = date.fromisoformat(value)
    if field.looks is Looks.BACK and day > days.today:
        return FUTURE
    if field.looks is Looks.AHEAD and day < days.today:
        return PASSED
    if day - days.today > _AHEAD:
        return TOO_FAR
    if days.raised is not None and day < days.raised - FIRST_DONE:
        return BEFORE.format(day=say.written(days.raised))
    return TOO_LONG_AGO if days.today - day > _BACK else ""
