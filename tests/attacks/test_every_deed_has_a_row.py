"""Fails when a button, a form or a doing is added of which `authority.py` does not say whose it is."""

from handlers.desk import counters as gathered
from handlers.rules.authority import Doing
from handlers.ui.card import Press
from tests.attacks.authority import DOINGS, FORMS, FORMS_OF_NO_CONCERN, LISTS, MAY, NOT_A_CONCERNS, OF_AN_ADULT, rows

ELSEWHERE = {row.deed for row in rows(NOT_A_CONCERNS)}


def test_every_press_and_every_form_has_a_row():
    """Whoever adds a button or a form says in `authority.py` who may use it."""
    known = set(MAY) | ELSEWHERE
    assert set(Press) - known == set(), "say who may press these, in authority.WHO or authority.NOT_A_CONCERNS"
    assert known - set(Press) == set()
    rows_of = (*FORMS.values(), *OF_AN_ADULT.values())
    listed = {form.partition(":")[0] for form, _ in rows_of} | set(LISTS) | {"referrals"}
    unlisted = set(gathered.FORMS) - listed - FORMS_OF_NO_CONCERN
    assert unlisted == set(), "say which deed these forms are, in authority.FORMS"


def test_every_form_about_a_concern_asks_who_sends_it_before_it_looks_at_a_word():
    """A form that comes back with complaints shows what its window shows."""
    free = FORMS_OF_NO_CONCERN | {"chronology"}
    assert {form for form, filed in gathered.FORMS.items() if filed.doing is None} <= free


def test_every_doing_is_somebodys():
    """A new value of `Doing` needs a deed in the table that it stands behind."""
    assert set(Doing) - set(DOINGS) == set(), "say which press stands for it, in authority.DOINGS"
    assert set(DOINGS.values()) <= set(MAY) | ELSEWHERE | {None}
