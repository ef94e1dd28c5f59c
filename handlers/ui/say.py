"""Times, states and people in the words that people read: the one place in which a date is written out.

Pure; all times are shown on the school's clock.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern, Outcome, Status, Urgency
from handlers.rules.people import Person, PersonId, Role
from handlers.ui.form import is_date

URGENCY = {
    Urgency.NOW: "Now",
    Urgency.TODAY: "Today",
    Urgency.WEEK: "This week",
    Urgency.RECORD: "For the record",
}
OUTCOME = {
    Outcome.MONITORING: "monitoring",
    Outcome.INTERNAL_SUPPORT: "support in school",
    Outcome.EARLY_HELP: "early help",
    Outcome.REFERRAL: "referral to an outside agency",
    Outcome.ADULT_CONDUCT: "adult conduct",
    Outcome.NO_FURTHER_ACTION: "no further action",
}

LABEL, HEADING = 75, 150
"""Characters (Slack: an option's text, a header)."""
_CUT = "…"
_SHORTEST = 12
"""Characters of a text that are shown whatever stands behind it."""


def fit(text: str, most: int = LABEL, *, end: str = "") -> str:
    """The text and its end in so many characters: too long, the middle of the text is left out, never its end."""
    room = max(most - len(end), min(_SHORTEST, most))
    if len(text) > room:
        kept = room - len(_CUT)
        front = kept - kept // 2
        text = f"{text[:front].rstrip()}{_CUT}{text[len(text) - kept // 2 :].lstrip()}"
    return text + end if len(text) + len(end) <= most else text + fit(end, most - len(text))


def moment(at: datetime, calendar: Calendar) -> str:
    """`Tue 24 Nov, 10:15` on the school's clock; `Tue 5 Jan 2027, 10:15` where that is not this year."""
    return f"{day(at, calendar)}, {clock(at, calendar)}"


def day(at: datetime, calendar: Calendar) -> str:
    """`Tue 24 Nov` on the school's clock; `Tue 5 Jan 2027` where that is not this year."""
    return date_of(at.astimezone(calendar.zone).date(), calendar)


def date_of(day: date, calendar: Calendar) -> str:
    """The same of a date."""
    return f"{day:%a} {day.day} {day:%b}" if calendar.this_year(day) else written(day)


def written(day: date) -> str:
    """`Tue 24 Nov 2026`: for the record, whenever it is read."""
    return f"{day:%a} {day.day} {day:%b} {day.year}"


def typed(value: str) -> str:
    """A date as a field keeps it, as people read it; anything else as it is."""
    return written(date.fromisoformat(value)) if is_date(value) else value


def long(day: date) -> str:
    """`24 November 2026`."""
    return f"{day.day} {day:%B %Y}"


def month(day: date) -> str:
    """`November 2026`."""
    return f"{day:%B %Y}"


def posts(person: Person, words: Mapping[Role, str], otherwise: str) -> str:
    """What somebody is here, by every post that they hold: `a lead and the head`."""
    told = [words[role] for role in person.held() if role in words]
    return " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:]))) or otherwise


def clock(at: datetime, calendar: Calendar) -> str:
    return f"{at.astimezone(calendar.zone):%H:%M}"


def listed(names: Sequence[str]) -> str:
    """`Lee Abara`, `Lee Abara and Dana Okello`, `Lee Abara, Priya Raman and Dana Okello`."""
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last


def state(concern: Concern, names: Mapping[PersonId, str], calendar: Calendar) -> str:
    """Where the concern is now, in one line."""
    owner = names.get(concern.owner, "a colleague") if concern.owner else ""
    match concern.status:
        case Status.SUBMITTED:
            return "Waiting to be accepted"
        case Status.SEEN:
            return "Read, waiting to be accepted"
        case Status.ACCEPTED:
            when = moment(concern.accepted_at, calendar) if concern.accepted_at else ""
            return f"Accepted by {owner}, {when}"
        case Status.TRIAGED:
            return "Decision recorded"
        case Status.CLOSED:
            return f"Closed{f', {moment(concern.closed_at, calendar)}' if concern.closed_at else ''}"
