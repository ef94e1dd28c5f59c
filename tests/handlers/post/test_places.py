"""What stands where somebody else can read by now is taken away, and comes back when the place is the leads' alone."""

import pytest

from handlers.platform_ports import Undelivered
from handlers.post import places
from handlers.rules.school import Place
from handlers.ui.card import Press
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import LEADS_ON_SLACK, LEE, SCHOOL, THEO

ATTENTION = "Heard needs attention"


async def looks(here, post: Post) -> None:
    await places.look_at_all(here.units, {"slack": post}, at=here.at)
    await works(here, post)


@pytest.mark.parametrize("reason", sorted(places.OPEN))
async def test_where_others_read_nothing_is_left_and_it_all_comes_back_as_things_stand_then(here, post, reason):
    first, second = await here.raises(), await here.raises()
    await works(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 2
    post.unfit = reason
    await looks(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    await here.press(LEE, Press.ACCEPT, first.id)
    here.later(minutes=2)
    await looks(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    post.unfit = ""
    here.later(minutes=2)
    await looks(here, post)
    cards = post.at(LEADS_ON_SLACK)
    assert sum(first.reference in card.summary for card in cards) == 1
    assert sum(second.reference in card.summary for card in cards) == 1
    assert sum("Accepted by Lee" in str(card) for card in cards) == 1


async def test_the_technician_and_the_leads_are_told_once_though_nothing_was_to_be_sent(here, post):
    await here.raises()
    await works(here, post)
    post.unfit = "strangers_in_channel"
    for _ in range(3):
        await looks(here, post)
        here.later(minutes=1)
    for person in (THEO, LEE):
        told = [card for card in post.at(chat_with(person)) if ATTENTION in card.summary]
        assert len(told) == 1
    async with here.units(SCHOOL.id) as uow:
        (trouble,) = await uow.troubles.lasting()
    assert trouble.reason == "strangers_in_channel"


async def test_a_place_that_is_fit_is_only_looked_at(here, post):
    await here.raises()
    await works(here, post)
    calls = post.calls
    await looks(here, post)
    assert post.calls == calls


async def test_an_archived_channel_keeps_what_stands_there(here, post):
    await here.raises()
    await works(here, post)
    post.unfit = "is_archived"
    await looks(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1


async def test_one_that_could_not_be_used_and_is_open_to_others_too_has_its_cards_again_in_the_end(here, post):
    """Archived first, then public: why it is unfit is what holds now, and it is told of once."""
    concern = await here.raises()
    await works(here, post)
    post.unfit = "is_archived"
    another = await here.raises()
    await works(here, post)
    for reason in ("channel_not_private", "strangers_in_channel"):
        post.unfit = reason
        here.later(minutes=1)
        await looks(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    assert len([card for card in post.at(chat_with(THEO)) if ATTENTION in card.summary]) == 1
    async with here.units(SCHOOL.id) as uow:
        (trouble,) = await uow.troubles.lasting()
    assert trouble.reason == "channel_not_private"
    post.unfit = ""
    here.later(minutes=1)
    await looks(here, post)
    shown = " ".join(card.summary for card in post.at(LEADS_ON_SLACK))
    assert concern.reference in shown
    assert another.reference in shown


async def test_where_nothing_can_be_deleted_nothing_of_it_is_left_to_be_read(here):
    class Keeps(Post):
        async def withdraw(self, place: Place, message: str) -> None:
            raise Undelivered("compliance_exports_prevent_deletion", final=True)

    post = Keeps()
    concern = await here.raises()
    await works(here, post)
    post.unfit = "channel_not_private"
    await looks(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert concern.reference not in str(card)


async def test_what_cannot_be_taken_away_now_is_tried_at_the_next_look(here):
    class Limited(Post):
        limited = True

        async def withdraw(self, place: Place, message: str) -> None:
            if self.limited:
                raise Undelivered("ratelimited", after=5)
            await super().withdraw(place, message)

    post = Limited()
    await here.raises()
    await works(here, post)
    post.unfit = "channel_not_private"
    await looks(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1
    post.limited = False
    await looks(here, post)
    assert post.at(LEADS_ON_SLACK) == []


async def test_of_many_the_newest_go_first_and_all_of_them_go(here, post, monkeypatch):
    monkeypatch.setattr(places, "AT_ONCE", 2)
    for _ in range(3):
        await here.raises()
        await works(here, post)
    oldest = next(message for message, (place, _) in post.standing.items() if place == LEADS_ON_SLACK)
    post.unfit = "channel_not_private"
    await looks(here, post)
    assert [one for one, (place, _) in post.standing.items() if place == LEADS_ON_SLACK] == [oldest]
    await looks(here, post)
    assert post.at(LEADS_ON_SLACK) == []


async def test_a_card_that_gets_through_brings_the_others_back_before_the_next_look(here, post):
    first = await here.raises()
    await works(here, post)
    post.unfit = "channel_not_private"
    await looks(here, post)
    post.unfit = ""
    second = await here.raises()
    here.later(minutes=1)
    await works(here, post)
    shown = " ".join(card.summary for card in post.at(LEADS_ON_SLACK))
    assert first.reference in shown
    assert second.reference in shown
