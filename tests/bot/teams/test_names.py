"""What we call things in the data of buttons and as ids of inputs, held against what Microsoft's renderers hold.

The renderer of Agents Playground is asked in its own page: tests/bot/playground/test_the_page_of_agents_playground.py.
"""

import json
from collections.abc import Iterator
from typing import Any

from microsoft_teams.cards.core import SubmitActionData

from bot.playground.teams import vocabulary
from bot.playground.teams.limits import card_faults
from bot.teams.blocks import Surface
from bot.teams.carried import OURS, RESERVED
from bot.teams.held import HELD
from bot.teams.inputs import SEVERAL
from bot.teams.render import card_card, form_card
from tests.examples import CARDS, FORMS
from tests.node import run_node


def parts(part: object) -> Iterator[dict[str, Any]]:
    if isinstance(part, dict):
        yield part
    for held in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from parts(held)


def _with(card: dict[str, Any], button: dict[str, Any], more: dict[str, str]) -> dict[str, Any]:
    """The card with more in that button's data."""
    changed = {**button, "data": {**button["data"], **more}}
    return json.loads(json.dumps(card).replace(json.dumps(button), json.dumps(changed)))


def drawn() -> list[dict[str, Any]]:
    """Each part of every example, on each surface."""
    cards = [card_card(card, surface=surface) for surface in Surface for card in CARDS.values()]
    forms = [form_card(form, surface=surface) for surface in Surface for form in FORMS.values()]
    return [part for card in (*cards, *forms) for part in parts(card)]


def carried() -> list[dict[str, Any]]:
    """The data of each button."""
    return [part["data"] for part in drawn() if str(part.get("type")).startswith("Action.")]


def names() -> set[str]:
    """Everything that we call anything in a button's data, however deep, and each input's id."""
    told = {name for data in carried() for part in parts(data[OURS]) for name in part}
    return told | {OURS} | {part["id"] for part in drawn() if str(part.get("type")).startswith("Input.")}


def test_everything_that_a_button_carries_is_under_our_name():
    beside = {frozenset(data) - {OURS} for data in carried()}
    assert beside == {frozenset(), frozenset({"msteams"})}
    windows = [data["msteams"] for data in carried() if "msteams" in data]
    assert all(window == {"type": "task/fetch"} for window in windows)


def test_none_of_our_names_is_a_member_of_what_the_npm_renderer_makes_of_a_card():
    held = json.loads(run_node("renderer_members.js", ""))
    assert {"parse", "setValue", "toJSON"} <= set(held["object"]) <= set(held["button"])
    assert names() & set(held["button"]) == set()
    assert set(held["object"]) <= HELD


def test_the_local_teams_refuses_a_button_with_a_name_that_the_renderer_holds():
    card = card_card(CARDS["triage_submitted"], surface=Surface.MESSAGE)
    assert card_faults(card) == []
    button = next(part for part in parts(card) if part.get("title") == "Accept")
    for name in sorted(HELD):
        assert len(card_faults(_with(card, button, {name: "x"}))) == 1, name
    assert vocabulary.HELD == HELD


def test_what_the_sdk_puts_into_a_buttons_data_is_reserved():
    sdk = {name for key, field in SubmitActionData.model_fields.items() for name in (key, field.alias) if name}
    assert {"key", "msteams"} <= sdk <= RESERVED


def test_no_input_is_called_as_anything_that_arrives_beside_it():
    ids = {part["id"] for part in drawn() if str(part.get("type")).startswith("Input.")}
    assert ids & RESERVED == set()
    assert {id.partition(SEVERAL)[0] for id in ids} == {f.name for form in FORMS.values() for f in form.fields()}
