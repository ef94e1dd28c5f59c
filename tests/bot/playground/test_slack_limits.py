"""Every limit of Block Kit refuses what it must, and lets through what is right below it."""

from typing import Any

import pytest

from bot.playground.slack.limits import block_faults, is_too_large, view_faults
from tests.bot.playground.slack_stage import (
    Json,
    button,
    entry,
    modal,
    mrkdwn,
    option,
    plain,
    radio,
    section,
    text_input,
)


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def select(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "value", **more}


def buttons(count: int) -> Json:
    return actions(*(button(action_id=f"b{number}") for number in range(count)))


def confirm(**more: Any) -> Json:
    return {"title": plain("t"), "text": plain("x"), "confirm": plain("y"), "deny": plain("n"), **more}


def options(count: int) -> list[Json]:
    return [option(f"o{number}") for number in range(count)]


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(parts)}]}


AT_THE_LIMIT: dict[str, Json] = {
    "a title of 24": modal(section("x"), title="t" * 24),
    "a submit of 24": modal(section("x"), submit="s" * 24),
    "a close of 24": modal(section("x"), close=plain("c" * 24)),
    "100 blocks": modal(*(section("x") for _ in range(100))),
    "private_metadata of 3000": modal(section("x"), private_metadata="p" * 3000),
    "a callback_id of 255": modal(section("x"), callback_id="c" * 255),
    "a block_id of 255": modal(section("x", block_id="b" * 255)),
    "an action_id of 255": modal(actions(button(action_id="a" * 255))),
    "a section of 3000": modal(section("x" * 3000)),
    "a field of 2000": modal({"type": "section", "fields": [mrkdwn("x" * 2000)]}),
    "ten fields": modal({"type": "section", "fields": [mrkdwn("x")] * 10}),
    "a header of 150": modal({"type": "header", "text": plain("h" * 150)}),
    "a label of 2000": modal(entry("l" * 2000, text_input(), "b")),
    "a hint of 2000": modal(entry("L", text_input(), hint=plain("h" * 2000))),
    "a placeholder of 150": modal(entry("L", text_input(placeholder=plain("p" * 150)))),
    "max_length of 3000": modal(entry("L", text_input(max_length=3000))),
    "an option's text of 75": modal(entry("L", radio("o" * 75))),
    "an option's value of 150": modal(
        entry("L", {"type": "radio_buttons", "options": [option("o", "v" * 150)]})
    ),
    "ten radio buttons": modal(entry("L", radio(*(f"o{n}" for n in range(10))))),
    "ten checkboxes": modal(entry("L", {"type": "checkboxes", "options": options(10)})),
    "100 options": modal(entry("L", select(options=options(100)))),
    "a button's text of 75": modal(actions(button("b" * 75))),
    "a button's value of 2000": modal(actions(button(value="v" * 2000))),
    "25 elements in actions": modal(buttons(25)),
    "an overflow of five": modal(actions(select("overflow", options=options(5)))),
    "a confirmation of 100, 300, 30 and 30": modal(
        actions(
            button(
                confirm=confirm(
                    title=plain("t" * 100),
                    text=plain("x" * 300),
                    confirm=plain("y" * 30),
                    deny=plain("n" * 30),
                )
            )
        )
    ),
    "ten elements in context": modal({"type": "context", "elements": [mrkdwn("x")] * 10}),
    "an initial option among the options": modal(entry("L", radio("A", "B", initial_option=option("B")))),
    "a typeahead that asks at once": modal(entry("L", select("external_select", min_query_length=0))),
    "several from a typeahead": modal(entry("L", select("multi_external_select", max_selected_items=2))),
    "a date": modal(entry("L", select("datepicker", initial_date="2026-11-24"))),
    "a time": modal(entry("L", select("timepicker", initial_time="23:59"))),
    "people": modal(entry("L", select("users_select", initial_user="U0BOB"))),
    "an alert": modal({"type": "alert", "text": plain("Ring 999"), "level": "error"}),
    "rich text": modal(rich({"type": "text", "text": "said", "style": {"italic": True}})),
    "the same action_id in two blocks": modal(actions(button(), block_id="a"), actions(button(), block_id="b")),
}

OVER_THE_LIMIT: dict[str, tuple[Json, str]] = {
    "a title of 25": (modal(section("x"), title="t" * 25), "/view/title/text"),
    "no title": ({"type": "modal", "blocks": [section("x")]}, "title"),
    "a submit of 25": (modal(section("x"), submit="s" * 25), "/view/submit/text"),
    "a close of 25": (modal(section("x"), close=plain("c" * 25)), "/view/close/text"),
    "101 blocks": (modal(*(section("x") for _ in range(101))), "no more than 100"),
    "no block": (modal(), "/view/blocks"),
    "private_metadata of 3001": (modal(section("x"), private_metadata="p" * 3001), "private_metadata"),
    "a callback_id of 256": (modal(section("x"), callback_id="c" * 256), "callback_id"),
    "an external_id of 256": (modal(section("x"), external_id="c" * 256), "external_id"),
    "a block_id of 256": (modal(section("x", block_id="b" * 256)), "block_id"),
    "an action_id of 256": (modal(actions(button(action_id="a" * 256))), "action_id"),
    "a section of 3001": (modal(section("x" * 3001)), "less than 3001"),
    "an empty section": (modal(section("")), "more than 0"),
    "a section of nothing": (modal({"type": "section"}), "text or fields"),
    "a field of 2001": (modal({"type": "section", "fields": [mrkdwn("x" * 2001)]}), "less than 2001"),
    "eleven fields": (modal({"type": "section", "fields": [mrkdwn("x")] * 11}), "no more than 10"),
    "a header of 151": (modal({"type": "header", "text": plain("h" * 151)}), "less than 151"),
    "a header in mrkdwn": (modal({"type": "header", "text": mrkdwn("h")}), "unsupported type of text"),
    "a label of 2001": (modal(entry("l" * 2001, text_input(), "b")), "label"),
    "a hint of 2001": (modal(entry("L", text_input(), hint=plain("h" * 2001))), "hint"),
    "a placeholder of 151": (modal(entry("L", text_input(placeholder=plain("p" * 151)))), "placeholder"),
    "max_length of 3001": (modal(entry("L", text_input(max_length=3001))), "max_length"),
    "a first value over max_length": (
        modal(entry("L", text_input(max_length=3, initial_value="four"))),
        "longer than max_length",
    ),
    "an option's text of 76": (modal(entry("L", radio("o" * 76))), "less than 76"),
    "an option's value of 151": (
        modal(entry("L", {"type": "radio_buttons", "options": [option("o", "v" * 151)]})),
        "less than 151",
    ),
    "eleven radio buttons": (modal(entry("L", radio(*(f"o{n}" for n in range(11))))), "no more than 10"),
    "eleven checkboxes": (modal(entry("L", {"type": "checkboxes", "options": options(11)})), "no more than 10"),
    "no options": (modal(entry("L", radio())), "at least 1"),
    "101 options": (modal(entry("L", select(options=options(101)))), "no more than 100"),
    "a select with nothing to select": (modal(entry("L", select())), "either options or option_groups"),
    "two options of one value": (
        modal(entry("L", select(options=[option("A", "v"), option("B", "v")]))),
        "two options have the same value",
    ),
    "an initial option from elsewhere": (
        modal(entry("L", radio("A", initial_option=option("Z")))),
        "not one of the options",
    ),
    "initial options from elsewhere": (
        modal(entry("L", {"type": "checkboxes", "options": options(2), "initial_options": [option("Z")]})),
        "not one of the options",
    ),
    "a button's text of 76": (modal(actions(button("b" * 76))), "less than 76"),
    "a button's value of 2001": (modal(actions(button(value="v" * 2001))), "less than 2001"),
    "a button of another colour": (modal(actions(button(style="green"))), "style"),
    "26 elements in actions": (modal(buttons(26)), "no more than 25"),
    "an overflow of six": (modal(actions(select("overflow", options=options(6)))), "no more than 5"),
    "a confirmation's title of 101": (
        modal(actions(button(confirm=confirm(title=plain("t" * 101))))),
        "confirm/title",
    ),
    "a confirmation's text of 301": (
        modal(actions(button(confirm=confirm(text=plain("t" * 301))))),
        "confirm/text",
    ),
    "a confirmation's button of 31": (
        modal(actions(button(confirm=confirm(deny=plain("t" * 31))))),
        "confirm/deny",
    ),
    "eleven elements in context": (modal({"type": "context", "elements": [mrkdwn("x")] * 11}), "no more than 10"),
    "an image": (modal({"type": "image", "image_url": "https://x", "alt_text": "x"}), "unsupported type of block"),
    "an unknown block": (modal({"type": "marquee"}), "unsupported type of block"),
    "a block that is no object": ({**modal(), "blocks": ["x"]}, "unsupported type of block"),
    "an unknown element": (modal(actions({"type": "slider", "action_id": "a"})), "unsupported type of element"),
    "a text input in actions": (modal(actions(text_input(action_id="a"))), "unsupported type of element"),
    "a button as an input": (modal(entry("L", button())), "unsupported type of input element"),
    "an unknown key in a block": (modal(section("x", colour="red")), "no more items allowed"),
    "an unknown key in an element": (modal(actions(button(colour="red"))), "no more items allowed"),
    "an unknown key in a view": (modal(section("x"), state={}), "no more items allowed"),
    "an input without submit": (modal(entry("L", text_input()), submit=None), "submit"),
    "two blocks of one block_id": (
        modal(section("x", block_id="b"), section("y", block_id="b")),
        "block_id already exists",
    ),
    "two elements of one action_id in a block": (
        modal(actions(button("A"), button("B"))),
        "action_id already exists",
    ),
    "a date that is none": (modal(entry("L", select("datepicker", initial_date="24.11.2026"))), "initial_date"),
    "a day that does not exist": (
        modal(entry("L", select("datepicker", initial_date="2026-02-30"))),
        "initial_date",
    ),
    "a time that is none": (modal(entry("L", select("timepicker", initial_time="9:30"))), "initial_time"),
    "an alert of another level": (
        modal({"type": "alert", "text": plain("x"), "level": "panic"}),
        "allowed values",
    ),
    "a part of rich text that does not exist": (modal(rich({"type": "html", "text": "x"})), "rich text"),
    "empty rich text": (modal(rich({"type": "text", "text": ""})), "more than 0"),
    "two elements with the focus": (
        modal(entry("A", text_input(focus_on_load=True)), entry("B", text_input(focus_on_load=True))),
        "focus_on_load",
    ),
    "a home tab": ({**modal(section("x")), "type": "home"}, "unsupported type of view"),
    "text that is a number": (modal({"type": "section", "text": {"type": "mrkdwn", "text": 7}}), "string"),
    "optional that is no boolean": (modal(entry("L", text_input(), optional="yes")), "boolean"),
}


@pytest.mark.parametrize("name", AT_THE_LIMIT)
def test_a_view_at_the_limit_is_taken(name: str):
    assert view_faults(AT_THE_LIMIT[name]) == []


@pytest.mark.parametrize("name", OVER_THE_LIMIT)
def test_a_view_over_the_limit_is_refused_for_that_alone(name: str):
    view, rule = OVER_THE_LIMIT[name]
    faults = view_faults(view)
    assert faults
    assert all(rule in fault for fault in faults), faults


def test_a_message_takes_fifty_blocks_and_not_one_more():
    assert block_faults([section("x")] * 50) == []
    assert "no more than 50" in block_faults([section("x")] * 51)[0]


@pytest.mark.parametrize("block", [entry("L", text_input()), {"type": "alert", "text": plain("x")}])
def test_a_message_takes_no_block_that_only_modals_have(block: Json):
    assert "unsupported type of block" in block_faults([block])[0]


def test_a_view_is_too_large_over_250_kilobytes_counted_as_utf_8():
    assert not is_too_large(modal(*(section("x" * 2000) for _ in range(100))))
    assert is_too_large(modal(*(section("é" * 2000) for _ in range(100))))


def test_a_fault_never_quotes_what_is_written():
    faults = view_faults(modal(section("CANARY" * 600), title="CANARY" * 5))
    assert len(faults) == 2
    assert "CANARY" not in "".join(faults)
