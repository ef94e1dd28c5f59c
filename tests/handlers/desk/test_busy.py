"""Who cannot have a turn in time is told the truth and keeps what they wrote; who only looks waits for no turn."""

import asyncio
from uuid import uuid4

from handlers.conversation import ButtonPressed, CommandTyped, Complaints, FormSubmitted, Inbound, Reply, Tell
from handlers.desk.unanswered import NOT_NOW, TOO_MANY
from handlers.ui.card import Press
from tests.handlers.school import ANSWERS, LEE, SCHOOL, TESS, Here, account, words


async def _asked_while_another_has_the_turn(here: Here, *asked: Inbound) -> list[Reply]:
    async with here.units(SCHOOL.id):
        tasks = [asyncio.create_task(here.answers(one)) for one in asked]
        return await asyncio.wait_for(asyncio.gather(*tasks), 2.9)


async def test_who_cannot_have_a_turn_in_time_is_told_that_nothing_was_saved_and_keeps_what_they_wrote(here):
    concern = await here.raises()
    form = FormSubmitted(who=account(TESS), form="concern", key=str(uuid4()), page=3, values=ANSWERS)
    press = ButtonPressed(who=account(LEE), press=Press.ACCEPT, subject=concern.id, version=1)
    sent, pressed = await _asked_while_another_has_the_turn(here, form, press)
    assert isinstance(sent, Complaints)
    assert (sent.by_field, sent.form.values) == ({"": TOO_MANY}, ANSWERS)
    assert NOT_NOW in words(pressed)
    assert here.mishaps == []
    assert (await here.concern(concern.id)).owner is None
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert (await here.concern(concern.id)).owner == LEE.id


async def test_who_only_looks_is_answered_while_another_has_the_turn(here):
    board, help = await _asked_while_another_has_the_turn(
        here, CommandTyped(who=account(LEE), text="board"), CommandTyped(who=account(TESS), text="help")
    )
    assert all(isinstance(reply, Tell) for reply in (board, help))
    assert all(NOT_NOW not in words(reply) for reply in (board, help))
