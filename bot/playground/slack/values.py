"""What an element of Block Kit holds: its first value, its shape in `state.values`, and what may be put into it.

Pure rules over one element; nothing about the view around it.
"""

from collections.abc import Callable, Sequence
from typing import TypeAlias

from bot.playground.moments import is_date, is_time
from bot.playground.slack.drawing import Entry
from bot.playground.slack.limits import options_of
from bot.playground.slack.mrkdwn import Names, words_of
from bot.playground.thumbs import Answer, PlatformRefused
from bot.playground.wire import Json, as_object, as_objects, as_text

Value: TypeAlias = str | list[Json]
"""Text, a date, a time or a user id; or the options that are chosen."""

_NAMED = {
    "plain_text_input": ("value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "users_select": ("selected_user", "initial_user"),
}
"""Elements that hold a string: its name in the state, and of its first value."""
_SEVERAL = ("checkboxes", "multi_static_select", "multi_external_select")
_MOMENTS: dict[str, Callable[[str], bool]] = {"datepicker": is_date, "timepicker": is_time}
MOST_TEXT = 3000
"""Characters in a plain_text_input when `max_length` is not said."""


def first(element: Json) -> Value:
    """The value that an element begins with."""
    kind = as_text(element.get("type"))
    if kind in _NAMED:
        return as_text(element.get(_NAMED[kind][1]))
    if kind in _SEVERAL:
        return as_objects(element.get("initial_options"))
    return [as_object(element["initial_option"])] if "initial_option" in element else []


def state(element: Json, value: Value) -> Json:
    """The value as it stands in `state.values`, and in a block action."""
    kind = as_text(element.get("type"))
    if kind in _NAMED:
        return {"type": kind, _NAMED[kind][0]: value or None}
    if kind in _SEVERAL:
        return {"type": kind, "selected_options": value}
    return {"type": kind, "selected_option": value[0] if value else None}


def kind_of(element: Json) -> str:
    """The field's kind in the words of `ShownField`."""
    kind = as_text(element.get("type"))
    if kind == "plain_text_input":
        return "long_text" if element.get("multiline") is True else "text"
    if kind in ("checkboxes", "multi_static_select"):
        return "choices"
    if kind in ("datepicker", "timepicker"):
        return kind.removesuffix("picker")
    return "pick" if kind.endswith(("external_select", "users_select")) else "choice"


def is_several(element: Json) -> bool:
    """Whether more than one option can be chosen."""
    return as_text(element.get("type")) in _SEVERAL


def shown(element: Json, value: Value, names: Names) -> Answer:
    """The value as a person sees it."""
    if isinstance(value, str):
        return names.get(value, value) if element.get("type") == "users_select" else value
    labels = tuple(words_of(one.get("text"), {}) for one in value)
    if kind_of(element) == "choices":
        return labels
    return labels[0] if len(labels) == 1 else labels or ""


def from_answer(entry: Entry, answer: Answer) -> Value:
    """What a person enters, for everything but a typeahead. PlatformRefused for what cannot be entered."""
    if kind_of(entry.element) in ("choice", "choices"):
        return chosen(entry, [answer] if isinstance(answer, str) else answer, by=_label)
    if not isinstance(answer, str):
        raise PlatformRefused(f"the field {entry.label!r} takes one answer")
    good = _MOMENTS.get(entry.kind)
    if answer and good and not good(answer):
        raise PlatformRefused(f"the field {entry.label!r} takes a {kind_of(entry.element)} only")
    return answer


def chosen(entry: Entry, answers: Sequence[str], *, by: Callable[[Json], str]) -> list[Json]:
    """The options that these answers name. PlatformRefused for one that is not offered, or too many."""
    offered = {by(one): one for one in reversed(options_of(entry.element))}
    wanted = [answer for answer in answers if answer]
    if not set(wanted) <= offered.keys():
        raise PlatformRefused(f"the field {entry.label!r} does not offer that choice")
    refuse_too_many(entry, len(wanted))
    return [offered[answer] for answer in wanted]


def refuse_too_many(entry: Entry, count: int) -> None:
    """PlatformRefused when an element does not take that many choices."""
    most = entry.element.get("max_selected_items", 100) if is_several(entry.element) else 1
    if count > most:
        raise PlatformRefused(f"the field {entry.label!r} takes {most} choice{'s' if most > 1 else ''}")


def refuse_untypable(entry: Entry, value: Value) -> None:
    """PlatformRefused for what the client does not let anybody do: too long a text, a choice undone."""
    if entry.kind == "plain_text_input" and isinstance(value, str):
        most = entry.element.get("max_length", MOST_TEXT)
        if len(value) > most:
            raise PlatformRefused(f"the field {entry.label!r} takes at most {most} characters")
        if "\n" in value and entry.element.get("multiline") is not True:
            raise PlatformRefused(f"the field {entry.label!r} takes one line")


def complaint(entry: Entry, value: Value) -> str:
    """What the client itself says beside a field at submit; empty when it is content."""
    if entry.required and not value:
        return "Please complete this required field."
    least = entry.element.get("min_length", 0)
    if value and entry.kind == "plain_text_input" and len(value) < least:
        return f"Please enter at least {least} characters."
    return ""


def option_value(option: Json) -> str:
    """The `value` of an option."""
    return as_text(option.get("value"))


def _label(option: Json) -> str:
    return words_of(option.get("text"), {})
