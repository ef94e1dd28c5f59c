"""The field of the questions that were asked: what leads is found without quotation marks, at its own place."""

import pytest

from handlers.wording.guard import Field, Kind, check

OPEN = (
    "What happened?",
    "Tell me about your weekend",
    "Anything else?",
    "Where were you?",
    "Are you ok?",
    "Would you like to draw it?",
    "Can you tell me more about that?",
    "who was there",
    "How did you get that mark?",
)
LEADING = (
    "Did your dad hit you?",
    "He hit you, didn't he?",
    "Was it your mum or your dad?",
    "You were scared, weren't you?",
    "did your dad hit you",
    "Was it him who did that?",
    "It was at home wasn't it?",
)


def leading(text: str) -> list[str]:
    found = check(Field.QUESTIONS, text).findings
    assert all(one.kind is Kind.LEADING_QUESTION for one in found)
    return [text[one.start : one.end] for one in found]


@pytest.mark.parametrize("asked", OPEN)
def test_an_open_question_is_left_alone(asked: str) -> None:
    assert leading(asked) == []


@pytest.mark.parametrize("asked", LEADING)
def test_a_question_that_leads_is_found_without_quotation_marks(asked: str) -> None:
    assert leading(asked) == [asked]


@pytest.mark.parametrize("asked", LEADING[:-1])
def test_a_question_that_leads_is_found_inside_quotation_marks(asked: str) -> None:
    assert [one.strip('"') for one in leading(f'I asked "{asked}"')] == [asked]


def test_each_is_found_on_its_line_whatever_stands_on_the_others() -> None:
    for asked in LEADING:
        for other in OPEN:
            assert leading(f"{other}\n{asked}\n\n{other}") == [asked], (asked, other)


@pytest.mark.parametrize("text", ["", " ", "\n\n", '"', "?"])
def test_nothing_is_said_of_nothing(text: str) -> None:
    assert leading(text) == []
