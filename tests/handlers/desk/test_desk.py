"""What the desk answers: words fit for the person, nothing stored for a stranger, one effect for one deed."""

import asyncio
from dataclasses import replace
from uuid import uuid4

import pytest

from handlers.account import review
from handlers.conversation import ButtonPressed, CommandTyped, Complaints, FormSubmitted, NextPage, OpenForm, Tell
from handlers.desk.desk import Desk
from handlers.post.cards import draw
from handlers.rules.chronology import Deed
from handlers.rules.people import Login
from handlers.ui.card import Press
from tests.handlers import acting, referring
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    ANSWERS,
    COLIN,
    DANA,
    DECISION,
    HELEN,
    LEE,
    PRIYA,
    PUPIL,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    Here,
    about_adult,
    account,
    words,
)


async def trail(here: Here, thing) -> list[Deed]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(thing)]


@pytest.mark.parametrize(
    ("who", "said"),
    [
        (Login(platform="slack", tenant="T0SCHOOL", user="U404"), "not on this school's staff list"),
        (Login(platform="slack", tenant="T0ELSEWHERE", user="U6"), "not set up for this school"),
        (account(PUPIL), "If something is worrying you"),
    ],
    ids=["a stranger", "another workspace", "a pupil"],
)
async def test_who_does_not_belong_is_answered_kindly_and_nothing_is_stored(here, who, said):
    told = await here.answers(CommandTyped(who=who, text="something secret"))
    assert said in words(told)
    assert "999" in words(told)
    sent = await here.answers(FormSubmitted(who=who, form="concern", key=str(uuid4()), page=4, values=ANSWERS))
    assert isinstance(sent, Tell)
    async with here.units(SCHOOL.id) as uow:
        assert list(await uow.concerns.open()) == []


async def test_a_press_on_what_is_not_theirs_leaves_an_entry_with_the_concern(here):
    concern = await here.raises()
    told = await here.press(TOM, Press.OPEN, concern.id)
    assert "no such concern" in words(told)
    assert await trail(here, concern.id) == [Deed.RAISED, Deed.REFUSED]


async def test_not_found_and_not_yours_are_told_in_the_same_words(here):
    concern = await here.raises()
    assert words(await here.press(TOM, Press.OPEN, concern.id)) == words(await here.press(TOM, Press.OPEN, uuid4()))


async def test_a_bug_is_told_as_not_saved_with_everything_still_in_the_form(units):
    class Broken:
        async def school_of(self, who):
            return SCHOOL.id

        def __call__(self, school, *, at=None):
            message = "they wait for me"
            raise RuntimeError(message)

    kept = []
    desk = Desk(units=Broken(), now=Here(units).desk.now, wake=lambda: None, mishap=lambda r, e: kept.append((r, e)))
    sent = FormSubmitted(who=account(TESS), form="concern", key=str(uuid4()), page=3, values=ANSWERS)
    reply = await desk.answer(sent)
    assert isinstance(reply, Complaints)
    assert reply.by_field[""].startswith("NOT SAVED")
    assert reply.form.values == ANSWERS
    assert kept[0][0] in reply.by_field[""]
    assert "they wait" not in reply.by_field[""]


async def test_a_form_that_is_sent_twice_is_one_concern(here):
    key = uuid4()
    first, second = await here.raises(key=key), await here.raises(key=key)
    assert first.reference == second.reference
    assert await trail(here, key) == [Deed.RAISED]


async def test_the_same_form_with_other_words_keeps_both(here):
    key = uuid4()
    await here.raises(key=key)
    await here.raises(key=key, answers={**ANSWERS, "facts": "She held her sleeve down. She shook."})
    async with here.units(SCHOOL.id) as uow:
        first = await uow.trail.answers(key)
        lines = [line.entry for line in await uow.trail.of(key, words=True)]
    assert first["facts"] == "She held her sleeve down."
    assert lines[-1].deed is Deed.ADDED
    assert lines[-1].words["facts"] == "She held her sleeve down. She shook."


async def test_submitted_at_once_by_four_retries_it_is_one_concern(here):
    key = uuid4()
    for page in (1, 2, 3, 4):
        await here.answers(FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=ANSWERS))
    last = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=review.PAGE, values={})
    replies = await asyncio.gather(*(here.answers(last) for _ in range(4)))
    assert all(isinstance(reply, Tell) for reply in replies)
    assert await trail(here, key) == [Deed.RAISED]
    assert here.mishaps == []


async def test_of_two_who_accept_at_once_one_wins_and_the_other_is_told_who(here):
    concern = await here.raises()
    replies = await asyncio.gather(*(here.press(lead, Press.ACCEPT, concern.id) for lead in (LEE, PRIYA)))
    said = sorted(words(reply) for reply in replies)
    winner = {LEE.id: LEE, PRIYA.id: PRIYA}[(await here.concern(concern.id)).owner]
    assert any("You have accepted" in text for text in said)
    assert any(f"{winner.name} has this concern already" in text for text in said)
    assert (await trail(here, concern.id)).count(Deed.ACCEPTED) == 1


async def test_a_decision_needs_its_rationale(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    reply = await here.decides(LEE, concern, rationale=" ")
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {"rationale"}
    assert "recorded" in words(await here.send(LEE, reply.form, DECISION))


async def test_a_short_form_sent_twice_does_its_work_once(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = replace(await here.opens(LEE, Press.DECIDE, concern.id), page=99)
    await here.send(LEE, form, DECISION)
    assert "already" in words(await here.send(LEE, form, DECISION))
    assert (await trail(here, concern.id)).count(Deed.DECIDED) == 1


CONCERN_PRESSES = (Press.OPEN, Press.ACCEPT, Press.ESCALATE, Press.HAND_OVER, Press.ASSIGN, Press.DECIDE, Press.CLOSE)
CASES = {
    "about a child": (ANSWERS, {LEE, PRIYA, DANA}, set()),
    "about a lead": (ABOUT_LEE, {HELEN}, {COLIN}),
    "about the head": (ABOUT_HELEN, {COLIN}, set()),
}
"""Who receives it, and who may read it besides (the chair oversees what the head has)."""


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("person", [LEE, PRIYA, DANA, HELEN, COLIN, TESS, TOM, THEO], ids=lambda person: person.name)
async def test_every_press_asks_who_may(here, case, person):
    answers, recipients, overseers = CASES[case]
    concern = await here.raises(TESS, answers)
    for press in CONCERN_PRESSES:
        reply = await here.press(person, press, concern.id)
        refused = isinstance(reply, Tell) and "no such concern" in words(reply)
        reads = press is Press.OPEN and person in overseers
        assert refused is (person not in recipients and not reads), press


@pytest.mark.parametrize("form", ["escalate", "hand_over", "assign", "decide", "close"])
async def test_every_form_asks_again_who_may(here, form):
    concern = await here.raises(TESS, ABOUT_LEE)
    values = {
        "reason": "x", "to": str(PRIYA.id), "owner": str(TOM.id), "what": "x", "due_date": "2027-06-30", "kind": "meet",
        "outcome": "monitoring", "rationale": "x",
    }
    sent = FormSubmitted(who=account(LEE), form=form, key=f"{concern.id}:0123456789ab", page=1, values=values)
    assert "no such concern" in words(await here.answers(sent))
    assert (await here.concern(concern.id)).version == 1


async def test_a_lead_who_is_named_finds_no_trace(here):
    concern = await here.raises(TESS, ABOUT_LEE)
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
    told = {item.notice.to for item in claimed if item.notice.subject == concern.id}
    assert told == {HELEN.id, TESS.id}
    assert all(item.notice.place.kind.value == "person" for item in claimed)


async def test_a_stale_card_still_takes_the_first_acceptance(here):
    concern = await here.raises()
    await here.press(LEE, Press.OPEN, concern.id)
    told = await here.press(PRIYA, Press.ACCEPT, concern.id, version=1)
    assert "You have accepted" in words(told)


async def test_one_cannot_go_on_with_a_form_that_somebody_else_began(here):
    key = uuid4()
    page = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=1, values=ANSWERS)
    assert isinstance(await here.answers(page), NextPage)
    other = FormSubmitted(who=account(TOM), form="concern", key=str(key), page=2, values=ANSWERS)
    reply = await here.answers(other)
    assert isinstance(reply, Complaints)
    assert "belongs to somebody else" in reply.by_field[""]


async def test_nothing_of_an_escalation_is_done_before_its_reason_is_given(here):
    concern = await here.raises()
    form = await here.opens(LEE, Press.ESCALATE, concern.id)
    assert (await here.concern(concern.id)).rung == 0
    assert isinstance(await here.send(LEE, form, {"reason": "  "}), Complaints)
    await here.send(LEE, form, {"reason": "I cannot reach anyone."})
    assert (await here.concern(concern.id)).rung == 1


async def test_closing_is_refused_while_an_action_is_open(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    await here.send(LEE, form, {"kind": "other", "owner": str(TOM.id), "what": "Ring.", "due_date": "2026-11-27"})
    await here.decides(LEE, concern)
    close = await here.opens(LEE, Press.CLOSE, concern.id)
    assert "an action is still open" in str(await here.send(LEE, close, {"outcome": "Resolved."}))


async def test_words_after_the_command_become_the_first_line_of_the_facts(here):
    reply = await here.command(TESS, "Mia was by the gate at nine")
    assert isinstance(reply, OpenForm)
    for page in (1, 2):
        next_page = FormSubmitted(who=account(TESS), form="concern", key=reply.form.key, page=page, values=ANSWERS)
        shown = await here.answers(next_page)
    assert isinstance(shown, NextPage)
    assert shown.form.values["facts"] == "Mia was by the gate at nine"


async def test_a_key_that_is_no_key_is_refused_not_a_fault(here):
    for key in ("", "x", "0" * 500, "5a1d7c1e-0000-4000-8000-00000000000g:1"):
        sent = FormSubmitted(who=account(LEE), form="decide", key=key, page=1, values={})
        assert isinstance(await here.answers(sent), Tell)
    assert here.mishaps == []


async def test_an_unknown_press_subject_of_every_kind_is_refused_not_a_fault(here):
    for press in Press:
        pressed = ButtonPressed(who=account(LEE), press=press, subject=uuid4(), version=7)
        assert isinstance(await here.answers(pressed), Tell | OpenForm)
    assert here.mishaps == []


async def test_a_lead_who_is_close_to_the_child_hears_nothing_and_the_others_do(here):
    concern = await here.raises(TESS, {**ANSWERS, "close": str(LEE.id)})
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
    told = {item.notice.to for item in claimed if item.notice.kind.value == "triage"}
    assert told == {PRIYA.id, DANA.id}
    assert "no such concern" in words(await here.press(LEE, Press.ACCEPT, concern.id))


async def test_where_the_only_one_who_could_receive_it_is_named_the_receipt_says_whom_to_ring(here):
    key = uuid4()
    about_colin = {**about_adult(COLIN), "urgency": "now"}
    for page in (1, 2, 3, 4):
        reply = await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=about_colin)
        )
    said = words(reply)
    assert "Ring The Hub, 01632 960 999 yourself" in said
    assert "Nobody in school yet" in str(reply)


async def test_what_the_reporter_adds_is_told_to_the_owner_and_counted_on_the_card(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    async with here.units(SCHOOL.id) as uow:
        for item in await uow.outbox.claim(most=50):
            await uow.outbox.settle(item)
    form = await here.opens(TESS, Press.ADD, concern.id)
    await here.send(TESS, form, {"more": "He was there again at lunch."})
    async with here.units(SCHOOL.id) as uow:
        claimed = await uow.outbox.claim(most=50)
        told = [item.notice for item in claimed if item.notice.step.startswith("added_")]
        assert [notice.to for notice in told] == [LEE.id]
        card = await draw(uow, told[0], at=here.at)
    assert "Added by the reporter" in str(card)


async def test_escalating_goes_on_to_the_first_rung_with_somebody_new_and_says_who(here):
    concern = await here.raises()
    await here.press(DANA, Press.ACCEPT, concern.id)
    form = await here.opens(DANA, Press.ESCALATE, concern.id)
    said = words(await here.send(DANA, form, {"reason": "I cannot act on this."}))
    assert "Helen Marsh" in said
    assert (await here.concern(concern.id)).rung == 2


async def test_the_owner_takes_back_what_was_offered(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(PRIYA.id)})
    assert "You have accepted" in words(await here.press(LEE, Press.ACCEPT, concern.id))
    assert (await here.concern(concern.id)).offered_to is None


async def test_a_form_that_is_complained_about_keeps_its_reference(here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    reply = await here.decides(LEE, concern, rationale="")
    assert concern.reference in str(reply.form.parts)


async def test_who_must_act_now_sees_whom_to_ring_on_every_page_after_the_first(here):
    key = str(uuid4())
    values = {**ANSWERS, "danger": "yes"}
    reply = await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=1, values=values))
    assert isinstance(reply, NextPage)
    assert "01632 960 999" in str(reply.form.parts)


@pytest.mark.parametrize(
    ("page", "changed"), [(1, {"about": "adult"}), (1, {"about": "both"}), (2, {"close": str(LEE.id)})]
)
async def test_a_lead_who_was_warned_sees_no_more_once_it_may_be_about_them(here, page, changed):
    key = uuid4()
    first = {**ANSWERS, "danger": "yes"}
    for number, values in ((1, first), (page, {**first, **changed})):
        await here.answers(
            FormSubmitted(who=account(TESS), form="concern", key=str(key), page=number, values=values)
        )
        if values is first:
            assert isinstance(await here.press(LEE, Press.OPEN, key), OpenForm)
    assert "no such concern" in words(await here.press(LEE, Press.OPEN, key))


async def test_nobody_but_a_lead_who_was_warned_looks_into_what_is_being_written(here):
    key = uuid4()
    page = FormSubmitted(
        who=account(TESS), form="concern", key=str(key), page=1, values={**ANSWERS, "danger": "yes"}
    )
    await here.answers(page)
    for person in (TOM, THEO, HELEN, COLIN):
        assert "no such concern" in words(await here.press(person, Press.OPEN, key))
    calm = uuid4()
    await here.answers(FormSubmitted(who=account(TESS), form="concern", key=str(calm), page=1, values=ANSWERS))
    assert "no such concern" in words(await here.press(LEE, Press.OPEN, calm))


@pytest.mark.parametrize("press", CONCERN_PRESSES[:-1], ids=lambda press: press.value)
async def test_a_press_that_is_ahead_of_what_is_stored_does_nothing(here, press):
    concern = await here.raises()
    if press not in {Press.OPEN, Press.ACCEPT}:
        await here.press(LEE, Press.ACCEPT, concern.id)
    concern, before = await here.concern(concern.id), await trail(here, concern.id)
    told = await here.press(LEE, press, concern.id, version=concern.version + 1)
    assert "newer than what is kept" in words(told)
    assert await here.concern(concern.id) == concern
    assert await trail(here, concern.id) == before
    assert here.mishaps == []


@pytest.mark.parametrize("version", [0, 1])
async def test_a_press_that_is_as_old_as_its_card_or_older_is_taken(here, version):
    concern = await here.raises()
    assert "You have accepted" in words(await here.press(LEE, Press.ACCEPT, concern.id, version=version))


async def test_a_press_that_is_ahead_tells_nobody_more_than_any_other(here):
    concern = await here.raises(TESS, ABOUT_LEE)
    ahead = words(await here.press(LEE, Press.OPEN, concern.id, version=99))
    assert ahead == words(await here.press(LEE, Press.OPEN, uuid4(), version=99))


async def test_a_press_on_an_action_that_is_ahead_does_nothing(here):
    action = await acting.assigned(here)
    told = await here.press(TOM, Press.OPEN_ACTION, action.id, version=action.version + 1)
    assert "newer than what is kept" in words(told)
    assert await acting.again(here, action) == action


async def test_a_press_on_a_referral_that_is_ahead_does_nothing(here):
    _, referral = await referring.referred(here)
    told = await here.press(LEE, Press.OPEN_REFERRAL, referral.id, version=referral.version + 1)
    assert "newer than what is kept" in words(told)
    assert await referring.now(here, referral) == referral
