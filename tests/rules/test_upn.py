"""A UPN by its check letter; an authority that is not known is no fault."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import upn


@pytest.mark.parametrize(
    ("typed", "valid"),
    [
        ("B801200005001", True), ("P207000016049", True), ("Q207000016049", False), (" b801 2000 05001 ", True),
        ("B80120000500", False), ("B8012000050011", False), ("", False), ("I801200005001", False),
        ("B80120000500O", False), ("B8012000O5001", False), ("８801200005001", False),
    ],
)  # fmt: skip
def test_a_upn_is_right_by_its_check_letter(typed: str, valid: bool):
    assert upn.is_valid(upn.read(typed)) is valid


@given(st.from_regex(rf"[0-9]{{11}}[0-9{upn.ALPHABET}]", fullmatch=True), st.integers(0, 11), st.integers(1, 9))
def test_one_wrong_figure_is_always_found(rest: str, at: int, by: int):
    """Every weight and 23 have no factor in common; a temporary number ends in a letter and is read alike."""
    whole = upn.check_letter(rest) + rest
    assert upn.is_valid(whole)
    if rest[at].isdigit():
        other = rest[:at] + str((int(rest[at]) + by) % 10) + rest[at + 1 :]
        assert not upn.is_valid(whole[0] + other)


@pytest.mark.parametrize(("number", "known"), [("B801200005001", True), ("A999200005001", False)])
def test_an_authority_is_known_or_strange(number: str, known: bool):
    assert upn.has_known_authority(number) is known
