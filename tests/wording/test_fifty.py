"""Fifty short concerns and the hint each gets, read line by line as the teacher who gets it would (`fifty.py`)."""

import pytest

from handlers.account import review
from handlers.wording.guard import Field, check
from tests.wording.fifty import CONCERNS, HINTS, all_told, read

LINES = CONCERNS.read_text(encoding="utf-8").splitlines()


def test_each_concern_gets_the_hint_that_was_read() -> None:
    assert all_told() == HINTS.read_text(encoding="utf-8"), "run python -m tests.wording.fifty and read what changed"


def test_they_are_fifty_by_twelve_people_and_half_of_them_get_none() -> None:
    told = [review.hints({field: text}, year=year) for _, year, field, text in map(read, LINES)]
    assert len(told) == 50
    assert len({who for who, *_ in map(read, LINES)}) >= 12
    assert 22 <= sum(not hints for hints in told) <= 30


def test_nobody_is_told_more_than_two_reasons_in_one_sentence() -> None:
    text = "Dad kicked off at pick up, he clearly has anger issues."
    hint = review.hints({"facts": text}, year="Y4")[0]
    whys = {finding.why for finding in hint.findings}
    assert len(whys) > review.MOST_WHYS
    assert not any(why in hint.advice for why in whys)


def test_marks_that_touch_are_shown_as_one() -> None:
    hint = review.hints({"facts": "Apparently they have been evicted."}, year="Y4")[0]
    assert len(hint.findings) == 2
    assert hint.shown == "“Apparently they have been evicted”."
    assert hint.words == ("Apparently they have been evicted",)


@pytest.mark.parametrize("text", ["shes deffo off n her mum dont give a toss", "He has gone off the rails of late."])
def test_no_phrase_ends_on_a_word_that_leads_on(text: str) -> None:
    for finding in check(Field.FACTS, text).findings:
        assert text[finding.start : finding.end].rsplit(maxsplit=1)[-1] not in {"a", "the", "of", "his"}


@pytest.mark.parametrize(
    "text",
    [
        "The villain in chapter three is lazy and mean.",
        "Our poem today was The Angry Wolf.",
        "He crossed the finish line third.",
        "She depressed the plunger and the foam came out.",
        "It can't have been later than four, the lights were still on.",
        "The printer is always jammed on Mondays.",
        "Neglected plants on the sill, we put them in the bin.",
        "Broken chair leg, taken to the caretaker.",
        "Spellings: violent, selfish, greedy, cruel. She got all four.",
        "There is a depression in the field, he tripped in it at 12.40.",
        "I saw him fall, so I told Mrs Grant at 1.15.",
    ],
)
def test_a_word_of_a_fault_in_a_story_or_of_a_thing_is_none(text: str) -> None:
    assert not check(Field.FACTS, text).findings


@pytest.mark.parametrize(
    "text",
    [
        "He is a lazy boy.",
        "The class is always loud.",
        "Filthy child",
        "The burn came from an iron.",
        "He crossed the line with her.",
        "He was off his face.",
    ],
)
def test_the_same_word_of_somebody_is_one(text: str) -> None:
    assert check(Field.FACTS, text).findings
