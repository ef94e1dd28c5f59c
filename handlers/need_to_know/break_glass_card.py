"""The cards of the emergency door. A reference, names of staff and a time: why it is asked is read in a window."""

from dataclasses import dataclass
from uuid import UUID

from handlers.rules.concern import Concern
from handlers.ui import due
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Words
from handlers.ui.due import Due

ANSWER = "Read why, and answer"
ANY_OTHER = "Any one of those who were told may answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    id: UUID
    reference: str
    by: str
    until: str
    """How long an answer is taken."""
    settled: bool


def asked_card(asked: Asked) -> Card:
    """To whoever may agree. It says the same whether there is such a concern or not."""
    heading = f"{asked.by} asks to open concern {asked.reference}"
    if asked.settled:
        return Card(summary=heading, parts=(Heading(heading), Words(text="This has been settled.")))
    asks = Due(what=heading, when=f"to be answered by {asked.until}", whose=ANY_OTHER, do=due.press(ANSWER))
    words = Words(
        text="They ask for it in an emergency. If there is such a concern and you agree, they may read it for four "
        "hours; the leads and the chair are told, except anybody it names. Ring them first if you are not sure why.",
        alert=True,
    )
    answer = Button(press=Press.AGREE, label=ANSWER, subject=asked.id, version=0, look=Look.PRIMARY)
    return due.card(asks, (Facts((("Answer by", asked.until),)), words, Buttons((answer,))))


def nothing_card(reference: str, *, agreed: bool) -> Card:
    """To whoever asked, where nothing opens."""
    heading = f"You asked to open concern {reference}"
    words = "There is no such concern, or it is not yours to see." if agreed else "This was not agreed."
    return Card(summary=heading, parts=(Heading(heading), Words(text=words)))


def open_card(concern: Concern, *, until: str, over: bool) -> Card:
    """To whoever asked: the way in, while it lasts."""
    heading = f"Concern {concern.reference} is open to you"
    if over:
        return Card(summary=heading, parts=(Heading(heading), Words(text=f"It was open to you until {until}.")))
    read = Button(press=Press.OPEN, label="Open", subject=concern.id, version=concern.version, look=Look.PRIMARY)
    all_of_it = Button(press=Press.CHRONOLOGY, label="Chronology", subject=concern.id, version=concern.version)
    words = Words(
        text="You may read it, and do no more. Each reading is kept. The leads and the chair have been told, except "
        "anybody it names."
    )
    parts = (Heading(heading), Facts((("Until", until),)), words, Buttons((read, all_of_it)))
    return Card(summary=heading, parts=parts)


def told_card(concern: Concern, *, to: str, agreed: str, until: str) -> Card:
    """To the leads and the chair, less everybody named."""
    heading = f"Concern {concern.reference} was opened in an emergency"
    facts = Facts((("For", to), ("Agreed by", agreed), ("Until", until)))
    return Card(summary=heading, parts=(Heading(heading), facts))


def way_in(key: UUID) -> Card:
    """The way to the form, where nothing can be opened at once."""
    ask = Button(press=Press.UNLOCK, label="Ask to open a concern", subject=key, version=0, look=Look.PRIMARY)
    heading = "Open a concern in an emergency"
    return Card(summary=heading, parts=(Heading(heading), Buttons((ask,))))
