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

ID = "danger"
TITLE = "In danger now"
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """Who is writing, and how they are reached."""

    name: str
    telephone: str = ""
    works_in: str = ""
    where: str = ""
    """Where it happened, as far as it is written."""
    child_now: str = ""


def card(key: UUID, told: Told, calendar: Calendar, *, reader: PersonId | None = None) -> Card:
    """To each lead while somebody is still writing."""
    asks = Due(
        what=WHAT, when=f"said {say.moment(told.said, calendar)}", whose=_whose(told, calendar, reader=reader),
        do=f"{due.press('Open')} for whom to ring" if told.accepted else f"{due.press('Accept')} and ring them",
    )  # fmt: skip
    words = Words(
        text="A member of staff is writing it down now. “Open” shows who, their telephone and where they are. "
        "Ring them, or go to them.",
        alert=True,
    )
    return due.card(asks, (words, Buttons(_buttons(key, told))))


def _whose(told: Told, calendar: Calendar, *, reader: PersonId | None) -> str:
    if told.accepted is None:
        return "Nobody has accepted it yet"
    who = "You" if reader is not None and reader == told.by else told.accepted[0]
    return f"{who} accepted it at {say.clock(told.accepted[1], calendar)}"


def _buttons(key: UUID, told: Told) -> tuple[Button, ...]:
    accept = Button(press=Press.ON_IT, label="Accept", subject=key, version=0, look=Look.PRIMARY)
    look = Look.PRIMARY if told.accepted else Look.PLAIN
    opens = Button(press=Press.OPEN, label="Open", subject=key, version=0, look=look)
    return (opens,) if told.accepted else (accept, opens)


def first(key: UUID, writer: Writer, told: Told, calendar: Calendar, *, reader: PersonId) -> tuple[Part, ...]:
    """What a lead reads first in the window, with Accept under it."""
    ring = f"Ring {writer.name} now: {writer.telephone}." if writer.telephone else f"Go to {writer.name} now."
    none = "" if writer.telephone else "No telephone number is kept for them"
    pairs = {
        "Said": say.moment(told.said, calendar),
        "Telephone": writer.telephone or none,
        "Works in": writer.works_in,
        "Where": writer.where,
        "Where the child is now": writer.child_now,
        "Accepted": _whose(told, calendar, reader=reader),
    }
    accept = () if told.accepted else (Buttons(_buttons(key, told)[:1]),)
    return (Words(text=ring, alert=True), Facts(tuple((name, text) for name, text in pairs.items() if text)), *accept)


def taken(told: Told, calendar: Calendar) -> str:
    """To a lead who came second."""
    who, at = told.accepted or ("Somebody else", told.said)
    return f"{who} accepted this at {say.clock(at, calendar)}. Ring them if you can help, or press “Open”."


def sentence(told: Told, calendar: Calendar, *, at: datetime) -> str:
    """To its writer: who was told and when, and whether anybody has opened it. It says no more than is known."""
    when = _clock(told.said, calendar, at=at)
    if not told.arrived and not told.opened and not told.accepted:
        return f"The leads are being told now: the message left at {when}. {NOT_OPENED}"
    names = ", ".join(told.arrived)
    reached = f"Told at {when}: {names}." if names else f"The leads were told at {when}."
    opened = " ".join(f"{who} opened it at {_clock(then, calendar, at=at)}." for who, then in told.opened)
    if told.accepted:
        who, then = told.accepted
        return f"{reached} {who} accepted it at {_clock(then, calendar, at=at)} and is on it."
    return f"{reached} {opened or NOT_OPENED}"


def in_short(told: Told, calendar: Calendar, *, at: datetime) -> str:
    """The same for the receipt, which stands in chat: when it was told, and the first who opened it or who is on it."""
    when = f"Told at {_clock(told.said, calendar, at=at)}."
    if told.accepted:
        who, then = told.accepted
        return f"{when} {who} accepted it at {_clock(then, calendar, at=at)} and is on it."
    if told.opened:
        who, then = told.opened[0]
        return f"{when} {who} opened it at {_clock(then, calendar, at=at)}."
    return f"{when} {NOT_OPENED}"


NOT_OPENED = "Nobody has opened it yet: ring a lead now, do not wait."


def words(said: str) -> Words:
    return Words(text=said, alert=True)


def _clock(then: datetime, calendar: Calendar, *, at: datetime) -> str:
    """The time alone on the same day."""
    same = then.astimezone(calendar.zone).date() == at.astimezone(calendar.zone).date()
    return say.clock(then, calendar) if same else say.moment(then, calendar)
