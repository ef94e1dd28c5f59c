"""How a Teams client reads an Adaptive Card: lines to read, inputs to fill and buttons to press, in order.

Pure: a card and what was unfolded go in, what is on the screen comes out. No value typed is known here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.playground.teams import vocabulary
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text

Scope: TypeAlias = tuple[str, ...]
"""The shown cards that something stands in, outermost first."""

_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!>~|<&])")
_ALARMING = ("attention", "warning")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Text outside the fields."""

    text: str
    alarming: bool = False
    """Drawn in the colour of trouble."""
    box: str = ""
    """The container that it stands in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An input."""

    element: Json
    scope: Scope
    box: str = ""
    visible: bool = True

    @property
    def id(self) -> str:
        return as_text(self.element.get("id"))

    @property
    def label(self) -> str:
        return as_text(self.element.get("label")) or self.id


@dataclass(frozen=True, slots=True, kw_only=True)
class Knob:
    """A button."""

    action: Json
    scope: Scope

    @property
    def title(self) -> str:
        return as_text(self.action.get("title"))

    @property
    def name(self) -> str:
        """As narration says it (Adaptive Cards, Action, "tooltip")."""
        return as_text(self.action.get("tooltip")) or self.title


Item: TypeAlias = Line | Entry | Knob


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfolded:
    """What the person has unfolded or hidden by pressing, without the bot hearing of it."""

    shown: frozenset[Scope] = frozenset()
    visible: Mapping[str, bool]


def draw(card: Json, unfolded: Unfolded, scope: Scope = ()) -> tuple[Item, ...]:
    """Everything on the screen, from top to bottom; buttons come after the body."""
    return (*_elements(card.get("body"), unfolded, scope, "card"), *_knobs(card, unfolded, scope))


def complaints_of(items: tuple[Item, ...]) -> dict[int, int]:
    """Which line complains about which input: positions of lines, by the position of the input.

    A line in the colour of trouble belongs to the input right before it, or to the only input of its box.
    """
    found: dict[int, int] = {}
    for at, item in enumerate(items):
        if isinstance(item, Line) and item.alarming:
            owner = _owner(items, at, item)
            if owner is not None:
                found[owner] = at
    return found


def _owner(items: tuple[Item, ...], at: int, line: Line) -> int | None:
    if at and isinstance(items[at - 1], Entry):
        return at - 1
    mates = [n for n, item in enumerate(items) if isinstance(item, Entry) and item.box == line.box != "card"]
    return mates[0] if len(mates) == 1 else None


def _elements(elements: object, unfolded: Unfolded, scope: Scope, box: str) -> Iterator[Item]:
    for number, element in enumerate(as_objects(elements)):
        shown = unfolded.visible.get(as_text(element.get("id")), element.get("isVisible", True))
        yield from _element(element, unfolded, scope, (box, f"{box}/{number}", bool(shown)))


def _element(element: Json, unfolded: Unfolded, scope: Scope, where: tuple[str, str, bool]) -> Iterator[Item]:
    box, inner, visible = where
    kind = as_text(element.get("type"))
    if kind.startswith("Input."):
        yield Entry(element=element, scope=scope, box=box, visible=visible)
    elif not visible:
        yield from _hidden_inputs(element, unfolded, scope, inner)
    elif kind == "ActionSet":
        yield from _knobs(element, unfolded, scope)
    elif kind in ("TextBlock", "RichTextBlock", "FactSet"):
        yield from _lines(element, kind, box)
    elif kind in vocabulary.CHILDREN:
        yield from _elements(element.get(vocabulary.CHILDREN[kind][0]), unfolded, scope, inner)


def _hidden_inputs(element: Json, unfolded: Unfolded, scope: Scope, box: str) -> Iterator[Item]:
    kept = vocabulary.CHILDREN.get(as_text(element.get("type")), ("", ""))[0]
    for item in _elements(element.get(kept), unfolded, scope, box):
        if isinstance(item, Entry):
            yield Entry(element=item.element, scope=scope, box=box, visible=False)


def _lines(element: Json, kind: str, box: str) -> Iterator[Line]:
    if kind == "FactSet":
        for fact in as_objects(element.get("facts")):
            yield Line(text=f"{_plain(fact.get('title'))}: {_plain(fact.get('value'))}", box=box)
        return
    if kind == "TextBlock":
        yield Line(text=_plain(element.get("text")), alarming=_is_alarming(element), box=box)
        return
    runs = [run if isinstance(run, str) else as_text(as_object(run).get("text")) for run in _runs(element)]
    alarming = any(_is_alarming(as_object(run)) for run in _runs(element))
    yield Line(text="".join(runs), alarming=alarming, box=box)


def _runs(element: Json) -> list[object]:
    return as_list(element.get("inlines"))


def _is_alarming(element: Json) -> bool:
    return as_text(element.get("color")).lower() in _ALARMING


def _plain(markdown: object) -> str:
    return _ESCAPED.sub(r"\1", as_text(markdown).replace("**", ""))


def _knobs(holder: Json, unfolded: Unfolded, scope: Scope) -> Iterator[Item]:
    actions = [found for found in as_objects(holder.get("actions")) if found.get("isEnabled", True)]
    yield from (Knob(action=action, scope=scope) for action in actions)
    for action in actions:
        inside = (*scope, as_text(action.get("title")))
        if action.get("type") == "Action.ShowCard" and inside in unfolded.shown:
            yield from draw(as_object(action.get("card")), unfolded, inside)
