"""What Slack takes, as rules of our own: `faults` names every breach in a view or a message.

Stricter than slack_sdk's models, which let pass an input without a submit button, a block_id twice, and all
lengths inside inputs. Names the place and the rule, and never quotes what a block says. Nothing calls this while
serving: the tests hold every form and card against it.
"""

import json
from collections.abc import Iterator
from typing import Any, cast

from bot.slack.blocks import width

Json = dict[str, Any]

LARGEST = 250_000
"""Bytes of a view or message as UTF-8 JSON."""

_VIEW = {"type", "callback_id", "private_metadata", "title", "submit", "close", "blocks"}
_MESSAGE = {"text", "blocks", "metadata"}
_BLOCKS: dict[str, tuple[set[str], set[str]]] = {
    "header": ({"text"}, set()),
    "section": (set(), {"text", "fields", "accessory"}),
    "context": ({"elements"}, set()),
    "actions": ({"elements"}, set()),
    "input": ({"label", "element"}, {"hint", "optional", "dispatch_action"}),
    "rich_text": ({"elements"}, set()),
}
"""By type: what it must have and what it may have beside `type` and `block_id`."""
_ELEMENTS: dict[str, tuple[set[str], set[str]]] = {
    "button": ({"text"}, {"value", "style", "accessibility_label"}),
    "plain_text_input": (set(), {"multiline", "max_length", "initial_value"}),
    "radio_buttons": ({"options"}, {"initial_option"}),
    "static_select": (set(), {"options", "option_groups", "initial_option"}),
    "checkboxes": ({"options"}, {"initial_options"}),
    "multi_static_select": ({"options"}, {"initial_options", "max_selected_items"}),
    "external_select": ({"min_query_length"}, {"initial_option"}),
    "datepicker": (set(), {"initial_date"}),
    "timepicker": (set(), {"initial_time"}),
}
"""By type: the same beside `type` and `action_id`."""
_MOST_OPTIONS = {"radio_buttons": 10, "checkboxes": 10, "static_select": 100, "multi_static_select": 100}
_LISTS = {"elements": {"context": 10, "actions": 25, "rich_text": 100}, "fields": {"section": 10}}


def faults(drawn: Json) -> list[str]:
    """Everything that Slack would refuse in a view or a message; empty for a good one."""
    whole = _WHOLE.get(str(drawn.get("type")), _message)(drawn)
    return [*whole, *_all_blocks(drawn), *_size(drawn)]


def _view(view: Json) -> Iterator[str]:
    yield from _keys(view, "view", {"type", "title", "blocks"}, _VIEW)
    for name in ("title", "submit", "close"):
        yield from _plain(view[name], f"view.{name}", 24) if name in view else ()
    yield from _length(view.get("private_metadata", "-"), "view.private_metadata", 3000)
    yield from _length(view.get("callback_id", "-"), "view.callback_id", 255)
    inputs = [block for block in _list(view, "blocks") if block.get("type") == "input"]
    if inputs and "submit" not in view:
        yield "view: an input without a submit button"


def _home(view: Json) -> Iterator[str]:
    yield from _keys(view, "home", {"type", "blocks"}, {"type", "blocks"})
    if any(block.get("type") == "input" for block in _list(view, "blocks")):
        yield "home: an input, whose words would be sent with every press"


def _message(message: Json) -> Iterator[str]:
    yield from _keys(message, "message", {"text", "blocks"}, _MESSAGE)
    yield from _length(message.get("text"), "message.text", 4000)
    if any(block.get("type") == "input" for block in _list(message, "blocks")):
        yield "message: an input outside a modal"


_WHOLE = {"modal": _view, "home": _home}


def _all_blocks(drawn: Json) -> Iterator[str]:
    blocks, most = _list(drawn, "blocks"), 100 if drawn.get("type") in _WHOLE else 50
    if not 1 <= len(blocks) <= most:
        yield f"blocks: not between 1 and {most}"
    ids = [block["block_id"] for block in blocks if "block_id" in block]
    if len(set(ids)) != len(ids):
        yield "blocks: a block_id stands twice"
    for number, block in enumerate(blocks):
        yield from _block(block, f"blocks[{number}]")


def _block(block: Json, at: str) -> Iterator[str]:
    kind = str(block.get("type"))
    if kind not in _BLOCKS:
        yield f"{at}: a block of an unknown type"
        return
    must, may = _BLOCKS[kind]
    yield from _keys(block, at, must | {"type"}, must | may | {"type", "block_id"})
    yield from _length(block.get("block_id", "-"), f"{at}.block_id", 255)
    yield from _long_lists(block, kind, at)
    yield from _texts(block, kind, at)
    yield from _inside(block, kind, at)


def _texts(block: Json, kind: str, at: str) -> Iterator[str]:
    if kind == "section" and not ("text" in block or "fields" in block):
        yield f"{at}: a section with nothing in it"
    if "text" in block:
        yield from _plain(block["text"], f"{at}.text", 150 if kind == "header" else 3000)
    for number, field in enumerate(_list(block, "fields")):
        yield from _plain(field, f"{at}.fields[{number}]", 2000)
    for name in ("label", "hint"):
        yield from _plain(block[name], f"{at}.{name}", 2000) if name in block else ()


def _inside(block: Json, kind: str, at: str) -> Iterator[str]:
    if kind == "input":
        yield from _element(cast(Json, block.get("element") or {}), f"{at}.element", in_input=True)
    if "accessory" in block:
        yield from _element(cast(Json, block["accessory"]), f"{at}.accessory", in_input=False)
    elements = _list(block, "elements")
    ids = [element.get("action_id") for element in elements if kind == "actions"]
    if len(set(ids)) != len(ids):
        yield f"{at}: an action_id stands twice"
    for number, element in enumerate(elements):
        here = f"{at}.elements[{number}]"
        if kind == "context":
            yield from _plain(element, here, 2000)
        elif kind == "rich_text":
            yield from _rich(element, here)
        else:
            yield from _element(element, here, in_input=False)


def _element(element: Json, at: str, *, in_input: bool) -> Iterator[str]:
    kind = str(element.get("type"))
    if kind not in _ELEMENTS or (kind == "button") is in_input:
        yield f"{at}: an element of an unknown type, or in the wrong place"
        return
    must, may = _ELEMENTS[kind]
    yield from _keys(element, at, must | {"type", "action_id"}, must | may | {"type", "action_id"})
    yield from _length(element.get("action_id"), f"{at}.action_id", 255)
    if kind == "button":
        yield from _button(element, at)
    elif kind == "plain_text_input":
        yield from _typed(element, at)
    else:
        yield from _choices(element, kind, at)


def _button(button: Json, at: str) -> Iterator[str]:
    yield from _plain(button.get("text"), f"{at}.text", 75)
    if not 0 < len(button.get("accessibility_label", "-")) <= 75:
        yield f"{at}.accessibility_label: empty, or longer than 75"
    yield from _length(button.get("value", "-"), f"{at}.value", 2000)
    if button.get("style", "primary") not in ("primary", "danger"):
        yield f"{at}.style: neither primary nor danger"


def _typed(element: Json, at: str) -> Iterator[str]:
    most = element.get("max_length", 3000)
    if type(most) is not int or not 1 <= most <= 3000:
        yield f"{at}.max_length: not between 1 and 3000"
        return
    yield from _length(element.get("initial_value", "-"), f"{at}.initial_value", most)


def _choices(element: Json, kind: str, at: str) -> Iterator[str]:
    yield from _groups(element, kind, at)
    groups = _list(element, "option_groups")
    options = [*_list(element, "options"), *(option for group in groups for option in _list(group, "options"))]
    most = _MOST_OPTIONS.get(kind)
    if most and not 1 <= len(options) <= most:
        yield f"{at}.options: not between 1 and {most}"
    chosen = [*([element["initial_option"]] if "initial_option" in element else []), *_list(element, "initial_options")]
    for number, option in enumerate([*options, *chosen]):
        yield from _option(option, f"{at}.options[{number}]")
    if most and any(option not in options for option in chosen):
        yield f"{at}: an initial option that is not offered"
    if element.get("initial_options") == []:
        yield f"{at}.initial_options: empty"
    if not 1 <= element.get("max_selected_items", 1) <= 100:
        yield f"{at}.max_selected_items: not between 1 and 100"


def _groups(element: Json, kind: str, at: str) -> Iterator[str]:
    groups = _list(element, "option_groups")
    if kind == "static_select" and ("options" in element) == bool(groups):
        yield f"{at}: neither options nor option_groups, or both"
    for number, group in enumerate(groups):
        yield from _keys(group, f"{at}.option_groups[{number}]", {"label", "options"}, {"label", "options"})
        yield from _plain(group.get("label"), f"{at}.option_groups[{number}].label", 75)


def _option(option: Json, at: str) -> Iterator[str]:
    yield from _keys(option, at, {"text", "value"}, {"text", "value"})
    yield from _plain(option.get("text"), f"{at}.text", 75)
    yield from _length(option.get("value"), f"{at}.value", 150)


def _rich(element: Json, at: str) -> Iterator[str]:
    """Words kept as they are, or lines of which the names are bold."""
    kind = element.get("type")
    if kind not in {"rich_text_preformatted", "rich_text_section"}:
        yield f"{at}: rich text of a kind that we do not draw"
    may = {"type", "text", "style"} if kind == "rich_text_section" else {"type", "text"}
    for number, words in enumerate(_list(element, "elements")):
        here = f"{at}.elements[{number}]"
        yield from _keys(words, here, {"type", "text"}, may)
        yield from _length(words.get("text"), f"{here}.text", 3000)
        if words.get("style", {"bold": True}) != {"bold": True}:
            yield f"{here}: a style that we do not draw"


def _plain(text: Any, at: str, most: int) -> Iterator[str]:
    if not isinstance(text, dict) or cast(Json, text).get("type") != "plain_text":
        yield f"{at}: not plain_text"
        return
    yield from _keys(cast(Json, text), at, {"type", "text"}, {"type", "text", "emoji"})
    yield from _length(cast(Json, text).get("text"), at, most)


def _length(text: Any, at: str, most: int) -> Iterator[str]:
    if not isinstance(text, str) or not 1 <= width(text) <= most:
        yield f"{at}: not a text of 1 to {most} characters"


def _keys(holder: Json, at: str, must: set[str], may: set[str]) -> Iterator[str]:
    if missing := must - set(holder):
        yield f"{at}: {', '.join(sorted(missing))} is missing"
    if unknown := set(holder) - may:
        yield f"{at}: {', '.join(sorted(unknown))} is unknown"


def _long_lists(block: Json, kind: str, at: str) -> Iterator[str]:
    for name, limits in _LISTS.items():
        if name in block and kind in limits and not 1 <= len(_list(block, name)) <= limits[kind]:
            yield f"{at}.{name}: not between 1 and {limits[kind]}"


def _list(holder: Json, name: str) -> list[Json]:
    found = holder.get(name, [])
    return [cast(Json, item) for item in cast(list[Any], found)] if isinstance(found, list) else []


def _size(drawn: Json) -> Iterator[str]:
    if len(json.dumps(drawn, ensure_ascii=False).encode("utf-8", "surrogatepass")) > LARGEST:
        yield f"whole: larger than {LARGEST} bytes"
