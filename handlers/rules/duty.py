"""Personal duties: what the law asks of the reporter and of nobody in their place. Pure; the duties are pack data.

Which answers call for one is decided by the kinds that were chosen and by a few phrases, looked for as whole words in
what was typed. Nothing here decides that a duty has been done: that is the reporter's to say.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from handlers.rules import home_time
from handlers.rules.calendar import Calendar
from handlers.rules.chronology import Answers, Deed, Sealed
from handlers.rules.source import Source

MARK = "duty"
"""The fact of an entry whose words call for a duty. It says that there is one, never which."""


class By(StrEnum):
    """By when a duty is to be done."""

    NEXT_WORKING_DAY = "next_working_day"
    SOON = "as_soon_as_practicable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    key: str
    title: str
    binds: str
    """On whom it falls, in words: the staff list does not say who is a teacher."""
    kinds: frozenset[str]
    phrases: tuple[str, ...]
    """Folded (`fold`)."""
    text: tuple[str, ...]
    whom: str
    ring: str
    by: By
    source: Source
    deadline: Source
    """Of `by` and `close`: the law's own limit may be another."""
    limit: str = ""
    """The time that the law itself gives, in words."""
    exceptions: str = ""
    """When it does not bind, in words."""
    deterring: str = ""
    """What becomes of whoever keeps somebody from reporting, in words."""
    close: time | None = None
    """The hour at which the working day is over, where `by` is the next working day."""
    in_force: date | None = None
    """None: the day has not been appointed; until it comes the duty is shown as good practice."""
    authority: bool = False
    """The local authority may be told instead."""

    def binding(self, on: date) -> bool:
        return self.in_force is not None and self.in_force <= on


def fold(text: str) -> str:
    """The words of a text in small letters without accents, a space around each."""
    bare = unicodedata.normalize("NFKD", text).casefold()
    kept = "".join(
        letter if letter.isalnum() else " " for letter in bare if not unicodedata.combining(letter)
    )
    return f" {' '.join(kept.split())} "


def called_for(duties: Collection[Duty], answers: Answers) -> tuple[Duty, ...]:
    """The duties that those answers call for, in the pack's order."""
    chosen = answers.get("kinds", ())
    kinds = {chosen} if isinstance(chosen, str) else set(chosen)
    typed = " ".join(fold(value) for value in answers.values() if isinstance(value, str))
    return tuple(
        duty for duty in duties if duty.kinds & kinds or any(phrase in typed for phrase in duty.phrases)
    )


def due(duty: Duty, calendar: Calendar, *, since: datetime) -> datetime | None:
    """The moment by which it is to be done; None for as soon as practicable."""
    if duty.by is By.SOON or duty.close is None:
        return None
    return datetime.combine(remind_on(calendar, since=since), duty.close, calendar.zone).astimezone(UTC)


def steps(duty: Duty, calendar: Calendar, *, since: datetime, at: datetime) -> tuple[tuple[str, datetime], ...]:
    """When it is told of until it is recorded as done, with the moment: before its time, when that has passed, and on
    the morning of each working day from then on. Of those mornings the last alone: after days down it is told once.

    What is to be done as soon as practicable is told of at home time on the day on which it was known, and then on
    each morning (D).
    """
    first, by = remind_on(calendar, since=since), due(duty, calendar, since=since)
    bell = home_time.bell(since, calendar)
    found = [(f"{STEP}{first.isoformat()}", morning(first, calendar))]
    if by is None and bell > since:
        found.append((f"{STEP}{first.isoformat()}{AT_THE_BELL}", bell))
    if by is not None:
        found.append((f"{STEP}{first.isoformat()}{LATE}", by))
    today = at.astimezone(calendar.zone).date()
    mornings = ((day, morning(day, calendar)) for day in _back_to(first, today) if calendar.is_working_day(day))
    last = next((day for day, begins in mornings if begins <= at), None)
    if last is not None:
        found.append((f"{STEP}{last.isoformat()}", morning(last, calendar)))
    return tuple(sorted((step for step in found if step[1] <= at), key=lambda step: step[1]))


def day_of(text: str) -> date:
    """The day in the name of a step."""
    return date.fromisoformat(text)


STEP, AT_THE_BELL, LATE = "duty_", "_bell", "_late"
"""How the name of a step begins, and how it ends where it is not a morning's; the day stands between them."""


def _back_to(first: date, day: date) -> Iterable[date]:
    """Each day after the first, the last one first."""
    return (day - timedelta(days=back) for back in range(max((day - first).days, 0)))


def morning(day: date, calendar: Calendar) -> datetime:
    """An hour before school opens, holidays included."""
    return calendar.opening(day) - timedelta(hours=1)


def remind_on(calendar: Calendar, *, since: datetime) -> date:
    """The next working day, on whose morning somebody who has not logged it is reminded."""
    return calendar.after_working_days(since, 1).astimezone(calendar.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """How things stand with the reporter's own duties in one concern, as far as its plain entries tell."""

    called: bool = False
    logged_at: datetime | None = None
    """When the reporter logged it; None while something that was said since, or nothing yet, has been logged."""
    not_theirs: bool = False
    """What they logged is that it is not theirs to do, and why."""


NONE_OF_THEIR_OWN = Own()


def own(trail: Iterable[Sealed]) -> Own:
    """Read from the entries without opening a word of them. Nobody's deed but the reporter's counts."""
    called, logged_at, not_theirs = False, None, False
    for line in trail:
        if MARK in line.entry.facts:
            called, logged_at, not_theirs = True, None, False
        elif line.entry.deed in {Deed.REPORTED, Deed.NOT_THEIRS}:
            logged_at, not_theirs = line.entry.at, line.entry.deed is Deed.NOT_THEIRS
    return Own(called=called, logged_at=logged_at, not_theirs=not_theirs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """A duty that somebody's words call for, since the moment at which they knew of it."""

    duty: Duty
    since: datetime


def first_of_each(calls: Sequence[Called]) -> tuple[Called, ...]:
    """Each duty once, from when it was first known."""
    seen: dict[str, Called] = {}
    for call in calls:
        seen.setdefault(call.duty.key, call)
    return tuple(seen.values())
