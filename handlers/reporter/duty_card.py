"""The morning's reminder of a personal duty that has not been logged. No kind, no child: which duty is in a window."""

from handlers.rules.concern import Concern
from handlers.ui import due
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Words
from handlers.ui.due import Due

MAY_HAVE = "You may have a personal duty to report this yourself."
READ = "Your own duty"


def button(concern: Concern, *, look: Look = Look.PLAIN) -> Button:
    return Button(press=Press.DUTY, label=READ, subject=concern.id, version=concern.version, look=look)


def duty_card(concern: Concern, *, since: str = "", logged: str = "") -> Card:
    """`since`: the day on which it was due; `logged`: when the reporter logged their call, once they have."""
    facts = Facts((("Your concern", concern.reference), *((("You logged a call", logged),) if logged else ())))
    words = Words(
        text=f"{MAY_HAVE} If you have rung already, log the reference so that it is kept. "
        "If you have not, today is the day to do it. If it does not apply to you, there is nothing to do."
    )
    if logged:
        heading = "A reminder of your own duty"
        return Card(summary=heading, parts=(Heading(heading), facts, Buttons((button(concern),))))
    asks = Due(
        what=f"Reminder: your own duty from concern {concern.reference}", when=f"due {since or 'today'}",
        whose="Nobody can do it in your place", do=due.press(READ),
    )  # fmt: skip
    return due.card(asks, (facts, words, Buttons((button(concern, look=Look.PRIMARY),))))
