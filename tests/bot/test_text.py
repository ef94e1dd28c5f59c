"""What was typed stays as it was typed, less what cannot be stored and what deceives the eye."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.text import clean


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  two  spaces\tand\r\nlines\n", "  two  spaces\tand\r\nlines\n"),
        ("*bold* <!channel> & {{x}} [a](b)", "*bold* <!channel> & {{x}} [a](b)"),
        ("e\u0301", "\u00e9"),
        ("a\x00b", "ab"),
        ("a\ud800b\udfff", "ab"),
        ("name\u202egpj", "name[U+202E]gpj"),
        ("\u2066x\u2069\u200f\u061c", "[U+2066]x[U+2069][U+200F][U+061C]"),
        ("👩‍👩‍👧 \U0001f600", "👩‍👩‍👧 \U0001f600"),
        ("", ""),
    ],
)
def test_only_what_must_change_changes(typed, kept):
    assert clean(typed) == kept


@settings(deadline=None)
@given(st.text())
def test_what_comes_out_can_be_stored_and_does_not_change_again(typed):
    kept = clean(typed)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert clean(kept) == kept
    assert "\x00" not in kept
    assert unicodedata.is_normalized("NFC", kept)
