"""More detail is asked of a reporter: what whoever has the concern fills in, and what the reporter is shown of it.

The question itself stands in a window alone; the card says that there is one.
"""

from collections.abc import Sequence

from handlers.rules.concern import Concern
from handlers.rules.deeds import SHOWN, Deed
from handlers.ui import due
from handlers.ui.card import Button, Buttons, Card, Heading, Look, Press, Words
from handlers.ui.due import Due
from handlers.ui.form import Form, Part, TextField
from handlers.ui.keys import short_form

ID = "ask_more"
ANSWER = "Read and answer"


def ask(key: str, reference: str) -> Form:
    asked = TextField(
        name="asked", label=SHOWN[Deed.MORE_ASKED].words["asked"], required=True, long=True, most=1000,
        hint="They read this word for word. Ask openly: what they saw and heard, where, when, who else was there.",
    )  # fmt: skip
    return short_form(ID, key, "Ask for more detail", reference, (Words(text=_HOW, subtle=True), asked), submit="Ask")


_HOW = (
    "The person who reported it gets a message, and has until home time of the next working day. If you cannot wait, "
    "speak to them. What they add stands beside what they wrote."
)


def led(questions: Sequence[str]) -> tuple[Part, ...]:
    """What comes back once, below what was typed: the questions in it that carry an answer."""
    said = tuple(Words(text=f"“{question}”", alert=True) for question in questions)
    return (*said, Words(text=_LEADING))


_LEADING = (
    "This carries an answer in it, and what comes back may be your words instead of theirs. Ask it openly: tell me, "
    "explain, describe. If it must be asked so, send it again as it is."
)


def question(asked: Sequence[tuple[str, Sequence[Part]]]) -> tuple[Part, ...]:
    """Each thing that is asked with when; nothing where nothing is."""
    if not asked:
        return ()
    said = [part for when, text in asked for part in (Words(text=when, subtle=True), *text)]
    return (Heading("What you are asked"), *said, Words(text=_ONLY_KNOWN))


_ONLY_KNOWN = "Write what you saw, heard or did yourself. Where you do not know, say so. Ask the child nothing for it."


def card(concern: Concern, by: str, *, again: bool = False) -> Card:
    """To the reporter, until they have answered. `by`: when it is due; `again`: that has passed."""
    what = f"more detail is asked of you about concern {concern.reference}"
    asks = Due(
        what=f"Reminder: {what}" if again else what.capitalize(), when=f"due {'since' if again else 'by'} {by}",
        whose="It is yours", do=due.press(ANSWER),
    )  # fmt: skip
    return due.card(asks, (Buttons((_add(concern, ANSWER, Look.PRIMARY),)),))


def settled(concern: Concern, *, answered: bool) -> Card:
    heading = f"What was asked of you about concern {concern.reference}"
    said = Words(text="You have answered it. Thank you." if answered else "The concern is closed.")
    return Card(summary=heading, parts=(Heading(heading), said, Buttons((_add(concern, "Add to it", Look.PLAIN),))))


def _add(concern: Concern, label: str, look: Look) -> Button:
    return Button(press=Press.ADD, label=label, subject=concern.id, version=concern.version, look=look)
