"""Somebody is away: the card of who covers for them, and theirs once it is taken over. References alone."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from handlers.rules.calendar import Calendar
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Heading, Look, Part, Press, Words
from handlers.ui.due import Due
from handlers.ui.lines import Line, Listed, rows
from handlers.ui.listing import show_all

MOST = 20
"""Rows on the card, the first in their order; the rest are a press away. Everything is taken over all the same."""
_OPENED_ANYWHERE = 3
"""Rows that have their button on either platform beside the card's own three (Teams takes six)."""


def cover_card(
    who: str, when: str, left: Sequence[Line], *, person: UUID, note: bool, begins: bool = False
) -> Card:
    """For who covers: what is still theirs, each to open, all to take over at once. `begins`: told again on the day."""
    parts: list[Part] = [Words(text=f"{who} is away {when}.")]
    buttons: list[Button] = []
    if left:
        parts += [Words(text="These stay theirs until you take them over.", alert=True), rows(left[:MOST])]
        parts += [Words(text=f"and {len(left) - MOST} more", subtle=True)] if len(left) > MOST else []
        take = "Take it over" if len(left) == 1 else "Take all over"
        buttons.append(_button(Press.TAKE_ALL, take, person, look=Look.PRIMARY))
        whole = [Listed(title=f"You cover for {who}", lines=left)]
        buttons += [show_all(whole, person)] if len(left) > _OPENED_ANYWHERE else []
    else:
        parts.append(Words(text="There is nothing of theirs left for you to take over.", subtle=True))
    if note:
        buttons.append(_button(Press.AWAY_NOTE, "Read their note", person))
    parts += [Buttons(tuple(buttons))] if buttons else []
    what = f"{'It begins: you' if begins else 'You'} cover for {who}"
    if not left:
        return Card(summary=f"{what}, away {when}", parts=(Heading(f"{what}, away {when}"), *parts))
    theirs = f"{_many(len(left))} {due.possessive(who)} until you take {'it' if len(left) == 1 else 'them'} over"
    return due.card(Due(what=what, when=f"away {when}", whose=theirs, do=due.press(buttons[0].label)), parts)


def _many(concerns: int) -> str:
    return "One concern stays" if concerns == 1 else f"{concerns} concerns stay"


def covered_card(who: str, taken: Sequence[str], left: int) -> Card:
    """For whoever is away: what has been taken over, and what has not."""
    rest = "Nothing else of yours is open." if not left else f"Still yours: {left}."
    words = f"{who} has taken over {', '.join(taken)}. {rest}"
    return Card(summary="You are covered", parts=(Heading("You are covered"), Words(text=words)))


def uncovered_card(who: str, when: str, cover: str, left: Sequence[Line], *, own: bool) -> Card:
    """Whoever covers has left: for those who may take over what cannot wait, and (`own`) for whoever is away."""
    heading = "You have no cover now" if own else f"{who} has no cover now"
    gone = f"{cover}, who was to cover for {'you' if own else who} {when}, is no longer here."
    do = "Say again who covers: /concern away" if own else "What cannot wait: open it, then More, Take over."
    listed = (rows(left[:MOST]),) if left else ()
    more = (Words(text=f"and {len(left) - MOST} more", subtle=True),) if len(left) > MOST else ()
    return Card(summary=heading, parts=(Heading(heading), Words(text=gone, alert=True), *listed, *more, Words(text=do)))


def settled_card(who: str) -> Card:
    """In the place of that card once somebody else covers."""
    heading = f"Somebody covers for {who} again"
    return Card(summary=heading, parts=(Heading(heading),))


def over_card(who: str) -> Card:
    """In the place of a card that asks for cover no longer."""
    heading = f"{who} is no longer away"
    words = Words(text="What you took over stays yours until you hand it over.", subtle=True)
    return Card(summary=heading, parts=(Heading(heading), words))


def between(first: date, last: date, calendar: Calendar) -> str:
    """`on Mon 30 Nov`, `from Mon 30 Nov to Fri 4 Dec`."""
    begins, ends = say.date_of(first, calendar), say.date_of(last, calendar)
    return f"on {begins}" if first == last else f"from {begins} to {ends}"


def way_in(person: UUID) -> Card:
    """The way to the form, where nothing can be opened at once."""
    button = _button(Press.AWAY, "Say when, and who covers", person, look=Look.PRIMARY)
    return Card(summary="I will be away", parts=(Heading("I will be away"), Buttons((button,))))


def _button(press: Press, label: str, subject: UUID, *, look: Look = Look.PLAIN) -> Button:
    return Button(press=press, label=label, subject=subject, version=0, look=look)
