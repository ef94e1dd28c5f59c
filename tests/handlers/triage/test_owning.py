"""Who owns a concern: offered, declined, lapsed, taken over; and the clock that chases an owner, each step once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.notice import NoticeKind
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, Status
from handlers.triage.chasing_owned import chase_owned
from handlers.ui.card import Press
from tests.handlers.leavers import leaves_the_staff
from tests.handlers.school import ANSWERS, DANA, LEE, PRIYA, SCHOOL, TESS, TOM, Here, words


async def owned(here: Here, **answers: str) -> Concern:
    concern = await here.raises(answers={**ANSWERS, **answers})
    await here.press(LEE, Press.ACCEPT, concern.id)
    await told(here)
    return concern


async def offered(here: Here) -> Concern:
    concern = await owned(here)
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(PRIYA.id)})
    await told(here)
    return concern


async def told(here: Here) -> set[tuple[NoticeKind, object]]:
    """Who has been told what since the last look, in person."""
    found: set[tuple[NoticeKind, object]] = set()
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                found.add((item.notice.kind, item.notice.to))
                await uow.outbox.settle(item)
    return {pair for pair in found if pair[1]}


async def test_what_is_offered_can_be_declined_with_the_reason_and_stays(here):
    concern = await offered(here)
    form = await here.opens(PRIYA, Press.DECLINE, concern.id)
    answer = words(await here.send(PRIYA, form, {"reason": "I am in court."}))
    assert "stays with Lee Abara, who is being told now" in answer
    after = await here.concern(concern.id)
    assert (after.owner, after.offered_to) == (LEE.id, None)
    assert (NoticeKind.CHASE, LEE.id) in await told(here)
    assert "not being handed over to you" in words(await here.press(DANA, Press.DECLINE, concern.id))


async def test_an_offer_that_nobody_answers_lapses_and_its_owner_is_told_once(here):
    concern = await offered(here)
    here.later(minutes=29)
    assert await chase_owned(here.units, at=here.at) == 0
    here.later(minutes=2)
    assert await chase_owned(here.units, at=here.at) == 1
    after = await here.concern(concern.id)
    assert (after.owner, after.offered_to) == (LEE.id, None)
    assert await told(here) >= {(NoticeKind.CHASE, LEE.id)}
    assert await chase_owned(here.units, at=here.at) == 0


async def test_another_lead_covers_for_an_owner_who_is_away_and_they_are_told(here):
    concern = await owned(here)
    assert "no such concern" in words(await here.press(TOM, Press.COVER, concern.id))
    form = await here.opens(PRIYA, Press.COVER, concern.id)
    assert "yours now" in words(await here.send(PRIYA, form, {"reason": "Lee is away until Monday."}))
    assert (await here.concern(concern.id)).owner == PRIYA.id
    assert (NoticeKind.CHASE, LEE.id) in await told(here)
    assert "You have this concern already" in words(await here.press(PRIYA, Press.COVER, concern.id))


async def test_nobody_takes_over_what_nobody_owns(here):
    concern = await here.raises()
    assert "accept it yourself" in words(await here.press(LEE, Press.COVER, concern.id))


async def test_a_decision_that_is_late_is_asked_of_its_owner_then_of_every_lead(here):
    await owned(here, urgency="week")
    here.later(days=1)
    assert await chase_owned(here.units, at=here.at) == 1
    assert {who for kind, who in await told(here) if kind is NoticeKind.CHASE} == {LEE.id}
    assert await chase_owned(here.units, at=here.at) == 0
    here.later(days=1)
    assert await chase_owned(here.units, at=here.at) == 1
    assert {who for kind, who in await told(here) if kind is NoticeKind.CHASE} == {LEE.id, PRIYA.id, DANA.id}


async def test_after_days_down_everyone_is_told_once_at_the_step_reached(here):
    concern = await owned(here, urgency="week")
    here.later(days=6)
    assert await chase_owned(here.units, at=here.at) == 1
    async with here.units(SCHOOL.id) as uow:
        chased = [e.entry for e in await uow.trail.of(concern.id) if e.entry.deed is Deed.CHASED]
    assert len(chased) == 1
    assert chased[0].facts["step"].startswith("decide_plus_1")


@pytest.mark.parametrize("again", [1, 3])
async def test_a_review_is_asked_for_on_its_day(here, again):
    concern = await owned(here)
    await here.decides(LEE, concern, review_date="2026-12-01")
    await told(here)
    here.at = here.at.replace(month=12, day=1, hour=8, minute=29)
    assert await chase_owned(here.units, at=here.at) == 0
    here.later(minutes=31)
    for _ in range(again):
        await chase_owned(here.units, at=here.at)
    assert {who for kind, who in await told(here) if kind is NoticeKind.CHASE} == {LEE.id}


async def test_a_closed_concern_is_chased_no_more(here):
    concern = await owned(here)
    await here.decides(LEE, concern)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, {"outcome": "Resolved."})
    assert (await here.concern(concern.id)).status is Status.CLOSED
    assert await chase_owned(here.units, at=here.at + timedelta(weeks=20)) == 0


async def test_when_its_owner_has_left_it_goes_back_and_every_lead_is_told(here):
    concern = await owned(here)
    gone = replace(await here.concern(concern.id), owner=TESS.id)
    async with here.units(SCHOOL.id) as uow:
        from handlers.rules.chronology import Entry

        await uow.concerns.save(gone, because=Entry(deed=Deed.ACCEPTED, at=here.at, by=None, thing=concern.id))
    await leaves(here)
    assert await chase_owned(here.units, at=here.at) == 1
    assert {who for kind, who in await told(here) if kind is NoticeKind.CHASE} == {LEE.id, PRIYA.id, DANA.id}
    after = await here.concern(concern.id)
    assert (after.owner, after.status) == (None, Status.SEEN)
    assert await chase_owned(here.units, at=here.at) == 0


async def leaves(here: Here) -> None:
    """Tess is no longer on the staff list."""
    await leaves_the_staff(here.units, TESS.id)
