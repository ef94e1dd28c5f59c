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
        ("Mia\x1b[31m \x07\x7f\x85", "Mia[U+001B][31m [U+0007][U+007F][U+0085]"),
        ("no\u200bthing\u2060 \ufeff\u00ad", "no[U+200B]thing[U+2060] [U+FEFF][U+00AD]"),
        ("safe\U000e0021\U000e0041\U000e007f", "safe[U+E0021][U+E0041][U+E007F]"),
        ("a\ufe0f\U000e0101\u034f", "a[U+FE0F][U+E0101][U+034F]"),
        ("\u3164\u2800\u115f\u2028", "[U+3164][U+2800][U+115F][U+2028]"),
        ("\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f 1\ufe0f\u20e3 ❤\ufe0f\u200d🔥", None),
        ("می\u200cخواهم क्\u200dष", None),
        ("e\u200d \u200c", "e[U+200D] [U+200C]"),
        ("", ""),
    ],
)
def test_only_what_must_change_changes(typed, kept):
    """None: what writing needs stays as it is."""
    assert clean(typed) == (typed if kept is None else kept)


@settings(deadline=None)
@given(st.text())
def test_what_comes_out_can_be_stored_and_does_not_change_again(typed):
    kept = clean(typed)
    assert kept.encode("utf-8").decode("utf-8") == kept
    assert clean(kept) == kept
    assert "\x00" not in kept
    unseen = [one for one in kept if unicodedata.category(one) in {"Cc", "Cf"} and one not in "\t\n\r\u200c\u200d"]
    assert not unseen or "\U0001f3f4" in kept
    assert unicodedata.is_normalized("NFC", kept)
