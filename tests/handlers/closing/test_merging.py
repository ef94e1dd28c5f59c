"""Merging takes two: one lead proposes, another agrees, and nothing crosses between what different people may see."""

import pytest

from handlers.conversation import Complaints, Tell
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, Status
from handlers.ui.card import Press
from tests.handlers.school import (
    ABOUT_LEE,
    ANSWERS,
    DANA,
    HELEN,
    LEE,
    MIA,
    OTHER_MIA,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    words,
)

WHY = "CANARY one event, told by two people."


async def owned(here: Here) -> Concern:
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    return concern


async def proposes(here: Here, concern: Concern, other: Concern, by=LEE):
    form = await here.opens(by, Press.MERGE, concern.id)
    return await here.send(by, form, {"into": other.reference, "reason": WHY})


async def answers(here: Here, concern: Concern, yes: str, by=PRIYA):
    form = await here.opens(by, Press.AGREE_MERGE, concern.id)
    assert WHY in str(form.parts)
    return await here.send(by, form, {"agreed": yes, "why": "I have read both."})


async def two(here: Here) -> tuple[Concern, Concern]:
    return await owned(here), await here.raises(TOM, {**ANSWERS, "child_1": str(OTHER_MIA.id)})


async def test_nothing_is_merged_until_another_lead_agrees(here):
    concern, other = await two(here)
    assert "A second person is being asked" in words(await proposes(here, concern, other))
    assert (await here.concern(concern.id)).status is Status.ACCEPTED
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
        asked = [item.notice for item in claimed if item.notice.kind is NoticeKind.MERGE]
        cards = [await draw(uow, notice, at=here.at) for notice in asked]
    assert {notice.to for notice in asked} == {PRIYA.id, DANA.id}
    assert all("Read and answer" in str(card) and "CANARY" not in str(card) for card in cards)
    assert "not whoever proposed it" in words(await here.press(LEE, Press.AGREE_MERGE, concern.id))
    assert "no such concern" in words(await here.press(TESS, Press.AGREE_MERGE, concern.id))


async def test_once_another_agrees_it_goes_on_in_the_other_with_what_is_owed(here):
    concern, other = await two(here)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    asked = {"owner": str(TOM.id), "what": "Ring home.", "due_date": "2026-11-27", "kind": "call_home"}
    await here.send(LEE, form, asked)
    await proposes(here, concern, other)
    assert "has been merged into" in words(await answers(here, concern, "yes"))
    merged, joined = await here.concern(concern.id), await here.concern(other.id)
    assert (merged.status, merged.merged_into) == (Status.CLOSED, other.id)
    assert joined.children == {MIA.id, OTHER_MIA.id}
    async with here.units(SCHOOL.id) as uow:
        assert [action.concern for action in await uow.actions.open()] == [other.id]
        entry = next(e.entry for e in await uow.trail.of(concern.id) if e.entry.deed is Deed.MERGED)
    assert (entry.by, entry.facts["proposed_by"]) == (PRIYA.id, str(LEE.id)), "both people are in the trail"
    assert WHY in str((await here.opens(LEE, Press.OPEN, other.id)).parts)
    assert "has been merged into another one" in words(await here.press(LEE, Press.REOPEN, concern.id))
    assert "has been merged into another one" in words(await here.press(DANA, Press.MERGE, concern.id))


async def test_where_the_second_does_not_agree_both_go_on_and_who_proposed_it_is_told(here):
    concern, other = await two(here)
    await proposes(here, concern, other)
    assert "stay as they are" in words(await answers(here, concern, "no"))
    assert (await here.concern(concern.id)).merged_into is None
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
    assert LEE.id in {item.notice.to for item in claimed if item.notice.kind is NoticeKind.CHASE}
    assert "has been settled" in words(await here.press(DANA, Press.AGREE_MERGE, concern.id))


async def test_two_who_agree_at_once_merge_it_once(here):
    concern, other = await two(here)
    await proposes(here, concern, other)
    form = await here.opens(DANA, Press.AGREE_MERGE, concern.id)
    await answers(here, concern, "yes")
    late = await here.send(DANA, form, {"agreed": "yes", "why": "So have I."})
    assert "has been merged into another one" in words(late) or "has been settled" in words(late)
    assert here.mishaps == []
    async with here.units(SCHOOL.id) as uow:
        deeds = [line.entry.deed for line in await uow.trail.of(concern.id)]
    assert deeds.count(Deed.MERGED) == 1


async def test_nothing_is_merged_across_what_different_people_may_see(here):
    concern, adult = await owned(here), await here.raises(TESS, ABOUT_LEE)
    recused = await here.raises(TESS, {**ANSWERS, "close": str(DANA.id)})
    for into, said in ((adult, "not yours to see"), (recused, "not open to the same people")):
        assert said in (await proposes(here, concern, into)).by_field["into"]


async def test_what_changed_since_it_was_proposed_is_looked_at_again(here):
    """A lead is named in the one meanwhile: the two are not open to the same people any more."""
    concern, other = await two(here)
    await proposes(here, concern, other)
    form = await here.opens(PRIYA, Press.NAME, other.id)
    await here.send(PRIYA, form, {"person": str(DANA.id), "part": "close", "reason": "Her niece."})
    assert "not open to the same people" in str(await answers(here, concern, "yes"))
    assert (await here.concern(concern.id)).merged_into is None


async def test_where_nobody_else_has_both_it_is_not_merged(here):
    concern, other = await here.raises(TESS, ABOUT_LEE), await here.raises(TOM, ABOUT_LEE)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    said = str(await proposes(here, concern, other, by=HELEN))
    assert "A second person must agree, and nobody else" in said


@pytest.mark.parametrize("missing", ["agreed", "why"])
async def test_an_answer_needs_a_reason_and_the_form_comes_back_whole(here, missing):
    concern, other = await two(here)
    await proposes(here, concern, other)
    form = await here.opens(PRIYA, Press.AGREE_MERGE, concern.id)
    reply = await here.send(PRIYA, form, {"agreed": "yes", "why": "Read.", missing: ""})
    assert isinstance(reply, Complaints)
    assert WHY in str(reply.form.parts)


async def test_a_card_of_a_proposal_that_is_settled_says_so(here):
    concern, other = await two(here)
    await proposes(here, concern, other)
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
    asked = next(item.notice for item in claimed if item.notice.kind is NoticeKind.MERGE)
    await answers(here, concern, "no")
    async with here.units(SCHOOL.id) as uow:
        assert "settled" in str(await draw(uow, asked, at=here.at))
    assert isinstance(await here.press(PRIYA, Press.AGREE_MERGE, concern.id), Tell)
