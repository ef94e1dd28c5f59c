"""What every form does with what clients send: nothing unseen is an answer, and days and times are read as written."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest

from bot.slack.render import form_view
from bot.teams import limits
from bot.teams.blocks import Surface
from bot.teams.render import form_card
from handlers.account import form as concern_form
from handlers.conversation import Complaints, FormSubmitted, NextPage
from handlers.desk.counters import FORMS
from handlers.rules.chronology import Answers
from handlers.rules.concern import ConcernId
from handlers.ui import visible, written
from handlers.ui.card import Press
from handlers.ui.form import DateField, Form, TextField, TimeField
from handlers.ui.reader import Reader
from tests import examples
from tests.handlers.school import ANSWERS, DECISION, LEE, SCHOOL, TESS, Here, account

UNSEEN = (
    "\u200b", "\u2060\ufeff", "\u3164", "\u2800", "\U000e0041", "\u00ad", " \u200d\n", "\u0301", "[U+200B]", "\x1b",
    "\ufffc", "\ufffd\n", "\u3000\t", "\u2028\u061c", "\u17b4", "\ue000",
)  # fmt: skip
ZONE = SCHOOL.calendar.zone
BLANK = {name: filed.blank(f"{UUID(int=1)}:n", "26-48213") for name, filed in FORMS.items()}
EVERY: dict[str, Form] = {**examples.FORMS, **BLANK}


@pytest.mark.parametrize("name", sorted(EVERY))
def test_what_nobody_sees_is_no_answer_to_anything_that_is_required(name: str):
    required = [field for field in EVERY[name].fields() if field.required and isinstance(field, TextField)]
    for unseen in UNSEEN:
        reader = Reader({field.name: unseen for field in required})
        reader.check(tuple(required))
        assert set(reader.complaints()) == {field.name for field in required}


@pytest.mark.parametrize("unseen", UNSEEN)
async def test_a_decision_is_not_recorded_for_a_reason_that_nobody_sees(here: Here, unseen: str):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    told = await here.decides(LEE, concern, outcome="no_further_action", rationale=unseen)
    assert isinstance(told, Complaints)
    assert "rationale" in told.by_field


async def test_an_account_of_what_nobody_sees_is_not_sent(here: Here):
    key = str(uuid4())
    answers = {**ANSWERS, "facts": "\u200b", "own_words": "\u2060"}
    for page in (1, 2):
        sent = FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=answers)
        assert isinstance(await here.answers(sent), NextPage)
    told = await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=3, values=answers))
    assert isinstance(told, Complaints)
    assert "facts" in told.by_field


DAYS = (
    "2026-11-24", "24/11/2026", "24/11/26", "24.11.2026", "24-11-2026", "2026-11-24T00:00:00Z", "24 November 2026",
    "Tue 24 Nov 2026", "2026-11-24T00:00:00.000Z", "2026-11-24T09:30", " 24 / 11 / 2026 ", "２４/11/2026",
    "\u200e24/\u200e11/\u200e2026", "24\u201311\u20132026", "24\u201111\u201126", "Nov 24, 2026",
    "Tues. the 24th of November 2026",
)  # fmt: skip
TIMES = (
    "14:05", "14:05:00", "2:05 pm", "2:05\u202fPM", "2.05pm", "14.05", "1405", "2026-11-24T14:05:00Z", "14:05:00.000",
    "1405hrs", "14:05 h", "\u200e14:05", "2:05 P.M.",
)  # fmt: skip


@pytest.mark.parametrize("typed", DAYS)
def test_a_day_is_taken_as_clients_and_people_write_it(typed: str):
    assert written.day(typed, ZONE) == "2026-11-24"


@pytest.mark.parametrize("typed", TIMES)
def test_a_time_is_taken_as_clients_and_people_write_it(typed: str):
    assert written.clock(typed, ZONE) == "14:05"


async def test_yesterday_is_the_day_before_the_one_on_which_it_is_sent(here: Here):
    dated: Answers = {"happened": "then", "happened_date": "yesterday", "happened_time": "noon"}
    id = uuid4()
    await here.raises_as_told(TESS, {**ANSWERS, **dated}, key=id)
    async with here.units(SCHOOL.id) as uow:
        told = await uow.trail.answers(ConcernId(id))
    assert (told["happened_date"], told["happened_time"]) == ("2026-11-23", "12:00")


@pytest.mark.parametrize("typed", ["", "31/02/2026", "11/24/2026", "next week", "24/11", "2026-13-01", "0/0/0"])
def test_what_is_no_day_stays_as_it_was_typed(typed: str):
    assert written.day(typed, ZONE) == typed


@pytest.mark.parametrize("typed", ["", "7", "25:00", "14:60", "13 pm", "0 am", "2026-11-24"])
def test_what_is_no_time_stays_as_it_was_typed(typed: str):
    assert written.clock(typed, ZONE) == typed


def test_a_moment_is_read_on_the_schools_clock():
    assert written.day("2026-06-23T23:00:00Z", ZONE) == "2026-06-24"
    assert written.clock("2026-06-24T09:15:00Z", ZONE) == "10:15"


@pytest.mark.parametrize(("day", "clock"), [*((day, "14:05") for day in DAYS), *(("24/11/2026", at) for at in TIMES)])
async def test_the_account_keeps_a_day_and_a_time_however_they_were_sent(here: Here, day: str, clock: str):
    here.later(days=1)
    dated: Answers = {"happened": "then", "happened_date": day, "happened_time": clock}
    id = uuid4()
    await here.raises_as_told(TESS, {**ANSWERS, **dated}, key=id)
    async with here.units(SCHOOL.id) as uow:
        kept = await uow.trail.answers(ConcernId(id))
    assert (kept["happened_date"], kept["happened_time"]) == ("2026-11-24", "14:05")


async def test_a_short_form_takes_a_day_as_it_is_written(here: Here):
    concern = await here.raises()
    await here.press(LEE, Press.ACCEPT, concern.id)
    told = await here.decides(LEE, concern, **{**DECISION, "review_date": "7 December 2026"})
    assert not isinstance(told, Complaints), told.by_field


@pytest.mark.parametrize(("field", "typed"), [("happened_date", "31/11/2026"), ("happened_time", "half two")])
async def test_what_cannot_be_read_stays_in_its_field_on_both_platforms(here: Here, field: str, typed: str):
    key = str(uuid4())
    answers = {**ANSWERS, "happened": "then", "happened_date": "2026-11-20", "happened_time": "10:15", field: typed}
    for page in range(1, concern_form.page_of(field, answers) + 1):
        told = await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=page, values=answers))
    assert isinstance(told, Complaints)
    assert field in told.by_field
    assert told.form.values[field] == typed
    assert in_slack(told.form)[field] == typed
    assert in_teams(told.form)[field] == typed


@pytest.mark.parametrize("name", sorted(EVERY))
def test_every_day_and_time_shows_again_what_was_refused_in_it(name: str):
    dated = [field for field in EVERY[name].fields() if isinstance(field, DateField | TimeField)]
    form = replace(EVERY[name], values={field.name: "some day" for field in dated})
    for drawn in (in_slack(form), in_teams(form)):
        assert {name: value for name, value in drawn.items() if value} == {field.name: "some day" for field in dated}


@pytest.mark.parametrize("said", ["yes", ".", "👍", "می‌خواهم", "[U+200B] he said"])
def test_what_can_be_seen_is_an_answer(said: str):
    assert visible.says_something(said)


def in_slack(form: Form) -> dict[str, str]:
    """What each input of the window holds, where it holds something."""
    inputs = [block for block in form_view(form)["blocks"] if block["type"] == "input"]
    names = ("initial_value", "initial_date", "initial_time")
    return {block["block_id"]: block["element"][name] for block in inputs for name in names if name in block["element"]}


def in_teams(form: Form) -> dict[str, str]:
    """What each input of the dialog holds, where it holds something."""
    card = form_card(form, surface=Surface.DIALOG)
    inputs = [one for one in limits._every(card) if str(one.get("type")).startswith("Input.")]
    return {one["id"]: one["value"] for one in inputs if one.get("value")}
