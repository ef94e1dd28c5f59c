"""Every form and card as Microsoft's own renderer (npm adaptivecards) reads it; its events are the verdict.

Card models do not validate, so this is the only judge of a card that nobody here wrote.
"""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from bot.teams.blocks import Surface
from bot.teams.render import card_card, form_card
from tests.examples import CARDS, FORMS
from tests.node import run_node

TYPEAHEAD = 'Property "choices.data" is supported in version 1.6, but you are using version 1.5.'
"""Said of an input that is searched. Teams takes it: it searches in cards of version 1.5 (learn.microsoft.com,
"Typeahead search in Adaptive Cards")."""

GOOD: dict[str, Any] = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [
        {"type": "TextBlock", "text": "A heading", "size": "medium", "wrap": True},
        {"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "some words"}]},
        {"type": "Input.Text", "id": "facts", "label": "What?", "isRequired": True, "errorMessage": "Say what."},
        {"type": "Input.ChoiceSet", "id": "who", "label": "Who?", "choices": [{"title": "A", "value": "a"}]},
    ],
    "actions": [{"type": "Action.Execute", "title": "Send", "verb": "send", "data": {"heard": {"draft": "1"}}}],
}


def faults(cards: dict[str, Any]) -> dict[str, list[str]]:
    """What the renderer says of each card, by name."""
    lines = [json.dumps({"name": name, "card": card}) for name, card in cards.items()]
    verdicts = [json.loads(line) for line in run_node("validate_cards.js", "\n".join(lines)).splitlines()]
    assert [verdict["name"] for verdict in verdicts] == list(cards)
    return {verdict["name"]: list(_told(verdict["faults"], cards[verdict["name"]])) for verdict in verdicts}


def _told(found: list[dict[str, str]], card: dict[str, Any]) -> Iterator[str]:
    searched = {part["id"] for part in _parts(card) if "choices.data" in part}
    for fault in found:
        if fault["message"] != TYPEAHEAD or fault["of"] not in searched:
            yield fault["message"]


def _parts(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for held in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _parts(held)


def drawn() -> dict[str, Any]:
    """Each example on each surface; each form also with a complaint beside every field and about the whole."""
    found: dict[str, Any] = {}
    for surface in Surface:
        for name, card in CARDS.items():
            found[f"card {name}, {surface}"] = card_card(card, surface=surface)
        for name, form in FORMS.items():
            complaints = {field.name: "Say more." for field in form.fields()} | {"": "Look again."}
            found[f"form {name}, {surface}"] = form_card(form, surface=surface)
            found[f"form {name} with complaints, {surface}"] = form_card(form, complaints, surface=surface)
    return found


def test_every_form_and_card_is_good():
    said = faults(drawn())
    assert len(said) == len(Surface) * (len(CARDS) + 2 * len(FORMS))
    assert {name: words for name, words in said.items() if words} == {}


def planted(path: str, value: object) -> dict[str, Any]:
    card: Any = copy.deepcopy(GOOD)
    *steps, last = path.split("/")
    holder = card
    for step in steps:
        holder = holder[int(step)] if step.isdigit() else holder[step]
    holder[int(last) if last.isdigit() else last] = value
    return card


FAULTS = {
    "a style that there is not": (planted("body/0/size", "bogus"), "bogus"),
    "an unknown element": (planted("body/0/type", "TextBlok"), "TextBlok"),
    "an unknown action": (planted("actions/0/type", "Action.Exec"), "Action.Exec"),
    "two inputs with one id": (planted("body/3/id", "facts"), 'Duplicate Id "facts"'),
    "an input without an id": (planted("body/2/id", ""), "unique Id"),
    "a required input without a label": (planted("body/2/label", ""), "should have a label"),
    "a required input without an error message": (planted("body/2/errorMessage", ""), "should have an error message"),
    "a choice with nothing to choose": (planted("body/3/choices", []), "at least one choice"),
    "too many actions": (planted("actions", [GOOD["actions"][0]] * 7), "Maximum number of actions"),
}


def test_a_good_card_has_no_fault():
    assert faults({"good": GOOD}) == {"good": []}


@pytest.mark.parametrize("name", FAULTS)
def test_a_planted_fault_is_caught(name):
    card, word = FAULTS[name]
    said = faults({name: card})[name]
    assert any(word in fault for fault in said), said
