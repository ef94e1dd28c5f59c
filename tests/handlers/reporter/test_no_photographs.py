"""No picture and no file is taken: the answer says why, the words go on, and the entry holds no content."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from handlers.conversation import CommandTyped, OpenForm, Tell
from handlers.rules.chronology import Deed, Entry
from handlers.rules.pack import ENGLAND
from handlers.ui.card import Words
from store.trail_tables import entries as table
from tests.handlers.school import PUPIL, SCHOOL, TESS, Here, account, words

BROUGHT = CommandTyped(who=account(TESS), text="Mia has a mark", file=True)


async def refusals(here: Here) -> list[Entry]:
    """Entries that belong to no concern are read from the table itself: there is no list of them to ask for."""
    async with here.units(SCHOOL.id) as uow:
        rows = await uow.trail.work.rows(select(table))
        entries = [(await uow.trail._read(row, opened=True)).entry for row in rows]
    return [entry for entry in entries if entry.deed is Deed.REFUSED]


async def test_whoever_brings_a_picture_is_told_why_it_is_not_taken_and_goes_on_in_words(here: Here):
    reply = await here.answers(BROUGHT)
    assert isinstance(reply, OpenForm)
    first = reply.form.parts[0]
    assert isinstance(first, Words)
    assert first.text == ENGLAND.words["no_files"]
    assert "nothing of it was kept" in first.text
    assert reply.form.values["facts"] == "Mia has a mark"


async def test_in_a_chat_the_reason_stands_over_the_way_in(here: Here):
    reply = await here.answers(replace(BROUGHT, in_chat=True))
    assert ENGLAND.words["no_files"] in words(reply)
    assert isinstance(reply, Tell)
    assert reply.card.summary == "Raise a concern"


async def test_that_one_was_brought_is_kept_without_any_content(here: Here):
    await here.answers(BROUGHT)
    (entry,) = await refusals(here)
    assert entry.facts == {"why": "a_file", "platform": "slack"}
    assert (entry.by, entry.thing, dict(entry.words)) == (TESS.id, None, {})


async def test_a_command_without_a_picture_says_nothing_of_pictures(here: Here):
    reply = await here.answers(replace(BROUGHT, file=False))
    assert isinstance(reply, OpenForm)
    assert ENGLAND.words["no_files"] not in str(reply.form.parts)
    assert await refusals(here) == []


@pytest.mark.parametrize("text", ["help", "mine", "quick", ""])
async def test_whatever_is_asked_with_it_is_answered_too(here: Here, text: str):
    reply = await here.answers(replace(BROUGHT, text=text))
    parts = reply.form.parts if isinstance(reply, OpenForm) else reply.card.parts
    assert parts[0] == Words(text=ENGLAND.words["no_files"], alert=True)
    assert len(parts) > 1


async def test_a_pupils_picture_is_answered_as_a_pupil_is_and_not_as_staff(here: Here):
    reply = await here.answers(replace(BROUGHT, who=account(PUPIL)))
    assert "If something is worrying you" in words(reply)
