"""School is closed from now, tomorrow too, late or early: shown first, done once, and every clock follows."""

from datetime import datetime

import pytest

from handlers.conversation import CommandTyped, Complaints, FormSubmitted, NextPage, OpenForm, Reply, Tell
from handlers.notice import NoticeKind
from handlers.overview import closed_form
from handlers.post.cards import draw
from handlers.rules.chronology import Answers, Deed
from handlers.rules.people import Person
from handlers.triage.chasing import chase_unaccepted
from handlers.triage.chasing_owned import chase_owned
from handlers.ui.card import Card, Facts, Heading, Press, Words
from handlers.ui.form import Form
from tests.handlers.school import (
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

NOW: Answers = {"what": "closed", "reason": "A pipe has burst."}
WEEK: Answers = {**ANSWERS, "urgency": "week"}
RECORD: Answers = {**ANSWERS, "urgency": "record"}


async def opened(here: Here, by: Person = LEE) -> Form:
    reply = await here.command(by, "closed")
    assert isinstance(reply, OpenForm), reply
    return reply.form


async def sent(here: Here, values: Answers, by: Person = LEE) -> Reply:
    return await here.send(by, await opened(here, by), values)


async def shown(here: Here, values: Answers, by: Person = LEE) -> Form:
    reply = await sent(here, values, by)
    assert isinstance(reply, NextPage), reply
    return reply.form


async def says(here: Here, values: Answers, by: Person = LEE) -> str:
    form = await shown(here, values, by)
    return words(await here.send(by, form, form.values))


def understood(form: Form) -> dict[str, str]:
    """What the form goes on with, as it would come back."""
    inbound = FormSubmitted(who=account(LEE), form=form.id, key=form.key, page=form.page, values=form.values)
    return {name: str(value) for name, value in closed_form.carried(inbound).items()}


def read(form: Form) -> str:
    said = [part.text for part in form.parts if isinstance(part, Words | Heading)]
    pairs = [pair for part in form.parts if isinstance(part, Facts) for pair in part.pairs]
    return "\n".join([*said, *(": ".join(pair) for pair in pairs)])


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SCHOOL.calendar.zone)


async def told(here: Here) -> list[tuple[NoticeKind, object, str]]:
    found: list[tuple[NoticeKind, object, str]] = []
    async with here.units(SCHOOL.id) as uow:
        while claimed := await uow.outbox.claim(most=50):
            for item in claimed:
                found.append((item.notice.kind, item.notice.to, item.notice.step.partition("_")[0]))
                await uow.outbox.settle(item)
    return found


async def test_what_it_does_is_shown_before_it_is_done_and_all_clocks_follow_when_it_is(here: Here):
    today, week, record = [await here.raises(answers=a) for a in (ANSWERS, WEEK, RECORD)]
    owned = await here.raises()
    await here.press(DANA, Press.ACCEPT, owned.id)
    await told(here)
    here.at = local("11-24 10:40")
    form = await shown(here, {**NOW, "last": "2026-11-25"})
    assert understood(form) == {
        "what": "closed", "first": "2026-11-24", "last": "2026-11-25", "clock": "10:40", "reason": "A pipe has burst.",
    }  # fmt: skip
    text = read(form)
    assert f"{today.reference}: At once, unless somebody accepts it first" in text
    assert f"{owned.reference}: At once, unless Dana Okello decides or says why the child is safe." in text
    assert f"{week.reference}: To be accepted by Thu 26 Nov, 12:05, not Tue 24 Nov, 14:15" in text
    assert f"{record.reference}: To be accepted by Thu 26 Nov, 10:15, not Wed 25 Nov, 10:15" in text
    async with here.units(SCHOOL.id) as uow:
        assert uow.school.calendar.said == {}
    here.later(minutes=3)
    assert "School closes Tue 24 Nov, 10:40, and stays closed to the end of Wed 25 Nov" in (
        done := words(await here.send(LEE, form, form.values))
    )
    assert "School opens again Thu 26 Nov, 08:30." in done
    out = await told(here)
    assert [one for one in out if one[0] is NoticeKind.CLOSED] == [(NoticeKind.CLOSED, None, "said")]
    assert [one for one in out if one[2] == "moved"] == [(NoticeKind.RECEIPT, TESS.id, "moved")] * 2
    await chase_unaccepted(here.units, {}, at=here.at)
    await chase_owned(here.units, at=here.at)
    for concern, urgency in ((today, "now"), (owned, "now"), (week, "week"), (record, "record")):
        assert (await here.concern(concern.id)).urgency == urgency
    assert "This has been done already" in words(await here.send(LEE, form, form.values))


async def card_of(here: Here, kind: NoticeKind) -> list[Card]:
    cards: list[Card] = []
    async with here.units(SCHOOL.id, at=here.at) as uow:
        for item in await uow.outbox.claim(most=50):
            if item.notice.kind is kind and (card := await draw(uow, item.notice, at=here.at)):
                cards.append(card)
            await uow.outbox.settle(item)
    return cards


async def test_a_receipt_whose_time_has_moved_comes_anew_and_says_so(here: Here):
    await here.raises(answers=WEEK)
    await told(here)
    await says(here, {**NOW, "last": "2026-11-25"})
    cards = [str(card) for card in await card_of(here, NoticeKind.RECEIPT)]
    assert any("School has other hours than usual, so this is a new time." in card for card in cards)
    assert all("Thu 26 Nov, 12:30" in card for card in cards), cards
    assert "School is closed. It will be read from Thu 26 Nov, 08:30." in cards[0]


async def test_the_leads_place_reads_what_was_said_by_whom_and_never_why(here: Here):
    await says(here, {**NOW, "what": "late", "first": "2026-11-25", "clock": "10:30", "reason": "CANARY ice."}, HELEN)
    [card] = await card_of(here, NoticeKind.CLOSED)
    assert "School opens late: Wed 25 Nov, 10:30 Said by Helen Marsh, Tue 24 Nov, 10:15." in words(Tell(card))
    assert "CANARY" not in words(Tell(card))
    assert "School opens late: Wed 25 Nov, 10:30, says Helen Marsh: CANARY ice." in read(await opened(here))


async def test_it_can_be_taken_back_and_what_became_now_stays_so(here: Here):
    concern = await here.raises()
    await says(here, {**NOW, "last": "2026-11-26"})
    await chase_unaccepted(here.units, {}, at=here.later(minutes=1))
    here.at = local("11-25 09:00")
    form = await shown(here, {"what": "as_usual", "first": "2026-11-26", "reason": "Mended."})
    assert "School opens as usual again from Thu 26 Nov" in words(await here.send(LEE, form, form.values))
    async with here.units(SCHOOL.id) as uow:
        calendar = uow.school.calendar
        lines = [line.entry.deed for line in await uow.trail.of(SCHOOL.id) if line.entry.deed is not Deed.REFUSED]
    assert [calendar.is_school_day(local(f"11-{day} 12:00").date()) for day in (24, 25, 26)] == [True, False, True]
    assert lines == [Deed.SCHOOL_CLOSED, Deed.SCHOOL_OPEN]
    assert (await here.concern(concern.id)).urgency == "now"
    assert "It opens as usual from Thu 26 Nov." in read(await opened(here))
    again = await sent(here, {"what": "as_usual", "first": "2026-11-26", "reason": "Mended."})
    assert isinstance(again, Complaints)
    assert "there is nothing to take back" in again.by_field[""]


async def test_the_way_back_loses_nothing_and_what_is_changed_is_shown_again(here: Here):
    form = await shown(here, {"what": "early", "clock": "14:00", "reason": "Snow."})
    assert "School closes early: Tue 24 Nov, 14:00" in read(form)
    back = FormSubmitted(who=account(LEE), form=form.id, key=form.key, page=2, values=form.values, back=True)
    reply = await here.answers(back)
    assert isinstance(reply, NextPage)
    assert reply.form.values == {"what": "early", "first": "2026-11-24", "clock": "14:00", "reason": "Snow."}
    assert reply.form.page == 1
    reply = await here.send(LEE, reply.form, {**reply.form.values, "clock": "12:00"})
    assert isinstance(reply, NextPage)
    async with here.units(SCHOOL.id) as uow:
        assert uow.school.calendar.said == {}
    assert "School closes early: Tue 24 Nov, 12:00" in words(await here.send(LEE, reply.form, reply.form.values))
    nameless = await here.send(LEE, await shown(here, NOW), {"reason": "For Mia."})
    assert isinstance(nameless, Complaints)
    assert "“Mia”" in nameless.by_field["reason"]


@pytest.mark.parametrize(
    ("at", "values", "meant"),
    [
        ("11-24 07:30", NOW, {"first": "2026-11-24", "last": "2026-11-24"}),
        ("11-24 10:15", NOW, {"first": "2026-11-24", "last": "2026-11-24", "clock": "10:15"}),
        ("11-24 16:00", {**NOW, "last": "2026-11-25"}, {"first": "2026-11-25", "last": "2026-11-25"}),
        ("11-24 10:15", {**NOW, "first": "2026-11-25"}, {"first": "2026-11-25", "last": "2026-11-25"}),
        ("11-22 20:00", {**NOW, "last": "2026-11-23"}, {"first": "2026-11-23", "last": "2026-11-23"}),
        ("11-24 10:15", {**NOW, "what": "early", "clock": "12:00"}, {"first": "2026-11-24", "clock": "12:00"}),
        ("11-24 07:15", {**NOW, "what": "late", "clock": "10:00"}, {"first": "2026-11-24", "clock": "10:00"}),
    ],
)
async def test_what_is_left_blank_is_said_back(here: Here, at: str, values: Answers, meant: dict[str, str]):
    here.at = local(at)
    told = understood(await shown(here, values))
    assert {name: value for name, value in told.items() if name not in {"what", "reason"}} == meant


@pytest.mark.parametrize(
    ("values", "field", "said"),
    [
        ({"first": "2026-11-23"}, "first", "This day has passed"),
        ({"first": "2026-11-26", "last": "2026-11-25"}, "last", "must not be before the first"),
        ({"last": "2027-06-01"}, "last", "more than 60 days"),
        ({"first": "2026-11-28", "last": "2026-11-29"}, "first", "School is closed then already"),
        ({"clock": "09:00"}, "clock", "This time has passed"),
        ({"clock": "16:00"}, "clock", "School closes at 15:30 that day anyway"),
        ({"what": "early"}, "clock", "Say at what time"),
        ({"what": "early", "clock": "16:00"}, "clock", "School is open from 08:30 to 15:30"),
        ({"what": "late", "clock": "08:00"}, "clock", "School is open from 08:30 to 15:30"),
        ({"what": "late", "clock": "10:00", "last": "2026-11-25"}, "last", "Leave this blank"),
        ({"what": "late", "clock": "10:00", "first": "2026-11-28"}, "first", "School is closed on that day"),
        ({"reason": "Mia fell through the ice"}, "reason", "This may name a child: “Mia”"),
        ({"reason": "patel's brother"}, "reason", "This may name a child: “patel”"),
    ],
)
async def test_what_cannot_be_is_said_beside_its_field_and_nothing_is_lost(
    here: Here, values: dict[str, str], field: str, said: str
):
    reply = await sent(here, {**NOW, **values})
    assert isinstance(reply, Complaints), reply
    assert said in reply.by_field[field]
    assert reply.form.values["what"] == values.get("what", "closed")


async def test_a_lead_a_deputy_or_the_head_says_it_and_nobody_else(here: Here):
    form = await opened(here)
    for person in (LEE, PRIYA, DANA, HELEN):
        assert (await opened(here, person)).id == "closed"
        assert "/concern closed" in str(await here.command(person, "help"))
    for person in (TESS, TOM, COLIN):
        assert "closed is for the safeguarding leads and the head" in words(await here.command(person, "closed"))
        assert "/concern closed" not in str(await here.command(person, "help"))
        pressed = await here.press(person, Press.CLOSED, SCHOOL.id)
        assert "This is for the safeguarding leads and the head" in words(pressed)
        reply = await here.send(person, form, NOW)
        assert isinstance(reply, Complaints)
        assert "This is for the safeguarding leads and the head" in reply.by_field[""]
    reply = await here.answers(CommandTyped(who=account(LEE), text="closed", in_chat=True))
    assert isinstance(reply, Tell)
    assert (await here.opens(LEE, Press.CLOSED, SCHOOL.id)).id == "closed"


async def test_nobody_is_shown_what_they_may_not_read(here: Here):
    concern = await here.raises(answers={**ANSWERS, "close": str(PRIYA.id)})
    assert concern.reference in read(await shown(here, NOW, LEE))
    assert "Nothing that is open, and that you can read" in read(await shown(here, NOW, PRIYA))
    await says(here, NOW, PRIYA)
    await chase_unaccepted(here.units, {}, at=here.at)
    assert (await here.concern(concern.id)).urgency == "now"
