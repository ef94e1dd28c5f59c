"""A concern's reference is drawn by lot, counts nothing, and is found as people type it."""

import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.break_glass import reference_in
from handlers.rules.reference import drawn, meant, year_of


@given(year=st.integers(2020, 2060), digits=st.integers(5, 6))
def test_it_has_the_year_and_as_many_digits_as_are_asked_for_and_no_nought_in_front(year, digits):
    reference = drawn(year, secrets.randbelow, digits=digits)
    begins, _, number = reference.partition("-")
    assert begins == f"{year % 100:02d}"
    assert len(number) == digits
    assert number[0] != "0"
    assert reference in meant(reference)


def test_every_number_of_that_length_may_come():
    assert drawn(2026, lambda below: 0) == "26-10000"
    assert drawn(2026, lambda below: below - 1) == "26-99999"


def test_the_school_year_begins_in_september():
    assert (year_of(2026, 8), year_of(2026, 9), year_of(2027, 1)) == (2025, 2026, 2026)


@pytest.mark.parametrize(
    "typed",
    [
        "26-48213", " 26-48213 ", "26 48213", "26/48213", "2648213", "26.48213", "26_48213", "26–48213", "26 - 48213",
        "#26-48213", "Concern 26-48213", "concern: 26-48213.", "ref 26-48213", "No. 26-48213", "２６-４８２１３",
        "26-48213/1", "26-48213/R2",
    ],
)  # fmt: skip
def test_with_its_year_it_is_meant_however_it_is_typed(typed):
    assert meant(typed) == ("26-48213",)
    assert reference_in(typed) == "26-48213"


@pytest.mark.parametrize("typed", ["48213", "#48213", "concern 48213", " 48213 "])
def test_the_number_alone_is_of_any_year(typed):
    assert {"26-48213", "25-48213", "00-48213"} <= set(meant(typed))
    assert all(one.endswith("-48213") for one in meant(typed))
    assert reference_in(typed) == "", "where it may not be looked for, the year must be said"


@pytest.mark.parametrize("typed", ["26-0031", "26 0031", "TEST-2026-12", "test-2026-12"])
def test_old_references_and_drills_are_found_as_before(typed):
    assert meant(typed)[0] in {"26-0031", "TEST-2026-12"}


@pytest.mark.parametrize(
    "typed", ["", "Mia Patel", "26", "123", "26-48213-1", "8B", "26-48213 26-48214", "'; --", "²⁶"]
)
def test_what_is_none_is_none(typed):
    assert meant(typed) == ()
    assert reference_in(typed) == ""
