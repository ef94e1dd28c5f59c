"""Whoever is told something in a window goes on from there: nobody closes it to open the same again."""

from handlers.conversation import ButtonPressed, FormSubmitted, NextPage, Reply, Tell
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.triage.form import READ
from handlers.ui.card import Buttons, Press
from tests.handlers.school import DECISION, LEE, PRIYA, TESS, Here, account, words


def ways(reply: Reply) -> list[str]:
    assert isinstance(reply, NextPage | Tell), reply
    parts = reply.form.parts if isinstance(reply, NextPage) else reply.card.parts
    return [button.label for part in parts if isinstance(part, Buttons) for button in part.buttons]


async def pressed(here: Here, by: Person, press: Press, concern: Concern, *, in_window: bool = True) -> Reply:
    return await here.answers(
        ButtonPressed(who=account(by), press=press, subject=concern.id, version=1, in_window=in_window)
    )


async def test_accept_in_the_window_shows_the_account_again_with_what_comes_next(here):
    concern = await here.raises()
    assert ways(NextPage(await here.opens(LEE, Press.OPEN, concern.id))) == ["Accept", "More"]
    reply = await pressed(here, LEE, Press.ACCEPT, concern)
    assert isinstance(reply, NextPage)
    assert reply.form.title == f"Concern {concern.reference}"
    assert "You have accepted" in str(reply.form.parts[0])
    assert "She held her sleeve down." in str(reply.form)
    assert ways(reply) == ["Triage", "More"]


async def test_whoever_comes_second_reads_who_was_first_and_may_read_on(here):
    concern = await here.raises()
    await pressed(here, LEE, Press.ACCEPT, concern)
    reply = await pressed(here, PRIYA, Press.ACCEPT, concern)
    assert isinstance(reply, NextPage)
    assert "Lee Abara" in str(reply.form.parts[0])
    assert ways(reply) == ["More"]


async def test_on_a_card_the_answer_is_a_sentence_and_shows_nothing_of_the_account(here):
    concern = await here.raises()
    reply = await pressed(here, LEE, Press.ACCEPT, concern, in_window=False)
    assert isinstance(reply, Tell)
    assert ways(reply) == []
    assert "sleeve" not in str(reply)


async def test_a_form_that_was_sent_has_the_next_presses_under_its_sentence(here):
    concern = await here.raises()
    await pressed(here, LEE, Press.ACCEPT, concern)
    form = await here.opens(LEE, Press.DECIDE, concern.id)
    while form.page < READ:
        form = (await here.send(LEE, form, {})).form
    reply = await here.send(LEE, form, DECISION)
    assert "has been recorded" in words(reply)
    assert ways(reply) == ["Open", "More"]


async def test_a_form_that_stands_in_a_chat_has_none(here):
    concern = await here.raises()
    await pressed(here, LEE, Press.ACCEPT, concern)
    form = await here.opens(LEE, Press.ESCALATE, concern.id)
    sent = FormSubmitted(
        who=account(LEE), form=form.id, key=form.key, page=1, values={"reason": "It needs the head."}, in_chat=True
    )
    assert ways(await here.answers(sent)) == []


async def test_a_teacher_who_adds_to_their_own_is_offered_nothing_of_a_leads(here):
    concern = await here.raises()
    form = await here.opens(TESS, Press.ADD, concern.id)
    assert ways(await here.send(TESS, form, {"more": "She came back."})) == []


async def test_whoever_loses_it_by_what_they_press_is_offered_nothing_of_it(here):
    """Named in it by their own form: not even that there is something to open."""
    concern = await here.raises()
    await pressed(here, LEE, Press.ACCEPT, concern)
    form = await here.opens(LEE, Press.NAME, concern.id)
    form = await here.opens(LEE, Press.NAME, concern.id)
    reply = await here.send(LEE, form, {"person": str(LEE.id), "part": "close", "reason": "I taught her."})
    assert ways(reply) == []
    assert words(await pressed(here, LEE, Press.ACCEPT, concern)) == words(
        await pressed(here, TESS, Press.ACCEPT, concern)
    )
