"""What is cut is the least important, it is said how many there are, and the rest is a press away: on every list."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from bot.slack import render as slack
from bot.teams import render as teams
from bot.teams.blocks import Surface
from bot.teams.limits import LARGEST, size
from handlers import search
from handlers.actions import form as action_form
from handlers.conversation import (
    ButtonPressed,
    Complaints,
    FormSubmitted,
    HomeOpened,
    NextPage,
    OpenForm,
    Reply,
    SearchTyped,
    Suggestions,
    Tell,
)
from handlers.overview import digests, huddles
from handlers.reporter import unsent_form
from handlers.reporter.draft_card import Begun
from handlers.reporter.way_in_card import way_in
from handlers.rules.chronology import Answers
from handlers.rules.concern import Concern
from handlers.rules.people import Person, PupilId
from handlers.ui import picked, whole
from handlers.ui.card import Button, Buttons, Card, Facts, Heading, Press, Row, Rows
from handlers.ui.form import ChoiceField, Form, Option, Source
from tests.handlers.school import (
    ANSWERS,
    DANA,
    DECISION,
    HELEN,
    LEE,
    MIA,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
    words,
)

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
    while found[-1].submit:
        following = await here.send(by, found[-1], {})
        assert isinstance(following, NextPage), following
        found.append(following.form)
    return found


def rows(pages: list[Form]) -> list[Row]:
    return [row for page in pages for part in page.parts if isinstance(part, Rows) for row in part.rows]


def listed(pages: list[Form]) -> list[str]:
    """What can be opened, in its order, by its name: each by a button that says so."""
    found = rows(pages)
    names = [row.name.split(" · ")[0] for row in found]
    assert [row.button.spoken for row in found] == [f"Open {name}" for name in names]
    return names


def told(pages: list[Form]) -> list[str]:
    facts = [part for page in pages for part in page.parts if isinstance(part, Facts)]
    return [name.split(" · ")[0] for part in facts for name, _ in part.pairs]


async def opens(here: Here, by: Person, page: Form, which: str) -> Reply:
    """Press that line's own button in the window."""
    [button] = {row.button for row in rows([page]) if row.name.startswith(which)}
    return await here.answers(
        ButtonPressed(
            who=account(by), press=button.press, subject=button.subject, version=button.version, in_window=True,
            from_list=page.from_list,
        )
    )


async def back(here: Here, by: Person, window: Form) -> Form:
    """By the way back that both platforms draw: as if Back were pressed on the page after it."""
    wanted = window.leads_back_to()
    assert wanted is not None, "a way back to the list"
    reply = await here.answers(
        FormSubmitted(
            who=account(by), form=wanted.form, key=wanted.key, page=wanted.page + 1, values={}, back=True,
            from_list=wanted,
        )
    )
    assert isinstance(reply, NextPage)
    return reply.form


async def raises(here: Here, count: int, answers: Answers = QUIET) -> list[Concern]:
    """One second after the other: what came in one moment has no order that anybody could expect."""
    raised: list[Concern] = []
    for _ in range(count):
        raised.append(await here.raises(answers=answers))
        here.later(seconds=1)
    return raised


async def test_a_now_behind_eight_for_the_record_stands_first_on_the_board(here):
    await raises(here, 8)
    here.later(hours=30)
    now = await here.raises(answers=URGENT)
    shown = await card(here, LEE, "board")
    assert first_row(shown) == now.reference
    assert any(isinstance(part, Heading) and part.text == "Waiting to be accepted: 9" for part in shown.parts)
    assert button(shown).label == "Open all 9 with names"


async def test_the_board_can_be_read_to_its_end_and_each_line_opens(here):
    quiet = await raises(here, 44)
    now = await here.raises(answers=URGENT)
    found = await pages(here, LEE, button(await card(here, LEE, "board")))
    assert [page.page for page in found] == [1, 2, 3, 4, 5]
    assert listed(found) == [now.reference, *(one.reference for one in quiet)]
    assert "1 to 10 of 45" in str(found[0].parts)
    opened = await opens(here, LEE, found[4], quiet[-1].reference)
    assert isinstance(opened, OpenForm)
    assert quiet[-1].reference in opened.form.title
    assert listed([await back(here, LEE, opened.form)]) == listed([found[4]]), "on the page that it was opened from"
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
    reply = await opens(here, LEE, page, concerns[0].reference)
    assert isinstance(reply, NextPage)
    assert concerns[0].reference not in str(reply.form)
    assert "There is no such concern" in str(reply.form)
    assert listed([await back(here, LEE, reply.form)]) == [one.reference for one in concerns[1:]]


async def test_a_teacher_reads_all_of_their_own_and_what_is_left_to_tell_comes_first(here):
    sent = await raises(here, 24)
    shown = await card(here, TESS, "mine")
    assert "And 14 more." in str(shown.parts)
    home = await here.desk.answer(HomeOpened(who=account(TESS)))
    assert isinstance(home, Tell)
    assert "And 14 more." in str(home.card.parts), "the page of one's own stands as it was drawn"
    assert here.mishaps == []
    found = await pages(here, TESS, button(shown))
    assert sorted(listed(found)) == sorted(one.reference for one in sent)
    adds = await opens(here, TESS, found[2], sent[0].reference)
    assert isinstance(adds, OpenForm)
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
    assert "1 to 10 of 23" in str(reply.form.parts)
    found = [reply.form]
    while found[-1].submit:
        found.append((await here.send(LEE, found[-1], {})).form)
    assert [(page.page, page.back) for page in found] == [(2, True), (3, True), (4, True)]
    assert set(listed(found)) == {one.reference for one in sent}
    opened = await opens(here, LEE, found[1], listed([found[1]])[0])
    assert isinstance(opened, OpenForm)
    assert listed([await back(here, LEE, opened.form)]) == listed([found[1]])
    everything = next(part.buttons[0] for part in found[0].parts if isinstance(part, Buttons))
    assert everything.press is Press.CHRONOLOGY
    assert "Bullying" in str(await here.press(LEE, everything.press, everything.subject))


async def test_the_look_back_shows_every_earlier_concern_over_as_many_pages_as_it_takes(here):
    earlier = await raises(here, 60)
    grave = await here.raises(answers=URGENT)
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    page = await here.opens(LEE, Press.DECIDE, concern.id)
    found: list[Form] = []
    while not page.fields():
        assert size(teams.form_card(page, surface=Surface.DIALOG)) < LARGEST
        found.append(page)
        reply = await here.send(LEE, page, {})
        assert isinstance(reply, NextPage), reply
        page = reply.form
    references = [name.partition(",")[0] for name in told(found) if name.startswith("26-")]
    assert len(found) > 1
    assert references[0] == grave.reference
    assert sorted(references) == sorted(one.reference for one in (*earlier, grave))
    assert "61 earlier concerns" in str(found[0].parts)
    back = await here.answers(
        FormSubmitted(who=account(LEE), form="decide", key=found[1].key, page=2, values={}, back=True)
    )
    assert isinstance(back, NextPage)
    assert back.form.parts == found[0].parts
    last = await here.send(LEE, page, {})
    assert isinstance(last, NextPage)
    assert "recorded" in words(await here.send(LEE, last.form, DECISION))


async def test_a_search_says_how_many_it_found(here):
    class Many:
        """The roll of a large school, all of one name."""

        async def search(self, query: str, *, left: bool = False):
            return [replace(MIA, id=PupilId(UUID(int=7000 + n)), form=f"{n}X") for n in range(63)]

    async with here.units(SCHOOL.id) as uow:
        found = await search.suggest(replace(uow, pupils=Many()), Source.PUPILS, "mi", by=LEE)
    assert len(found) == 63


async def test_the_desk_shows_the_nearest_and_the_number_of_all(here, monkeypatch):
    async def many(*_: object, **__: object):
        return tuple(Option(key=str(UUID(int=n)), label=f"Mia {n}") for n in range(63))

    monkeypatch.setattr(search, "suggest", many)
    reply = await here.answers(SearchTyped(who=account(LEE), source=Source.PUPILS, query="mi"))
    assert isinstance(reply, Suggestions)
    assert (len(reply.options), reply.total) == (search.MOST, 63)
    assert slack.suggestions(reply)["option_groups"][0]["label"]["text"] == "20 of 63: type more letters"


async def test_who_chooses_the_line_that_says_there_are_more_has_chosen_nobody(here):
    ask = (await here.command(LEE, "find")).form
    reply = await here.send(LEE, ask, {"child": picked.MORE})
    assert isinstance(reply, Complaints)
    assert "Type more letters" in reply.by_field["child"]


async def test_of_a_concerns_actions_what_is_owed_and_late_comes_first_and_of_too_many_it_is_said():
    every = [Option(key=str(number), label=f"{number}") for number in range(120)]
    form = action_form.choose("k", "26-48213", every)
    assert "100 of 120. The rest is settled, and in the chronology." in str(form.parts)
    field = form.fields()[0]
    assert isinstance(field, ChoiceField)
    assert len(field.options) == 100


def test_of_what_was_begun_the_rest_is_said_with_where_it_is():
    begun = [Begun(key=UUID(int=n), when=f"10:0{n} today") for n in range(5)]
    offered = unsent_form.offer(Form(id="concern", key="k", title="t", parts=()), begun)
    assert "2 more: /concern mine has them all." in str(offered.parts)
    assert "2 more: /concern mine has them all." in str(way_in(UUID(int=1), begun).parts)
    assert "more" not in str(unsent_form.offer(Form(id="concern", key="k", title="t", parts=()), begun[:3]).parts)
