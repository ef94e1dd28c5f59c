"""Whom to ring outside school: the local authority's number by day, the out-of-hours contact at every other time."""

from dataclasses import replace
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules.calendar import Calendar, Term
from handlers.rules.school import Daytime, OutsideContact
from tests.handlers.school import SCHOOL

LONDON = ZoneInfo("Europe/London")
NIGHT = OutsideContact(name="The Hub (out of hours)", telephone="01632 960 999")
DAY = OutsideContact(name="The front door", telephone="01632 960 997")
BANK = date(2026, 12, 25)
CALENDAR = Calendar(
    zone=LONDON, opens=time(8, 30), closes=time(15, 30), inset=frozenset({date(2026, 11, 27)}),
    terms=(Term(first=date(2026, 9, 1), last=date(2026, 12, 18)),), bank_holidays=frozenset({BANK}),
)  # fmt: skip
BOTH = replace(
    SCHOOL, calendar=CALENDAR, outside=NIGHT, daytime=Daytime(contact=DAY, opens=time(9), closes=time(17)),
)  # fmt: skip

_FIRST, _LAST = datetime(2026, 9, 1), datetime(2027, 8, 31)  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(min_value=_FIRST, max_value=_LAST, timezones=st.just(UTC))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("at", "by_day"),
    [
        ("2026-11-24T08:59", False), ("2026-11-24T09:00", True), ("2026-11-24T16:59", True),
        ("2026-11-24T17:00", False), ("2026-11-24T02:00", False),
        ("2026-11-27T10:00", True),  # an INSET day
        ("2026-12-22T10:00", True),  # the school holidays
        ("2026-12-25T10:00", False),  # a bank holiday
        ("2026-11-28T10:00", False), ("2026-11-29T10:00", False),  # a weekend
        ("2026-10-26T08:59", False), ("2026-10-26T09:00", True),  # the first Monday of winter time
    ],
)  # fmt: skip
def test_the_local_authoritys_number_is_shown_within_its_hours_on_working_days_alone(at, by_day):
    shown = BOTH.on(local(at)).outside
    assert shown.telephone == (DAY if by_day else NIGHT).telephone
    assert shown.name == ("The front door (until 17:00)" if by_day else NIGHT.name)


@given(at=MOMENTS)
def test_at_every_moment_there_is_one_number_and_a_card_drawn_at_another_may_still_stand(at):
    then = BOTH.on(at)
    assert then.outside.telephone in {DAY.telephone, NIGHT.telephone}
    assert {one.telephone for one in then.contacts} == {DAY.telephone, NIGHT.telephone}
    assert then.outside in then.contacts
    assert replace(SCHOOL, outside=NIGHT, calendar=CALENDAR).on(at).outside == NIGHT


@given(first=MOMENTS, second=MOMENTS)
def test_a_school_at_one_moment_and_then_at_another_is_the_school_at_the_other(first, second):
    assert BOTH.on(first).on(second).outside == BOTH.on(second).outside


def test_before_the_moment_is_known_it_is_the_number_that_always_answers():
    assert BOTH.outside == NIGHT
