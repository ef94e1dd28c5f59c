"""People at the local Teams before the real desk and a real store, over real HTTP: by the labels on their screens."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest

from bot.playground.teams.thumbs import TeamsThumbs
from bot.playground.thumbs import PlatformRefused, Window
from bot.teams.render import TOLD
from handlers.account import review
from handlers.desk.desk import Desk
from handlers.rules.people import Login
from handlers.ui.card import OPENS_A_WINDOW
from handlers.ui.mishaps import NO_WINDOW_HERE
from store.opening import open_units
from store.rolls import Roll
from store.unit_of_work import Units
from tests.bot.teams.conftest import TENANT, Kept, Stage, TestDesk, aad, on_stage
from tests.handlers.school import PEOPLE, ROLL, SCHOOL, TUESDAY
from tests.journeys.gestures import MINE

FACTS = "She held her left sleeve down.\n\n  Two  spaces, {{DATE(2026-11-24T10:00:00Z)}} & <b>*words*</b> 🙂 CANARY"
PAGES: list[dict[str, Any]] = [
    {"Is anyone in danger now?": "No", "What is it about?": "A child", "How soon must someone act?": "Today",
     "Have you told a lead in person?": "No", "Child": "Mia Patel · 8B · Year 8"},
    {"How do you know?": "The child told me", "This child's part in it": "Harmed or at risk",
     "When did it happen?": "Over time",
     "Where did it happen?": "School gate"},
    {"When did you learn of it?": "When it happened", "What you saw, heard and did: facts only": FACTS},
    {"Kind of concern": "Bullying or prejudice", "A second one, if any": "Not sure: the lead decides",
     "Before you send": [MINE]},
]


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[Units]:
    people = tuple(
        (person, (*accounts, Login(platform="teams", tenant=TENANT, user=aad(person.id.int))))
        for person, accounts in PEOPLE
    )
    roll = Roll(school=replace(SCHOOL, tenants=(("teams", TENANT),)), people=people, pupils=ROLL.pupils)
    units = await open_units(sqlite_url, root_key=bytes(range(1, 33)), schools=(roll,))
    yield units
    await units.close()


@pytest.fixture
async def mishaps() -> list[str]:
    return []


@pytest.fixture
async def school(units: Units, mishaps: list[str]) -> AsyncIterator[Stage]:
    def mishap(reference: str, error: BaseException) -> None:
        mishaps.append(f"{reference} {type(error).__name__}: {error}")

    desk = Desk(units=units, now=lambda: TUESDAY, wake=lambda: None, mishap=mishap)
    async with on_stage(desk) as stage:
        yield stage
        assert list(stage.world.refusals) == []
    assert mishaps == []


async def raised(units: Units) -> list[Any]:
    async with units(SCHOOL.id) as uow:
        return list(await uow.concerns.open())


def shown(person: TeamsThumbs) -> Window:
    window = person.window()
    assert window is not None
    return window


async def fills(person: TeamsThumbs) -> None:
    for page in PAGES:
        await person.fill(page)
        await person.press("Next")
    await person.press("Send")


async def test_a_concern_is_raised_in_the_dialog(school: Stage, units: Units):
    tess = school.world.thumbs("tess")
    await tess.say("/concern")
    assert tess.chat()[-1].preview == "Raise a concern"
    await tess.press("Open the form")
    assert shown(tess).title == "Raise a concern"
    await fills(tess)
    assert "has been received" in shown(tess).words
    (concern,) = await raised(units)
    async with units(SCHOOL.id) as uow:
        answers = await uow.trail.answers(concern.id)
    assert answers["facts"] == FACTS
    assert answers["kinds"] == ("bullying", "not_sure")
    assert all("CANARY" not in str(seen.raw) for seen in tess.chat())


async def test_a_concern_is_raised_inside_the_message(school: Stage, units: Units):
    tess = school.world.thumbs("tess")
    await tess.say("concern")
    await tess.press("Fill it in here")
    for page in PAGES[:3]:
        await tess.fill(page)
        await tess.press("Next")
    await tess.fill(PAGES[3])
    await tess.press("Send")  # no last look: it would leave the account in the chat
    assert "has been received" in tess.chat()[-1].words
    assert len(await raised(units)) == 1


async def test_a_concern_is_raised_from_the_menu_and_a_message_is_reported(school: Stage, units: Units):
    tess = school.world.thumbs("tess")
    await tess.start_from_menu()
    await fills(tess)
    await tess.report_message("he <hit> her & ran")
    for page in PAGES[:2]:
        await tess.fill(page)
        await tess.press("Next")
    facts = shown(tess).field("What you saw, heard and did: facts only").value
    assert "he <hit> her & ran" in facts
    assert "by A colleague" in facts
    await tess.fill({"When did you learn of it?": "When it happened"})
    await tess.press("Next")
    await tess.fill(PAGES[3])
    await tess.press("Next")
    await tess.press("Send")
    assert len(await raised(units)) == 2


@pytest.mark.parametrize("way_in", ["Open the form", "Fill it in here"])
async def test_complaints_stand_beside_their_fields_and_nothing_typed_is_lost(school: Stage, way_in: str):
    tess = school.world.thumbs("tess", careless=True)
    await tess.say("/concern")
    await tess.press(way_in)
    await tess.fill({"What is it about?": "A child"})
    await tess.press("Next")
    assert shown(tess).field("Is anyone in danger now?").complaint
    assert shown(tess).field("What is it about?").value == "A child"
    await tess.fill(PAGES[0])
    await tess.press("Next")
    await tess.fill(PAGES[1])
    await tess.press("Back")
    assert shown(tess).field("Have you told a lead in person?").value == "No"
    assert shown(tess).field("Child").value == "Mia Patel · 8B · Year 8"
    await tess.press("Next")
    assert shown(tess).field("How do you know?").value == "The child told me"
    assert shown(tess).field("This child's part in it").value == "Harmed or at risk"
    assert shown(tess).field("Where did it happen?").value == "School gate"


async def test_the_way_back_keeps_what_was_typed_and_needs_no_field(school: Stage):
    tess = school.world.thumbs("tess")
    await tess.say("/concern")
    await tess.press("Open the form")
    await tess.fill(PAGES[0])
    await tess.press("Next")
    await tess.fill({"Where exactly": "by the bins"})
    await tess.press("Back")
    await tess.press("Next")
    assert shown(tess).field("Where exactly").value == "by the bins"


async def test_a_field_that_is_emptied_stays_empty(school: Stage):
    tess = school.world.thumbs("tess")
    await tess.say("/concern it began on Monday")
    await tess.press("Open the form")
    for page in PAGES[:2]:
        await tess.fill(page)
        await tess.press("Next")
    label = "What you saw, heard and did: facts only"
    assert shown(tess).field(label).value == "it began on Monday"
    await tess.fill({label: ""})
    await tess.press("Back")
    await tess.press("Next")
    assert shown(tess).field(label).value == ""


async def test_a_lead_opens_accepts_and_decides(school: Stage, units: Units):
    from handlers.notice import Notice, NoticeKind
    from handlers.post import cards as drawing
    from tests.bot.teams.conftest import LEADS_PLACE

    await test_a_concern_is_raised_in_the_dialog(school, units)
    (concern,) = await raised(units)
    async with units(SCHOOL.id) as uow:
        card = await drawing.draw(
            uow, Notice(kind=NoticeKind.TRIAGE, place=LEADS_PLACE, subject=concern.id), at=TUESDAY
        )
    assert card is not None
    await school.courier.post(LEADS_PLACE, card)
    lee = school.world.thumbs("lee")
    (seen,) = lee.chat("leads")
    await lee.press("Open", on=seen)
    assert FACTS in shown(lee).words
    await lee.close()
    await lee.press("Accept", on=seen)
    assert "accepted" in lee.chat("leads")[-1].words
    (concern,) = await raised(units)
    assert concern.owner == UUID(int=1)


async def test_the_same_invoke_four_times_under_two_ids_is_one_concern(school: Stage, units: Units):
    """31."""
    way = {"form": "concern", "draft": str(UUID(int=77)), "way": "on", "many": ["kinds", "own_account"]}
    data: dict[str, Any] = {"danger": "no", "about": "practice", "urgency": "today", "told_lead": "no", "source": "saw",
            "happened": "over_time",
            "learned": "same", "place": "unknown", "facts": "The gate was open.", "kinds": "not_sure",
            "own_account": "yes"}
    for page in (1, 2, 3, 4):
        await school.send(school.invoke("task/submit", {"data": {**data, "heard": {**way, "page": page}}}))
    last = {"data": {**data, "heard": {**way, "page": review.PAGE}}}
    sent = [school.send(school.invoke("task/submit", last, id=id)) for id in ("f:1", "f:2", "f:1", "f:2")]
    for answer in await asyncio.gather(*sent):
        assert "has been received" in str(answer.json()), answer.json()
    assert len(await raised(units)) == 1


async def test_somebody_who_is_not_staff_or_a_pupil_is_told_in_words(school: Stage, units: Units):
    for key, words in (("stranger", "staff list"), ("pupil", "")):
        person = school.world.thumbs(key)
        place = school.world.personal_chat(person._client.aad)
        assert place
        await person.say("/concern")
        said = person.chat()[-1]
        assert words in said.words
        assert "Open the form" not in said.buttons
    assert await raised(units) == []


async def test_a_mention_in_a_channel_is_answered_in_the_person_s_own_chat(school: Stage):
    tess = school.world.thumbs("tess")
    await tess.say("@Heard /concern", place="general")
    assert tess.chat()[-1].preview == "Raise a concern"
    assert [seen for seen in tess.chat("general") if seen.buttons] == []


async def test_any_other_words_are_said_to_reach_nobody_with_the_way_in(school: Stage):
    tess = school.world.thumbs("tess")
    await tess.say("hello? Mia was CANARY by the wall")
    said = tess.chat()[-1]
    assert said.preview == "What you typed has reached nobody"
    assert "still stands in this chat" in said.words
    assert "/concern" in said.words
    assert "CANARY" not in said.words
    await tess.press("It is a concern: open the form", on=said)
    assert shown(tess).title == "Raise a concern"


@pytest.mark.parametrize("typed", ["@Heard Mia was CANARY by the wall", "@Heard /concern Mia was CANARY by the wall"])
async def test_words_in_a_channel_are_said_to_stand_there_and_the_channel_is_not_answered(school: Stage, typed: str):
    tess = school.world.thumbs("tess")
    await tess.say(typed, place="general")
    said = tess.chat()[-1]
    assert "still stands where you typed it. If others can read it there, delete it there now." in said.words
    assert "CANARY" not in said.words
    assert [seen for seen in tess.chat("general") if seen.buttons] == []


async def test_a_pressed_button_that_is_not_ours_is_answered_in_words(school: Stage):
    for name in ("task/fetch", "task/submit", "composeExtension/submitAction"):
        for value in (None, {}, {"data": None}, {"data": {"heard": {"press": "explode"}}}, "x"):
            answer = await school.send(school.invoke(name, value))
            assert answer.status_code == 200
            assert answer.json()["task"]["type"] == "continue"
    for value in (None, {}, {"action": {"verb": "x"}, "trigger": "automatic"}, {"action": {"data": 7}}):
        answer = await school.send(school.invoke("adaptiveCard/action", value))
        assert answer.json()["value"]
    odd = school.invoke("composeExtension/fetchTask", {"commandContext": "commandBox"})
    assert (await school.send(odd)).json()["task"]
    assert (await school.send(school.invoke("application/search", {}))).json()["value"] == {"results": []}


async def test_what_is_not_known_is_taken_quietly(school: Stage):
    assert (await school.send(school.invoke("fileConsent/invoke", {}))).json() == {}
    for more in ({"type": "typing"}, {"type": "newInTeams2027"}, {"type": "messageReaction"}, {"type": None}):
        assert (await school.send(school.activity(**more))).status_code == 200


async def test_a_card_s_value_sent_as_a_message_opens_nothing_in_chat(school: Stage):
    data = {"press": "open", "subject": str(UUID(int=7)), "version": 1}
    start = {**data, "press": "start"}
    for ours in (data, start, {"form": "concern", "draft": "k", "page": 1}):
        value = {"heard": ours}
        assert (await school.send(school.activity(text="", value=value))).status_code == 200
    chat = school.world.thumbs("tess").chat()
    assert [seen.preview for seen in chat] == [chat[0].preview, "Raise a concern", chat[0].preview]
    assert "No window could be opened here" in chat[0].words


async def test_what_opens_a_window_is_put_into_no_message_by_whatever_invoke_it_comes(stage: Stage, desk: TestDesk):
    for press in OPENS_A_WINDOW:
        data = {"heard": {"press": press.value, "subject": str(UUID(int=7)), "version": 1}}
        answer = await stage.send(stage.invoke("adaptiveCard/action", {"action": {"verb": press.value, "data": data}}))
        assert (answer.json()["type"], answer.json()["value"]) == (TOLD, NO_WINDOW_HERE), press
    assert desk.heard == []


async def test_an_address_that_cannot_be_kept_keeps_nobody_from_an_answer(school: Stage):
    school.kept.broken = True
    tess = school.world.thumbs("tess")
    await tess.say("/concern")
    await tess.press("Open the form")
    assert shown(tess).fields


async def test_an_answer_that_cannot_be_posted_comes_again(school: Stage):
    school.world.weather.connector.next(1, "429")
    assert (await school.send(school.activity())).status_code == 503
    school.world.weather.connector.next(1, "502")
    assert (await school.send(school.activity())).status_code == 200
    school.world.weather.connector.next(1, "401")  # at first no more than an old token
    assert (await school.send(school.activity())).status_code == 503


async def test_places_are_remembered_once_and_hold_nothing_personal(school: Stage):
    await school.world.install()
    await school.world.thumbs("tess").say("/concern")
    keys = set(school.kept.values)
    assert keys == {"service_url", *(f"chat:{aad(number)}" for number in (1, 2, 6))}
    assert Kept().values == {}


async def test_the_platform_refuses_nothing_that_a_careful_client_sends(school: Stage):
    with pytest.raises(PlatformRefused):
        await school.world.thumbs("tess").say("x", place="leads")


async def test_what_an_activity_says_of_its_sender_is_told_to_the_desk(stage: Stage, desk: TestDesk):
    data = {"heard": {"press": "open", "subject": "5a1d7c1e-0000-4000-8000-000000000001", "version": 1}}
    accept = {"heard": {**data["heard"], "press": "accept"}}
    for name, value in (("task/fetch", {"data": data}), ("composeExtension/fetchTask", {"commandId": "raise"}),
                        ("application/search", {"queryText": "mi", "dataset": "pupils"}),
                        ("adaptiveCard/action", {"action": {"verb": "accept", "data": accept}})):
        sent = stage.invoke(name, value)
        await stage.send(sent)
        before = desk.guests
        await stage.send({**sent, "from": {**sent["from"], "userRole": "guest"}})
        assert desk.guests == before + 1, name
