"""What a form says that is filled in inside a message is held against the list of what chat may hold, as a card is."""

import tomllib
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest

from handlers.account import form as concern_form
from handlers.account import meant_form, police_notice, questions, quick, review
from handlers.conversation import Complaints, FormSubmitted, NextPage
from handlers.desk import answers
from handlers.reporter import duty_form, sending
from handlers.rules.chronology import Answers
from handlers.ui import in_chat, may_stand
from handlers.ui.card import Heading, Quote, Words
from handlers.ui.form import Field, Form
from tests.examples import FORMS
from tests.handlers.keeping import alarms
from tests.handlers.post.test_leaving import OWN
from tests.handlers.school import ANSWERS, LEE, MIA, OTHER_MIA, TESS, Here, account

IN_A_WINDOW = {"concern_1_unsent_several", "concern_4_duty"}
"""What tells several drafts apart, and which duty it is: the desk says neither in a chat."""
THERE = {
    name: form for name, form in FORMS.items()
    if form.id in sending.PAGES and form.page != review.PAGE and name not in IN_A_WINDOW
    and not any(isinstance(one, Quote) for one in form.parts)
}  # fmt: skip
"""The last look and what it has rewritten are for a window alone."""
NUMBERED = replace(OWN, staff=OWN.staff | {f"Lee Abara {number}" for number in range(1, 9)})


@pytest.mark.parametrize("name", sorted(THERE))
def test_every_word_of_ours_in_a_form_inside_a_message_is_in_the_list(name: str):
    _, faults = in_chat.held(in_chat.plain(THERE[name], answers._FIXED), NUMBERED)
    assert [fault.sentence(may_stand.FORM) for fault in faults] == []


def _says(form: Form) -> set[str]:
    found: set[str] = set()
    for part in form.parts:
        if isinstance(part, Field):
            options = getattr(part, "options", ())
            found |= {part.label, part.hint, *(one.label for one in options), *(one.group for one in options)}
        elif isinstance(part, Words | Heading):
            found.add(part.text)
    return found


def test_nothing_is_listed_that_no_form_says():
    listed = tomllib.loads(Path(may_stand.__file__).with_name("may_stand.toml").read_text("utf-8"))["form"]["words"]
    parts = [one.part for page in questions.PAGES for one in page] + [*quick._PARTS, *police_notice._PARTS]
    said = _says(Form(id="", key="", title="", parts=tuple(parts)))
    for form in (*THERE.values(), *(FORMS[name] for name in ("meant", "meant_many") if name in FORMS)):
        said |= _says(form) | {form.title, form.submit, form.leave}
    said |= {meant_form.CLOSE, meant_form.WHY, duty_form.IN_A_CHAT, in_chat.LEFT_OUT, in_chat.UNNAMED, "Cancel"}
    said |= {*meant_form._AS_THE_ADULT.values(), *meant_form._IN_WORDS.values(), "As you chose before"}
    said |= {"You began these and did not send them.", "Carry on with it", "Begin a new one"}
    said |= {"Needed, unless you carry on with the one above."}
    assert [line for line in listed if "{" not in line and line not in said] == []


def _sent(page: int, values: Answers, key: str = "") -> FormSubmitted:
    return FormSubmitted(
        who=account(TESS), form=concern_form.ID, key=key or str(uuid4()), page=page, values=values, in_chat=True
    )  # fmt: skip


async def _page(here: Here, number: int, values: Answers) -> Form:
    key = str(uuid4())
    for page in range(1, number):
        reply = await here.answers(_sent(page, values, key))
        assert isinstance(reply, NextPage), reply
    return reply.form


TWO: Answers = {**ANSWERS, "child_2": str(OTHER_MIA.id), "role_2": "witness", "source": "child"}


async def test_with_several_children_no_label_has_a_childs_name_and_each_has_its_field(here: Here):
    form = await _page(here, 3, TWO)
    labels = {field.name: field.label for field in form.fields()}
    assert labels["own_words"] == "The child's exact words"
    assert labels["own_words_2"] == "The second child's exact words"
    assert not [label for label in labels.values() if MIA.name in label]


@pytest.mark.parametrize("answered", [TWO, {**ANSWERS, "danger": "yes", "close": str(LEE.id), "involved": "close"}])
async def test_each_page_of_it_may_stand_whatever_was_answered(here: Here, answered: Answers):
    for number in (2, 3, 4):
        assert in_chat.LEFT_OUT not in str((await _page(here, number, answered)).parts)
    assert here.mishaps == []


async def test_which_duty_it_may_be_is_not_said_in_a_chat(here: Here):
    key = str(uuid4())
    urgent: Answers = {**ANSWERS, "urgency": "now", "own_words": "They did the FGM on me in the summer"}
    for page in (1, 2, 3):
        reply = await here.answers(_sent(page, urgent, key))
    assert isinstance(reply, NextPage)
    words = [part.text for part in reply.form.parts if isinstance(part, Words | Heading)]
    assert duty_form.IN_A_CHAT in words
    assert not [text for text in words if "genital" in text]


async def test_what_the_list_has_not_is_left_out_said_and_told_as_a_code(here: Here, monkeypatch, kept_back):
    leaky = concern_form._parts

    def parts(*args):
        yield Heading(f"About {MIA.name}")
        for part in leaky(*args):
            yield replace(part, hint=f"What {MIA.name} said.") if getattr(part, "name", "") == "place_words" else part

    monkeypatch.setattr(concern_form, "_parts", parts)
    reply = await here.answers(_sent(1, ANSWERS))
    assert isinstance(reply, NextPage)
    assert Words(text=in_chat.LEFT_OUT, subtle=True) in reply.form.parts
    assert MIA.name not in str(reply.form.parts)
    assert [one["kind"] for one in await alarms(here) if one["why"] == "beyond_chat"] == ["form"]
    assert all(one.startswith("beyond-chat-form-") for one in here.mishaps)
    assert len(here.mishaps) == 1
    assert kept_back
    kept_back.clear()


async def test_in_a_window_the_same_page_is_held_against_nothing(here: Here):
    window = replace(_sent(1, TWO), in_chat=False)
    reply = await here.answers(window)
    assert isinstance(reply, NextPage)
    key = reply.form.key
    reply = await here.answers(replace(window, key=key, page=2))
    assert not isinstance(reply, Complaints)
    assert MIA.name in str([field.label for field in reply.form.fields()])
