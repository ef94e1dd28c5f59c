"""Somebody leaves and comes back under another key: what was kept from them is kept from them still."""

from dataclasses import replace
from uuid import UUID

import pytest

from handlers.conversation import OpenForm
from handlers.need_to_know import coming_back
from handlers.rules import same_person
from handlers.rules.chronology import Deed
from handlers.rules.people import Login, Person, PersonId, PupilId, Role
from handlers.ui.card import Press
from tests.handlers.keeping import entries
from tests.handlers.posting import chat_with, works
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    ANSWERS,
    HELEN,
    LEE,
    MIA,
    OTHER_MIA,
    PRIYA,
    TESS,
    Here,
    words,
)
from tests.handlers.triage.test_leavers import shown, without

CLOSE_TO_PRIYA = {**ANSWERS, "close": str(PRIYA.id)}
NOT_YOURS = "There is no such concern, or it is not yours to see."


def again(person: Person, **changed) -> tuple[Person, tuple[Login, ...]]:
    """The same person under another key, with the account that they had."""
    back = replace(person, id=PersonId(UUID(int=7700 + person.id.int)), **changed)
    return back, (Login(platform="slack", tenant="T0SCHOOL", user=f"U{person.id.int}"),)


@pytest.mark.parametrize("name", ["Priya Raman", "RAMAN, Priya", "Ms Priya Raman"])
async def test_whoever_was_too_close_to_it_loses_it_again_with_the_reason(here: Here, post, reads_again, name):
    concern = await here.raises(TESS, CLOSE_TO_PRIYA)
    other = await here.raises(TESS)
    back, held = again(PRIYA, name=name)
    await reads_again(people=[*without(PRIYA), (back, held)])
    assert isinstance(await here.press(PRIYA, Press.OPEN, concern.id), OpenForm), "their key is another one by now"
    assert await coming_back.name_again(here.units, at=here.at) == 1
    assert await coming_back.name_again(here.units, at=here.at) == 0
    assert words(await here.press(PRIYA, Press.OPEN, concern.id)) == NOT_YOURS
    assert isinstance(await here.press(PRIYA, Press.OPEN, other.id), OpenForm)
    (entry,) = await entries(here, concern, Deed.NAMED)
    assert (entry.by, entry.facts["person"], entry.facts["part"]) == (None, str(back.id), "close")
    assert entry.words["reason"] == coming_back.REASON
    assert coming_back.REASON in str((await here.opens(LEE, Press.CHRONOLOGY, concern.id)).parts)
    await works(here, post)
    assert concern.reference not in shown(post, chat_with(PRIYA))
    board = str(await here.command(PRIYA, "board"))
    assert concern.reference not in board
    assert other.reference in board


async def test_by_the_mail_too_under_a_married_name(here: Here, reads_again):
    mailed = replace(PRIYA, mail="p.raman@school.example")
    await reads_again(people=[*without(PRIYA), (mailed, again(PRIYA)[1])])
    concern = await here.raises(TESS, CLOSE_TO_PRIYA)
    await reads_again(people=[*without(PRIYA), again(mailed, name="Priya Osei", mail="P.Raman@school.example")])
    await coming_back.name_again(here.units, at=here.at)
    assert words(await here.press(PRIYA, Press.OPEN, concern.id)) == NOT_YOURS


async def test_a_lead_whom_it_was_about_and_who_is_head_now_is_passed_by(here: Here, reads_again):
    """The head receives it by their post, and leaves every pool by being named."""
    concern = await here.raises(TESS, ABOUT_LEE)
    promoted = again(LEE, roles=frozenset({Role.HEAD}))
    await reads_again(people=[*without(LEE, HELEN), promoted])
    await coming_back.name_again(here.units, at=here.at)
    assert words(await here.press(LEE, Press.OPEN, concern.id)) == NOT_YOURS


async def test_nobody_is_named_whose_name_is_another_or_who_never_left(here: Here, reads_again):
    await here.raises(TESS, CLOSE_TO_PRIYA)
    await here.raises(TESS, ABOUT_HELEN)
    await reads_again(people=[*without(PRIYA), again(PRIYA, name="Priya Ramos")])
    assert await coming_back.name_again(here.units, at=here.at) == 0
    await reads_again()
    assert await coming_back.name_again(here.units, at=here.at) == 0


@pytest.mark.parametrize(
    ("changed", "alike"),
    [({}, True), ({"name": "PATEL, Mia"}, True), ({"name": "Mia Pattel"}, False), ({"upn": "B801200005001"}, True)],
)
def test_a_child_of_the_same_name_who_left_may_be_the_same(changed: dict[str, str], alike: bool):
    gone = replace(MIA, active=False)
    back = replace(MIA, id=PupilId(UUID(int=999)), **changed)
    assert same_person.of_one_name(back, [gone, OTHER_MIA]) == ([gone] if alike else [])


def test_a_child_whose_upn_is_another_is_another_child():
    gone = replace(MIA, active=False, upn="P207000016049")
    back = replace(MIA, id=PupilId(UUID(int=999)), upn="B801200005001")
    assert same_person.of_one_name(back, [gone]) == []


async def test_a_child_who_comes_back_under_another_key_has_their_earlier_record_in_the_look_back(
    here: Here, reads_again
):
    before = await here.raises(TESS)
    hidden = await here.raises(TESS, {**ANSWERS, "close": str(LEE.id)})
    back = replace(MIA, id=PupilId(UUID(int=999)), form="9C", year="9")
    await reads_again(pupils=(OTHER_MIA, back))
    now = await here.raises(TESS, {**ANSWERS, "child_1": str(back.id)})
    await here.press(LEE, Press.ACCEPT, now.id)
    read = str((await here.opens(LEE, Press.DECIDE, now.id)).parts)
    assert "A child of this name has left: Mia Patel · 8B · Year 8. If it is the same child" in read
    assert before.reference in read
    assert hidden.reference not in read
