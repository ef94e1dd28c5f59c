"""A form tutor's week: once a week, to themselves alone, what they owe and what is shared with them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.notice import NoticeKind
from handlers.overview import tutors
from handlers.ui.card import Card, Press, Rows
from tests.handlers.acting import assigned, does
from tests.handlers.posting import Post, chat_with, delivered, works
from tests.handlers.school import LEE, PEOPLE, SCHOOL, TESS, TOM, Here

LONDON = ZoneInfo("Europe/London")
FRIDAY = datetime(2026, 11, 27, 10, 15, tzinfo=LONDON)
MONDAY = datetime(2026, 11, 30, 9, 1, tzinfo=LONDON)
TUTORS = [(replace(p, tutor_of="8B" if p.id in {TOM.id, LEE.id} else ""), logins) for p, logins in PEOPLE]


@pytest.fixture
async def here(here: Here, reads_again) -> Here:
    """On a Friday; Tom and Lee are tutors, Tess is not."""
    await reads_again(people=TUTORS)
    here.at = FRIDAY
    return here


async def shares(here: Here, concern, to=TOM) -> None:
    form = await here.opens(LEE, Press.SHARE, concern.id)
    day = "2026-12-11"
    await here.send(LEE, form, {"fields": ("facts",), "to": str(to.id), "until": day, "reason": "Her tutor."})


async def sends(here: Here, at: datetime = MONDAY) -> bool:
    here.at = at
    async with here.units(SCHOOL.id) as uow:
        return await tutors.send_weeks(uow, at=at)


async def weeks(here: Here, post: Post, person=TOM) -> list[Card]:
    await works(here, post)
    return [card for card in post.at(chat_with(person)) if "Your week as a form tutor" in card.summary]


def names(card: Card) -> Sequence[str]:
    return [row.name for part in card.parts if isinstance(part, Rows) for row in part.rows]


async def test_each_tutor_reads_what_they_owe_and_what_is_shared_with_them(here):
    post, action = Post(), await assigned(here)
    concern = await here.concern(action.concern)
    await shares(here, concern)
    assert await weeks(here, post) == []
    assert await sends(here)
    [card] = await weeks(here, post)
    assert card.summary.startswith("Your week as a form tutor: 1 to do, 1 shared with you, the first due ")
    assert names(card) == [f"{concern.reference}/1", concern.reference]
    assert "Mia" not in f"{card}"
    assert "sleeve" not in f"{card}"
    buttons = [row.button for part in card.parts if isinstance(part, Rows) for row in part.rows]
    assert [button.press for button in buttons] == [Press.OPEN_ACTION, Press.READ_SHARE]
    for button in buttons:
        assert concern.reference in (await here.opens(TOM, button.press, button.subject)).title


async def test_once_a_week_on_the_first_school_morning_and_the_newer_takes_the_place_of_the_older(here):
    post = Post()
    await assigned(here)
    assert not await sends(here, MONDAY.replace(hour=8, minute=50))
    assert await sends(here)
    assert not await sends(here, MONDAY.replace(hour=11))
    assert not await sends(here, MONDAY.replace(day=1, month=12))
    assert len(await weeks(here, post)) == 1
    first = [message for message, (_, card) in post.standing.items() if card in await weeks(here, post)]
    assert await sends(here, MONDAY.replace(day=7, month=12))
    assert len(await weeks(here, post)) == 1
    assert first[0] not in post.standing


async def test_there_is_no_card_where_there_is_nothing_and_none_for_whoever_is_no_tutor(here):
    post = Post()
    await assigned(here, owner=TESS)
    assert not await sends(here)
    assert await weeks(here, post) == []
    assert await weeks(here, post, TESS) == []


async def test_what_is_done_goes_from_it_and_with_the_last_of_it_the_card(here):
    post, action = Post(), await assigned(here)
    await sends(here)
    assert len(await weeks(here, post)) == 1
    await does(here, TOM, Press.DONE, action, what_done="I rang.")
    assert await weeks(here, post) == []


async def test_who_is_named_in_a_concern_loses_it_from_their_week_at_once(here):
    post, action = Post(), await assigned(here)
    concern = await here.concern(action.concern)
    await shares(here, concern)
    other = await assigned(here)
    await sends(here)
    assert len(names((await weeks(here, post))[0])) == 3
    form = await here.opens(LEE, Press.NAME, concern.id)
    await here.send(LEE, form, {"person": str(TOM.id), "part": "close", "reason": "Her uncle."})
    [card] = await weeks(here, post)
    left = await here.concern(other.concern)
    assert names(card) == [f"{left.reference}/1"]


async def test_a_share_that_is_ended_or_over_is_not_in_it(here):
    post, action = Post(), await assigned(here)
    await shares(here, await here.concern(action.concern))
    await does(here, TOM, Press.DONE, action, what_done="I rang.")
    assert not await sends(here, MONDAY.replace(day=14, month=12))
    assert await weeks(here, post) == []


async def test_it_is_a_notice_to_one_person_alone(here):
    await assigned(here)
    await sends(here)
    [notice] = [notice for notice, _ in await delivered(here) if notice.kind is NoticeKind.TUTOR]
    assert notice.place == chat_with(TOM)
    assert notice.to == TOM.id
