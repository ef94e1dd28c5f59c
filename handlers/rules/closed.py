"""What was said of single days: school is closed, closes early, opens late, and that it does not after all. Pure.

It stands in the trail under the school's own id and nowhere else, and is read back from there into the calendar
(`rules.calendar`), so every clock follows it. What is taken back holds for the days that have passed: clocks stood
still on them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from handlers.rules.calendar import Calendar, Hours
from handlers.rules.chronology import Deed, Sealed
from handlers.rules.people import PersonId

CHANGES_DAYS = frozenset({Deed.SCHOOL_CLOSED, Deed.SCHOOL_OPEN})
"""What says something of the school's days: the store reads that anew after one of these, and only then."""
LONGEST = 60
"""Days that can be said at once (D): what is closed for longer is a matter for the school's file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """School is closed from `first` to `last`, both included; with a time of day something of the first is left."""

    first: date
    last: date
    opens: time | None = None
    """It opens so late on the first day; then that is the last too."""
    closes: time | None = None
    """It closes so early on the first day, and stays closed after it."""
    by: PersonId | None = None
    at: datetime | None = None
    number: int = 0
    """Of the entry that says so."""
    back: date | None = None
    """From this day on it does not hold any more: somebody has taken it back."""

    def days(self) -> Iterator[date]:
        """Those on which it holds."""
        last = self.last if self.back is None else min(self.last, self.back - timedelta(days=1))
        for number in range((last - self.first).days + 1):
            yield self.first + timedelta(days=number)

    def facts(self) -> Mapping[str, str]:
        """As its entry holds them."""
        hours = {"opens": self.opens, "closes": self.closes}
        clocks = {name: f"{clock:%H:%M}" for name, clock in hours.items() if clock is not None}
        return {"from": self.first.isoformat(), "until": self.last.isoformat(), **clocks}

    def hours(self, day: date, before: Hours) -> Hours | None:
        """Of one of those days; None for none at all. `before`: what held until this was said."""
        if day != self.first or (self.opens, self.closes) == (None, None):
            return None
        hours = Hours(opens=self.opens or before.opens, closes=self.closes or before.closes)
        return hours if hours.opens < hours.closes else None


def read(trail: Sequence[Sealed]) -> tuple[Change, ...]:
    """What was said, in order, by the entries of the school itself. One that a newer version wrote otherwise, and that
    cannot be read here, is left out: nothing would open without the others."""
    found: dict[int, Change] = {}
    for line in trail:
        with suppress(KeyError, ValueError):
            if line.entry.deed is Deed.SCHOOL_CLOSED:
                found[line.sequence] = _change(line)
            if line.entry.deed is Deed.SCHOOL_OPEN:
                number = int(line.entry.facts["of"])
                found[number] = replace(found[number], back=date.fromisoformat(line.entry.facts["from"]))
    return tuple(found.values())


def _change(line: Sealed) -> Change:
    facts, entry = line.entry.facts, line.entry
    return Change(
        first=date.fromisoformat(facts["from"]), last=date.fromisoformat(facts["until"]),
        opens=_clock(facts.get("opens")), closes=_clock(facts.get("closes")),
        by=entry.by, at=entry.at, number=line.sequence,
    )  # fmt: skip


def _clock(told: str | None) -> time | None:
    return time.fromisoformat(told) if told else None


def said(changes: Iterable[Change], calendar: Calendar) -> Calendar:
    """The calendar with all of them; of one day the latest holds, and what it does not say stays as before."""
    ordinary, days = Hours(opens=calendar.opens, closes=calendar.closes), dict[date, Hours | None]()
    for change in changes:
        for day in change.days():
            days[day] = change.hours(day, days.get(day) or ordinary)
    return replace(calendar, said=days)


def standing(changes: Sequence[Change], today: date) -> tuple[Change, ...]:
    """What holds on that day or a later one, and can be taken back."""
    return tuple(change for change in changes if any(day >= today for day in change.days()))


def taken_back(change: Change, *, today: date) -> Change:
    """From today on; what has passed stays."""
    return replace(change, back=max(change.first, today))


def back_facts(change: Change) -> Mapping[str, str]:
    """As the entry holds that it was taken back."""
    assert change.back is not None
    return {"of": str(change.number), "from": change.back.isoformat()}
