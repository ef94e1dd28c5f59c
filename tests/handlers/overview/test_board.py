"""The board: what one person may see and nothing else, drawn again only where it stands and when it may differ."""

from collections.abc import Sequence
from datetime import timedelta

from handlers import days_lists
from handlers.board_standing import board_of
from handlers.conversation import CommandTyped, HomeOpened, Tell
from handlers.notice import Notice, NoticeKind
from handlers.platform_ports import Place, PlaceKind
from handlers.post.cards import draw
from handlers.post.deliveries import deliver_due
from handlers.recording import record
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.ui.card import Card, Heading, Press, Rows, Words
from schedules.timetable import TIMETABLE, Uses
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEADS_ON_SLACK,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    THEO,
    TOM,
    Here,
    account,
    words,
)


async def board(here: Here, person: Person) -> Card:
    reply = await here.command(person, "board")
    assert isinstance(reply, Tell)
    return reply.card


def lists(card: Card) -> dict[str, list[str]]:
    """The names in each list, by its title without its count."""
    found: dict[str, list[str]] = {}
    title = ""
    for part in card.parts:
        if isinstance(part, Heading):
            title = part.text.partition(":")[0]
        if isinstance(part, Rows):
            found.setdefault(title, []).extend(row.name for row in part.rows)
    return found


def rows(card: Card) -> dict[str, str]:
    return {row.name: row.value for part in card.parts if isinstance(part, Rows) for row in part.rows}


def late(card: Card) -> set[str]:
    return {row.name for part in card.parts if isinstance(part, Rows) for row in part.rows if row.alert}


async def opens_home(here: Here, person: Person) -> Card:
    reply = await here.answers(HomeOpened(who=account(person)))
    assert isinstance(reply, Tell)
    return reply.card


async def boards_on_their_way(here: Here) -> list[Notice]:
    """Every board that is to be drawn again; whatever else waits is let go."""
    found: list[Notice] = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                found += [item.notice] if item.notice.kind is NoticeKind.BOARD else []
                await uow.outbox.settle(item)
    return found


async def told_who(here: Here) -> set[object]:
    return {notice.to for notice in await boards_on_their_way(here)}


async def accepted(here: Here, by: Person = LEE) -> Concern:
    concern = await here.raises()
    await here.press(by, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def test_what_waits_stands_longest_first_with_the_time_by_which_it_must_be_accepted(here):
    first = await here.raises()
    here.later(minutes=31)
    second = await here.raises()
    card = await board(here, LEE)
    assert lists(card)["Waiting to be accepted"] == [first.reference, second.reference]
    assert rows(card)[first.reference] == "Today. Accept by Tue 24 Nov, 10:45"
    assert late(card) == {first.reference}


async def test_mine_is_what_i_own_with_its_state_and_what_is_due_next(here):
    concern = await accepted(here)
    assert rows(await board(here, LEE))[concern.reference] == "Decide by Tue 24 Nov, 15:30"
    await here.decides(LEE, concern, review_date="2026-11-27")
    card = await board(here, LEE)
    assert lists(card)["Yours"] == [concern.reference]
    assert "Decided" in rows(card)[concern.reference]
    assert "Yours" not in lists(await board(here, PRIYA))


async def test_an_offer_stands_on_the_board_of_whom_it_was_made_to_and_says_until_when(here):
    concern = await accepted(here)
    form = await here.opens(LEE, Press.HAND_OVER, concern.id)
    await here.send(LEE, form, {"to": str(PRIYA.id)})
    assert rows(await board(here, PRIYA))[concern.reference] == "by Lee Abara, until Tue 24 Nov, 10:45"
    assert "Offered to you" not in lists(await board(here, DANA))


async def test_an_action_is_on_the_board_of_who_owes_it_and_once_overdue_on_its_concerns_owners(here):
    concern = await accepted(here)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    await here.send(LEE, form, {"owner": str(TOM.id), "kind": "observe", "urgency": "week", "what": "Watch the gate.",
                                "due_date": "2026-11-25", "due_time": "10:15"})
    name = f"{concern.reference}/1"
    assert lists(await board(here, TOM))["Actions you owe"] == [name]
    assert "Overdue actions in your concerns" not in lists(await board(here, LEE))
    here.later(days=1, minutes=5)
    card = await board(here, LEE)
    assert lists(card)["Overdue actions in your concerns"] == [name]
    assert "Owed by Tom Whitlow" in rows(card)[name]
    assert name in late(card)
    assert name in late(await board(here, TOM))


async def test_a_decision_waits_on_the_board_of_those_who_may_read_it_a_second_time(here):
    concern = await accepted(here)
    await here.decides(LEE, concern, level="high", outcome="no_further_action", alternatives="None.")
    assert (await here.concern(concern.id)).second.value == "wanted"
    assert lists(await board(here, PRIYA))["A decision for you to read"] == [concern.reference]
    assert "A decision for you to read" not in lists(await board(here, LEE))
    assert "second reader" in rows(await board(here, LEE))[concern.reference]


async def test_nobody_named_finds_a_trace_of_it_and_neither_does_a_count(here):
    await here.raises(TESS, ABOUT_LEE)
    before = await board(here, LEE)
    assert lists(before) == {}
    assert "Nothing is waiting for you." in words(Tell(before))
    assert len(lists(await board(here, HELEN))["Waiting to be accepted"]) == 1


async def test_concerns_about_adults_share_no_list_and_no_count_with_the_childrens(here):
    adult = await here.raises(TESS, ABOUT_LEE)
    child = await here.raises(TESS, {**ANSWERS, "urgency": "now", "danger": "no"})
    here.later(minutes=11)
    await tick(here, "chase_unaccepted")
    card = await board(here, HELEN)
    titles = [part.text for part in card.parts if isinstance(part, Heading)]
    assert titles == ["Your board", "Waiting to be accepted: 1", "Not about a child: kept apart",
                      "Waiting to be accepted: 1"]
    assert list(rows(card)) == [child.reference, adult.reference]
    assert adult.reference not in rows(await board(here, PRIYA))


async def test_a_concern_about_the_head_is_on_the_chairs_board_and_not_on_the_heads(here):
    concern = await here.raises(TESS, ABOUT_HELEN)
    assert list(rows(await board(here, COLIN))) == [concern.reference]
    assert rows(await board(here, HELEN)) == {}


async def test_no_child_no_kind_no_reporter_and_no_word_stands_on_any_board(here):
    await here.raises(TESS, {**ANSWERS, "facts": "CANARY-FACTS"})
    for person in (LEE, TESS, HELEN):
        drawn = str(await board(here, person))
        assert "CANARY" not in drawn
        assert "Mia" not in drawn
        assert "ullying" not in drawn
    assert "Tess" not in str(await board(here, LEE))


async def test_staff_have_a_page_with_how_to_raise_one_and_what_became_of_theirs(here):
    concern = await here.raises()
    other = await here.raises(TOM)
    card = await board(here, TESS)
    assert card.summary == "Your page"
    drawn = str(card)
    assert "How to raise a concern" in drawn
    assert concern.reference in drawn
    assert other.reference not in drawn
    assert not lists(card)


async def test_the_button_of_a_page_begins_a_new_concern_each_time(here):
    card = await board(here, TESS)
    [button] = [b for part in card.parts for b in getattr(part, "buttons", ()) if b.press is Press.RAISE]
    keys = [(await here.opens(TESS, Press.RAISE, button.subject)).key for _ in range(2)]
    assert len(set(keys)) == 2


async def test_dead_letters_are_in_red_for_leads_and_technician_and_nobody_else(here):
    async with here.units(SCHOOL.id) as uow:
        await uow.outbox.put(Notice(kind=NoticeKind.ALARM, place=LEADS_ON_SLACK, subject=SCHOOL.id))
        [item] = await uow.outbox.claim(most=1)
        await uow.outbox.postpone(item, wait=300, reason="channel_not_found", aside=here.at)
    for person, told in ((LEE, True), (THEO, True), (TESS, False)):
        alerts = [part.text for part in (await board(here, person)).parts if isinstance(part, Words) and part.alert]
        assert any("could not be delivered" in text for text in alerts) is told, person


async def test_a_long_list_is_counted_and_cut(here):
    for _ in range(8):
        await here.raises()
    card = await board(here, LEE)
    assert "Waiting to be accepted: 8" in [part.text for part in card.parts if isinstance(part, Heading)]
    assert len(lists(card)["Waiting to be accepted"]) == 6
    assert "and 2 more" in [part.text for part in card.parts if isinstance(part, Words)]


async def test_a_board_that_nobody_asked_for_is_never_drawn(here):
    await here.raises()
    assert await boards_on_their_way(here) == []


async def test_the_page_of_whoever_opened_it_is_drawn_again_when_it_may_differ_and_only_then(here):
    for person in (LEE, TESS, TOM):
        await opens_home(here, person)
    assert await boards_on_their_way(here) == [], "it is drawn in the answer"
    concern = await here.raises(TESS)
    assert await told_who(here) == {LEE.id, TESS.id}, "not Tom, whom it does not concern"
    await here.press(LEE, Press.ACCEPT, concern.id)
    [notice, *_] = await boards_on_their_way(here)
    assert notice.place.kind is PlaceKind.HOME
    await here.press(LEE, Press.ACCEPT, concern.id)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    await here.send(LEE, form, {"owner": str(TOM.id), "kind": "observe", "urgency": "week", "what": "Watch."})
    assert TOM.id in await told_who(here), "he owes an action now"


async def test_many_changes_at_once_are_one_drawing(here):
    await opens_home(here, LEE)
    for _ in range(5):
        await here.raises()
    assert len(await boards_on_their_way(here)) == 1


async def test_whoever_is_named_has_their_page_left_alone(here):
    await opens_home(here, LEE)
    await here.raises(TESS, ABOUT_LEE)
    assert await boards_on_their_way(here) == []


async def test_the_board_drawn_for_the_courier_is_that_persons(here):
    concern = await here.raises()
    place = Place(platform="slack", tenant="T0SCHOOL", kind=PlaceKind.HOME, id="U1")
    async with here.units(SCHOOL.id) as uow:
        mine = await draw(uow, board_of(uow, LEE, place), at=here.at)
        toms = await draw(uow, board_of(uow, TOM, place), at=here.at)
    assert mine is not None and list(rows(mine)) == [concern.reference]
    assert toms is not None and rows(toms) == {}


class Desktop:
    """A courier that keeps what stands where."""

    def __init__(self) -> None:
        self.posted: list[str] = []
        self.updated: list[str] = []

    async def post(self, place: Place, card: Card) -> str:
        self.posted.append(card.summary)
        return f"m{len(self.posted)}"

    async def update(self, place: Place, message: str, card: Card) -> None:
        self.updated.append(message)

    async def withdraw(self, place: Place, message: str) -> None:
        raise AssertionError("nothing is taken away here")


async def delivers(here: Here, desktop: Desktop) -> None:
    def broken(reference: str, error: BaseException) -> None:
        raise error

    while await deliver_due(here.units, {"slack": desktop}, at=here.at, mishap=broken):
        pass


async def asks_in_chat(here: Here, person: Person) -> str:
    return words(await here.answers(CommandTyped(who=account(person), text="board", in_chat=True)))


async def test_in_a_chat_the_board_comes_as_a_card_that_is_kept_up_to_date_where_it_was_asked_for_last(here):
    desktop = Desktop()
    assert "Your board follows" in await asks_in_chat(here, LEE)
    await delivers(here, desktop)
    assert desktop.posted == ["Your board"]
    await here.raises()
    await delivers(here, desktop)
    assert desktop.posted.count("Your board") == 1
    assert "m1" in desktop.updated
    desktop.updated.clear()
    await asks_in_chat(here, LEE)
    await delivers(here, desktop)
    assert desktop.posted.count("Your board") == 2, "as the newest message of the chat"
    await here.raises()
    await delivers(here, desktop)
    assert "m1" not in desktop.updated, "the one further up is a picture of then"


async def tick(here: Here, name: str) -> None:
    job = next(job for job in TIMETABLE if job.name == name)
    await job.run(Uses(units=here.units, directories={}), here.at)


async def test_in_the_morning_every_board_that_stands_is_drawn_again_for_the_clock_has_moved(here):
    await opens_home(here, TESS)
    await opens_home(here, LEE)
    here.later(days=1)
    await tick(here, "morning_digest")
    assert await told_who(here) == {TESS.id, LEE.id}
    await tick(here, "morning_digest")
    assert await boards_on_their_way(here) == []


async def test_the_huddle_comes_once_a_week_on_the_first_school_day_half_an_hour_after_opening(here):
    async def sent() -> Sequence[Notice]:
        await tick(here, "weekly_huddle")
        async with here.units(SCHOOL.id) as uow:
            claimed = await uow.outbox.claim(most=50)
            for item in claimed:
                await uow.outbox.settle(item)
        return [item.notice for item in claimed if item.notice.kind is NoticeKind.HUDDLE]

    assert await sent() == [], "a Tuesday"
    here.at += timedelta(days=6, hours=-1, minutes=-16)
    assert await sent() == [], "Monday, 08:59"
    here.later(minutes=1)
    [notice] = await sent()
    assert notice.place == LEADS_ON_SLACK
    assert await sent() == []
    here.later(days=1)
    assert await sent() == []


async def test_the_huddle_counts_by_name_in_the_order_of_names_and_leaves_out_what_may_not_stand_there(here):
    hidden = await here.raises(TESS, ABOUT_LEE)
    waiting = await here.raises()
    for by, count in ((PRIYA, 1), (LEE, 2)):
        for _ in range(count):
            await accepted(here, by)
    async with here.units(SCHOOL.id) as uow:
        week = days_lists.huddle(uow, here.at.date())
        card = await draw(uow, Notice(kind=NoticeKind.HUDDLE, place=LEADS_ON_SLACK, subject=week), at=here.at)
    facts = [pair for part in card.parts for pair in getattr(part, "pairs", ())]
    assert facts[-2:] == [("Lee Abara", "2 open"), ("Priya Raman", "1 open")]
    assert dict(facts)["Waiting to be accepted"] == f"{waiting.reference}"
    assert hidden.reference not in str(card)


async def test_whoever_comes_to_be_named_later_loses_it_from_their_page_at_once(here):
    concern = await here.raises()
    for person in (LEE, PRIYA, TOM):
        await opens_home(here, person)
    async with here.units(SCHOOL.id) as uow:
        named = concern.name(PRIYA.id, concern.route)
        entry = Entry(deed=Deed.NAMED, at=here.at, by=LEE.id, thing=concern.id, facts={"person": str(PRIYA.id)})
        await record(uow, named, because=entry)
    assert {LEE.id, PRIYA.id} <= await told_who(here)
    assert rows(await board(here, PRIYA)) == {}
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert PRIYA.id not in await told_who(here), "and hears no more of it"


async def test_whoever_loses_it_because_it_is_sealed_loses_it_from_their_page_at_once(here):
    concern = await here.raises()
    for person in (LEE, DANA):
        await opens_home(here, person)
    async with here.units(SCHOOL.id) as uow:
        entry = Entry(deed=Deed.SEALED, at=here.at, by=LEE.id, thing=concern.id, facts={"sealed_to": str(LEE.id)})
        await record(uow, concern.seal(frozenset({LEE.id})), because=entry)
    assert await told_who(here) == {LEE.id, DANA.id}
    assert rows(await board(here, DANA)) == {}
