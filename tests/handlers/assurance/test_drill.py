"""The monthly drill: it goes the whole way, asks to be accepted, and is in no figure."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.assurance import drill
from handlers.overview import digests, huddles
from handlers.rules.concern import Concern, Status
from handlers.triage import chasing
from handlers.ui.card import Press
from tests.handlers.keeping import CANARY, alarmed
from tests.handlers.losing import cards
from tests.handlers.posting import Post, works
from tests.handlers.school import (
    COLIN,
    DANA,
    HELEN,
    LEADS_ON_SLACK,
    LEE,
    PRIYA,
    SCHOOL,
    TESS,
    THEO,
    Here,
    words,
)
from tests.lots import drawing


def at(day: int, hour: int, minute: int = 0, month: int = 12) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZoneInfo("Europe/London")).astimezone(UTC)


async def ticks(here: Here, post: Post, when: datetime) -> int:
    here.at = when
    done = await drill.drill_all(here.units, at=when)
    await works(here, post)
    return done


async def drills(here: Here) -> list[Concern]:
    async with here.units(SCHOOL.id) as uow:
        found = await uow.concerns.find("TEST-2026-12")
    return [] if found is None else [found]


@pytest.mark.parametrize(
    ("month", "day"), [(12, date(2026, 12, 1)), (11, date(2026, 11, 3)), (10, date(2026, 10, 6)), (8, None)]
)
def test_it_is_on_the_first_school_tuesday_of_the_month(month, day):
    year = 2027 if month == 8 else 2026
    assert drill.day_of(SCHOOL.calendar, year, month) == day


async def test_it_comes_at_ten_once_a_month(here, post):
    assert await ticks(here, post, at(1, 9, 59)) == 0
    assert await ticks(here, post, at(1, 10)) == 1
    assert await ticks(here, post, at(1, 10, 1)) == 0
    (concern,) = await drills(here)
    await here.press(LEE, Press.ACCEPT, concern.id)
    assert await ticks(here, post, at(2, 10)) == 0
    assert await ticks(here, post, at(8, 10)) == 0


async def test_its_card_says_that_it_is_a_test_and_nobody_else_is_told(here, post):
    await ticks(here, post, at(1, 10))
    (card,) = post.at(LEADS_ON_SLACK)
    assert card.summary == "TEST: TEST-2026-12: please accept"
    assert "No child is involved" in str(card)
    for person in (HELEN, THEO, TESS, COLIN):
        assert cards(post, person) == ""


async def test_accepted_it_says_thanks_and_closes_itself(here, post):
    await ticks(here, post, at(1, 10))
    (concern,) = await drills(here)
    here.at = at(1, 10, 4)
    assert "the test has passed" in words(await here.press(LEE, Press.ACCEPT, concern.id))
    await works(here, post)
    (card,) = post.at(LEADS_ON_SLACK)
    assert "Passed: accepted by Lee Abara, Tue 1 Dec, 10:04" in str(card)
    assert (await here.concern(concern.id)).status is Status.CLOSED
    assert await ticks(here, post, at(1, 11)) == 0
    assert "drill_not_accepted" not in await alarmed(here)


async def test_not_accepted_in_half_an_hour_of_school_time_the_head_and_the_technician_are_told(here, post):
    await ticks(here, post, at(1, 10))
    assert await ticks(here, post, at(1, 10, 29)) == 0
    assert await ticks(here, post, at(1, 10, 30)) == 1
    for person in (HELEN, THEO):
        assert "The monthly test was not accepted" in cards(post, person)
    assert "The monthly test" not in cards(post, LEE).replace("This is the monthly test", "")
    assert await ticks(here, post, at(1, 10, 45)) == 0
    (concern,) = await drills(here)
    await here.press(PRIYA, Press.ACCEPT, concern.id)
    await works(here, post)
    assert "Passed" in str(post.at(LEADS_ON_SLACK))


async def test_nobody_but_a_lead_accepts_it_and_no_other_ladder_chases_it(here, post):
    await ticks(here, post, at(1, 10))
    (concern,) = await drills(here)
    for outsider in (TESS, THEO, HELEN):
        assert "no such concern" in words(await here.press(outsider, Press.ACCEPT, concern.id))
    assert await chasing.chase_unaccepted(here.units, {}, at=at(3, 12)) == 0


async def test_it_is_in_no_figure_and_takes_no_reference_of_the_years(here, post):
    await here.raises(answers=CANARY)
    here.at = at(1, 10)
    await ticks(here, post, at(1, 10))
    async with here.units(SCHOOL.id) as uow:
        shown = [str(await digests.draw(uow, at=here.at)), str(await huddles.draw(uow, at=here.at))]
    for person in (LEE, PRIYA, DANA, HELEN, THEO):
        every = ("board", "mine", "themes", "patterns", "quality")
        shown += [str(await here.command(person, command)) for command in every]
    assert not any("TEST-" in one for one in shown)
    assert (await here.units.counts())[SCHOOL.id]["concerns_unaccepted"] == 1
    drawn, references = len(await drills(here)), [(await here.raises(answers=CANARY)).reference for _ in range(2)]
    assert drawn == 1
    lot = drawing(48213)
    expected = [lot(90_000) + 10_000 for _ in range(3)]
    assert references == [f"26-{number}" for number in expected[1:]]


async def test_a_concern_that_is_no_drill_never_closes_itself(here):
    from handlers.rules.concern import CannotMove

    concern = await here.raises(answers=CANARY)
    with pytest.raises(CannotMove):
        concern.end_drill(at=here.at)
