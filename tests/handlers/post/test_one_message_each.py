"""Of one thing one message stands with one person: a newer one takes the older's place, and news without a debt is
quiet.

The stories of `test_messages_that_chase` are played again, carried by the real post to a courier that keeps them.
"""

from collections import Counter
from datetime import datetime, timedelta

import pytest

from handlers import notices
from handlers.notice import CONCERN, STANDS, Notice, NoticeKind, is_quiet, shares
from handlers.platform_ports import Undelivered
from handlers.rules.people import Person
from handlers.rules.school import Place, PlaceKind
from handlers.triage import why
from handlers.ui.card import Press
from schedules.timetable import TIMETABLE, Uses
from tests.handlers.acting import assigned, does
from tests.handlers.keeping import alarmed
from tests.handlers.post.test_messages_that_chase import STORIES, its_owner_owes_steps, nobody_accepts, owned
from tests.handlers.posting import Post, chat_with, works
from tests.handlers.school import ANSWERS, DANA, LEE, PRIYA, SCHOOL, TESS, Here


class Chat:
    """As that of the other file, with the real post: what stands, and how many new messages each person had."""

    def __init__(self, here: Here) -> None:
        self.here, self.post = here, Post()
        self.had: Counter[str] = Counter()

    async def listen(self) -> None:
        before = set(self.post.standing)
        await works(self.here, self.post)
        self.had.update(self.post.standing[one][0].id for one in set(self.post.standing) - before)
        assert await self.side_by_side() == []

    async def at(self, *moments: datetime) -> None:
        for moment in moments:
            self.here.at = moment
            for job in TIMETABLE:
                await job.run(Uses(units=self.here.units, directories={}), moment)
            await self.listen()

    async def after(self, **by: float) -> None:
        await self.at(self.here.at + timedelta(**by))

    async def side_by_side(self) -> list[tuple[Notice, Notice]]:
        """Two messages that share a place, or one that two notices hold."""
        found: list[Notice] = []
        async with self.here.units(SCHOOL.id) as uow:
            for message, (place, _) in self.post.standing.items():
                held = await uow.posts.at(place, message)
                assert len(held) == 1 or isinstance(self.post, Keeping), held
                found += held
        return [(one, other) for at, one in enumerate(found) for other in found[at + 1 :] if shares(one, other)]

    def seen(self, by: Person) -> list[str]:
        return [card.summary for card in self.post.at(chat_with(by))]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
async def test_of_one_thing_one_message_stands_with_one_person(here, story):
    chat = Chat(here)
    await story(here, chat)
    assert here.mishaps == []
    assert chat.post.standing


def test_every_kind_says_how_its_messages_stand_and_why():
    assert set(STANDS) == set(NoticeKind)
    assert all(row.why for row in STANDS.values())
    assert len({row.why for row in STANDS.values()}) == len(STANDS)


def test_whatever_is_quiet_is_an_event_that_there_is():
    place = Place(platform="slack", tenant="T", kind=PlaceKind.PERSON, id="U1")
    asks = Notice(kind=NoticeKind.CHASE, place=place, subject=SCHOOL.id, to=LEE.id, step="today_30")
    quiet = {one for one in why.EVENTS if is_quiet(_at(asks, f"{one}_12"))}
    assert quiet == {"taken_over", "merge_refused", "disposal_refused"}
    assert not any(is_quiet(_at(asks, step)) for step in (*why.UNACCEPTED, "again_240:20261124T1930", "decide:x"))


def _at(notice: Notice, step: str) -> Notice:
    return Notice(kind=notice.kind, place=notice.place, subject=notice.subject, to=notice.to, step=step)


async def test_a_rung_that_passes_is_a_new_message_and_the_one_before_goes(here):
    chat = Chat(here)
    await nobody_accepts(here, chat)
    assert chat.had[chat_with(DANA).id] > len(chat.seen(DANA))
    assert len(chat.seen(DANA)) == 4, "each of the four has come as far as the deputies"
    assert all("Not accepted in" in line for line in chat.seen(DANA))


async def test_a_reminder_takes_the_place_of_the_first_question(here):
    chat = Chat(here)
    await its_owner_owes_steps(here, chat)
    assert len([line for line in chat.seen(PRIYA) if "26-48213" in line]) == 1


async def test_news_by_which_one_owes_nothing_changes_what_stands_and_is_no_new_message(here):
    chat = Chat(here)
    concern = await owned(here)
    await chat.listen()
    await chat.at(here.at + timedelta(hours=4, minutes=35))
    before, [asked] = chat.had[chat_with(LEE).id], chat.seen(LEE)
    form = await here.opens(PRIYA, Press.COVER, concern.id)
    await here.send(PRIYA, form, {"reason": "Lee is away."})
    await chat.listen()
    [news] = chat.seen(LEE)
    assert "took over" in news
    assert news != asked
    assert chat.had[chat_with(LEE).id] == before
    await here.decides(PRIYA, concern)
    await chat.listen()
    assert len(chat.seen(LEE)) == 1


async def test_where_nothing_stands_news_is_told_once(here):
    chat = Chat(here)
    concern = await owned(here)
    await chat.listen()
    assert chat.seen(LEE) == []
    form = await here.opens(PRIYA, Press.COVER, concern.id)
    await here.send(PRIYA, form, {"reason": "Lee is away."})
    await chat.listen()
    [news] = chat.seen(LEE)
    assert "took over" in news


async def test_an_action_has_one_message_whatever_is_done_with_it(here):
    chat = Chat(here)
    action = await assigned(here, due_date="2026-11-26")
    await chat.listen()
    for day in (-1, 0, 1, 4):
        await chat.at(action.due_at + timedelta(days=day, minutes=1))
        assert await chat.side_by_side() == []
    async with here.units(SCHOOL.id) as uow:
        owner = await uow.people.get(action.owner)
    assert owner is not None
    assert len(chat.seen(owner)) == 1
    await does(here, owner, Press.DONE, action, what_done="Rang.")
    await chat.listen()
    assert len([line for line in chat.seen(LEE) if "26-48213/1" in line]) == 1


async def test_a_concerns_own_card_in_a_chat_gives_way_to_its_reminder_and_does_not_come_back(here):
    """Where it may not stand in the leads' place. Nothing of the card is lost: the message has its facts."""
    chat = Chat(here)
    hidden = await here.raises(answers={**ANSWERS, "close": str(LEE.id), "urgency": "today"})
    await chat.listen()
    await chat.after(minutes=31)
    [line] = chat.seen(DANA)
    assert "Not accepted in 30 minutes" in line
    had = chat.had[chat_with(DANA).id]
    stored = await here.concern(hidden.id)
    async with here.units(SCHOOL.id) as uow:
        await notices.refresh(uow, stored)
    await chat.listen()
    assert chat.seen(DANA) == [line]
    assert chat.had[chat_with(DANA).id] == had


async def test_the_receipt_stays_and_of_what_rings_the_newest_stands(here):
    chat = Chat(here)
    await here.raises(TESS, answers={**ANSWERS, "urgency": "now"})
    await chat.listen()
    for _ in range(4):
        await chat.after(minutes=5)
    receipt, ring = chat.seen(TESS)
    assert "26-48213" in receipt
    assert "15 minutes" in ring or "10:30" in ring
    assert chat.had[chat_with(TESS).id] >= 4, "each rung that passed was a new message"


def test_those_that_share_the_concerns_place_are_known():
    assert {kind for kind, row in STANDS.items() if row.among == CONCERN} == {
        NoticeKind.TRIAGE, NoticeKind.CHASE, NoticeKind.DANGER, NoticeKind.SECOND, NoticeKind.SIGN_OFF,
    }  # fmt: skip


class Keeping(Post):
    """A workspace in which no message may be deleted: compliance exports."""

    async def withdraw(self, place: Place, message: str) -> None:
        raise Undelivered("cant_delete_message", final=True)


async def test_where_no_message_can_be_deleted_the_older_is_emptied_and_that_is_no_alarm(here):
    chat = Chat(here)
    chat.post = Keeping()
    await here.raises(answers={**ANSWERS, "urgency": "now"})
    await chat.listen()
    await chat.after(minutes=5)
    await chat.after(minutes=5)
    emptied = [line for line in chat.seen(TESS) if line == "There is nothing here any more."]
    assert (len(emptied), len(chat.seen(TESS))) == (1, 3)
    assert "not_withdrawn" not in await alarmed(here)
    assert here.mishaps == []
