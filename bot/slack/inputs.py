"""Fields as input blocks. Total over the model: pyright fails where a field is missing.

`block_id` is the field's name and `action_id` never changes, so that Slack keeps what was typed when a window is
drawn again. An answer longer than one input takes goes on in further inputs, which `parse` joins again.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import assert_never

from bot.slack.blocks import Block, plain, split, width
from handlers.conversation import Answers
from handlers.ui.form import (
    LONGEST,
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Option,
    PickField,
    TextField,
    TimeField,
    is_date,
    is_time,
)

ANSWER = "answer"
"""The action_id of every input that needs no search."""
SEARCH = "search_"
"""Begins the action_id of a typeahead; its source follows."""
CONTINUED = "~"
"""Between a field's name and the number of the input that goes on with its answer."""
LABEL = 75
"""Characters of an option's label (Block Kit, option)."""
LISTED = 10
"""Radio buttons or checkboxes in one list (Block Kit); more are drawn as a menu."""
SHORTEST = 2
"""Letters before a typeahead asks (PLATFORMS, Slack)."""


def field_blocks(field: Field, values: Answers, names: Mapping[str, str]) -> list[Block]:
    """The input of one field with the answer it has; more than one for an answer that does not fit."""
    match field:
        case TextField():
            return _text(field, _one(values, field.name))
        case ChoiceField():
            return [_choice(field, _one(values, field.name))]
        case ChoicesField():
            return [_input(field, _choices(field, values.get(field.name, ())))]
        case DateField():
            return [_input(field, _dated("datepicker", "initial_date", _one(values, field.name), is_date))]
        case TimeField():
            return [_input(field, _dated("timepicker", "initial_time", _one(values, field.name), is_time))]
        case PickField():
            return [_input(field, _pick(field, _one(values, field.name), names))]
        case _:
            assert_never(field)


def option(key: str, label: str) -> Block:
    """An option; a label that is too long keeps both its ends, for form and year stand at the end."""
    if width(label) > LABEL:
        label = f"{split(label, 30)[0]} … {split(label[::-1], 30)[0][::-1]}"
    return {"text": plain(label), "value": key}


def _input(field: Field, element: Block) -> Block:
    hint: Block = {"hint": plain(field.hint)} if field.hint else {}
    return {
        "type": "input",
        "block_id": field.name,
        "label": plain(field.label),
        "optional": not field.required,
        **({"dispatch_action": True} if isinstance(field, ChoiceField) and field.redraws else {}),
        **hint,
        "element": {"action_id": ANSWER, **element},
    }


def _text(field: TextField, typed: str) -> list[Block]:
    most = min(field.most, LONGEST)
    first, *more = split(typed, most) or [""]
    blocks = [_input(field, _typed(field, first, most))]
    for number, piece in enumerate(more, start=2):
        going_on = TextField(
            name=f"{field.name}{CONTINUED}{number}", label=f"{field.label} (part {number})", long=field.long
        )
        blocks.append(_input(going_on, _typed(field, piece, most)))
    return blocks


def _typed(field: TextField, typed: str, most: int) -> Block:
    value: Block = {"initial_value": typed} if typed else {}
    lines = field.long or "\n" in typed
    return {"type": "plain_text_input", "multiline": lines, "max_length": most, **value}


def _choice(field: ChoiceField, chosen: str) -> Block:
    if not field.options:
        return {"type": "section", "text": plain(f"{field.label}: there is nothing to choose from.")}
    grouped = any(found.group for found in field.options)
    kind = "static_select" if field.menu or grouped or len(field.options) > LISTED else "radio_buttons"
    options = _options(field.options)
    initial = [found for found in options if found["value"] == chosen]
    listed: Block = {"option_groups": _groups(field.options)} if grouped else {"options": options}
    return _input(field, {"type": kind, **listed, **({"initial_option": initial[0]} if initial else {})})


def _groups(options: Sequence[Option]) -> list[Block]:
    """The options under what stands over each group of them, in their order."""
    runs = groupby(options, key=lambda found: found.group)
    return [{"label": plain(group), "options": _options(tuple(held))} for group, held in runs]


def _choices(field: ChoicesField, chosen: str | tuple[str, ...]) -> Block:
    keys = (chosen,) if isinstance(chosen, str) else chosen
    options = _options(field.options)
    initial = [found for found in options if found["value"] in keys]
    kind: Block = {"type": "checkboxes"}
    if len(options) > LISTED:
        kind = {"type": "multi_static_select", "max_selected_items": field.most}
    return {**kind, "options": options, **({"initial_options": initial} if initial else {})}


def _pick(field: PickField, picked: str, names: Mapping[str, str]) -> Block:
    initial: Block = {"initial_option": option(picked, names.get(picked) or "Chosen before")} if picked else {}
    return {
        "type": "external_select",
        "action_id": f"{SEARCH}{field.source.value}",
        "min_query_length": SHORTEST,
        **initial,
    }


def _dated(kind: str, name: str, value: str, fits: Callable[[str], bool]) -> Block:
    """A picker; what was refused stands as it was written, where a picker could not show it."""
    if value and not fits(value):
        return _line(value)
    return {"type": kind, **({name: value} if value else {})}


def _line(value: str) -> Block:
    return {"type": "plain_text_input", "initial_value": split(value, LONGEST)[0]}


def _options(options: Sequence[Option]) -> list[Block]:
    return [option(found.key, found.label) for found in options]


def _one(values: Answers, name: str) -> str:
    value = values.get(name, "")
    return value if isinstance(value, str) else ", ".join(value)

