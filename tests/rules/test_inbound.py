"""When a notice from outside must be known: before the child's first lesson, on every kind of day."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import inbound
from handlers.rules.concern import Urgency
from handlers.rules.pack import ENGLAND
from tests.handlers.school import SCHOOL

CALENDAR = SCHOOL.calendar
_FIRST, _LAST = datetime(2026, 9, 1), datetime(2027, 7, 10)  # noqa: DTZ001 - hypothesis adds the zone
MOMENTS = st.datetimes(min_value=_FIRST, max_value=_LAST, timezones=st.just(UTC))


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


@pytest.mark.parametrize(
    ("recorded", "urgency", "pressed"),
    [
        ("2026-11-24T08:10", Urgency.NOW, None),
        ("2026-11-24T08:30", Urgency.NOW, None),
        ("2026-11-24T12:00", Urgency.NOW, None),
        ("2026-11-24T15:29", Urgency.NOW, None),
        ("2026-11-24T15:30", Urgency.TODAY, "2026-11-25T08:00"),
        ("2026-11-24T07:29", Urgency.TODAY, "2026-11-24T08:00"),
        ("2026-11-24T07:30", Urgency.NOW, None),
        ("2026-11-27T22:00", Urgency.TODAY, "2026-11-30T08:00"),  # a Friday night
        ("2026-10-23T16:00", Urgency.TODAY, "2026-11-02T08:00"),  # before half-term, over the change of clocks
        ("2026-12-24T10:00", Urgency.TODAY, "2027-01-04T08:00"),  # the holidays
    ],
)
def test_it_is_for_now_while_the_child_is_in_school_or_nearly_and_else_before_the_first_lesson(
    recorded, urgency, pressed
):
    at = local(recorded)
    assert inbound.urgency(CALENDAR, at=at) is urgency
    assert inbound.press_at(CALENDAR, recorded=at) == (local(pressed) if pressed else None)


@given(recorded=MOMENTS)
def test_nobody_is_in_a_lesson_before_it_has_been_pressed_on_or_is_for_now(recorded):
    due = inbound.press_at(CALENDAR, recorded=recorded)
    if due is None:
        assert inbound.urgency(CALENDAR, at=recorded) is Urgency.NOW
    else:
        assert recorded < due < due + inbound.BEFORE == CALENDAR.next_opening(recorded)
        assert not CALENDAR.is_open(due - timedelta(minutes=1))


def test_encompass_is_a_notice_that_the_police_give_and_no_agency_that_is_referred_to():
    (notice,) = [one for one in ENGLAND.notices if one.key == "encompass"]
    assert notice.kinds == ("domestic_abuse",)
    assert "The police tell the school" in notice.text
    assert "before the child's first lesson" in notice.before_lesson
    old = ENGLAND.agency("encompass")
    assert old.retired
    assert [agency.key for agency in ENGLAND.agencies if agency.retired] == ["encompass"]
    (law,) = [one.source for one in ENGLAND.statements if one.where == "notices.encompass"]
    assert "section 20 of the Victims and Prisoners Act 2024" in law.part
