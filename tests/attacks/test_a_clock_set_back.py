"""The machine's clock goes back by a day while the school is at work, and comes right again."""

from collections import Counter

from handlers.conversation import OpenForm
from handlers.rules.chronology import Deed
from handlers.rules.concern import Status
from handlers.ui.card import Press
from schedules.timetable import TIMETABLE, Uses
from store.unit_of_work import Units
from store.verifying import verify_chain
from tests.handlers.conftest import small_school, small_url, units
from tests.handlers.posting import Post, works
from tests.handlers.school import ANSWERS, LEADS_ON_SLACK, LEE, SCHOOL, TESS, Here

__all__ = ["small_school", "small_url", "units"]


async def ticks(here: Here, post: Post) -> None:
    for job in TIMETABLE:
        await job.run(Uses(units=here.units, directories={}), here.at)
    await works(here, post)


async def steps(here: Here) -> Counter[tuple[object, str]]:
    """How often each concern was chased at each step."""
    async with here.units(SCHOOL.id) as uow:
        every = [one.id for one in await uow.concerns.open()]
        lines = [(id, line.entry) for id in every for line in await uow.trail.of(id)]
    return Counter((id, str(entry.facts["step"])) for id, entry in lines if entry.deed is Deed.CHASED)


async def test_nothing_is_refused_lost_or_chased_twice_and_the_trail_holds(units: Units):
    here, post = Here(units), Post()
    waits = await here.raises(TESS, {**ANSWERS, "urgency": "now"})
    owned = await here.raises(TESS)
    await here.press(LEE, Press.ACCEPT, owned.id)
    here.later(hours=2)
    await ticks(here, post)
    before = await steps(here)
    assert before
    here.later(days=-1)
    await ticks(here, post)
    assert isinstance(await here.command(TESS), OpenForm)
    during = await here.raises(TESS)
    await works(here, post)
    assert any(during.reference in repr(one) for one in post.at(LEADS_ON_SLACK)), "its card is there"
    for one in (waits, during):
        await here.press(LEE, Press.ACCEPT, one.id)
        assert (await here.concern(one.id)).status is Status.ACCEPTED
    assert isinstance(await here.press(LEE, Press.OPEN, owned.id), OpenForm)
    await here.decides(LEE, await here.concern(owned.id))
    assert (await here.concern(owned.id)).status is Status.TRIAGED
    here.later(days=1)
    await ticks(here, post)
    assert set((await steps(here)).values()) == {1}
    assert here.mishaps == []
    assert await verify_chain(units, SCHOOL.id) is None
