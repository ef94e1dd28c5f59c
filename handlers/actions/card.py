"""An action's cards: for the person who owes it, and for those who watch over it. Reference, times and state alone.

What is asked, what was done and every reason is read in a window. No child, no kind, no word that somebody typed.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers.rules.action import Action, ActionStatus
from handlers.rules.concern import Concern, Status
from handlers.situation import Situation
from handlers.ui import say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words

STATE = {
    ActionStatus.OPEN: "Open",
    ActionStatus.ACKNOWLEDGED: "Acknowledged",
    ActionStatus.IN_PROGRESS: "In progress",
    ActionStatus.WAITING: "Waiting on an agency",
    ActionStatus.DONE: "Done, not yet verified",
    ActionStatus.VERIFIED: "Done and verified",
    ActionStatus.CANCELLED: "Cancelled",
}
SENT_BACK, EXTENDED = "sent_back", "extended"
"""How the step of a notice begins that is no reminder."""


class Watch(StrEnum):
    """Why somebody who does not owe an action is shown it."""

    OVERDUE = "overdue"
    DONE = "done"
    ASKED = "asked"
    EXTENDED = "extended"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """What stands on the card of somebody who watches, beside the action."""

    why: Watch
    theirs: bool = False
    """They did it themselves, so somebody else verifies it."""
    left: bool = False
    """Whoever owes it is no longer here."""
    asked: datetime | None = None
    """Until when its owner asks for time, where that has not been answered."""


def reference(action: Action, concern: Concern) -> str:
    return f"{concern.reference}/{action.number}"


def action_card(action: Action, concern: Concern, now: Situation, *, step: str = "") -> Card:
    """The card as it stands, for its owner; `step` is set where it comes again."""
    heading = _again(step, action).format(name=reference(action, concern))
    state = _state(action, now)
    pairs = [
        ("Due", say.moment(action.due_at, now.calendar)),
        ("How soon", say.URGENCY[action.urgency]),
        ("From", now.names.get(action.assigned_by, "a lead")),
        ("State", state),
    ]
    if action.waiting_until:
        pairs.append(("Waiting until", say.day(action.waiting_until, now.calendar)))
    parts: list[Part] = [Heading(heading), Facts(tuple(pairs))]
    if action.overdue(at=now.at):
        parts.append(Words(text="This action is overdue.", alert=True))
    parts.append(Buttons(tuple(_own_buttons(action))))
    return Card(summary=f"{heading}: {state.lower()}, due {pairs[0][1]}", parts=tuple(parts))


def _again(step: str, action: Action) -> str:
    if not step or not action.live:
        return "Action {name}"
    if step.startswith(SENT_BACK):
        return "Sent back: action {name}"
    return "More time: action {name}" if step.startswith(EXTENDED) else "Reminder: action {name}"


def _state(action: Action, now: Situation) -> str:
    late = action.overdue(at=now.at)
    return f"{STATE[action.status]}, overdue" if late else STATE[action.status]


def _own_buttons(action: Action) -> list[Button]:
    """What its owner may press now."""
    buttons = [_button(action, Press.OPEN_ACTION, "Open")]
    if not action.live:
        return buttons
    match action.status:
        case ActionStatus.OPEN:
            buttons.append(_button(action, Press.ACKNOWLEDGE, "Acknowledge", Look.PRIMARY))
        case ActionStatus.WAITING:
            buttons.append(_button(action, Press.BEGIN, "They have answered"))
        case ActionStatus.ACKNOWLEDGED:
            buttons.append(_button(action, Press.BEGIN, "Begin"))
        case _:
            pass
    look = Look.PLAIN if action.status is ActionStatus.OPEN else Look.PRIMARY
    buttons.append(_button(action, Press.DONE, "Done", look))
    buttons.append(_button(action, Press.WAIT, "Wait"))
    return [*buttons, _button(action, Press.MORE_TIME, "More time")]


def gone_card() -> Card:
    """What is left of a card whose reader has the action no longer."""
    words = "This action is no longer yours. There is nothing left for you to do here."
    return Card(summary="Action no longer yours", parts=(Heading("Action no longer yours"), Words(text=words)))


def watch_card(action: Action, concern: Concern, now: Situation, watched: Watched) -> Card:
    """For the concern's owner or the leads: somebody is late, has done it, or wants more time."""
    name = reference(action, concern)
    heading, words = _watched(action, now, watched)
    heading = heading.format(name=name)
    pairs = [
        ("Owner", now.names.get(action.owner, "a member of staff")),
        ("Due", say.moment(action.due_at, now.calendar)),
        ("State", _state(action, now)),
    ]
    if watched.asked and action.live:
        pairs.append(("Asked for", say.moment(watched.asked, now.calendar)))
    if action.extensions:
        pairs.append(("Given more time", "once" if action.extensions == 1 else f"{action.extensions} times"))
    parts: list[Part] = [Heading(heading), Facts(tuple(pairs))]
    parts += [Words(text=words)] if words else []
    return Card(summary=heading, parts=(*parts, Buttons(tuple(_watchers_buttons(action, concern, watched)))))


def _watched(action: Action, now: Situation, watched: Watched) -> tuple[str, str]:
    """Heading and a sentence: from the state as it is now, whatever it was first sent for."""
    if action.status is ActionStatus.DONE:
        if watched.theirs:
            return "Action {name} is done", "Somebody else verifies what you did yourself."
        return "Action {name} is done", "Read what was done. Then verify it, or send it back with a reason."
    if not action.live:
        return ("Action {name} has been verified" if action.verified_by else "Action {name} is cancelled"), ""
    if watched.left or watched.why is Watch.ORPHANED:
        return "Action {name} needs somebody else", _whose(action, now, watched)
    if watched.asked:
        return "More time is asked for action {name}", "Open it to read why."
    if watched.why is Watch.EXTENDED:
        return f"Action {{name}} has been given more time {action.extensions} times", ""
    if action.overdue(at=now.at):
        return "Action {name} is overdue", ""
    return "Action {name}", ""


def _whose(action: Action, now: Situation, watched: Watched) -> str:
    if not watched.left:
        return "Whoever had it can do it no longer. Give it to somebody else."
    who = now.names.get(action.owner, "Whoever had it")
    return f"{who} had it and is no longer here. Give it to somebody else."


def _watchers_buttons(action: Action, concern: Concern, watched: Watched) -> list[Button]:
    buttons = [_button(action, Press.OPEN_ACTION, "Open")]
    if action.status is ActionStatus.DONE and not watched.theirs:
        buttons.append(_button(action, Press.VERIFY, "Verify", Look.PRIMARY))
        if concern.status is not Status.CLOSED:
            buttons.append(_button(action, Press.SEND_BACK, "Send back"))
    if action.live:
        buttons.append(_button(action, Press.MORE_TIME, "Give more time"))
        buttons.append(_button(action, Press.REASSIGN, "Give to somebody else"))
        buttons.append(_button(action, Press.CANCEL_ACTION, "Cancel action"))
    open_concern = Button(press=Press.OPEN, label="Open concern", subject=concern.id, version=concern.version)
    return [*buttons, open_concern]


def assigned_card(action: Action, concern: Concern, when: str) -> Card:
    """Answers the form: what has been given and by when, with the way to the next."""
    heading = f"Action {reference(action, concern)} assigned"
    another = Button(press=Press.ASSIGN, label="Assign another", subject=concern.id, version=concern.version)
    words = Words(text=f"They are being told now. It is due {when}.")
    return Card(summary=heading, parts=(Heading(heading), words, Buttons((another,))))


def _button(action: Action, press: Press, label: str, look: Look = Look.PLAIN) -> Button:
    return Button(press=press, label=label, subject=action.id, version=action.version, look=look)
