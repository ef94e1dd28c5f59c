"""A name is found as it is typed in a hurry: the same folding for staff and pupils."""

from itertools import product

import pytest

from handlers.rules import lookup

NAMES = (
    "Zoë Bell", "Siobhán O’Brien", "Anne-Marie D'Arcy", "St. John Rivers", "Łukasz Müller", "Fiona Mac Donald",
    "Søren Strauß", "Jean–Luc N’Diaye",
)  # fmt: skip
LINES = [lookup.line(name, name) for name in NAMES]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("zoe", "Zoë Bell"), ("Zoë", "Zoë Bell"), ("ZOE\u0308", "Zoë Bell"), ("bell zoe", "Zoë Bell"),
        ("O'Brien", "Siobhán O’Brien"), ("o’brien", "Siobhán O’Brien"), ("oʼbrien", "Siobhán O’Brien"),
        ("obrien", "Siobhán O’Brien"), ("o brien", "Siobhán O’Brien"), ("siobhan", "Siobhán O’Brien"),
        ("o's", None), ("anne marie", "Anne-Marie D'Arcy"), ("annemarie", "Anne-Marie D'Arcy"),
        ("anne\u2011marie", "Anne-Marie D'Arcy"), ("darcy", "Anne-Marie D'Arcy"), ("st john", "St. John Rivers"),
        ("lukasz muller", "Łukasz Müller"), ("macdonald", "Fiona Mac Donald"), ("strauss", "Søren Strauß"),
        ("soren", "Søren Strauß"), ("jean luc ndiaye", "Jean–Luc N’Diaye"), ("z\u200boe", "Zoë Bell"),
    ],
)  # fmt: skip
def test_a_name_is_found_however_its_marks_are_typed(typed: str, found: str | None) -> None:
    assert list(lookup.search(LINES, typed)) == ([found] if found else [])


CALLED = [
    lookup.line(name, name)
    for name in ("Elizabeth Okafor", "Robert Marsh", "Liz Quill", "Amiss Lord", "Rob Okafor")
]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Okafor's", {"Elizabeth Okafor", "Rob Okafor"}), ("Mrs Okafor", {"Elizabeth Okafor", "Rob Okafor"}),
        ("Lizzie Okafor’s", {"Elizabeth Okafor"}), ("Bob", {"Robert Marsh", "Rob Okafor"}),
        ("Mr. R. Marsh", {"Robert Marsh"}),
        ("liz", {"Liz Quill", "Elizabeth Okafor"}), ("beth", {"Elizabeth Okafor"}), ("miss", {"Amiss Lord"}),
        ("Mr", set()), ("Dr's", set()),
        ("Bob Quill", set()), ("Lizzie Marsh", set()),
    ],
)  # fmt: skip
def test_a_name_is_found_as_people_are_spoken_of(typed: str, found: set[str]) -> None:
    """Only where nobody is found by the words themselves: what is typed in part comes first, as it did."""
    assert set(lookup.search(CALLED, typed)) == found


def test_each_name_is_found_by_each_way_of_typing_it() -> None:
    ways = (str, str.upper, str.casefold, lookup.fold, lambda name: name.replace("’", "'").replace("'", "’"))
    for name, way in product(NAMES, ways):
        assert name in lookup.search(LINES, way(name)), (name, way)


def test_a_label_typed_whole_finds_its_own_by_the_parts_before_the_dots() -> None:
    pupils = [lookup.line("8B", "Mia Patel", "8B"), lookup.line("4K", "Mia Patel", "4K")]
    assert list(lookup.search(pupils, "Mia Patel · 4K · Year 4", parts=2)) == ["4K"]
    assert list(lookup.search(LINES, "Zoë Bell · Head")) == ["Zoë Bell"]
