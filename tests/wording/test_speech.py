"""The shapes of telling and asking: each has its examples, and what they are for holds in whole notes."""

from typing import cast

import pytest

from handlers.wording.guard import Field, Kind, check
from handlers.wording.lexicon import read_toml
from handlers.wording.own_words import pieces
from handlers.wording.speech import PLAIN, children_say, shapes_in
from handlers.wording.text import tokens_of
from tests.wording import corpus

TABLES = cast("dict[str, dict[str, dict[str, list[str]]]]", read_toml("speech.toml"))
EACH = pytest.mark.parametrize(
    ("group", "name"), [(group, name) for group, named in TABLES.items() for name in named], ids=str
)


@EACH
def test_a_shape_holds_in_its_examples_and_not_in_the_others(group: str, name: str) -> None:
    entry = TABLES[group][name]
    assert entry["yes"]
    assert entry["no"]
    for text in entry["yes"]:
        assert name in shapes_in(group, tokens_of(text).symbols), text
    for text in entry["no"]:
        assert name not in shapes_in(group, tokens_of(text).symbols), text


def kinds(text: str, year: str = "Y4") -> list[Kind]:
    return [one.kind for one in check(Field.OWN_WORDS, text, year=year).findings]


@pytest.mark.parametrize(
    "text",
    [
        "My dad said 'get out' and I went",
        'my mum was shouting "where is it" and i hid under my bed',
        'I was asleep and my uncle said "get up" and we had to go in the van.',
    ],
)
def test_a_child_who_writes_and_quotes_is_not_taken_for_a_paraphrase(text: str) -> None:
    assert kinds(text) == []


@pytest.mark.parametrize(
    "text",
    ['"Why did your dad lock you in?" I asked.', '"How many times has he hit you?" "I never said he hit me."'],
)
def test_a_question_that_presumes_what_nobody_has_said_is_leading(text: str) -> None:
    assert kinds(text) == [Kind.LEADING_QUESTION]


def test_the_question_is_marked_where_it_stands_in_a_sentence_without_marks() -> None:
    text = 'I asked her if it was her dad who had hit her and she said "no".'
    assert [text[one.start : one.end] for one in check(Field.OWN_WORDS, text, year="Y5").findings] == [
        "if it was her dad who had hit her"
    ]


def test_what_a_child_asks_is_not_led_by_anyone() -> None:
    assert kinds('"Is it my fault?" she asked. "Did my daddy hurt mummy?" he said.') == []


def test_a_word_a_lesson_taught_is_the_childs_own() -> None:
    assert kinds('"He groomed me and it was abusive."') == [Kind.ADULT_VOCABULARY, Kind.ADULT_VOCABULARY]
    assert kinds('"We did grooming in PSHE and he did that and it was abusive."') == []


def test_an_answer_after_a_question_without_marks_is_a_piece_of_its_own() -> None:
    text = "I asked did he do it and she said nothing"
    tokens = tokens_of(text)
    parts = [text[tokens.starts[one.start] : tokens.ends[one.end - 1]] for one in (it.stretch for it in pieces(tokens))]
    assert parts == ["I asked", "did he do it", "and she said nothing"]


def test_the_model_alone_marks_nothing_that_is_shown_nor_a_long_word_that_children_say() -> None:
    shown = 0
    for note in corpus.notes("own_words"):
        tokens = tokens_of(note.text)
        found = check(Field.OWN_WORDS, note.text, year=note.year).findings
        for piece in pieces(tokens):
            start, end = tokens.starts[piece.stretch.start], tokens.ends[piece.stretch.end - 1]
            touched = [one for one in found if start <= one.start < end]
            if PLAIN in piece.features:
                assert all(one.kind is Kind.ADULT_VOCABULARY for one in touched), note.text
                shown += 1
        words = [note.text[one.start : one.end].lower() for one in found if one.kind is Kind.ADULT_VOCABULARY]
        assert children_say().isdisjoint(words), note.text
    assert shown > 1_500


@pytest.mark.parametrize(
    "text",
    [
        '"Mum says he\'s an alcoholic." ',
        '"Daddy says I am manipulative. What is manipulative?"',
        '"The judge said no contact till he does his course."',
        '"I was unconscious at the appointment, I had an operation and an injection."',
        '"Miss, did your dad hit you?"',
        '"Why does my dad hate me?"',
    ],
)
def test_whose_word_it_is_and_who_asks_is_heard(text: str) -> None:
    assert kinds(text) == []


def test_who_speaks_is_told_by_the_sentence_of_the_quotation() -> None:
    led = '"Did he hit you?"'
    adult = (f"{led} I asked.", f"Me: {led}", f"{led} asked the TA.", f"I asked her, {led}", f"{led} she was asked.")
    for said in adult:
        assert kinds(said) == [Kind.LEADING_QUESTION], said
    for said in (f"{led} she asked.", f"She asked: {led}", f"{led} asked Kai.", f"{led} he said to the bear."):
        assert kinds(said) == [], said
    grown = '"He was intoxicated."'
    assert kinds(f"{grown} I wrote this down at 3.15.") == [Kind.ADULT_VOCABULARY]
    assert kinds(f"I asked him to sit. {grown}") == [Kind.ADULT_VOCABULARY]


@pytest.mark.parametrize(
    "text", ["Was anyone else there?", "When did it start?", "Could you say that again?", "Are you safe right now?"]
)
def test_an_open_question_of_nobody_else_leads_nobody(text: str) -> None:
    assert kinds(f'"{text}" I asked.') == []
    assert check(Field.QUESTIONS, text).findings == ()


@pytest.mark.parametrize("text", ["What did he hit you with?", "You want to stop, don't you?"])
def test_an_open_question_that_says_what_was_done_or_ends_in_a_tag_leads(text: str) -> None:
    assert kinds(f'"{text}" I asked.') == [Kind.LEADING_QUESTION]
