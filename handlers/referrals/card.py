"""A referral's card, for the private chat of whoever carries it: reference, clocks, state, buttons.

Which agency it is is read in a window: the agency's name would tell what kind of concern it is.
"""

from datetime import datetime

from handlers.rules.calendar import Calendar
from handlers.rules.concern import Concern
from handlers.rules.referral import Referral, ReferralStatus
from handlers.situation import Situation
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words

DEEDS = {
    Press.OPEN_REFERRAL: "Open",
    Press.ANSWER_REFERRAL: "Record the answer",
    Press.CHALLENGE_REFERRAL: "Challenge",
    Press.CONFIRM_REFERRAL: "Confirmed in writing",
    Press.RESOLVE_REFERRAL: "Resolve",
    Press.WITHDRAW_REFERRAL: "Withdraw",
}
"""What may be done with a referral, in the order of the card."""
_STATE = {
    ReferralStatus.SENT: "Waiting for an answer",
    ReferralStatus.ACCEPTED: "Accepted",
    ReferralStatus.REFUSED: "The answer is no",
    ReferralStatus.CHALLENGED: "Challenged, waiting for an answer",
    ReferralStatus.RESOLVED: "Resolved",
    ReferralStatus.WITHDRAWN: "Withdrawn",
}


def reference(referral: Referral, concern: Concern) -> str:
    return f"{concern.reference}/R{referral.number}"


def referral_card(referral: Referral, concern: Concern, now: Situation, *, stages: int, step: str = "") -> Card:
    """The card as things stand. `stages`: how far a challenge of it can go; `step` is set where it is a reminder."""
    name = reference(referral, concern)
    heading = f"Reminder: referral {name}" if step else f"Referral {name}"
    parts: list[Part] = [Heading(heading), Facts(tuple(_facts(referral, now, stages=stages)))]
    parts += [Words(text=line, alert=True) for line in _alerts(referral, now, stages=stages)]
    parts.append(Buttons(tuple(_buttons(referral, now, stages=stages))))
    return Card(summary=f"{heading}: {state(referral, at=now.at).lower()}", parts=tuple(parts))


def state(referral: Referral, *, at: datetime) -> str:
    """Where it is now, in words that name no agency."""
    return "The answer is late" if referral.late(at=at) else _STATE[referral.status]


def deeds(referral: Referral, *, at: datetime, stages: int) -> tuple[Press, ...]:
    """What may be done with it now, at most six."""
    refused = referral.status is ReferralStatus.REFUSED
    unconfirmed = referral.confirm_by is not None and referral.confirmed_at is None
    shown = {
        Press.ANSWER_REFERRAL: referral.live,
        Press.CHALLENGE_REFERRAL: (refused or referral.late(at=at)) and referral.stage < stages,
        Press.CONFIRM_REFERRAL: unconfirmed and referral.status is not ReferralStatus.WITHDRAWN,
        Press.RESOLVE_REFERRAL: refused or referral.status is ReferralStatus.CHALLENGED,
        Press.WITHDRAW_REFERRAL: referral.live,
    }
    return (Press.OPEN_REFERRAL, *(press for press, holds in shown.items() if holds))


def refer_due_card(concern: Concern, calendar: Calendar, *, due: datetime, recorded: bool) -> Card:
    """The law gives a day to tell somebody outside, and no referral is recorded. Whom, is read in the window."""
    heading = f"Concern {concern.reference}: a referral is due"
    if recorded:
        told = Words(text="A referral has been recorded. There is nothing more to do here.")
        return Card(summary=heading, parts=(Heading(heading), told, Buttons((_open(concern),))))
    words = Words(
        text=f"Somebody outside school was to be told of this by {say.moment(due, calendar)}, and no referral is "
        "recorded. Press “Refer” to read whom to ring, and to record it. If you have told them already, record that.",
        alert=True,
    )
    refer = Button(
        press=Press.REFER, label="Refer", subject=concern.id, version=concern.version, look=Look.PRIMARY
    )
    return Card(summary=heading, parts=(Heading(heading), words, Buttons((refer, _open(concern)))))


def _open(concern: Concern) -> Button:
    return Button(press=Press.OPEN, label="Open", subject=concern.id, version=concern.version)


def _facts(referral: Referral, now: Situation, *, stages: int) -> list[tuple[str, str]]:
    pairs = [("Sent", say.moment(referral.sent_at, now.calendar)), ("State", state(referral, at=now.at))]
    if referral.stage:
        pairs.append(("Stage of the challenge", f"{referral.stage} of {stages}"))
    if referral.waiting:
        pairs.append(("Answer due", say.moment(referral.answer_by, now.calendar)))
    if referral.answered_at and not referral.waiting:
        pairs.append(("Answered", say.moment(referral.answered_at, now.calendar)))
    if referral.confirmed_at:
        pairs.append(("Confirmed in writing", say.moment(referral.confirmed_at, now.calendar)))
    elif referral.confirm_by and referral.status is not ReferralStatus.WITHDRAWN:
        pairs.append(("Confirm in writing by", say.moment(referral.confirm_by, now.calendar)))
    return pairs


def _alerts(referral: Referral, now: Situation, *, stages: int) -> list[str]:
    lines: list[str] = []
    more = referral.stage < stages
    if referral.unconfirmed(at=now.at):
        lines.append("It was made in speech and has not been put in writing. Send it in writing today, and record it.")
    if referral.late(at=now.at):
        rest = "Ring again today; challenge it if there is no answer." if more else "Ring again today."
        lines.append(f"The answer was due and is not recorded. {rest}")
    if referral.status is ReferralStatus.REFUSED:
        lines.append(
            "Do you agree with the answer? If not, challenge it. If you do, say why under “Resolve”."
            if more
            else "The challenge has gone as far as the procedure goes. Say under “Resolve” what keeps the child safe."
        )
    return lines


def _buttons(referral: Referral, now: Situation, *, stages: int) -> list[Button]:
    first = Press.CHALLENGE_REFERRAL if referral.status is ReferralStatus.REFUSED else Press.ANSWER_REFERRAL
    look = {first: Look.PRIMARY, Press.WITHDRAW_REFERRAL: Look.DANGER}
    return [
        Button(
            press=press, label=DEEDS[press], subject=referral.id, version=referral.version,
            look=look.get(press, Look.PLAIN),
        )
        for press in deeds(referral, at=now.at, stages=stages)
    ]
