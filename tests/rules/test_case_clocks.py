"""Which clock runs for an owned concern, across half-term, an INSET day, a bank holiday and the change of clocks."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.rules import case_clocks
from handlers.rules.calendar import Calendar, Term
from handlers.rules.case_clocks import Whom
from handlers.rules.concern import Concern, Level, Outcome, Status, Urgency
from tests.rules.test_concern import LEE, PRIYA, RAISED

LONDON = ZoneInfo("Europe/London")
CALENDAR = Calendar(
    zone=LONDON,
    opens=time(8, 30),
    closes=time(15, 30),
    terms=(
        Term(first=date(2026, 9, 1), last=date(2026, 10, 23)),
        Term(first=date(2026, 11, 2), last=date(2026, 12, 18)),
    ),
    inset=frozenset({date(2026, 11, 2)}),
    bank_holidays=frozenset({date(2026, 12, 25)}),
)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON).astimezone(UTC)


def owned(urgency: Urgency, when: str) -> Concern:
    raised = replace(RAISED, urgency=urgency, submitted_at=at(when))
    return raised.accept(by=LEE, at=at(when))


@pytest.mark.parametrize(
    ("urgency", "accepted", "due"),
    [
        (Urgency.NOW, "2026-10-23T23:50", "2026-10-24T01:50"),
        (Urgency.NOW, "2026-10-25T00:30", "2026-10-25T01:30"),
        (Urgency.NOW, "2026-11-24T10:00", "2026-11-24T12:00"),
        (Urgency.NOW, "2026-11-24T14:00", "2026-11-24T15:30"),
        (Urgency.NOW, "2026-11-24T15:30", "2026-11-24T17:30"),
        (Urgency.WEEK, "2026-11-24T20:00", "2026-11-25T15:30"),
        (Urgency.TODAY, "2026-11-24T10:00", "2026-11-24T15:30"),
        (Urgency.TODAY, "2026-11-24T16:00", "2026-11-25T15:30"),
        (Urgency.TODAY, "2026-10-23T16:00", "2026-11-03T15:30"),
        (Urgency.WEEK, "2026-10-23T10:00", "2026-11-03T10:00"),
        (Urgency.RECORD, "2026-10-22T09:00", "2026-11-04T09:00"),
    ],
)
def test_a_decision_is_due(urgency, accepted, due):
    concern = owned(urgency, accepted)
    expected = at(due)
    if accepted.startswith("2026-10-25"):
        expected = at(accepted) + timedelta(hours=2)  # two real hours: the clock goes back between them
    assert case_clocks.decide_by(concern, CALENDAR) == expected
    assert case_clocks.due_steps(concern, CALENDAR, at=expected)[0].whom is Whom.OWNER


@pytest.mark.parametrize(
    ("urgency", "offered", "ends"),
    [
        (Urgency.NOW, "2026-10-24T03:00", "2026-10-24T03:05"),
        (Urgency.TODAY, "2026-10-23T15:20", "2026-10-23T15:30"),
        (Urgency.WEEK, "2026-11-24T13:30", "2026-11-25T10:30"),
        (Urgency.RECORD, "2026-11-27T12:00", "2026-11-30T12:00"),
    ],
)
def test_an_offer_lapses(urgency, offered, ends):
    concern = owned(urgency, offered).hand_over(to=PRIYA, by=LEE, at=at(offered))
    assert case_clocks.offer_ends(concern, CALENDAR) == at(ends)


def test_a_decision_that_is_late_goes_to_more_people_a_school_day_later():
    concern = owned(Urgency.WEEK, "2026-10-23T10:00")
    steps = case_clocks.steps(concern, CALENDAR)
    assert [(step.due, step.whom) for step in steps] == [
        (at("2026-11-03T10:00"), Whom.OWNER),
        (at("2026-11-04T10:00"), Whom.LEADS),
    ]


def test_what_is_decided_is_no_longer_chased_but_reviewed_read_and_signed_off():
    concern = owned(Urgency.TODAY, "2026-11-24T10:00")
    decided = concern.decide(
        Outcome.NO_FURTHER_ACTION, by=LEE, at=at("2026-11-24T11:00"), level=Level.HIGH, second=True,
        review_at=at("2026-12-07T08:30"),
    )
    names = [(step.name.split(":")[0], step.due) for step in case_clocks.steps(decided, CALENDAR)]
    assert names == [
        ("second", at("2026-11-25T11:00")),
        ("second_plus_1", at("2026-11-26T11:00")),
        ("review", at("2026-12-07T08:30")),
        ("review_plus_1", at("2026-12-08T08:30")),
    ]
    stands = decided.read_second(by=PRIYA, agreed=True)
    proposed = stands.propose_close(by=LEE, at=at("2026-11-24T15:00"), open_actions=0)
    assert "sign_off" in [step.name.split(":")[0] for step in case_clocks.steps(proposed, CALENDAR)]
    closed = proposed.sign_off(by=PRIYA, at=at("2026-11-24T15:10"), open_actions=0)
    assert closed.status is Status.CLOSED
    assert case_clocks.due_steps(closed, CALENDAR, at=at("2027-01-30T10:00")) == ()
