"""No draft lies forgotten: its writer is asked, later a lead knows of it, and it ends only after a warning."""

import asyncio
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation import FormSubmitted
from handlers.notice import NoticeKind
from handlers.reporter import draft_chasing, unsent
from handlers.rules.chronology import Deed
from handlers.rules.people import Person, PersonId, Role
from handlers.ui.card import Buttons, Press
from tests.handlers.posting import delivered
from tests.handlers.school import (
    ABOUT_HELEN,
    ABOUT_LEE,
    ANSWERS,
    COLIN,
    DANA,
    HELEN,
    LEE,
    MIA,
    PEOPLE,
    PRIYA,
    SCHOOL,
    TESS,
    TOM,
    Here,
    about_adult,
    account,
    words,
)

LONDON = ZoneInfo("Europe/London")
DANGER = {**ANSWERS, "danger": "yes"}
GOVERNOR, VICE_CHAIR = (
    Person(id=PersonId(UUID(int=number)), name=name, roles=frozenset({role}))
    for number, name, role in ((71, "Gita Noor", Role.SAFEGUARDING_GOVERNOR), (72, "Vera Lunt", Role.VICE_CHAIR))
)


async def begins(here: Here, values=ANSWERS, *pages: int, by=TESS) -> UUID:
    key = uuid4()
    for page in pages or (1, 2):
        await here.answers(
            FormSubmitted(who=account(by), form="concern", key=str(key), page=page, values=values)
        )
    await delivered(here)
    return key


async def ticks(here: Here, at: str | None = None) -> int:
    if at:
        here.at = datetime.fromisoformat(at).replace(tzinfo=LONDON)
    return await draft_chasing.chase_drafts(here.units, at=here.at)


async def told(here: Here) -> list[tuple[object, str]]:
    return [
        (notice.to, notice.step) for notice, card in await delivered(here) if notice.kind is NoticeKind.DRAFT and card
    ]


async def deeds(here: Here, key: UUID):
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(key)]


async def kept(here: Here, key: UUID) -> bool:
    async with here.units(SCHOOL.id) as uow:
        return await uow.drafts.get(key) is not None


async def test_its_writer_is_asked_at_half_an_hour_and_next_morning_and_after_72_hours_the_leads_know(here):
    await begins(here)
    assert await ticks(here, "2026-11-24T10:44") == 0
    assert await ticks(here, "2026-11-24T10:45") == 1
    assert await told(here) == [(TESS.id, "draft_half_hour")]
    assert await ticks(here, "2026-11-24T23:00") == 0
    assert await ticks(here, "2026-11-25T08:30") == 1
    assert await told(here) == [(TESS.id, "draft_morning")]
    assert await ticks(here, "2026-11-27T10:15") == 1
    assert set(await told(here)) == {
        (TESS.id, "draft_leads"), (LEE.id, "draft_leads"), (PRIYA.id, "draft_leads"), (DANA.id, "draft_leads"),
    }
    assert await ticks(here, "2026-12-06T12:00") == 0


async def test_after_three_days_down_there_is_one_reminder_at_the_step_that_has_been_reached(here):
    key = await begins(here)
    assert await ticks(here, "2026-11-27T12:00") == 1
    assert [step for to, step in await told(here) if to == TESS.id] == ["draft_leads"]
    assert await ticks(here) == 0
    chased = [entry for entry in await deeds(here, key) if entry.deed is Deed.DRAFT_CHASED]
    assert [dict(entry.facts) for entry in chased] == [{"step": "draft_leads", "told": "3"}]


async def test_whoever_ticks_each_step_is_taken_once(here):
    await begins(here)
    here.later(minutes=31)
    at_once = (draft_chasing.chase_drafts(here.units, at=here.at) for _ in range(6))
    assert sum(await asyncio.gather(*at_once)) == 1
    assert len(await told(here)) == 1


async def test_the_clock_stands_still_at_night_but_not_where_somebody_must_act_now(here):
    here.at = datetime.fromisoformat("2026-11-28T02:00").replace(tzinfo=LONDON)
    await begins(here)
    urgent = await begins(here, {**ANSWERS, "urgency": "now"})
    assert await ticks(here, "2026-11-28T02:31") == 1
    async with here.units(SCHOOL.id) as uow:
        assert list(await uow.steps.taken(urgent)) == ["draft_half_hour"]


@pytest.mark.parametrize(
    ("values", "pages", "people"),
    [
        (ANSWERS, (1, 2), {LEE, PRIYA, DANA}),
        ({**ANSWERS, "close": str(LEE.id)}, (1, 2), {PRIYA, DANA}),
        (ABOUT_LEE, (1, 2), {HELEN}),
        (ABOUT_LEE, (1,), {HELEN}),
        ({**ABOUT_LEE, "close": str(HELEN.id)}, (1, 2), {COLIN}),
        (ABOUT_HELEN, (1, 2), {COLIN}),
        ({"facts": "x", "about": ""}, (1,), set()),
    ],
    ids=["a child", "a lead is close", "a lead", "an adult not named yet", "the head is close", "the head", "empty"],
)
async def test_only_who_would_receive_it_learns_that_it_exists_and_nobody_who_is_named_or_close(
    here, values, pages, people
):
    await begins(here, values, *pages)
    await ticks(here, "2026-11-27T12:00")
    assert {to for to, _ in await told(here)} - {TESS.id} == {person.id for person in people}


async def test_a_draft_that_does_not_say_yet_what_it_is_about_is_no_leads_business(here):
    reply = await here.command(TESS, "Mr Abara took her by the arm")
    await ticks(here, "2026-11-27T12:00")
    assert {to for to, _ in await told(here)} == {TESS.id, HELEN.id}
    assert reply.form.page == 1


@pytest.mark.parametrize(
    ("values", "told_of_it"),
    [
        ({**ANSWERS, "involved": "close"}, {GOVERNOR.id}),
        ({**ANSWERS, "involved": "both"}, {GOVERNOR.id}),
        ({**ANSWERS, "involved": "close", "close": str(LEE.id)}, {PRIYA.id, DANA.id}),
        ({**ANSWERS, "involved": "no"}, {LEE.id, PRIYA.id, DANA.id}),
        ({**about_adult(TOM), "involved": "close"}, {VICE_CHAIR.id, GOVERNOR.id}),
        ({"about": "", "facts": "x", "involved": "close"}, {VICE_CHAIR.id, GOVERNOR.id}),
    ],
)
async def test_where_a_lead_the_head_or_the_chair_is_involved_and_not_named_none_of_them_learns_of_it(
    here, reads_again, values, told_of_it
):
    """A head who is a governor too may be the one who is meant."""
    others = [person for person in PEOPLE if person[0] != HELEN]
    head = replace(HELEN, roles=HELEN.roles | {Role.SAFEGUARDING_GOVERNOR})
    logins = next(held for person, held in PEOPLE if person == HELEN)
    await reads_again(people=[*others, (head, logins), (VICE_CHAIR, ()), (GOVERNOR, ())])
    await begins(here, values, *((1, 2) if "close" in values else (1,)))
    await ticks(here, "2026-11-27T12:00")
    async with here.units(SCHOOL.id) as uow:
        (draft,) = await uow.drafts.of(TESS.id)
        assert {person.id for person in await unsent.would_receive(uow, draft)} == told_of_it


async def test_where_nobody_may_learn_of_it_its_writer_reads_that_and_whom_to_ring(here):
    key = await begins(here, {**ANSWERS, "involved": "close"}, 1)
    await ticks(here, "2026-11-27T12:00")
    ((notice, card),) = [one for one in await delivered(here) if one[0].kind is NoticeKind.DRAFT]
    assert notice.to == TESS.id
    assert "nobody else has been told of it" in card.summary
    assert "ring The Hub, 01632 960 999." in str(card)
    assert "know" not in str(card)
    alarms = [entry.facts["why"] for entry in await deeds(here, key) if entry.deed is Deed.ALARMED]
    assert alarms == ["nobody_receives_it"]


async def test_once_it_is_said_who_is_involved_the_others_learn_of_it_after_the_same_time(here):
    key, said = await begins(here, {**ANSWERS, "involved": "close"}, 1), {**ANSWERS, "close": str(LEE.id)}
    await ticks(here, "2026-11-27T12:00")
    assert {to for to, _ in await told(here)} == {TESS.id}
    for page in (1, 2):
        values = {**said, "involved": "close"}
        await here.answers(FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=values))
    await ticks(here, "2026-11-27T13:00")
    assert await told(here) == []
    await ticks(here, "2026-11-30T13:00")
    assert {to for to, _ in await told(here)} == {TESS.id, PRIYA.id, DANA.id}
    assert await ticks(here, "2026-11-30T14:00") == 0


async def test_a_lead_who_writes_is_their_own_writer_and_no_reader(here):
    await begins(here, by=LEE)
    await ticks(here, "2026-11-27T12:00")
    assert sorted(str(to) for to, _ in await told(here)) == sorted(str(p.id) for p in (LEE, PRIYA, DANA))


async def test_a_head_who_writes_about_an_adult_is_not_told_of_their_own_draft_but_the_next_in_line_is(here):
    await begins(here, ABOUT_LEE, by=HELEN)
    await ticks(here, "2026-11-27T12:00")
    assert {to for to, _ in await told(here)} == {HELEN.id, COLIN.id}


async def test_the_cards_hold_ways_for_its_writer_and_not_a_word_for_anybody(here):
    key = await begins(here, {**ANSWERS, "facts": "SECRET"}, 1, 2, 3)
    await ticks(here, "2026-11-27T12:00")
    cards = {notice.to: card for notice, card in await delivered(here) if notice.kind is NoticeKind.DRAFT}
    rows = [part for part in cards[TESS.id].parts if isinstance(part, Buttons)]
    assert [(b.label, b.press, b.subject) for row in rows for b in row.buttons] == [
        ("Carry on", Press.START, key), ("Throw away", Press.THROW_AWAY, key),
    ]
    assert "Tess Hallam began one at 10:15 on Tue 24 Nov" in str(cards[LEE.id])
    assert not [part for part in cards[LEE.id].parts if isinstance(part, Buttons)]
    for card in cards.values():
        assert "SECRET" not in str(card)
        assert MIA.name not in str(card)
        assert "Tess" not in card.summary


async def test_a_draft_ends_two_weeks_after_its_last_touch_a_school_day_after_the_last_reminder(here):
    key = await begins(here)
    await ticks(here, "2026-11-30T09:00")
    await told(here)
    assert await ticks(here, "2026-12-07T08:30") == 1
    assert await told(here) == [(TESS.id, "draft_last:2026-12-08")]
    await ticks(here, "2026-12-08T10:14")
    assert await kept(here, key)
    await ticks(here, "2026-12-08T10:15")
    assert not await kept(here, key)
    last = (await deeds(here, key))[-1]
    assert (last.deed, last.by, dict(last.facts), dict(last.words)) == (Deed.EXPIRED, None, {}, {})
    assert "not there any more" in words(await here.press(TESS, Press.START, key))


async def test_touched_again_it_begins_anew_and_is_warned_of_again(here):
    key = await begins(here)
    await ticks(here, "2026-12-07T12:00")
    sent = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=3, values=ANSWERS)
    await here.answers(sent)
    await ticks(here, "2026-12-09T12:00")
    assert await kept(here, key)
    await told(here)
    assert await ticks(here, "2027-01-20T12:00") == 1
    assert [step.partition(":")[0] for _, step in await told(here)] == ["draft_last"]


async def test_however_long_the_program_was_down_nothing_ends_that_had_no_last_reminder(here):
    key = await begins(here)
    assert await ticks(here, "2026-12-15T09:00") == 1
    assert await ticks(here, "2026-12-16T08:59") == 0
    assert await kept(here, key)
    await ticks(here, "2026-12-16T09:00")
    assert not await kept(here, key)


async def test_one_that_says_danger_never_ends_before_a_card_of_it_has_reached_a_lead(here):
    key = uuid4()
    sent = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=1, values=DANGER)
    await here.answers(sent)
    for at in ("2026-11-27T12:00", "2026-12-08T09:00", "2026-12-09T09:00", "2026-12-14T09:00"):
        await ticks(here, at)
    assert await kept(here, key)
    await delivered(here)
    await ticks(here)
    assert not await kept(here, key)


async def test_the_lead_who_was_told_of_danger_learns_whom_to_speak_to_when_it_comes_to_nothing(here):
    key = await begins(here, DANGER)
    await here.send(TESS, await here.opens(TESS, Press.THROW_AWAY, key), {})
    cards = {notice.to: card for notice, card in await delivered(here) if notice.kind is NoticeKind.DANGER}
    assert set(cards) == {LEE.id, PRIYA.id, DANA.id}
    assert "Tess Hallam said that somebody was in danger, and never sent the rest" in str(cards[LEE.id])


async def test_when_it_is_sent_its_reminders_say_so_and_nobody_else_learns_what_came_of_it(here):
    key = await begins(here, ANSWERS, 1)
    await ticks(here, "2026-11-27T12:00")
    await delivered(here)
    concern = await here.raises(TESS, ABOUT_LEE, key=key)
    cards = {notice.to: str(card) for notice, card in await delivered(here) if notice.kind is NoticeKind.DRAFT}
    assert concern.reference in cards[TESS.id]
    assert "not waiting any more" in cards[LEE.id]
    assert concern.reference not in cards[LEE.id]
    assert await ticks(here, "2026-12-08T12:00") == 0


async def test_a_lead_who_was_warned_sees_no_card_of_a_concern_that_is_not_theirs(here):
    key = await begins(here, DANGER, 1)
    concern = await here.raises(TESS, {**ABOUT_LEE, "danger": "yes"}, key=key)
    cards = {notice.to: str(card) for notice, card in await delivered(here) if notice.kind is NoticeKind.DANGER}
    assert set(cards) == {LEE.id, PRIYA.id, DANA.id, HELEN.id}
    assert {to for to, card in cards.items() if concern.reference in card} == {HELEN.id}


async def test_a_card_that_is_still_on_its_way_when_it_is_sent_is_not_posted(here):
    key = await begins(here)
    await ticks(here, "2026-11-24T10:46")
    await here.raises(TESS, ANSWERS, key=key)
    assert await told(here) == []


async def test_what_became_a_concern_is_dropped_after_two_weeks_without_an_entry(here):
    concern = await here.raises()
    await ticks(here, "2026-12-20T10:00")
    assert not await kept(here, concern.id)
    assert Deed.EXPIRED not in [entry.deed for entry in await deeds(here, concern.id)]


async def test_a_draft_that_cannot_be_opened_keeps_none_of_the_others_waiting_and_is_told_of(here, tmp_path):
    await begins(here)
    with closing(sqlite3.connect(tmp_path / "heard.db")) as database, database:
        database.execute("UPDATE drafts SET answers = ?", (b"x" * 40,))
    await begins(here)
    here.later(minutes=31)
    await ticks(here)
    assert [damage.table for damage in here.units.damaged(SCHOOL.id)] == ["drafts"]
    assert await told(here) == [(TESS.id, "draft_half_hour")]
    assert (await here.command(TESS)).form.page == 1


async def test_where_nobody_would_receive_it_the_operator_is_alarmed(here):
    key = await begins(here, about_adult(COLIN))
    here.later(days=3, minutes=1)
    await ticks(here)
    alarms = [entry.facts["why"] for entry in await deeds(here, key) if entry.deed is Deed.ALARMED]
    assert alarms == ["nobody_receives_it"]
