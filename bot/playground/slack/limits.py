"""What Slack takes as a message's blocks or as a modal, as pure rules: every breach is named.

Faults name the place and the rule and never quote what is written. Nothing here knows who sent it.
"""

import json
from collections import Counter
from collections.abc import Iterator

from bot.playground.slack import vocabulary
from bot.playground.slack.shapes import fault
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text

LARGEST_VIEW = 250_000
"""Bytes of a view as UTF-8 JSON (Slack, "views.open", view_too_large)."""

DEFAULT_QUERY = 3
"""Characters before a typeahead asks, when `min_query_length` is not said."""


def block_faults(blocks: object, at: str = "/blocks") -> list[str]:
    """Everything that Slack would refuse in a message's blocks; empty for good ones."""
    return [*vocabulary.message_blocks(blocks, at), *_across(as_objects(blocks), at)]


def view_faults(view: object, at: str = "/view") -> list[str]:
    """Everything that Slack would refuse in a modal; empty for a good one."""
    blocks = as_objects(as_object(view).get("blocks"))
    found = [*vocabulary.view(view, at), *_across(blocks, f"{at}/blocks")]
    if any(block.get("type") == "input" for block in blocks) and "submit" not in as_object(view):
        found.append(fault("missing required field: submit, for there are inputs", at))
    return found


def home_faults(view: object, at: str = "/view") -> list[str]:
    """Everything that Slack would refuse in a Home tab; empty for a good one."""
    blocks = as_objects(as_object(view).get("blocks"))
    return [*vocabulary.home(view, at), *_across(blocks, f"{at}/blocks")]


def is_too_large(view: Json) -> bool:
    """Whether a view is over 250 KB."""
    return len(json.dumps(view, ensure_ascii=False).encode("utf-8", "surrogatepass")) > LARGEST_VIEW


def search_faults(answer: Json) -> list[str]:
    """What is wrong with an answer to block_suggestion."""
    found = list(vocabulary.SEARCHED(answer, ""))
    if len(answer.keys() & {"options", "option_groups"}) != 1:
        found.append(fault("either options or option_groups", ""))
    return found


def elements_of(block: Json) -> Iterator[tuple[str, Json]]:
    """The interactive elements of a block, each with its pointer inside the block."""
    if block.get("type") == "actions":
        for number, element in enumerate(as_objects(block.get("elements"))):
            yield f"elements/{number}", element
    for name in ("accessory", "element"):
        if name in block:
            yield name, as_object(block[name])


def options_of(element: Json) -> list[Json]:
    """All options of an element, those in groups too."""
    grouped = [one for group in as_objects(element.get("option_groups")) for one in as_objects(group.get("options"))]
    return as_objects(element.get("options")) + grouped


def _across(blocks: list[Json], at: str) -> Iterator[str]:
    ids = Counter(as_text(block.get("block_id")) for block in blocks if block.get("block_id"))
    for number, block in enumerate(blocks):
        here = f"{at}/{number}"
        if ids[as_text(block.get("block_id"))] > 1:
            yield fault("block_id already exists: it must be unique in a message or view", f"{here}/block_id")
        if block.get("type") == "section" and not block.keys() & {"text", "fields"}:
            yield fault("missing required field: text or fields", here)
        yield from _elements(block, here)
    if sum(element.get("focus_on_load") is True for block in blocks for _, element in elements_of(block)) > 1:
        yield fault("only one element may have focus_on_load", at)


def _elements(block: Json, at: str) -> Iterator[str]:
    elements = list(elements_of(block))
    ids = Counter(as_text(element.get("action_id")) for _, element in elements if element.get("action_id"))
    for name, element in elements:
        here = f"{at}/{name}"
        if ids[as_text(element.get("action_id"))] > 1:
            yield fault("action_id already exists: it must be unique in a block", f"{here}/action_id")
        yield from _choices(element, here)
        yield from _lengths(element, here)


def _choices(element: Json, at: str) -> Iterator[str]:
    kind = as_text(element.get("type"))
    if kind.endswith("static_select") and len(element.keys() & {"options", "option_groups"}) != 1:
        yield fault("either options or option_groups", at)
    options = options_of(element)
    values = Counter(as_text(one.get("value")) for one in options)
    if any(count > 1 for count in values.values()):
        yield fault("two options have the same value", f"{at}/options")
    if kind.endswith("external_select"):
        return
    initial = [as_object(element["initial_option"])] if "initial_option" in element else []
    initial += as_objects(element.get("initial_options"))
    if any(not _is_among(one, options) for one in initial):
        yield fault("the initial option is not one of the options", at)


def _is_among(initial: Json, options: list[Json]) -> bool:
    return any(
        (one.get("value"), as_object(one.get("text")).get("text"))
        == (initial.get("value"), as_object(initial.get("text")).get("text"))
        for one in options
    )


def _lengths(element: Json, at: str) -> Iterator[str]:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if isinstance(least, int) and isinstance(most, int):
        if least > most:
            yield fault("min_length is greater than max_length", at)
        if len(as_text(element.get("initial_value"))) > most:
            yield fault("initial_value is longer than max_length", at)
    selected = element.get("max_selected_items")
    if isinstance(selected, int) and len(as_list(element.get("initial_options"))) > selected:
        yield fault("more initial options than max_selected_items", at)
