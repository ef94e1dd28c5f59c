"""A concern about an adult is triaged as such: allegation or low-level, the child, what was done before the LADO."""

import pytest

from handlers import allegation
from handlers.conversation import Complaints, NextPage, Tell
from handlers.notice import NoticeKind
from handlers.rules.allegation import ChildIs, Judged
from handlers.rules.chronology import Answers, Deed
from handlers.rules.concern import About, Outcome, Route, Status, Urgency
from handlers.ui.card import Press
from handlers.ui.form import Form
from tests.handlers.referring import entries, waiting
from tests.handlers.school import (
    ANSWERS,
    DECISION,
    HELEN,
    LEE,
    MIA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    about_adult,
)

ABOUT_TOM = about_adult(TOM)
LOW = {**ABOUT_TOM, "adult_weight": "low_level"}
ALLEGATION: Answers = {
    "adult_is": "allegation", "limbs": ("harmed", "suitability"), "rationale": "Two pupils said the same.",
    "child_safe": "yes", "child_is": "not_yet", "child_why": "Nobody knows yet who it was.", "asked_before": "yes",
    "before_what": "The year lead asked him what happened, before anybody knew.",
}
LOW_LEVEL: Answers = {
    "adult_is": "low_level", "rationale": "A sharp word, and nobody was harmed.", "child_safe": "none",
    "asked_before": "no",
}


async def form_for(here: Here, concern, by=HELEN) -> Form:
    await here.press(by, Press.ACCEPT, concern.id)
    page = await here.send(by, await here.opens(by, Press.DECIDE, concern.id), {})
    assert isinstance(page, NextPage), page
    return page.form


async def triaged(here: Here, answers: Answers, *, raised: Answers = ABOUT_TOM, by=HELEN):
    concern = await here.raises(answers=raised)
    reply = await here.send(by, await form_for(here, concern, by), answers)
    assert isinstance(reply, Tell), reply
    return await here.concern(concern.id)


async def case(here: Here, concern):
    async with here.units(SCHOOL.id) as uow:
        return await allegation.case_of(uow, await uow.concerns.get(concern.id))


async def test_it_asks_nothing_of_a_childs_triage_and_says_first_that_nobody_is_interviewed(here: Here):
    form = await form_for(here, await here.raises(answers=ABOUT_TOM))
    names = {field.name for field in form.fields()}
    assert names.isdisjoint({"seen", "parents", "level", "outcome", "kinds_1"})
    words = str(form.parts)
    assert "before you have spoken to the LADO" in words
    assert "The Hub" in words
    limbs = next(field for field in form.fields() if field.name == "limbs")
    assert [option.key for option in limbs.options] == ["harmed", "offence", "risk", "suitability"]


async def test_what_was_judged_and_what_was_done_before_stand_in_the_record(here: Here):
    concern = await triaged(here, ALLEGATION)
    assert (concern.status, concern.outcome, concern.level) == (Status.TRIAGED, Outcome.ADULT_CONDUCT, None)
    found = await case(here, concern)
    assert (found.judged, found.child, found.allegation) == (Judged.ALLEGATION, ChildIs.NOT_YET, True)
    read = str((await here.opens(HELEN, Press.OPEN, concern.id)).parts)
    for words in ("An allegation: it may meet the harm threshold", "Has harmed a child, or may have harmed a child",
                  "Who was asked what, and by whom", "The year lead asked him"):
        assert words in read


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"limbs": ()}, "limbs"),
        ({"adult_is": "low_level"}, "limbs"),
        ({"child_is": ""}, "child_is"),
        ({"child_is": "named"}, "adult_child"),
        ({"child_is": "named", "adult_child": str(MIA.id)}, "adult_child_part"),
        ({"adult_child": str(MIA.id)}, "child_is"),
        ({"child_why": " "}, "child_why"),
        ({"child_safe": "no"}, "safe_how"),
        ({"child_safe": "not_known"}, "safe_how"),
        ({"before_what": ""}, "before_what"),
        ({"rationale": ""}, "rationale"),
        ({"review_date": "2026-11-20"}, "review_date"),
    ],
)
async def test_what_is_missing_or_does_not_fit_is_said_beside_its_field(here: Here, change, field):
    concern = await here.raises(answers=ABOUT_TOM)
    reply = await here.send(HELEN, await form_for(here, concern), {**ALLEGATION, **change})
    assert isinstance(reply, Complaints), reply
    assert list(reply.by_field) == [field]
    assert (await here.concern(concern.id)).status is Status.ACCEPTED


async def test_a_low_level_concern_is_triaged_in_short_and_asks_nobody_to_ring(here: Here):
    concern = await triaged(here, LOW_LEVEL, raised=LOW)
    assert (await case(here, concern)).low_level
    async with here.units(SCHOOL.id) as uow:
        assert not await allegation.must_be_rung(uow, concern)


async def test_what_its_reporter_took_for_low_level_is_an_allegation_from_when_it_is_judged_so(here: Here):
    concern = await here.raises(answers=LOW)
    here.later(hours=30)
    reply = await here.send(HELEN, await form_for(here, concern), ALLEGATION)
    assert "Ring now: The Hub, 01632 960 999" in str(reply)
    assert (await case(here, concern)).since == here.at


async def test_what_was_reported_as_one_and_is_judged_low_level_is_none_any_more(here: Here):
    concern = await triaged(here, LOW_LEVEL)
    async with here.units(SCHOOL.id) as uow:
        assert not await allegation.is_allegation(uow, concern)


async def test_the_childs_triage_is_refused_for_an_adults_concern_and_the_other_way_round(here: Here):
    adult, child = await here.raises(answers=ABOUT_TOM), await here.raises()
    form = await form_for(here, adult)
    await here.press(LEE, Press.ACCEPT, child.id)
    page = await here.send(LEE, await here.opens(LEE, Press.DECIDE, child.id), {})
    for by, key, other, answers in ((HELEN, form.key, page.form, DECISION), (LEE, page.form.key, form, ALLEGATION)):
        reply = await here.send(by, Form(id=other.id, key=key, title="", parts=(), page=99), answers)
        assert "Press “Triage” again" in str(reply)
    assert (await here.concern(adult.id)).status is Status.ACCEPTED
    assert (await here.concern(child.id)).status is Status.ACCEPTED


NAMED = {**ALLEGATION, "child_is": "named", "adult_child": str(MIA.id), "adult_child_part": "harmed", "child_why": ""}


async def leads_part(here: Here, reporter):
    async with here.units(SCHOOL.id) as uow:
        return [one for one in await uow.concerns.reported_by(reporter.id) if one.about is About.CHILD]


async def test_a_child_who_is_named_then_goes_to_the_leads_without_a_word_of_the_adult(here: Here):
    concern = await triaged(here, {**NAMED, "child_safe": "no", "safe_how": "Her aunt has her."})
    (part,) = await leads_part(here, HELEN)
    assert (part.route, part.children, part.urgency) == (Route.LEADS, frozenset({MIA.id}), Urgency.NOW)
    assert TOM.id in part.named
    read = str((await here.opens(LEE, Press.OPEN, part.id)).parts)
    assert "Mia Patel" in read
    assert "kept apart" in read
    for never in ("Tom Whitlow", concern.reference, "year lead", "Two pupils", "aunt", "adult"):
        assert never not in read
    assert (await case(here, concern)).child is ChildIs.NAMED
    assert "Mia Patel" in str((await here.opens(HELEN, Press.OPEN, concern.id)).parts)


async def test_the_leads_are_told_of_the_part_and_nothing_of_the_rest(here: Here):
    await triaged(here, NAMED)
    (part,) = await leads_part(here, HELEN)
    told = await waiting(here, NoticeKind.TRIAGE)
    assert {notice.subject for notice in told if notice.to is None} == {part.id}


async def test_it_is_made_once_however_often_it_is_decided_again(here: Here):
    concern = await triaged(here, NAMED)
    page = await here.send(HELEN, await here.opens(HELEN, Press.DECIDE, concern.id), {})
    assert {"child_is", "adult_child"}.isdisjoint({field.name for field in page.form.fields()})
    assert "part has been made" in str(page.form.parts)
    assert isinstance(await here.send(HELEN, page.form, NAMED), Tell)
    assert len(await leads_part(here, HELEN)) == 1


async def test_where_it_came_with_a_child_the_part_was_made_and_nobody_is_asked_again(here: Here):
    concern = await here.raises(answers={**ANSWERS, "about": "both", "adult": str(TOM.id)})
    form = await form_for(here, concern)
    assert "child_is" not in {field.name for field in form.fields()}
    assert isinstance(await here.send(HELEN, form, {**ALLEGATION, "child_is": ""}), Tell)
    assert (await case(here, concern)).child is ChildIs.NAMED


async def test_what_came_with_another_childs_words_gives_none_of_them_to_the_part(here: Here):
    words = {**LOW, "own_words": "he shouted at me", "told_by": "words", "source": "child"}
    await triaged(here, NAMED, raised=words)
    (part,) = await leads_part(here, HELEN)
    assert "he shouted" not in str((await here.opens(LEE, Press.OPEN, part.id)).parts)


async def test_a_decision_is_one_entry_and_its_facts_tell_nothing_of_it(here: Here):
    concern = await triaged(here, ALLEGATION)
    (decided,) = await entries(here, concern, Deed.DECIDED)
    assert set(decided.facts) == {"outcome", "review", "second", "told"}
    assert "allegation" not in str(dict(decided.facts))
    assert concern.reporter == TESS.id
