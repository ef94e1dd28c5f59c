"""Deadlines of referrals: working days over a weekend, half-term, a bank holiday and the change of clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from bot.calendars import bank_holidays
from handlers.rules import referral_clocks
from handlers.rules.agency import ALLEGATION, Whom
from handlers.rules.calendar import Calendar, Term
from handlers.rules.concern import About, CannotMove, ConcernId
from handlers.rules.pack import ENGLAND
from handlers.rules.people import PersonId
from handlers.rules.referral import Method, Referral, ReferralId, ReferralStatus
from handlers.rules.referral_clocks import Late

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(
    zone=LONDON, opens=time(8, 30), closes=time(15, 30),
    terms=(
        Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
        Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
        Term(first=date(2027, 1, 4), last=date(2027, 2, 12)),
    ),
    bank_holidays=bank_holidays("England", range(2026, 2028)),
)  # fmt: skip
MASH, LADO, FGM = (ENGLAND.agency(key) for key in ("mash", "lado", "fgm"))


def london(day: int, hour: int, minute: int = 0, *, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def sent(at: datetime, *, agency=MASH, method=Method.TELEPHONE) -> Referral:
    return Referral(
        id=ReferralId(UUID(int=7)), concern=ConcernId(UUID(int=1)), number=1, agency=agency.key, method=method,
        sent_at=at, sent_by=PersonId(UUID(int=2)),
        answer_by=referral_clocks.answer_by(agency, CALENDAR, sent_at=at),
        confirm_by=referral_clocks.confirm_by(agency, method, CALENDAR, sent_at=at),
    )


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (london(24, 10, 15), london(25, 10, 15)),
        (london(27, 15, 40), london(30, 15, 40)),
        (london(28, 9), london(30, 9)),
        # half-term: the agency works on
        (london(23, 14, month=10), london(26, 14, month=10)),
        (london(27, 9, month=10), london(28, 9, month=10)),
        # Christmas Day and Boxing Day, whose day off is Monday 28 December
        (london(24, 11, month=12), london(29, 11, month=12)),
        # New Year's Day
        (london(31, 11, month=12), london(4, 11, month=1, year=2027)),
    ],
    ids=["tomorrow", "Friday", "Saturday", "into half-term", "in half-term", "Christmas", "New Year"],
)
def test_an_answer_is_owed_a_working_day_later_at_the_same_time(at, due):
    assert referral_clocks.answer_by(MASH, CALENDAR, sent_at=at) == due


def test_across_the_change_of_clocks_the_time_of_day_stays_and_the_day_has_an_hour_more():
    at = london(23, 16, 30, month=10)
    due = referral_clocks.answer_by(MASH, CALENDAR, sent_at=at)
    assert due.astimezone(LONDON).strftime("%a %d %b %H:%M") == "Mon 26 Oct 16:30"
    assert due - at == timedelta(days=3, hours=1)


def test_what_was_said_is_confirmed_in_writing_a_working_day_later_and_what_was_written_never():
    at = london(23, 16, 30, month=10)
    for method in (Method.TELEPHONE, Method.IN_PERSON):
        assert referral_clocks.confirm_by(MASH, method, CALENDAR, sent_at=at) == london(26, 16, 30, month=10)
    for method in (Method.ONLINE, Method.MAIL):
        assert referral_clocks.confirm_by(MASH, method, CALENDAR, sent_at=at) is None
    assert referral_clocks.confirm_by(ENGLAND.agency("police"), Method.TELEPHONE, CALENDAR, sent_at=at) is None


def test_the_lado_is_told_within_a_working_day_and_fgm_by_the_close_of_the_next():
    assert LADO.make is not None
    assert FGM.make is not None
    assert LADO.make.when == ALLEGATION
    friday = london(23, 9, 20, month=10)
    assert referral_clocks.make_by(LADO.make, CALENDAR, since=friday) == london(26, 9, 20, month=10)
    assert referral_clocks.make_by(FGM.make, CALENDAR, since=friday) == london(26, 17, month=10)
    assert referral_clocks.make_by(FGM.make, CALENDAR, since=london(24, 8, month=12)) == london(29, 17, month=12)


def test_each_stage_of_a_challenge_has_its_own_deadline():
    at = london(24, 10)
    due = [referral_clocks.stage_by(MASH, stage, CALENDAR, at=at) for stage in (1, 2, 3)]
    assert due == [london(26, 10), london(1, 10, month=12), london(1, 10, month=12)]
    with pytest.raises(IndexError):
        referral_clocks.stage_by(MASH, 4, CALENDAR, at=at)


def test_it_is_late_only_after_the_moment_and_then_a_step_further_each_working_day():
    due = london(23, 16, 30, month=10)
    days = {
        due: None,
        due + timedelta(seconds=1): 0,
        london(24, 16, 31, month=10): 0,
        london(25, 23, 59, month=10): 0,
        london(26, 16, 29, month=10): 0,
        london(26, 16, 30, month=10): 1,
        london(30, 17, month=10): 5,
        london(31, 17, month=10): 5,
    }
    assert {at: referral_clocks.days_late(due, CALENDAR, at=at) for at in days} == days


def test_a_year_late_is_still_counted():
    due = london(24, 10)
    weekdays, bank_days = 261, 8
    assert referral_clocks.days_late(due, CALENDAR, at=due + timedelta(days=365)) == weekdays - bank_days


def names(referral: Referral, at: datetime) -> list[str]:
    return [chase.name for chase in referral_clocks.chases(referral, CALENDAR, at=at)]


def test_answer_and_confirmation_are_chased_each_by_itself():
    referral = sent(london(24, 10))
    assert names(referral, london(25, 10)) == []
    assert names(referral, london(25, 10, 1)) == ["answer_0_0", "confirmation_0_0"]
    assert names(referral.confirm(at=london(25, 9)), london(26, 10, 1)) == ["answer_0_1"]
    assert names(sent(london(24, 10), method=Method.MAIL), london(25, 10, 1)) == ["answer_0_0"]


def test_a_challenge_does_not_ask_again_on_the_same_day_for_what_was_never_put_in_writing():
    referral = sent(london(24, 10))
    late = london(25, 11)
    challenged = referral.challenge(at=late, answer_by=london(27, 11), highest=3)
    assert "confirmation_0_0" in names(referral, late)
    assert names(challenged, late + timedelta(minutes=1)) == ["confirmation_0_0"]


def test_a_no_is_chased_until_somebody_decides_and_a_challenge_has_a_clock_of_its_own():
    refused = sent(london(24, 10), method=Method.MAIL).answered(accepted=False, at=london(24, 15))
    assert names(refused, london(25, 14, 59)) == []
    assert names(refused, london(25, 15, 1)) == ["decision_0_0"]
    challenged = refused.challenge(at=london(25, 16), answer_by=london(27, 16), highest=3)
    assert names(challenged, london(27, 16)) == []
    assert names(challenged, london(30, 16, 1)) == ["answer_1_1"]


@pytest.mark.parametrize("status", [ReferralStatus.ACCEPTED, ReferralStatus.RESOLVED, ReferralStatus.WITHDRAWN])
def test_what_is_settled_is_not_chased(status):
    referral = replace(sent(london(2, 10)), status=status)
    assert names(referral, london(24, 10)) == []


def test_a_no_is_recorded_once_and_a_later_yes_is_taken():
    refused = sent(london(24, 10)).answered(accepted=False, at=london(24, 15))
    with pytest.raises(CannotMove, match="recorded already"):
        refused.answered(accepted=False, at=london(24, 16))
    assert refused.answered(accepted=True, at=london(24, 16)).status is ReferralStatus.ACCEPTED


def test_every_clock_of_late_has_a_name_that_stands_for_ever():
    assert {late.value for late in Late} == {"answer", "confirmation", "decision"}


def test_agencies_are_offered_by_what_a_concern_is_about():
    offered = {about: [a.key for a in ENGLAND.agencies if a.takes(about)] for about in About}
    assert "lado" in offered[About.ADULT]
    assert "mash" not in offered[About.ADULT]
    assert {"mash", "fgm"} <= set(offered[About.CHILD])
    assert not any("encompass" in keys for keys in offered.values())
    assert set(offered[About.BOTH]) == {agency.key for agency in ENGLAND.agencies if not agency.retired}
    assert all(agency.whom <= set(Whom) and agency.stages for agency in ENGLAND.agencies)
