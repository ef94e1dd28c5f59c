"""What a new list of pupils would change, and when somebody is asked first."""

from uuid import UUID

import pytest

from handlers.rules.people import PupilId
from handlers.rules.roll import turnover


def roll(*names: str, since: int = 0) -> dict[PupilId, str]:
    return {PupilId(UUID(int=n)): name for n, name in enumerate(names, since)}


HUNDRED = tuple(f"Pupil N{n}" for n in range(100))


@pytest.mark.parametrize(("left", "asked"), [(0, False), (5, False), (6, True), (100, True)])
def test_more_than_one_in_twenty_who_leave_are_asked_about(left, asked):
    change = turnover(roll(*HUNDRED), roll(*HUNDRED[: 100 - left]))
    assert (change.lost, change.renamed, change.is_asked_about, change.number) == (left, 0, asked, left)


def test_children_under_other_keys_are_asked_about_and_said_to_be_the_same():
    change = turnover(roll(*HUNDRED), roll(*HUNDRED, since=500))
    assert (change.lost, change.rekeyed, change.is_asked_about) == (100, 100, True)


def test_keys_that_slipped_by_a_line_are_asked_about():
    change = turnover(roll(*HUNDRED), roll(*HUNDRED[1:], HUNDRED[0]))
    assert (change.lost, change.renamed, change.is_asked_about, change.number) == (0, 100, True, 100)


def test_another_way_to_write_every_name_is_no_change():
    change = turnover(roll(*HUNDRED), roll(*(f"{name.split()[1].upper()}, {name.split()[0]}" for name in HUNDRED)))
    assert (change.renamed, change.is_asked_about) == (0, False)


def test_children_who_join_are_never_asked_about():
    assert not turnover(roll(*HUNDRED[:3]), roll(*HUNDRED)).is_asked_about
    assert not turnover({}, roll(*HUNDRED)).is_asked_about


def test_in_the_smallest_school_one_child_may_leave_and_two_are_asked_about():
    assert not turnover(roll(*HUNDRED[:6]), roll(*HUNDRED[:5])).is_asked_about
    assert turnover(roll(*HUNDRED[:6]), roll(*HUNDRED[:4])).is_asked_about
