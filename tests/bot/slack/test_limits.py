"""One deliberate fault each: what Slack would refuse is named, and what it takes is not."""

import copy
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.slack import render
from handlers.ui.card import Heading
from handlers.ui.form import Field
from tests.bot.slack.limits import faults
from tests.examples import CARDS, FORMS

Json = dict[str, Any]


def view() -> Json:
    """With a field of every kind."""
    pages = [FORMS[name].parts for name in ("concern_1", "concern_2_both", "concern_3", "assign")]
    fields = {part.name: part for parts in pages for part in parts if isinstance(part, Field)}
    form = replace(FORMS["concern_2_both"], parts=(Heading("Who"), *fields.values()))
    return copy.deepcopy(render.form_view(form))


def message() -> Json:
    return copy.deepcopy(render.card_message(CARDS["triage_accepted"]))


def block(drawn: Json, kind: str) -> Json:
    return next(found for found in drawn["blocks"] if found["type"] == kind)


def element(drawn: Json, kind: str) -> Json:
    return next(b["element"] for b in drawn["blocks"] if b["type"] == "input" and b["element"]["type"] == kind)


def options(count: int) -> list[Json]:
    return [{"text": render.plain(f"{n}"), "value": f"{n}"} for n in range(count)]


IN_A_VIEW: dict[str, Callable[[Json], Any]] = {
    "an input without submit": lambda v: v.pop("submit"),
    "no title": lambda v: v.pop("title"),
    "a long title": lambda v: v.update(title=render.plain("x" * 25)),
    "an empty title": lambda v: v.update(title=render.plain("")),
    "a long submit": lambda v: v.update(submit=render.plain("x" * 25)),
    "a title in mrkdwn": lambda v: v["title"].update(type="mrkdwn"),
    "a long private_metadata": lambda v: v.update(private_metadata="x" * 3001),
    "a long callback_id": lambda v: v.update(callback_id="x" * 256),
    "an unknown key": lambda v: v.update(colour="red"),
    "no blocks": lambda v: v.update(blocks=[]),
    "101 blocks": lambda v: v.update(blocks=[{"type": "section", "text": render.plain("x")}] * 101),
    "a block_id twice": lambda v: [b.update(block_id="same") for b in v["blocks"][-3:-1]],
    "a long block_id": lambda v: v["blocks"][-2].update(block_id="x" * 256),
    "an unknown block": lambda v: v["blocks"].append({"type": "marquee"}),
    "a key that a block has not": lambda v: v["blocks"][-2].update(colour="red"),
    "a long header": lambda v: block(v, "header").update(text=render.plain("x" * 151)),
    "a long section": lambda v: v["blocks"].append({"type": "section", "text": render.plain("x" * 3001)}),
    "an empty section": lambda v: v["blocks"].append({"type": "section"}),
    "a long label": lambda v: block(v, "input").update(label=render.plain("x" * 2001)),
    "an input without an element": lambda v: block(v, "input").pop("element"),
    "a button as an input": lambda v: block(v, "input").update(element={"type": "button", "action_id": "x"}),
    "a long max_length": lambda v: element(v, "plain_text_input").update(max_length=3001),
    "a max_length that is no number": lambda v: element(v, "plain_text_input").update(max_length="3000"),
    "an initial value longer than allowed": lambda v: element(v, "plain_text_input").update(initial_value="x" * 501),
    "emoji longer than allowed": lambda v: element(v, "plain_text_input").update(initial_value="😀" * 251),
    "no options": lambda v: element(v, "radio_buttons").update(options=[]),
    "eleven radios": lambda v: element(v, "radio_buttons").update(options=options(11)),
    "101 options": lambda v: element(v, "static_select").update(options=options(101)),
    "a long option": lambda v: element(v, "static_select")["options"][0].update(text=render.plain("x" * 76)),
    "a long option value": lambda v: element(v, "static_select")["options"][0].update(value="x" * 151),
    "an initial option not offered": lambda v: element(v, "static_select").update(initial_option=options(1)[0]),
    "no min_query_length": lambda v: element(v, "external_select").pop("min_query_length"),
    "no action_id": lambda v: element(v, "external_select").pop("action_id"),
    "250 KB": lambda v: v.update(blocks=[{"type": "section", "text": render.plain("x" * 3000)}] * 85),
}
IN_A_MESSAGE: dict[str, Callable[[Json], Any]] = {
    "51 blocks": lambda m: m.update(blocks=[{"type": "section", "text": render.plain("x")}] * 51),
    "no text": lambda m: m.pop("text"),
    "an empty text": lambda m: m.update(text=""),
    "an input": lambda m: m["blocks"].append(block(view(), "input")),
    "26 buttons": lambda m: block(m, "actions").update(elements=block(m, "actions")["elements"][:1] * 26),
    "an action_id twice": lambda m: block(m, "actions").update(elements=block(m, "actions")["elements"][:1] * 2),
    "a long button": lambda m: block(m, "actions")["elements"][0].update(text=render.plain("x" * 76)),
    "a long value": lambda m: block(m, "actions")["elements"][0].update(value="x" * 2001),
    "an unknown style": lambda m: block(m, "actions")["elements"][0].update(style="plain"),
    "a long line": lambda m: block(m, "rich_text")["elements"][0]["elements"][0].update(text="x" * 3001),
    "a style that we do not draw": lambda m: block(m, "rich_text")["elements"][0]["elements"][0].update(style={}),
    "rich text of another kind": lambda m: block(m, "rich_text")["elements"][0].update(type="rich_text_quote"),
}


@pytest.mark.parametrize("fault", IN_A_VIEW)
def test_a_fault_in_a_view_is_named(fault):
    drawn = view()
    assert faults(drawn) == []
    IN_A_VIEW[fault](drawn)
    assert faults(drawn)


@pytest.mark.parametrize("fault", IN_A_MESSAGE)
def test_a_fault_in_a_message_is_named(fault):
    drawn = message()
    assert faults(drawn) == []
    IN_A_MESSAGE[fault](drawn)
    assert faults(drawn)
