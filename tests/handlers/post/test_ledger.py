"""What came of a batch is written down together, and nothing of one notice waits for another that does not go."""

import asyncio

import pytest

from handlers.post import cards, deliveries, ledger
from handlers.rules.school import Place
from handlers.ui.card import Card
from store.posts import Posts
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import ANSWERS, LEADS_ON_SLACK, LEE, PRIYA, SCHOOL, TESS
from tests.statements import turns

URGENT = {**ANSWERS, "urgency": "now"}


async def _is_delivered_once(here, post) -> int:
    return await deliveries.deliver_due(here.units, {"slack": post}, at=here.at, mishap=here.desk.mishap)


async def test_the_cards_of_an_urgent_concern_take_two_transactions_and_are_drawn_once(here, post, monkeypatch):
    drawn = []
    draw = cards.draw

    async def counted(uow, notice, *, at):
        drawn.append(notice)
        return await draw(uow, notice, at=at)

    monkeypatch.setattr(cards, "draw", counted)
    await here.raises(answers=URGENT)
    with turns(here.units) as taken:
        assert await _is_delivered_once(here, post) == 4, "the leads' place, two leads, the reporter"
    assert len(taken) == 2
    assert len(drawn) == 4


async def test_more_than_a_few_are_drawn_without_holding_anybody_up(here, post, monkeypatch):
    monkeypatch.setattr(deliveries, "DRAWN_AT_ONCE", 1)
    await here.raises(answers=URGENT)
    with turns(here.units) as taken:
        await _is_delivered_once(here, post)
    assert len(taken) == 2
    assert len(post.standing) == 4


async def test_one_that_cannot_be_drawn_keeps_none_of_its_batch_back(here, post, monkeypatch):
    draw = cards.draw

    async def breaks(uow, notice, *, at):
        if notice.place == chat_with(LEE):
            raise ValueError
        return await draw(uow, notice, at=at)

    monkeypatch.setattr(cards, "draw", breaks)
    await here.raises(answers=URGENT)
    await works(here, post)
    assert len(post.standing) == 3
    assert post.at(chat_with(LEE)) == []
    monkeypatch.setattr(cards, "draw", draw)
    here.later(minutes=1)
    await works(here, post)
    assert len(post.at(chat_with(LEE))) == 1
    assert len(post.standing) == 4, "none of the others came again"


async def test_one_that_cannot_be_written_down_keeps_none_of_its_batch_back(here, post, monkeypatch):
    """The platforms have taken all of them: what cannot be kept of one is known of the others."""
    put, broken = Posts.put, [True]

    async def breaks(self, notice, message):
        if notice.place == chat_with(LEE) and broken:
            raise ValueError
        await put(self, notice, message)

    monkeypatch.setattr(Posts, "put", breaks)
    monkeypatch.setattr(ledger, "KEPT_AFTER", (0.2,) * 20)
    concern = await here.raises(answers=URGENT)
    delivering = asyncio.create_task(_is_delivered_once(here, post))
    for place in (LEADS_ON_SLACK, chat_with(PRIYA), chat_with(TESS)):
        await _comes_to_stand(here, place)
    assert not await _stands(here, chat_with(LEE))
    broken.clear()
    await delivering
    assert await _stands(here, chat_with(LEE))
    await works(here, post)
    assert len(post.standing) == 4, concern.reference


async def test_a_slow_place_keeps_no_card_of_another_unwritten(here):
    gate = asyncio.Event()

    class Slow(Post):
        async def post(self, place: Place, card: Card) -> str:
            message = await super().post(place, card)
            if place == chat_with(LEE):
                await gate.wait()
            return message

    post = Slow()
    await here.raises(answers=URGENT)
    delivering = asyncio.create_task(_is_delivered_once(here, post))
    await _comes_to_stand(here, LEADS_ON_SLACK)
    assert not delivering.done()
    gate.set()
    await delivering
    assert await _stands(here, chat_with(LEE))


async def _comes_to_stand(here, place: Place) -> None:
    for _ in range(500):
        if await _stands(here, place):
            return
        await asyncio.sleep(0.02)
    raise AssertionError(place)


async def _stands(here, place: Place) -> bool:
    async with here.units.looking(SCHOOL.id) as uow:
        (concern,) = await uow.concerns.open()
        return any(one.place == place for one in await uow.posts.standing(concern.id))


@pytest.mark.parametrize("writes", [True, False])
async def test_the_mark_moves_with_whatever_is_written(here, writes):
    async with here.units(SCHOOL.id) as uow:
        before = uow.mark()
    if writes:
        await here.raises()
    async with here.units.looking(SCHOOL.id) as uow:
        assert uow.mark() != before
    async with here.units(SCHOOL.id) as uow:
        assert (uow.mark() != before) is writes
