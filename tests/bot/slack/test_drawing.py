"""Every form and every card as Slack is sent them: golden files, Slack's limits, and nothing read as markup."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot import list_pages
from bot.slack import render
from bot.slack.blocks import part_blocks, split, width
from bot.slack.inputs import field_blocks, option
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Look, Press, Quote, Row, Rows, Sketch, Words
from handlers.ui.card import Part as CardPart
from handlers.ui.form import (
    ChoiceField,
    ChoicesField,
    DateField,
    Field,
    Form,
    Option,
    PickField,
    Source,
    TextField,
    TimeField,
)
from handlers.ui.spoken_days import Looks
from tests.bot.slack.limits import faults
from tests.examples import CARDS, FORMS

GOLDEN = Path(__file__).parent / "golden"
VIEWS = {f"form_{name}": render.form_view(form) for name, form in FORMS.items()}
COMPLAINED = render.form_view(
    FORMS["concern_2_both"], {"": "The form needs another look.", "adult": "Choose the adult."}
)
PAGES = ("board", "own_page")
"""Cards that stand on the Home tab here, and in no message."""
HOMES = {f"home_{name}": render.home_view(card) for name, card in CARDS.items() if name.startswith(PAGES)}
MESSAGES = {
    f"card_{name}": render.card_message(card) for name, card in CARDS.items() if not name.startswith(PAGES)
}
DRAWN = {
    **VIEWS,
    **MESSAGES,
    **HOMES,
    "form_with_complaints": COMPLAINED,
    "window_one_moment": render.one_moment(),
    "window_receipt": render.card_view(CARDS["receipt"]),
}


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_it_is_drawn_as_the_golden_file_has_it(name, golden_rewrite):
    path = GOLDEN / f"{name}.json"
    drawn = json.dumps(DRAWN[name], indent=2, ensure_ascii=False) + "\n"
    if golden_rewrite:
        path.write_text(drawn, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == drawn


def test_every_golden_file_is_of_something_that_is_still_drawn():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(DRAWN)


@pytest.mark.parametrize("name", sorted(DRAWN))
def test_slack_would_take_it(name):
    drawn = DRAWN[name]
    assert faults(drawn) == []
    for block in Block.parse_all(drawn["blocks"]):
        block.validate_json()
        block.to_dict()
    if drawn.get("type") in ("modal", "home"):
        View(**drawn).to_dict()


FIELDS: tuple[Field, ...] = (
    TextField(name="short", label="Short"),
    TextField(name="long", label="Long", long=True),
    ChoiceField(name="radio", label="Radio", options=(Option(key="a", label="A"),)),
    ChoiceField(name="menu", label="Menu", options=(Option(key="a", label="A"),), menu=True),
    ChoicesField(name="few", label="Few", options=(Option(key="a", label="A"),), most=1),
    ChoicesField(name="many", label="Many", options=tuple(Option(key=f"{n}", label=f"{n}") for n in range(11)), most=3),
    DateField(name="day", label="Day", looks=Looks.BACK),
    TimeField(name="clock", label="Clock"),
    PickField(name="pick", label="Pick", source=Source.PUPILS),
)
KINDS = ["plain_text_input", "plain_text_input", "radio_buttons", "static_select", "checkboxes",
         "multi_static_select", "datepicker", "timepicker", "external_select"]


def test_every_kind_of_field_is_drawn():
    assert {type(field) for field in FIELDS} == set(get_args(Field))
    drawn = [field_blocks(field, {}, {})[0]["element"]["type"] for field in FIELDS]
    assert drawn == KINDS


def test_every_part_of_a_card_is_drawn():
    button = Button(press=Press.OPEN, label="Open", subject=UUID(int=1), version=1)
    parts: list[CardPart] = [Heading("H"), Words(text="W"), Quote("Q"), Sketch(lines=("/ \\",), alt="A"),
                             Facts((("F", "1"),)), Buttons((button,)), Rows((Row(name="R", value="1", button=button),))]
    assert {type(part) for part in parts} == set(get_args(CardPart))
    drawn = [part_blocks(part)[0]["type"] for part in parts]
    assert drawn == ["header", "section", "rich_text", "context", "rich_text", "actions", "section"]


TYPED: dict[str, Any] = {
    "short": "A <b>", "long": "B\n  C", "radio": "a", "menu": "a", "few": ("a",), "many": ("1", "3"),
    "day": "2026-11-24", "clock": "09:05", "pick": "id-1",
}


def test_what_was_answered_is_in_the_field_when_it_is_drawn_again():
    elements = {f.name: field_blocks(f, TYPED, {"id-1": "Mia Patel · 8B"})[0]["element"] for f in FIELDS}
    assert elements["short"]["initial_value"] == "A <b>"
    assert elements["long"]["initial_value"] == "B\n  C"
    assert elements["radio"]["initial_option"]["value"] == "a"
    assert elements["menu"]["initial_option"]["value"] == "a"
    assert [o["value"] for o in elements["few"]["initial_options"]] == ["a"]
    assert [o["value"] for o in elements["many"]["initial_options"]] == ["1", "3"]
    assert elements["day"]["initial_date"] == "2026-11-24"
    assert elements["clock"]["initial_time"] == "09:05"
    assert elements["pick"]["initial_option"]["text"]["text"] == "Mia Patel · 8B"


@settings(deadline=None)
@given(st.dictionaries(st.sampled_from([f.name for f in FIELDS]), st.one_of(st.text(), st.lists(st.text()).map(tuple))))
def test_whatever_is_in_a_field_a_redraw_is_within_slacks_limits(values):
    form = Form(id="x", key="k", title="T", parts=FIELDS, submit="Send", values=values)
    picked = values.get("pick", "")
    long_id = len(picked if isinstance(picked, str) else ", ".join(picked)) > 75
    assert long_id or faults(render.form_view(form)) == []


def test_an_answer_too_long_for_one_input_goes_on_in_the_next():
    field = TextField(name="facts", label="Facts", long=True)
    text = "".join(chr(0x4E00 + n % 500) for n in range(7000)) + "😀" * 600
    blocks = field_blocks(field, {"facts": text}, {})
    assert [block["block_id"] for block in blocks] == ["facts", "facts~2", "facts~3"]
    assert "".join(block["element"]["initial_value"] for block in blocks) == text


def test_nothing_that_somebody_typed_is_read_as_markup():
    words = "<!channel> <@U1> *b* :ghost: https://x.test {{x}}  \n two  spaces"
    form = Form(id="x", key="k", title="T", parts=(Quote(words), Facts((("Said", words),)), Words(text=words)))
    blocks = render.form_view(form)["blocks"]
    assert "mrkdwn" not in json.dumps(blocks)
    assert blocks[0]["elements"][0] == {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": words}]}
    assert blocks[2]["text"] == {"type": "plain_text", "text": words, "emoji": False}


def test_the_summary_is_escaped_for_the_one_place_where_slack_reads_markup():
    message = render.card_message(Card(summary="<!here> & co", parts=(Words(text="x"),)))
    assert message["text"] == "&lt;!here&gt; &amp; co"


@settings(deadline=None)
@given(st.text(), st.integers(min_value=2, max_value=50))
def test_split_pieces_are_the_text_and_fit(text, most):
    pieces = split(text, most)
    assert "".join(pieces) == text
    assert all(0 < width(piece) <= most for piece in pieces)


LONG = "Ж" * 7000


@pytest.mark.parametrize("part", [Heading(LONG), Words(text=LONG), Words(text=LONG, subtle=True),
                                  Words(text=LONG, alert=True), Quote(LONG), Facts((("k", LONG),))])
def test_long_text_is_split_and_never_cut(part):
    view = render.form_view(Form(id="x", key="k", title="T", parts=(part,)))
    assert faults(view) == []
    assert json.dumps(view["blocks"], ensure_ascii=False).count("Ж") == 7000


def test_facts_are_drawn_a_line_each_with_their_names_in_bold_and_nothing_read_in_their_values():
    blocks = part_blocks(Facts(tuple((f"n{n}", "*v* <@U1>") for n in range(23))))
    sections = [block["elements"][0]["elements"] for block in blocks]
    assert [len(words) for words in sections] == [20, 20, 6]
    first = sections[0][:2]
    assert first == [
        {"type": "text", "text": "n0:", "style": {"bold": True}}, {"type": "text", "text": " *v* <@U1>\n"},
    ]
    assert sections[0][-1]["text"] == " *v* <@U1>", "no empty line at the end"


def test_a_press_that_stands_twice_has_a_row_of_its_own():
    buttons = [Button(press=Press.OPEN, label=f"{n}", subject=UUID(int=n), version=1) for n in range(3)]
    message = render.card_message(Card(summary="s", parts=(Buttons(tuple(buttons)), Buttons(tuple(buttons)))))
    assert faults(message) == []
    assert len(message["blocks"]) == 6


def test_looks_are_slacks_styles_and_a_value_is_id_and_version_alone():
    buttons = [Button(press=press, label=look, subject=UUID(int=7), version=4, look=look)
               for press, look in zip(Press, Look, strict=False)]
    elements = part_blocks(Buttons(tuple(buttons)))[0]["elements"]
    assert [element.get("style") for element in elements] == [None, "primary", "danger"]
    assert {element["value"] for element in elements} == {f"{UUID(int=7)}:4"}
    assert [element["action_id"] for element in elements] == ["open", "accept", "escalate"]


def test_a_long_label_keeps_both_its_ends():
    label = option("id", "A very long name indeed, " * 4 + "· 8B · Year 8")["text"]["text"]
    assert width(label) <= 75
    assert label.startswith("A very long")
    assert label.endswith("· 8B · Year 8")


def test_a_title_too_long_for_its_place_stands_in_the_window_whole():
    view = render.form_view(Form(id="x", key="k", title="A title of more than 24 letters", parts=()))
    assert view["title"]["text"] == "Heard"
    assert view["blocks"][0]["text"]["text"] == "A title of more than 24 letters"


def test_only_key_and_page_travel_with_a_form_and_the_list_that_it_was_opened_from():
    for view in VIEWS.values():
        kept = json.loads(view["private_metadata"])
        assert set(kept) <= {"key", "page", "list"}
        assert "list" not in kept or list_pages.read(kept["list"])
    assert "list" in json.loads(VIEWS["form_list"]["private_metadata"])
    assert "list" not in json.loads(VIEWS["form_concern_1"]["private_metadata"])


def test_fields_keep_their_ids_when_a_page_is_drawn_again():
    empty = render.form_view(replace(FORMS["concern_3"], values={}))
    full = VIEWS["form_concern_3"]

    def ids(view):
        return [(b["block_id"], b["element"]["action_id"]) for b in view["blocks"] if b["type"] == "input"]

    assert ids(empty) == ids(full)


def test_a_complaint_stands_right_over_its_field():
    ids = [block.get("block_id") for block in COMPLAINED["blocks"]]
    assert ids[0] == "complaint_form_0"
    assert ids.index("complaint_adult") + 1 == ids.index("adult")


def test_a_row_has_its_button_beside_it_and_a_late_one_is_marked():
    late = Row(name="26-48213", value="late", alert=True,
               button=Button(press=Press.OPEN, label="Open", subject=UUID(int=7), version=2))
    first, second = part_blocks(Rows((late, replace(late, alert=False))), 3)
    assert first["text"]["text"].startswith("⚠ 26-48213: late")
    assert second["text"]["text"] == "26-48213: late"
    assert first["accessory"]["value"] == f"{UUID(int=7)}:2"
    assert first["block_id"] != second["block_id"]


def test_what_a_page_of_ones_own_would_not_take_is_named():
    page = render.home_view(CARDS["board"])
    assert faults({**page, "title": "x"}) and faults({**page, "blocks": page["blocks"] * 6})
    field = {"type": "input", "block_id": "x", "label": {"type": "plain_text", "text": "X"},
             "element": {"type": "plain_text_input", "action_id": "x"}}
    assert any("input" in fault for fault in faults({**page, "blocks": [field]}))
    broken = {**page["blocks"][4], "accessory": {"type": "button"}}
    assert faults({**page, "blocks": [broken]})


def test_a_heading_that_is_too_long_goes_on_between_two_words():
    said = "This week, from Mon 30 Nov: 2 to accept, 0 to decide, 0 overdue actions, 0 reviews. " * 3
    pieces = split(said.strip(), 150)
    assert "".join(pieces) == said.strip()
    assert all(width(piece) <= 150 for piece in pieces)
    assert all(piece.endswith(" ") for piece in pieces[:-1])
    assert split("x" * 151, 150) == ["x" * 150, "x"]
    assert split("00 0😀", 2) == ["00", " ", "0", "😀"]
    assert split("😀" * 76, 150) == ["😀" * 75, "😀"]


def test_a_long_heading_ends_its_pieces_where_a_sentence_ends():
    """A last word alone in a heading of its own reads as if it were another one."""
    said = f"{'Nothing has been decided ' * 5}since Tue 24 Nov, 15:30. Ask for one of them in person, or ring now."
    drawn = [block["text"]["text"] for block in part_blocks(Heading(said))]
    assert "".join(drawn) == said
    assert drawn[-1] == "Ask for one of them in person, or ring now."
    assert split("x. " + "y" * 150, 150, after=". ") == ["x. ", "y" * 150]
