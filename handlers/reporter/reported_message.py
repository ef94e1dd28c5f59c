"""A message that somebody reports, as the facts begin with it: whose it is, its words, and what is not there."""

from collections.abc import Sequence
from datetime import datetime

from handlers.conversation import CommandTyped, LeftOut
from handlers.rules.calendar import Calendar
from handlers.ui import say

_LEFT_OUT = {
    LeftOut.PICTURE: "a picture",
    LeftOut.VIDEO: "a video",
    LeftOut.BUTTONS: "buttons or menus",
    LeftOut.TABLE: "a table",
    LeftOut.CARD: "a card",
    LeftOut.CALL: "a call",
    LeftOut.QUOTE: "the message it answers",
    LeftOut.OTHER: "a part that cannot be read here",
}


def as_facts(inbound: CommandTyped, calendar: Calendar) -> str:
    """The message word for word, under a line that says whose it is; below it, what could not be taken."""
    by = f" by {inbound.author}" if inbound.author else ""
    sent = f", sent on {_when(inbound.sent, calendar)}" if inbound.sent else ""
    if inbound.message.strip():
        lines = [f"I am reporting this message{by}{sent}, word for word:", inbound.message]
    else:
        lines = [f"I am reporting a message{by}{sent}. It came without words."]
    missing = [_LEFT_OUT[one] for one in inbound.left_out]
    if missing:
        lines.append(f"(Not taken from it: {_listed(missing)}. Say below what you saw in it.)")
    elif not inbound.message.strip() and not inbound.file:
        lines.append("(Say below what you saw in it.)")
    return "\n".join(lines)


def _when(at: datetime, calendar: Calendar) -> str:
    """`Tue 24 Nov 2026 at 10:15` on the school's clock: with its year, for it stands in the account."""
    return f"{say.written(at.astimezone(calendar.zone).date())} at {say.clock(at, calendar)}"


def _listed(words: Sequence[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]
