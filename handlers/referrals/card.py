"""A referral's card, for the private chat of whoever carries it: reference, clocks, state, buttons.

Which agency it is is read in a window: the agency's name would tell what kind of concern it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from handlers import staff
from handlers.notice import PASSED_ON
from handlers.rules import referral_clocks
from handlers.rules.concern import Concern
from handlers.rules.people import PersonId
from handlers.rules.referral import Referral, ReferralStatus
from handlers.rules.referral_clocks import Late
from handlers.situation import Situation
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.ui.due import Due

UNCONFIRMED = (
    "It was made by telephone or in person, and has not been put in writing. Send it in writing today, and record it."
)
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reminder:
    """To whom a card comes, and at which step of a clock where it is a reminder."""

    step: str = ""
    reader: PersonId | None = None


PLAIN = Reminder()


def referral_card(
    referral: Referral, concern: Concern, now: Situation, *, stages: int, seen: Reminder = PLAIN
) -> Card:
    """The card as things stand. `stages`: how far a challenge of it can go."""
    parts: list[Part] = [Facts(tuple(_facts(referral, now, stages=stages)))]
    parts += [Words(text=line, alert=True) for line in _alerts(referral, now, stages=stages)]
    parts.append(Buttons(tuple(_buttons(referral, now, stages=stages))))
    asks = _chased(referral, concern, now, seen, stages=stages) or _waits(referral, concern, now, seen, stages=stages)
    if asks and not seen.step.startswith(PASSED_ON):
        return due.card(asks, parts)
    if asks:
        parts.append(Words(text=due.ANOTHERS))
    heading = f"Referral {reference(referral, concern)}"
    return Card(summary=f"{heading}: {state(referral, at=now.at).lower()}", parts=(Heading(heading), *parts))


def _chased(referral: Referral, concern: Concern, now: Situation, seen: Reminder, *, stages: int) -> Due | None:
    """What a reminder says first; None for the card itself, and once what it was about is settled."""
    chase = referral_clocks.chased(seen.step)
    running = referral_clocks.running(referral, now.calendar)
    if chase is None or chase.late not in running or chase.stage != referral_clocks.stage_of(chase.late, referral):
        return None
    what, wanted = _LATE[chase.late]
    challenged = f", challenged to stage {chase.stage}" if chase.stage else ""
    what = what.format(name=f"referral {reference(referral, concern)}", challenged=challenged)
    may = [press for press in deeds(referral, at=now.at, stages=stages) if press in wanted]
    return Due(
        what=f"{_how_late(chase.days)}: {what}", when=f"due since {say.moment(running[chase.late], now.calendar)}",
        whose=_whose(concern, now, seen), do=due.press(*(DEEDS[press] for press in may or (Press.OPEN_REFERRAL,))),
    )  # fmt: skip


def _waits(referral: Referral, concern: Concern, now: Situation, seen: Reminder, *, stages: int) -> Due | None:
    """What the card of a referral that is not settled says first, as things stand."""
    name = reference(referral, concern)
    if referral.waiting:
        what, when = f"Referral {name}", f"answer due {say.moment(referral.answer_by, now.calendar)}"
        wanted = _LATE[Late.ANSWER][1]
    elif referral.status is ReferralStatus.REFUSED and referral.answered_at:
        what, when = f"The answer to referral {name} is no", f"since {say.moment(referral.answered_at, now.calendar)}"
        wanted = _LATE[Late.DECISION][1]
    else:
        return None
    may = [DEEDS[press] for press in deeds(referral, at=now.at, stages=stages) if press in wanted]
    return Due(what=what, when=when, whose=_whose(concern, now, seen), do=due.press(*may))


_LATE: Mapping[Late, tuple[str, frozenset[Press]]] = {
    Late.ANSWER: ("answer to {name}{challenged}", frozenset({Press.ANSWER_REFERRAL, Press.CHALLENGE_REFERRAL})),
    Late.CONFIRMATION: ("{name} in writing", frozenset({Press.CONFIRM_REFERRAL})),
    Late.DECISION: ("what to do about the no to {name}", frozenset({Press.CHALLENGE_REFERRAL, Press.RESOLVE_REFERRAL})),
}
"""What is late, and what settles it."""


def _how_late(days: int) -> str:
    return due.working_days(days) if days else "Due now"


def _whose(concern: Concern, now: Situation, seen: Reminder) -> str:
    owner = staff.name(now.names, concern.owner) if concern.owner else ""
    return due.belongs_to(owner, yours=concern.owner is not None and concern.owner == seen.reader)


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


def refer_due_card(
    concern: Concern, now: Situation, *, by: datetime, recorded: bool, seen: Reminder = PLAIN
) -> Card:
    """The law gives a day to tell somebody outside, and no referral is recorded. Whom, is read in the window."""
    if recorded:
        heading = f"Concern {concern.reference}: a referral was due"
        told = Words(text="A referral has been recorded. There is nothing more to do here.")
        return Card(summary=heading, parts=(Heading(heading), told, Buttons((_open(concern),))))
    days = seen.step.rpartition("_")[2]
    late = _how_late(int(days) if days.isdigit() else 0)
    chased = Due(
        what=f"{late}: referral of concern {concern.reference}",
        when=f"due since {say.moment(by, now.calendar)}",
        whose=_whose(concern, now, seen),
        do=due.press("Refer"),
    )
    words = Words(
        text="Somebody outside school must be told of this, and no referral has been recorded. "
        "Press “Refer” to read whom to ring, and to record it. If you have told them already, record that.",
        alert=True,
    )
    refer = Button(
        press=Press.REFER, label="Refer", subject=concern.id, version=concern.version, look=Look.PRIMARY
    )
    return due.card(chased, (words, Buttons((refer, _open(concern)))))


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
        lines.append(UNCONFIRMED)
    if referral.late(at=now.at):
        rest = "Ring again today; challenge it if there is no answer." if more else "Ring again today."
        lines.append(f"The answer was due and has not been recorded. {rest}")
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
