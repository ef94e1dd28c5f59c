"""A command however it is typed, and what is nearly one; a sentence is neither."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.near_words import after, near, plain

KNOWN = ("quick", "mine", "board", "help", "find", "quality", "quality last", "themes", "themes last", "away", "back")


@pytest.mark.parametrize(
    "typed",
    ["mine", "MINE", " mine ", "mine.", "mine!", "“mine”", "[mine]", "/mine", "/concern mine", "concern mine",
     "mi\u200bne", "\uff4dine", "mine\n"],
)  # fmt: skip
def test_however_it_is_typed_it_is_the_word(typed):
    assert plain(typed) == ("mine",)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mine extra", "mine"), ("Mine, please", "mine"), ("mine shaft: he was found near it", "mine"),
        ("mien", "mine"), ("mne", "mine"), ("minee", "mine"), ("nine", "mine"), ("mien extra", "mine"),
        ("bord", "board"), ("boards", "board"), ("hepl", "help"), ("help me", "help"), ("quikc", "quick"),
        ("quality lsat", "quality last"), ("qualitylast", "quality last"), ("quality last term", "quality last"),
        ("quality lost and found", "quality"), ("themes now", "themes"), ("awya", "away"),
    ],
)  # fmt: skip
def test_what_is_nearly_a_word_is_known_as_that(typed, meant):
    assert near(typed, KNOWN) == meant


@pytest.mark.parametrize(
    "typed",
    ["", "?", "Mia was at the gate", "miners", "mind the gap today", "she said help me", "in the back of the bus"],
)
def test_a_sentence_is_no_word(typed):
    assert near(typed, KNOWN) is None


def test_what_comes_after_the_word_is_left_as_it_was_typed():
    assert after("/concern [Find]  O’Brien, Mia", "find") == "O’Brien, Mia"
    assert after("find", "find") == ""


@given(st.text(), st.sets(st.sampled_from(KNOWN)))
def test_whatever_is_typed_what_is_found_is_a_word_of_the_list(typed, known):
    assert near(typed, known) in {None, *known}
