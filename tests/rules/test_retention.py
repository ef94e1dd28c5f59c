"""How long a record is kept: from the birth of the youngest child, or from its end where that is not known."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from handlers.rules.concern import About, Status
from handlers.rules.retention import kept_until
from handlers.samples import CLOSED
from tests.handlers.school import SCHOOL

CONCERN = replace(CLOSED, closed_at=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("about", "born", "until"),
    [
        (About.CHILD, [date(2015, 5, 3)], date(2040, 5, 3)),
        (About.CHILD, [date(2015, 5, 3), date(2018, 1, 9)], date(2043, 1, 9)),
        (About.CHILD, [date(2016, 2, 29)], date(2041, 3, 1)),
        (About.CHILD, [date(2015, 5, 3), None], date(2051, 8, 1)),
        (About.CHILD, [], date(2051, 8, 1)),
        (About.ADULT, [], date(2036, 8, 1)),
        (About.PRACTICE, [], date(2036, 8, 1)),
        (About.BOTH, [date(2015, 5, 3)], date(2040, 5, 3)),
        (About.BOTH, [date(2002, 5, 3)], date(2036, 8, 1)),
    ],
)
def test_it_is_kept_for_the_child_who_needs_it_longest(about, born, until):
    assert kept_until(replace(CONCERN, about=about), born, SCHOOL.calendar) == until


def test_what_is_open_has_no_end():
    concern = replace(CONCERN, status=Status.TRIAGED, closed_at=None)
    assert kept_until(concern, [date(1990, 1, 1)], SCHOOL.calendar) is None
