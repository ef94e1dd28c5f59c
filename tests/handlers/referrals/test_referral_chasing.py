"""What is late about a referral is chased, of whom and when; and an allegation of which nobody outside was told."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.conversation import Tell
from handlers.notice import NoticeKind
from handlers.referrals import chasing as referral_chasing
from handlers.rules.chronology import Deed, Entry
from handlers.rules.concern import Outcome, Route
from handlers.rules.school import OutsideContact
from handlers.ui.card import Press
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.conftest import KEY
from tests.handlers.referring import (
    ABOUT_TOM,
    RANG,
    drawn,
    entries,
    labels,
    london,
    owned,
    referred,
    refers,
    says,
    waiting,
)
from tests.handlers.school import ABOUT_HELEN, ANSWERS, COLIN, DANA, HELEN, LEE, PRIYA, ROLL, SCHOOL, Here


async def test_a_late_answer_is_chased_daily_with_the_owner_first_and_then_the_leads(here: Here):
    here.at = london(27, 15)
    concern, _ = await referred(here, method="mail", to_agency="mash")
    await waiting(here)
    steps = {}
    for at in (london(30, 15), london(30, 15, 1), london(30, 18), london(1, 15, month=12), london(2, 15, month=12)):
        here.at = at
        count = await referral_chasing.chase_referrals(here.units, at=at)
        again = await referral_chasing.chase_referrals(here.units, at=at)
        assert again == 0
        told = await waiting(here, NoticeKind.REFERRAL)
        steps[at] = (count, sorted({notice.step for notice in told}), {notice.to for notice in told})
    leads = {LEE.id, PRIYA.id, DANA.id}
    assert list(steps.values()) == [
        (0, [], set()),
        (1, ["answer_0_0"], {LEE.id}),
        (0, [], set()),
        (1, ["answer_0_1"], leads),
        (1, ["answer_0_2"], leads),
    ]
    assert [e.facts["step"] for e in await entries(here, concern, Deed.REFERRAL_CHASED)] == [
        "answer_0_0", "answer_0_1", "answer_0_2",
    ]


async def test_after_days_down_everyone_is_told_once_at_the_step_that_is_reached(here: Here):
    await referred(here)
    await waiting(here)
    here.at = london(30, 11)
    counts = await asyncio.gather(*(referral_chasing.chase_referrals(here.units, at=here.at) for _ in range(4)))
    assert sum(counts) == 1
    told = await waiting(here, NoticeKind.REFERRAL)
    assert [notice.to for notice in told].count(LEE.id) == 1
    card = await drawn(here, told[0])
    assert "was due and has not been recorded" in says(card)
    assert "has not been put in writing" in says(card)
    assert {"Record the answer", "Challenge", "Confirmed in writing"} <= set(labels(card))
    assert "late" in card.summary


async def test_without_an_owner_all_who_receive_it_are_told_at_once(here: Here):
    concern = await here.raises()
    await refers(here, concern, by=PRIYA)
    await waiting(here)
    here.at = london(25, 10, 16)
    await referral_chasing.chase_referrals(here.units, at=here.at)
    assert {notice.to for notice in await waiting(here, NoticeKind.REFERRAL)} == {LEE.id, PRIYA.id, DANA.id}


async def test_half_term_does_not_stop_an_agencys_clock_and_the_change_of_clocks_moves_it_by_no_minute(here: Here):
    here.at = london(23, 16, 30, month=10)
    _, referral = await referred(here, method="mail")
    assert referral.answer_by == london(26, 16, 30, month=10)
    await waiting(here)
    here.at = london(26, 16, 30, month=10)
    assert await referral_chasing.chase_referrals(here.units, at=here.at) == 0
    here.at += timedelta(seconds=1)
    assert await referral_chasing.chase_referrals(here.units, at=here.at) == 1


async def test_an_allegation_that_nobody_outside_was_told_of_is_put_before_who_receives_it(here: Here):
    here.at = london(23, 9, 20, month=10)
    concern = await owned(here, ABOUT_TOM, by=HELEN)
    assert concern.route is Route.HEAD
    await waiting(here)
    here.at = london(26, 9, 20, month=10)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 0
    here.at = london(26, 9, 21, month=10)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 1
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 0
    (notice,) = await waiting(here, NoticeKind.REFER_DUE)
    assert notice.to == HELEN.id
    card = await drawn(here, notice)
    assert labels(card) == ["Refer", "Open"]
    assert "due since Mon 26 Oct, 09:20" in says(card)
    for hidden in ("LADO", "officer", "allegation", "adult"):
        assert hidden not in str(card)
    asked = await here.opens(HELEN, Press.REFER, concern.id)
    assert "(LADO) without delay, and within 1 working day: before any interview" in says(asked)
    assert "The Hub: 01632 960 999" in says(asked)
    reply = await here.send(HELEN, asked, {"to_agency": "lado", "method": "telephone"})
    assert isinstance(reply, Tell)
    assert "nothing more to do here" in says(await drawn(here, notice))
    here.at = london(27, 9, 21, month=10)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 0
    assert "LADO within" not in says(await here.opens(HELEN, Press.REFER, concern.id))


async def test_the_lado_of_the_school_file_is_the_one_whose_number_is_shown(here: Here, tmp_path):
    school = replace(SCHOOL, lado=OutsideContact(name="Fern Okoro, LADO", telephone="01632 960 998"))
    roll = Roll(school=school, people=ROLL.people, pupils=ROLL.pupils)
    units = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", root_key=KEY, schools=(roll,))
    there = Here(units)
    concern = await owned(there, ABOUT_TOM, by=HELEN)
    assert "Fern Okoro, LADO: 01632 960 998" in says(await there.opens(HELEN, Press.REFER, concern.id))
    await units.close()


async def test_known_fgm_shows_the_deadline_of_the_police_above_the_form_until_it_is_recorded(here: Here):
    concern = await owned(here, {**ANSWERS, "kinds": ("fgm",)})
    asked = await here.opens(LEE, Press.REFER, concern.id)
    assert "Police: known female genital mutilation: by Wed 25 Nov, 17:00" in says(asked)
    assert "may have to report it themselves" in says(asked)
    await here.send(LEE, asked, {**RANG, "to_agency": "fgm"})
    assert "17:00" not in says(await here.opens(LEE, Press.REFER, concern.id))
    here.later(days=5)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 0


@pytest.mark.parametrize(
    ("answers", "why"),
    [
        (ANSWERS, "about a child"),
        ({**ABOUT_TOM, "adult_weight": "low_level"}, "low-level"),
        ({**ANSWERS, "about": "practice"}, "about practice"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
async def test_where_no_allegation_is_made_nobody_is_told_to_refer(here: Here, answers, why):
    await here.raises(answers=answers)
    here.later(days=4)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 0


async def test_an_allegation_about_the_head_is_put_before_the_chair(here: Here):
    await here.raises(answers=ABOUT_HELEN)
    await waiting(here)
    here.at = london(25, 10, 16)
    await referral_chasing.chase_allegations(here.units, at=here.at)
    assert {notice.to for notice in await waiting(here, NoticeKind.REFER_DUE)} == {COLIN.id}


async def test_a_decision_does_not_end_the_chase_of_an_allegation_until_the_lado_is_told(here: Here):
    concern = await owned(here, ABOUT_TOM, by=HELEN)
    async with here.units(SCHOOL.id) as uow:
        stored = await uow.concerns.get(concern.id)
        decided = stored.decide(Outcome.ADULT_CONDUCT, by=HELEN.id, at=here.at)
        await uow.concerns.save(decided, because=Entry(deed=Deed.DECIDED, at=here.at, by=HELEN.id, thing=concern.id))
    here.at = london(25, 10, 16)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 1
    here.at = london(26, 10, 16)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 1
    await here.send(HELEN, await here.opens(HELEN, Press.REFER, concern.id), {**RANG, "to_agency": "lado"})
    here.at = london(27, 10, 16)
    assert await referral_chasing.chase_allegations(here.units, at=here.at) == 0
