"""Which factor of the children in need census follows from a kind and from the roles in a concern."""

import pytest

from handlers.rules.concern import About
from handlers.rules.factor import ALLEGED, By, Factor, done_by
from handlers.rules.pack import ENGLAND
from handlers.ui import choices


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


def test_every_factor_is_of_a_kind_that_is_there():
    assert set(ENGLAND.factors) < {key for key, _ in ENGLAND.kinds}
