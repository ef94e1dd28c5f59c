"""What Teams takes as an Adaptive Card, as rules of ours: the tests hold every form and card against them.

Pure. A fault names the place and the rule and never quotes what a card says.
"""

import json
from collections.abc import Iterator
from typing import cast

from bot.intake import Json
from bot.teams.blocks import EXPANDED
from bot.teams.carried import OURS, RESERVED
from bot.teams.held import HELD
from bot.teams.wire import items, part, text

LARGEST = 25 * 1024
"""Bytes of a card as UTF-8 JSON (PLATFORMS, Teams, Cards)."""
MOST_ACTIONS = 6
VERSION = "1.5"

_HOLDERS = {"Container": "items", "RichTextBlock": "inlines", "ColumnSet": "columns", "Column": "items"}
_ELEMENTS = frozenset(
    {"TextBlock", "RichTextBlock", "TextRun", "Container", "ActionSet", "ColumnSet", "Column"}
    | {"Input.Text", "Input.Date", "Input.Time", "Input.ChoiceSet"}
)
_ONLY_IN = {"TextRun": "inlines", "Column": "columns"}
"""What stands in one kind of holder alone, with nothing else in it."""
_IN_A_MESSAGE = frozenset({"Action.Submit", "Action.Execute"})
_IN_A_DIALOG = frozenset({"Action.Submit"})
_READ_AS_MARKUP = ("*", "_", "[", "`", "{{", "~", "<", "#", "|")


def faults(card: Json, *, dialog: bool = False) -> list[str]:
    """Everything that Teams would refuse, drop or draw otherwise than written; empty for a good card."""
    return [*_whole(card), *_elements(card, "body", "card"), *_all_actions(card, dialog=dialog), *_twice(card)]


def size(drawn: Json) -> int:
    """Bytes as it is sent."""
    return len(json.dumps(drawn, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass"))


def _whole(card: Json) -> Iterator[str]:
    if card.get("type") != "AdaptiveCard" or card.get("version") != VERSION:
        yield f"card: not an AdaptiveCard of version {VERSION}"
    if size(card) > LARGEST:
        yield f"card: larger than {LARGEST} bytes"
    if not items(card.get("body")):
        yield "card: nothing in it"
    if not text(card, "fallbackText"):
        yield "card: no fallbackText"
    if "speak" in card or "refresh" in card:
        yield "card: speak or refresh, which we do not use"


def _elements(holder: Json, kept: str, at: str) -> Iterator[str]:
    for number, element in enumerate(items(holder.get(kept))):
        here, kind = f"{at}.{kept}[{number}]", text(element, "type")
        if kind not in _ELEMENTS or any((kind == one) != (kept == within) for one, within in _ONLY_IN.items()):
            yield f"{here}: an element of an unknown type, or in the wrong place"
        elif kind.startswith("Input."):
            yield from _input(element, kind, here)
        else:
            yield from _text(element, kind, here)
        yield from _elements(element, _HOLDERS[kind], here) if kind in _HOLDERS else ()


def _text(element: Json, kind: str, at: str) -> Iterator[str]:
    if kind in ("TextBlock", "TextRun") and not isinstance(element.get("text"), str):
        yield f"{at}: no text"
    if kind == "TextBlock" and any(sign in text(element, "text") for sign in _READ_AS_MARKUP):
        yield f"{at}: text that is read as markup"
    if kind == "TextRun" and EXPANDED.search(text(element, "text")):
        yield f"{at}: braces that the renderer expands"
    if kind == "RichTextBlock" and not items(element.get("inlines")):
        yield f"{at}: no text in it"


def _input(element: Json, kind: str, at: str) -> Iterator[str]:
    if not text(element, "id") or not text(element, "label"):
        yield f"{at}: an input without an id or a label"
    if text(element, "id") in RESERVED:
        yield f"{at}: an input called as something else that arrives beside it"
    if element.get("isRequired") and not text(element, "errorMessage"):
        yield f"{at}: required without an errorMessage"
    most = element.get("maxLength")
    if most is not None and (type(most) is not int or len(text(element, "value").encode("utf-16-le")) // 2 > most):
        yield f"{at}: a maxLength that is no whole number, or shorter than the value"
    if kind == "Input.ChoiceSet":
        yield from _choices(element, at)


def _choices(element: Json, at: str) -> Iterator[str]:
    choices = items(element.get("choices"))
    values = [text(choice, "value") for choice in choices]
    typeahead = part(element, "choices.data")
    if not all(values) or not all(text(choice, "title") for choice in choices) or len(set(values)) < len(values):
        yield f"{at}: a choice without title or value, or one twice"
    if not choices and not typeahead:
        yield f"{at}: nothing to choose from"
    if typeahead and (typeahead.get("type") != "Data.Query" or not text(typeahead, "dataset")):
        yield f"{at}: a typeahead that is no Data.Query with a dataset"
    many = element.get("isMultiSelect") is True
    if many and any("," in value for value in values):
        yield f"{at}: a comma in a value, where commas part several"
    chosen = text(element, "value")
    if chosen and not set(chosen.split(",") if many else [chosen]) <= set(values):
        yield f"{at}: a value that is not offered"


def _all_actions(card: Json, *, dialog: bool) -> Iterator[str]:
    sets = [("card", card), *(("an ActionSet", one) for one in _every(card) if one.get("type") == "ActionSet")]
    for at, holder in sets:
        actions = items(holder.get("actions"))
        if len(actions) > MOST_ACTIONS or (not actions and at != "card"):
            yield f"{at}: none, or more than {MOST_ACTIONS} actions"
        for action in actions:
            yield from _action(action, at, _IN_A_DIALOG if dialog else _IN_A_MESSAGE)


def _action(action: Json, at: str, known: frozenset[str]) -> Iterator[str]:
    kind = text(action, "type")
    if kind not in known:
        yield f"{at}: an action that does not come back from here"
    if not text(action, "title") or not part(action, "data"):
        yield f"{at}: an action without a title or data"
    if not part(action, "data").keys() <= {OURS, "msteams"} or HELD & set(_names(part(action, "data", OURS))):
        yield f"{at}: data beside our one object, or a name in it that a renderer holds for itself"
    if kind == "Action.Execute" and not text(action, "verb"):
        yield f"{at}: Action.Execute without a verb"
    if known == _IN_A_DIALOG and part(action, "data", "msteams"):
        yield f"{at}: a dialog cannot open another"


def _names(held: object) -> Iterator[str]:
    """Every member's name, however deep."""
    if isinstance(held, dict):
        members = cast(Json, held)
        yield from members
        held = list(members.values())
    for inner in items(held):
        yield from _names(inner)


def _twice(card: Json) -> Iterator[str]:
    ids = [text(element, "id") for element in _every(card) if "id" in element]
    if len(set(ids)) < len(ids):
        yield "card: an id stands twice"


def _every(holder: Json, kept: str = "body") -> Iterator[Json]:
    for element in items(holder.get(kept)):
        yield element
        kind = text(element, "type")
        yield from _every(element, _HOLDERS[kind]) if kind in _HOLDERS else ()
