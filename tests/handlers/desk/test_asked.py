"""What is nearly a command is asked about, and what nobody reads is said to reach nobody: no word of either is lost."""

from datetime import timedelta
from uuid import UUID

import pytest

from handlers.conversation import CommandTyped, OpenForm, Tell
from handlers.desk import asked, commands
from handlers.reporter import draft_chasing, unsent
from handlers.rules.chronology import Deed
from handlers.rules.drafts import KEPT_FOR
from handlers.ui.card import Buttons, Card, Press
from handlers.wing import EVERYBODY
from tests.handlers.school import HELEN, LEE, SCHOOL, TESS, TOM, Here, account, words

THEIRS = [word for word, command in commands.WORDS.items() if command.roles == EVERYBODY]
CANARY = "CANARY by the old wall"


def buttons(card: Card) -> dict[Press, UUID]:
    return {one.press: one.subject for part in card.parts if isinstance(part, Buttons) for one in part.buttons}


async def types(here: Here, text: str, *, by=TESS, **more) -> Card:
    reply = await here.answers(CommandTyped(who=account(by), text=text, **more))
    assert isinstance(reply, Tell), reply
    return reply.card


async def begun(here: Here, by=TESS) -> int:
    async with here.units(SCHOOL.id) as uow:
        return len(await unsent.begun_by(uow, by, at=here.at))


@pytest.mark.parametrize("word", sorted(THEIRS))
@pytest.mark.parametrize("shape", ["{} " + CANARY, "{}, " + CANARY, "/concern {} " + CANARY])
async def test_a_word_with_more_after_it_is_asked_about_and_leaves_no_draft(here, word, shape):
    card = await types(here, shape.format(word.upper()))
    assert card.summary == f"Did you mean /concern {word}?"
    assert "Nobody has been told" in str(card)
    assert await begun(here) == 0
    assert await begun(here, LEE) == 0
    assert here.mishaps == []


@pytest.mark.parametrize("word", sorted(THEIRS))
async def test_a_word_that_is_one_slip_away_is_asked_about(here, word):
    for typed in (word[:-1], word + "x", word[1] + word[0] + word[2:]):
        assert (await types(here, typed)).summary == f"Did you mean /concern {word}?"
    assert await begun(here) == 0


@pytest.mark.parametrize("typed", ["MINE", "mine.", "“mine”", "[mine]", "/concern mine"])
async def test_a_word_in_capitals_or_with_marks_about_it_is_the_word(here, typed):
    assert str(await types(here, typed)) == str(await types(here, "mine"))
    assert await begun(here) == 0


@pytest.mark.parametrize("press", [Press.START, Press.START_HERE])
async def test_who_says_that_it_is_a_concern_has_every_word_in_the_form(here, press):
    text = f"mine shaft:  {CANARY}\n& <no>"
    card = await types(here, text, in_chat=True)
    form = await here.opens(TESS, press, buttons(card)[press])
    assert form.values["facts"] == text
    assert await begun(here) == 1
    assert (await here.opens(TESS, press, buttons(card)[press])).values["facts"] == text


async def test_nobody_else_opens_what_was_typed(here):
    key = buttons(await types(here, f"mine {CANARY}"))[Press.START]
    for other in (TOM, LEE, HELEN):
        assert "belongs to somebody else" in words(await here.press(other, Press.START, key))


async def test_who_meant_the_command_has_it(here):
    card = await types(here, "mine extra")
    reply = await here.press(TESS, Press.WORD, buttons(card)[Press.WORD])
    assert words(reply) == words(await here.command(TESS, "mine"))
    assert await begun(here) == 0


async def test_the_button_of_a_word_gives_nobody_what_is_not_theirs(here):
    for word, command in commands.WORDS.items():
        reply = await here.press(TESS, Press.WORD, asked.id_of(word))
        if not TESS.among(command.roles):
            assert f"/concern {word} is for {command.whom}. Type /concern help" in words(reply)
    assert "does not work any more" in words(await here.press(TESS, Press.WORD, UUID(int=5)))
    assert here.mishaps == []


async def test_in_a_window_the_words_are_shown_and_in_a_chat_they_are_not_said_again(here):
    assert CANARY in str(await types(here, f"mine {CANARY}"))
    for shared in (False, True):
        card = await types(here, f"mine {CANARY}", in_chat=True, shared=shared)
        assert "CANARY" not in str(card)
        assert ("If others can read it there, delete it" in str(card)) is shared


async def test_a_sentence_begins_the_form_as_ever(here):
    for typed in ("Mia was by the gate", "back of the bus: two boys", "she said mine", "away from the others all day"):
        reply = await here.command(TESS, typed)
        assert isinstance(reply, OpenForm), typed
        assert reply.form.values["facts"] == typed


async def test_a_reported_message_is_never_asked_about(here):
    reply = await here.answers(CommandTyped(who=account(TESS), message="mine extra"))
    assert isinstance(reply, OpenForm)


async def test_what_is_looked_for_by_whom_it_is_not_for_may_be_a_concern(here):
    card = await types(here, f"find {CANARY}")
    assert card.summary == "Is it a concern?"
    assert "/concern find is for whoever receives concerns." in str(card)
    assert Press.WORD not in buttons(card)
    form = await here.opens(TESS, Press.START, buttons(card)[Press.START])
    assert form.values["facts"] == f"find {CANARY}"


@pytest.mark.parametrize("typed", ["find", "find 26-48213", "FIND  26-48213", "away", "patterns"])
async def test_a_command_that_is_for_others_is_answered_about_the_command_alone(here, typed):
    said = words(await here.command(TESS, typed))
    assert said.endswith("Type /concern help to see what you can type.")
    assert "such concern" not in said
    assert await begun(here) == 0


async def test_whoever_may_find_finds_by_a_name_and_is_asked_about_a_sentence(here):
    for typed in ("find 26-48213", "Find: Mia Patel", "/concern find O’Brien"):
        assert isinstance(await here.command(LEE, typed), OpenForm)
    reply = await here.command(LEE, "find [26-48213]")
    assert isinstance(reply, OpenForm)
    card = await types(here, "find out why she was by the old wall again", by=LEE)
    assert card.summary == "Did you mean /concern find?"


@pytest.mark.parametrize("shared", [False, True])
@pytest.mark.parametrize("typed", [CANARY, "hello", "concerned about Mia", "thank you"])
async def test_what_nobody_reads_is_said_to_reach_nobody_with_the_way_in_and_the_help(here, typed, shared):
    card = await types(here, typed, in_chat=True, shared=shared, stray=True)
    said = str(card)
    assert card.summary == "What you typed has reached nobody"
    assert ("delete it there now" if shared else "still stands in this chat") in said
    assert "Lee Abara" in said
    assert "/concern mine" in said
    assert said.count("ring 999 first") == 1
    assert "CANARY" not in said
    assert await begun(here) == 0
    form = await here.opens(TESS, Press.START, buttons(card)[Press.START])
    assert form.values["facts"] == typed


@pytest.mark.parametrize("typed", ["mine", "help", "Board!"])
async def test_a_bare_word_to_the_app_is_the_command(here, typed):
    card = await types(here, typed, in_chat=True, stray=True)
    assert "reached nobody" not in card.summary


async def test_a_concern_that_was_typed_among_others_is_said_to_stand_there(here):
    for shared, said in ((True, "If others can read it there, delete it"), (False, "still stands in this chat")):
        card = await types(here, CANARY, in_chat=True, shared=shared)
        assert said in str(card)
        assert "They reach nobody before you send it." in str(card)
    assert "stands" not in str(await types(here, "", in_chat=True, shared=True))


async def test_of_words_that_are_no_concern_nobody_is_reminded_and_they_end_in_time(here):
    key = buttons(await types(here, f"mine {CANARY}"))[Press.START]
    for days in (1, 3, 13):
        at = here.at + timedelta(days=days)
        assert await draft_chasing.chase_drafts(here.units, at=at) == 0
    async with here.units(SCHOOL.id) as uow:
        assert await uow.drafts.get(key) is not None
        assert not await uow.trail.of(key)
    await draft_chasing.chase_drafts(here.units, at=here.at + KEPT_FOR + timedelta(minutes=1))
    async with here.units(SCHOOL.id) as uow:
        assert await uow.drafts.get(key) is None
        assert [line.entry.deed for line in await uow.trail.of(key)] == [Deed.EXPIRED]
    assert "not there any more" in words(await here.press(TESS, Press.START, key))


async def test_once_it_is_a_concern_it_is_reminded_of_like_any_other(here):
    key = buttons(await types(here, f"mine {CANARY}"))[Press.START]
    await here.opens(TESS, Press.START, key)
    assert await draft_chasing.chase_drafts(here.units, at=here.at + timedelta(minutes=31)) == 1


def test_every_word_has_an_id_of_its_own():
    ids = {asked.id_of(word) for word in commands.WORDS}
    assert len(ids) == len(commands.WORDS)
