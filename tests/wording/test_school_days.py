"""What every day of a school has is no fault: an ailment, a liking, a word of its rules, a refusal to talk."""

import pytest

from handlers.wording.guard import Field, check

SAID = (
    "Hay fever today, eyes streaming, tablet given at 9.",
    "Doesn't want to talk about it.",
    "She did not want to say any more.",
    "Two behaviour points for talking in assembly.",
    "Isolation for period 3, in at 10.50, out at 11.50.",
    "Detention Thursday, he did not come.",
    "On report card, green for lessons 1 to 4.",
    "Mum said he has had a tummy bug since Saturday.",
    "He enjoys cooking club.",
    "She loves her cat.",
    "He said he hates peas.",
    "He uses a wobble cushion.",
    "Internal exclusion on Tuesday, 9 to 3.",
)


@pytest.mark.parametrize("text", SAID)
def test_what_every_day_has_is_no_fault(text: str) -> None:
    for written in (text, text.rstrip("."), text.lower(), f"Monday, period 2. {text}"):
        assert not check(Field.FACTS, written).findings, written


@pytest.mark.parametrize(
    "text",
    [
        "He gets a detention every single day.",
        "Doesn't want to be here.",
        "He loves the attention he gets in isolation.",
        "Isolation is no place for that boy.",
    ],
)
def test_the_same_words_with_a_fault_are_one(text: str) -> None:
    assert check(Field.FACTS, text).findings
