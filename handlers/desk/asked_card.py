"""The question whether a command was meant or a concern, and the answer to words that nobody reads."""

from dataclasses import dataclass
from uuid import UUID

from handlers.conversation import CommandTyped
from handlers.reporter.way_in_card import STANDS_ELSEWHERE, STANDS_HERE
from handlers.ui.card import Button, Buttons, Card, Heading, Look, Part, Press, Quote, Words

_DANGER = Words(text="If a child is in danger now, ring 999 first, then tell a lead in person.")
"""The help says the same; under this it is not said twice."""
TO_THE_FORM = (
    "If it is a concern, press the button: your words are put into the form, and it is passed on when you send it."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A command that may have been meant."""

    text: str
    whom: str
    """Whom it is for, where it is not for whoever typed it; else empty."""
    id: UUID


def asked(key: UUID, word: Word, inbound: CommandTyped) -> Card:
    """`key` is the form's, with the words in it."""
    command = f"/concern {word.text}"
    heading = "Is it a concern?" if word.whom else f"Did you mean {command}?"
    why = f"{command} is for {word.whom}." if word.whom else f"What you typed is nearly {command}, but not quite."
    meant = () if word.whom else (Button(press=Press.WORD, label=f"I meant {command}", subject=word.id, version=0),)
    parts: tuple[Part, ...] = (
        Heading(heading),
        Words(text=f"{why} Nobody has been told. {TO_THE_FORM}"),
        *_typed(inbound),
        _DANGER,
        Buttons((*_form(key, inbound), *meant)),
    )
    return Card(summary=heading, parts=parts)


def stray(key: UUID, inbound: CommandTyped, help: Card) -> Card:
    """`help` follows below: who the leads are, and what may be typed."""
    heading = "What you typed has reached nobody"
    parts = (
        Heading(heading),
        Words(text=f"Nobody reads what is typed to Heard. {TO_THE_FORM}"),
        *_typed(inbound),
        _DANGER,
        Buttons(_form(key, inbound)),
        *(part for part in help.parts if part != _DANGER),
    )
    return Card(summary=heading, parts=parts)


def _typed(inbound: CommandTyped) -> tuple[Part, ...]:
    """The words themselves in a window alone: in a chat they stand already, and are not said a second time."""
    if not inbound.in_chat:
        return (Quote(inbound.text.strip()),)
    return (Words(text=STANDS_ELSEWHERE if inbound.shared else STANDS_HERE, alert=inbound.shared),)


def _form(key: UUID, inbound: CommandTyped) -> tuple[Button, ...]:
    start = Button(press=Press.START, label="It is a concern: open the form", subject=key, version=0, look=Look.PRIMARY)
    here = Button(press=Press.START_HERE, label="Fill it in here", subject=key, version=0)
    return (start, here) if inbound.in_chat else (start,)
