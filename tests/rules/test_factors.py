"""Which factor of the children in need census follows from a kind and from the roles in a concern."""

import tomllib
from importlib import resources

import pytest

from handlers.rules.concern import About
from handlers.rules.factor import ALLEGED, By, Factor, done_by
from handlers.rules.pack import ENGLAND
from handlers.ui import choices

PACKS = resources.files("handlers.rules").joinpath("packs")


@pytest.mark.parametrize(
    ("about", "roles", "by"),
    [
        (About.CHILD, {"harmed", "alleged"}, By.CHILD),
        (About.CHILD, {"harmed", "witness"}, None),
        (About.CHILD, set(), None),
        (About.ADULT, set(), By.ADULT),
        (About.BOTH, {"harmed"}, By.ADULT),
        (About.BOTH, {"harmed", "alleged"}, None),
        (About.PRACTICE, {"harmed"}, None),
    ],
)
def test_who_did_it_is_read_from_the_roles_and_left_open_where_they_do_not_say(about, roles, by):
    assert done_by(about, roles) is by


def test_the_role_is_one_that_the_form_offers():
    assert ALLEGED in {option.key for option in choices.PARTS_PLAYED}


def test_a_split_code_waits_for_who_did_it_and_a_list_for_a_person():
    split, several = Factor(by_child="18B", by_adult="18C"), Factor(one_of=("3A", "3B"))
    assert [split.fits(by) for by in (By.CHILD, By.ADULT, None)] == ["18B", "18C", ""]
    assert {several.fits(by) for by in (By.CHILD, By.ADULT, None)} == {""}
    assert Factor(code="22A").fits(None) == "22A"


CENSUS = tuple(tomllib.loads(PACKS.joinpath("england_1.toml").read_text("utf-8"))["census"]["codes"])


def test_the_codes_that_are_gone_are_nowhere():
    """18A and 19A were split by who did it; 8A by why a child is privately fostered."""
    assert {"18A", "19A", "8A"}.isdisjoint(CENSUS)
    assert len(set(CENSUS)) == len(CENSUS) == 42


@pytest.mark.parametrize(
    ("kind", "by_child", "by_adult", "nobody_said"),
    [
        ("physical", "18B", "18C", ""),
        ("sexual", "19B", "19C", ""),
        ("emotional", "17A", "17A", "17A"),
        ("neglect", "16A", "16A", "16A"),
        ("fgm", "22A", "22A", "22A"),
        ("missing", "", "", ""),
        ("domestic_abuse", "", "", ""),
        ("parental_health", "", "", ""),
        ("private_fostering", "", "", ""),
    ],
)
def test_what_a_kind_does_not_say_is_not_guessed(kind, by_child, by_adult, nobody_said):
    factor = ENGLAND.factors[kind]
    assert [factor.fits(by) for by in (By.CHILD, By.ADULT, None)] == [by_child, by_adult, nobody_said]


def test_every_code_that_a_kind_may_have_is_in_the_census():
    for kind, factor in ENGLAND.factors.items():
        may = {factor.code, factor.by_child, factor.by_adult, *factor.one_of} - {""}
        assert may <= set(CENSUS), kind
        assert may, kind


def test_kinds_that_are_wider_than_any_code_have_none():
    unmapped = {key for key, _ in ENGLAND.kinds} - set(ENGLAND.factors)
    assert {"child_on_child", "sexual_violence", "honour", "online", "nudes", "bullying", "wellbeing"} <= unmapped


def test_every_factor_is_of_a_kind_that_is_there():
    assert set(ENGLAND.factors) < {key for key, _ in ENGLAND.kinds}
