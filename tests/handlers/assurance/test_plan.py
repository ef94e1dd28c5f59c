"""The terms run out: the head and the technician are told from six weeks before, until the next are there."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.assurance import plan
from handlers.notice import NoticeKind
from handlers.rules.concern import Urgency
from handlers.triage import chasing
from store.opening import open_units
from store.unit_of_work import Units
from tests.handlers.acting import told
from tests.handlers.conftest import KEY
from tests.handlers.keeping import alarmed
from tests.handlers.losing import cards
from tests.handlers.posting import works
from tests.handlers.school import ANSWERS, DANA, HELEN, LEE, ROLL, SCHOOL, THEO, Here

SHORT = replace(SCHOOL, calendar=replace(SCHOOL.calendar, terms=SCHOOL.calendar.terms[:2]))
"""Its terms end on 18 December 2026."""


def at(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


@pytest.fixture
async def short(sqlite_url: str) -> AsyncIterator[Here]:
    units: Units = await open_units(sqlite_url, root_key=KEY, schools=(replace(ROLL, school=SHORT),))
    yield Here(units)
    await units.close()


async def ticks(here: Here, when: datetime) -> int:
    here.at = when
    return await plan.warn_all(here.units, at=when)


async def test_from_six_weeks_before_it_is_told_once_a_week_in_school(short):
    assert await ticks(short, at(11, 6)) == 0
    assert await ticks(short, at(11, 9, 8)) == 0
    assert await ticks(short, at(11, 9)) == 1
    assert await ticks(short, at(11, 10)) == 0
    assert await ticks(short, at(11, 14)) == 0
    assert await ticks(short, at(11, 16)) == 1
    assert await ticks(short, at(12, 21)) == 1
    assert await ticks(short, at(1, 4, year=2027)) == 1
    assert "terms_run_out" in await alarmed(short)


async def test_the_head_and_the_technician_are_told_and_nobody_else(short):
    await ticks(short, at(11, 9))
    assert {(kind, to) for kind, to, _ in await told(short)} == {
        (NoticeKind.ALARM, HELEN.id), (NoticeKind.ALARM, THEO.id),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (at(11, 9), "it says nothing of Mon 21 Dec 2026, 42 days from now, and the days after"),
        (at(12, 18), "it says nothing of Mon 21 Dec 2026, 3 days from now"),
        (at(12, 22), "it does not say whether today is a school day"),
    ],
)
async def test_the_card_says_from_when_and_what_it_means(short, post, when, said):
    await ticks(short, when)
    await works(short, post)
    assert said in cards(post, HELEN)
    assert "counts as a school day" in cards(post, THEO)
    assert cards(post, LEE) == ""


async def test_the_card_of_the_week_before_goes(short, post):
    for day in (9, 16):
        await ticks(short, at(11, day))
        await works(short, post)
    assert "42 days" not in cards(post, HELEN)
    assert "35 days" in cards(post, HELEN)


async def test_with_the_next_terms_the_card_goes(short, post, sqlite_url):
    await ticks(short, at(11, 9))
    await works(short, post)
    assert cards(post, HELEN)
    again = Here(await open_units(sqlite_url, root_key=KEY, schools=(ROLL,)))
    assert await ticks(again, at(11, 9, 10)) == 0
    await works(again, post)
    assert "run out" not in cards(post, HELEN)
    await again.units.close()


async def test_where_the_terms_go_on_nobody_is_told(here):
    assert await ticks(here, at(11, 9)) == 0
    assert await told(here) == []


async def test_today_is_chased_on_a_school_day_that_nobody_wrote_down(short, post):
    short.at = at(1, 5, year=2027)
    assert not SHORT.calendar.is_planned(date(2027, 1, 5))
    concern = await short.raises(answers=ANSWERS)
    assert concern.urgency is Urgency.TODAY
    short.later(minutes=31)
    assert await chasing.chase_unaccepted(short.units, {}, at=short.at) == 1
    assert (NoticeKind.CHASE, DANA.id) in {(kind, to) for kind, to, _ in await told(short)}
