"""An action is given, done and verified: who may do what with it, and what its owner may never see."""


import pytest

from handlers.conversation import Complaints, NextPage, Tell
from handlers.notice import NoticeKind
from handlers.recording import record
from handlers.rules.action import ActionKind, ActionStatus
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Outcome, Urgency
from handlers.ui.card import Buttons, Press, Words
from tests.handlers.acting import WHAT, actions, again, assigned, card, deeds, does, labels, local, owned, told
from tests.handlers.school import (
    ABOUT_LEE,
    DANA,
    HELEN,
    LEE,
    PRIYA,
    PUPIL,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    words,
)


async def test_what_is_left_open_is_as_usual_for_its_sort(here):
    action = await assigned(here)
    assert (action.kind, action.urgency) == (ActionKind.CALL_HOME, Urgency.TODAY)
    assert action.due_at == local("2026-11-24T13:15")
    week = await assigned(here, await here.concern(action.concern), urgency="week")
    assert (week.urgency, week.due_at) == (Urgency.WEEK, local("2026-11-30T15:30"))


async def test_after_assigning_another_can_be_assigned_at_once(here):
    concern = await owned(here)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    reply = await here.send(LEE, form, {"kind": "meet", "owner": str(TOM.id), "what": WHAT})
    assert isinstance(reply, Tell)
    (button,) = [button for part in reply.card.parts if isinstance(part, Buttons) for button in part.buttons]
    assert (button.label, button.press, button.subject) == ("Assign another", Press.ASSIGN, concern.id)
    await assigned(here, concern)
    assert [action.number for action in await actions(here, concern)] == [1, 2]


@pytest.mark.parametrize(
    ("typed", "complaint"),
    [
        ({"due_date": "2026-11-28"}, "There is no school on Sat 28 Nov. The next school day is Mon 30 Nov."),
        ({"due_date": "2026-10-28"}, "has passed already"),
        ({"due_date": "2026-11-23"}, "has passed already"),
        ({"due_time": "14:00"}, "Give the date too"),
    ],
)  # fmt: skip
async def test_a_day_without_school_is_no_due_date_and_what_was_typed_stays(here, typed, complaint):
    concern = await owned(here)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    values = {"kind": "meet", "owner": str(TOM.id), "what": WHAT, **typed}
    reply = await here.send(LEE, form, values)
    assert isinstance(reply, Complaints)
    assert complaint in reply.by_field["due_date"]
    assert reply.form.values["what"] == WHAT
    assert await actions(here, concern) == []


async def test_nobody_who_is_named_and_no_pupil_can_owe_an_action(here):
    concern = await here.raises(answers=ABOUT_LEE)
    await here.press(HELEN, Press.ACCEPT, concern.id)
    form = await here.opens(HELEN, Press.ASSIGN, concern.id)
    for person in (LEE, PUPIL):
        reply = await here.send(HELEN, form, {"kind": "meet", "owner": str(person.id), "what": WHAT})
        assert "cannot be given this action" in str(reply)
    assert await actions(here, concern) == []


async def test_its_owner_acknowledges_with_one_press_and_twice_is_once(here):
    action = await assigned(here)
    assert labels(await card(here, NoticeKind.ACTION, action, TOM)) == [
        "Open",
        "Acknowledge",
        "Done",
        "Wait",
        "More time",
    ]
    assert "Thank you" in words(await here.press(TOM, Press.ACKNOWLEDGE, action.id))
    await here.press(TOM, Press.ACKNOWLEDGE, action.id)
    assert (await again(here, action)).status is ActionStatus.ACKNOWLEDGED
    assert (await deeds(here, action.concern)).count(Deed.ACKNOWLEDGED) == 1
    assert labels(await card(here, NoticeKind.ACTION, action, TOM)) == ["Open", "Begin", "Done", "Wait", "More time"]
    assert "Only the person who owes" in words(await here.press(LEE, Press.ACKNOWLEDGE, action.id))


async def test_done_is_put_before_the_owner_of_the_concern_who_verifies_it_or_sends_it_back(here):
    action = await assigned(here)
    await told(here)
    await does(here, TOM, Press.DONE, action, what_done="Rang at 12:10.")
    assert (NoticeKind.VERIFY, LEE.id) in {(kind, to) for kind, to, _ in await told(here)}
    assert labels(await card(here, NoticeKind.VERIFY, action, LEE)) == ["Open", "Verify", "Send back", "Open concern"]

    here.later(days=1)
    await does(here, LEE, Press.SEND_BACK, action, reason="Ring her father too.")
    back = await again(here, action)
    assert (back.status, back.done_at) == (ActionStatus.OPEN, None)
    assert back.due_at == local("2026-11-25T13:15")
    (sent_back,) = [step for kind, to, step in await told(here) if kind is NoticeKind.ACTION and to == TOM.id and step]
    assert sent_back.startswith("sent_back")
    form = await here.opens(TOM, Press.OPEN_ACTION, action.id)
    assert "Ring her father too." in str(form.parts)

    await does(here, TOM, Press.DONE, action, what_done="Rang him at 9.")
    assert [to for kind, to, _ in await told(here) if kind is NoticeKind.VERIFY] == [LEE.id]
    assert "has been verified" in words(await here.press(LEE, Press.VERIFY, action.id))
    assert (await again(here, action)).status is ActionStatus.VERIFIED
    assert labels(await card(here, NoticeKind.VERIFY, action, LEE)) == ["Open", "Open concern"]
    assert "verified" in words(await here.press(LEE, Press.SEND_BACK, action.id))


async def test_nobody_verifies_what_they_did_themselves_and_somebody_else_is_asked(here):
    action = await assigned(here, owner=LEE)
    await told(here)
    await does(here, LEE, Press.DONE, action, what_done="Rang.")
    asked = {to for kind, to, _ in await told(here) if kind is NoticeKind.VERIFY}
    assert asked == {PRIYA.id, DANA.id}
    assert "Somebody else must verify" in words(await here.press(LEE, Press.VERIFY, action.id))
    assert "Verify" not in labels(await card(here, NoticeKind.VERIFY, action, LEE))
    await here.press(PRIYA, Press.VERIFY, action.id)
    assert (await again(here, action)).verified_by == PRIYA.id


async def test_a_lead_who_says_that_anothers_action_is_done_does_not_verify_it(here):
    action = await assigned(here)
    await does(here, LEE, Press.DONE, action, what_done="I rang myself.")
    assert "Somebody else must verify" in words(await here.press(LEE, Press.VERIFY, action.id))
    assert "Verify" not in labels(await card(here, NoticeKind.VERIFY, action, LEE))
    assert "Verify" in labels(await card(here, NoticeKind.VERIFY, action, PRIYA))


async def test_whoever_owes_it_does_not_verify_it_though_another_says_that_it_is_done(here):
    action = await assigned(here, owner=LEE)
    await told(here)
    await does(here, PRIYA, Press.DONE, action, what_done="I rang for Lee.")
    assert {to for kind, to, _ in await told(here) if kind is NoticeKind.VERIFY} == {DANA.id}


@pytest.mark.parametrize("person", [TOM, THEO], ids=lambda person: person.name)
async def test_who_owes_an_action_sees_that_action_and_nothing_else_of_the_concern(here, person):
    concern = await owned(here)
    first = await assigned(here, concern, owner=person)
    second = await assigned(here, concern, owner=TESS)
    form = await here.opens(person, Press.OPEN_ACTION, first.id)
    assert WHAT in str(form.parts)
    for secret in ("Mia", "they wait for me", "sleeve", "bullying"):
        assert secret not in str(form)
        assert secret not in str(await card(here, NoticeKind.ACTION, first, person))
    theirs = {Press.OPEN_ACTION, Press.ACKNOWLEDGE, Press.BEGIN, Press.DONE, Press.WAIT, Press.MORE_TIME}
    never = (Press.VERIFY, Press.SEND_BACK, Press.REASSIGN, Press.CANCEL_ACTION)
    of_the_concern = (
        Press.OPEN, Press.ACCEPT, Press.ESCALATE, Press.HAND_OVER, Press.ASSIGN, Press.DECIDE, Press.CLOSE, Press.MORE,
        Press.ACTIONS, Press.ADD,
    )  # fmt: skip
    for press in of_the_concern:
        assert "no such concern" in words(await here.press(person, press, concern.id)), press
    for press in (*theirs, *never):
        assert "no such concern" in words(await here.press(person, press, second.id)), press
    for press in never:
        assert "no such concern" in words(await here.press(person, press, first.id)), press


async def test_from_the_list_of_actions_a_lead_chooses_one_and_what_becomes_of_it(here):
    action = await assigned(here)
    form = await here.opens(LEE, Press.ACTIONS, action.concern)
    reply = await here.send(LEE, form, {"which": str(action.id), "deed": "cancel_action"})
    assert isinstance(reply, NextPage)
    await here.send(LEE, reply.form, {"reason": "She rang us."})
    assert (await again(here, action)).status is ActionStatus.CANCELLED
    other = await owned(here)
    form = await here.opens(LEE, Press.ACTIONS, other.id)
    wrong = await here.send(LEE, form, {"which": str(action.id), "deed": "verify"})
    assert "no such concern" in words(wrong)


async def test_the_account_tells_the_life_of_each_action_in_order(here):
    action = await assigned(here)
    await here.press(TOM, Press.ACKNOWLEDGE, action.id)
    await does(here, TOM, Press.DONE, action, what_done="Rang.")
    await does(here, LEE, Press.SEND_BACK, action, reason="Again.")
    await does(here, TOM, Press.DONE, action, what_done="Rang twice.")
    await here.press(LEE, Press.VERIFY, action.id)
    form = await here.opens(LEE, Press.OPEN, action.concern)
    told = [part.text.split(" · ")[0] for part in form.parts if isinstance(part, Words) and part.text.startswith("Act")]
    assert told == [
        "Action 1 assigned", "Action 1 acknowledged", "Action 1 done", "Action 1 sent back", "Action 1 done",
        "Action 1 verified",
    ]  # fmt: skip


async def test_nothing_is_assigned_or_sent_back_in_a_concern_that_is_closed(here):
    action = await assigned(here)
    await does(here, TOM, Press.DONE, action, what_done="Rang.")
    assigning, sending = [await here.opens(LEE, *what) for what in (
        (Press.ASSIGN, action.concern), (Press.SEND_BACK, action.id),
    )]  # fmt: skip
    async with here.units(SCHOOL.id) as uow:
        concern = await uow.concerns.get(action.concern)
        assert concern is not None
        decided = concern.decide(Outcome.MONITORING, by=LEE.id, at=here.at)
        closed = decided.close(at=here.at, open_actions=0)
        await record(uow, closed, because=Entry(deed=Deed.CLOSED, at=here.at, by=LEE.id, thing=concern.id))
    assert "is closed" in words(await here.press(LEE, Press.ASSIGN, action.concern))
    assert "is closed" in words(await here.press(LEE, Press.SEND_BACK, action.id))
    late = await here.send(LEE, assigning, {"kind": "meet", "owner": str(TOM.id), "what": WHAT})
    assert isinstance(late, Complaints)
    assert isinstance(await here.send(LEE, sending, {"reason": "Again."}), Complaints)
    assert [a.status for a in await actions(here, concern)] == [ActionStatus.DONE]
    assert "verified" in words(await here.press(LEE, Press.VERIFY, action.id))


async def test_a_sent_form_about_an_action_is_asked_again_who_may(here):
    action = await assigned(here)
    form = await here.opens(TOM, Press.DONE, action.id)
    await does(here, LEE, Press.REASSIGN, action, to=str(TESS.id), reason="Tom is away.")
    assert "no such concern" in words(await here.send(TOM, form, {"what_done": "Rang."}))
    assert (await again(here, action)).status is ActionStatus.OPEN
