"""Going away: the cover is told once, takes over what is still owned, and nobody owns by accident."""

from datetime import timedelta

import pytest

from handlers.conversation import CommandTyped, Complaints, OpenForm, Tell
from handlers.notice import Notice, NoticeKind
from handlers.post.cards import draw
from handlers.rules.chronology import Deed
from handlers.rules.concern import Concern
from handlers.rules.people import Person
from handlers.triage.chasing import chase_unaccepted
from handlers.triage.chasing_owned import chase_owned
from handlers.ui.card import Card, Press, Rows, Words
from handlers.ui.form import Form
from schedules.timetable import TIMETABLE, Uses
from tests.handlers.school import (
    ABOUT_HELEN,
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    account,
    words,
)

AWAY = {"from": "2026-11-24", "until": "2026-11-27", "cover": str(PRIYA.id), "note": "CANARY-NOTE ring the family."}


async def form(here: Here, person: Person = LEE) -> Form:
    reply = await here.command(person, "away")
    assert isinstance(reply, OpenForm), reply
    return reply.form


async def goes(here: Here, person: Person = LEE, **answers: str) -> str:
    return words(await here.send(person, await form(here, person), {**AWAY, **answers}))


async def accepted(here: Here, by: Person = LEE) -> Concern:
    concern = await here.raises()
    await here.press(by, Press.ACCEPT, concern.id)
    return await here.concern(concern.id)


async def told(here: Here) -> list[Notice]:
    """What has been put before somebody in person since the last look."""
    found: list[Notice] = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                found += [item.notice] if item.notice.to else []
                await uow.outbox.settle(item)
    return found


async def drawn(here: Here, notice: Notice) -> Card:
    async with here.units(SCHOOL.id) as uow:
        card = await draw(uow, notice, at=here.at)
    assert card is not None
    return card


async def cover_card(here: Here, to: Person = PRIYA) -> Card:
    [notice] = [one for one in await told(here) if (one.kind, one.to) == (NoticeKind.COVER, to.id)]
    return await drawn(here, notice)


def listed(card: Card) -> list[str]:
    return [row.name for part in card.parts if isinstance(part, Rows) for row in part.rows]


def presses(card: Card) -> set[Press]:
    return {button.press for part in card.parts for button in getattr(part, "buttons", ())}


def said(card: Card) -> str:
    return " ".join(part.text for part in card.parts if isinstance(part, Words))


async def test_the_cover_gets_one_card_with_what_is_owned_and_the_owner_stays_the_owner(here):
    concerns = [await accepted(here) for _ in range(2)]
    await accepted(here, DANA)
    assert "stays yours until they take it over" in await goes(here)
    card = await cover_card(here)
    assert sorted(listed(card)) == sorted(concern.reference for concern in concerns)
    assert "from Tue 24 Nov to Fri 27 Nov" in said(card)
    assert "CANARY" not in str(card)
    assert {(await here.concern(one.id)).owner for one in concerns} == {LEE.id}


async def test_the_cover_takes_all_over_with_one_press_each_with_its_entry_and_the_owner_is_told_once(here):
    concerns = [await accepted(here) for _ in range(2)]
    await goes(here)
    await told(here)
    assert "2 concerns are yours now" in words(await here.press(PRIYA, Press.TAKE_ALL, LEE.id))
    for concern in concerns:
        assert (await here.concern(concern.id)).owner == PRIYA.id
        async with here.units(SCHOOL.id) as uow:
            trail = [line.entry for line in await uow.trail.of(concern.id)]
        [taken] = [entry for entry in trail if entry.deed is Deed.TAKEN_OVER]
        assert (taken.by, taken.facts["from"]) == (PRIYA.id, str(LEE.id))
    [notice] = [one for one in await told(here) if (one.kind, one.to) == (NoticeKind.COVER, LEE.id)]
    text = said(await drawn(here, notice))
    assert "Priya Raman has taken over" in text
    assert all(concern.reference in text for concern in concerns)
    assert "nothing left" in words(await here.press(PRIYA, Press.TAKE_ALL, LEE.id))


async def test_what_the_owner_has_handed_over_or_closed_meanwhile_is_not_taken(here):
    first, second = await accepted(here), await accepted(here)
    await goes(here)
    cover = await here.opens(DANA, Press.COVER, first.id)
    await here.send(DANA, cover, {"reason": "Agreed."})
    await here.press(PRIYA, Press.TAKE_ALL, LEE.id)
    assert (await here.concern(first.id)).owner == DANA.id
    assert (await here.concern(second.id)).owner == PRIYA.id


@pytest.mark.parametrize("person", [DANA, TOM, LEE])
async def test_nobody_but_the_cover_takes_over_or_reads_the_note(here, person):
    concern = await accepted(here)
    await goes(here)
    for press in (Press.TAKE_ALL, Press.AWAY_NOTE):
        assert "no such concern" in words(await here.press(person, press, LEE.id))
    assert (await here.concern(concern.id)).owner == LEE.id


async def test_the_note_is_read_in_a_window_and_every_reading_is_kept(here):
    await accepted(here)
    await goes(here)
    note = await here.opens(PRIYA, Press.AWAY_NOTE, LEE.id)
    assert "CANARY-NOTE" in str(note)
    async with here.units(SCHOOL.id) as uow:
        deeds = [(line.entry.deed, line.entry.by) for line in await uow.trail.of(LEE.id)]
    assert (Deed.READ, PRIYA.id) in deeds


async def test_what_the_cover_may_not_have_is_not_listed_not_taken_and_the_owner_is_told_which(here):
    child = await accepted(here)
    about_priya = await here.raises(TESS, {**ANSWERS, "about": "both", "adult": str(PRIYA.id)})
    await here.press(HELEN, Press.ACCEPT, about_priya.id)
    assert "cannot take" in await goes(here, HELEN)
    assert about_priya.reference in await goes(here, HELEN)
    await told(here)
    await goes(here)
    card = await cover_card(here)
    assert listed(card) == [child.reference]
    await here.press(PRIYA, Press.TAKE_ALL, LEE.id)
    assert (await here.concern(about_priya.id)).owner == HELEN.id


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"from": "2026-11-23"}, "from"),
        ({"until": "2026-11-20"}, "until"),
        ({"until": "2028-11-24"}, "until"),
        ({"cover": str(LEE.id)}, "cover"),
        ({"cover": str(TOM.id)}, "cover"),
        ({"from": ""}, "from"),
    ],
)
async def test_a_form_that_cannot_be_right_comes_back_with_what_was_typed(here, wrong, field):
    reply = await here.send(LEE, await form(here), {**AWAY, **wrong})
    assert isinstance(reply, Complaints)
    assert set(reply.by_field) == {field}
    assert reply.form.values["note"] == AWAY["note"]
    assert "cover" in {one.name for one in reply.form.fields()}
    async with here.units(SCHOOL.id) as uow:
        assert await uow.trail.of(LEE.id) == []


async def test_staff_have_nothing_here_that_needs_cover(here):
    assert "away is for whoever receives concerns" in words(await here.command(TOM, "away"))


async def test_in_a_chat_the_way_to_the_form_is_a_button(here):
    reply = await here.answers(CommandTyped(who=account(LEE), text="away", in_chat=True))
    assert isinstance(reply, Tell)
    assert presses(reply.card) == {Press.AWAY}
    assert (await here.opens(LEE, Press.AWAY, LEE.id)).id == "away"


async def test_one_who_is_back_sooner_is_not_covered_any_more(here):
    await accepted(here)
    await goes(here)
    [notice] = [one for one in await told(here) if one.kind is NoticeKind.COVER]
    assert "Welcome back" in str(await here.command(LEE, "back"))
    assert "no longer away" in (await drawn(here, notice)).summary
    assert "no such concern" in words(await here.press(PRIYA, Press.TAKE_ALL, LEE.id))
    assert "not marked as away" in words(await here.command(LEE, "back"))


async def test_it_is_over_by_itself_after_the_last_day(here):
    await accepted(here)
    await goes(here)
    here.later(days=4)
    assert "no such concern" in words(await here.press(PRIYA, Press.TAKE_ALL, LEE.id))


async def test_who_said_that_they_are_away_is_passed_over_at_once(here):
    for lead in (LEE, PRIYA):
        await goes(here, lead, cover=str(DANA.id))
    await told(here)
    concern = await here.raises(TESS, {**ANSWERS, "urgency": "week"})
    await told(here)
    assert await chase_unaccepted(here.units, {}, at=here.at) == 1
    assert (await here.concern(concern.id)).rung == 1
    assert {one.to for one in await told(here) if one.kind is NoticeKind.CHASE} == {DANA.id}


async def test_nobody_is_passed_over_while_somebody_on_their_rung_is_here(here):
    await goes(here)
    concern = await here.raises()
    await chase_unaccepted(here.units, {}, at=here.at)
    assert (await here.concern(concern.id)).rung == 0


async def test_nobody_is_passed_over_where_nobody_else_is_left(here):
    for person in (LEE, PRIYA, DANA, HELEN):
        await goes(here, person, cover=str((LEE if person is not LEE else PRIYA).id))
    concern = await here.raises()
    await chase_unaccepted(here.units, {}, at=here.at)
    assert (await here.concern(concern.id)).rung == 0


async def test_before_the_first_day_they_are_asked_as_before(here):
    for lead in (LEE, PRIYA):
        await goes(here, lead, cover=str(DANA.id), **{"from": "2026-11-25"})
    concern = await here.raises()
    await chase_unaccepted(here.units, {}, at=here.at)
    assert (await here.concern(concern.id)).rung == 0


async def test_on_the_first_morning_the_cover_is_told_once_more_where_something_is_left(here):
    async def morning() -> None:
        job = next(job for job in TIMETABLE if job.name == "cover_begins")
        await job.run(Uses(units=here.units, directories={}), here.at)

    await accepted(here)
    await goes(here, **{"from": "2026-11-25"})
    await told(here)
    await morning()
    assert await told(here) == []
    here.at += timedelta(days=1, hours=-1)
    await morning()
    assert [(one.kind, one.to) for one in await told(here)] == [(NoticeKind.COVER, PRIYA.id)]
    await morning()
    assert await told(here) == []


async def test_while_the_owner_is_away_the_cover_hears_the_reminders_too(here):
    await accepted(here)
    await goes(here)
    here.later(hours=4, minutes=45)
    await told(here)
    assert await chase_owned(here.units, at=here.at) == 1
    assert {one.to for one in await told(here) if one.kind is NoticeKind.CHASE} == {LEE.id, PRIYA.id}


async def test_the_chair_may_be_covered_by_whoever_may_have_what_is_theirs_and_by_no_name_that_may_not(here):
    concern = await here.raises(TESS, ABOUT_HELEN)
    await here.press(COLIN, Press.ACCEPT, concern.id)
    names = [option.label for one in (await form(here, COLIN)).fields() for option in getattr(one, "options", ())]
    assert "Lee Abara" in names
    assert "cannot take" in await goes(here, COLIN)
