""""I am not satisfied": a concern of its own about how one was handled, out of sight of whoever handled it."""

import pytest

from handlers import search
from handlers.conversation import Complaints, FormSubmitted, Tell
from handlers.overview import digests
from handlers.post.cards import draw
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import About, Route
from handlers.ui.card import Press
from handlers.ui.form import Source
from tests.handlers.receiving import decided_and_closed, everything_waiting, told
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
    words,
)

SAID = {"not_satisfied": "SECRET nobody rang the mother", "hoped_for": "That somebody looks at it again."}


async def accepted(here: Here, by=LEE, answers=ANSWERS):
    concern = await here.raises(answers=answers)
    await here.press(by, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def not_satisfied(here: Here, concern, by=TESS):
    """Raise it; the new concern as it is stored."""
    form = await here.opens(by, Press.NOT_SATISFIED, concern.id)
    reply = await here.send(by, form, SAID)
    assert isinstance(reply, Tell), reply
    assert "Your concern has been received" in words(reply)
    return await newest(here, by)


async def newest(here: Here, by):
    async with here.units(SCHOOL.id) as uow:
        raised = {(await uow.trail.of(one.id))[0].sequence: one for one in await uow.concerns.reported_by(by.id)}
        return raised[max(raised)]


async def test_it_goes_to_the_head_without_the_lead_who_has_it(here):
    first = await accepted(here)
    new = await not_satisfied(here, first)
    assert (new.about, new.route) == (About.PRACTICE, Route.HEAD)
    assert new.named == {LEE.id}
    assert new.reference != first.reference
    form = await here.opens(HELEN, Press.OPEN, new.id)
    said = told(form)
    assert "SECRET nobody rang the mother" in said
    assert "That somebody looks at it again." in said
    assert first.reference in said
    assert "sleeve" not in said


async def test_whom_it_was_offered_to_and_who_had_it_before_are_left_out_too(here):
    first = await accepted(here)
    form = await here.opens(LEE, Press.HAND_OVER, first.id)
    await here.send(LEE, form, {"to": str(PRIYA.id), "note": "In court."})
    assert (await not_satisfied(here, first)).named == {LEE.id, PRIYA.id}
    await here.press(PRIYA, Press.ACCEPT, first.id)
    assert (await not_satisfied(here, first)).named == {LEE.id, PRIYA.id}


@pytest.mark.parametrize("answers", [{**ANSWERS, "close": str(HELEN.id)}, ABOUT_LEE], ids=["named", "the owner"])
async def test_where_the_head_is_named_or_has_had_it_it_goes_to_the_chair(here, answers):
    owner = HELEN if answers is ABOUT_LEE else LEE
    first = await accepted(here, by=owner, answers=answers)
    new = await not_satisfied(here, first)
    assert new.route is Route.CHAIR
    assert HELEN.id in new.named
    assert "SECRET" in told(await here.opens(COLIN, Press.OPEN, new.id))


async def test_where_nobody_has_accepted_the_first_it_goes_to_the_head(here):
    new = await not_satisfied(here, await here.raises())
    assert (new.route, new.named) == (Route.HEAD, frozenset())


async def test_a_concern_that_named_somebody_names_them_here_too(here):
    first = await here.raises(answers=ABOUT_HELEN)
    new = await not_satisfied(here, first)
    assert HELEN.id in new.named
    assert new.route is not Route.HEAD


async def test_the_lead_whom_it_is_about_finds_no_trace_of_it(here):
    first = await accepted(here)
    await everything_waiting(here)
    before = await here.concern(first.id)
    async with here.units(SCHOOL.id) as uow:
        trail = list(await uow.trail.of(first.id))
    new = await not_satisfied(here, first)

    sent = await everything_waiting(here)
    assert {notice.to for notice in sent} == {HELEN.id, TESS.id}
    assert all(notice.subject == new.id for notice in sent)
    assert await here.concern(first.id) == before
    async with here.units(SCHOOL.id) as uow:
        assert list(await uow.trail.of(first.id)) == trail
        for notice in sent:
            if notice.to != HELEN.id:
                continue
            card = await draw(uow, notice, at=here.at)
            assert first.reference not in told(card) + card.summary
        digest = told(await digests.draw(uow, at=here.at))
        assert new.reference not in digest
        assert first.reference in digest
        assert await search.suggest(uow, Source.STAFF, new.reference, by=TESS) == ()
    assert new.reference not in told(await here.opens(LEE, Press.OPEN, first.id))
    for press in (Press.OPEN, Press.ACCEPT, Press.ESCALATE, Press.NOT_SATISFIED, Press.ADD):
        assert "no such concern" in words(await here.press(LEE, press, new.id))
    mine = await here.command(LEE, "mine")
    assert new.reference not in str(mine)
    for lead in (PRIYA, DANA):
        assert "no such concern" in words(await here.press(lead, Press.OPEN, new.id))


async def test_it_stays_out_of_their_sight_while_it_is_chased_and_handed_on(here):
    from handlers.triage import chasing

    new = await not_satisfied(here, await accepted(here))
    await everything_waiting(here)
    here.later(days=4)
    await chasing.chase_unaccepted(here.units, {}, at=here.at)
    about_it = {notice.to for notice in await everything_waiting(here) if notice.subject == new.id}
    assert about_it
    assert LEE.id not in about_it


async def test_sent_twice_it_is_one_concern_with_the_same_receipt(here):
    first = await accepted(here)
    form = await here.opens(TESS, Press.NOT_SATISFIED, first.id)
    replies = [await here.send(TESS, form, SAID) for _ in range(2)]
    assert str(replies[0]) == str(replies[1])
    async with here.units(SCHOOL.id) as uow:
        assert len(await uow.concerns.reported_by(TESS.id)) == 2


async def test_what_is_unsatisfactory_must_be_said(here):
    form = await here.opens(TESS, Press.NOT_SATISFIED, (await accepted(here)).id)
    reply = await here.send(TESS, form, {"hoped_for": "More."})
    assert isinstance(reply, Complaints)
    assert reply.by_field == {"not_satisfied": "Please write something here."}
    assert reply.form.values == {"hoped_for": "More."}


async def test_nobody_but_the_reporter_may_say_so(here):
    first = await accepted(here)
    assert "no such concern" in words(await here.press(TOM, Press.NOT_SATISFIED, first.id))
    form = await here.opens(TESS, Press.NOT_SATISFIED, first.id)
    assert "no such concern" in words(await here.send(TOM, form, SAID))


async def test_it_can_be_said_after_the_concern_is_closed_and_of_the_answer_too(here):
    first = await accepted(here)
    await decided_and_closed(here, first)
    new = await not_satisfied(here, first)
    await here.press(HELEN, Press.ACCEPT, new.id)
    again = await not_satisfied(here, new)
    assert again.route is Route.CHAIR
    assert again.named == {LEE.id, HELEN.id}


async def test_where_it_goes_on_in_another_whoever_has_that_one_is_left_out_too(here):
    first, other = await accepted(here), await accepted(here, by=PRIYA)
    async with here.units(SCHOOL.id) as uow:
        merged = (await uow.concerns.get(first.id)).merge(other.id, at=here.at)
        await uow.concerns.save(merged, because=Entry(deed=Deed.CLOSED, at=here.at, by=LEE.id, thing=first.id))
    assert (await not_satisfied(here, first)).named == {LEE.id, PRIYA.id}


async def test_a_key_that_is_none_of_ours_is_refused(here):
    sent = FormSubmitted(who=account(TESS), form="not_satisfied", key="x", page=1, values=SAID)
    assert "no such concern" in words(await here.answers(sent))
