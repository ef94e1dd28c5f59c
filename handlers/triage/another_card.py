"""What takes two people: a card for whoever may be the second. By reference; what it is about is read in a window."""

from datetime import datetime

from handlers.rules.concern import Concern, Second, Status
from handlers.rules.people import PersonId
from handlers.situation import Situation
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Press, Words
from handlers.ui.due import Due

SETTLED = "This has been settled. There is nothing more to do here."


def awaits_reading(concern: Concern) -> bool:
    return concern.second is Second.WANTED


def awaits_sign_off(concern: Concern) -> bool:
    return concern.close_proposed_by is not None and concern.status is not Status.CLOSED


def second_card(concern: Concern, now: Situation) -> Card:
    """For whoever may read a decision a second time."""
    who = _who(concern.decided_by, now)
    asks = Due(
        what=f"Second reading of the decision on {concern.reference}", when=_since(concern.triaged_at, now),
        whose=_not(who), do=due.press("Read the decision"),
    )  # fmt: skip
    words = "It needs a second reader. Read it, and say whether it stands."
    ask = _button(concern, Press.SECOND_READ, "Read the decision")
    if not awaits_reading(concern):
        return settled_card(f"A decision on concern {concern.reference}")
    return _card(concern, asks, words, ("Decided by", who), ask)


def sign_off_card(concern: Concern, now: Situation) -> Card:
    """For whoever may sign off the closing."""
    who = _who(concern.close_proposed_by, now)
    asks = Due(
        what=f"Sign-off to close {concern.reference}", when=_since(concern.close_proposed_at, now), whose=_not(who),
        do=due.press("Sign off"),
    )  # fmt: skip
    ask = _button(concern, Press.SIGN_OFF, "Sign off")
    if not awaits_sign_off(concern):
        return settled_card(f"Closing concern {concern.reference}")
    return _card(concern, asks, "It waits for a second person to sign it off.", ("Proposed by", who), ask)


def merge_card(concern: Concern, now: Situation, *, by: PersonId | None, since: datetime | None) -> Card:
    """For whoever may agree that it goes on in another; `since`: when it was proposed, None once that is settled."""
    if since is None:
        return settled_card(f"Merging concern {concern.reference}")
    words = "Somebody proposes to merge it into another concern. A second person must agree."
    ask = _button(concern, Press.AGREE_MERGE, "Read and answer")
    return proposed_card(
        concern, now, what=f"Merging of concern {concern.reference}", by=by, since=since, words=words, ask=ask
    )


def proposed_card(
    concern: Concern, now: Situation, *, what: str, by: PersonId | None, since: datetime, words: str, ask: Button
) -> Card:
    """What somebody proposed, and another must agree to."""
    who = _who(by, now)
    asks = Due(what=what, when=_since(since, now), whose=_not(who), do=due.press(ask.label))
    return _card(concern, asks, words, ("Proposed by", who), ask)


def _card(concern: Concern, asks: Due, words: str, pair: tuple[str, str], ask: Button) -> Card:
    buttons = Buttons((_button(concern, Press.OPEN, "Open"), ask))
    return due.card(asks, (Facts((pair,)), Words(text=words, alert=True), buttons))


def settled_card(heading: str) -> Card:
    return Card(summary=f"{heading}: settled", parts=(Heading(heading), Words(text=SETTLED)))


def _since(at: datetime | None, now: Situation) -> str:
    return f"waiting since {say.moment(at, now.calendar)}" if at else "waiting"


def _not(who: str) -> str:
    return f"It waits for somebody other than {who}"


def _who(person: PersonId | None, now: Situation) -> str:
    return now.names.get(person, "a colleague") if person else "a colleague"


def _button(concern: Concern, press: Press, label: str) -> Button:
    return Button(press=press, label=label, subject=concern.id, version=concern.version)
