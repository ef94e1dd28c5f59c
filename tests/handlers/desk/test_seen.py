"""A client asks by itself how a card stands: it is told, nothing is done, and of two in one channel one goes."""

from dataclasses import replace
from uuid import UUID

import pytest

from handlers.conversation import CardSeen, Standing, Tell
from handlers.notice import NoticeKind
from handlers.rules.chronology import Deed
from handlers.ui.card import Buttons, Press
from tests.handlers.post.test_found_again import LosesAnswers
from tests.handlers.posting import works
from tests.handlers.school import LEADS_ON_SLACK, LEE, PRIYA, SCHOOL, TESS, account, words


def asks(post, message: str, *, by=LEE, **other: object) -> CardSeen:
    """As the client does that shows the card, by what the card was posted with."""
    place, card = post.standing[message]
    assert card.which is not None
    standing = Standing(channel=place.id, message=message, proof=card.mark)
    return replace(CardSeen(who=account(by), which=card.which, standing=standing), **other)  # type: ignore[arg-type]


def in_the_channel(post) -> list[str]:
    return [message for message, (place, _) in post.standing.items() if place == LEADS_ON_SLACK]


async def deeds(here, concern) -> list[Deed]:
    async with here.units(SCHOOL.id) as uow:
        return [line.entry.deed for line in await uow.trail.of(concern.id)]


@pytest.fixture
async def twins(here):
    """Two of one card in the leads' channel, of which one is known."""
    post = LosesAnswers()
    post.reads = False
    concern = await here.raises()
    await works(here, post)
    here.later(minutes=1)
    await works(here, post)
    assert len(in_the_channel(post)) == 2
    return post, concern


@pytest.mark.parametrize("many", [1, 2])
async def test_of_two_one_goes_as_soon_as_somebody_has_the_other_before_them(here, twins, many):
    post, concern = twins
    before = await deeds(here, concern)
    for message in in_the_channel(post)[:many]:
        await here.answers(asks(post, message))
    await works(here, post)
    assert len(in_the_channel(post)) == 1
    assert await deeds(here, concern) == before, "nobody has pressed anything"
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    assert "Accepted by" in str(post.at(LEADS_ON_SLACK)), "the one that is left is known"


async def test_it_is_told_as_things_stand_with_buttons_that_prove_where_they_stand(here, post):
    concern = await here.raises()
    await works(here, post)
    await here.press(PRIYA, Press.ACCEPT, concern.id)
    (message,) = in_the_channel(post)
    reply = await here.answers(asks(post, message))
    assert "Accepted by Priya" in str(reply)
    buttons = next(part.buttons for part in reply.card.parts if isinstance(part, Buttons))
    assert {button.proof for button in buttons} == {post.standing[message][1].mark}


async def test_one_that_is_known_writes_nothing(here, post):
    await here.raises()
    await works(here, post)
    (message,) = in_the_channel(post)
    calls = post.calls
    await here.answers(asks(post, message))
    await works(here, post)
    assert post.calls == calls


async def test_one_that_is_seen_before_it_is_written_down_is_not_sent_again(here, post):
    """The platform has shown it, and the program died before its id came."""
    await here.raises()
    await works(here, post)
    (message,) = in_the_channel(post)
    seen = asks(post, message)
    async with here.units(SCHOOL.id) as uow:
        (notice,) = await uow.posts.at(LEADS_ON_SLACK, message)
        await uow.posts.forget(notice, message)
        await uow.outbox.put(notice)
    await here.answers(seen)
    await works(here, post)
    assert in_the_channel(post) == [message]


FORGED = {
    "no proof": {"proof": ""},
    "a proof of something else": {"proof": "0" * 32},
    "a channel of nobody's": {"channel": "C0ELSEWHERE"},
}


@pytest.mark.parametrize("how", FORGED)
async def test_without_the_proof_of_that_card_in_that_channel_nothing_is_told_or_kept(here, twins, how):
    post, _ = twins
    message = in_the_channel(post)[0]
    seen = asks(post, message)
    await refused(here, post, replace(seen, standing=replace(seen.standing, **FORGED[how])))


@pytest.mark.parametrize(
    "other", [{"kind": "digest"}, {"kind": "no such kind"}, {"step": "plus_1"}, {"subject": UUID(int=9)}], ids=str
)
async def test_a_proof_of_one_card_is_none_of_another(here, twins, other):
    post, _ = twins
    seen = asks(post, in_the_channel(post)[0])
    await refused(here, post, replace(seen, which=replace(seen.which, **other)))


async def refused(here, post, seen: CardSeen) -> None:
    reply = await here.answers(seen)
    assert isinstance(reply, Tell)
    assert "There is no such concern" in words(reply)
    await works(here, post)
    assert len(in_the_channel(post)) == 2


async def test_a_teacher_who_reads_there_is_told_nothing_and_the_second_goes_all_the_same(here, twins):
    post, _ = twins
    reply = await here.answers(asks(post, in_the_channel(post)[0], by=TESS))
    assert "There is no such concern" in words(reply)
    await works(here, post)
    assert len(in_the_channel(post)) == 1


async def test_every_card_in_a_channel_says_which_it_is(here, post):
    await here.raises()
    here.later(days=1)
    await works(here, post)
    kinds = {card.which.kind for card in post.at(LEADS_ON_SLACK)}
    assert kinds <= {kind.value for kind in NoticeKind}
    assert NoticeKind.TRIAGE.value in kinds
