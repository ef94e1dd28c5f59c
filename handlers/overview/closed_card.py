"""That school has other hours: the card in the leads' places, and the sentence that says it everywhere."""

from datetime import date, datetime, timedelta
from uuid import UUID

from handlers.rules.calendar import Calendar
from handlers.rules.closed import Change
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Heading, Look, Part, Press, Words

TITLE = "School closed or late"
FOLLOWS = "All clocks, reminders and receipts follow it. To change it or take it back: /concern closed."
TOLD = "All clocks follow from now on. The leads, and reporters whose time has moved, are being told."
STAYS_NOW = "What counts as “now” already stays so."
_NOON = 12


def words(change: Change, calendar: Calendar) -> str:
    first, last = say.date_of(change.first, calendar), say.date_of(change.last, calendar)
    one_day = change.first == change.last
    if change.opens is not None:
        return f"School opens late: {first}, {change.opens:%H:%M}"
    if change.closes is None:
        return f"School is closed on {first}" if one_day else f"School is closed from {first} to {last}"
    early = f"{first}, {change.closes:%H:%M}"
    if one_day:
        return f"School closes early: {early}"
    return f"School closes {early}, and stays closed to the end of {last}"


def as_usual(day: date, calendar: Calendar) -> str:
    return f"School opens as usual again from {say.date_of(day, calendar)}"


def opens_again(change: Change, calendar: Calendar) -> str:
    """The first opening after it."""
    after = calendar.next_opening(calendar.opening(change.last) + timedelta(hours=_NOON))
    return f"School opens again {say.moment(after, calendar)}."


def card(text: str, who: str, at: datetime, calendar: Calendar, *, back: date | None = None) -> Card:
    """`back`: from that day on it does not hold any more."""
    told: tuple[Part, ...] = (Words(text=f"Said by {who}, {say.moment(at, calendar)}."),)
    if back is not None:
        told = (*told, Words(text=f"Taken back. {as_usual(back, calendar)}.", alert=True))
    return Card(summary=text, parts=(Heading(text), *told, Words(text=FOLLOWS, subtle=True)))


def done(text: str, more: str) -> Card:
    """For whoever said it."""
    told = tuple(Words(text=line) for line in (more, TOLD) if line)
    return Card(summary=text, parts=(Heading(text), *told))


def way_in(school: UUID) -> Card:
    """The way to the form, where nothing can be opened at once."""
    button = Button(press=Press.CLOSED, label="Say when", subject=school, version=0, look=Look.PRIMARY)
    return Card(summary=TITLE, parts=(Heading(TITLE), Buttons((button,))))
