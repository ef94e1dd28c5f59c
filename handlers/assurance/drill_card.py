"""The monthly drill: a card that says TEST, and what came of it. No child is concerned and nobody's words are in it."""

from handlers.rules.concern import Concern
from handlers.situation import Situation
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Words
from handlers.ui.plain import alarm_card


def drill_card(concern: Concern, now: Situation) -> Card:
    heading = f"TEST: {concern.reference}"
    if concern.owner is not None and concern.accepted_at is not None:
        who, when = now.names.get(concern.owner, "a colleague"), say.moment(concern.accepted_at, now.calendar)
        thanks = Words(text=f"Passed: accepted by {who}, {when}. Thank you. It has closed itself.")
        return Card(summary=f"{heading}: passed", parts=(Heading(heading), thanks))
    words = Words(
        text="This is the monthly test that concerns reach you. No child is involved. "
        "Press “Accept” to show that it arrived."
    )
    accept = Button(
        press=Press.ACCEPT, label="Accept", subject=concern.id, version=concern.version, look=Look.PRIMARY
    )
    sent = Facts((("Sent", say.moment(concern.submitted_at, now.calendar)),))
    return Card(summary=f"{heading}: please accept", parts=(Heading(heading), sent, words, Buttons((accept,))))


def drill_alarm_card() -> Card:
    return alarm_card(
        "The monthly test was not accepted within 30 minutes of school time: nobody among the leads has shown that a "
        "concern reaches them. Ask them whether they see the card, and run python -m bot check."
    )
