"""What takes two people: a card for whoever may be the second. By reference; what it is about is read in a window."""

from handlers.rules.concern import Concern, Second, Status
from handlers.rules.people import PersonId
from handlers.situation import Situation
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Press, Words

SETTLED = "This has been settled. There is nothing more to do here."


def second_card(concern: Concern, now: Situation) -> Card:
    """For whoever may read a decision a second time."""
    pair = ("Decided by", _who(concern.decided_by, now))
    words = "It needs a second reader. Read it, and say whether it stands."
    ask = _button(concern, Press.SECOND_READ, "Read the decision")
    waits = concern.second is Second.WANTED
    return _card(concern, f"A decision on concern {concern.reference}", words, pair, ask, waits=waits)


def sign_off_card(concern: Concern, now: Situation) -> Card:
    """For whoever may sign off the closing."""
    pair = ("Proposed by", _who(concern.close_proposed_by, now))
    ask = _button(concern, Press.SIGN_OFF, "Sign off")
    waits = concern.close_proposed_by is not None and concern.status is not Status.CLOSED
    words = "It waits for the sign-off of another lead."
    return _card(concern, f"Closing concern {concern.reference}", words, pair, ask, waits=waits)


def merge_card(concern: Concern, now: Situation, *, by: PersonId | None, waits: bool) -> Card:
    """For whoever may agree that it goes on in another; `waits`: nobody has answered yet."""
    pair = ("Proposed by", _who(by, now))
    ask = _button(concern, Press.AGREE_MERGE, "Read and answer")
    words = "It would go on in another one. Another lead must agree."
    return _card(concern, f"Merging concern {concern.reference}", words, pair, ask, waits=waits)


def _card(concern: Concern, heading: str, words: str, pair: tuple[str, str], ask: Button, *, waits: bool) -> Card:
    if not waits:
        return Card(summary=f"{heading}: settled", parts=(Heading(heading), Words(text=SETTLED)))
    buttons = Buttons((_button(concern, Press.OPEN, "Open"), ask))
    parts = (Heading(heading), Facts((pair,)), Words(text=words, alert=True), buttons)
    return Card(summary=f"{heading}: waits for you", parts=parts)


def _who(person: PersonId | None, now: Situation) -> str:
    return now.names.get(person, "a lead") if person else "a lead"


def _button(concern: Concern, press: Press, label: str) -> Button:
    return Button(press=press, label=label, subject=concern.id, version=concern.version)
