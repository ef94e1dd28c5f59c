"""What is late of an allegation is chased of its owner, then of all who receive it, until it is recorded."""

from datetime import timedelta

import pytest

from handlers.adults import chasing
from handlers.notice import NoticeKind
from handlers.post import cards
from handlers.rules.chronology import Deed
from handlers.ui.card import Press
from tests.handlers.adults.test_steps import CONSIDERED, NO_CHILD, SUBSTANTIATED, does
from tests.handlers.referring import entries, london, waiting
from tests.handlers.school import COLIN, HELEN, SCHOOL, Here
from tests.handlers.triage.test_adults import ALLEGATION, LOW, LOW_LEVEL, triaged

TOLD = {"adult_told": "told", "adult_told_what": "What it is about.", "named_contact": "Ada Kovac"}


async def chased(here: Here) -> int:
    count = await chasing.chase_cases(here.units, at=here.at)
    assert await chasing.chase_cases(here.units, at=here.at) == 0
    return count


async def told(here: Here) -> list:
    return await waiting(here, NoticeKind.STEP_DUE)


async def heading(here: Here, notice) -> str:
    async with here.units(SCHOOL.id) as uow:
        card = await cards.draw(uow, notice, at=here.at)
    return card.summary


async def test_its_owner_is_told_of_what_is_late_and_the_card_names_no_step(here: Here):
    concern = await triaged(here, ALLEGATION)
    assert await chased(here) == 0
    here.at = london(25, 10, 16)
    assert await chased(here) == 1
    (notice,) = await told(here)
    assert notice.to == HELEN.id
    said = await heading(here, notice)
    assert said == (
        f"Due now: next step of concern {concern.reference}, due since Wed 25 Nov, 10:15. It is yours. "
        "Press “Next steps”."
    )
    read = str((await here.opens(HELEN, Press.ALLEGATION, concern.id)).parts)
    assert "name the child, or say why there is none" in read
    assert "record that suspension was considered" in read
    assert "record that the adult was told" not in read


async def test_it_comes_again_the_next_working_day_and_then_once_in_five(here: Here):
    await triaged(here, {**ALLEGATION, **NO_CHILD})
    found = []
    for day in (25, 26, 27, 30):
        here.at = london(day, 10, 16)
        found.append(await chased(here))
    for day in range(1, 12):
        here.at = london(day, 10, 16, month=12)
        found.append(await chased(here))
    # suspension is late from the 25th, support from the 26th; at weekends no working day is counted
    assert found == [1, 1, 1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 1, 1, 0]


async def test_what_is_recorded_is_chased_no_more_and_its_card_says_so(here: Here):
    concern = await triaged(here, {**ALLEGATION, **NO_CHILD})
    here.at = london(25, 10, 16)
    assert await chased(here) == 1
    (notice,) = await told(here)
    await does(here, Press.SUSPENSION, concern, CONSIDERED)
    await does(here, Press.ADULT_SUPPORT, concern, TOLD)
    assert "a step was due" in await heading(here, notice)
    here.at = london(27, 10, 16)
    assert await chased(here) == 0
    assert len(await entries(here, concern, Deed.ADULT_CHASED)) == 1


async def test_a_meeting_that_was_planned_is_asked_after_when_its_time_has_come(here: Here):
    concern = await triaged(here, {**ALLEGATION, **NO_CHILD})
    await does(here, Press.SUSPENSION, concern, CONSIDERED)
    await does(here, Press.ADULT_SUPPORT, concern, TOLD)
    planned = {"meeting_is": "planned", "event_date": "2026-11-26", "event_time": "14:00"}
    await does(here, Press.STRATEGY, concern, planned)
    here.at = london(26, 13, 59)
    assert await chased(here) == 0
    here.at = london(26, 14, 1)
    assert await chased(here) == 1
    await does(here, Press.STRATEGY, concern, {"meeting_is": "not_held", "meeting_came_of": "The LADO called it off."})
    here.at = london(27, 14, 1)
    assert await chased(here) == 0


@pytest.mark.parametrize("left", [0, 1, 2])
async def test_what_the_law_asks_for_is_chased_until_each_of_them_is_recorded(here: Here, left):
    concern = await triaged(here, {**ALLEGATION, **NO_CHILD})
    await does(here, Press.SUSPENSION, concern, CONSIDERED)
    await does(here, Press.ADULT_SUPPORT, concern, TOLD)
    await does(here, Press.FINDING, concern, SUBSTANTIATED)
    for body in ("dbs", "tra")[left:]:
        why = {"barring_body": body, "barring_is": "not_needed", "barring_why": "The LADO says so, because."}
        await does(here, Press.BARRING, concern, why)
    here.at += timedelta(days=7, minutes=1)
    assert await chased(here) == (1 if left else 0)


async def test_nothing_is_chased_of_a_low_level_concern_or_of_one_that_nobody_has_triaged(here: Here):
    await triaged(here, LOW_LEVEL, raised=LOW)
    await here.raises(answers={**LOW, "adult_weight": "allegation"})
    here.later(days=9)
    assert await chased(here) == 0
    assert await told(here) == []


async def test_only_those_who_run_it_are_told(here: Here):
    await triaged(here, ALLEGATION)
    here.at = london(27, 10, 16)
    assert await chased(here) == 1
    assert {notice.to for notice in await told(here)} == {HELEN.id}
    assert COLIN.id not in {notice.to for notice in await told(here)}
