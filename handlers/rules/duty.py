"""Personal duties: what the law asks of the reporter and of nobody in their place. Pure; the duties are pack data.

Which answers call for one is decided by the kinds that were chosen and by a few phrases, looked for as whole words in
what was typed. Nothing here decides that a duty has been done: that is the reporter's to say.
"""

import unicodedata
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from enum import StrEnum

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


def remind_on(calendar: Calendar, *, since: datetime) -> date:
    """The next working day, on whose morning somebody who has not logged it is reminded."""
    return calendar.after_working_days(since, 1).astimezone(calendar.zone).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """How things stand with the reporter's own duties in one concern, as far as its plain entries tell."""

    called: bool = False
    logged_at: datetime | None = None
    """When the reporter logged it; None while something that was said since, or nothing yet, has been logged."""


NONE_OF_THEIR_OWN = Own()


def own(trail: Iterable[Sealed]) -> Own:
    """Read from the entries without opening a word of them. Nobody's deed but the reporter's counts."""
    called, logged_at = False, None
    for line in trail:
        if MARK in line.entry.facts:
            called, logged_at = True, None
        elif line.entry.deed is Deed.REPORTED:
            logged_at = line.entry.at
    return Own(called=called, logged_at=logged_at)


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
