"""A page so full that no question fits below it is sent back for just that, and nothing in it is lost or answered."""

from dataclasses import replace

import pytest

from handlers.account import meant_form
from handlers.conversation import Complaints, NextPage
from handlers.desk import room
from handlers.rules.concern import Status
from handlers.triage import form as triage_form
from handlers.ui.card import Press
from handlers.ui.form import TextField
from tests.handlers.school import COLIN, DANA, DECISION, HELEN, LEE, PRIYA, TOM, Here, words

MEANT = (PRIYA, DANA, HELEN, COLIN, TOM)
FULL = {
    field.name: "語" * field.most for field in triage_form.form("k", "").fields() if isinstance(field, TextField)
} | {"consulted": ", ".join(person.name for person in MEANT)}  # fmt: skip
ASKED = tuple(meant_form.name_of(person.id) for person in MEANT)


async def test_a_page_with_no_room_for_its_question_comes_back_whole_with_how_much_must_go(here: Here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    back = await here.decides(LEE, concern, **FULL)
    assert isinstance(back, Complaints)
    assert set(back.by_field) == {"rationale"}
    assert {name: back.form.values[name] for name in FULL} == FULL
    assert not [field for field in back.form.fields() if field.name in ASKED]
    assert (await here.concern(concern.id)).status is Status.ACCEPTED
    same = await here.send(LEE, back.form, {**DECISION, **FULL})
    assert isinstance(same, Complaints)
    assert same.by_field == back.by_field
    less = int("".join(one for one in back.by_field["rationale"] if one.isdigit()))
    shorter = {**FULL, "rationale": FULL["rationale"][:-less]}
    asked = await here.send(LEE, back.form, {**DECISION, **shorter})
    assert isinstance(asked, NextPage)
    answered = dict.fromkeys(ASKED, "no")
    assert "recorded" in words(await here.send(LEE, asked.form, {**DECISION, **shorter, **answered}))


@pytest.mark.parametrize("text", ["", "x" * 9000, "語" * 5600])
def test_where_nobody_is_named_no_text_is_too_long(text: str):
    assert room.lacking(replace(triage_form.form("k", ""), values={"rationale": text}), ()) == {}
