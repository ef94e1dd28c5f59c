"""Which of the two Mia Patels: a child is chosen from a list with form and year; a typed name is never guessed."""

from dataclasses import replace
from uuid import uuid4

import pytest

from handlers.conversation import Complaints, FormSubmitted, NextPage, SearchTyped, Suggestions, Tell
from handlers.rules.chronology import Answers
from handlers.rules.people import PupilId
from handlers.ui import who
from handlers.ui.form import Source
from tests.handlers.school import ABOUT_LEE, ANSWERS, MIA, OTHER_MIA, TESS, Here, account

NOBODY = str(uuid4())


async def page(here: Here, number: int, answers: Answers, *, key: str = "", back: bool = False):
    """Page by page up to that one, so that what earlier pages said is there."""
    key = key or str(uuid4())
    for earlier in range(1, number):
        await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=earlier, values=answers))
    return await here.answers(
        FormSubmitted(who=account(TESS), form="concern", key=key, page=number, values=answers, back=back)
    )


async def test_a_search_tells_namesakes_apart_by_form_and_year(here: Here):
    found = await here.answers(SearchTyped(who=account(TESS), source=Source.PUPILS, query="mia pat"))
    assert isinstance(found, Suggestions)
    assert {option.label for option in found.options} == {"Mia Patel · 8B · Year 8", "Mia Patel · 4K · Year 4"}
    assert {option.key for option in found.options} == {str(MIA.id), str(OTHER_MIA.id)}


def test_two_who_are_alike_in_name_form_and_year_are_never_left_to_a_guess():
    twin = replace(MIA, id=PupilId(uuid4()))
    first, second, other = who.pupils([MIA, twin, OTHER_MIA])
    assert first.label == second.label == "Mia Patel · 8B · Year 8 · one of two alike: say which below"
    assert other.label == "Mia Patel · 4K · Year 4"
    long = replace(MIA, name="Mia " + "Patel" * 20)
    assert all(len(option.label) <= 75 for option in who.pupils([long, replace(long, id=twin.id)]))


@pytest.mark.parametrize("field", ["child_1", "child_2"])
@pytest.mark.parametrize("typed", ["Mia Patel", "mia", "Mia Patel · 8B · Year 8", "<Mia>"])
async def test_a_name_that_is_typed_and_not_chosen_is_refused_with_a_clear_sentence(here: Here, field: str, typed: str):
    reply = await page(here, 1 if field == "child_1" else 2, {**ANSWERS, field: typed})
    assert isinstance(reply, Complaints)
    assert reply.by_field[field].startswith(f"“{typed}” was typed here, and no child was chosen")
    assert "choose from the list" in reply.by_field[field]
    assert field not in reply.form.values


async def test_a_typed_name_beside_a_written_one_is_refused_all_the_same(here: Here):
    reply = await page(here, 1, {**ANSWERS, "child_1": "Mia Patel", "child_other": "Mia Patel, 8B"})
    assert isinstance(reply, Complaints)
    assert "child_1" in reply.by_field


async def test_going_back_never_takes_a_typed_name_along(here: Here):
    key = str(uuid4())
    back = await page(here, 2, {**ANSWERS, "child_2": "Mia Patel"}, key=key, back=True)
    assert isinstance(back, NextPage)
    assert "child_2" not in back.form.values
    forward = await page(here, 2, ANSWERS, key=key)
    assert isinstance(forward, NextPage)


async def test_an_id_that_is_nobodys_here_is_refused(here: Here):
    reply = await page(here, 1, {**ANSWERS, "child_1": NOBODY})
    assert isinstance(reply, Complaints)
    assert reply.by_field == {"child_1": "This child is not on the list any more. Choose again from the list."}


async def test_an_adults_typed_name_is_refused_too(here: Here):
    reply = await page(here, 2, {**ABOUT_LEE, "adult": "Lee Abara"})
    assert isinstance(reply, Complaints)
    assert "no person was chosen" in reply.by_field["adult"]


@pytest.mark.parametrize("child", ["Mia Patel", pytest.param(NOBODY, id="nobody")])
async def test_the_quick_form_guesses_nobody_either(here: Here, child: str):
    values = {"child_1": child, "facts": "alone at the gate", "urgency": "today"}
    sent = FormSubmitted(who=account(TESS), form="quick", key=str(uuid4()), page=1, values=values)
    reply = await here.answers(sent)
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {"child_1"}
    assert reply.form.values["facts"] == "alone at the gate"


async def test_a_child_who_is_chosen_is_taken(here: Here):
    assert isinstance(await page(here, 1, {**ANSWERS, "child_1": str(OTHER_MIA.id)}), NextPage)
    concern = await here.raises()
    assert concern.reference
    quick = {"child_1": str(MIA.id), "facts": "alone at the gate", "urgency": "today"}
    sent = FormSubmitted(who=account(TESS), form="quick", key=str(uuid4()), page=1, values=quick)
    assert isinstance(await here.answers(sent), Tell)
