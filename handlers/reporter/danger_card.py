"""Somebody may be in danger now: the card to each lead, what their window says first, what its writer is told of them.

The card holds no name of a child or of who is writing: whom to ring is read in the window.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from handlers.rules.calendar import Calendar
from handlers.rules.people import PersonId
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Look, Part, Press, Words
from handlers.ui.due import Due
from handlers.ui.form import Part as FormPart

ID = "danger"
TITLE = "In danger now"
ON_IT = "I am on it"
"""The button by which one person takes it on; the others see who it is."""
WHAT = "Somebody may be in danger now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Who was told and what they have done since."""

    said: datetime
    arrived: tuple[str, ...] = ()
    """Those before whom the message stands, by name; empty while it is on its way."""
    opened: tuple[tuple[str, datetime], ...] = ()
    """Who has opened it and when first, in that order."""
    accepted: tuple[str, datetime] | None = None
    by: PersonId | None = None
    """Who accepted it."""
    again: datetime | None = None
    """When they were last told again, because nobody had."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who is writing, and how they are reached."""

    name: str
    telephone: str = ""
    works_in: str = ""
    where: str = ""
    """Where it happened, as far as it is written."""
    child_now: str = ""


def card(
    key: UUID, told: Told, calendar: Calendar, *, reader: PersonId | None = None, step: str = ""
) -> Card:
    """To each of those who were told, while somebody is still writing. `step`: how long nobody has been on it."""
    asks = Due(
        what=_what(key, step),
        when=f"said {say.moment(told.said, calendar)}",
        whose=_whose(told, calendar, reader=reader),
        do=f"{due.press('Open')} to read what to do" if told.accepted else due.press(ON_IT),
    )  # fmt: skip
    words = Words(
        text="A member of staff is writing it down now. “Open” shows what is known so far, and whether you ring them "
        "or they ring you.",
        alert=True,
    )
    return due.card(asks, (words, Buttons(_buttons(key, told))))


def _what(key: UUID, step: str) -> str:
    minutes, what = step.removeprefix("danger_"), f"{WHAT} (alert {alert_of(key)})"
    return f"Nobody on it for {due.length(int(minutes))}: {what[0].lower()}{what[1:]}" if minutes.isdigit() else what


def alert_of(key: UUID) -> str:
    """Four digits by which one alert is told from another that was said in the same minute, in chat and aloud.

    They count nothing and follow from nothing that was written: that there were others cannot be read from them.
    """
    return f"{1000 + key.int % 9000}"


def _whose(told: Told, calendar: Calendar, *, reader: PersonId | None) -> str:
    if told.accepted is None:
        return "Nobody is on it yet"
    who = "You" if reader is not None and reader == told.by else told.accepted[0]
    return f"{who} accepted it at {say.clock(told.accepted[1], calendar)}"


def _buttons(key: UUID, told: Told) -> tuple[Button, ...]:
    accept = Button(press=Press.ON_IT, label=ON_IT, subject=key, version=0, look=Look.PRIMARY)
    look = Look.PRIMARY if told.accepted else Look.PLAIN
    opens = Button(press=Press.OPEN, label="Open", subject=key, version=0, look=look)
    return (opens,) if told.accepted else (accept, opens)


def first(key: UUID, writer: Writer, told: Told, calendar: Calendar, *, reader: PersonId) -> tuple[Part, ...]:
    """What whoever was told reads first in the window, with the button under it."""
    ring = f"Ring {writer.name} now: {writer.telephone}." if writer.telephone else f"Go to {writer.name} now."
    none = "" if writer.telephone else "No telephone number is kept for them"
    pairs = {
        "Said": say.moment(told.said, calendar),
        "Alert": alert_of(key),
        "Telephone": writer.telephone or none,
        "Works in": writer.works_in,
        "Where": writer.where,
        "Where the child is now": writer.child_now,
        "On it": _whose(told, calendar, reader=reader),
    }
    shown = Facts(tuple((name, text) for name, text in pairs.items() if text))
    return (Words(text=ring, alert=True), shown, *_on_it(key, told))


def _on_it(key: UUID, told: Told) -> tuple[Buttons, ...]:
    return () if told.accepted else (Buttons(_buttons(key, told)[:1]),)


def unnamed(key: UUID, told: Told, calendar: Calendar, *, place: str, reader: PersonId) -> tuple[FormPart, ...]:
    """The same where it may be about somebody who works here: nobody is named before it is sent and has its route."""
    said = {"Said": say.moment(told.said, calendar), "Alert": alert_of(key)}
    pairs = {**said, "Where": place, "On it": _whose(told, calendar, reader=reader)}
    facts = Facts(tuple((name, text) for name, text in pairs.items() if text))
    return (Words(text=UNNAMED, alert=True), facts, *_on_it(key, told))


UNNAMED = (
    "Stay by your telephone: whoever is writing reads your name and number, and that you are on it. Who they are, and "
    "what they write, is shown once it is sent and has come to whoever may read it."
)


def taken(told: Told, calendar: Calendar) -> str:
    """To a lead who came second."""
    who, at = told.accepted or ("Somebody else", told.said)
    return f"{who} accepted this at {say.clock(at, calendar)}. Ring them if you can help, or press “Open”."


def sentence(told: Told, calendar: Calendar, *, at: datetime) -> str:
    """To its writer: who was told and when, and whether anybody has opened it. It says no more than is known."""
    when = _clock(told.said, calendar, at=at)
    if not told.arrived and not told.opened and not told.accepted:
        return f"They are being told now: the message left at {when}. {NOT_OPENED}"
    names = ", ".join(told.arrived)
    reached = f"Told at {when}: {names}." if names else f"They were told at {when}."
    reached += f" Told again at {_clock(told.again, calendar, at=at)}, and the next in line." if told.again else ""
    opened = " ".join(f"{who} opened it at {_clock(then, calendar, at=at)}." for who, then in told.opened)
    if told.accepted:
        who, then = told.accepted
        return f"{reached} {who} accepted it at {_clock(then, calendar, at=at)} and is on it."
    return f"{reached} {opened} {NOBODY_YET}" if opened else f"{reached} {NOT_OPENED}"


def in_chat(told: Told, calendar: Calendar, *, at: datetime) -> str:
    """The same for a form that stands in a message: as short as on the receipt, where it has arrived anywhere."""
    there = told.arrived or told.opened or told.accepted
    return in_short(told, calendar, at=at) if there else sentence(told, calendar, at=at)


def in_short(told: Told, calendar: Calendar, *, at: datetime) -> str:
    """The same for the receipt, which stands in chat: when it was told, and the first who opened it or who is on it."""
    when = f"Told at {_clock(told.said, calendar, at=at)}."
    if told.accepted:
        who, then = told.accepted
        return f"{when} {who} accepted it at {_clock(then, calendar, at=at)} and is on it."
    if told.opened:
        who, then = told.opened[0]
        return f"{when} {who} opened it at {_clock(then, calendar, at=at)}. {NOBODY_YET}"
    return f"{when} {NOT_OPENED}"


NOBODY_YET = "Nobody has said yet that they are on it: ring one of them now, do not wait."
NOT_OPENED = "Nobody has opened it yet: ring one of them now, do not wait."


def words(said: str) -> Words:
    return Words(text=said, alert=True)


def _clock(then: datetime, calendar: Calendar, *, at: datetime) -> str:
    """The time alone on the same day."""
    same = then.astimezone(calendar.zone).date() == at.astimezone(calendar.zone).date()
    return say.clock(then, calendar) if same else say.moment(then, calendar)
