"""A date that cannot be is refused wherever it stands, and says why; no draft means another day later on."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from handlers.account import form as concern_form
from handlers.account import times
from handlers.conversation import Complaints, FormSubmitted
from handlers.desk import counters
from handlers.ui import possible_days
from handlers.ui.card import Press
from handlers.ui.form import DateField
from handlers.ui.possible_days import BEFORE, FUTURE, PASSED, TOO_FAR, TOO_LONG_AGO, Days
from handlers.ui.reader import NO_DAY
from handlers.ui.spoken_days import Looks
from tests.handlers.referring import owned
from tests.handlers.reporter.test_drafts import begins
from tests.handlers.school import HELEN, LEE, TESS, TOM, Here, account
from tests.handlers.triage.test_adults import ALLEGATION, triaged

TODAY = date(2026, 11, 24)
RAISED = date(2026, 11, 20)
LONG_BEFORE = BEFORE.format(day="Fri 20 Nov 2026")
CANNOT = [
    (Looks.BACK, "2026-11-25", FUTURE), (Looks.BACK, "2062-11-24", FUTURE), (Looks.BACK, "2026-11-24", ""),
    (Looks.BACK, "2026-05-21", ""), (Looks.BACK, "2026-05-20", LONG_BEFORE), (Looks.BACK, "1926-11-24", LONG_BEFORE),
    (Looks.AHEAD, "2026-11-23", PASSED), (Looks.AHEAD, "2026-11-24", ""), (Looks.AHEAD, "2028-11-20", ""),
    (Looks.AHEAD, "2206-11-24", TOO_FAR), (Looks.EITHER, "2026-05-20", LONG_BEFORE), (Looks.EITHER, "2026-12-24", ""),
    (Looks.EITHER, "2062-11-24", TOO_FAR), (Looks.BACK, "last Monday", ""), (Looks.BACK, "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("looks", "day", "sentence"), CANNOT)
def test_which_days_a_date_may_be(looks: Looks, day: str, sentence: str):
    field = DateField(name="day", label="Day", looks=looks)
    told = possible_days.complaints((field,), {"day": day}, Days(today=TODAY, raised=RAISED))
    assert told == ({"day": sentence} if sentence else {})


def test_what_is_about_no_concern_may_be_long_ago_but_not_a_hundred_years():
    field = DateField(name="day", label="Day", looks=Looks.BACK)
    assert possible_days.complaints((field,), {"day": "1986-05-01"}, Days(today=TODAY)) == {}
    assert possible_days.complaints((field,), {"day": "1026-11-24"}, Days(today=TODAY)) == {"day": TOO_LONG_AGO}


async def _refused(here: Here, by, press: Press, subject: UUID, values, name: str) -> str:
    form = await here.opens(by, press, subject)
    reply = await here.send(by, form, values)
    assert isinstance(reply, Complaints), reply
    assert list(reply.by_field) == [name]
    assert reply.form.values[name] == values[name], "what was typed stays"
    return reply.by_field[name]


BARRED = {"barring_body": "dbs", "barring_is": "referred"}


async def test_a_referral_by_law_and_a_letter_to_the_adult_are_dated_when_they_can_have_been(here: Here):
    concern = await triaged(here, ALLEGATION)
    for day, sentence in (("2027-01-05", FUTURE), ("2016-01-05", BEFORE.format(day="Tue 24 Nov 2026"))):
        values = {**BARRED, "barring_date": day}
        blank = counters.FORMS["barring"].blank("k", "")
        told = possible_days.complaints(blank.fields(), values, Days(today=TODAY, raised=TODAY))
        assert told == {"barring_date": sentence}
        form = await here.opens(HELEN, Press.SUSPENSION, concern.id)
        reply = await here.send(HELEN, form, {**_answered(form), "written_date": day})
        assert isinstance(reply, Complaints)
        assert reply.by_field == {"written_date": sentence}


def _answered(form) -> dict[str, object]:
    """Anything that will do in each field that must be answered."""
    chosen = {one.name: one.options[0].key for one in form.fields() if getattr(one, "options", ()) and one.required}
    many = {one.name: (chosen[one.name],) for one in form.fields() if one.name == "alternatives"}
    written = {one.name: "As the LADO advised." for one in form.fields() if one.required and one.name not in chosen}
    return {**written, **chosen, **many}


async def test_nothing_is_shared_until_a_year_that_nobody_means(here: Here):
    concern = await owned(here)
    values = {"to": str(TOM.id), "fields": ("facts",), "until": "2062-11-27", "reason": "He teaches her."}
    assert await _refused(here, LEE, Press.SHARE, concern.id, values, "until") == TOO_FAR


def test_every_date_of_every_form_is_held_against_it():
    """Each form that a counter takes is checked as a whole; of the account and of a notice each page is."""
    dated = {form for form, filed in counters.FORMS.items()
             if any(isinstance(one, DateField) for one in filed.blank("k", "").fields())}  # fmt: skip
    assert dated >= {"barring", "share", "suspension"}
    assert any(isinstance(one, DateField) for one in concern_form.every_field())


async def test_a_weekday_that_was_refused_is_no_other_day_when_the_draft_is_read_on(here: Here):
    """Tuesday may be today or a week ago: on Wednesday it would be read as yesterday."""
    key = await begins(here, 1)
    told = {"source": "saw", "happened": "then", "place": "gate", "role_1": "harmed"}
    await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=2, values=told))
    typed = {"happened_date": "Tues", "facts": "She held her left arm."}
    refused = await here.answers(FormSubmitted(who=account(TESS), form="concern", key=key, page=3, values=typed))
    assert isinstance(refused, Complaints)
    assert (await here.opens(TESS, Press.START, UUID(key))).values["happened_date"] == "Tues"
    here.later(days=1)
    again = await here.opens(TESS, Press.START, UUID(key))
    assert again.values["happened_date"] == "Tues (written on Tue 24 Nov 2026)"
    sent = await here.answers(
        FormSubmitted(who=account(TESS), form="concern", key=key, page=again.page, values={**typed, **again.values})
    )
    assert isinstance(sent, Complaints)
    assert sent.by_field["happened_date"] == NO_DAY
    here.later(days=1)
    assert (await here.opens(TESS, Press.START, UUID(key))).values["happened_date"].count("written on") == 1


def test_a_day_that_was_read_is_left_as_it_is():
    kept = datetime(2026, 11, 24, 10, tzinfo=UTC)
    answers = {"happened_date": "2026-11-23", "facts": "Tuesday"}
    later = times.written_then(answers, concern_form.every_field(), kept=kept, at=kept + timedelta(days=3), zone=UTC)
    assert later == answers
