"""A list of pupils that was not taken over is told to the head and the technician, until one is."""

from dataclasses import replace

import pytest

from handlers.assurance import roll
from handlers.notice import NoticeKind
from handlers.rules.chronology import Deed
from handlers.rules.roll import Held, Turnover, Why
from tests.handlers.acting import told
from tests.handlers.losing import cards
from tests.handlers.posting import works
from tests.handlers.school import HELEN, LEE, SCHOOL, THEO

CHANGE = Turnover(before=297, lost=296, rekeyed=0, renamed=0)
SHRINKS = Held(why=Why.SHRINKS, turnover=CHANGE)
RENAMES = Held(why=Why.SHRINKS, turnover=replace(CHANGE, lost=0, renamed=40))
BOTH = Held(why=Why.SHRINKS, turnover=replace(CHANGE, renamed=40))
UNREADABLE = Held(why=Why.UNREADABLE, turnover=CHANGE)


async def notes(here, held) -> bool:
    async with here.units(SCHOOL.id) as uow:
        return await roll.note(uow, held, at=here.at)


@pytest.mark.parametrize(
    ("held", "said"),
    [
        (SHRINKS, "The new list of pupils was not taken over: it would take 296 children off the roll."),
        (RENAMES, "it would give 40 children another name."),
        (BOTH, "it would take 296 children off the roll and give 40 children another name."),
        (UNREADABLE, "The new list of pupils could not be read."),
    ],
)
async def test_its_card_says_what_became_of_it_in_numbers(here, post, held, said):
    assert await notes(here, held)
    await works(here, post)
    for person in (HELEN, THEO):
        assert said in cards(post, person)
        assert "the list of before still stands, with 297 children in it" in cards(post, person)
    assert cards(post, LEE) == ""


async def test_the_head_and_the_technician_are_told_and_nobody_else(here):
    await notes(here, SHRINKS)
    assert {(kind, to) for kind, to, _ in await told(here)} == {
        (NoticeKind.ALARM, HELEN.id), (NoticeKind.ALARM, THEO.id),
    }  # fmt: skip


async def test_a_start_again_the_same_day_tells_nobody_twice_and_the_next_day_does(here):
    assert await notes(here, SHRINKS)
    here.later(hours=1)
    assert not await notes(here, SHRINKS)
    assert await notes(here, replace(SHRINKS, turnover=replace(CHANGE, lost=100)))
    here.later(days=1)
    assert await notes(here, SHRINKS)


async def test_a_list_that_is_taken_over_takes_the_alarm_away(here, post):
    await notes(here, SHRINKS)
    await works(here, post)
    here.later(minutes=5)
    await notes(here, None)
    await works(here, post)
    assert "list of pupils" not in cards(post, HELEN)
    assert not await notes(here, None)


async def test_a_start_in_order_leaves_no_entry(here):
    await notes(here, None)
    async with here.units(SCHOOL.id) as uow:
        assert not [line for line in await uow.trail.of(roll._subject(uow)) if line.entry.deed is Deed.ROLL]
