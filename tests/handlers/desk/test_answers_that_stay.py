"""An answer that stays in a chat is held against what chat may hold; one that is drawn in a window may say more."""

from dataclasses import replace
from uuid import UUID

import pytest

from handlers.conversation import ButtonPressed, CommandTyped, FormSubmitted, HomeOpened, Reply, SearchTyped, Tell
from handlers.desk import answers, counters
from handlers.errors import Refused
from handlers.overview import board
from handlers.reporter import sending, way_in_card
from handlers.rules.concern import Status
from handlers.ui.card import OPENS_A_WINDOW, Buttons, Card, Press, Words
from handlers.ui.form import Source
from tests.handlers.keeping import alarms, open_concerns
from tests.handlers.school import ANSWERS, LEE, MIA, PRIYA, TESS, Here, account, words
from tests.statements import heard, told

KEY = UUID(int=7)
WHO = account(LEE)


def pressed(press: Press, *, in_window: bool = False) -> ButtonPressed:
    return ButtonPressed(who=WHO, press=press, subject=KEY, version=1, in_window=in_window)


def sent(*, in_chat: bool) -> FormSubmitted:
    return FormSubmitted(who=WHO, form="concern", key=str(KEY), page=4, values={}, in_chat=in_chat)


@pytest.mark.parametrize(
    "stays", [CommandTyped(who=WHO, in_chat=True), sent(in_chat=True), HomeOpened(who=WHO),
              *(pressed(press) for press in Press if press not in OPENS_A_WINDOW)],
)  # fmt: skip
def test_what_answers_a_chat_or_a_page_stays_there(stays):
    assert answers.stay(stays)


@pytest.mark.parametrize(
    "gone", [CommandTyped(who=WHO), sent(in_chat=False), SearchTyped(who=WHO, source=Source.STAFF, query="le"),
             *(pressed(press) for press in OPENS_A_WINDOW), *(pressed(press, in_window=True) for press in Press)],
)  # fmt: skip
def test_what_is_drawn_in_a_window_is_gone_with_it(gone):
    assert not answers.stay(gone)


def leaking(card: Card) -> Card:
    return replace(card, parts=(Words(text=f"It is about {MIA.name}."), *card.parts))


def is_named(kept_back: list[str]) -> bool:
    """Whether she was kept back, and nothing else was."""
    every = all(MIA.name in one for one in kept_back)
    found = bool(kept_back) and every
    kept_back.clear()
    return found


def leaks(monkeypatch: pytest.MonkeyPatch, press: Press) -> None:
    """What answers that press tells whom it is about, after it has done its work."""
    answer = counters.PRESSES[press]

    async def leaky(uow, subject, by, at) -> Reply:
        reply = await answer(uow, subject, by, at)
        assert isinstance(reply, Tell)
        return Tell(leaking(reply.card))

    monkeypatch.setattr(counters, "PRESSES", {**counters.PRESSES, press: leaky})


async def test_an_answer_to_a_press_that_may_not_stay_goes_as_one_that_says_that_it_is_done(
    here: Here, monkeypatch, kept_back
):
    concern = await here.raises()
    leaks(monkeypatch, Press.ACCEPT)
    said = words(await here.press(LEE, Press.ACCEPT, concern.id)).strip()
    assert MIA.name not in said
    assert said.endswith(answers.DONE)
    assert (await here.concern(concern.id)).owner == LEE.id
    assert is_named(kept_back)
    assert [one for one in here.mishaps if one.startswith("beyond-chat-answer_accept-") and one.endswith("BeyondChat")]
    facts = {"why": "beyond_chat", "reason": "words", "kind": "answer_accept", "platform": "slack"}
    assert [one for one in await alarms(here) if one["why"] == "beyond_chat"] == [facts]


async def test_the_same_answer_in_a_window_may_say_it(here: Here, monkeypatch):
    concern = await here.raises()
    leaks(monkeypatch, Press.ACCEPT)
    inbound = ButtonPressed(who=WHO, press=Press.ACCEPT, subject=concern.id, version=1, in_window=True)
    assert MIA.name in str(await here.answers(inbound))


async def test_a_form_in_a_chat_whose_answer_may_not_stay_is_sent_all_the_same_and_says_so(
    here: Here, monkeypatch, kept_back
):
    drawn = sending.receipt_card
    monkeypatch.setattr(sending, "receipt_card", lambda *args, **more: leaking(drawn(*args, **more)))
    reply = None
    for page in (1, 2, 3, 4):
        form = FormSubmitted(who=account(TESS), form="concern", key=str(KEY), page=page, values=ANSWERS, in_chat=True)
        reply = await here.answers(form)
    assert words(reply).strip().endswith(answers.DONE)
    assert len(await open_concerns(here)) == 1
    assert is_named(kept_back)


async def test_a_command_whose_answer_may_not_stay_says_that_nothing_was_sent_and_keeps_its_buttons(
    here: Here, monkeypatch, kept_back
):
    drawn = way_in_card.way_in
    monkeypatch.setattr(way_in_card, "way_in", lambda *args, **more: leaking(drawn(*args, **more)))
    reply = await here.answers(CommandTyped(who=account(TESS), in_chat=True))
    assert words(reply).strip().endswith(answers.NOT_DONE)
    (row,) = [part for part in reply.card.parts if isinstance(part, Buttons)]
    assert [one.press for one in row.buttons] == [Press.START, Press.START_HERE]
    assert is_named(kept_back)


async def test_a_refusal_that_may_not_stay_says_that_nothing_was_changed(here: Here, monkeypatch, kept_back):
    concern = await here.raises()

    async def refuse(uow, subject, by, at) -> Reply:
        raise Refused(f"Ask the form tutor of {MIA.name} first.")

    monkeypatch.setattr(counters, "PRESSES", {**counters.PRESSES, Press.ACCEPT: refuse})
    assert words(await here.press(LEE, Press.ACCEPT, concern.id)).strip().endswith(answers.NOT_DONE)
    assert (await here.concern(concern.id)).status is Status.SUBMITTED
    assert is_named(kept_back)


async def test_a_board_that_is_drawn_again_where_it_stands_is_held_against_it_too(here: Here, monkeypatch, kept_back):
    drawn = board.board

    async def leaky(uow, *, by, at) -> Card:
        return leaking(await drawn(uow, by=by, at=at))

    monkeypatch.setattr(board, "board", leaky)
    assert words(await here.press(LEE, Press.BOARD, KEY)).strip().endswith(answers.NOT_DONE)
    assert is_named(kept_back)


async def test_who_was_first_is_named_by_a_value_of_the_school_and_nothing_else(here: Here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    said = words(await here.press(PRIYA, Press.ACCEPT, concern.id))
    assert said == "Lee Abara has this concern already, accepted Tue 24 Nov, 10:15. The card is being refreshed."
    assert here.mishaps == []


async def test_it_costs_no_statement(here: Here, monkeypatch):
    concern = await here.raises()
    with heard(here.units) as held:
        await here.press(LEE, Press.ACCEPT, concern.id)
    monkeypatch.setattr(answers, "stay", lambda _: False)
    other = await here.raises(key=UUID(int=9))
    with heard(here.units) as free:
        await here.press(LEE, Press.ACCEPT, other.id)
    assert len(held) == len(free), f"held: {told(held)}; free: {told(free)}"


async def test_a_command_that_opens_a_form_is_held_against_nothing(here: Here, monkeypatch):
    monkeypatch.setattr("handlers.leaving.checked", None)
    assert not isinstance(await here.command(TESS), Tell)
    assert here.mishaps == []
