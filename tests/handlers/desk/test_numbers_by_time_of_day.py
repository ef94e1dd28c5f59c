"""The number of somebody outside school, as windows and cards show it by day, at night and in the holidays."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from handlers.conversation import Tell
from handlers.leaving import owned_by
from handlers.rules.school import Daytime, OutsideContact
from handlers.ui.card import Press
from store.opening import open_units
from store.unit_of_work import Units
from tests.handlers.school import ANSWERS, ROLL, SCHOOL, TESS, Here

DAY = Daytime(contact=OutsideContact(name="The front door", telephone="01632 960 997"), opens=time(9), closes=time(17))
BY_DAY, AT_NIGHT = "The front door (until 17:00)", "The Hub"
MOMENTS = [
    ("2026-11-24T10:15", BY_DAY),
    ("2026-11-24T08:45", AT_NIGHT),
    ("2026-11-24T18:00", AT_NIGHT),
    ("2026-11-28T10:15", AT_NIGHT),
    ("2026-12-22T10:15", BY_DAY),
    ("2026-12-25T10:15", AT_NIGHT),
]


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
async def units(sqlite_url: str) -> AsyncIterator[Units]:
    roll = replace(ROLL, school=replace(SCHOOL, daytime=DAY))
    units = await open_units(sqlite_url, root_key=bytes(range(1, 33)), schools=(roll,))
    yield units
    await units.close()


@pytest.fixture
def here(units: Units) -> Here:
    return Here(units)


@pytest.mark.parametrize(("at", "shown"), MOMENTS)
async def test_help_and_the_duty_window_show_who_answers_at_that_hour(here, at, shown):
    concern = await here.raises(answers={**ANSWERS, "kinds": ("sexual",)})
    here.at = local(at)
    help_, duty = await here.command(TESS, "help"), await here.opens(TESS, Press.DUTY, concern.id)
    assert isinstance(help_, Tell)
    other = ({BY_DAY, AT_NIGHT} - {shown}).pop()
    for said in (str(help_.card), str(duty.parts)):
        assert shown in said
        assert other not in said


@pytest.mark.parametrize(("at", "shown"), MOMENTS)
async def test_both_may_stand_on_a_card_whenever_it_was_drawn(here, at, shown):
    async with here.units(SCHOOL.id, at=local(at)) as uow:
        own = await owned_by(uow)
        assert uow.school.outside.name == shown
    assert {"01632 960 997", "01632 960 999"} <= own.telephone
    assert {BY_DAY, AT_NIGHT} <= own.outside_name
