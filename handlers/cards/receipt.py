"""What the reporter keeps: that it is safe, who has it, and what has happened to it since. No child, no words."""

from handlers.cards import say
from handlers.cards.model import Button, Buttons, Card, Facts, Heading, Press, Words
from handlers.cards.triage import Situation
from handlers.rules.concern import Concern, Route, Status, Urgency

WHO_HAS_IT = {
    Route.LEADS: "The safeguarding leads",
    Route.HEAD: "The head",
    Route.CHAIR: "The chair of governors",
}


def receipt_card(concern: Concern, now: Situation, *, proof: str = "") -> Card:
    """The receipt as things stand now. `proof` is the sequence and first digits of its entry in the trail."""
    pairs = [
        ("Reference", concern.reference),
        ("Received", say.moment(concern.submitted_at, now.calendar)),
        ("Who has it", WHO_HAS_IT[concern.route]),
        ("Now", status(concern)),
    ]
    if concern.owner is None and now.accept_by:
        pairs.append(("Expect it to be accepted by", say.moment(now.accept_by, now.calendar)))
    if proof:
        pairs.append(("Proof", proof))
    add = Button(press=Press.ADD, label="Add to it", subject=concern.id, version=concern.version)
    words = (Words(text=advice(concern, now), subtle=concern.urgency is not Urgency.NOW),)
    return Card(
        summary=f"Your concern {concern.reference}: {status(concern).lower()}",
        parts=(Heading("Your concern is safe"), Facts(tuple(pairs)), *words, Buttons((add,))),
    )


def status(concern: Concern) -> str:
    """The reporter's status words: received, read, owned, decision recorded, closed."""
    return {
        Status.SUBMITTED: "Received",
        Status.SEEN: "Read",
        Status.ACCEPTED: "A lead has taken it on",
        Status.TRIAGED: "A decision has been recorded",
        Status.CLOSED: "Closed",
    }[concern.status]


def advice(concern: Concern, now: Situation) -> str:
    """Out of hours, when it will be read and whom to ring; never that it is being read."""
    ring = "If a child may be in danger, ring 999 and tell a lead in person."
    if concern.urgency is Urgency.NOW or now.calendar.is_open(now.at):
        return ring
    opening = say.moment(now.calendar.next_opening(now.at), now.calendar)
    return f"School is closed: it will be read from {opening}. {ring}"
