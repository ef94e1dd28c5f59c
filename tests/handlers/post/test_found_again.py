"""A card of which an attempt was cut off is looked for before it is sent again; in a channel it stands once."""

from sqlalchemy import update

from handlers.platform_ports import Undelivered
from handlers.post import cards
from handlers.rules.school import Place
from handlers.ui.card import Card, Press
from store.delivery_tables import outbox
from tests.handlers.posting import Post, works
from tests.handlers.school import LEADS_ON_SLACK, LEE, SCHOOL


class LosesAnswers(Post):
    """It takes the card in the leads' place, and so often nobody hears of it."""

    def __init__(self, times: int = 1) -> None:
        super().__init__()
        self.times = times

    async def post(self, place: Place, card: Card) -> str:
        message = await super().post(place, card)
        if place == LEADS_ON_SLACK and self.times:
            self.times -= 1
            raise Undelivered("timeout", sent=True)
        return message


async def again(here, post: Post) -> None:
    await works(here, post)
    here.later(minutes=1)
    await works(here, post)


async def test_a_card_whose_answer_was_lost_is_found_and_does_not_come_again(here):
    post = LosesAnswers()
    concern = await here.raises()
    await again(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert "Accepted by" in str(card), "it is known, and drawn again where it stands"


async def test_where_the_process_died_in_between_it_is_found_too(here, post):
    """The lease ran out after the platform had taken it."""
    concern = await here.raises()
    await works(here, post)
    async with here.units(SCHOOL.id) as uow:
        notice = next(one for one in await uow.posts.standing(concern.id) if one.place == LEADS_ON_SLACK)
        (message,) = await uow.posts.find(notice)
        await uow.posts.forget(notice, message)
        await uow.outbox.put(notice)
    async with here.units(SCHOOL.id) as uow:
        assert len(await uow.outbox.claim(most=20)) == 1
    async with here.units._engine.begin() as connection:
        await connection.execute(update(outbox).values(leased_until_ms=0))
    await works(here, post)
    assert [message] == [id for id, (place, _) in post.standing.items() if place == LEADS_ON_SLACK]


async def test_a_first_attempt_asks_nothing(here, post):
    await here.raises()
    await works(here, post)
    assert post.asked == 0


async def test_where_the_platform_cannot_be_asked_it_is_sent_again(here):
    post = LosesAnswers()
    post.reads = False
    await here.raises()
    await again(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 2


async def test_of_two_that_are_found_one_is_left(here):
    post = LosesAnswers(times=2)
    post.reads = False
    await here.raises()
    await again(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 2
    post.reads = True
    here.later(minutes=1)
    await works(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1


async def test_one_that_shows_nothing_any_more_is_found_and_taken_away(here, monkeypatch):
    post, draw = LosesAnswers(), cards.draw

    async def nothing_there(uow, notice, *, at):
        return None if notice.place == LEADS_ON_SLACK else await draw(uow, notice, at=at)

    await here.raises()
    await works(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1
    monkeypatch.setattr(cards, "draw", nothing_there)
    here.later(minutes=1)
    await works(here, post)
    assert post.at(LEADS_ON_SLACK) == []


async def test_what_cannot_be_looked_up_now_waits_and_is_not_sent_blindly(here):
    class Limited(LosesAnswers):
        async def find(self, place: Place, mark: str):
            raise Undelivered("ratelimited", after=5)

    post = Limited()
    await here.raises()
    await again(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1
