"""What is asked and said of a letter that is fetched outside chat: windows alone."""

from datetime import datetime
from typing import Final

from handlers.rules.calendar import Calendar
from handlers.ui import say
from handlers.ui.card import Card, Heading, Words
from handlers.ui.form import Form

LETTER: Final = "referral_letter"
WHAT: Final = (
    "A draft letter is made from the record. It never comes by chat: your technician fetches it as a sealed file, "
    "which opens in a browser with words that only you are shown."
)
ONCE: Final = "Have pen and paper at hand: the words are shown once, in this window, and nobody can look them up."
READ_IT: Final = "Your technician cannot read the file. Open it in a browser and type these words."


def ask(key: str, reference: str) -> Form:
    about = (Words(text=f"Referral {reference}", subtle=True),) if reference else ()
    return Form(
        id=LETTER, key=key, title="Ask for its letter", submit="Ask", leave="Cancel",
        parts=(*about, Words(text=WHAT), Words(text=ONCE)),
    )  # fmt: skip


def words_card(reference: str, words: str, *, until: datetime, calendar: Calendar) -> Card:
    """Seen by whoever asked, in the form's place."""
    heading = f"The words of the letter {reference}"
    ends = (
        f"Ask your technician to fetch it by {say.moment(until, calendar)}. If it is not fetched by then, or this "
        "concern is handed over or sealed before, ask again. If you lose the words, ask again: the new ones hold then."
    )
    parts = (Heading(heading), Words(text=words), Words(text=READ_IT), Words(text=ends, subtle=True))
    return Card(summary=heading, parts=parts)
