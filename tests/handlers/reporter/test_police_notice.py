"""`/concern notice`: what the police have told the school is with the leads before the child's first lesson."""

from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from handlers.account import police_notice
from handlers.conversation import CommandTyped, Complaints, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.notice import NoticeKind
from handlers.reporter.inbound_notices import before_first_lesson
from handlers.rules.chronology import Deed
from handlers.rules.concern import About, ConcernId, Route, Urgency
from handlers.ui.card import Press
from handlers.ui.form import TextField
from tests.handlers.posting import Post, works
from tests.handlers.receiving import labels, told
from tests.handlers.school import DANA, HELEN, LEE, MIA, OTHER_MIA, SCHOOL, TESS, Here, account, words

NO_CHILD = {"child_other": {"child_1": ""}}
SAID = {
    "child_1": str(MIA.id), "others": "Officers attended the home at 22:40. Mia was upstairs.",
    "notice_from": "Sgt Hale, safeguarding hub", "notice_reference": "FP-2291",
}


def london(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


async def sends(here: Here, *, key: UUID | None = None, by=TESS, **values) -> tuple[UUID, Reply]:
    id = key or uuid4()
    sent = FormSubmitted(
        who=account(by), form="police_notice", key=str(id), page=1, values={**SAID, **values},
    )  # fmt: skip
    return id, await here.answers(sent)


async def recorded(here: Here, at: str = "2026-11-24T10:15", **values):
    here.at = london(at)
    id, reply = await sends(here, **values)
    assert isinstance(reply, Tell), reply
    return await here.concern(id)


async def chased(here: Here, concern) -> list[str]:
    async with here.units(SCHOOL.id) as uow:
        waiting = await uow.outbox.claim(most=100)
    return [
        item.notice.step
        for item in waiting
        if item.notice.kind is NoticeKind.CHASE and item.notice.subject == concern.id
    ]


@pytest.mark.parametrize("by", [TESS, LEE, HELEN], ids=["staff", "a lead", "the head"])
async def test_whoever_receives_it_may_record_it_in_a_small_form(here: Here, by):
    opened = await here.command(by, "notice")
    assert isinstance(opened, OpenForm)
    asked = told(opened.form)
    assert "before the child's first lesson" in asked
    assert "Ring 999" in asked
    assert len(opened.form.fields()) <= 11
    in_chat = await here.answers(CommandTyped(who=account(by), text="notice", in_chat=True))
    assert isinstance(in_chat, Tell)
    assert labels(in_chat.card) == ["Open the form", "Fill it in here"]


async def test_the_leads_have_it_with_what_the_police_said_as_somebody_elses_words(here: Here):
    concern = await recorded(here, happened_date="2026-11-23", happened_time="22:40")
    assert (concern.about, concern.route, concern.urgency) == (About.CHILD, Route.LEADS, Urgency.NOW)
    assert concern.children == {MIA.id}
    read = told(await here.opens(LEE, Press.OPEN, concern.id))
    for words_of_it in ("Officers attended the home", "Sgt Hale", "FP-2291", "Operation Encompass", "Domestic abuse"):
        assert words_of_it in read
    assert "Happened Mon 23 Nov, 22:40" in read


async def test_no_word_of_it_and_no_kind_is_in_an_entry_that_is_not_sealed(here: Here):
    concern = await recorded(here)
    async with here.units(SCHOOL.id) as uow:
        (raised,) = [line.entry for line in await uow.trail.of(concern.id) if line.entry.deed is Deed.RAISED]
    assert raised.facts["notice"] == "yes"
    assert not [word for word in ("Encompass", "domestic", "Hale", "FP-2291") if word in str(raised.facts)]


async def test_nothing_is_owed_to_the_police_and_they_are_not_offered_for_it(here: Here):
    concern = await recorded(here)
    await here.press(LEE, Press.ACCEPT, concern.id, concern.version)
    form = await here.opens(LEE, Press.REFER, concern.id)
    assert "Encompass" not in str(form.parts)
    async with here.units(SCHOOL.id) as uow:
        assert await uow.referrals.of(concern.id) == []


async def test_what_came_at_night_counts_as_now_and_is_pressed_on_half_an_hour_before_school_opens(here: Here):
    concern = await recorded(here, at="2026-11-24T21:00")
    assert concern.urgency is Urgency.NOW, "nothing of today crosses the night (DOMAIN, Nothing sleeps)"
    await chased(here, concern)
    for at, expected in (("2026-11-25T07:59", 0), ("2026-11-25T08:00", 1), ("2026-11-25T08:01", 0)):
        here.at = london(at)
        assert await before_first_lesson(here.units, at=here.at) == expected
    assert set(await chased(here, concern)) == {"first_lesson"}


async def test_what_somebody_has_taken_on_is_not_pressed_on_nor_any_other_concern(here: Here):
    concern = await recorded(here, at="2026-11-24T21:00")
    await here.raises()
    accepted = await here.press(DANA, Press.ACCEPT, concern.id, concern.version)
    assert accepted
    here.at = london("2026-11-25T08:05")
    assert await before_first_lesson(here.units, at=here.at) == 0


async def test_the_message_names_no_kind_and_says_what_to_press(here: Here, post: Post):
    concern = await recorded(here, at="2026-11-24T21:00")
    here.at = london("2026-11-25T08:00")
    await before_first_lesson(here.units, at=here.at)
    await works(here, post)
    cards = [str(card) for _, card in post.standing.values() if "first lesson" in str(card)]
    assert cards
    assert all(concern.reference in card and "Accept" in card for card in cards)
    assert not [card for card in cards if "olice" in card or "ncompass" in card or MIA.name in card]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"others": ""}, "others"),
        ({"child_1": ""}, "child_other"),
        ({"child_2": str(MIA.id)}, "child_2"),
        ({"learned_date": "2026-11-25"}, "learned_date"),
        ({"happened_date": "2026-11-25"}, "happened_date"),
        ({"happened_time": "22:40"}, "happened_date"),
        ({"learned_date": "2026-11-20", "happened_date": "2026-11-23"}, "happened_date"),
    ],
)
async def test_what_is_missing_or_cannot_be_is_said_beside_its_field_and_nothing_is_kept(here: Here, values, field):
    id, reply = await sends(here, **values)
    assert isinstance(reply, Complaints)
    assert field in reply.by_field
    async with here.units(SCHOOL.id) as uow:
        assert await uow.concerns.get(ConcernId(id)) is None


async def test_a_notice_of_two_children_is_one_concern_and_sent_twice_it_is_one(here: Here):
    concern = await recorded(here, child_2=str(OTHER_MIA.id))
    assert concern.children == {MIA.id, OTHER_MIA.id}
    _, again = await sends(here, key=concern.id, child_2=str(OTHER_MIA.id))
    assert isinstance(again, Tell)
    async with here.units(SCHOOL.id) as uow:
        assert len(await uow.concerns.open()) == 1


TYPED = [part.name for part in police_notice.form("k", {"others": "x"}, {}).fields() if isinstance(part, TextField)]


@pytest.mark.parametrize("field", TYPED)
async def test_a_name_of_the_staff_list_in_any_field_is_asked_about_and_until_then_nobody_is_told(here: Here, field):
    id, reply = await sends(here, **{field: f"The officer named {LEE.name}.", **NO_CHILD.get(field, {})})
    assert isinstance(reply, NextPage)
    assert LEE.name in str(reply.form.parts)
    async with here.units(SCHOOL.id) as uow:
        assert await uow.concerns.get(ConcernId(id)) is None


async def test_a_child_who_is_not_on_the_list_is_asked_for_in_words(here: Here):
    _, reply = await sends(here, child_1="")
    assert isinstance(reply, Complaints)
    concern = await recorded(here, child_1="", child_other="Jo Bell, 4K")
    assert "Jo Bell, 4K" in told(await here.opens(LEE, Press.OPEN, concern.id))


async def test_a_form_that_was_sent_is_not_opened_again_by_its_button(here: Here):
    concern = await recorded(here)
    assert "has been sent already" in words(await here.press(TESS, Press.NOTICE, concern.id))
