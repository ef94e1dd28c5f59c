"""The reminder of a personal duty that has not been logged. No kind, no child: which duty is in a window."""

from dataclasses import dataclass

from handlers.rules.concern import Concern
from handlers.ui import due
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Words
from handlers.ui.due import Due

MAY_HAVE = "You may have a personal duty to report this yourself."
READ = "Your own duty"


@dataclass(frozen=True, slots=True, kw_only=True)
class Since:
    """How a reminder begins, and when the duty is due."""

    said: str
    """`Reminder`, `Its time has passed`, `Still not recorded on Thu 26 Nov`."""
    due: str
    """`due by Wed 25 Nov, 17:00`."""


TODAY = Since(said="Reminder", due="due today")


def button(concern: Concern, *, look: Look = Look.PLAIN) -> Button:
    return Button(press=Press.DUTY, label=READ, subject=concern.id, version=concern.version, look=look)


def duty_card(concern: Concern, *, since: Since = TODAY, logged: str = "", not_theirs: bool = False) -> Card:
    """To the reporter. `logged`: when they logged their call, or that it is not theirs to do, once they have."""
    if logged:
        heading = "A reminder of your own duty"
        facts = Facts((("Your concern", concern.reference), (NOT_YOURS if not_theirs else LOGGED, logged)))
        return Card(summary=heading, parts=(Heading(heading), facts, Buttons((button(concern),))))
    words = Words(
        text=f"{MAY_HAVE} If you have rung already, log the reference so that it is kept. If you have not, ring today. "
        f"If it does not apply to you, say so under “{READ}”, and you are reminded no more."
    )
    asks = Due(
        what=f"{since.said}: your own duty from concern {concern.reference}", when=since.due,
        whose="Nobody can do it in your place", do=due.press(READ),
    )  # fmt: skip
    facts = Facts((("Your concern", concern.reference),))
    return due.card(asks, (facts, words, Buttons((button(concern, look=Look.PRIMARY),))))


LOGGED, NOT_YOURS = "You logged a call", "You said that it is not yours to do"


def anothers(concern: Concern, reporter: str, *, since: Since, logged: str = "") -> Card:
    """To who has the concern: that the reporter may have such a duty, and has not recorded that it is done."""
    opens = Button(press=Press.OPEN, label="Open", subject=concern.id, version=concern.version)
    if logged:
        heading = f"The reporter has recorded their own duty: concern {concern.reference}"
        return Card(summary=heading, parts=(Heading(heading), Facts((("Recorded", logged),)), Buttons((opens,))))
    asks = Due(
        what=f"{since.said}: the reporter’s own duty from concern {concern.reference} is not recorded as done",
        when=since.due, whose=f"It is {due.possessive(reporter)}, and nobody can do it in their place",
        do="Ask them whether they have done it, or press “Open”",
    )  # fmt: skip
    words = Words(
        text="They may have to report this themselves, whatever you do. They are being reminded too. What they record "
        "is kept with the concern."
    )
    return due.card(asks, (words, Buttons((opens,))))
