"""More time, a wait, somebody else, another concern: who is told, and when nudges count afresh."""

from dataclasses import replace

import pytest

from handlers.actions import chasing as action_chasing
from handlers.actions import moves as action_moves
from handlers.conversation import OpenForm
from handlers.errors import Refused
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Place, PlaceKind
from handlers.post import cards as drawing
from handlers.recording import record
from handlers.rules.action import ActionStatus
from handlers.rules.chronology import Deed, Entry
from handlers.ui.card import Press
from tests.handlers.acting import WHAT, actions, again, assigned, card, does, labels, local, nudged, owned, told
from tests.handlers.school import (
    ABOUT_LEE,
    DANA,
    HELEN,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    words,
)


async def test_its_owner_asks_for_time_and_a_lead_gives_it(here):
    action = await assigned(here, due_date="2026-11-26")
    await told(here)
    reply = await does(here, TOM, Press.MORE_TIME, action, due_date="2026-11-30", reason="She is away.")
    assert "being asked" in words(reply)
    assert (await again(here, action)).extensions == 0
    assert [(kind, to) for kind, to, step in await told(here) if step] == [(NoticeKind.MORE_TIME, LEE.id)]
    shown = await card(here, NoticeKind.MORE_TIME, action, LEE)
    assert "More time is asked for" in shown.summary
    assert "She is away." not in str(shown)

    form = await here.opens(LEE, Press.MORE_TIME, action.id)
    assert "She is away." in str(form.parts)
    assert form.values == {"due_date": "2026-11-30", "due_time": "15:30"}
    await here.send(LEE, form, {**form.values, "reason": "It can wait until then."})
    given = await again(here, action)
    assert (given.extensions, given.due_at) == (1, local("2026-11-30T15:30"))
    assert ("extended_1", TOM.id) in {(step, to) for _, to, step in await told(here)}
    assert "asked for" not in (await card(here, NoticeKind.MORE_TIME, action, LEE)).summary


async def test_the_third_extension_tells_the_leads(here):
    action = await assigned(here, due_date="2026-11-26")
    for number, day in enumerate(("2026-11-27", "2026-11-30", "2026-12-01"), start=1):
        await told(here)
        await does(here, LEE, Press.MORE_TIME, action, due_date=day, reason="Not reached.")
        leads = {to for kind, to, _ in await told(here) if kind is NoticeKind.EXTENDED}
        assert leads == ({PRIYA.id, DANA.id} if number == 3 else set())
    assert "3 times" in (await card(here, NoticeKind.EXTENDED, action, PRIYA)).summary


async def test_while_an_agency_is_waited_for_nobody_is_nudged_until_that_morning(here):
    action = await assigned(here, due_date="2026-11-25")
    reply = await does(here, TOM, Press.WAIT, action, agency="Fernshire Hub", until="2026-12-01")
    assert "Tue 1 Dec" in words(reply)
    shown = await card(here, NoticeKind.ACTION, action, TOM)
    assert "Fernshire" not in str(shown)
    assert "They have answered" in labels(shown)
    here.at = local("2026-11-30T15:00")
    assert await action_chasing.chase_actions(here.units, at=here.at) == 0
    here.at = local("2026-12-01T08:31")
    assert await action_chasing.chase_actions(here.units, at=here.at) == 1
    assert "Fernshire Hub" in str((await here.opens(LEE, Press.OPEN, action.concern)).parts)
    assert await again(here, action) == replace(
        action, status=ActionStatus.WAITING, waiting_until=local("2026-12-01T08:30"), version=2
    )


async def test_an_answer_after_the_wait_is_not_overdue_by_the_days_that_were_waited(here):
    action = await assigned(here, due_date="2026-11-25")
    await does(here, TOM, Press.WAIT, action, agency="Fernshire Hub", until="2026-12-01")
    here.at = local("2026-12-01T09:00")
    await here.press(TOM, Press.BEGIN, action.id)
    begun = await again(here, action)
    assert (begun.status, begun.due_at) == (ActionStatus.IN_PROGRESS, local("2026-12-01T08:30"))
    assert await nudged(here) == ["due"]


async def test_after_more_time_the_steps_count_afresh(here):
    action = await assigned(here, due_date="2026-11-26")
    here.at = local("2026-11-26T15:31")
    assert await nudged(here) == ["due"]
    await does(here, LEE, Press.MORE_TIME, action, due_date="2026-11-30", reason="Not reached.")
    assert await nudged(here) == []
    for when, step in (("2026-11-27T15:31", "day_before"), ("2026-11-30T15:31", "due"), ("2026-12-01T15:31", "plus_1")):
        here.at = local(when)
        assert await nudged(here) == [step]
        assert await nudged(here) == []


async def test_steps_that_were_taken_before_names_had_a_moment_count_for_the_first_due_date(here):
    action = await assigned(here, due_date="2026-11-26")
    async with here.units(SCHOOL.id) as uow:
        for step in ("day_before", "due"):
            await uow.steps.take(action.id, step, at=here.at)
    here.at = local("2026-11-26T15:31")
    assert await nudged(here) == []
    await does(here, LEE, Press.MORE_TIME, action, due_date="2026-11-30", reason="Not reached.")
    here.at = local("2026-11-30T15:31")
    assert await nudged(here) == ["due"]


async def test_over_half_a_term_nobody_is_nudged_and_monday_counts_as_the_next_day(here):
    here.at = local("2026-10-22T10:00")
    await assigned(here, due_date="2026-10-23")
    here.at = local("2026-10-30T12:00")
    assert await nudged(here) == ["due"]
    here.at = local("2026-11-02T15:31")
    assert await nudged(here) == ["plus_1"]


async def test_when_it_is_given_to_somebody_else_the_first_loses_it_at_once(here):
    action = await assigned(here)
    await here.opens(TOM, Press.OPEN_ACTION, action.id)
    await told(here)
    here.later(days=1)
    await does(here, LEE, Press.REASSIGN, action, to=str(TESS.id), reason="Tom is away.")
    given = await again(here, action)
    assert (given.owner, given.assigned_by, given.status) == (TESS.id, LEE.id, ActionStatus.OPEN)
    assert given.due_at == local("2026-11-25T13:15")
    assert (NoticeKind.ACTION, TESS.id) in {(kind, to) for kind, to, _ in await told(here)}
    for press in (Press.OPEN_ACTION, Press.ACKNOWLEDGE, Press.BEGIN, Press.DONE, Press.WAIT, Press.MORE_TIME):
        assert "no such concern" in words(await here.press(TOM, press, action.id)), press
    left = await card(here, NoticeKind.ACTION, action, TOM)
    assert "no longer yours" in left.summary
    assert (labels(left), "26-" in str(left)) == ([], False)
    assert "Tom is away." not in str((await here.opens(TESS, Press.OPEN_ACTION, action.id)).parts)


async def test_a_lead_from_whom_it_is_taken_keeps_no_card_of_their_own(here):
    action = await assigned(here, owner=PRIYA)
    assert "Done" in labels(await card(here, NoticeKind.ACTION, action, PRIYA))
    await does(here, LEE, Press.REASSIGN, action, to=str(TESS.id), reason="Priya is away.")
    assert labels(await card(here, NoticeKind.ACTION, action, PRIYA)) == []


async def test_what_is_open_is_cancelled_with_a_reason_by_whoever_closes(here):
    concern = await owned(here)
    await assigned(here, concern)
    finished = await assigned(here, concern)
    await does(here, TOM, Press.DONE, finished, what_done="Rang.")
    async with here.units(SCHOOL.id) as uow:
        gone = await action_moves.cancel_open(uow, concern, "It is closed.", by=LEE, at=here.at)
    assert [action.number for action in gone] == [1]
    assert [a.status for a in await actions(here, concern)] == [ActionStatus.CANCELLED, ActionStatus.DONE]
    with pytest.raises(Refused):
        async with here.units(SCHOOL.id) as uow:
            await action_moves.cancel_open(uow, concern, "It is closed.", by=TOM, at=here.at)


async def test_what_is_open_goes_on_in_another_concern_under_a_new_number(here):
    first, second = await owned(here), await owned(here)
    action = await assigned(here, first, due_date="2026-11-27")
    await assigned(here, second)
    async with here.units(SCHOOL.id) as uow:
        (carried,) = await action_moves.carry_over(uow, first, to=second.id, by=LEE, at=here.at)
    assert (carried.number, carried.owner, carried.due_at) == (2, TOM.id, action.due_at)
    assert (await again(here, action)).status is ActionStatus.CANCELLED
    assert f"{second.reference}/2" in str((await here.opens(LEE, Press.OPEN, first.id)).parts)
    assert WHAT in str((await here.opens(TOM, Press.OPEN_ACTION, carried.id)).parts)
    assert "no such concern" not in words(await here.press(TOM, Press.ACKNOWLEDGE, carried.id))


async def test_nothing_is_carried_from_a_concern_about_a_child_to_one_about_an_adult(here):
    about_adult = await here.raises(answers=ABOUT_LEE)
    await here.press(HELEN, Press.ACCEPT, about_adult.id)
    about_child = await owned(here)
    await assigned(here, about_child)
    for _ in range(2):
        await here.send(LEE, await here.opens(LEE, Press.ESCALATE, about_child.id), {"reason": "I need the head."})
    assert isinstance(await here.press(HELEN, Press.ACTIONS, about_child.id), OpenForm)
    with pytest.raises(Refused):
        async with here.units(SCHOOL.id) as uow:
            await action_moves.carry_over(uow, about_child, to=about_adult.id, by=HELEN, at=here.at)


async def test_whoever_is_named_later_is_nudged_no_more_and_the_owner_of_the_concern_is_told(here):
    action = await assigned(here, due_date="2026-11-26")
    async with here.units(SCHOOL.id) as uow:
        concern = await uow.concerns.get(action.concern)
        assert concern is not None
        named = concern.name(TOM.id, concern.route)
        await record(uow, named, because=Entry(deed=Deed.NAMED, at=here.at, by=LEE.id, thing=concern.id))
    await told(here)
    here.at = local("2026-11-26T15:31")
    await action_chasing.chase_actions(here.units, at=here.at)
    nudges = {(kind, to) for kind, to, step in await told(here) if step}
    assert nudges == {(NoticeKind.OVERDUE, LEE.id)}
    place = Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.PERSON, id="U7")
    async with here.units(SCHOOL.id) as uow:
        notice = Notice(kind=NoticeKind.ACTION, place=place, subject=action.id, to=TOM.id)
        assert await drawing.draw(uow, notice, at=here.at) is None
