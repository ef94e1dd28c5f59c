"""What leaves the outbox arrives, whatever the platform does; nothing is marked done before it is done."""

from datetime import timedelta

from handlers import notices
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Undelivered
from handlers.rules.school import Place
from handlers.ui.card import Card, Press
from tests.handlers.posting import Post, chat_with, proof_on, works
from tests.handlers.school import ANSWERS, DANA, LEADS_ON_SLACK, LEE, PRIYA, SCHOOL, account


async def test_a_card_is_posted_once_and_changed_in_place(here, post):
    concern = await here.raises()
    await works(here, post)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert "Accepted by Lee Abara" in str(card)


async def test_a_platform_that_is_busy_is_asked_again_when_it_said(here, post):
    await here.raises()
    post.faults = [Undelivered("ratelimited", after=30)]
    await works(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    here.later(seconds=29)
    await works(here, post)
    assert post.at(LEADS_ON_SLACK) == []
    here.later(seconds=2)
    await works(here, post)
    assert len(post.at(LEADS_ON_SLACK)) == 1


async def test_a_message_that_is_gone_is_posted_afresh(here, post):
    concern = await here.raises()
    await works(here, post)
    post.standing.clear()
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert "Accepted by" in str(card)


async def test_a_channel_that_cannot_be_used_sends_the_card_to_each_lead_and_an_alarm(here, post):
    concern = await here.raises()
    post.faults = [Undelivered("is_archived", final=True)]
    await works(here, post)
    for lead in (LEE, PRIYA, DANA):
        cards = post.at(chat_with(lead))
        assert any(concern.reference in card.summary for card in cards)
        assert any("Heard needs attention" in card.summary for card in cards)
    here.later(seconds=25)
    await works(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert concern.reference in card.summary, "put right, it is used"


async def test_one_notice_that_breaks_holds_up_no_other(here, post):
    class Breaks(Post):
        async def post(self, place: Place, card: Card) -> str:
            if place == LEADS_ON_SLACK:
                message = "they wait for me"
                raise RuntimeError(message)
            return await super().post(place, card)

    breaks = Breaks()
    await here.raises()
    await works(here, breaks)
    assert breaks.at(LEADS_ON_SLACK) == []
    assert len(breaks.standing) == 1
    assert here.mishaps
    assert "they wait" not in " ".join(here.mishaps)


async def test_a_twin_whose_answer_was_lost_is_known_at_its_first_press_and_stands_alone_then(here, post):
    from handlers.conversation import ButtonPressed, Standing

    concern = await here.raises()
    post.reads = False
    post.faults = [Undelivered("timeout", sent=True)]
    await works(here, post)
    post.standing["twin"] = (LEADS_ON_SLACK, Card(summary="old", parts=()))
    here.at += timedelta(minutes=5)
    await works(here, post)
    pressed = ButtonPressed(
        who=account(LEE), press=Press.ACCEPT, subject=concern.id, version=1,
        standing=Standing(channel=LEADS_ON_SLACK.id, message="twin", proof=proof_on(post)),
    )
    await here.answers(pressed)
    await works(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert "Accepted by" in str(card)
    assert "twin" in post.standing, "the one that was pressed"


async def test_no_card_in_chat_holds_a_name_a_kind_or_a_word_that_was_typed(here, post):
    typed = {**ANSWERS, "facts": "CANARY one", "own_words": "CANARY two", "view": "CANARY three"}
    concern = await here.raises(answers=typed)
    await here.press(LEE, Press.OPEN, concern.id)
    await here.press(LEE, Press.ACCEPT, concern.id)
    await works(here, post)
    shown = str(post.standing)
    assert concern.reference in shown
    for secret in ("CANARY", "Mia", "Patel", "8B", "ullying", "gate"):
        assert secret not in shown


async def test_what_changes_while_a_message_is_on_its_way_is_shown_by_it_all_the_same(here):
    """Nobody finds it standing yet, so nobody can ask for it to be drawn again."""

    class Slow(Post):
        pressed = False

        async def post(self, place: Place, card: Card) -> str:
            message = await super().post(place, card)
            if place == chat_with(LEE) and "Accept" in str(card) and not self.pressed:
                self.pressed = True
                await here.press(DANA, Press.ACCEPT, concern.id)
            return message

    post = Slow()
    concern = await here.raises(answers={**ANSWERS, "urgency": "now"})
    await works(here, post)
    assert post.pressed
    for lead in (LEE, PRIYA):
        assert not any("Nobody has it yet" in card.summary for card in post.at(chat_with(lead)))


async def test_a_message_that_is_only_drawn_again_keeps_no_newer_one_back(here, post):
    """It comes behind it in the same chat, and is the older of the two all the same."""
    concern = await here.raises(answers={**ANSWERS, "urgency": "now"})
    await works(here, post)
    here.later(minutes=6)
    newer = Notice(kind=NoticeKind.CHASE, place=chat_with(LEE), subject=concern.id, to=LEE.id, step="now_5")
    async with here.units(SCHOOL.id) as uow:
        await uow.outbox.put(newer)
        await notices.redraw(uow, concern.id)
    await works(here, post)
    async with here.units(SCHOOL.id) as uow:
        assert await uow.posts.find(newer)
