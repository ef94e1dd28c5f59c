"""A case about an adult is told by its entries alone: in any order of deeds, nothing of it is kept twice."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.rules import allegation, low_level
from handlers.rules.adults import Adults, Finding
from handlers.rules.allegation import Barred, ChildIs, Step
from handlers.rules.calendar import Term
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Concern, Route
from handlers.rules.low_level import Asked
from handlers.rules.pack import ENGLAND
from handlers.rules.routing import Weight
from handlers.samples import AT, CALENDAR, LEE, RAISED

ADULTS: Adults = ENGLAND.adults
CONCERN: Concern = replace(RAISED, about=About.ADULT, route=Route.HEAD)
GRAVE = {"adult_is": "allegation", "limbs": ("harmed",), "child_is": "not_yet"}


def entry(deed: Deed, words=None, *, after: int = 0, **facts: str) -> Entry:
    return Entry(deed=deed, at=AT + timedelta(hours=after), by=LEE, thing=CONCERN.id, facts=facts, words=words or {})


def case(*entries: Entry, weight: Weight = Weight.ALLEGATION):
    return allegation.case_of(CONCERN, weight, entries)


def owed(one, *, told=None) -> list[str]:
    return [step.step.value for step in allegation.owed(one, ADULTS, CALENDAR, told=told)]


@pytest.mark.parametrize("about", list(About))
@pytest.mark.parametrize("route", list(Route))
def test_it_is_a_case_of_its_own_kind_wherever_it_is_about_an_adult_and_not_with_the_leads(about, route):
    found = allegation.is_about(replace(RAISED, about=about, route=route))
    assert found == (about in {About.ADULT, About.BOTH} and route is not Route.LEADS)


@pytest.mark.parametrize(("weight", "grave"), [("allegation", True), ("low_level", False), ("self", False)])
def test_until_it_is_judged_it_is_what_it_was_said_to_be(weight, grave):
    assert case(weight=Weight(weight)).allegation is grave


@pytest.mark.parametrize("weight", list(Weight))
@pytest.mark.parametrize("judged", ["allegation", "low_level"])
def test_what_it_is_judged_to_be_counts_whatever_it_was_said_to_be(weight, judged):
    found = case(entry(Deed.DECIDED, {"adult_is": judged}, after=3), weight=weight)
    assert found.allegation is (judged == "allegation")
    began = AT if weight is Weight.ALLEGATION else AT + timedelta(hours=3)
    assert found.since == (began if judged == "allegation" else None)


def test_a_decision_of_before_there_was_such_a_triage_judges_nothing():
    found = case(entry(Deed.DECIDED, {"rationale": "As it was written then."}))
    assert (found.judged, found.allegation) == (None, True)
    assert owed(found) == []


def test_what_is_owed_of_a_fresh_allegation_and_by_when():
    found = allegation.owed(case(entry(Deed.DECIDED, GRAVE)), ADULTS, CALENDAR, told=None)
    due = {one.step: one.due for one in found}
    assert due == {
        Step.CHILD: AT + timedelta(days=1), Step.SUSPENSION: AT + timedelta(days=1),
        Step.SUPPORT: AT + timedelta(days=2),
    }


def test_who_is_suspended_is_owed_the_reasons_in_writing_until_their_date_is_recorded():
    suspended = entry(Deed.SUSPENSION, {"suspended": "suspended"}, after=1)
    found = case(entry(Deed.DECIDED, GRAVE), suspended)
    due = {one.step: one.due for one in allegation.owed(found, ADULTS, CALENDAR, told=None)}
    assert due[Step.WRITTEN] == CALENDAR.after_working_days(suspended.at, 1)
    again = entry(Deed.SUSPENSION, {"suspended": "suspended"}, after=30)
    assert case(entry(Deed.DECIDED, GRAVE), suspended, again).unwritten_since == suspended.at, "from the first day"
    for said in ({"suspended": "suspended", "written_date": "2026-11-25"}, {"suspended": "alternative"}):
        settled = case(entry(Deed.DECIDED, GRAVE), suspended, entry(Deed.SUSPENSION, said, after=40))
        assert "written" not in owed(settled)
    here = entry(Deed.SUSPENSION, {"suspended": "not_suspended"})
    assert "written" not in owed(case(entry(Deed.DECIDED, GRAVE), here))


def test_a_part_that_is_made_stays_made_whatever_is_answered_afterwards():
    made = entry(Deed.CHILD_ASKED, {"child_is": "named"}, child_part=str(UUID(int=7)))
    found = case(entry(Deed.DECIDED, GRAVE), made, entry(Deed.DECIDED, {**GRAVE, "child_is": "none"}))
    assert found.child is ChildIs.NAMED


FOUND = {"finding": "substantiated", "removed": "no", "teacher": "no"}


@pytest.mark.parametrize(
    ("change", "bodies"),
    [
        ({}, ["dbs"]),
        ({"teacher": "yes"}, ["dbs", "tra"]),
        ({"finding": "unfounded"}, []),
        ({"finding": "unfounded", "teacher": "yes"}, []),
        ({"finding": "unsubstantiated", "removed": "yes"}, ["dbs"]),
        ({"finding": "unsubstantiated", "removed": "yes", "teacher": "yes"}, ["dbs", "tra"]),
    ],
)
def test_a_referral_by_law_is_called_for_by_what_was_found(change, bodies):
    found = case(entry(Deed.DECIDED, GRAVE), entry(Deed.FOUND_OF_ADULT, {**FOUND, **change}))
    assert [body.key for body in allegation.barring_owed(found, ADULTS)] == bodies
    for body in bodies:
        found = replace(found, barred={**found.barred, body: Barred.NOT_NEEDED})
    assert allegation.barring_owed(found, ADULTS) == ()


DEEDS = st.sampled_from([
    entry(Deed.DECIDED, GRAVE), entry(Deed.DECIDED, {"adult_is": "low_level"}), entry(Deed.MADE_GRAVER),
    entry(Deed.CHILD_ASKED, {"child_is": "none"}), entry(Deed.CHILD_ASKED, {"child_is": "named"}, child_part="x"),
    entry(Deed.STRATEGY, {"meeting_is": "planned"}, due=AT.isoformat()),
    entry(Deed.STRATEGY, {"meeting_is": "held"}), entry(Deed.SUSPENSION), entry(
        Deed.SUSPENSION, {"suspended": "suspended"}
    ), entry(Deed.REOPENED),
    entry(Deed.ADULT_SUPPORT, {"adult_told": "told"}), entry(Deed.ADULT_SUPPORT, {"adult_told": "not_yet"}),
    *(entry(Deed.FOUND_OF_ADULT, {"finding": one.value, "removed": "yes", "teacher": "yes"}) for one in Finding),
    *(entry(Deed.BARRING, {"barring_body": body.key, "barring_is": "referred"}) for body in ADULTS.barring),
    entry(Deed.ACCEPTED), entry(Deed.READ),
])  # fmt: skip


@given(st.lists(DEEDS, max_size=12), st.sampled_from(list(Weight)), st.booleans())
def test_whatever_was_done_in_whatever_order_it_can_be_closed_only_as_the_domain_says(entries, weight, told):
    found = case(*entries, weight=weight)
    since = AT if told else None
    closes = allegation.unsettled(found, ADULTS, told=since) == ""
    if found.low_level:
        assert closes
        assert owed(found, told=since) == []
        return
    settled = found.child in {ChildIs.NAMED, ChildIs.NONE} and not allegation.barring_owed(found, ADULTS)
    assert closes == (told and settled and found.finding is not None and found.raised_at is None)


@given(st.lists(DEEDS, max_size=12))
def test_a_step_that_is_owed_has_a_name_of_its_own(entries):
    found = allegation.owed(case(*entries), ADULTS, CALENDAR, told=None)
    assert len({one.name for one in found}) == len(found)
    assert [one.due for one in found] == sorted(one.due for one in found)


def test_a_review_belongs_to_its_term_or_to_the_one_that_has_ended():
    terms = CALENDAR.terms
    assert low_level.term_of(CALENDAR, terms[0].first - timedelta(days=1)) is None
    for days in (0, 40, 500):
        assert low_level.term_of(CALENDAR, terms[0].first + timedelta(days=days)) == terms[0]


def test_it_is_asked_for_only_while_school_is_open_near_the_end_of_the_term():
    two = replace(CALENDAR, terms=(*CALENDAR.terms, Term(first=AT.date().replace(year=2027, month=1, day=5),
                                                         last=AT.date().replace(year=2027, month=3, day=25))))
    asked = {}
    for days in range(40):
        for hour in (0, 10):
            at = AT.replace(hour=hour) + timedelta(days=days)
            if (due := low_level.asked(two, 14, at=at)) is not None:
                asked[at.date().isoformat()] = due[1]
    assert min(asked) == "2026-12-04"
    assert [day for day, which in asked.items() if which is Asked.AGAIN] == ["2026-12-16", "2026-12-17", "2026-12-18"]
    assert max(asked) == "2026-12-18"
