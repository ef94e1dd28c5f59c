"""Every form and card as Teams gets it: golden files, our limits, the stand-in's own, and that no part is left out."""

import json
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import pytest

from bot.playground.teams import answers
from bot.playground.teams.limits import card_faults, dialog_faults
from bot.playground.teams.sheet import Sheet
from bot.teams import limits, render
from bot.teams.blocks import Surface
from bot.teams.carried import RESERVED
from bot.teams.inputs import SEVERAL
from handlers import samples
from handlers.account import form as concern
from handlers.conversation import Complaints, NextPage, OpenForm, Suggestions, Tell
from handlers.ui import card as cards
from handlers.ui import form as forms
from handlers.ui import picked, plain
from handlers.ui.card import (
    OPENS_A_WINDOW,
    Button,
    Buttons,
    Card,
    Facts,
    Heading,
    Press,
    Quote,
    Row,
    Rows,
    Sketch,
    Words,
)
from handlers.ui.form import ChoiceField, Form, Option, PickField, Source, TextField
from tests.examples import CARDS, FORMS

GOLDEN = Path(__file__).parent / "golden"
HOSTILE = "**bold** [link](http://x) {{DATE(2026-11-24T10:00:00Z,SHORT)}} ${x} <at>all</at>  two  spaces\n\n  and lines"
DIALOG, MESSAGE = Surface.DIALOG, Surface.MESSAGE


@cache
def drawn() -> dict[str, dict[str, Any]]:
    """By the name of its golden file."""
    found = {f"form_{name}": render.form_card(form, surface=DIALOG) for name, form in FORMS.items()}
    found |= {f"card_{name}": render.card_card(card, surface=MESSAGE) for name, card in CARDS.items()}
    empty = FORMS["concern_1_empty"]
    by_field = {field.name: "Please answer this." for field in empty.fields()} | {"": "Two things need another look."}
    found["form_concern_1_complaints"] = render.form_card(empty, by_field, surface=DIALOG)
    found["form_concern_2_in_a_message"] = render.form_card(FORMS["concern_2_child"], surface=MESSAGE)
    found["card_receipt_in_a_dialog"] = render.card_card(CARDS["receipt"], surface=DIALOG)
    return found


@pytest.mark.parametrize("name", sorted(drawn()))
def test_a_drawing_is_as_its_golden_file(name: str, golden_rewrite: bool):
    path, now = GOLDEN / f"{name}.json", json.dumps(drawn()[name], indent=1, ensure_ascii=False) + "\n"
    if golden_rewrite:
        path.write_text(now, "utf-8")
    assert path.read_text("utf-8") == now, "draw it anew with: pytest tests/bot/teams --golden"


def test_no_golden_file_is_left_over():
    assert {path.stem for path in GOLDEN.glob("*.json")} == set(drawn())


@pytest.mark.parametrize("name", sorted(drawn()))
def test_teams_takes_every_drawing(name: str):
    card = drawn()[name]
    in_dialog = (name.startswith("form_") and "message" not in name) or "dialog" in name
    assert limits.faults(card, dialog=in_dialog) == []
    assert (dialog_faults if in_dialog else card_faults)(card) == []


@pytest.mark.parametrize("name", FORMS)
def test_every_form_can_stand_in_a_message_too(name: str):
    card = render.form_card(FORMS[name], surface=MESSAGE)
    assert limits.faults(card) == card_faults(card) == []
    assert {action["type"] for action in card.get("actions", [])} <= {"Action.Execute"}


@pytest.mark.parametrize("name", CARDS)
def test_every_card_can_stand_in_a_dialog_too(name: str):
    card = render.card_card(CARDS[name], surface=DIALOG)
    assert limits.faults(card, dialog=True) == dialog_faults(card) == []


def test_every_part_of_a_card_and_every_field_is_drawn():
    button = Button(press=Press.OPEN, label="Open", subject=UUID(int=1), version=1)
    parts = {Heading: Heading("A"), Words: Words(text="B"), Quote: Quote("C"), Facts: Facts((("D", "E"),)),
             Sketch: Sketch(lines=("/ \\",), alt="E"), Buttons: Buttons((button,)),
             Rows: Rows((Row(name="F", value="G", button=button),))}
    assert set(parts) == set(get_args(cards.Part))
    for part in parts.values():
        assert render.card_card(Card(summary="S", parts=(part,)), surface=MESSAGE)["body"], part
    shown = {type(field) for form in FORMS.values() for field in form.fields()}
    assert shown == set(get_args(forms.Field)), "an example of every kind of field"
    for form in FORMS.values():
        ids = {e["id"]: e["type"] for e in limits._every(render.form_card(form, surface=DIALOG)) if "id" in e}
        assert {id.partition(SEVERAL)[0] for id in ids} == {field.name for field in form.fields()}


@pytest.mark.parametrize("press", Press)
@pytest.mark.parametrize("surface", Surface)
def test_a_button_carries_opaque_ids_and_opens_a_window_where_it_must(press: Press, surface: Surface):
    button = Button(press=press, label="Go", subject=UUID(int=7), version=3)
    (action,) = render.card_card(Card(summary="S", parts=(Buttons((button,)),)), surface=surface)["body"][0]["actions"]
    window = {"msteams": {"type": "task/fetch"}} if surface is MESSAGE and press in OPENS_A_WINDOW else {}
    ours = {"press": press.value, "subject": str(UUID(int=7)), "version": 3}
    assert action["data"] == {"heard": ours, **window}
    in_place = surface is MESSAGE and press not in OPENS_A_WINDOW
    assert action["type"] == ("Action.Execute" if in_place else "Action.Submit")
    assert action.get("verb") == (press.value if in_place else None)


@pytest.mark.parametrize("part", [Quote(HOSTILE), Words(text=HOSTILE), Words(text=HOSTILE, alert=True),
                                  Words(text=HOSTILE, subtle=True), Heading(HOSTILE), Facts(((HOSTILE, HOSTILE),))])
def test_nothing_that_somebody_typed_is_read_as_markup(part: cards.Part):
    """49 to 52: text runs alone, and braces that the renderer would expand stand in runs of their own."""
    card = render.card_card(Card(summary="S", parts=(part,)), surface=MESSAGE)
    assert limits.faults(card) == card_faults(card) == []
    assert {element["type"] for element in limits._every(card)} <= {"Container", "RichTextBlock", "TextRun"}
    assert HOSTILE in Sheet(card).words


def test_every_word_typed_is_in_an_input_again_and_nowhere_else():
    form = concern.page("k", 3, {"facts": "CANARY-1", "own_words": HOSTILE + "CANARY-2", "view": "CANARY-3"}, {})
    card = render.form_card(form, {"facts": "Look again."}, surface=DIALOG)
    values = {e["id"]: e["value"] for e in limits._every(card) if "value" in e}
    assert values == dict(form.values)
    assert "CANARY" not in str(card["actions"])
    assert str(card).count("CANARY") == 3
    complaints = {field.label: field.complaint for field in Sheet(card).fields()}
    assert complaints["What you saw, heard and did: facts only"] == "Look again."


@pytest.mark.parametrize("number", [3, 4])
def test_the_longest_pages_fit_with_every_field_full(number: int):
    several = {"child_1": "a", "child_2": "b", "child_3": "c", "marks": "3"}
    fields = concern.page("k", number, several, {}).fields()
    full = {field.name: "x" * field.most for field in fields if isinstance(field, TextField)}
    form = concern.page("k", number, {**several, **full}, {})
    assert limits.faults(render.form_card(form, surface=DIALOG), dialog=True) == []


def test_what_is_longer_than_a_field_takes_is_shown_whole():
    form = Form(id="f", key="k", title="T", submit="S", parts=(TextField(name="a", label="A", most=3),),
                values={"a": "🙂🙂"})
    (box,) = render.form_card(form, surface=DIALOG)["body"]
    assert box["items"][0]["value"] == "🙂🙂"
    assert "maxLength" not in box["items"][0]


def test_an_answer_that_is_not_offered_any_more_is_left_out():
    form = replace(FORMS["concern_4"], values={"kinds": ("gone", "not_sure"), "safe_home": "gone"})
    shown = {field.label: field.value for field in Sheet(render.form_card(form, surface=DIALOG)).fields()}
    assert (shown["Kind of concern"], shown["A second one, if any"]) == ("", "Not sure: the lead decides")
    assert shown["Safe to go home?"] == ""


def test_a_picked_person_is_shown_by_name_or_as_chosen():
    form = Form(id="f", key="k", title="T", submit="S", parts=(PickField(name="a", label="A", source=Source.STAFF),))
    for names, label in (({"7": "Lee Abara"}, "Lee Abara"), ({}, "The one you chose before")):
        shown = Sheet(render.form_card(replace(form, values={"a": "7"}, names=names), surface=DIALOG)).fields()
        assert (shown[0].kind, shown[0].value) == ("pick", label)


def test_neither_the_way_back_nor_that_somebody_is_in_danger_is_barred_by_an_empty_field():
    for name, form in FORMS.items():
        first_of_several = any(isinstance(field, ChoiceField) and field.redraws for field in form.fields())
        required = [e for e in limits._every(render.form_card(form, surface=DIALOG)) if e.get("isRequired")]
        one_page = not form.back and not first_of_several
        assert bool(required) == (one_page and any(field.required for field in form.fields())), name


def test_a_complaint_about_a_field_that_is_not_shown_stands_at_the_top():
    card = render.form_card(FORMS["concern_3"], {"nowhere": "Look at page 1."}, surface=DIALOG)
    assert Sheet(card).words.startswith("Look at page 1.")


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_field_cannot_have_a_name_that_is_ours(name: str):
    form = Form(id="f", key="k", title="T", parts=(TextField(name=name, label="A"),))
    with pytest.raises(ValueError, match="cannot be called"):
        render.form_card(form, surface=DIALOG)


@pytest.mark.parametrize("name", CARDS)
def test_a_message_shows_its_summary_alone(name: str):
    activity = render.card_activity(CARDS[name])
    assert activity["summary"] == CARDS[name].summary
    assert set(activity) == {"type", "summary", "attachments"}


def test_every_reply_is_an_answer_that_teams_reads():
    form, card = FORMS["concern_1"], CARDS["receipt"]
    for reply in (OpenForm(form), NextPage(form), Complaints(form=form, by_field={"": "x"}), Tell(card)):
        assert answers.task(render.dialog_answer(reply), invoke="composeExtension/fetchTask")
        for to_a_form in (True, False):
            assert answers.execute(render.message_answer(reply, to_a_form=to_a_form))
    said = answers.execute(render.message_answer(Tell(plain.say("Words", heading="Head")), to_a_form=False))
    assert said == answers.Said(words="Head\nWords")
    for draw in (render.dialog_answer, lambda reply: render.message_answer(reply, to_a_form=False)):
        with pytest.raises(TypeError):
            draw(Suggestions(()))


def test_suggestions_have_values_and_titles():
    options = [Option(key=str(number), label=f"Mia {number}") for number in range(30)]
    found = answers.suggestions(render.search_answer(Suggestions(tuple(options[:15]))))
    assert found == tuple((str(number), f"Mia {number}") for number in range(15))


@pytest.mark.parametrize(("given", "total", "shown"), [(30, 0, 14), (20, 63, 14), (16, 16, 14), (5, 9, 5)])
def test_where_not_everybody_is_shown_the_last_suggestion_says_so_and_is_nobody(given: int, total: int, shown: int):
    options = tuple(Option(key=f"id{number}", label=f"Mia {number}") for number in range(given))
    *found, last = answers.suggestions(render.search_answer(Suggestions(options, total)))
    assert len(found) == shown
    assert last == ("more", f"{shown} of {total or given}: type more letters")
    field = PickField(name="child_1", label="Child", source=Source.PUPILS)
    assert "no child" in picked.fault(field, "more")


OURS, HELD_WITHIN = {"heard": {"press": "open"}}, {"heard": {"a": [{"key": 1}]}}
BROKEN: dict[str, Any] = {
    "an unknown element": {"body": [{"type": "Badge"}]},
    "a run outside": {"body": [{"type": "TextRun", "text": "x"}]},
    "markdown": {"body": [{"type": "TextBlock", "text": "**x**"}]},
    "a date": {"body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "{{DATE(1)}}"}]}]},
    "no label": {"body": [{"type": "Input.Text", "id": "a"}]},
    "an id twice": {"body": [{"type": "Input.Text", "id": "a", "label": "A"}] * 2},
    "required without words": {"body": [{"type": "Input.Text", "id": "a", "label": "A", "isRequired": True}]},
    "a float": {"body": [{"type": "Input.Text", "id": "a", "label": "A", "maxLength": 3.0}]},
    "no choice": {"body": [{"type": "Input.ChoiceSet", "id": "a", "label": "A", "choices": []}]},
    "not offered": {"body": [{"type": "Input.ChoiceSet", "id": "a", "label": "A", "value": "x",
                              "choices": [{"title": "T", "value": "t"}]}]},
    "a comma": {"body": [{"type": "Input.ChoiceSet", "id": "a", "label": "A", "isMultiSelect": True,
                          "choices": [{"title": "T", "value": "t,u"}]}]},
    "no dataset": {"body": [{"type": "Input.ChoiceSet", "id": "a", "label": "A", "choices": [],
                             "choices.data": {"type": "Data.Query"}}]},
    "no verb": {"actions": [{"type": "Action.Execute", "title": "T", "data": OURS}]},
    "no title": {"actions": [{"type": "Action.Submit", "data": OURS}]},
    "no data": {"actions": [{"type": "Action.Submit", "title": "T"}]},
    "an address": {"actions": [{"type": "Action.OpenUrl", "title": "T", "url": "https://x.example", "data": OURS}]},
    "a name beside ours": {"actions": [{"type": "Action.Submit", "title": "T", "data": {**OURS, "key": "k"}}]},
    "a name that is held": {"actions": [{"type": "Action.Submit", "title": "T", "data": HELD_WITHIN}]},
    "an input's name": {"body": [{"type": "Input.Text", "id": "msteams", "label": "A"}]},
    "seven": {"actions": [{"type": "Action.Submit", "title": "T", "data": OURS}] * 7},
    "too large": {"body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "x" * 26_000}]}]},
    "empty": {"body": []},
    "a version": {"version": "1.6"},
    "no fallback": {"fallbackText": ""},
    "a refresh": {"refresh": {}},
}


@pytest.mark.parametrize("name", BROKEN)
def test_our_limits_find_what_is_broken(name: str):
    good = {"type": "AdaptiveCard", "version": "1.5", "fallbackText": "F",
            "body": [{"type": "RichTextBlock", "inlines": [{"type": "TextRun", "text": "x"}]}]}
    assert limits.faults(good) == []
    assert len(limits.faults({**good, **BROKEN[name]})) == 1


def test_in_a_dialog_no_button_opens_another_and_none_is_executed():
    card = render.card_card(CARDS["triage_submitted"], surface=MESSAGE)
    assert len(limits.faults(card, dialog=True)) >= 2


def test_of_a_list_the_first_rows_can_be_opened_and_never_more_than_six_buttons_stand_on_a_card():
    rows = tuple(
        Row(
            name=f"26-{n:04d}", value="waits",
            button=Button(press=Press.OPEN, label="Open", subject=UUID(int=n), version=1),
        )
        for n in (1, 2, 2, 3, 4, 5, 6, 7)
    )
    refresh = Button(press=Press.BOARD, label="Refresh", subject=UUID(int=0), version=0)
    card = render.card_card(Card(summary="S", parts=(Rows(rows), Buttons((refresh,)))), surface=MESSAGE)
    titles = [action["title"] for part in card["body"] if part["type"] == "ActionSet" for action in part["actions"]]
    assert titles == [*(f"Open 26-{n:04d}" for n in (1, 2, 3, 4, 5)), "Refresh"]
    assert "26-0007" in json.dumps(card)


def test_what_stands_out_has_its_button_before_what_stands_above_it():
    rows = tuple(
        Row(
            name=f"26-{n:04d}", value="waits", alert=n == 9,
            button=Button(press=Press.OPEN, label="Open", subject=UUID(int=n), version=1),
        )
        for n in range(1, 10)
    )
    card = render.card_card(Card(summary="S", parts=(Rows(rows),)), surface=MESSAGE)
    titles = [action["title"] for part in card["body"] if part["type"] == "ActionSet" for action in part["actions"]]
    assert titles == [f"Open 26-{n:04d}" for n in (9, 1, 2, 3, 4, 5)]


def test_a_card_with_buttons_that_answers_a_press_takes_the_place_of_the_one_pressed():
    answer = render.message_answer(Tell(CARDS["board"]), to_a_form=False)
    assert answer["type"] == render.ADAPTIVE
    assert render.message_answer(Tell(plain.say("Done.")), to_a_form=False)["type"] == render.TOLD


def test_no_menu_stands_where_the_page_before_had_another():
    """Microsoft's client would keep the choices of the page before: a menu's place is its way through the tree."""
    def places(form: Form) -> dict[str, str]:
        found: dict[str, str] = {}

        def walk(node: Any, way: str) -> None:
            for place, child in enumerate(node.get("items", node.get("body", ()))):
                if child.get("type") == "Input.ChoiceSet":
                    found[f"{way}/{place}"] = child["id"]
                walk(child, f"{way}/{place}")

        walk(render.form_card(form, surface=DIALOG), "")
        return found

    pages = [places(concern.page("k", number, samples.ANSWERS, samples.NAMES)) for number in (1, 2, 3, 4)]
    pages.append(places(FORMS["review"]))
    for before, after in [*pairwise(pages), *pairwise(reversed(pages)), (pages[4], pages[2])]:
        assert not {way for way in before.keys() & after.keys() if before[way] != after[way]}
