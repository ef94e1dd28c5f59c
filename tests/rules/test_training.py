"""Training themes: what recurs by department, and small numbers that are nobody's business."""

from datetime import date, time
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from handlers.rules.calendar import Calendar, Term
from handlers.rules.training import TOGETHER, Row, Written, rows, term_at

AUTUMN = Term(first=date(2026, 9, 1), last=date(2026, 10, 23))
WINTER = Term(first=date(2026, 11, 2), last=date(2026, 12, 18))
CALENDAR = Calendar(
    zone=ZoneInfo("Europe/London"), opens=time(8, 30), closes=time(15, 30), terms=(WINTER, AUTUMN)
)


def accounts(department: str, number: int, *kinds: str, writers: int = 3, open: tuple[str, ...] = ()) -> list[Written]:
    return [
        Written(
            writer=UUID(int=1 + at % writers), department=department, kinds=frozenset(kinds), open=frozenset(open)
        )
        for at in range(number)
    ]


def test_a_department_shows_in_how_many_accounts_each_kind_was_found():
    (row,) = rows([*accounts("Maths", 6, "vague"), *accounts("Maths", 5, "opinion", open=("when",))])
    assert row == Row(department="Maths", accounts=11, kinds=(("vague", 6), ("opinion", 5)), open=(("when", 5),))


def test_fewer_than_five_accounts_with_a_kind_are_no_number():
    few = [*accounts("Maths", 4, "opinion"), *accounts("Maths", 1, "diagnosis")]
    (row,) = rows([*accounts("Maths", 5, "vague"), *few])
    assert row.kinds == (("vague", 5), ("diagnosis", None), ("opinion", None))


@pytest.mark.parametrize(("number", "writers"), [(4, 3), (9, 2), (9, 1)])
def test_a_small_department_is_counted_with_all_the_others(number, writers):
    small = accounts("Music", number, "vague", writers=writers)
    assert [row.department for row in rows([*small, *accounts("Maths", 5)])] == ["Maths", TOGETHER]
    assert rows(small) == (Row(department=TOGETHER, accounts=None),)


def test_small_departments_together_are_shown_when_they_are_enough():
    music, drama = accounts("Music", 3, "vague"), accounts("Drama", 3, "vague")
    assert rows([*music, *drama, *accounts("", 1)]) == (Row(department=TOGETHER, accounts=7, kinds=(("vague", 6),)),)


def test_at_most_three_kinds_are_shown_and_nothing_of_nobody():
    (row,) = rows(accounts("Maths", 5, "a", "b", "c", "d"))
    assert [kind for kind, _ in row.kinds] == ["a", "b", "c"]
    assert rows([]) == ()


@pytest.mark.parametrize(
    ("day", "back", "expected"),
    [
        (date(2026, 9, 1), 0, AUTUMN), (date(2026, 10, 30), 0, AUTUMN), (date(2026, 11, 2), 0, WINTER),
        (date(2027, 8, 1), 0, WINTER), (date(2026, 11, 24), 1, AUTUMN), (date(2026, 11, 24), 2, None),
        (date(2026, 8, 31), 0, None),
    ],
)
def test_the_term_is_the_one_that_began_last(day, back, expected):
    assert term_at(CALENDAR, day, back=back) == expected
