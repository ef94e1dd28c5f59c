"""An action's card, for the person who owes it: reference and due time; what is asked is read in a window."""

from handlers.cards import say
from handlers.cards.model import Button, Buttons, Card, Facts, Heading, Look, Part, Press, Words
from handlers.cards.triage import Situation
from handlers.rules.action import Action, ActionStatus
from handlers.rules.concern import Concern


def reference(action: Action, concern: Concern) -> str:
    return f"{concern.reference}/{action.number}"


def action_card(action: Action, concern: Concern, now: Situation, *, step: str = "") -> Card:
    """The card as it stands; `step` is set where it is a reminder."""
    name = reference(action, concern)
    heading = f"Reminder: action {name}" if step else f"Action {name}"
    done = action.status is ActionStatus.DONE
    state = "Done" if done else ("Overdue" if action.overdue(at=now.at) else "Open")
    pairs = [
        ("Due", say.moment(action.due_at, now.calendar)),
        ("From", now.names.get(action.assigned_by, "a lead")),
        ("State", state),
    ]
    parts: list[Part] = [Heading(heading), Facts(tuple(pairs))]
    if state == "Overdue":
        parts.append(Words(text="This action is overdue.", alert=True))
    parts.append(Buttons(tuple(_buttons(action, done=done))))
    return Card(summary=f"{heading}: {state.lower()}, due {pairs[0][1]}", parts=tuple(parts))


def overdue_card(action: Action, concern: Concern, now: Situation) -> Card:
    """For the concern's owner or the leads: somebody has not done what they owe."""
    name = reference(action, concern)
    owner = now.names.get(action.owner, "a member of staff")
    done = action.status is ActionStatus.DONE
    heading = f"Action {name} is {'done' if done else 'overdue'}"
    pairs = (("Owner", owner), ("Due", say.moment(action.due_at, now.calendar)))
    open_concern = Button(
        press=Press.OPEN, label="Open concern", subject=concern.id, version=concern.version
    )
    return Card(
        summary=heading, parts=(Heading(heading), Facts(pairs), Buttons((open_concern,)))
    )


def _buttons(action: Action, *, done: bool) -> list[Button]:
    read = Button(
        press=Press.OPEN_ACTION, label="Open", subject=action.id, version=action.version
    )
    finish = Button(
        press=Press.DONE, label="Done", subject=action.id, version=action.version, look=Look.PRIMARY
    )
    return [read] if done else [read, finish]
