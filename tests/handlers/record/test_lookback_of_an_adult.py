"""The look-back of a concern about an adult shows the earlier ones about the same adult, to whoever may see them."""

import pytest

from handlers.conversation import Tell
from handlers.rules.people import Person
from handlers.ui.card import Press
from tests.handlers.school import ANSWERS, HELEN, LEE, MIA, SCHOOL, TESS, TOM, Here, about_adult
from tests.handlers.triage.test_adults import ALLEGATION, LOW_LEVEL, form_for

LOW = {**about_adult(TOM), "adult_weight": "low_level"}


async def looks_back(here: Here, by: Person, concern) -> str:
    await here.press(by, Press.ACCEPT, concern.id)
    return str((await here.opens(by, Press.DECIDE, concern.id)).parts)


async def test_a_third_low_level_concern_shows_the_two_before_and_says_that_they_add_up(here: Here):
    first, second, third = [await here.raises(answers=LOW) for _ in range(3)]
    read = await looks_back(here, HELEN, third)
    assert "Tom Whitlow · adult" in read
    assert "2 earlier concerns" in read
    assert first.reference in read
    assert second.reference in read
    assert "A low-level concern" in read
    assert "Several low-level concerns about the same adult" in read
    assert "no earlier record" not in read


@pytest.mark.parametrize("weight", ["allegation", "low_level"])
async def test_what_is_graver_or_about_somebody_else_is_told_apart(here: Here, weight: str):
    before = await here.raises(answers={**LOW, "adult_weight": weight})
    other = await here.raises(answers={**about_adult(TESS), "adult_weight": weight})
    close = await here.raises(answers={**ANSWERS, "close": str(LEE.id)})
    read = await looks_back(here, HELEN, await here.raises(answers=LOW))
    assert "One earlier concern." in read
    assert before.reference in read
    assert other.reference not in read
    assert close.reference not in read


async def test_the_leads_look_back_at_a_child_tells_nothing_of_the_adult(here: Here):
    adult = await here.raises(answers={**LOW, "child_1": str(MIA.id), "role_1": "harmed"})
    read = await looks_back(here, LEE, await here.raises())
    assert adult.reference not in read
    assert "Tom Whitlow" not in read


async def test_the_first_one_says_that_there_is_none_before_it(here: Here):
    assert "No earlier concern." in await looks_back(here, HELEN, await here.raises(answers=LOW))


async def test_of_an_adult_on_no_list_it_is_said_that_nothing_could_be_looked_up(here: Here):
    told = {**LOW, "adult": "", "adult_other": "A supply teacher called Quill", "adult_post": "staff"}
    read = await looks_back(here, HELEN, await here.raises(answers=told))
    assert "nothing could be looked up" in read
    assert SCHOOL.name not in read


async def test_what_it_was_judged_to_be_stands_there_and_counts_and_not_what_it_was_said_to_be(here: Here):
    said_low = await here.raises(answers=LOW)
    judged_low = await here.raises(answers={**LOW, "adult_weight": "allegation"})
    for concern, answers in ((said_low, ALLEGATION), (judged_low, LOW_LEVEL)):
        assert isinstance(await here.send(HELEN, await form_for(here, concern), answers), Tell)
    third = await here.raises(answers=LOW)
    read = await looks_back(here, HELEN, third)
    assert f"{said_low.reference}, Tue 24 Nov', 'An allegation" in read
    assert f"{judged_low.reference}, Tue 24 Nov', 'A low-level concern" in read
    _, _, noticed = read.partition("Several low-level concerns about the same adult")
    assert f"{judged_low.reference}, {third.reference}" in noticed
    assert said_low.reference not in noticed
