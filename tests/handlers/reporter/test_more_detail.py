"""More detail is asked of whoever reported it: read in their window alone, reminded of once, and answered."""

from dataclasses import replace

import pytest

from handlers.account import meant_form
from handlers.conversation import Complaints, NextPage
from handlers.desk import more
from handlers.notice import NoticeKind
from handlers.post.cards import draw
from handlers.reporter import more_detail
from handlers.rules.chronology import Deed
from handlers.ui.card import Press
from tests.handlers.posting import delivered
from tests.handlers.receiving import decided_and_closed, labels, told
from tests.handlers.school import ANSWERS, DANA, LEE, PEOPLE, PRIYA, SCHOOL, TESS, TOM, Here, words

ASKED = "CANARY-ASKED Tell me where she was."
LED = "Was it her stepfather who did it?"


async def accepted(here: Here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    await delivered(here)
    return await here.concern(concern.id)


async def asks(here: Here, concern, by=LEE, asked: str = ASKED):
    return await here.send(by, await here.opens(by, Press.ASK_MORE, concern.id), {"asked": asked})


async def adds(here: Here, concern, more: str = "By the gate."):
    return await here.send(TESS, await here.opens(TESS, Press.ADD, concern.id), {"more": more})


async def came(here: Here, kind: NoticeKind = NoticeKind.MORE_ASKED) -> list:
    return [(notice, card) for notice, card in await delivered(here) if notice.kind is kind]


async def entries(here: Here, concern) -> list:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(concern.id, words=True)]


async def test_the_reporter_alone_gets_a_message_and_what_is_asked_is_in_their_window(here):
    concern = await accepted(here)
    assert "until Wed 25 Nov, 15:30" in words(await asks(here, concern))
    ((notice, card),) = await came(here)
    assert notice.to == TESS.id
    assert card.summary == (
        f"More detail is asked of you about concern {concern.reference}, due by Wed 25 Nov, 15:30. It is yours. "
        "Press “Read and answer”."
    )
    assert labels(card) == ["Read and answer"]
    assert "CANARY" not in told(card)
    window = told(await here.opens(TESS, Press.ADD, concern.id))
    assert ASKED in window
    assert "Ask the child nothing for it." in window


async def test_what_is_added_answers_it_and_whoever_asked_is_told(here):
    concern = await accepted(here)
    await asks(here, concern, by=PRIYA)
    await came(here)
    await adds(here, concern)
    found = await delivered(here)
    assert {n.to for n, _ in found if n.kind is NoticeKind.CHASE} == {LEE.id, PRIYA.id}
    (card,) = [card for notice, card in found if notice.kind is NoticeKind.MORE_ASKED] or [await drawn(here, concern)]
    assert "You have answered it." in told(card)
    assert ASKED not in told(await here.opens(TESS, Press.ADD, concern.id))
    read = told(await here.opens(LEE, Press.CHRONOLOGY, concern.id))
    assert read.index("The reporter was asked for more detail") < read.index("Added by the reporter")
    assert ASKED in read
    assert "What is missing" in read


async def drawn(here: Here, concern):
    async with here.units(SCHOOL.id) as uow:
        notice = next(n for n in await uow.posts.standing(concern.id) if n.kind is NoticeKind.MORE_ASKED)
        return await draw(uow, notice, at=here.at)


async def test_who_has_not_answered_by_home_time_of_the_next_day_is_reminded_once(here):
    concern = await accepted(here)
    await asks(here, concern)
    await came(here)
    here.later(hours=29)
    assert await more_detail.remind_all(here.units, at=here.at) == 0
    here.later(minutes=16)
    assert await more_detail.remind_all(here.units, at=here.at) == 1
    ((_, card),) = await came(here)
    what = f"more detail is asked of you about concern {concern.reference}"
    assert card.summary.startswith(f"Reminder: {what}, due since Wed 25 Nov, 15:30.")
    here.later(days=7)
    assert await more_detail.remind_all(here.units, at=here.at) == 0
    chased = [entry.facts for entry in await entries(here, concern) if entry.deed is Deed.CHASED]
    assert chased == [{"step": "more_asked"}]


@pytest.mark.parametrize("settled", ["answered", "closed", "left", "named"])
async def test_nobody_is_reminded_where_it_is_answered_or_they_can_answer_no_more(here, reads_again, settled):
    concern = await accepted(here)
    await asks(here, concern)
    await came(here)
    if settled == "answered":
        await adds(here, concern)
    elif settled == "closed":
        await decided_and_closed(here, concern)
    elif settled == "left":
        await reads_again(people=[(replace(p, active=p.id != TESS.id), logins) for p, logins in PEOPLE])
    else:
        form = await here.opens(LEE, Press.NAME, concern.id)
        await here.send(LEE, form, {"person": str(TESS.id), "part": "close", "reason": "She was there."})
    await delivered(here)
    here.later(days=3)
    assert await more_detail.remind_all(here.units, at=here.at) == 0
    assert await came(here) == []


async def test_a_question_that_carries_its_answer_comes_back_once_and_may_be_sent_as_it_is(here):
    concern = await accepted(here)
    form = await here.opens(LEE, Press.ASK_MORE, concern.id)
    reply = await here.send(LEE, form, {"asked": LED})
    assert isinstance(reply, NextPage)
    assert LED in told(reply.form)
    assert "carries an answer" in told(reply.form)
    assert reply.form.values == {"asked": LED}
    assert await came(here) == []
    assert "is being asked" in words(await here.send(LEE, reply.form, {"asked": LED}))
    assert "already" in words(await here.send(LEE, reply.form, {"asked": LED}))
    assert len(await came(here)) == 1
    assert [entry.words for entry in await entries(here, concern) if entry.deed is Deed.MORE_ASKED] == [{"asked": LED}]


async def test_who_was_said_not_to_be_meant_is_not_named_because_the_question_comes_back_for_another_reason(here):
    concern = await accepted(here)
    asked = f"{LED} Priya Raman asks."
    name = meant_form.name_of(PRIYA.id)
    reply = await here.send(LEE, await here.opens(LEE, Press.ASK_MORE, concern.id), {"asked": asked})
    assert name in {field.name for field in reply.form.fields()}
    reply = await here.send(LEE, reply.form, {"asked": asked, name: "no"})
    assert "carries an answer" in told(reply.form)
    stands = {field.name: reply.form.values.get(field.name, "") for field in reply.form.fields()}
    assert stands == {"asked": asked, name: "no"}
    assert "is being asked" in words(await here.send(LEE, reply.form, stands))
    assert PRIYA.id not in (await here.concern(concern.id)).named


async def _closed(here: Here, concern) -> str:
    await decided_and_closed(here, concern)
    return "This concern is closed."


async def _named(here: Here, concern) -> str:
    form = await here.opens(LEE, Press.NAME, concern.id)
    await here.send(LEE, form, {"person": str(TESS.id), "part": "close", "reason": "She was there."})
    return "named in it by now"


@pytest.mark.parametrize("made", [_closed, _named])
async def test_who_can_answer_no_more_is_not_asked_and_the_lead_reads_why(here, made):
    concern = await accepted(here)
    form = await here.opens(LEE, Press.ASK_MORE, concern.id)
    why = await made(here, concern)
    await delivered(here)
    assert why in words(await here.press(LEE, Press.ASK_MORE, concern.id))
    refused = await here.send(LEE, form, {"asked": ASKED})
    assert isinstance(refused, Complaints)
    assert why in refused.by_field[""]
    assert await came(here) == []


@pytest.mark.parametrize(
    ("people", "why"),
    [
        ([(replace(p, active=p.id != TESS.id), logins) for p, logins in PEOPLE], "no longer here"),
        ([(p, () if p.id == TESS.id else logins) for p, logins in PEOPLE], "has no account here"),
    ],
    ids=["left", "no account"],
)
async def test_who_has_left_or_has_no_account_is_asked_in_another_way(here, reads_again, people, why):
    concern = await accepted(here)
    await reads_again(people=people)
    said = words(await here.press(LEE, Press.ASK_MORE, concern.id))
    assert why in said
    assert "“Add a note”" in said


async def test_a_relative_is_asked_for_nothing_and_neither_is_who_reported_it_themselves(here):
    theirs = await here.raises(answers={**ANSWERS, "relative": "yes"})
    own = await here.raises(by=DANA)
    assert "asked for nothing through Heard" in words(await here.press(LEE, Press.ASK_MORE, theirs.id))
    assert "You reported this yourself." in words(await here.press(DANA, Press.ASK_MORE, own.id))
    offered = [{offer.press for offer in more.offers(of, by)} for of, by in ((theirs, LEE), (own, DANA), (own, LEE))]
    assert [Press.ASK_MORE in presses for presses in offered] == [False, False, True]


async def test_whoever_may_not_see_the_concern_learns_of_nothing(here):
    concern = await accepted(here)
    await asks(here, concern)
    assert {notice.to for notice, _ in await delivered(here) if notice.place.kind == "person"} <= {TESS.id, LEE.id}
    assert "There is no such concern" in words(await here.press(TOM, Press.ASK_MORE, concern.id))
    assert "There is no such concern" in words(await here.press(TOM, Press.ADD, concern.id))
