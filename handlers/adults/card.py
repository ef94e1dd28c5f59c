"""That a step of a case about an adult is late, or a review due, for the private chat of whoever it is asked of.

Which step it is is read in the window: its name would tell what the concern is about.
"""

from datetime import datetime
from uuid import UUID

from handlers import staff
from handlers.rules.concern import Concern
from handlers.rules.people import PersonId
from handlers.situation import Situation
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Heading, Look, Press, Words
from handlers.ui.due import Due

NEXT = "Next steps"
OPEN_LOG = "Open the log"
NOTHING = "Nothing of it is late any more. There is nothing to do here."


def step_due_card(
    concern: Concern, now: Situation, *, since: datetime | None, days: int = 0, reader: PersonId | None = None
) -> Card:
    """`since`: when the earliest of what is late was due, None once nothing is; `days`: working days since then."""
    if since is None:
        heading = f"Concern {concern.reference}: a step was due"
        return Card(summary=heading, parts=(Heading(heading), Words(text=NOTHING), Buttons((_open(concern),))))
    owner = staff.name(now.names, concern.owner) if concern.owner else ""
    asks = Due(
        what=f"{due.working_days(days) if days else 'Due now'}: next step of concern {concern.reference}",
        when=f"due since {say.moment(since, now.calendar)}",
        whose=due.belongs_to(owner, yours=concern.owner is not None and concern.owner == reader),
        do=due.press(NEXT),
    )
    go = Button(
        press=Press.ALLEGATION, label=NEXT, subject=concern.id, version=concern.version, look=Look.PRIMARY
    )
    return due.card(asks, (Buttons((go, _open(concern))),))


def log_due_card(*, term_ends: str, subject: UUID, done: bool, again: bool = False) -> Card:
    """That a log is to be read before the term ends. Which log is read in the window alone. `again`: near its end."""
    if done:
        heading = "The review is recorded"
        return Card(summary=heading, parts=(Heading(heading), Words(text=NOTHING)))
    what = "Not recorded yet: a review of this term" if again else "A review of this term"
    asks = Due(what=what, when=f"due by {term_ends}", whose="It is yours", do=due.press(OPEN_LOG))
    return due.card(asks, (Buttons((_log(subject),)),))


def log_way_in(key: UUID) -> Card:
    """The way to the log, where nothing can be opened at once."""
    return Card(summary="Concerns about adults", parts=(Heading("Concerns about adults"), Buttons((_log(key),))))


def _log(subject: UUID) -> Button:
    return Button(press=Press.LOG, label=OPEN_LOG, subject=subject, version=0, look=Look.PRIMARY)


def _open(concern: Concern) -> Button:
    return Button(press=Press.OPEN, label="Open", subject=concern.id, version=concern.version)
