"""A draft is carried on with where it was left, on any day, by its writer alone; or thrown away, and that is kept."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from handlers.account import review
from handlers.conversation import CommandTyped, Complaints, FormSubmitted, NextPage, OpenForm, Tell
from handlers.rules.chronology import Deed
from handlers.ui.card import Buttons, Look, Press
from handlers.ui.form import Form
from store.opening import open_units
from tests.handlers.conftest import KEY
from tests.handlers.school import ANSWERS, LEE, MIA, ROLL, SCHOOL, TESS, TOM, Here, account, words

CARRY_ON = "carry_on"


async def turns(here: Here, key: str, *pages: int, by=TESS, values=ANSWERS) -> Form:
    """Turn those pages; the form that is shown then."""
    for page in pages:
        sent = FormSubmitted(who=account(by), form="concern", key=key, page=page, values=values)
        reply = await here.answers(sent)
        assert isinstance(reply, NextPage | OpenForm | Complaints), reply
    return reply.form


async def begins(here: Here, *pages: int, by=TESS, text: str = "") -> str:
    reply = await here.command(by, text)
    assert isinstance(reply, OpenForm)
    await turns(here, reply.form.key, *pages, by=by)
    return reply.form.key


def choice(form: Form):
    return next((field for field in form.fields() if field.name == CARRY_ON), None)


def buttons(reply: Tell) -> dict[str, object]:
    rows = [part for part in reply.card.parts if isinstance(part, Buttons)]
    return {button.label: button for row in rows for button in row.buttons}


async def draft(here: Here, key: str):
    async with here.units(SCHOOL.id) as uow:
        return await uow.drafts.get(UUID(key))


async def trail(here: Here, key: str):
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(UUID(key), words=True)]


async def test_who_has_begun_nothing_is_asked_nothing_more(here):
    reply = await here.command(TESS)
    assert choice(reply.form) is None
    assert any(getattr(field, "required", False) for field in reply.form.fields())


async def test_with_a_draft_the_first_page_opens_as_always_with_one_choice_that_need_not_be_made(here):
    key = await begins(here, 1, 2)
    here.later(minutes=7)
    form = (await here.command(TESS)).form
    assert (form.page, form.key != key) == (1, True)
    offered = choice(form)
    assert offered.label == "You began one at 10:15 today and did not send it."
    assert [option.label for option in offered.options] == ["Carry on with it", "Begin a new one"]
    assert not offered.required
    assert form.values == {}
    assert not any(getattr(field, "required", False) for field in form.fields())


async def test_another_persons_draft_and_one_that_was_sent_are_not_offered(here):
    await begins(here, 1, 2)
    assert choice((await here.command(TOM)).form) is None
    await here.raises(TOM)
    assert choice((await here.command(TOM)).form) is None


async def test_carrying_on_shows_the_page_and_everything_typed_and_the_new_form_leaves_nothing(here):
    key = await begins(here, 1, 2, 3)
    here.later(hours=20)
    fresh = (await here.command(TESS)).form
    reply = await here.send(TESS, fresh, {CARRY_ON: key})
    assert isinstance(reply, NextPage)
    assert (reply.form.key, reply.form.page) == (key, 4)
    assert reply.form.values["own_words"] == ANSWERS["own_words"]
    assert await draft(here, fresh.key) is None
    sent = await turns_and_sends(here, key, 4)
    assert "Your concern has been received" in words(sent)
    async with here.units(SCHOOL.id) as uow:
        assert (await uow.trail.answers(UUID(key)))["facts"] == ANSWERS["facts"]


async def turns_and_sends(here: Here, key: str, *pages: int):
    await turns(here, key, *pages)
    return await here.answers(
        FormSubmitted(who=account(TESS), form="concern", key=key, page=review.PAGE, values={})
    )


async def test_nothing_chosen_or_a_new_one_begins_a_new_one_and_keeps_the_other(here):
    key = await begins(here, 1)
    for chosen in ({}, {CARRY_ON: ""}, {CARRY_ON: "new"}):
        fresh = (await here.command(TESS)).form
        reply = await here.send(TESS, fresh, {**ANSWERS, **chosen})
        assert isinstance(reply, NextPage)
        assert (reply.form.key, reply.form.page) == (fresh.key, 2)
        assert CARRY_ON not in (await draft(here, fresh.key)).answers
    assert (await draft(here, key)).page == 2


async def test_what_is_missing_on_the_first_page_is_said_and_the_choice_stays(here):
    await begins(here, 1)
    fresh = (await here.command(TESS)).form
    reply = await here.send(TESS, fresh, {CARRY_ON: "new", "danger": "no"})
    assert isinstance(reply, Complaints)
    assert {"about", "urgency", "told_lead"} <= set(reply.by_field)
    assert choice(reply.form) is not None
    assert reply.form.values[CARRY_ON] == "new"


async def test_of_several_the_newest_three_are_offered_and_told_apart(here):
    keys = []
    for _ in range(4):
        keys.append(await begins(here, 1, 2, 3))
        here.later(minutes=10)
    offered = choice((await here.command(TESS)).form)
    assert [option.key for option in offered.options] == [keys[3], keys[2], keys[1], "new"]
    assert [option.label for option in offered.options[:2]] == [
        "Carry on: M.P., “She held her …” (10:45 today)", "Carry on: M.P., “She held her …” (10:35 today)",
    ]
    assert MIA.name not in str(offered)


async def test_what_was_typed_on_the_first_page_goes_along_and_danger_is_told_at_once(here):
    key = await begins(here, 1, 2)
    fresh = (await here.command(TESS)).form
    reply = await here.send(TESS, fresh, {CARRY_ON: key, "danger": "yes"})
    assert (reply.form.key, reply.form.page) == (key, 3)
    kept = (await draft(here, key)).answers
    assert (kept["danger"], kept["about"], kept["child_1"]) == ("yes", "child", str(MIA.id))
    assert Deed.DANGER in [entry.deed for entry in await trail(here, key)]


async def test_words_after_the_command_go_along_as_a_further_line_of_the_facts(here):
    key = await begins(here, 1, 2, 3)
    fresh = (await here.command(TESS, "She came back at noon.")).form
    await here.send(TESS, fresh, {CARRY_ON: key})
    assert (await draft(here, key)).answers["facts"] == f"{ANSWERS['facts']}\nShe came back at noon."
    assert await draft(here, fresh.key) is None


async def test_a_page_that_was_complained_about_first_leaves_nothing_when_one_carries_on(here):
    key = await begins(here, 1, 2)
    fresh = (await here.command(TESS)).form
    await here.send(TESS, fresh, {"danger": "no"})
    reply = await here.send(TESS, fresh, {"danger": "no", CARRY_ON: key})
    assert (reply.form.key, reply.form.page) == (key, 3)
    assert await draft(here, fresh.key) is None


@pytest.mark.parametrize("whose", ["somebody else's", "nobody's", "sent"])
async def test_only_ones_own_unsent_draft_is_carried_on_with(here, whose):
    key = {"somebody else's": await begins(here, 1, 2, by=TOM), "nobody's": str(uuid4())}.get(whose)
    key = key or str((await here.raises(TESS)).id)
    await begins(here, 1)
    fresh = (await here.command(TESS)).form
    reply = await here.send(TESS, fresh, {CARRY_ON: key})
    assert isinstance(reply, Complaints)
    assert "not there any more" in reply.by_field[""]


async def test_in_chat_the_card_offers_it_and_its_button_goes_where_it_was_left(here):
    key = await begins(here, 1, 2)
    told = await here.answers(CommandTyped(who=account(TESS), in_chat=True))
    assert "You began one at 10:15 today and did not send it." in words(told)
    button = buttons(told)["Carry on with it"]
    assert str(button.subject) == key
    assert (await here.opens(TESS, button.press, button.subject)).page == 3


async def test_the_last_look_is_come_back_to_as_well(here):
    key = await begins(here, 1, 2, 3, 4)
    form = await here.opens(TESS, Press.START, UUID(key))
    assert form.page == review.PAGE
    assert ANSWERS["facts"] in str(form.parts)


async def test_going_back_is_where_one_was_too(here):
    key = await begins(here, 1, 2, 3)
    back = FormSubmitted(who=account(TESS), form="concern", key=key, page=4, values={}, back=True)
    assert (await here.answers(back)).form.page == 3
    assert (await here.opens(TESS, Press.START, UUID(key))).page == 3


async def test_every_page_turned_is_there_after_the_program_was_stopped(here, tmp_path):
    key = await begins(here, 1, 2, 3)
    await here.units.close()
    again = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'heard.db'}", root_key=KEY, schools=(ROLL,))
    later = Here(again, at=here.at + timedelta(hours=3))
    form = await later.opens(TESS, Press.START, UUID(key))
    assert form.page == 4
    assert {name: form.values[name] for name in ("facts", "own_words", "child_1")} == {
        name: ANSWERS[name] for name in ("facts", "own_words", "child_1")
    }
    await again.close()


async def test_ones_own_list_shows_what_is_not_sent_by_time_with_a_way_on_and_a_way_out(here):
    key = await begins(here, 1, 2, 3)
    here.later(days=1)
    told = await here.command(TESS, "mine")
    shown = buttons(told)
    assert set(shown) == {"Carry on (10:15 yesterday)", "Throw away (10:15 yesterday)"}
    assert "Begun and not sent" in words(told)
    assert all(str(button.subject) == key for button in shown.values())
    assert MIA.name not in str(told)


async def test_a_draft_is_thrown_away_only_when_it_is_said_twice_and_an_entry_without_words_stays(here):
    key = await begins(here, 1, 2, 3)
    form = await here.opens(TESS, Press.THROW_AWAY, UUID(key))
    assert form.submit == "Throw away"
    assert ANSWERS["facts"] not in str(form)
    assert await draft(here, key) is not None
    assert "thrown away" in words(await here.send(TESS, form, {}))
    assert await draft(here, key) is None
    (entry,) = await trail(here, key)
    assert (entry.deed, entry.by, dict(entry.words), dict(entry.facts)) == (Deed.THROWN_AWAY, TESS.id, {}, {})
    assert "already" in words(await here.send(TESS, form, {}))


async def test_what_was_thrown_away_does_not_begin_again_as_an_empty_form(here):
    key = await begins(here, 1, 2)
    await here.send(TESS, await here.opens(TESS, Press.THROW_AWAY, UUID(key)), {})
    for press in (Press.START, Press.START_HERE, Press.THROW_AWAY):
        assert "not there any more" in words(await here.press(TESS, press, UUID(key)))


async def test_nobody_else_throws_it_away_and_a_concern_that_was_sent_is_not_a_draft(here):
    key = await begins(here, 1, 2)
    for person in (TOM, LEE):
        assert "not there any more" in words(await here.press(person, Press.THROW_AWAY, UUID(key)))
    form = await here.opens(TESS, Press.THROW_AWAY, UUID(key))
    assert isinstance(await here.send(TOM, form, {}), Complaints)
    assert await draft(here, key) is not None
    concern = await here.raises(TESS)
    assert "not there any more" in words(await here.press(TESS, Press.THROW_AWAY, concern.id))
    assert (await here.concern(concern.id)).version == 1


async def test_an_empty_page_that_was_sent_on_is_offered_to_nobody(here):
    fresh = (await here.command(TESS)).form
    assert isinstance(await here.send(TESS, fresh, {}), Complaints)
    assert choice((await here.command(TESS)).form) is None
    assert here.mishaps == []


async def test_in_a_chat_the_dialog_is_offered_first_and_what_the_other_way_lacks_is_said(here: Here):
    told = await here.answers(CommandTyped(who=account(TESS), in_chat=True))
    assert isinstance(told, Tell)
    (row,) = [part for part in told.card.parts if isinstance(part, Buttons)]
    first, second, *_ = row.buttons
    assert (first.press, first.look) == (Press.START, Look.PRIMARY)
    assert (second.press, second.look) == (Press.START_HERE, Look.PLAIN)
    assert "no last look" in words(told)
