"""Buttons that open a dialog, for a client whose own such buttons do nothing.

The Playground cannot press a card's task/fetch button, but it runs a message extension's dialog. So a command id
`task:<label>` typed there stands for pressing the newest button of that label. Bodies in, bodies out.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from bot.playground.wire import Json, as_object, as_objects, as_text, within

PREFIX = "task:"
FETCH, SUBMIT = "composeExtension/fetchTask", "composeExtension/submitAction"
INSTEAD = {FETCH: "task/fetch", SUBMIT: "task/submit"}
_CARD = "application/vnd.microsoft.card.adaptive"


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    label: str
    data: Json
    message: str = ""
    """The message whose card it stands on."""


class Buttons:
    """The task/fetch buttons of every card that has passed, the newest last."""

    def __init__(self) -> None:
        self._by_message: dict[tuple[str, str], list[Button]] = {}

    def note(self, place: str, message: str, activity: Json) -> None:
        """Keep the buttons of a message that was posted or replaced."""
        cards = [as_object(attached.get("content")) for attached in as_objects(activity.get("attachments"))]
        found = [button for card in cards for button in _buttons(card)]
        self._by_message.pop((place, message), None)
        self._by_message[place, message] = [Button(label=b.label, data=b.data, message=message) for b in found]

    def find(self, place: str, label: str) -> Button | None:
        """The newest with that label, in this place before any other."""
        newest = [(where, button) for (where, _), each in reversed(self._by_message.items()) for button in each]
        fitting = [(where, button) for where, button in newest if button.label.casefold() == label.casefold()]
        here = [button for where, button in fitting if where == place]
        return next(iter([*here, *(button for _, button in fitting)]), None)

    def labels(self) -> list[str]:
        return sorted({button.label for each in self._by_message.values() for button in each})


def is_shimmed(activity: Json) -> bool:
    """Whether it is a message-extension call that stands for a button."""
    command = as_text(within(activity, "value", "commandId"))
    return activity.get("name") in INSTEAD and command.startswith(PREFIX)


def as_task(activity: Json, button: Button | None) -> Json:
    """The same call as the client of a real Teams would make it: task/fetch of a button, task/submit of a dialog."""
    name = as_text(activity["name"])
    value: Json = {"context": {"theme": "default"}}
    value["data"] = button.data if button and name == FETCH else as_object(within(activity, "value", "data"))
    more = {"replyToId": button.message} if button and button.message and name == FETCH else {}
    return {**activity, "name": INSTEAD[name], "value": value, **more}


def pressed(activity: Json, buttons: Buttons) -> Button | None:
    """Which button it stands for: by its label, or with `task:{...}` by its data as JSON."""
    wanted = as_text(within(activity, "value", "commandId")).removeprefix(PREFIX).strip()
    if wanted.startswith("{"):
        try:
            return Button(label="", data=as_object(json.loads(wanted)))
        except json.JSONDecodeError:
            return None
    place = as_text(within(activity, "conversation", "id")).partition(";")[0]
    return buttons.find(place, wanted)


def no_such_button(buttons: Buttons) -> Json:
    """What the dialog says when nothing of that label has been posted."""
    there = ", ".join(buttons.labels()) or "none yet"
    return as_dialog({"task": {"type": "message", "value": f"No card has that button. There are: {there}."}})


def as_dialog(answer: Json) -> Json:
    """The Playground takes words in answer to the opening of a dialog for a fault; a card that says them it shows."""
    if within(answer, "task", "type") != "message":
        return answer
    words = {"type": "TextBlock", "text": as_text(within(answer, "task", "value")), "wrap": True}
    card = {"type": "AdaptiveCard", "version": "1.5", "body": [words]}
    attached = {"contentType": _CARD, "content": card}
    return {"task": {"type": "continue", "value": {"title": "Heard", "card": attached}}}


def _buttons(part: Json) -> Iterator[Button]:
    """Every Action.Submit in a card, however deep, that asks for a dialog."""
    data = as_object(part.get("data"))
    if part.get("type") == "Action.Submit" and within(data, "msteams", "type") == "task/fetch":
        yield Button(label=as_text(part.get("title")), data=data)
    for held in part.values():
        for child in [as_object(held), *as_objects(held)]:
            yield from _buttons(child)
