"""An action's cards: for the person who owes it, and for those who watch over it. Reference, times and state alone.

What is asked, what was done and every reason is read in a window. No child, no kind, no word that somebody typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from handlers import staff
from handlers.notice import PASSED_ON
from handlers.rules import clocks
from handlers.rules.action import Action, ActionStatus
from handlers.rules.clocks import Nudge
from handlers.rules.concern import Concern, Status
from handlers.situation import Situation
from handlers.ui import due, say
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.ui.due import Due

STATE = {
    ActionStatus.OPEN: "Open",
    ActionStatus.ACKNOWLEDGED: "Acknowledged",
    ActionStatus.IN_PROGRESS: "In progress",
    ActionStatus.WAITING: "Waiting on an agency",
    ActionStatus.DONE: "Done, not yet verified",
    ActionStatus.VERIFIED: "Done and verified",
    ActionStatus.CANCELLED: "Cancelled",
}
SENT_BACK, EXTENDED, AGAIN = "sent_back", "extended", "again"
"""How the step of a notice begins that is no reminder. Behind it is the number of the entry, or of the extension."""


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
    step: str = ""
    """Which nudge it is, where it is one."""


def reference(action: Action, concern: Concern) -> str:
    return f"{concern.reference}/{action.number}"


def action_card(
    action: Action, concern: Concern, now: Situation, *, step: str = "", said: datetime | None = None
) -> Card:
    """The card as it stands, for its owner; `step` is set where it comes again, `said` is when what it tells of was."""
    name, state = reference(action, concern), _state(action, now)
    pairs = [
        ("Due", say.moment(action.due_at, now.calendar)),
        ("How soon", say.URGENCY[action.urgency]),
        ("From", now.names.get(action.assigned_by, "a colleague")),
        ("State", state),
    ]
    if action.waiting_until:
        pairs.append(("Waiting until", say.day(action.waiting_until, now.calendar)))
    parts: list[Part] = [Facts(tuple(pairs))]
    if action.overdue(at=now.at):
        parts.append(Words(text="This action is overdue.", alert=True))
    parts.append(Buttons(tuple(_own_buttons(action))))
    if action.live:
        return due.card(_owed(action, now, f"{_begins(step, action, _told(said, now))} {name}", step=step), parts)
    heading = f"Action {name}"
    return Card(summary=f"{heading}: {state.lower()}", parts=(Heading(heading), *parts))


def _told(said: datetime | None, now: Situation) -> str:
    return f" {say.moment(said, now.calendar)}" if said else ""


def _owed(action: Action, now: Situation, what: str, *, step: str) -> Due:
    """What its owner reads first."""
    back = step.startswith(SENT_BACK)
    do = due.press("Open") + " to read why" if back else due.press(_asks_for(action))
    return Due(what=what, when=_when(action, now), whose=due.belongs_to("", yours=True), do=do)


def _begins(step: str, action: Action, told: str) -> str:
    """Why it comes; `told` is when that was, with a space before it."""
    events = {SENT_BACK: "Sent back", EXTENDED: "More time given", AGAIN: "Given to you again"}
    for event, words in events.items():
        if step.startswith(event):
            return f"{words}{told}: action"
    late = nudged(step, action)
    return f"{late}: action" if late else "Action"


def nudged(step: str, action: Action) -> str:
    """How a nudge begins; empty where it is none, or counts from a moment that is no longer the one."""
    nudge = next((nudge for nudge in Nudge if nudge.value == step.partition(":")[0]), None)
    if nudge is None or (":" in step and clocks.nudge_step(nudge, action) != step):
        return ""
    return NUDGES[nudge]


NUDGES: Mapping[Nudge, str] = {
    Nudge.DAY_BEFORE: "Due within a school day",
    Nudge.DUE: "Due now",
    Nudge.PLUS_1: due.school_days(1),
    Nudge.PLUS_2: due.school_days(2),
    Nudge.PLUS_3: due.school_days(3),
}


def _when(action: Action, now: Situation) -> str:
    since = "due since" if action.overdue(at=now.at) else "due"
    waiting = action.status is ActionStatus.WAITING and action.waiting_until is not None
    until = f", waiting until {say.day(action.waiting_until, now.calendar)}" if waiting and action.waiting_until else ""
    return f"{since} {say.moment(action.due_at, now.calendar)}{until}"


def _asks_for(action: Action) -> str:
    """The label of what its owner presses next."""
    labels = {ActionStatus.OPEN: "Acknowledge", ActionStatus.ACKNOWLEDGED: "Begin"}
    return "They have answered" if action.status is ActionStatus.WAITING else labels.get(action.status, "Done")


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
    pairs = [
        ("Owner", now.names.get(action.owner, "a member of staff")),
        ("Due", say.moment(action.due_at, now.calendar)),
        ("State", _state(action, now)),
    ]
    if watched.asked and action.live:
        pairs.append(("Asked for", say.moment(watched.asked, now.calendar)))
    if action.extensions:
        pairs.append(("Given more time", "once" if action.extensions == 1 else f"{action.extensions} times"))
    buttons = Buttons(tuple(_watchers_buttons(action, concern, watched)))
    if _is_asked(action, now, watched):
        words = _advice(action, watched)
        said = (Words(text=words),) if words else ()
        return due.card(_watched(action, now, watched, name), (Facts(tuple(pairs)), *said, buttons))
    heading, state = f"Action {name}", f": {_state(action, now).lower()}"
    if not action.live and action.status is not ActionStatus.DONE:
        heading, state = f"{heading} has been verified" if action.verified_by else f"{heading} is cancelled", ""
    passed = (Words(text=due.ANOTHERS),) if watched.step.startswith(PASSED_ON) else ()
    return Card(summary=f"{heading}{state}", parts=(Heading(heading), Facts(tuple(pairs)), *passed, buttons))


def _is_asked(action: Action, now: Situation, watched: Watched) -> bool:
    """Whether that reader is asked anything by it as it stands, or told of a third extension."""
    if watched.step.startswith(PASSED_ON):
        return False
    if action.status is ActionStatus.DONE:
        return watched.why is not Watch.ASKED
    late = nudged(watched.step, action) or action.overdue(at=now.at)
    more = watched.why in {Watch.ORPHANED, Watch.EXTENDED} or watched.left or watched.asked is not None
    return action.live and (more or bool(late))


def _watched(action: Action, now: Situation, watched: Watched, name: str) -> Due:
    """What they read first: from the state as it is now, whatever it was first sent for."""
    owner = staff.name(now.names, action.owner)
    whose, when = due.belongs_to(owner), _when(action, now)
    if action.status is ActionStatus.DONE:
        done = f"done {say.moment(action.done_at, now.calendar)}" if action.done_at else "done"
        what = f"Action {name} waits to be verified"
        if watched.theirs:
            return Due(what=what, when=done, whose="Somebody else verifies what you did yourself", do=due.press("Open"))
        return Due(what=what, when=done, whose=whose, do=due.press("Verify"))
    if watched.left or watched.why is Watch.ORPHANED:
        can = "had it and is no longer here" if watched.left else "can do it no longer"
        what, whose = f"Action {name} needs somebody else", f"{owner} {can}"
        return Due(what=what, when=when, whose=whose, do=due.press("Give to somebody else"))
    if watched.asked:
        when = f"{when}, until {say.moment(watched.asked, now.calendar)}"
        return Due(what=f"More time is asked for action {name}", when=when, whose=whose, do=due.press("Give more time"))
    if watched.why is Watch.EXTENDED:
        what = f"Action {name} has been given more time {action.extensions} times"
        return Due(what=what, when=when, whose=whose, do=due.press("Open"))
    late = nudged(watched.step, action) or ("Overdue" if action.overdue(at=now.at) else "")
    what = f"{late}: action {name}" if late else f"Action {name}"
    return Due(what=what, when=when, whose=whose, do=due.press("Give more time", "Give to somebody else"))


def _advice(action: Action, watched: Watched) -> str:
    if action.status is ActionStatus.DONE and not watched.theirs:
        return "Read what was done. Then verify it, or send it back with a reason."
    return "Open it to read why." if action.live and watched.asked else ""


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


def assigned_card(action: Action, concern: Concern, when: str, *, to: str) -> Card:
    """Answers the form: what has been given and by when, with the way to the next. `to`: empty for oneself."""
    heading = f"Action {reference(action, concern)} assigned"
    another = Button(press=Press.ASSIGN, label="Assign another", subject=concern.id, version=concern.version)
    words = Words(text=f"{to} is being told now. It is due {when}." if to else f"It is yours. It is due {when}.")
    return Card(summary=heading, parts=(Heading(heading), words, Buttons((another,))))


def _button(action: Action, press: Press, label: str, look: Look = Look.PLAIN) -> Button:
    return Button(press=press, label=label, subject=action.id, version=action.version, look=look)
