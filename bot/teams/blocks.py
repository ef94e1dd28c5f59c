"""Parts of forms and cards as Adaptive Card elements. Total over the model: pyright fails where a part is missing.

Text goes into text runs alone: a TextBlock and a FactSet read Markdown in it. Microsoft's renderer expands
`{{DATE(...)}}` in a run too, so such braces are put into runs of their own; joined again the runs are the text.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from typing import Any, assert_never, cast

from microsoft_teams.cards.core import (
    Action,
    ActionSet,
    ActionStyle,
    AdaptiveCard,
    CardElement,
    Column,
    ColumnSet,
    Container,
    ExecuteAction,
    RefreshDefinition,
    RichTextBlock,
    SubmitAction,
    TextBlock,
    TextRun,
)

from bot.intake import Json
from bot.teams.carried import by_button
from handlers.ui.card import (
    OPENS_A_WINDOW,
    Button,
    Buttons,
    Facts,
    Heading,
    Look,
    Part,
    Quote,
    Row,
    Rows,
    Sketch,
    Words,
    titled,
)
from handlers.ui.form import ListPage

VERSION = "1.5"
HARD_SPACE = "\u00a0"
MOST_BUTTONS = 6
"""Primary actions on a card (PLATFORMS, Teams, Cards)."""

EXPANDED = re.compile(r"(?<=\{)(?=\{(?:DATE|TIME)\()", re.IGNORECASE)
"""Between the braces of what Microsoft's renderer reads as a date function (adaptivecards, text-formatters)."""
_ONLY_WORDS = re.compile(r"[A-Za-z][A-Za-z0-9 ,.?'’“”:·-]*")
"""A heading in which nothing can be read as markup."""
_STYLES: dict[Look, ActionStyle] = {
    Look.PLAIN: "default",
    Look.PRIMARY: "positive",
    Look.DANGER: "destructive",
}


class Surface(StrEnum):
    """Where a card stands: it decides what its buttons can be."""

    MESSAGE = "message"
    DIALOG = "dialog"
    """Only Action.Submit comes back from there."""


def part_elements(part: Part, surface: Surface, from_list: ListPage | None = None) -> list[CardElement]:
    """The elements of one part; `from_list` is what the window's buttons carry of where it was opened."""
    match part:
        case Heading(text):
            return [heading(text)]
        case Words():
            return [_words(part)]
        case Quote(text):
            return [_quote(text)]
        case Sketch(lines=lines, alt=alt):
            return [subtle(alt), _drawing(lines)]
        case Facts(pairs):
            return [_fact(name, value) for name, value in pairs]
        case Buttons(buttons):
            return [ActionSet(actions=[_button(button, surface, from_list) for button in buttons])]
        case Rows(rows):
            return [_beside(row, from_list) if from_list else _listed(row) for row in rows]
        case _:
            assert_never(part)


def runs(text: str, **look: Any) -> list[CardElement]:
    """The text, exactly, in runs of one look."""
    return [TextRun(text=piece, **look) for piece in EXPANDED.split(text)]


def heading(text: str) -> CardElement:
    """A heading that a screen reader knows as one, where its text cannot be read as markup."""
    if _ONLY_WORDS.fullmatch(text):
        return TextBlock(text=text, style="heading", size="Medium", weight="Bolder", wrap=True)
    return RichTextBlock(inlines=runs(text, size="Medium", weight="Bolder"))


def alert(text: str) -> CardElement:
    """A sentence to act on."""
    return RichTextBlock(inlines=runs(text, color="Attention", weight="Bolder"))


def subtle(text: str) -> CardElement:
    return RichTextBlock(inlines=runs(text, is_subtle=True), spacing="Small")


def card_json(
    body: Sequence[CardElement], actions: Sequence[Action], *, fallback: str, refresh: ExecuteAction | None = None
) -> Json:
    """A whole card as JSON. `fallback` stands where a client cannot draw it, and holds no user text. `refresh` is sent
    by a client on its own when it shows the card."""
    card = AdaptiveCard(
        version=VERSION, body=list(body), actions=list(actions) if actions else None, fallback_text=fallback,
        refresh=RefreshDefinition(action=refresh) if refresh else None,
    )  # fmt: skip
    return cast(Json, _whole_numbers(card.model_dump(by_alias=True, exclude_none=True, mode="json")))


def _quote(text: str) -> CardElement:
    """One run with its line ends in it, which the renderer keeps: a run a line would make long accounts too large."""
    box: list[CardElement] = [RichTextBlock(inlines=runs(text, font_type="Monospace"))]
    return Container(style="emphasis", items=box)


def _drawing(lines: Sequence[str]) -> CardElement:
    """Microsoft's renderer makes line ends into breaks and draws several spaces as one: so each is a hard space.

    Hard spaces do not break either, and the small size lets a telephone show a line whole.
    """
    picture = "\n".join(lines).replace(" ", HARD_SPACE)
    box: list[CardElement] = [RichTextBlock(inlines=runs(picture, font_type="Monospace", size="Small"))]
    return Container(style="emphasis", items=box)


def _words(part: Words) -> CardElement:
    if part.alert:
        return alert(part.text)
    return subtle(part.text) if part.subtle else RichTextBlock(inlines=runs(part.text))


def _fact(name: str, value: str) -> CardElement:
    return RichTextBlock(inlines=[*runs(f"{titled(name)} ", weight="Bolder"), *runs(value)], spacing="Small")


def _listed(row: Row) -> CardElement:
    """A row without its button: `ways` draws the first ones' together."""
    look: dict[str, str] = {"color": "Attention"} if row.alert else {}
    words = [*runs(f"{titled(row.name)} ", weight="Bolder", **look), *runs(row.value, **look)]
    return RichTextBlock(inlines=words, spacing="Small")


def _beside(row: Row, from_list: ListPage) -> CardElement:
    """In a list's own window each row has its button: a set of actions takes six, and there is one to a row."""
    opens = ActionSet(actions=[_button(row.button, Surface.DIALOG, from_list)])
    columns = [Column(width="stretch", items=[_listed(row)]), Column(width="auto", items=[opens])]
    return ColumnSet(columns=columns, spacing="Small")


def ways(parts: Sequence[Part], surface: Surface) -> list[CardElement]:
    """Buttons of a card's rows, as many as it takes beside the others that it has: first of what stands out.

    The way to the rest is a button of the card's own: in a list's own window each row has its button.
    """
    others = sum(len(part.buttons) for part in parts if isinstance(part, Buttons))
    rows = [row for part in parts if isinstance(part, Rows) for row in part.rows]
    held = {row.button.subject: row for row in reversed(rows)}
    each = [row for row in rows if held[row.button.subject] is row]
    first = sorted(each, key=lambda row: not row.alert)[: max(0, MOST_BUTTONS - others)]
    buttons = [replace(row.button, label=f"{row.button.label} {row.name}") for row in first]
    return [ActionSet(actions=[_button(button, surface) for button in buttons])] if buttons else []


def _button(button: Button, surface: Surface, from_list: ListPage | None = None) -> Action:
    data = by_button(button, from_list)
    style = _STYLES[button.look]
    if surface is Surface.DIALOG:
        return SubmitAction(
            title=button.label, tooltip=button.spoken or None, data=cast(Any, data), style=style,
            associated_inputs="none",
        )  # fmt: skip
    if button.press in OPENS_A_WINDOW:
        data["msteams"] = {"type": "task/fetch"}
        return SubmitAction(title=button.label, data=cast(Any, data), style=style)
    return ExecuteAction(title=button.label, verb=button.press.value, data=cast(Any, data), style=style)


def _whole_numbers(value: object) -> object:
    """The SDK keeps numbers as floats; a length of `3000.0` is none that every client takes."""
    if isinstance(value, dict):
        return {key: _whole_numbers(item) for key, item in cast(Json, value).items()}
    if isinstance(value, list):
        return [_whole_numbers(item) for item in cast(list[object], value)]
    return int(value) if isinstance(value, float) and value.is_integer() else value
