"""Cards that only say something: an answer, the way in, the help, an alarm."""

from collections.abc import Sequence
from uuid import UUID

from handlers.rules.school import School
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.ui.numbers import Numbers


def say(text: str, *, heading: str = "", alert: bool = False) -> Card:
    """One sentence to one person. The summary is the heading alone when there is one."""
    parts: tuple[Part, ...] = (Words(text=text, alert=alert),)
    if heading:
        parts = (Heading(heading), *parts)
    return Card(summary=heading or text, parts=parts)


def find_way_in(key: UUID) -> Card:
    """The way to the search, where nothing can be opened at once. Nothing of what was looked for stands on it."""
    find = Button(press=Press.FIND, label="Open the search", subject=key, version=0, look=Look.PRIMARY)
    return Card(summary="Find a concern", parts=(Heading("Find a concern"), Buttons((find,))))


def patterns_way_in(key: UUID) -> Card:
    """The way to the patterns, where nothing can be opened at once."""
    read = Button(press=Press.PATTERNS, label="Open the patterns", subject=key, version=0, look=Look.PRIMARY)
    return Card(summary="Patterns", parts=(Heading("Patterns"), Buttons((read,))))


def figures_way_in(key: UUID, of: str, label: str) -> Card:
    """The way to figures of a term. No count stands on it."""
    read = Button(press=Press.FIGURES, label=label, subject=key, version=0, look=Look.PRIMARY)
    return Card(summary=of, parts=(Heading(of), Buttons((read,))))


def help_card(school: School, leads: Numbers, lines: Sequence[tuple[str, str]] = ()) -> Card:
    """Who the leads are, how to reach them, and what happens to a report; `lines`: what that person may type."""
    outside = (f"{school.outside.name} (outside school)", school.outside.telephone)
    typed = (Facts(tuple(lines)),) if lines else (Words(text=IN_SHORT, subtle=True),)
    return Card(
        summary="How to raise a concern",
        parts=(
            Heading("How to raise a concern"),
            Words(text="Type /concern and press send. A short form opens; it is passed on when you send it."),
            Words(text="If a child is in danger now, ring 999 first, then tell a lead in person."),
            *typed,
            Words(text=AFTER_SENDING, subtle=True),
            Facts(leads.with_outside(outside)),
        ),
    )


IN_SHORT = "/concern quick asks three things. /concern mine shows what became of yours."
AFTER_SENDING = (
    "After you send it: somebody who receives concerns reads it, takes it on, and records a decision with the reason. "
    "Your receipt shows each step. You can add to it at any time. If you are not satisfied, say so on the receipt: it "
    "goes to somebody else."
)


def alarm_card(what: str) -> Card:
    """Something is wrong with delivery: told to the leads directly. `what` holds ids and codes only."""
    return Card(
        summary="Heard needs attention",
        parts=(Heading("Heard needs attention"), Words(text=what, alert=True)),
    )


def nothing_here() -> Card:
    """What is left of a card that a platform will not let go of: nothing of what it showed."""
    return say("There is nothing here any more.")


def over_card(what: str) -> Card:
    """That it is wrong no longer, where it was said that it is."""
    heading = "A problem with Heard is over"
    return Card(summary=heading, parts=(Heading(heading), Words(text=what)))
