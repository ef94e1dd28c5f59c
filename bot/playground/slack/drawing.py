"""How a Slack client reads blocks: lines to read, inputs to fill and buttons to press, in order.

Pure: blocks go in, what is on the screen comes out. No value typed is known here.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from bot.playground.slack import vocabulary
from bot.playground.slack.mrkdwn import Names, rich_lines, words_of
from bot.playground.wire import Json, as_object, as_objects, as_text

Key: TypeAlias = tuple[str, str]
"""(block_id, action_id)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Text outside the fields."""

    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An element that holds a value."""

    key: Key
    label: str
    element: Json
    required: bool = False
    """An input that is not optional."""
    dispatches: bool = True
    """Whether the app hears of each change."""

    @property
    def kind(self) -> str:
        return as_text(self.element.get("type"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A button, or one line of an overflow menu."""

    key: Key
    label: str
    element: Json
    option: Json | None = None


Item: TypeAlias = Line | Entry | Knob


def draw(blocks: Sequence[Json], names: Names) -> tuple[Item, ...]:
    """Everything on the screen, from top to bottom."""
    return tuple(item for block in blocks for item in _block(block, names))


def words(items: Sequence[Item]) -> str:
    """All lines, one paragraph each."""
    return "\n".join(item.text for item in items if isinstance(item, Line) and item.text)


def buttons(items: Sequence[Item]) -> tuple[str, ...]:
    """The labels of everything that can be pressed."""
    return tuple(item.label for item in items if isinstance(item, Knob))


def _block(block: Json, names: Names) -> Iterator[Item]:
    kind = block.get("type")
    if kind == "input":
        yield _input(block)
    elif kind == "actions":
        for element in as_objects(block.get("elements")):
            yield from _element(block, element, _label_of(element))
    elif kind == "rich_text":
        yield from (Line(text=line) for line in rich_lines(block, names))
    elif kind == "context":
        yield from (Line(text=words_of(one, names)) for one in as_objects(block.get("elements")))
    else:
        yield from _section(block, names)


def _section(block: Json, names: Names) -> Iterator[Item]:
    """A section, a header or an alert: a text, and what a section has beside it."""
    lines = [words_of(block["text"], names)] if "text" in block else []
    lines += [words_of(one, names) for one in as_objects(block.get("fields"))]
    yield from (Line(text=line) for line in lines)
    if "accessory" in block:
        yield from _element(block, as_object(block["accessory"]), lines[0] if lines else "")


def _input(block: Json) -> Entry:
    element = as_object(block.get("element"))
    return Entry(
        key=_key(block, element),
        label=words_of(block.get("label"), {}),
        element=element,
        required=block.get("optional") is not True,
        dispatches=block.get("dispatch_action") is True,
    )


def _element(block: Json, element: Json, label: str) -> Iterator[Item]:
    kind, key = as_text(element.get("type")), _key(block, element)
    if kind == "button":
        label = as_text(element.get("accessibility_label")) or words_of(element.get("text"), {})
        yield Knob(key=key, label=label, element=element)
    elif kind == "overflow":
        for option in as_objects(element.get("options")):
            yield Knob(key=key, label=words_of(option.get("text"), {}), element=element, option=option)
    elif kind in vocabulary.STATEFUL:
        yield Entry(key=key, label=label, element=element)


def _label_of(element: Json) -> str:
    return words_of(element.get("placeholder"), {}) or as_text(element.get("action_id"))


def _key(block: Json, element: Json) -> Key:
    return as_text(block.get("block_id")), as_text(element.get("action_id"))
