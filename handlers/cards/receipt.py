"""What the reporter keeps: that it is safe, who has it, and what has happened to it since. No child, no words."""

from handlers.cards import say
from handlers.cards.model import Button, Buttons, Card, Facts, Heading, Part, Press, Words
from handlers.cards.triage import Situation
from handlers.rules.concern import Concern, Route, Status, Urgency

WHO_HAS_IT = {
    Route.LEADS: "The safeguarding leads",
    Route.HEAD: "The head",
    Route.CHAIR: "The chair of governors",
}


TAKEN_ON = {
    Route.LEADS: "A lead has taken it on",
    Route.HEAD: "The head has taken it on",
    Route.CHAIR: "The chair of governors has taken it on",
}


def receipt_card(concern: Concern, now: Situation, *, proof: str = "") -> Card:
    """The receipt as things stand now. `proof` is the sequence and first digits of its entry in the trail."""
    pairs = [
        ("Reference", concern.reference),
        ("Received", say.moment(concern.submitted_at, now.calendar)),
        ("Who has it", WHO_HAS_IT[concern.route] if now.reached else "Nobody in school yet: see below"),
        ("State", status(concern)),
    ]
    if concern.owner is None and now.accept_by and now.reached:
        pairs.append(("Expect it to be accepted by", say.moment(now.accept_by, now.calendar)))
    if proof:
        pairs.append(("Audit receipt", proof))
    add = Button(press=Press.ADD, label="Add to it", subject=concern.id, version=concern.version)
    calm = now.reached and concern.urgency is not Urgency.NOW
    words: tuple[Part, ...] = (Words(text=advice(concern, now), subtle=calm, alert=not calm),)
    if concern.urgency is Urgency.NOW and concern.owner is None and now.numbers:
        words = (*words, Facts(now.numbers))
    return Card(
        summary=f"Your concern {concern.reference}: {status(concern).lower()}",
        parts=(Heading("Your concern is safe"), Facts(tuple(pairs)), *words, Buttons((add,))),
    )


def status(concern: Concern) -> str:
    """The reporter's status words: received, read, owned, decision recorded, closed."""
    return {
        Status.SUBMITTED: "Received",
        Status.SEEN: "Read",
        Status.ACCEPTED: TAKEN_ON[concern.route],
        Status.TRIAGED: "A decision has been recorded",
        Status.CLOSED: "Closed",
    }[concern.status]


def advice(concern: Concern, now: Situation) -> str:
    """Out of hours, when it will be read and whom to ring; never that it is being read."""
    ring = "If a child may be in danger, ring 999 and tell a lead in person."
    if not now.reached:
        return f"Nobody in school may receive this, because it names them. Ring {now.outside} yourself, now."
    if concern.urgency is Urgency.NOW or now.calendar.is_open(now.at):
        return ring
    opening = say.moment(now.calendar.next_opening(now.at), now.calendar)
    return f"School is closed: it will be read from {opening}. {ring}"
