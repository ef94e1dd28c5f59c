"""The steps of an allegation: the LADO, the child, the meeting, suspension, support, the outcome, referral by law."""

from datetime import timedelta

import pytest

from handlers import allegation
from handlers.conversation import Complaints, NextPage, OpenForm, Reply, Tell
from handlers.rules.adults import Finding
from handlers.rules.allegation import ChildIs, Meeting
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import About, Concern, Status
from handlers.rules.pack import ENGLAND
from handlers.rules.people import Person
from handlers.rules.referral import ReferralStatus
from handlers.ui.card import Press
from handlers.ui.form import Form
from tests.handlers.referring import entries
from tests.handlers.school import ANSWERS, COLIN, HELEN, LEE, MIA, SCHOOL, TOM, Here
from tests.handlers.triage.test_adults import ALLEGATION, LOW, LOW_LEVEL, case, leads_part, triaged

RANG: Answers = {
    "method": "telephone", "agency_contact": "Fern Okoro, LADO", "told_agency": "What two pupils said.",
    "lado_said": "no_answer",
}
ADVISED: Answers = {"lado_said": "meets", "agency_said": "Do not interview. They will hold a meeting."}
NO_CHILD: Answers = {"child_is": "none", "child_why": "It was in his own home."}
CONSIDERED: Answers = {
    "suspended": "alternative", "alternatives": ("accompanied", "other_work"), "suspension_why": "The LADO agrees.",
    "decided_by": "Helen Marsh, advised by the LADO",
}
FOUND: Answers = {"finding": "unfounded", "finding_why": "He was on a trip that day.", "removed": "no", "teacher": "no"}
SUBSTANTIATED: Answers = {**FOUND, "finding": "substantiated", "removed": "yes", "teacher": "yes"}


async def records(here: Here, press: Press, concern: Concern, answers: Answers, by: Person = HELEN) -> Reply:
    """Press, fill the form that opens and send it."""
    reply = await here.press(by, press, concern.id)
    assert isinstance(reply, OpenForm), reply
    return await here.send(by, reply.form, answers)


async def does(here: Here, press: Press, concern: Concern, answers: Answers) -> str:
    reply = await records(here, press, concern, answers)
    assert isinstance(reply, Tell), reply
    return str(reply)


async def reads(here: Here, by: Person, concern: Concern) -> str:
    return str((await here.opens(by, Press.ALLEGATION, concern.id)).parts)


async def referral(here: Here, concern: Concern):
    async with here.units(SCHOOL.id) as uow:
        (found,) = await uow.referrals.of(concern.id)
    return found


async def test_that_the_lado_was_told_and_what_they_advised_are_one_referral(here: Here):
    concern = await triaged(here, ALLEGATION)
    assert "LADO told: not recorded" in (await reads(here, HELEN, concern)).replace("', '", ": ")
    await does(here, Press.LADO, concern, RANG)
    assert (await referral(here, concern)).status is ReferralStatus.SENT
    form = await here.opens(HELEN, Press.LADO, concern.id)
    assert "method" not in {field.name for field in form.fields()}
    assert isinstance(await here.send(HELEN, form, {"agency_contact": "Fern Okoro", **ADVISED}), Tell)
    assert (await referral(here, concern)).status is ReferralStatus.ACCEPTED
    await does(here, Press.LADO, concern, {"agency_contact": "Fern Okoro", **ADVISED, "agency_said": "Tell him now."})
    (later,) = await entries(here, concern, Deed.LADO_SPOKEN)
    assert later.words["agency_said"] == "Tell him now."
    assert (await referral(here, concern)).status is ReferralStatus.ACCEPTED


async def test_no_form_says_before_you_have_spoken_to_the_lado_once_they_have_been_told(here: Here):
    """What a form says of what has not happened yet is drawn from the record, whichever form it is."""
    concern = await triaged(here, ALLEGATION)
    before, after = ENGLAND.words["before_lado"], ENGLAND.words["after_lado"]
    for told in (False, True):
        page = await here.opens(HELEN, Press.DECIDE, concern.id)
        last = await here.send(HELEN, page, {})
        assert isinstance(last, NextPage), last
        for form in (last.form, await here.opens(HELEN, Press.LADO, concern.id)):
            assert (before in str(form.parts), after in str(form.parts)) == (not told, told)
        if not told:
            await does(here, Press.LADO, concern, RANG)


async def test_an_answer_without_what_was_advised_is_not_taken(here: Here):
    concern = await triaged(here, ALLEGATION)
    reply = await records(here, Press.LADO, concern, {**RANG, "lado_said": "meets"})
    assert isinstance(reply, Complaints)
    assert list(reply.by_field) == ["agency_said"]
    async with here.units(SCHOOL.id) as uow:
        assert not await uow.referrals.of(concern.id)


async def test_where_a_child_is_named_it_is_asked_what_the_parents_know(here: Here):
    concern = await here.raises(answers={**ANSWERS, "about": "both", "adult": str(TOM.id)})
    reply = await records(here, Press.LADO, concern, RANG)
    assert isinstance(reply, Complaints)
    assert list(reply.by_field) == ["parents_of_referral"]


async def test_the_child_is_named_later_and_their_part_goes_to_the_leads(here: Here):
    concern = await triaged(here, ALLEGATION)
    named = {"child_is": "named", "adult_child": str(MIA.id), "adult_child_part": "harmed"}
    assert "their part has been made" in await does(here, Press.CHILDS_PART, concern, named)
    (part,) = await leads_part(here, HELEN)
    assert part.children == {MIA.id}
    assert "has been made already" in str(await here.press(HELEN, Press.CHILDS_PART, concern.id))


async def test_or_it_is_recorded_why_there_is_none(here: Here):
    concern = await triaged(here, ALLEGATION)
    await does(here, Press.CHILDS_PART, concern, NO_CHILD)
    assert (await case(here, concern)).child is ChildIs.NONE
    assert not await leads_part(here, HELEN)


@pytest.mark.parametrize(
    ("answers", "field"),
    [
        ({"meeting_is": "planned"}, "event_date"),
        ({"meeting_is": "planned", "event_date": "2026-11-23", "event_time": "10:00"}, "event_date"),
        ({"meeting_is": "held", "event_date": "2026-11-30", "event_time": "10:00"}, "event_date"),
        ({"meeting_is": "held", "event_date": "2026-11-24", "event_time": "10:00"}, "meeting_came_of"),
        ({"meeting_is": "not_held"}, "meeting_came_of"),
        ({"meeting_is": "planned", "event_date": "2026-11-30"}, "event_time"),
    ],
)
async def test_a_meeting_says_when_it_is_and_what_came_of_it(here: Here, answers, field):
    concern = await triaged(here, ALLEGATION)
    reply = await records(here, Press.STRATEGY, concern, answers)
    assert isinstance(reply, Complaints)
    assert list(reply.by_field) == [field]


async def test_a_meeting_is_planned_and_then_held(here: Here):
    concern = await triaged(here, ALLEGATION)
    planned = {"meeting_is": "planned", "event_date": "2026-11-26", "event_time": "14:00"}
    await does(here, Press.STRATEGY, concern, planned)
    assert "planned for Thu 26 Nov, 14:00" in await reads(here, HELEN, concern)
    here.later(days=3)
    held = {**planned, "meeting_is": "held", "meeting_came_of": "The police lead."}
    await does(here, Press.STRATEGY, concern, held)
    assert (await case(here, concern)).meeting is Meeting.HELD


async def test_suspension_is_recorded_with_its_alternatives_who_decided_and_why(here: Here):
    concern = await triaged(here, ALLEGATION)
    form = await here.opens(HELEN, Press.SUSPENSION, concern.id)
    assert "Suspension is never automatic" in str(form.parts)
    for missing in ("suspended", "alternatives", "suspension_why", "decided_by"):
        reply = await here.send(HELEN, form, {**CONSIDERED, missing: ()} if missing == "alternatives" else
                                {**CONSIDERED, missing: ""})
        assert isinstance(reply, Complaints)
        assert list(reply.by_field) == [missing]
    assert isinstance(await here.send(HELEN, form, CONSIDERED), Tell)
    read = str((await here.opens(HELEN, Press.OPEN, concern.id)).parts)
    assert "Another way, named below" in read
    assert "Somebody else is with them whenever they are with children, Other work in school" in read


async def test_support_names_a_contact_or_says_why_the_adult_is_not_told_yet(here: Here):
    concern = await triaged(here, ALLEGATION)
    for answers, field in (
        ({"adult_told": "told", "adult_told_what": "That there is an allegation."}, "named_contact"),
        ({"adult_told": "told", "named_contact": "Ada Kovac"}, "adult_told_what"),
        ({"adult_told": "not_yet"}, "adult_told_what"),
    ):
        reply = await records(here, Press.ADULT_SUPPORT, concern, answers)
        assert isinstance(reply, Complaints)
        assert list(reply.by_field) == [field]
    why = {"adult_told": "not_yet", "adult_told_what": "The police ask us to wait."}
    await does(here, Press.ADULT_SUPPORT, concern, why)
    assert (await case(here, concern)).support_at is None
    told = {"adult_told": "told", "adult_told_what": "What it is about.", "named_contact": "Ada Kovac"}
    await does(here, Press.ADULT_SUPPORT, concern, told)
    assert (await case(here, concern)).support_at == here.at


async def closes(here: Here, concern: Concern) -> Reply:
    reply = await here.press(HELEN, Press.CLOSE, concern.id)
    return await here.send(HELEN, reply.form, {"outcome": "All done."}) if isinstance(reply, OpenForm) else reply


async def test_an_allegation_is_closed_with_its_outcome_and_not_before(here: Here):
    concern = await triaged(here, ALLEGATION)
    assert "LADO was told" in str(await closes(here, concern))
    await does(here, Press.LADO, concern, {**RANG, **ADVISED})
    assert "No child has been named yet" in str(await closes(here, concern))
    await does(here, Press.CHILDS_PART, concern, NO_CHILD)
    assert "closed with its outcome" in str(await closes(here, concern))
    assert "Nothing of it stands in a reference" in await does(here, Press.FINDING, concern, FOUND)
    await closes(here, concern)
    assert (await here.concern(concern.id)).status is Status.CLOSED


async def test_what_is_substantiated_is_closed_once_it_is_said_what_became_of_dbs_and_tra(here: Here):
    concern = await triaged(here, {**ALLEGATION, **NO_CHILD})
    await does(here, Press.LADO, concern, {**RANG, **ADVISED})
    assert "the facts of it, and no opinion" in await does(here, Press.FINDING, concern, SUBSTANTIATED)
    for body, name in (("dbs", "Disclosure and Barring Service"), ("tra", "Teaching Regulation Agency")):
        assert name in str(await closes(here, concern))
        wrong = await records(here, Press.BARRING, concern, {"barring_body": body, "barring_is": "not_needed"})
        assert isinstance(wrong, Complaints)
        assert list(wrong.by_field) == ["barring_why"]
        referred = {"barring_body": body, "barring_is": "referred", "barring_date": "2026-11-24"}
        await does(here, Press.BARRING, concern, referred)
    await closes(here, concern)
    assert (await here.concern(concern.id)).status is Status.CLOSED


@pytest.mark.parametrize("outcome", ENGLAND.adults.outcomes, ids=lambda one: one.finding)
async def test_each_outcome_says_what_may_stand_in_a_reference(here: Here, outcome):
    concern = await triaged(here, ALLEGATION)
    said = await does(here, Press.FINDING, concern, {**FOUND, "finding": outcome.finding.value})
    assert outcome.in_reference in said
    assert outcome.in_reference in await reads(here, HELEN, concern)
    stands = outcome.finding is Finding.SUBSTANTIATED
    assert ("stands in a reference: the facts" in said) is stands
    assert (Press.BARRING.value in str((await here.opens(HELEN, Press.ALLEGATION, concern.id)).fields())) is stands


async def test_opened_again_it_waits_for_a_new_outcome(here: Here):
    concern = await triaged(here, {**ALLEGATION, **NO_CHILD})
    await does(here, Press.LADO, concern, {**RANG, **ADVISED})
    await does(here, Press.FINDING, concern, FOUND)
    await closes(here, concern)
    await does(here, Press.REOPEN, concern, {"reason": "A third pupil spoke."})
    assert (await case(here, concern)).finding is None


LATER = (Press.STRATEGY, Press.SUSPENSION, Press.ADULT_SUPPORT, Press.FINDING, Press.BARRING, Press.CHILDS_PART)


async def test_a_low_level_concern_has_none_of_these_and_closes_at_once(here: Here):
    concern = await triaged(here, LOW_LEVEL, raised=LOW)
    for press in LATER:
        assert "Raise it to an allegation first" in str(await here.press(HELEN, press, concern.id))
    form = await here.opens(HELEN, Press.ALLEGATION, concern.id)
    (asked,) = form.fields()
    assert [option.key for option in asked.options] == ["lado", "graver"]
    assert "No low-level concern stands in a reference" in str(form.parts)
    assert "Outcome of the allegation" not in str((await here.opens(HELEN, Press.CLOSE, concern.id)).parts)
    await closes(here, concern)
    assert (await here.concern(concern.id)).status is Status.CLOSED


async def test_it_is_raised_with_the_earlier_ones_shown_and_waits_for_its_triage_and_the_lado(here: Here):
    before = await here.raises(answers=LOW)
    concern = await triaged(here, LOW_LEVEL, raised=LOW)
    here.later(hours=2)
    form = await here.opens(HELEN, Press.GRAVER, concern.id)
    assert before.reference in str(form.parts)
    reply = await here.send(HELEN, form, {"reason": "It is the second of its kind."})
    assert "Ring now: The Hub" in str(reply)
    found = await case(here, concern)
    assert (found.since, found.raised_at) == (here.at, here.at)
    assert "not triaged as one yet" in str(await closes(here, concern))
    page = await here.send(HELEN, await here.opens(HELEN, Press.DECIDE, concern.id), {})
    assert isinstance(page, NextPage)
    assert isinstance(await here.send(HELEN, page.form, {**ALLEGATION, **NO_CHILD}), Tell)
    assert (await case(here, concern)).raised_at is None
    assert "This is an allegation already" in str(await here.press(HELEN, Press.GRAVER, concern.id))


async def test_the_chair_reads_how_it_stands_and_records_nothing(here: Here):
    concern = await triaged(here, ALLEGATION)
    form = await here.opens(COLIN, Press.ALLEGATION, concern.id)
    assert "An allegation" in str(form.parts)
    assert not form.fields()
    for press in (Press.LADO, *LATER):
        assert "no such concern" in str(await here.press(COLIN, press, concern.id))


async def test_no_lead_and_not_the_adult_learns_that_there_is_one(here: Here):
    concern = await triaged(here, ALLEGATION)
    for person in (LEE, TOM):
        for press in (Press.ALLEGATION, Press.LADO, *LATER):
            assert "no such concern" in str(await here.press(person, press, concern.id))


async def test_a_childs_concern_has_no_such_steps(here: Here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    for press in (Press.ALLEGATION, Press.LADO, Press.GRAVER, *LATER):
        assert "for a concern about an adult who works here" in str(await here.press(LEE, press, concern.id))
    assert "Next steps" not in str((await here.opens(LEE, Press.MORE, concern.id)).parts)
    assert concern.about is About.CHILD


async def test_what_is_chosen_from_the_list_takes_its_place(here: Here):
    concern = await triaged(here, ALLEGATION)
    form = await here.opens(HELEN, Press.ALLEGATION, concern.id)
    reply = await here.send(HELEN, form, {"deed": "suspension"})
    assert isinstance(reply, NextPage)
    assert reply.form.id == "suspension"
    assert isinstance(await here.send(HELEN, reply.form, CONSIDERED), Tell)
    here.later(minutes=1)
    assert here.at - timedelta(minutes=1) == (await case(here, concern)).suspension_at


async def test_a_form_that_is_sent_twice_does_its_work_once(here: Here):
    concern = await triaged(here, ALLEGATION)
    form: Form = await here.opens(HELEN, Press.SUSPENSION, concern.id)
    for _ in range(2):
        assert isinstance(await here.send(HELEN, form, CONSIDERED), Tell)
    assert len(await entries(here, concern, Deed.SUSPENSION)) == 1
    async with here.units(SCHOOL.id) as uow:
        assert await allegation.is_allegation(uow, concern)


async def _says(here: Here, press: Press, concern: Concern) -> str:
    return str((await here.opens(HELEN, press, concern.id)).parts)


async def test_no_form_says_of_what_is_recorded_that_it_is_to_come(here: Here):
    concern = await triaged(here, ALLEGATION)
    first = {Press.STRATEGY: ENGLAND.words["strategy_first"], Press.ADULT_SUPPORT: ENGLAND.words["support_first"]}
    for press, words in first.items():
        assert words in await _says(here, press, concern)
    held = {
        "meeting_is": "held", "event_date": "2026-11-24", "event_time": "10:00", "meeting_came_of": "The police lead."
    }
    here.later(days=1)
    await does(here, Press.STRATEGY, concern, held)
    assert first[Press.STRATEGY] not in await _says(here, Press.STRATEGY, concern)
    assert first[Press.ADULT_SUPPORT] in await _says(here, Press.ADULT_SUPPORT, concern)
    told = {"adult_told": "told", "adult_told_what": "That there is an allegation.", "named_contact": "Ada Kovac"}
    await does(here, Press.ADULT_SUPPORT, concern, told)
    assert first[Press.ADULT_SUPPORT] not in await _says(here, Press.ADULT_SUPPORT, concern)
