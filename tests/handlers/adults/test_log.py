"""The low-level log: each adult's together, for whoever receives them; asked for once a term, and kept."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from handlers.adults import log
from handlers.conversation import OpenForm, Tell
from handlers.notice import NoticeKind
from handlers.post import cards
from handlers.rules.chronology import Deed
from handlers.rules.concern import Route, Status
from handlers.rules.routing import Policy
from handlers.ui.card import Press
from store.opening import open_units
from store.rolls import Roll
from tests.handlers.conftest import KEY
from tests.handlers.referring import waiting
from tests.handlers.school import COLIN, HELEN, LEE, ROLL, SCHOOL, TESS, THEO, TOM, Here, about_adult
from tests.handlers.triage.test_adults import ALLEGATION, LOW, LOW_LEVEL, case, form_for, triaged


def at(day: int, hour: int = 9, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=UTC)


async def reads(here: Here, by=HELEN) -> str:
    reply = await here.command(by, "adults")
    assert isinstance(reply, OpenForm), reply
    return str(reply.form.parts)


async def asks(here: Here) -> list:
    await log.ask_for_reviews(here.units, at=here.at)
    await log.ask_for_reviews(here.units, at=here.at)
    return await waiting(here, NoticeKind.LOG_DUE)


async def summary(here: Here, notice) -> str:
    async with here.units(SCHOOL.id) as uow:
        return (await cards.draw(uow, notice, at=here.at)).summary


async def test_it_has_each_adults_together_the_most_first_and_no_allegation(here: Here):
    once = await here.raises(answers={**about_adult(THEO), "adult_weight": "low_level"})
    twice = [await here.raises(answers=LOW) for _ in range(2)]
    grave = await triaged(here, ALLEGATION)
    judged = await triaged(here, LOW_LEVEL)
    read = await reads(here)
    assert read.index("Tom Whitlow · 3") < read.index("Theo Lund · one")
    for concern in (once, *twice, judged):
        assert concern.reference in read
    assert grave.reference not in read


async def test_one_that_was_raised_to_an_allegation_stands_in_it_no_more(here: Here):
    concern = await triaged(here, LOW_LEVEL, raised=LOW)
    assert concern.reference in await reads(here)
    await here.send(HELEN, await here.opens(HELEN, Press.GRAVER, concern.id), {"reason": "It adds up."})
    assert concern.reference not in await reads(here)


async def test_of_oneself_it_stands_under_ones_name(here: Here):
    concern = await here.raises(by=TESS, answers={**about_adult(TESS), "adult_weight": "self", "adult": str(TESS.id)})
    read = await reads(here)
    assert "Tess Hallam · one" in read
    assert concern.reference in read


async def test_a_lead_finds_nothing_in_it_and_staff_may_not_ask(here: Here):
    concern = await here.raises(answers=LOW)
    read = await reads(here, LEE)
    assert concern.reference not in read
    assert "Tom" not in read
    assert "no low-level concern about an adult that is yours to read" in read
    assert "whoever receives concerns" in str(await here.command(TESS, "adults"))


async def test_the_chair_reads_it_and_has_nothing_to_record(here: Here):
    await here.raises(answers=LOW)
    reply = await here.command(COLIN, "adults")
    assert isinstance(reply, OpenForm)
    assert "Tom Whitlow" in str(reply.form.parts)
    assert not reply.form.fields()
    sent = await here.send(COLIN, replace(reply.form, page=99), {"log_review": "Read."})
    assert "no such concern" in str(sent)


async def test_before_the_term_ends_the_head_is_asked_once_and_again_near_its_end(here: Here):
    await here.raises(answers=LOW)
    asked = {}
    for day, hour in ((3, 9), (4, 7), (4, 9), (7, 9), (15, 9), (16, 9), (17, 9), (18, 9)):
        here.at = at(day, hour)
        asked[day, hour] = [(notice.to, notice.step) for notice in await asks(here)]
    assert {key: told for key, told in asked.items() if told} == {
        (4, 9): [(HELEN.id, "asked")], (16, 9): [(HELEN.id, "asked_again")],
    }


async def test_its_card_says_nothing_of_what_the_log_is_and_what_is_reviewed_is_asked_for_no_more(here: Here):
    await here.raises(answers=LOW)
    here.at = at(4)
    (notice,) = await asks(here)
    assert await summary(here, notice) == (
        "A review of this term, due by Fri 18 Dec. It is yours. Press “Open the log”."
    )
    form = await here.opens(HELEN, Press.LOG, notice.subject)
    assert isinstance(await here.send(HELEN, form, {"log_review": "Nothing adds up."}), Tell)
    assert await summary(here, notice) == "The review is recorded"
    here.at = at(16)
    assert await asks(here) == []
    async with here.units(SCHOOL.id) as uow:
        kept = [line.entry for line in await uow.trail.of(notice.subject, words=True)]
    reviewed = next(one for one in kept if one.deed is Deed.LOG_REVIEWED)
    assert (reviewed.by, reviewed.words["log_review"], dict(reviewed.facts)) == (HELEN.id, "Nothing adds up.", {})


async def test_where_nothing_stands_in_it_nobody_is_asked(here: Here):
    await here.raises()
    here.at = at(4)
    assert await asks(here) == []


@pytest.mark.parametrize("month", [10, 12])
async def test_each_term_has_its_own(here: Here, month: int):
    here.at = at(1, month=10)
    await here.raises(answers=LOW)
    here.at = at({10: 12, 12: 7}[month], month=month)
    (notice,) = await asks(here)
    async with here.units(SCHOOL.id) as uow:
        assert log.term_of_review(uow, notice.subject).last.month == month


async def test_what_a_lead_has_by_policy_goes_to_the_head_once_it_is_judged_to_be_an_allegation(tmp_path):
    school = replace(SCHOOL, policy=Policy(low_level_to_lead=True))
    roll = Roll(school=school, people=ROLL.people, pupils=ROLL.pupils)
    units = await open_units(f"sqlite+aiosqlite:///{tmp_path / 'other.db'}", root_key=KEY, schools=(roll,))
    there = Here(units)
    for press, answers in ((None, ALLEGATION), (Press.GRAVER, {"reason": "It adds up."})):
        concern = await there.raises(answers=LOW)
        assert concern.route is Route.LOW_LEVEL
        assert concern.reference in await reads(there, LEE)
        if press is None:
            await there.send(LEE, await form_for(there, concern, LEE), answers)
        else:
            await there.send(LEE, await form_for(there, concern, LEE), LOW_LEVEL)
            await there.send(LEE, await there.opens(LEE, press, concern.id), answers)
        after = await there.concern(concern.id)
        assert (after.route, after.owner, after.status) == (Route.HEAD, None, Status.SEEN)
        assert "no such concern" in str(await there.press(LEE, Press.OPEN, concern.id))
        assert HELEN.id in {notice.to for notice in await waiting(there, NoticeKind.CHASE)}
        assert (await case(there, concern)).raised_at is not None
        await there.press(HELEN, Press.ACCEPT, concern.id)
        page = await there.send(HELEN, await there.opens(HELEN, Press.DECIDE, concern.id), {})
        assert isinstance(await there.send(HELEN, page.form, ALLEGATION), Tell)
    await units.close()
    assert TOM.id in concern.named
