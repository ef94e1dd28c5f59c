"""What is cut is the least important, it is said how many there are, and the rest is a press away: on every list."""

from datetime import timedelta

import pytest

from handlers.conversation import ButtonPressed, FormSubmitted, NextPage, OpenForm, Tell
from handlers.overview import digests, huddles
from handlers.rules.chronology import Answers
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.ui import listing, whole
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Press, Rows
from handlers.ui.form import ChoiceField, Form
from tests.handlers.school import ANSWERS, DANA, HELEN, LEE, PRIYA, SCHOOL, TESS, TOM, Here, account, words

QUIET: Answers = {**ANSWERS, "urgency": "record"}
URGENT: Answers = {**ANSWERS, "urgency": "now"}


async def card(here: Here, by: Person, command: str) -> Card:
    reply = await here.command(by, command)
    assert isinstance(reply, Tell)
    return reply.card


def button(card: Card) -> Button:
    """The one that shows all."""
    every = [button for part in card.parts if isinstance(part, Buttons) for button in part.buttons]
    return next(button for button in every if button.press is Press.LIST)


def first_row(card: Card) -> str:
    return next(part.rows[0].name for part in card.parts if isinstance(part, Rows))


async def pages(here: Here, by: Person, pressed: Button) -> list[Form]:
    """Every page of the window, by going on."""
    reply = await here.answers(
        ButtonPressed(who=account(by), press=pressed.press, subject=pressed.subject, version=pressed.version)
    )
    assert isinstance(reply, OpenForm), reply
    found = [reply.form]
    while found[-1].values.get(listing.WHICH) == listing.NEXT:
        following = await here.send(by, found[-1], found[-1].values)
        assert isinstance(following, NextPage), following
        found.append(following.form)
    return found


def listed(pages: list[Form]) -> list[str]:
    """What can be opened, in its order, by its name."""
    fields = [field for page in pages for field in page.fields() if isinstance(field, ChoiceField)]
    return [o.label.split(" · ")[0] for field in fields for o in field.options if ":" in o.key]


def told(pages: list[Form]) -> list[str]:
    return [name for page in pages for part in page.parts if isinstance(part, Facts) for name, _ in part.pairs]


async def raises(here: Here, count: int, answers: Answers = QUIET) -> list[Concern]:
    return [await here.raises(answers=answers) for _ in range(count)]


async def test_a_now_behind_eight_for_the_record_stands_first_on_the_board(here):
    await raises(here, 8)
    here.later(hours=30)
    now = await here.raises(answers=URGENT)
    shown = await card(here, LEE, "board")
    assert first_row(shown) == now.reference
    assert any(isinstance(part, Heading) and part.text == "Waiting to be accepted: 9" for part in shown.parts)
    assert button(shown).label == "Show all 9"


async def test_the_board_can_be_read_to_its_end_and_each_line_opens(here):
    quiet = await raises(here, 44)
    now = await here.raises(answers=URGENT)
    found = await pages(here, LEE, button(await card(here, LEE, "board")))
    assert [page.page for page in found] == [1, 2, 3]
    assert listed(found) == told(found) == [now.reference, *(one.reference for one in quiet)]
    assert "1 to 20 of 45" in str(found[0].parts)
    opened = await here.send(LEE, found[2], {listing.WHICH: f"open:{quiet[-1].id}"})
    assert isinstance(opened, NextPage)
    assert quiet[-1].reference in opened.form.title
    before = await here.answers(
        FormSubmitted(who=account(LEE), form="list", key=found[1].key, page=2, values={}, back=True)
    )
    assert isinstance(before, NextPage)
    assert before.form.page == 1


async def test_a_now_in_the_last_list_stands_on_the_first_page_and_adults_stay_apart(here):
    now = await here.raises(answers=URGENT)
    await here.press(LEE, Press.ACCEPT, now.id)
    await raises(here, 30)
    found = await pages(here, LEE, button(await card(here, LEE, "board")))
    assert listed(found)[0] == now.reference
    assert "To be acted on first: 1" in str(found[0].parts)
    assert "Yours. Decide by" in str(found[0].parts)
    for _ in range(4):
        await here.raises(answers={**QUIET, "about": "adult", "adult": str(TOM.id), "urgency": "now"})
    heads = [p.text for f in await pages(here, HELEN, button(await card(here, HELEN, "board"))) for p in f.parts
             if isinstance(p, Heading)]
    assert heads == ["Not about a child: kept apart. To be acted on first: 4"]


async def test_what_has_gone_from_the_list_meanwhile_is_not_opened_and_the_list_comes_again(here):
    concerns = await raises(here, 5)
    [page] = await pages(here, LEE, button(await card(here, LEE, "board")))
    sealed = await here.opens(LEE, Press.SEAL, concerns[0].id)
    await here.send(LEE, sealed, {"to_1": str(DANA.id), "reason": "It must."})
    reply = await here.send(LEE, page, {listing.WHICH: f"open:{concerns[0].id}"})
    assert isinstance(reply, NextPage)
    assert concerns[0].reference not in str(reply.form)
    assert "Choose one from the list" in str(reply.form)


async def test_a_teacher_reads_all_of_their_own_and_what_is_left_to_tell_comes_first(here):
    sent = await raises(here, 24)
    shown = await card(here, TESS, "mine")
    assert "And 14 more." in str(shown.parts)
    found = await pages(here, TESS, button(shown))
    assert sorted(listed(found)) == sorted(one.reference for one in sent)
    adds = await here.send(TESS, found[1], {listing.WHICH: f"add:{sent[0].id}"})
    assert isinstance(adds, NextPage)
    assert adds.form.id == "add"


@pytest.mark.parametrize("of", [whole.DIGEST, whole.HUDDLE])
async def test_the_mornings_and_the_weeks_card_lead_to_all_that_they_count(here, of):
    quiet = await raises(here, 15)
    now = await here.raises(answers=URGENT)
    async with here.units(SCHOOL.id) as uow:
        drawn = await (digests if of == whole.DIGEST else huddles).draw(uow, at=here.at)
    assert f"16: {now.reference}, {quiet[0].reference}" in str(drawn.parts)
    assert "and 4 more" in str(drawn.parts)
    assert button(drawn).subject == of
    found = await pages(here, PRIYA, button(drawn))
    assert set(listed(found)) == {one.reference for one in (now, *quiet)}
    assert "no such concern" in words(await here.press(TESS, Press.LIST, of))


async def test_nobody_named_finds_theirs_in_the_whole_list(here):
    hidden = await here.raises(answers={**QUIET, "close": str(LEE.id)})
    await raises(here, 5)
    for of in (whole.BOARD, whole.DIGEST, whole.HUDDLE):
        window = await here.opens(LEE, Press.LIST, of)
        assert hidden.reference not in str(window)


async def test_the_cover_reads_all_that_is_left_the_most_pressing_first(here):
    quiet = await raises(here, 23)
    now = await here.raises(answers=URGENT)
    for one in (*quiet, now):
        await here.press(LEE, Press.ACCEPT, one.id)
    form = await here.opens(LEE, Press.AWAY, LEE.id)
    day = f"{here.at + timedelta(days=1):%Y-%m-%d}"
    await here.send(LEE, form, {"from": day, "until": day, "cover": str(PRIYA.id)})
    found = await pages(here, PRIYA, Button(press=Press.LIST, label="", subject=LEE.id, version=0))
    assert listed(found)[0] == now.reference
    assert len(listed(found)) == 24
    assert "no such concern" in words(await here.press(DANA, Press.LIST, LEE.id))


async def test_what_was_found_of_a_child_goes_on_to_its_end(here):
    sent = await raises(here, 23)
    ask = (await here.command(LEE, "find")).form
    child = ANSWERS["child_1"]
    reply = await here.send(LEE, ask, {"child": child})
    assert isinstance(reply, NextPage)
    assert "1 to 20 of 23" in str(reply.form.parts)
    rest = await here.send(LEE, reply.form, reply.form.values)
    assert isinstance(rest, NextPage)
    assert (reply.form.page, rest.form.page, rest.form.back) == (2, 3, True)
    assert set(listed([reply.form, rest.form])) == {one.reference for one in sent}
