"""What a bot may answer to an invoke, read as strictly as the client reads it.

Shapes only; PlatformRefused names the rule that an answer breaks.
"""

from dataclasses import dataclass
from typing import TypeAlias

from bot.playground.teams.limits import card_faults, dialog_faults
from bot.playground.teams.places import ADAPTIVE
from bot.playground.thumbs import PlatformRefused
from bot.playground.wire import Json, as_list, as_object, as_objects, as_text, within

MOST_SUGGESTIONS = 15
"""Entries in a typeahead's drop-down (Teams, "Typeahead search in Adaptive Cards")."""

TOLD = "application/vnd.microsoft.activity.message"
FOUND = "application/vnd.microsoft.search.searchResponse"
_SIZES = ("small", "medium", "large")


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A dialog with a card in it."""

    title: str
    card: Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Words instead of a card."""

    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """Nothing more to show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Redrawn:
    """A card in place of the one that was pressed."""

    card: Json


TaskAnswer: TypeAlias = Opened | Said | Closed


def task(body: Json, *, invoke: str) -> TaskAnswer:
    """The answer to task/fetch, task/submit and their message-extension twins."""
    if "composeExtension" in body:
        raise PlatformRefused(f"{invoke}: this stand-in puts nothing into the compose box")
    if not body.get("task"):
        if invoke.endswith(("fetch", "fetchTask")):
            raise PlatformRefused(f"{invoke}: the answer has no task in it")
        return Closed()
    answer = as_object(body["task"])
    if answer.get("type") == "message":
        return _said(answer, invoke)
    if answer.get("type") != "continue":
        raise PlatformRefused(f"{invoke}: a task is of the type continue or message")
    return _opened(as_object(answer.get("value")), invoke)


def execute(body: Json) -> Redrawn | Said:
    """The answer to adaptiveCard/action."""
    kind, value = body.get("type"), body.get("value")
    if body.get("statusCode") != 200:
        raise PlatformRefused("adaptiveCard/action: the answer's statusCode is not 200")
    if kind == TOLD and isinstance(value, str) and value:
        return Said(words=value)
    if kind != ADAPTIVE:
        raise PlatformRefused("adaptiveCard/action: the answer is neither a card nor a message with words")
    _refuse_faults("adaptiveCard/action", card_faults(as_object(value)))
    return Redrawn(card=as_object(value))


def suggestions(body: Json) -> tuple[tuple[str, str], ...]:
    """The answer to application/search, (value, title) each; what is past the drop-down's end is cut off."""
    if body.get("statusCode") != 200 or body.get("type") != FOUND:
        raise PlatformRefused("application/search: the answer is not a search response with statusCode 200")
    results = within(body, "value", "results")
    found = [(as_text(one.get("value")), as_text(one.get("title"))) for one in as_objects(results)]
    if len(found) != len(as_list(results)) or not all(value and title for value, title in found):
        raise PlatformRefused("application/search: a result without a value or a title")
    return tuple(found[:MOST_SUGGESTIONS])


def _said(answer: Json, invoke: str) -> Said:
    if invoke == "composeExtension/fetchTask":
        raise PlatformRefused(f"{invoke}: a message is no answer to this; show a card")
    words = answer.get("value")
    if not isinstance(words, str) or not words:
        raise PlatformRefused(f"{invoke}: a message without words")
    return Said(words=words)


def _opened(value: Json, invoke: str) -> Opened:
    if "url" in value:
        raise PlatformRefused(f"{invoke}: this stand-in opens cards, not web pages")
    for side in ("height", "width"):
        if side in value and value[side] not in _SIZES and not isinstance(value[side], int):
            raise PlatformRefused(f"{invoke}: {side} is neither a number nor small, medium or large")
    attachment = as_object(value.get("card"))
    if attachment.get("contentType") != ADAPTIVE:
        raise PlatformRefused(f"{invoke}: the dialog's card is not an attachment with an Adaptive Card")
    card = as_object(attachment.get("content"))
    _refuse_faults(invoke, dialog_faults(card))
    return Opened(title=as_text(value.get("title")), card=card)


def _refuse_faults(invoke: str, faults: list[str]) -> None:
    if faults:
        raise PlatformRefused(f"{invoke}: Teams would not take the card: " + "; ".join(faults))
