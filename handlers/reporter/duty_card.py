"""The morning's reminder of a personal duty that has not been logged. No kind, no child: which duty is in a window."""

from handlers.rules.concern import Concern
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Words

MAY_HAVE = "You may have a personal duty to report this yourself."
READ = "Your own duty"


def button(concern: Concern, *, look: Look = Look.PLAIN) -> Button:
    return Button(press=Press.DUTY, label=READ, subject=concern.id, version=concern.version, look=look)


def duty_card(concern: Concern, *, logged: str = "") -> Card:
    """`logged`: when the reporter logged their call, once they have."""
    heading = "A reminder of your own duty"
    facts = Facts((("Your concern", concern.reference), *((("You logged a call", logged),) if logged else ())))
    words = Words(
        text=f"{MAY_HAVE} If you have rung already, log the reference so that it is kept. "
        "If you have not, today is the day to do it. If it does not apply to you, there is nothing to do."
    )
    body = (facts,) if logged else (facts, words)
    look = Look.PLAIN if logged else Look.PRIMARY
    return Card(summary=heading, parts=(Heading(heading), *body, Buttons((button(concern, look=look),))))
