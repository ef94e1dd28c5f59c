"""The shapes of telling and asking: each has its examples, and what they are for holds in whole notes."""

from typing import cast

import pytest

from handlers.wording.guard import Field, Kind, check
from handlers.wording.lexicon import read_toml
from handlers.wording.own_words import pieces
from handlers.wording.speech import shapes_in
from handlers.wording.text import tokens_of

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
    parts = [text[tokens.starts[one.start] : tokens.ends[one.end - 1]] for one in pieces(tokens)]
    assert parts == ["I asked", "did he do it", "and she said nothing"]
