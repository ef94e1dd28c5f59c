"""A record is destroyed by two people, never by one and never by somebody it names; the trail outlives it."""

from dataclasses import replace
from datetime import date

import pytest

from handlers.closing import disposing_form
from handlers.conversation import Complaints, OpenForm
from handlers.errors import Damaged
from handlers.notice import NoticeKind
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, ConcernId
from handlers.ui.card import Press
from tests.handlers.acting import assigned, does
from tests.handlers.keeping import names
from tests.handlers.posting import delivered
from tests.handlers.school import DANA, HELEN, LEE, MIA, OTHER_MIA, PEOPLE, PRIYA, SCHOOL, TESS, TOM, Here, words

WHY = "CANARY the order is in the safe."
ORDERED = {"basis": "ordered", "reason": WHY}


async def closed(here: Here, *, by=LEE) -> Concern:
    concern = await here.raises()
    await here.press(by, Press.ACCEPT, concern.id)
    action = await assigned(here, concern)
    await does(here, TOM, Press.DONE, action, what_done="Rang.")
    await here.press(PRIYA, Press.VERIFY, action.id)
    await here.decides(by, concern)
    await here.send(by, await here.opens(by, Press.CLOSE, concern.id), {"outcome": "Resolved."})
    return await here.concern(concern.id)


async def proposes(here: Here, concern: Concern, by=LEE, **answers: str):
    form = await here.opens(by, Press.DISPOSE, concern.id)
    return await here.send(by, form, {**ORDERED, **answers})


async def answers(here: Here, concern: Concern, yes: str, by=PRIYA):
    form = await here.opens(by, Press.AGREE_DISPOSE, concern.id)
    assert WHY in str(form.parts)
    assert "Lee Abara proposes" in str(form.parts)
    return await here.send(by, form, {"agreed": yes, "why": "I have read the order."})


async def stored(here: Here, concern: Concern) -> Concern | None:
    async with here.units(SCHOOL.id) as uow:
        return await uow.concerns.get(concern.id)


async def deeds(here: Here, concern: Concern) -> list[Deed]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(concern.id)]


async def test_nothing_is_destroyed_until_another_agrees_and_who_asked_cannot(here):
    concern = await closed(here)
    assert "Another person is being asked" in words(await proposes(here, concern))
    asked = [(notice.to, card) for notice, card in await delivered(here) if notice.kind is NoticeKind.DISPOSAL]
    assert {to for to, _ in asked} == {PRIYA.id, DANA.id}
    assert all("Read and answer" in str(card) and "CANARY" not in str(card) for _, card in asked)
    assert "not whoever proposed it" in words(await here.press(LEE, Press.AGREE_DISPOSE, concern.id))
    assert "no such concern" in words(await here.press(TESS, Press.AGREE_DISPOSE, concern.id))
    assert "no such concern" in words(await here.press(HELEN, Press.AGREE_DISPOSE, concern.id))
    assert await stored(here, concern) == replace(concern, version=concern.version + 1)


async def test_once_another_agrees_nobody_reads_a_word_of_it_and_the_trail_says_who_did_it(here):
    concern = await closed(here)
    await proposes(here, concern)
    await delivered(here)
    assert "Nobody can read it again" in words(await answers(here, concern, "yes"))
    assert await stored(here, concern) is None
    for by, press in ((LEE, Press.OPEN), (PRIYA, Press.CHRONOLOGY), (LEE, Press.REOPEN), (PRIYA, Press.AGREE_DISPOSE)):
        assert "no such concern" in words(await here.press(by, press, concern.id))
    assert "no such concern" in words(await here.press(TESS, Press.TOLD, concern.id))
    async with here.units(SCHOOL.id) as uow:
        assert await uow.concerns.find(concern.reference) is None
        assert await uow.concerns.of_pupil(MIA.id) == []
        line = next(line for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.DISPOSED)
        with pytest.raises(Damaged):
            await uow.trail.answers(concern.id)
        with pytest.raises(Damaged):
            await uow.trail.of(concern.id, words=True)
    assert (line.entry.deed, line.entry.by) == (Deed.DISPOSED, PRIYA.id)
    assert line.entry.facts == {"basis": "ordered", "proposed_by": str(LEE.id), "reference": concern.reference}
    assert here.mishaps == []


async def test_both_are_told_and_no_card_of_it_stands_any_more(here):
    concern = await closed(here)
    await proposes(here, concern)
    await delivered(here)
    await answers(here, concern, "yes")
    shown = await delivered(here)
    told = [(notice.to, card.summary) for notice, card in shown if card is not None and concern.reference in str(card)]
    assert told == [(LEE.id, f"The record of concern {concern.reference} is destroyed")]
    gone = {notice.kind for notice, card in shown if card is None}
    assert {NoticeKind.TRIAGE, NoticeKind.RECEIPT, NoticeKind.DISPOSAL} <= gone


async def test_where_the_second_does_not_agree_it_is_kept_and_who_proposed_it_is_told(here):
    concern = await closed(here)
    await proposes(here, concern)
    await delivered(here)
    assert "is kept" in words(await answers(here, concern, "no"))
    assert await stored(here, concern) is not None
    said = [card.summary for notice, card in await delivered(here) if notice.to == LEE.id and card is not None]
    assert any("Priya Raman did not agree to dispose of" in line for line in said)
    assert "has been settled" in words(await here.press(DANA, Press.AGREE_DISPOSE, concern.id))
    assert (await deeds(here, concern))[-1] is Deed.DISPOSAL_REFUSED


@pytest.mark.parametrize("days", [13, 14])
async def test_a_proposal_that_nobody_answers_lapses_and_can_be_made_again(here, days):
    concern = await closed(here)
    await proposes(here, concern)
    here.later(days=days)
    reply = await here.press(PRIYA, Press.AGREE_DISPOSE, concern.id)
    assert isinstance(reply, OpenForm) if days < 14 else "too long ago" in words(reply)
    if days >= 14:
        await proposes(here, concern)
        assert isinstance(await here.press(PRIYA, Press.AGREE_DISPOSE, concern.id), OpenForm)


async def test_whoever_is_named_in_it_neither_proposes_nor_agrees_and_their_proposal_falls(here):
    concern = await closed(here)
    await proposes(here, concern)
    await names(here, PRIYA, concern, LEE)
    assert "no such concern" in words(await here.press(LEE, Press.DISPOSE, concern.id))
    assert "has been settled" in words(await here.press(DANA, Press.AGREE_DISPOSE, concern.id))
    await proposes(here, concern, by=PRIYA)
    assert "no such concern" in words(await here.press(LEE, Press.AGREE_DISPOSE, concern.id))
    assert isinstance(await here.press(DANA, Press.AGREE_DISPOSE, concern.id), OpenForm)


async def test_it_is_kept_until_its_time_is_over_unless_that_is_ordered(here, reads_again):
    concern = await closed(here)
    reply = await proposes(here, concern, basis="over")
    assert isinstance(reply, Complaints)
    assert "It is to be kept until Fri 24 Nov 2051" in reply.by_field["basis"]
    assert "Fri 24 Nov 2051" in str(reply.form.parts)
    await reads_again(pupils=(replace(MIA, born=date(2001, 11, 24)), OTHER_MIA))
    assert "Another person is being asked" in words(await proposes(here, concern, basis="over"))


async def test_what_had_gone_on_in_it_goes_with_it(here):
    first, concern = await here.raises(TOM), await here.raises()
    for one in (first, concern):
        await here.press(LEE, Press.ACCEPT, one.id)
    form = await here.opens(LEE, Press.MERGE, first.id)
    await here.send(LEE, form, {"into": concern.reference, "reason": "One event."})
    form = await here.opens(PRIYA, Press.AGREE_MERGE, first.id)
    await here.send(PRIYA, form, {"agreed": "yes", "why": "One event."})
    await here.decides(LEE, concern)
    await here.send(LEE, await here.opens(LEE, Press.CLOSE, concern.id), {"outcome": "Resolved."})
    assert "merged into another one" in words(await here.press(LEE, Press.DISPOSE, first.id))
    await proposes(here, concern)
    await answers(here, concern, "yes")
    for one in (first, concern):
        assert await stored(here, one) is None
        assert (await deeds(here, one))[-1] is Deed.DISPOSED
        async with here.units(SCHOOL.id) as uow:
            with pytest.raises(Damaged):
                await uow.trail.answers(ConcernId(one.id))


async def test_opened_again_it_is_not_destroyed_on_what_was_agreed_before(here):
    concern = await closed(here)
    await proposes(here, concern)
    form = await here.opens(PRIYA, Press.AGREE_DISPOSE, concern.id)
    await here.send(DANA, await here.opens(DANA, Press.REOPEN, concern.id), {"reason": "She came back."})
    assert "has been settled" in words(await here.send(PRIYA, form, {"agreed": "yes", "why": "Read."}))
    assert "Close this concern first" in words(await here.press(LEE, Press.DISPOSE, concern.id))


async def test_two_who_agree_at_once_destroy_it_once(here):
    concern = await closed(here)
    await proposes(here, concern)
    late = await here.opens(DANA, Press.AGREE_DISPOSE, concern.id)
    await answers(here, concern, "yes")
    assert "no such concern" in words(await here.send(DANA, late, {"agreed": "yes", "why": "So have I."}))
    assert (await deeds(here, concern)).count(Deed.DISPOSED) == 1


async def test_where_nobody_else_receives_it_that_is_said_at_the_press(here, reads_again):
    concern = await closed(here)
    await reads_again(people=[line for line in PEOPLE if line[0] not in {PRIYA, DANA}])
    assert "nobody else receives this concern" in words(await here.press(LEE, Press.DISPOSE, concern.id))


@pytest.mark.parametrize("missing", ["agreed", "why"])
async def test_an_answer_needs_a_reason_and_the_form_comes_back_whole(here, missing):
    concern = await closed(here)
    await proposes(here, concern)
    form = await here.opens(PRIYA, Press.AGREE_DISPOSE, concern.id)
    reply = await here.send(PRIYA, form, {"agreed": "yes", "why": "Read.", missing: ""})
    assert isinstance(reply, Complaints)
    assert reply.form.parts == form.parts
    assert disposing_form.YOURS in str(reply.form.parts)
