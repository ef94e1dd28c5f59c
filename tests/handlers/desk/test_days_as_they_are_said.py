"""Days and times as staff say them: taken where one alone can be meant, asked back where two can, never a wrong one."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.account import form as concern_form
from handlers.conversation import Complaints, FormSubmitted, NextPage, Tell
from handlers.desk import kept
from handlers.desk.counters import FORMS
from handlers.rules.chronology import Answers
from handlers.rules.concern import ConcernId
from handlers.ui import spoken_days, written
from handlers.ui.card import Press
from handlers.ui.form import DateField
from handlers.ui.reader import NO_DAY, NO_TIME
from handlers.ui.spoken_days import Looks
from tests import examples
from tests.handlers.acting import actions
from tests.handlers.referring import owned
from tests.handlers.school import ANSWERS, LEE, MIA, SCHOOL, TESS, TOM, Here, account

ZONE = SCHOOL.calendar.zone
TODAY = date(2026, 11, 24)
"""A Tuesday."""
BACK, AHEAD, EITHER = Looks.BACK, Looks.AHEAD, Looks.EITHER

DAYS: tuple[tuple[str, str, str, str], ...] = (
    # as it is typed, then the day where it looks back, where it looks ahead, where it may be either; "" is asked back
    ("today", "24 Nov 26", "24 Nov 26", "24 Nov 26"),
    ("This morning", "24 Nov 26", "24 Nov 26", "24 Nov 26"),
    ("this afternoon", "24 Nov 26", "24 Nov 26", "24 Nov 26"),
    ("just now", "24 Nov 26", "24 Nov 26", "24 Nov 26"),
    ("yesterday", "23 Nov 26", "23 Nov 26", "23 Nov 26"),
    ("yesterday morning", "23 Nov 26", "23 Nov 26", "23 Nov 26"),
    ("yesterday at lunchtime", "23 Nov 26", "23 Nov 26", "23 Nov 26"),
    ("tomorrow", "25 Nov 26", "25 Nov 26", "25 Nov 26"),
    ("the day before yesterday", "22 Nov 26", "22 Nov 26", "22 Nov 26"),
    ("the day after tomorrow", "26 Nov 26", "26 Nov 26", "26 Nov 26"),
    ("Mon", "23 Nov 26", "30 Nov 26", ""),
    ("on Monday", "23 Nov 26", "30 Nov 26", ""),
    ("Monday afternoon", "23 Nov 26", "30 Nov 26", ""),
    ("Weds", "18 Nov 26", "25 Nov 26", ""),
    ("Thurs.", "19 Nov 26", "26 Nov 26", ""),
    ("Tues", "", "", ""),
    ("last Tues", "17 Nov 26", "", "17 Nov 26"),
    ("last Fri", "20 Nov 26", "", "20 Nov 26"),
    ("last Mon", "", "", ""),
    ("next Mon", "", "30 Nov 26", "30 Nov 26"),
    ("next Tuesday", "", "1 Dec 26", "1 Dec 26"),
    ("next Fri", "", "", ""),
    ("this Fri", "", "27 Nov 26", "27 Nov 26"),
    ("this Monday", "23 Nov 26", "", ""),
    ("this coming Monday", "", "30 Nov 26", "30 Nov 26"),
    ("Friday week", "", "4 Dec 26", "4 Dec 26"),
    ("a week on Friday", "", "4 Dec 26", "4 Dec 26"),
    ("Tuesday last week", "17 Nov 26", "", "17 Nov 26"),
    ("Monday of last week", "16 Nov 26", "", "16 Nov 26"),
    ("last week on Friday", "20 Nov 26", "", "20 Nov 26"),
    ("Monday next week", "", "30 Nov 26", "30 Nov 26"),
    ("2 days ago", "22 Nov 26", "", "22 Nov 26"),
    ("three days ago", "21 Nov 26", "", "21 Nov 26"),
    ("a week ago today", "17 Nov 26", "", "17 Nov 26"),
    ("3 weeks ago today", "3 Nov 26", "", "3 Nov 26"),
    ("a fortnight ago today", "10 Nov 26", "", "10 Nov 26"),
    ("in 3 days", "", "27 Nov 26", "27 Nov 26"),
    ("in two weeks' time", "", "8 Dec 26", "8 Dec 26"),
    ("a week today", "", "1 Dec 26", "1 Dec 26"),
    ("24 Nov", "24 Nov 26", "24 Nov 26", "24 Nov 26"),
    ("20th November", "20 Nov 26", "", "20 Nov 26"),
    ("the 20th of Nov.", "20 Nov 26", "", "20 Nov 26"),
    ("Nov 20", "20 Nov 26", "", "20 Nov 26"),
    ("20 Nov morning", "20 Nov 26", "", "20 Nov 26"),
    ("20/11", "20 Nov 26", "", "20 Nov 26"),
    ("20-Nov", "20 Nov 26", "", "20 Nov 26"),
    ("nov-20", "20 Nov 26", "", "20 Nov 26"),
    ("4 Dec", "", "4 Dec 26", "4 Dec 26"),
    ("15 Jan", "", "15 Jan 27", "15 Jan 27"),
    ("1 June", "1 Jun 26", "", "1 Jun 26"),
    ("12 April", "", "12 Apr 27", "12 Apr 27"),
    ("the 20th", "20 Nov 26", "20 Dec 26", ""),
    ("20th", "20 Nov 26", "20 Dec 26", ""),
    ("the 24th", "24 Nov 26", "24 Nov 26", ""),
    ("the 30th", "30 Oct 26", "30 Nov 26", ""),
    ("the 31st", "31 Oct 26", "", ""),
    ("the 4th", "4 Nov 26", "4 Dec 26", ""),
    ("Mon 23rd", "23 Nov 26", "", "23 Nov 26"),
    ("Monday the 23rd", "23 Nov 26", "", "23 Nov 26"),
    ("Tue 23rd", "", "", ""),
    ("Mon 23 Nov", "23 Nov 26", "", "23 Nov 26"),
    ("Monday, Nov 23", "23 Nov 26", "", "23 Nov 26"),
    ("Fri 27 Nov", "", "27 Nov 26", "27 Nov 26"),
    ("Tue 23 Nov", "", "", ""),
    ("Fri 1 Jan", "", "1 Jan 27", "1 Jan 27"),
    ("Tue 3 March", "3 Mar 26", "", ""),
    ("Mon 24 Nov 2026", "", "", ""),
    ("24 Nov 2026", "24 Nov 26", "24 Nov 26", "24 Nov 26"),
    *((vague, "", "", "") for vague in (
        "3 weeks ago", "a week ago", "last week", "next week", "a couple of days ago", "a few days ago",
        "the other day",
        "recently", "last night", "Monday night", "after half term", "before 24 Nov", "about 24 Nov", "not 24/11",
        "24", "Monday or Tuesday", "31 Feb", "30/2", "24/13", "11/24", "over time", "not known", "n/a", ".", "may",
        "sun and rain", "week 3", "period 2", "since September", "24 Nov at 10", "24th or 25th", "mon 2", "m 24 Nov",
    )),
)  # fmt: skip


def meant(day: str) -> str:
    return datetime.strptime(day, "%d %b %y").replace(tzinfo=UTC).date().isoformat() if day else ""


@pytest.mark.parametrize(("typed", "back", "ahead", "either"), DAYS, ids=[row[0] for row in DAYS])
def test_a_day_is_taken_where_one_alone_can_be_meant(typed: str, back: str, ahead: str, either: str):
    for looks, day in ((BACK, back), (AHEAD, ahead), (EITHER, either)):
        assert written.day(typed, ZONE, today=TODAY, looks=looks) == (meant(day) or typed), looks


@pytest.mark.parametrize("day", [date(2026, 11, 23) + timedelta(days=n) for n in range(7)], ids=lambda day: f"{day:%a}")
def test_on_no_day_of_the_week_is_a_weekday_taken_for_another_one(day: date):
    for name, looks in product(("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"), Looks):
        for said in (name, f"last {name}", f"next {name}", f"this {name}", f"{name} last week", f"{name} week"):
            read = written.day(said, ZONE, today=day, looks=looks)
            if read != said:
                found = date.fromisoformat(read)
                assert f"{found:%a}" == name
                assert abs(found - day) <= timedelta(days=14)
                assert found <= day or looks is not BACK
                assert found >= day or looks is not AHEAD
        if f"{day:%a}" == name:
            assert written.day(name, ZONE, today=day, looks=BACK) == name
            assert written.day(name, ZONE, today=day, looks=AHEAD) == name


DATES = st.dates(date(2026, 1, 1), date(2029, 12, 31))


@given(DATES, st.integers(-182, 182), st.sampled_from(Looks))
def test_a_day_that_is_said_without_its_year_is_the_one_that_was_meant_or_none(today: date, far: int, looks: Looks):
    meant = today + timedelta(days=far)
    for said in (f"{meant.day} {meant:%b}", f"{meant:%B} {meant.day}", f"{meant:%a} {meant.day} {meant:%b}",
                 f"{meant.day}/{meant.month}"):
        read = written.day(said, ZONE, today=today, looks=looks)
        wrong_way = (far > 0 and looks is BACK) or (far < 0 and looks is AHEAD)
        assert read == (said if wrong_way else meant.isoformat())


@given(DATES, st.text("abdefhilmnorstuwy 0123456789/.-'", max_size=24), st.sampled_from(Looks))
def test_nothing_that_is_typed_is_read_for_a_day_on_the_wrong_side_or_far_away(today: date, typed: str, looks: Looks):
    read = spoken_days.read(" ".join(typed.split()), today, looks)
    if read is not None and typed not in ("tomorrow", "yesterday"):
        assert abs(read - today) < timedelta(days=2400)
        assert read <= today + timedelta(days=2) or looks is not BACK
        assert read >= today - timedelta(days=2) or looks is not AHEAD


TIMES = (
    ("noon", "12:00"), ("12 noon", "12:00"), ("half past two in the afternoon", "14:30"), ("half past 2 pm", "14:30"),
    ("Quarter to nine in the morning", "08:45"), ("quarter past three pm", "15:15"),
    ("9 o'clock in the morning", "09:00"),
    ("ten to eleven am", "10:50"), ("quarter to one in the afternoon", "12:45"), ("at 9am", "09:00"), ("2pm", "14:00"),
    ("quarter to twelve in the morning", "11:45"), ("twenty-five past eight am", "08:25"), ("9:15", "09:15"),
    ("nine thirty am", "09:30"), ("half two in the afternoon", "14:30"), ("8.50", "08:50"), ("02:30", "02:30"),
    ("six in the evening", "18:00"), ("12:30", "12:30"), ("12.30 pm", "12:30"), ("5 past 4 p.m.", "16:05"),
    *((asked, "") for asked in (
        "half past two", "half two", "quarter to nine", "9 o'clock", "nine", "2:30", "3.15", "after lunch", "at break",
        "this morning", "period 3", "registration", "about 10:15", "10ish", "home time", "midnight",
        "6 in the morning or so", "half past thirteen pm", "25 o'clock am", "twelve in the evening",
        "lunchtime", ".", "just now", "ten to",
    )),
)  # fmt: skip


@pytest.mark.parametrize(("typed", "clock"), TIMES)
def test_a_time_is_taken_where_one_alone_can_be_meant(typed: str, clock: str):
    assert written.clock(typed, ZONE) == (clock or typed)


def test_every_day_says_which_way_it_looks_and_the_meeting_alone_may_be_either():
    blank = [filed.blank(f"{UUID(int=1)}:n", "26-48213") for filed in FORMS.values()]
    fields = [one for form in (*examples.FORMS.values(), *blank) for one in form.fields()]
    days = [one for one in (*fields, *concern_form.every_field()) if isinstance(one, DateField)]
    assert {one.label for one in days if one.looks is EITHER} == {"Date of the meeting"}
    assert {one.name for one in days if one.looks is AHEAD} == {
        "due_date", "until", "from", "review_date", "safe_date", "first", "last",
    }  # fmt: skip


async def told(here: Here, **dated: str) -> Answers:
    id = uuid4()
    await here.raises_as_told(TESS, {**ANSWERS, "happened": "then", **dated}, key=id)
    async with here.units(SCHOOL.id) as uow:
        return await uow.trail.answers(ConcernId(id))


@pytest.mark.parametrize(
    ("typed", "day"), [("Mon", "2026-11-23"), ("the 20th", "2026-11-20"), ("24 Nov", "2026-11-24")]
)  # fmt: skip
async def test_an_account_keeps_the_day_that_was_said(here: Here, typed: str, day: str):
    assert (await told(here, happened_date=typed, happened_time="8.50"))["happened_date"] == day


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [("happened_date", "3 weeks ago", NO_DAY), ("happened_date", "last Mon", NO_DAY),
     ("happened_time", "after lunch", NO_TIME), ("happened_time", "half past two", NO_TIME)],
)  # fmt: skip
async def test_what_may_be_two_is_asked_back_and_stays_in_its_field(here: Here, field: str, typed: str, said: str):
    key = str(uuid4())
    answers = {**ANSWERS, "happened": "then", "happened_date": "2026-11-20", field: typed}
    for page in range(1, concern_form.page_of(field, answers) + 1):
        reply = await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=answers))
    assert isinstance(reply, Complaints)
    assert (reply.by_field[field], reply.form.values[field]) == (said, typed)


async def test_an_action_is_due_on_the_coming_one(here: Here):
    concern = await owned(here)
    form = await here.opens(LEE, Press.ASSIGN, concern.id)
    asked = {"kind": "call_home", "owner": str(TOM.id), "what": "Ring home.", "due_date": "Mon"}
    assert isinstance(await here.send(LEE, form, asked), Tell)
    (action,) = await actions(here, concern)
    assert action.due_at.astimezone(ZONE).date() == date(2026, 11, 30)


async def test_what_waited_while_the_store_was_away_is_read_on_the_day_it_was_sent(here: Here):
    """Brought in the next day, "yesterday" is still the day before it was sent, and "now" the moment it was."""
    key = uuid4()
    values: Answers = {"child_1": str(MIA.id), "others": "Officers attended.", "happened_date": "yesterday"}
    sent = FormSubmitted(who=account(TESS), form="police_notice", key=str(key), page=1, values=values)
    item = kept.Kept(inbound=sent, at=here.at)
    here.later(days=1)
    assert await here.desk.bring_in(item)
    async with here.units(SCHOOL.id) as uow:
        answers = await uow.trail.answers(ConcernId(key))
    assert (answers["happened_date"], answers["learned_date"]) == ("2026-11-23", "2026-11-24")
    assert answers["learned_time"] == "10:15"


async def test_a_page_that_waited_is_read_on_its_day_too(here: Here):
    key = uuid4()
    typed: Answers = {**ANSWERS, "happened": "today"}
    for page in (1, 2, 3):
        turned = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=page, values=typed)
        assert isinstance(await here.answers(turned), NextPage)
    last = FormSubmitted(who=account(TESS), form="concern", key=str(key), page=4, values=typed)
    item = kept.Kept(inbound=last, at=here.at)
    here.later(days=1)
    assert await here.desk.bring_in(item)
    async with here.units(SCHOOL.id) as uow:
        assert (await uow.trail.answers(ConcernId(key)))["happened_date"] == "2026-11-24"
