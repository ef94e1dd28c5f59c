"""When it happened, when it was learned and when it was recorded: the delay is kept, and shown to leads. Pure.

Nothing is guessed: where a time is not known there is no delay, and where only the day is known it is counted in days.
"""

from datetime import datetime
from typing import Final

from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers
from handlers.rules.delay import Moment, in_words, minutes_between
from handlers.ui import say
from handlers.ui.reader import Reader

LEARNED_AFTER: Final = "learned_after"
"""Minutes from its happening to its being learned, as a fact of the entry."""
RECORDED_AFTER: Final = "recorded_after"
"""Minutes from its being learned to its being recorded."""
NOT_THEN: Final = (
    "You cannot have learned of it when it happened, if it is not known when that was. "
    "Choose “On the date below” and say when you learned of it."
)
_UNTIMED = {"over_time": "Happened over time", "unknown": "Not known when it happened"}


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
    minutes = minutes_between(earlier, later, zone=calendar.zone)
    if minutes:
        return f"{in_words(minutes)} {word}"
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
