"""The card that leads see: a projection of a concern, drawn afresh each time it is sent.

It holds reference, urgency, clock, state and buttons. No child, no kind, no reporter, no words: the channel
is kept and searched by the platform (ASSURANCE, "What chat may hold").
"""

from dataclasses import replace

from handlers.rules import allegation, home_time
from handlers.rules.concern import Concern, Second, Status, Urgency
from handlers.rules.home_time import Why
from handlers.rules.routing import Rung
from handlers.situation import Situation
from handlers.triage.why import Asked
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words

MOST_BUTTONS = 6
TELL_OUTSIDE = "Somebody outside school must be told of this. Press “Open” to read whom to ring, and by when."
NEXT_STEPS = "Next steps"
UNFINISHED = "a quick concern: the rest is still to come"
WOKEN = {
    Why.BELL: "Home time has come, so this counts as “now”: decide, or say why it can wait until school opens.",
    Why.CLOSED: "It was sent as “today” while school was closed, so it counts as “now”.",
    Why.ANSWER: "By what its form says it counts as “now”. Open it to read why.",
}
"""Why it counts as "now" though something else was chosen."""
ADDED_SINCE = "The reporter has added to this since it was closed. Open it and read on."


def triage_card(concern: Concern, now: Situation, *, asked: Asked | None = None) -> Card:
    """The card; `asked` where it is a message of its own to one person, which says first why it comes."""
    parts: list[Part] = [Facts(tuple(_facts(concern, now)))]
    parts += [Words(text=line, alert=True) for line in _alerts(concern, now)]
    if now.ring_officer:
        parts.append(Words(text=TELL_OUTSIDE, alert=True))
    if asked:
        return due.card(asked.due, (*parts, Buttons(_asked_first(concern, asked))))
    heading = f"Safeguarding concern {concern.reference}"
    if now.returned:
        heading = f"Concern {concern.reference} waits for a new owner"
    parts = [Heading(heading), *parts, Buttons(tuple(buttons(concern)))]
    return Card(summary=f"{heading}: {_short(concern)}", parts=tuple(parts))


def _asked_first(concern: Concern, asked: Asked) -> tuple[Button, ...]:
    """What the first line asks for, then what else may be pressed, the list of the rest always among it."""
    first = replace(_button(concern, asked.press, asked.label), look=Look.PRIMARY)
    also = [_button(concern, press, label) for press, label in asked.also]
    rest = [replace(button, look=_calm(button)) for button in buttons(concern) if button.press is not asked.press]
    room = MOST_BUTTONS - 2 - len(also)
    return (first, *also, *rest[:room], *rest[room:][-1:])


def _calm(button: Button) -> Look:
    """Only what is asked stands out."""
    return Look.PLAIN if button.look is Look.PRIMARY else button.look


def buttons(concern: Concern) -> list[Button]:
    """What may be pressed in this state, at most six."""
    if concern.status is Status.CLOSED:
        return [_button(concern, Press.OPEN, "Open"), _button(concern, Press.MORE, "More")]
    owned = concern.owner is not None
    shown = {
        Press.OPEN: "Open",
        **({Press.DECLINE: "Decline"} if concern.offered_to else {}),
        **({} if owned and concern.offered_to is None else {Press.ACCEPT: "Accept"}),
        **({Press.DECIDE: "Triage"} if owned and concern.status is not Status.TRIAGED else {}),
        **({Press.ALLEGATION: NEXT_STEPS} if _steps_come_next(concern) else {}),
        **({Press.ASSIGN: "Assign an action"} if owned else {}),
        **({Press.CLOSE: "Close"} if concern.status is Status.TRIAGED and concern.close_proposed_by is None else {}),
        **({Press.ESCALATE: "Escalate"} if not owned and concern.rung < Rung.OUTSIDE else {}),
        Press.MORE: "More",
    }
    return [_button(concern, press, label) for press, label in shown.items()]


def _steps_come_next(concern: Concern) -> bool:
    """What is about an adult has steps of its own; while it is offered to somebody there is no room for them."""
    return allegation.is_about(concern) and concern.owner is not None and concern.offered_to is None


def _button(concern: Concern, press: Press, label: str) -> Button:
    look = {Press.ACCEPT: Look.PRIMARY, Press.ESCALATE: Look.DANGER}.get(press, Look.PLAIN)
    return Button(press=press, label=label, subject=concern.id, version=concern.version, look=look)


def _short(concern: Concern) -> str:
    urgency = say.URGENCY[concern.urgency].lower()
    waiting = "waiting to be accepted" if concern.owner is None else concern.status.value
    return f"{urgency}, {waiting}"


def _facts(concern: Concern, now: Situation) -> list[tuple[str, str]]:
    pairs = [
        ("How soon", say.URGENCY[concern.urgency]),
        ("Received", say.moment(concern.submitted_at, now.calendar)),
        ("State", say.state(concern, now.names, now.calendar)),
    ]
    if concern.owner and concern.status in {Status.TRIAGED, Status.CLOSED}:
        pairs.append(("Owner", now.names.get(concern.owner, "a colleague")))
    if concern.owner is None and now.accept_by:
        pairs.append(("Accept by", say.moment(now.accept_by, now.calendar)))
    if concern.safe_until and concern.safe_by and concern.status is Status.ACCEPTED:
        who = now.names.get(concern.safe_by, "a colleague")
        pairs.append(("Safe until", f"{say.moment(concern.safe_until, now.calendar)}, says {who}"))
    if concern.offered_to:
        pairs.append(("Handed over to", f"{now.names.get(concern.offered_to, 'a colleague')}, not yet accepted"))
    if now.incomplete:
        pairs.append(("So far", UNFINISHED))
    if now.additions:
        pairs.append(("Added by the reporter", "once" if now.additions == 1 else f"{now.additions} times"))
    pairs += _judged(concern, now)
    if now.open_actions:
        late = f", {now.overdue_actions} overdue" if now.overdue_actions else ""
        pairs.append(("Actions open", f"{now.open_actions}{late}"))
    return pairs


def _judged(concern: Concern, now: Situation) -> list[tuple[str, str]]:
    """What a lead has judged, as far as a channel may show it: never the level, which is read in the window."""
    pairs: list[tuple[str, str]] = []
    if concern.close_proposed_by and concern.status is not Status.CLOSED:
        pairs.append(("Closing", "proposed, waiting for a second person to sign it off"))
    if concern.second is Second.WANTED:
        pairs.append(("Second reader", "waited for"))
    if concern.review_at and concern.status is Status.TRIAGED:
        pairs.append(("Review", say.day(concern.review_at, now.calendar)))
    return pairs


def _alerts(concern: Concern, now: Situation) -> list[str]:
    lines: list[str] = []
    if concern.status is Status.CLOSED:
        return [ADDED_SINCE] if now.added_since_closed else lines
    if now.returned:
        lines.append(now.returned)
    if now.woken and not home_time.settled(concern):
        lines.append(WOKEN[Why(now.woken)])
    if concern.rung and concern.owner is None:
        lines.append(_how_far(now))
    elif concern.escalated_at:
        lines.append(f"Escalated {say.moment(concern.escalated_at, now.calendar)}.")
    if concern.urgency is Urgency.NOW and concern.owner is None:
        danger = "" if now.woken in {Why.BELL, Why.CLOSED} else "Somebody may be in danger. "
        lines.append(f"{danger}Accept this now.")
    if concern.rung >= Rung.OUTSIDE and now.outside:
        lines.append(f"Ring the outside contact: {now.outside}.")
    return lines


def _how_far(now: Situation) -> str:
    late = now.accept_by is not None and now.at >= now.accept_by
    return f"{'Not accepted in time' if late else 'Escalated'}: the next in line have been told."
