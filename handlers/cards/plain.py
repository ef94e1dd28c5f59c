"""Cards that only say something: an answer, the way in, the help, an alarm."""

from collections.abc import Sequence
from uuid import UUID

from handlers.cards.model import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.rules.people import Person
from handlers.rules.school import School


def say(text: str, *, heading: str = "", alert: bool = False) -> Card:
    """One sentence to one person. The summary is the heading alone when there is one."""
    parts: tuple[Part, ...] = (Words(text=text, alert=alert),)
    if heading:
        parts = (Heading(heading), *parts)
    return Card(summary=heading or text, parts=parts)


def way_in(key: UUID) -> Card:
    """Answers `/concern` typed as a message: a button for the dialog, and one for where there is none."""
    start = Button(
        press=Press.START, label="Open the form", subject=key, version=0, look=Look.PRIMARY
    )
    here = Button(press=Press.START_HERE, label="Fill it in here", subject=key, version=0)
    words = Words(text="Only you see what you write. If a child is in danger now, ring 999 first.")
    return Card(
        summary="Raise a concern",
        parts=(Heading("Raise a concern"), words, Buttons((start, here))),
    )


def danger_card(key: UUID) -> Card:
    """To each lead while somebody is still writing. Who that is, is read in a window."""
    look = Button(press=Press.OPEN, label="Open", subject=key, version=0, look=Look.PRIMARY)
    words = Words(
        text="A member of staff is writing it down now. Open this to see who, then go to them or ring them.",
        alert=True,
    )
    return Card(
        summary="Somebody may be in danger now",
        parts=(Heading("Somebody may be in danger now"), words, Buttons((look,))),
    )


def help_card(school: School, leads: Sequence[Person]) -> Card:
    """Who the leads are, how to reach them, and what happens to a report."""
    pairs = tuple((lead.name, lead.telephone or "no number given") for lead in leads)
    outside = (f"{school.outside.name} (outside school)", school.outside.telephone)
    return Card(
        summary="How to raise a concern",
        parts=(
            Heading("How to raise a concern"),
            Words(text="Type /concern and press send. A short form opens; the leads are told when you send it."),
            Words(text="/concern quick asks three things. /concern mine shows what became of yours.", subtle=True),
            Words(text="If a child is in danger now, ring 999 first, then tell a lead in person."),
            Facts((*pairs, outside)),
        ),
    )


def alarm_card(what: str) -> Card:
    """Something is wrong with delivery: told to the leads directly. `what` holds ids and codes only."""
    return Card(
        summary="Heard needs a look",
        parts=(Heading("Heard needs a look"), Words(text=what, alert=True)),
    )
