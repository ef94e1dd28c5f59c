"""Nothing sleeps, at the desk: a Friday at ten past three, and other afternoons, evenings and days without school."""

from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from handlers import notices
from handlers.assurance import drill
from handlers.conversation import Complaints, Tell
from handlers.notice import NoticeKind
from handlers.rules.chronology import Deed
from handlers.rules.concern import Status, Urgency
from handlers.rules.home_time import Why
from handlers.triage.chasing import chase_unaccepted
from handlers.triage.chasing_owned import chase_owned
from handlers.ui.card import Buttons, Card, Facts, Press
from tests.handlers.posting import delivered
from tests.handlers.receiving import receipt, told
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
    words,
)

LONDON = ZoneInfo("Europe/London")
UNSURE = {**ANSWERS, "child_now": "In room 4", "safe_home": "unsure"}


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


async def ticks(here: Here, when: str) -> dict[tuple[NoticeKind, object], Card]:
    """What has come to whom by a tick at that time: messages that were not there before, as they came."""
    here.at = at(when)
    standing = {notice for notice, _ in await delivered(here)}
    await chase_unaccepted(here.units, {}, at=here.at)
    await chase_owned(here.units, at=here.at)
    came = [(notice, card) for notice, card in await delivered(here) if card and notice not in standing]
    return {(notice.kind, notice.to): card for notice, card in came if notice.step}


async def entries(here: Here, concern, deed: Deed):
    async with here.units(SCHOOL.id) as uow:
        return [line.entry for line in await uow.trail.of(concern.id, words=True) if line.entry.deed is deed]


def whom(came, kind: NoticeKind) -> set[object]:
    return {to for of, to in came if of is kind}


def numbers(card: Card) -> dict[str, str]:
    return {name: value for part in card.parts if isinstance(part, Facts) for name, value in part.pairs}


async def test_a_friday_afternoon_promises_no_monday_and_is_for_now_at_the_bell(here):
    """The story of issue 13: `today` at ten past three on a Friday, and nobody comes."""
    here.at = at("2026-11-27T15:10")
    concern = await here.raises()
    said = told(await receipt(here, concern))
    assert "Somebody should take it on by: Fri 27 Nov, 15:30" in said
    assert "Mon" not in said
    near = await ticks(here, "2026-11-27T15:15")
    assert whom(near, NoticeKind.RING) == {TESS.id}
    assert "home time is near: your concern 26-48213, due by Fri 27 Nov" in near[NoticeKind.RING, TESS.id].summary
    came = await ticks(here, "2026-11-27T15:30")
    concern = await here.concern(concern.id)
    assert concern.urgency is Urgency.NOW
    assert whom(came, NoticeKind.CHASE) == {LEE.id, PRIYA.id, DANA.id}
    assert came[NoticeKind.RING, TESS.id].summary == (
        "Home time has come and nobody has it: your concern 26-48213, due since Fri 27 Nov, 15:30. Nobody has it yet. "
        "Ask for one of them in person, or ring now."
    )
    told_at_the_bell = await receipt(here, concern)
    assert "Home time has come, so your concern counts as “now”" in told(told_at_the_bell)
    assert "Somebody should take it on by: Fri 27 Nov, 15:35" in told(told_at_the_bell)
    assert whom(await ticks(here, "2026-11-27T15:35"), NoticeKind.RING) == {TESS.id}
    came = await ticks(here, "2026-11-27T15:40")
    assert HELEN.id in whom(came, NoticeKind.CHASE)
    came = await ticks(here, "2026-11-27T15:45")
    assert numbers(came[NoticeKind.RING, TESS.id])["The Hub (outside school)"] == "01632 960 999"
    assert (await entries(here, concern, Deed.COUNTS_AS_NOW))[0].facts == {"why": "bell", "urgency": "today"}


@pytest.mark.parametrize(
    "sent", ["2026-11-24T15:30", "2026-11-24T22:10", "2026-11-27T16:00", "2026-11-28T10:00", "2026-11-29T20:00",
             "2026-10-28T11:00", "2026-12-21T10:00", "2027-05-03T10:00", "2026-12-18T15:31"],
    ids=["at the bell", "at night", "Friday evening", "Saturday", "Sunday", "half-term", "Christmas", "a bank holiday",
         "the last day of term"],
)  # fmt: skip
async def test_sent_when_home_time_is_over_it_is_for_now_at_once_and_its_writer_reads_so(here, sent):
    here.at = at(sent)
    concern = await here.raises()
    assert (concern.urgency, concern.now_since) == (Urgency.NOW, here.at)
    card = await receipt(here, concern)
    assert "School is closed, so “today” goes to them as “now”: they are being told at once." in told(card)
    assert "will be read" not in told(card)
    assert numbers(card)["The Hub (outside school)"] == "01632 960 999"
    (woken,) = await entries(here, concern, Deed.COUNTS_AS_NOW)
    assert woken.facts == {"why": Why.CLOSED.value, "urgency": "today"}
    assert (await entries(here, concern, Deed.RAISED))[0].facts["urgency"] == "today"
    personal = {notice.to for notice, _ in await delivered(here) if notice.kind is NoticeKind.CHASE}
    assert personal == {LEE.id, PRIYA.id}


@pytest.mark.parametrize("safe", ["no", "unsure"])
@pytest.mark.parametrize("urgency", ["today", "now"])
async def test_not_known_to_be_safe_to_go_home_is_for_now_at_once_without_a_word_of_it_in_chat(here, urgency, safe):
    concern = await here.raises(answers={**UNSURE, "urgency": urgency, "safe_home": safe})
    assert concern.urgency is Urgency.NOW
    cards = [card for _, card in await delivered(here) if card]
    assert not any("safe to go" in str(card).lower() or "room 4" in str(card) for card in cards)
    assert ("By your answers it goes to them as “now”" in told(await receipt(here, concern))) == (urgency == "today")
    assert "Safe to go home: Not sure" in told(await here.opens(LEE, Press.OPEN, concern.id)) or safe == "no"


async def test_safe_to_go_home_is_what_was_chosen(here):
    assert (await here.raises(answers={**UNSURE, "safe_home": "yes"})).urgency is Urgency.TODAY


async def test_what_is_answered_with_the_rest_of_a_quick_one_makes_it_for_now_whatever_was_decided(here):
    """A lead has decided that it can be watched; then the rest says that she may not be safe to go home."""
    form = (await here.command(TESS, "quick")).form
    quick = {"child_1": ANSWERS["child_1"], "facts": "She will not go home.", "urgency": "today"}
    assert isinstance(await here.send(TESS, form, quick), Tell)
    concern = await here.concern(UUID(form.key))
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern)
    rest = await here.opens(TESS, Press.COMPLETE, concern.id)
    await here.raises_as_told(TESS, UNSURE, key=UUID(rest.key))
    concern = await here.concern(concern.id)
    assert (concern.urgency, concern.status, concern.outcome) == (Urgency.NOW, Status.ACCEPTED, None)
    assert [entry.facts["why"] for entry in await entries(here, concern, Deed.COUNTS_AS_NOW)] == ["answer"]
    came = await ticks(here, "2026-11-24T15:30")
    assert whom(came, NoticeKind.CHASE) == {LEE.id, PRIYA.id, DANA.id}


async def accepted(here: Here, when: str = "2026-11-27T10:00", by=LEE, **answers: str):
    here.at = at(when)
    concern = await here.raises(answers={**ANSWERS, **answers})
    await here.press(by, Press.ACCEPT, concern.id)
    await delivered(here)
    return concern


@pytest.mark.parametrize("urgency", ["today", "now"])
async def test_who_owns_it_and_goes_home_is_told_before_at_and_after_the_bell_and_so_are_all_above(here, urgency):
    concern = await accepted(here, urgency=urgency)
    if urgency == "now":
        await ticks(here, "2026-11-27T12:00")
    came = await ticks(here, "2026-11-27T14:45")
    assert set(came) == {(NoticeKind.CHASE, LEE.id)}
    due = {"today": "due by Fri 27 Nov, 15:30", "now": "due since Fri 27 Nov, 12:00"}[urgency]
    assert came[NoticeKind.CHASE, LEE.id].summary == (
        f"Home time is near: decision on 26-48213, {due}. It is yours. Press “Triage” or “Safe until”."
    )
    came = await ticks(here, "2026-11-27T15:30")
    assert (await here.concern(concern.id)).urgency is Urgency.NOW
    assert whom(came, NoticeKind.CHASE) == {LEE.id, PRIYA.id, DANA.id}
    assert came[NoticeKind.CHASE, PRIYA.id].summary.startswith("Act now: decision on 26-48213, due since Fri 27 Nov")
    assert "Press “Take over” or “Safe until”." in came[NoticeKind.CHASE, PRIYA.id].summary
    assert whom(came, NoticeKind.RING) == ({TESS.id} if urgency == "today" else set())
    await ticks(here, "2026-11-27T15:35")
    came = await ticks(here, "2026-11-27T15:40")
    assert HELEN.id in whom(came, NoticeKind.CHASE)
    assert whom(came, NoticeKind.RING) == {TESS.id}
    assert "Nothing has been decided in 10 minutes" in came[NoticeKind.RING, TESS.id].summary
    assert "It is Lee Abara’s." in came[NoticeKind.RING, TESS.id].summary
    came = await ticks(here, "2026-11-27T15:45")
    assert whom(came, NoticeKind.CHASE) == {LEE.id, PRIYA.id, DANA.id, HELEN.id}
    assert (await here.concern(concern.id)).rung == 3


async def says_safe(here: Here, by, concern, **values: str):
    form = await here.opens(by, Press.SAFE_UNTIL, concern.id)
    return await here.send(by, form, {"reason": "Her aunt has fetched her.", **values})


async def test_whoever_says_why_it_is_safe_is_named_and_nothing_is_asked_until_school_opens(here):
    concern = await accepted(here)
    assert "may wait until Mon 30 Nov, 08:30" in words(await says_safe(here, PRIYA, concern))
    for when in ("2026-11-27T14:45", "2026-11-27T15:30", "2026-11-27T15:45", "2026-11-29T12:00"):
        assert await ticks(here, when) == {}, when
    concern = await here.concern(concern.id)
    assert (concern.urgency, concern.safe_by) == (Urgency.TODAY, PRIYA.id)
    (entry,) = await entries(here, concern, Deed.SAFE_UNTIL)
    assert (entry.by, entry.words["reason"]) == (PRIYA.id, "Her aunt has fetched her.")
    shown = [card for notice, card in await _drawn(here, concern) if notice.kind is NoticeKind.TRIAGE]
    assert numbers(shown[0])["Safe until"] == "Mon 30 Nov, 08:30, says Priya Raman"
    assert "aunt" not in str(shown[0])
    for press in (Press.OPEN, Press.CHRONOLOGY):
        assert "Safe until · Priya Raman" in told(await here.opens(LEE, press, concern.id))
        assert "Her aunt has fetched her." in str(await here.opens(LEE, press, concern.id))
    came = await ticks(here, "2026-11-30T08:30")
    assert whom(came, NoticeKind.CHASE) == {LEE.id}
    came = await ticks(here, "2026-11-30T15:30")
    assert (await here.concern(concern.id)).urgency is Urgency.NOW
    assert whom(came, NoticeKind.RING) == {TESS.id}


async def _drawn(here: Here, concern):
    async with here.units(SCHOOL.id) as uow:
        await notices.refresh(uow, await uow.concerns.get(concern.id))
    return await delivered(here)


async def test_after_the_bell_too_the_climb_ends_when_somebody_says_why_it_is_safe(here):
    concern = await accepted(here)
    await ticks(here, "2026-11-27T15:30")
    came = await ticks(here, "2026-11-27T15:40")
    shown = came[NoticeKind.CHASE, HELEN.id]
    pressed = [button.press for part in shown.parts if isinstance(part, Buttons) for button in part.buttons]
    assert Press.SAFE_UNTIL in pressed
    await says_safe(here, HELEN, concern)
    assert await ticks(here, "2026-11-27T15:45") == {}
    assert await ticks(here, "2026-11-27T18:00") == {}
    settled = [card for notice, card in await _drawn(here, concern) if notice.kind is NoticeKind.RING and card]
    assert len(settled) == 1, "of all that came one stands"
    assert all("Somebody has answered" in card.summary for card in settled)
    here.at = at("2026-11-30T09:00")
    again = [card for notice, card in await _drawn(here, concern) if notice.kind is NoticeKind.RING and card]
    assert all("Somebody has answered" in card.summary for card in again), "nothing is late before that day's bell"


async def test_a_time_that_is_given_ends_it_then_and_a_night_is_not_slept_through(here):
    concern = await accepted(here, "2026-11-24T10:00")
    await says_safe(here, LEE, concern, safe_date="2026-11-24", safe_time="18:00")
    assert await ticks(here, "2026-11-24T17:59") == {}
    came = await ticks(here, "2026-11-24T18:00")
    assert (await here.concern(concern.id)).urgency is Urgency.NOW
    assert whom(came, NoticeKind.CHASE) == {LEE.id, PRIYA.id, DANA.id}


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"safe_date": "2026-12-04", "safe_time": "09:00"}, "too far ahead"),
        ({"safe_date": "2026-11-27", "safe_time": "09:00"}, "has passed"),
        ({"safe_date": "2026-11-30"}, "both the date and the time"),
        ({"safe_time": "09:00"}, "both the date and the time"),
        ({"reason": " "}, "reason"),
    ],
)
async def test_what_cannot_be_said_is_refused_and_nothing_is_kept(here, values, said):
    concern = await accepted(here)
    reply = await says_safe(here, LEE, concern, **values)
    text = str(dict(reply.by_field)) if isinstance(reply, Complaints) else words(reply)
    assert said in text
    assert await entries(here, concern, Deed.SAFE_UNTIL) == []


async def test_nobody_says_it_who_does_not_have_it_nor_before_somebody_does_nor_of_what_may_wait(here):
    here.at = at("2026-11-27T10:00")
    concern, week = await here.raises(), await here.raises(answers={**ANSWERS, "urgency": "week"})
    assert "Accept this concern first." in words(await here.press(LEE, Press.SAFE_UNTIL, concern.id))
    for who in (TESS, TOM, COLIN, HELEN):
        assert "no such concern" in words(await here.press(who, Press.SAFE_UNTIL, concern.id))
    await here.press(LEE, Press.ACCEPT, week.id)
    assert "may wait past home time" in words(await here.press(LEE, Press.SAFE_UNTIL, week.id))
    await here.press(LEE, Press.ACCEPT, concern.id)
    await here.decides(LEE, concern)
    assert "A decision has been recorded" in words(await here.press(LEE, Press.SAFE_UNTIL, concern.id))


async def test_a_decision_lets_it_cross_home_time(here):
    concern = await accepted(here)
    await here.decides(LEE, concern)
    await delivered(here)
    assert await ticks(here, "2026-11-27T15:30") == {}
    assert await ticks(here, "2026-11-28T12:00") == {}


async def test_while_the_program_was_down_each_is_told_once_at_the_rung_that_has_come(here):
    here.at = at("2026-11-27T15:10")
    concern = await here.raises()
    await delivered(here)
    came = await ticks(here, "2026-11-30T09:00")
    assert whom(came, NoticeKind.CHASE) == {LEE.id, PRIYA.id, DANA.id, HELEN.id}
    assert "since Fri 27 Nov, 15:30" in came[NoticeKind.RING, TESS.id].summary.replace("15:35", "15:30")
    assert (await here.concern(concern.id)).now_since == at("2026-11-27T15:30")
    assert len(await entries(here, concern, Deed.CHASED)) == 1


async def test_a_concern_about_the_head_goes_to_the_chair_as_now_at_the_bell_and_to_no_lead(here):
    here.at = at("2026-11-27T15:10")
    concern = await here.raises(answers=ABOUT_HELEN)
    await delivered(here)
    came = await ticks(here, "2026-11-27T15:30")
    assert whom(came, NoticeKind.CHASE) == {COLIN.id}
    assert (await here.concern(concern.id)).urgency is Urgency.NOW
    came = await ticks(here, "2026-11-27T15:45")
    assert not whom(came, NoticeKind.CHASE) & {LEE.id, PRIYA.id, DANA.id, HELEN.id}


@pytest.mark.parametrize(("urgency", "passes"), [("week", "2026-12-01T12:00"), ("record", "2026-12-01T15:30")])
async def test_the_receipt_shows_no_expectation_that_has_passed(here, urgency, passes):
    """Sent on a Saturday: it will be read on Monday, and somebody should take it on; and then nobody does."""
    here.at = at("2026-11-28T10:00")
    concern = await here.raises(answers={**ANSWERS, "urgency": urgency})
    await delivered(here)
    for when in ("2026-11-30T08:30", "2026-11-30T12:30", "2026-11-30T15:30", passes):
        here.at = at(when)
        await chase_unaccepted(here.units, {}, at=here.at)
        drawn = [card for notice, card in await delivered(here) if notice.kind is NoticeKind.RECEIPT]
        if when == "2026-11-30T08:30":
            assert drawn, "it is drawn again when it was to be read"
            assert "will be read" not in told(drawn[-1])
        shown = numbers(await receipt(here, concern)).get("Somebody should take it on by", "")
        assert shown == "" or at(f"2026-{_month_day(shown)}") > here.at


def _month_day(shown: str) -> str:
    parsed = datetime.strptime(f"{shown} 2026", "%a %d %b, %H:%M %Y").replace(tzinfo=LONDON)
    return f"{parsed:%m-%dT%H:%M}"


async def test_a_drill_is_not_woken(here):
    day = drill.day_of(SCHOOL.calendar, 2026, 12)
    assert day is not None
    here.at = at(f"{day}T11:00")
    assert await drill.drill_all(here.units, at=here.at) == 1
    assert not whom(await ticks(here, f"{day}T15:31"), NoticeKind.RING)
    async with here.units(SCHOOL.id) as uow:
        assert [concern.urgency for concern in await uow.concerns.open()] == [Urgency.TODAY]
