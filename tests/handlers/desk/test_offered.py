"""A client that cannot search has no empty box: few are listed, and a name that is written finds its list."""

from uuid import UUID, uuid4

import pytest

from bot.teams import limits
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST, size
from bot.teams.render import form_card
from handlers import search
from handlers.account import form as concern_form
from handlers.conversation import Complaints, FormSubmitted, NextPage
from handlers.rules.people import IN_CHARGE
from handlers.ui.card import Press
from handlers.ui.form import Form, Option, PickField, Source, TextField
from handlers.ui.picked import BY_NAME, MORE
from tests import examples
from tests.handlers.school import ANSWERS, LEE, MIA, OTHER_MIA, PEOPLE, PRIYA, TESS, Here, account

CHILD = concern_form.page_of("child_1", ANSWERS)


def field(form: Form, name: str) -> PickField | TextField:
    return next(one for one in form.fields() if one.name == name and isinstance(one, PickField | TextField))


async def sends(here: Here, page: int, key: str = "", **values: str) -> NextPage | Complaints:
    answers = {**ANSWERS, **values}
    sent = FormSubmitted(who=account(TESS), form="concern", key=key or str(uuid4()), page=page, values=answers)
    reply = await here.answers(sent)
    assert isinstance(reply, NextPage | Complaints)
    return reply


async def test_whoever_may_be_given_a_concern_is_listed_whole(here: Here):
    reply = await sends(here, concern_form.page_of("close", {**ANSWERS, "involved": "both"}) - 1, involved="both")
    assert isinstance(reply, NextPage)
    close = field(reply.form, "close")
    assert isinstance(close, PickField)
    in_charge = [str(person.id) for person, _ in PEOPLE if person.among(IN_CHARGE)]
    assert [option.key for option in close.options] == in_charge
    assert all(" · " in option.label for option in close.options)
    assert size(form_card(reply.form, surface=Surface.DIALOG)) < LARGEST


async def test_where_the_list_is_long_the_name_is_written_and_then_chosen(here: Here):
    key = str(uuid4())
    asked = await sends(here, CHILD, key, child_1=BY_NAME)
    assert isinstance(asked, Complaints)
    assert "Write the name of the child here" in asked.by_field["child_1"]
    line = field(asked.form, "child_1")
    assert isinstance(line, TextField)
    assert "child_1" not in asked.form.values
    listed = await sends(here, CHILD, key, child_1="mia")
    assert isinstance(listed, Complaints)
    choice = field(listed.form, "child_1")
    assert isinstance(choice, PickField)
    assert {option.key for option in choice.options} == {str(MIA.id), str(OTHER_MIA.id)}
    assert {"8B" in option.label for option in choice.options} == {True, False}
    assert isinstance(await sends(here, CHILD, key, child_1=str(MIA.id)), NextPage)


async def test_a_name_that_nobody_has_is_said_and_can_be_written_again(here: Here):
    key = str(uuid4())
    told = await sends(here, CHILD, key, child_1="Nobody Atall")
    assert isinstance(told, Complaints)
    assert "“Nobody Atall” was typed here" in told.by_field["child_1"]
    choice = field(told.form, "child_1")
    assert isinstance(choice, PickField)
    assert choice.options == ()


async def test_of_too_many_who_have_that_name_it_says_how_many_and_that_line_is_nobody(here: Here, monkeypatch):
    async def many(*_: object, **__: object):
        return tuple(Option(key=str(UUID(int=n)), label=f"Mia {n}") for n in range(63))

    monkeypatch.setattr(search, "suggest", many)
    key = str(uuid4())
    listed = await sends(here, CHILD, key, child_1="mia")
    choice = field(listed.form, "child_1")
    assert isinstance(choice, PickField)
    assert len(choice.options) == search.MOST + 1
    assert choice.options[-1] == Option(key=MORE, label="20 of 63: type more letters")
    told = await sends(here, CHILD, key, child_1=MORE)
    assert isinstance(told, Complaints)
    assert "Type more letters" in told.by_field["child_1"]
    again = field(told.form, "child_1")
    assert isinstance(again, PickField)
    assert again.options == ()


async def test_where_many_may_be_given_a_concern_they_are_searched_for_and_no_list_is_cut(here: Here, monkeypatch):
    monkeypatch.setattr(search, "MOST", 2)
    page, key = concern_form.page_of("close", {**ANSWERS, "involved": "both"}), str(uuid4())
    reply = await sends(here, page - 1, key, involved="both")
    close = field(reply.form, "close")
    assert isinstance(close, PickField)
    assert close.options == ()
    told = await sends(here, page, key, involved="both", close="priya")
    assert isinstance(told, Complaints)
    listed = field(told.form, "close")
    assert isinstance(listed, PickField)
    assert [option.key for option in listed.options] == [str(PRIYA.id)]


@pytest.mark.parametrize(("press", "name"), [(Press.NAME, "person"), (Press.SHARE, "to"), (Press.ASSIGN, "owner")])
async def test_the_same_way_leads_on_in_the_forms_of_leads(here: Here, press: Press, name: str):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, press, concern.id)
    told = await here.send(LEE, form, {name: BY_NAME})
    assert isinstance(told, Complaints)
    assert "Write the name of the person here" in told.by_field[name]
    told = await here.send(LEE, form, {name: "priya"})
    assert isinstance(told, Complaints)
    choice = field(told.form, name)
    assert isinstance(choice, PickField)
    assert str(PRIYA.id) in [option.key for option in choice.options]


@pytest.mark.parametrize("name", sorted(examples.FORMS))
def test_no_search_is_an_empty_box(name: str):
    """On Teams, where a client may not be able to search."""
    form = examples.FORMS[name]
    card = form_card(form, surface=Surface.DIALOG)
    searched = [one for one in limits._every(card) if "choices.data" in one]
    assert [one["id"] for one in searched] == [one.name for one in form.fields() if isinstance(one, PickField)]
    assert all(one["choices"] for one in searched)
    long = {one.name for one in form.fields() if isinstance(one, PickField) and one.source is not Source.LEADS}
    assert all(one["choices"][-1]["value"] == BY_NAME for one in searched if one["id"] in long)
