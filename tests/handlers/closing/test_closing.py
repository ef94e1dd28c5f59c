"""The end of a concern: checklist, sign-off, open actions settled; reopening, the right child."""

import pytest

from handlers.conversation import Complaints, NextPage, Tell
from handlers.notice import NoticeKind
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern, Status
from handlers.ui.card import Press
from tests.handlers.school import (
    ABOUT_LEE,
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

OUTCOME = {"outcome": "She travels on another bus. No more reports in six weeks."}


async def decided(here: Here, **more) -> Concern:
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern, **more)
    return await here.concern(concern.id)


async def assigned(here: Here, concern: Concern) -> None:
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    asked = {"owner": str(TOM.id), "what": "Ring home.", "due_date": "2026-11-27", "kind": "call_home"}
    await here.send(LEE, form, asked)


async def deeds(here: Here, concern: Concern) -> list[Deed]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(concern.id)]


async def test_at_low_level_its_owner_closes_it_with_how_it_was_resolved(here):
    concern = await decided(here)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    assert "Decision with its rationale" in str(form.parts)
    assert set((await here.send(LEE, form, {})).by_field) == {"outcome"}
    assert "is closed" in words(await here.send(LEE, form, OUTCOME))
    assert (await here.concern(concern.id)).status is Status.CLOSED


@pytest.mark.parametrize("level", ["medium", "high"])
async def test_above_low_level_another_lead_signs_it_off(here, level):
    concern = await decided(here, level=level)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    assert "sign it off" in words(await here.send(LEE, form, OUTCOME))
    assert (await here.concern(concern.id)).status is Status.TRIAGED
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
    assert {item.notice.to for item in claimed if item.notice.kind is NoticeKind.SIGN_OFF} == {PRIYA.id, DANA.id}
    assert "Somebody else must sign" in words(await here.press(LEE, Press.SIGN_OFF, concern.id))
    form = await here.opens(PRIYA, Press.SIGN_OFF, concern.id)
    assert OUTCOME["outcome"] in str(form.parts)
    assert "is closed" in words(await here.send(PRIYA, form, {"agreed": "yes", "sign_off": "Read it all."}))
    assert (await here.concern(concern.id)).status is Status.CLOSED
    assert (await deeds(here, concern))[-1] is Deed.CLOSED


async def test_a_sign_off_that_is_refused_keeps_it_open_and_its_owner_is_told(here):
    concern = await decided(here, level="high")
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, OUTCOME)
    assert "proposed already" in words(await here.press(LEE, Press.CLOSE, concern.id))
    form = await here.opens(PRIYA, Press.SIGN_OFF, concern.id)
    assert "stays open" in words(await here.send(PRIYA, form, {"agreed": "no", "sign_off": "Not seen again yet."}))
    kept = await here.concern(concern.id)
    assert (kept.status, kept.close_proposed_by) == (Status.TRIAGED, None)
    assert isinstance(await here.press(DANA, Press.SIGN_OFF, concern.id), Tell)


async def test_where_nobody_else_receives_it_its_owner_closes_it_alone(here):
    concern = await here.raises(TESS, ABOUT_LEE)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    await here.decides(HELEN, concern, level="high")
    form = await here.opens(HELEN, Press.CLOSE, concern.id)
    assert "is closed" in words(await here.send(HELEN, form, OUTCOME))


async def test_open_actions_are_cancelled_with_a_reason_or_it_stays_open(here):
    concern = await decided(here)
    await assigned(here, concern)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    assert "still open" in str(await here.send(LEE, form, OUTCOME))
    reply = await here.send(LEE, form, {**OUTCOME, "open": "cancel"})
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {"open_reason"}
    assert (await here.concern(concern.id)).status is Status.TRIAGED
    done = await here.send(LEE, form, {**OUTCOME, "open": "cancel", "open_reason": "The family has moved away."})
    assert "is closed" in words(done)
    assert Deed.CANCELLED in await deeds(here, concern)


async def test_open_actions_are_carried_over_to_a_concern_that_one_may_see(here):
    concern, other, hidden = await decided(here), await here.raises(TOM), await here.raises(TESS, ABOUT_LEE)
    await assigned(here, concern)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    carry = {**OUTCOME, "open": "carry", "open_reason": "It goes on."}
    for to in ("26-9999", hidden.reference, ""):
        reply = await here.send(LEE, form, {**carry, "open_to": to})
        assert set(reply.by_field) == {"open_to"}, to
    assert "is closed" in words(await here.send(LEE, form, {**carry, "open_to": other.reference}))
    async with here.units(SCHOOL.id) as uow:
        assert [action.concern for action in await uow.actions.open()] == [other.id]


async def test_closed_too_soon_it_is_opened_again_with_the_reason(here):
    concern = await decided(here)
    form = await here.opens(LEE, Press.CLOSE, concern.id)
    await here.send(LEE, form, OUTCOME)
    form = await here.opens(PRIYA, Press.REOPEN, concern.id)
    assert "open again, and yours" in words(await here.send(PRIYA, form, {"reason": "Seen again at the gate."}))
    again = await here.concern(concern.id)
    assert (again.status, again.owner) == (Status.ACCEPTED, PRIYA.id)
    assert "is open" in words(await here.press(LEE, Press.REOPEN, concern.id))
    assert "no such concern" in words(await here.press(TESS, Press.REOPEN, concern.id))


async def test_it_moves_to_the_right_child_and_a_pointer_stays(here):
    concern = await here.raises()
    form = await here.opens(LEE, Press.MISFILE, concern.id)
    moves = {"wrong": (str(MIA.id),), "right": str(OTHER_MIA.id), "reason": "The form was 4K."}
    assert "right child's record" in words(await here.send(LEE, form, moves))
    assert (await here.concern(concern.id)).children == {OTHER_MIA.id}
    async with here.units(SCHOOL.id) as uow:
        pointers = await uow.trail.of(MIA.id)
        assert [line.entry.facts["concern"] for line in pointers] == [str(concern.id)]
        assert await uow.concerns.of_pupil(MIA.id) == []
    assert "The form was 4K." in str((await here.opens(LEE, Press.OPEN, concern.id)).parts)


async def test_moving_without_saying_whose_it_is_is_asked_again(here):
    concern = await here.raises()
    form = await here.opens(LEE, Press.MISFILE, concern.id)
    assert "right" in (await here.send(LEE, form, {"reason": "x"})).by_field


async def test_the_list_of_more_offers_what_the_state_allows(here):
    concern = await decided(here)

    async def offered() -> set[str]:
        return {option.key for option in (await here.opens(LEE, Press.MORE, concern.id)).fields()[0].options}

    assert {"decide", "merge", "misfile"} <= await offered()
    assert "reopen" not in await offered()
    await here.send(LEE, await here.opens(LEE, Press.CLOSE, concern.id), OUTCOME)
    assert "reopen" in await offered()
    assert not {"decide", "merge", "misfile", "hand_over"} & await offered()
    more = await here.opens(LEE, Press.MORE, concern.id)
    assert isinstance(await here.send(LEE, more, {"deed": "reopen"}), NextPage)
