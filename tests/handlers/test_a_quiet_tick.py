"""A tick of the timetable that finds nothing to do holds nobody up: it looks, and takes no turn to write."""

from contextlib import AbstractAsyncContextManager

import pytest

from handlers.ports import UnitOfWork
from handlers.ui.card import Press
from schedules.timetable import TIMETABLE, Uses
from store.unit_of_work import Units
from tests.handlers.school import LEE, Here


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """By name of the job that ran then."""
    taken: list[str] = []
    call = Units.__call__

    def counted(units: Units, *school: object, **more: object) -> AbstractAsyncContextManager[UnitOfWork]:
        taken.append("a turn")
        return call(units, *school, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(Units, "__call__", counted)
    return taken


async def test_the_second_tick_of_a_minute_takes_no_turn_to_write(here: Here, turns: list[str]):
    await here.raises()
    await here.press(LEE, Press.ACCEPT, (await here.raises()).id)
    uses = Uses(units=here.units, directories={})
    for job in TIMETABLE:
        await job.run(uses, here.at)
    here.later(seconds=15)
    found: dict[str, int] = {}
    for job in TIMETABLE:
        turns.clear()
        await job.run(uses, here.at)
        found[job.name] = len(turns)
    assert {name: many for name, many in found.items() if many} == {}
