"""What stands in the leads' place for today follows what is done today: it does not go on as it was at 08:30."""

from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.notice import NoticeKind
from handlers.overview import digests, huddles
from handlers.ui.card import Press
from tests.handlers.posting import Post, works
from tests.handlers.school import LEADS_ON_SLACK, LEE, SCHOOL, TOM, Here, about_adult

MONDAY = datetime(2026, 11, 30, 8, 31, tzinfo=ZoneInfo("Europe/London"))


async def stands(here: Here, post: Post) -> list[str]:
    await works(here, post)
    return [card.summary for card in post.at(LEADS_ON_SLACK) if card.summary.startswith("This ")]


async def morning(here: Here) -> None:
    async with here.units(SCHOOL.id) as uow:
        assert await digests.send_digest(uow, at=here.at)
        await huddles.send_huddle(uow, at=here.at)


async def waiting(here: Here) -> list[NoticeKind]:
    async with here.units(SCHOOL.id) as uow:
        return [item.notice.kind for item in await uow.outbox.claim(most=50)]


async def test_after_accept_the_days_digest_says_that_it_is_accepted(here):
    here.at, post = MONDAY, Post()
    concern = await here.raises()
    await morning(here)
    assert ["1 to accept" in line for line in await stands(here, post)] == [True]
    here.later(minutes=40)
    await here.press(LEE, Press.ACCEPT, concern.id)
    [said] = await stands(here, post)
    assert ": 1 to decide, the oldest since Mon 30 Nov. Each has an owner." in said


async def test_the_weeks_huddle_follows_until_the_week_is_over_and_one_of_another_week_does_not(here):
    here.at, post = MONDAY.replace(hour=9, minute=1), Post()
    concern = await here.raises()
    async with here.units(SCHOOL.id) as uow:
        assert await huddles.send_huddle(uow, at=here.at)
    assert ["Nobody has taken on any of them yet" in line for line in await stands(here, post)] == [True]
    here.later(days=2)
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert ["Who has what stands below" in line for line in await stands(here, post)] == [True]
    here.later(days=5)
    await here.raises()
    assert [line for line in await stands(here, post) if "1 to decide" not in line] == []


async def test_yesterdays_digest_is_left_as_it_was(here):
    here.at, post = MONDAY, Post()
    concern = await here.raises()
    await morning(here)
    before = await stands(here, post)
    here.later(days=1)
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert [line for line in await stands(here, post) if line.startswith("This morning")] == [
        line for line in before if line.startswith("This morning")
    ]


async def test_nothing_moves_because_of_what_may_not_stand_there(here):
    here.at, post = MONDAY, Post()
    await morning(here)
    await works(here, post)
    await here.raises(answers=about_adult(TOM))
    assert not {NoticeKind.DIGEST, NoticeKind.HUDDLE} & set(await waiting(here))
