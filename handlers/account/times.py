"""When it happened, when it was learned and when it was recorded: the delay is kept, and shown to leads. Pure.

Nothing is guessed: where a time is not known there is no delay, and where only the day is known it is counted in days.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta, tzinfo
from typing import Final

from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.delay import Moment, minutes_between, said
from handlers.ui import say
from handlers.ui.form import DateField, Field, is_date
from handlers.ui.reader import Reader

LEARNED_AFTER: Final = "learned_after"
"""Minutes from its happening to its being learned, as a fact of the entry."""
RECORDED_AFTER: Final = "recorded_after"
"""Minutes from its being learned to its being recorded."""
NOT_THEN: Final = (
    "You cannot have learned of it when it happened, if it is not known when that was. "
    "Choose another answer, and say when you learned of it."
)
_DAYS_AGO: Final = {"today": 0, "yesterday": 1}
_BOTH: Final = ("happened", "learned")
_UNTIMED = {"over_time": "Happened over time", "unknown": "Not known when it happened"}


def anchored(before: Answers, answers: Answers, *, calendar: Calendar, at: datetime) -> Answers:
    """With the day that "today" or "yesterday" means, as soon as it is chosen: tomorrow it would be another."""
    chosen = [which for which in _BOTH if answers.get(which) in _DAYS_AGO]
    fresh = [which for which in chosen if before.get(which) != answers.get(which) or not answers.get(f"{which}_date")]
    return {**answers, **{f"{which}_date": _day(answers, which, calendar, at) for which in fresh}}


def dated(answers: Answers, *, calendar: Calendar, at: datetime) -> Answers:
    """With a date in the place of "today" and "yesterday": what is kept is read for years."""
    anchor = anchored(answers, answers, calendar=calendar, at=at)
    return {**anchor, **{which: "then" for which in _BOTH if answers.get(which) in _DAYS_AGO}}


def as_on(answers: Answers, *, calendar: Calendar, at: datetime) -> Answers:
    """As they read on that day: "today" only while it is that day."""
    said = [which for which in _BOTH if answers.get(which) in _DAYS_AGO]
    past = [w for w in said if answers.get(f"{w}_date") not in {None, "", _day(answers, w, calendar, at)}]
    return {**answers, **dict.fromkeys(past, "then")}


_BEHIND: Final = " (written on "


def written_then(answers: Answers, fields: Iterable[Field], *, kept: datetime, at: datetime, zone: tzinfo) -> Answers:
    """With the day on which it was written behind each date that could not be read, from the next day on: "Tuesday" may
    be read by then, and would be another one."""
    then = kept.astimezone(zone).date()
    if at.astimezone(zone).date() <= then:
        return answers
    unread = {name: value for name, value in _unread(answers, fields) if _BEHIND not in value}
    return {**answers, **{name: f"{value}{_BEHIND}{say.written(then)})" for name, value in unread.items()}}


def _unread(answers: Answers, fields: Iterable[Field]) -> Iterator[tuple[str, str]]:
    for one in fields:
        value = answers.get(one.name)
        if isinstance(one, DateField) and isinstance(value, str) and value and not is_date(value):
            yield one.name, value


def _day(answers: Answers, which: str, calendar: Calendar, at: datetime) -> str:
    days = _DAYS_AGO[str(answers[which])]
    return (at.astimezone(calendar.zone).date() - timedelta(days=days)).isoformat()


def facts(answers: Answers, *, calendar: Calendar, at: datetime) -> dict[str, str]:
    """The delays in whole minutes, as far as they are known: for the entry, with nothing personal in it."""
    began, learned = happened(answers, calendar=calendar), _learned(answers, calendar)
    recorded = Moment(at=at)
    known: dict[str, str] = {}
    if began and learned:
        known[LEARNED_AFTER] = str(minutes_between(began, learned, zone=calendar.zone))
    if learned:
        known[RECORDED_AFTER] = str(minutes_between(learned, recorded, zone=calendar.zone))
    return known


def sentence(answers: Answers, *, calendar: Calendar, recorded: datetime) -> str:
    """`Happened Mon 16 Nov, 10:15; learned 3 days later; recorded 2 hours after that`; empty where it was not asked."""
    if not answers.get("happened"):
        return ""
    began, learned = happened(answers, calendar=calendar), _learned(answers, calendar)
    first = f"Happened {_shown(began, calendar)}" if began else _UNTIMED.get(str(answers["happened"]), "")
    second = _learned_words(began, learned, answers, calendar)
    third = f"recorded {say.moment(recorded, calendar)}"
    if learned:
        third = f"recorded {_later(learned, Moment(at=recorded), calendar, 'after that')}"
    return "; ".join(part for part in (first, second, third) if part)


def _learned_words(began: Moment | None, learned: Moment | None, answers: Answers, calendar: Calendar) -> str:
    if answers.get("learned") == "same":
        return "learned as it happened"
    if began and learned:
        return f"learned {_later(began, learned, calendar, 'later')}"
    return f"learned {_shown(learned, calendar)}" if learned else ""


def _later(earlier: Moment, later: Moment, calendar: Calendar, word: str) -> str:
    if minutes_between(earlier, later, zone=calendar.zone):
        return f"{said(earlier, later, zone=calendar.zone)} {word}"
    return "at once" if earlier.timed and later.timed else "the same day"


def _shown(moment: Moment, calendar: Calendar) -> str:
    return say.moment(moment.at, calendar) if moment.timed else say.day(moment.at, calendar)


def happened(answers: Answers, *, calendar: Calendar) -> Moment | None:
    """When it happened, as far as the account says."""
    return _dated("happened", answers, calendar)


def _learned(answers: Answers, calendar: Calendar) -> Moment | None:
    return _dated("happened" if answers.get("learned") == "same" else "learned", answers, calendar)


def _dated(which: str, answers: Answers, calendar: Calendar) -> Moment | None:
    if answers.get(which) != "then":
        return None
    reader = Reader(answers)
    at = reader.moment(f"{which}_date", f"{which}_time", calendar)
    return Moment(at=at, timed=bool(reader.text(f"{which}_time"))) if at else None
